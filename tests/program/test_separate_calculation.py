"""The same returns reckoned a second time, another way: numpy, floats, no code of ours.

Closes are first adjusted backwards for everything that a share was paid or split into (each
dividend as the ratio close / (close + dividend) of its ex-date, on which it is reinvested), then
averaged; the program follows the shares forwards, exactly.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from ltip.rules.measurement import measure

COMPANIES = 12
DAYS = 500


def market(seed: int) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Days, and by company and day closes in cents, dividends in cents, and split ratios."""
    chance = np.random.default_rng(seed)
    first = date(2012, 9, 3)
    days = [day for n in range(DAYS * 2) if (day := first + timedelta(days=n)).weekday() < 5]
    steps = chance.normal(0.0003, 0.02, (COMPANIES, DAYS))
    closes = np.rint(np.exp(np.cumsum(steps, axis=1)) * chance.uniform(900, 9000, (COMPANIES, 1)))
    dividends = np.where(
        chance.random((COMPANIES, DAYS)) < 0.02, chance.integers(1, 60, (COMPANIES, DAYS)), 0
    )
    splits = np.where(
        chance.random((COMPANIES, DAYS)) < 0.004,
        chance.choice([2.0, 0.25, 1.5], (COMPANIES, DAYS)),
        1,
    )
    return [day.isoformat() for day in days[:DAYS]], closes, dividends, splits


def kept_inputs(
    days: list[str], closes: np.ndarray, dividends: np.ndarray, splits: np.ndarray, averaging: int
) -> dict[str, Any]:
    """The market as the inputs of a run."""
    securities = []
    for company in range(COMPANIES):
        actions = [
            [day, kind, amount]
            for day, dividend, split in zip(days, dividends[company], splits[company], strict=True)
            for kind, amount in (
                ("dividend", f"0.{int(dividend):02}" if dividend else ""),
                ("split", f"{split:g}" if split != 1 else ""),
            )
            if amount
        ]
        texts = [f"{int(cents) // 100}.{int(cents) % 100:02}" for cents in closes[company]]
        securities.append(
            {
                "security": f"id-{company}",
                "ticker": f"C{company}",
                "name": f"C{company}",
                "closes": [[day, text] for day, text in zip(days, texts, strict=True)],
                "actions": actions,
            }
        )
    goal = {
        "kind": "relative_tsr",
        "measurement": "cumulative",
        "weight": "100",
        "peers": [{"security": f"id-{company}"} for company in range(1, COMPANIES)],
        "averaging_days": averaging,
        "percentile": "discrete",
        "schedule": [["25", "50"], ["50", "100"], ["75", "200"]],
        "between_points": "line",
        "negative_tsr_cap": None,
        "peer_events": {
            "acquired": "remove",
            "bankrupt": "bottom",
            "merged": "survivor_stays",
        },
    }
    return {
        "period": {"label": "2013–2014", "start": "2013-01-01", "end": days[-1]},
        "until": days[-1],
        "goals": [goal],
        "company": "C0",
        "trading_days": days,
        "securities": securities,
        "events": [],
    }


def returns_by_adjusted_closes(
    days: list[str], closes: np.ndarray, dividends: np.ndarray, splits: np.ndarray, averaging: int
) -> np.ndarray:
    before = sum(day < "2013-01-01" for day in days)
    first = before - averaging
    growth = splits * (1 + dividends / closes)
    growth[:, : first + 1] = 1  # what happened up to the first day of the window is in its close
    adjusted = closes * np.cumprod(growth, axis=1)
    begin = adjusted[:, first:before].mean(axis=1)
    return adjusted[:, -averaging:].mean(axis=1) / begin - 1


@pytest.mark.parametrize("averaging", [1, 20, 30, 60])
@pytest.mark.parametrize("seed", [7, 2012, 90210])
def test_the_returns_agree_with_adjusted_closes_in_floats(seed: int, averaging: int) -> None:
    generated = market(seed)
    assert generated[2].any()
    assert (generated[3] != 1).any()
    result = measure(kept_inputs(*generated, averaging))
    reckoned = returns_by_adjusted_closes(*generated, averaging)
    found = {row["ticker"]: Decimal(row["return"]) for row in result["goals"][0]["table"]}
    assert len(found) == COMPANIES
    for company in range(COMPANIES):
        assert float(found[f"C{company}"]) == pytest.approx(reckoned[company], abs=1e-9, rel=0)
    place = 1 + int((reckoned > reckoned[0]).sum())
    assert result["goals"][0]["rank"] == place
    percentile = (COMPANIES - place) / (COMPANIES - 1) * 100
    assert float(result["goals"][0]["percentile"]) == pytest.approx(percentile, abs=1e-9)
    paid = 0.0 if percentile < 25 else float(np.interp(percentile, [25, 50, 75], [50, 100, 200]))
    assert float(result["payout"]) == pytest.approx(paid, abs=1e-9)
