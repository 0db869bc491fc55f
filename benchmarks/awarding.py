"""Tells a period with as many awards as asked for, up to its final run: all through services."""

import sys
from datetime import date
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402

from benchmarks.markets import MARKETS  # noqa: E402
from ltip.desk.scenarios.reading import Story  # noqa: E402
from ltip.desk.scenarios.telling import LONG_AGO, Telling, noon  # noqa: E402
from ltip.program.services import periods  # noqa: E402
from participants.people import services as people  # noqa: E402

GRANTING, CERTIFYING = date(2012, 3, 1), date(2014, 2, 24)

market, folder, count = MARKETS["generated"], Path(sys.argv[1]), int(sys.argv[2])
sections = {
    "company": {"ticker": market.company},
    "market": {"prices": "prices.csv", "actions": "actions.csv", "event": []},
    "period": {"start": date(2012, 1, 1), "end": date(2013, 12, 31)},
    "goal": {
        "on": date(2012, 2, 23),
        "peers": list(market.peers),
        "averaging_days": 20,
        "percentile": "discrete",
        "schedule": [[25, 50], [50, 100], [75, 200]],
        "between_points": "line",
    },
    "act": [],
}
telling = Telling(Story(path=folder / "story", sentence="", cites=(), sections=sections))
telling.tell()
with transaction.atomic():
    employees = [
        people.record_employee(
            number=f"{number:05}",
            name=f"Holder {number:05}",
            email=f"holder{number}@story.example",
            hired_on=LONG_AGO,
            statuses={"grade": "Executive 2", "kind": "regular", "country": "US"},
            by=telling.secretary,
            at=telling.told_at,
        )
        for number in range(count)
    ]
ids = [str(employee.public_id) for employee in employees]
label = telling.period.label
telling.adopt("designation", {"period": label, "employees": ids}, GRANTING)
awards = [{"employee": one, "shares": 100 + place % 900} for place, one in enumerate(ids)]
telling.adopt("grant", {"period": label, "awards": awards}, GRANTING)
periods.record_annual_report(
    fiscal_year_end=date(2013, 12, 31),
    filed_on=date(2014, 2, 20),
    accession_number="",
    by=telling.administrator,
    at=noon(date(2014, 2, 20)),
)
telling.measure(noon(CERTIFYING))
