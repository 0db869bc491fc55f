"""A period over which control changes, small enough to reckon by hand.

Closes of five companies; the company's own is OURS. It starts at 10 like all of them.

    day          OURS  HIGH  MID   LOW   NULL   OURS ranks
    2013-09-27     12    15   11  10.5    10    2 of 5, percentile 75: 200 % of target
    2014-09-26     12    15   11    10     9    2 of 5, percentile 75: 200 %
    2014-12-31     13    15   14    10     9    3 of 5, percentile 50: 100 %

Fiscal quarters end on Saturdays (2013-09-28, 2014-09-27), and the year on 31 December.
"""

from datetime import date
from pathlib import Path
from typing import Any

from ltip.desk.scenarios.reading import Story
from ltip.desk.scenarios.telling import Telling
from ltip.records.models import Document
from ltip.records.services import store_document
from participants.awards.models import Award, ChangeInControl
from participants.control import selectors, services
from participants.control.trials import PeriodTrial
from tests import cast

EVENT = date(2013, 11, 15)
GRANTED = date(2013, 3, 4)
TARGETS = {"ann": 3000, "bea": 700, "cyd": 90, "dan": 41, "eve": 17, "fay": 500}
DAYS = ("2012-12-31", "2013-09-27", "2013-11-14", "2014-09-26", "2014-12-31", "2015-02-20")
CLOSES = {
    "OURS": ("10.00", "12.00", "12.50", "12.00", "13.00", "13.20"),
    "HIGH": ("10.00", "15.00", "15.00", "15.00", "15.00", "15.00"),
    "MID": ("10.00", "11.00", "11.00", "11.00", "14.00", "14.00"),
    "LOW": ("10.00", "10.50", "10.00", "10.00", "10.00", "10.00"),
    "NULL": ("10.00", "10.00", "9.00", "9.00", "9.00", "9.00"),
}
QUARTERS = [
    date(2013, 3, 30),
    date(2013, 6, 29),
    date(2013, 9, 28),
    date(2013, 12, 31),
    date(2014, 3, 29),
    date(2014, 6, 28),
    date(2014, 9, 27),
    date(2014, 12, 31),
]
LEFT = [
    {"on": date(2013, 3, 5), "who": "cyd", "reason": "death"},
    {"on": date(2013, 6, 30), "who": "bea", "reason": "without_cause"},
    {"on": date(2013, 11, 14), "who": "dan", "reason": "resignation"},
]


def sections(*acts: dict[str, Any], people: dict[str, int] | None = None) -> dict[str, Any]:
    """The story's sections: everyone granted, then what the acts say."""
    targets = TARGETS if people is None else people
    granted = [
        {"on": GRANTED, "do": "grant", "who": name, "shares": shares}
        for name, shares in targets.items()
    ]
    designated = {"on": GRANTED, "do": "designate", "who": list(targets)}
    return {
        "company": {"ticker": "OURS", "fiscal_quarter_ends": QUARTERS},
        "market": {
            "closes": {ticker: dict(zip(DAYS, row, strict=True)) for ticker, row in CLOSES.items()},
        },
        "period": {"start": date(2013, 1, 1), "end": date(2014, 12, 31)},
        "goal": {
            "on": GRANTED,
            "peers": ["HIGH", "MID", "LOW", "NULL"],
            "averaging_days": 1,
            "percentile": "discrete",
            "schedule": [[25, 50], [50, 100], [75, 200]],
            "between_points": "line",
        },
        "people": {name: {"hired": date(2010, 5, 3), "grade": "Executive 1"} for name in targets},
        "act": [designated, *granted, *acts],
    }


def told(*acts: dict[str, Any], people: dict[str, int] | None = None) -> Telling:
    story = Story(Path(__file__), "", (), sections(*acts, people=people))
    telling = cast.tell(story)
    refused = [refusal for act, refusal in telling.refusals if refusal and "refused" not in act]
    assert not refused, refused
    return telling


def left() -> list[dict[str, Any]]:
    return [{"do": "terminate", **each} for each in LEFT]


def paper(telling: Telling) -> Document:
    return store_document(
        content=b"%PDF-1.4 merger agreement",
        name="agreement.pdf",
        media_type="application/pdf",
        at=telling.told_at,
    )


def record(telling: Telling, on: date = EVENT, **changes: Any) -> ChangeInControl:
    """Record a change in control as it is tried on the day itself, unless told otherwise."""
    at = changes.pop("at", cast.noon(on))
    asked = {
        "event_date": on,
        "description": "A merger in which another company acquired all shares.",
        "document": paper(telling),
        "shown_digest": changes.pop("shown_digest", None) or selectors.trial(on).digest,
        "by": telling.secretary,
        "authentication": cast.proof(telling.secretary, at),
        "at": at,
    }
    return services.record_change_in_control(**{**asked, **changes})


def tried(telling: Telling, on: date = EVENT) -> PeriodTrial:
    """What a trial says of the story's period."""
    found = selectors.trial(on).periods
    return next(each for each in found if each.period.pk == telling.period.pk)


def shares_by_name(each: PeriodTrial) -> dict[str, int]:
    return {holder.holder: holder.shares for holder in each.holders}


def award_of(telling: Telling, name: str) -> Award:
    return Award.objects.get(employee=telling.holders[name], period=telling.period)
