"""Tells the story of a period up to its end: prices imported, the goal set by the Committee."""

import sys
from datetime import date
from pathlib import Path

import django

django.setup()

from benchmarks.markets import MARKETS  # noqa: E402
from ltip.desk.scenarios.reading import Story  # noqa: E402
from ltip.desk.scenarios.telling import Telling  # noqa: E402

market, folder = MARKETS[sys.argv[1]], Path(sys.argv[2])
sections = {
    "company": {"ticker": market.company},
    "market": {
        "prices": "prices.csv",
        "actions": "actions.csv",
        "event": [
            {"on": date.fromisoformat(day), "ticker": ticker, "kind": "acquired"}
            for ticker, day in market.acquired
        ],
    },
    "period": {"start": date(2012, 1, 1), "end": date(2013, 12, 31)},
    "goal": {
        "on": date(2012, 2, 23),
        "peers": list(market.peers),
        "averaging_days": 20,
        "percentile": "discrete",
        "schedule": [[25, 50], [50, 100], [75, 200]],
        "between_points": "line",
    },
}
Telling(Story(path=folder / "story", sentence="", cites=(), sections=sections)).tell()
