"""What a goal and its amounts are called in records: steps, exhibits, resolutions, papers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ltip.rules.quantities import number_text

AMOUNT_DIGITS = 6


def goal_name(goal: Mapping[str, Any]) -> str:
    """A goal in a few words, from its terms or from what a run found of it."""
    if goal["kind"] == "financial":
        basis = "" if goal["basis"] == "gaap" else "non-GAAP "
        return f"{basis}{goal['measure']}"
    against = f"{len(goal['peers'])} peers" if "peers" in goal else "peers"
    return f"total stockholder return against {against}"


def amount_text(amount: str, unit: str) -> str:
    """An amount of a financial measure, as text with its unit: 91.7 million dollars."""
    return f"{number_text(Decimal(amount), places=AMOUNT_DIGITS)} {unit}".strip()
