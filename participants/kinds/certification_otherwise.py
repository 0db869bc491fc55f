"""What another place or another method would have paid, shown beside a ranking to know only."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ltip.rules.alternatives import alternatives
from ltip.rules.quantities import number_text, percent_text

Found = Mapping[str, Any]


def otherwise_table(
    terms: Mapping[str, Any], found: Found, readings: Mapping[str, str], *, caption: str
) -> dict[str, Any]:
    """The neighbouring places and the other methods for one ranking, as the run placed it."""
    own = next(row["ticker"] for row in found["table"] if row["own"])
    cap = terms["negative_tsr_cap"]
    others = alternatives(
        company=own,
        returns={row["ticker"]: Decimal(row["return"]) for row in found["table"]},
        method=terms["percentile"],
        points=[(Decimal(at), Decimal(pays)) for at, pays in terms["schedule"]],
        between_points=terms["between_points"],
        negative_return_cap=None if cap is None else Decimal(cap),
        ties=readings["percentile.ties"],
        rounding=readings["percentile.rounding"],
    )
    return {
        "caption": caption,
        "columns": [
            {"label": "If", "numeric": False},
            {"label": "Percentile", "numeric": True},
            {"label": "Of target", "numeric": True},
        ],
        "rows": [
            {
                "cells": [
                    other.what,
                    number_text(other.percentile, places=2),
                    percent_text(other.payout),
                ],
                "own": False,
                "note": "",
                "steps": [],
            }
            for other in others.value
        ],
    }
