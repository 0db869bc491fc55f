"""What the Committee's readings change in a settlement, and that each line says them."""

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ltip.desk.scenarios.reading import read_story
from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.settlement import services
from participants.settlement.models import Settlement, SettlementBatch
from participants.settlement.selectors import desk
from tests import cast
from tests.participants.holders import award_of
from tests.participants.settlement.desk import (
    BEFORE_SETTLEMENT,
    FRIDAY,
    MONDAY,
    SATURDAY,
    STORY,
    tick_all,
)

pytestmark = pytest.mark.django_db

THURSDAY, SUNDAY = date(2014, 3, 20), date(2014, 3, 23)


def told_with(
    readings: dict[str, str],
    *,
    certified_on: date = date(2014, 2, 20),
    thursdays_close: str | None = None,
) -> Telling:
    """The story under these readings; the Settlement Date is the 30th day after `certified_on`."""
    story = read_story(cast.SCENARIOS / STORY)
    story.sections["program"] = {"readings": readings}
    acts = deepcopy(story.sections["act"][:BEFORE_SETTLEMENT])
    for act in acts[-2:]:
        act["on"] = certified_on
    story.sections["act"] = acts
    if thursdays_close:
        ours = story.sections["market"]["closes"]["OURS"]
        ours[THURSDAY.isoformat()] = Decimal(thursdays_close)
    return cast.tell(story)


def prepared(telling: Telling, on: date, **tax_minor: int) -> SettlementBatch:
    names = ("ann", "carol", "dave")
    return services.prepare_settlement(
        period=telling.period,
        tax_minor={
            str(award_of(telling, name).public_id): tax_minor.get(name, 0) for name in names
        },
        by=telling.administrator,
        at=cast.noon(on),
    )


def approved(telling: Telling, batch: SettlementBatch, on: date) -> list[Settlement]:
    tick_all(telling, on)
    return services.approve_settlement(
        batch=batch,
        shown_digest=batch.digest,
        by=telling.approver,
        authentication=cast.proof(telling.approver, cast.noon(on)),
        at=cast.noon(on),
    )


def line_of(batch: SettlementBatch, holder: str) -> dict[str, Any]:
    return next(line for line in json.loads(batch.statement)["lines"] if line["holder"] == holder)


def test_a_line_says_the_readings_it_was_made_under(due: Telling) -> None:
    assert line_of(prepared(due, MONDAY), "ann")["readings"] == {
        "business_day": "federal",
        "fair_market_value": "close",
        "settlement.non_business_day": "next_business_day",
        "withholding.choice": "holder",
        "withholding.rounding": "up",
    }


def test_a_value_given_by_hand_is_under_no_reading_of_it(due: Telling) -> None:
    batch = services.prepare_settlement(
        period=due.period,
        tax_minor={str(award_of(due, name).public_id): 0 for name in ("ann", "carol", "dave")},
        fair_market_value=Decimal("8.00"),
        fair_market_value_source="the Plan's valuer",
        by=due.administrator,
        at=cast.noon(MONDAY),
    )
    assert "fair_market_value" not in line_of(batch, "ann")["readings"]


@pytest.mark.parametrize("on", [FRIDAY, SATURDAY, SUNDAY])
def test_shares_can_be_settled_on_the_business_day_before(on: date) -> None:
    telling = told_with({"settlement.non_business_day": "business_day_before"})
    assert not desk(telling.period, on=THURSDAY).due
    with pytest.raises(Refused, match="it cannot be settled on 20 March 2014"):
        prepared(telling, THURSDAY)
    assert len(desk(telling.period, on=on).due) == 3
    assert desk(telling.period, on=on).delivers_on == FRIDAY
    batch = prepared(telling, on)
    line = line_of(batch, "ann")
    assert (line["settles_on"], line["delivers_on"]) == ("2014-03-22", "2014-03-21")
    # Approved on the weekend, they can no longer be delivered on the Friday.
    delivered = {row.delivered_on for row in approved(telling, batch, on)}
    assert delivered == {FRIDAY if on == FRIDAY else MONDAY}


def test_by_default_nothing_settles_on_the_business_day_before(due: Telling) -> None:
    assert not desk(due.period, on=FRIDAY).due
    with pytest.raises(Refused, match="it cannot be settled on 21 March 2014"):
        prepared(due, FRIDAY)


@pytest.mark.parametrize(("reading", "value"), [("close", "8.23"), ("close_before", "8")])
def test_the_fair_market_value_can_be_the_close_before(reading: str, value: str) -> None:
    # Certified on 19 February, it settles on Friday, 21 March: the close of Thursday is 8.00.
    telling = told_with(
        {"fair_market_value": reading} if reading != "close" else {},
        certified_on=date(2014, 2, 19),
        thursdays_close="8.00",
    )
    shown = [market.close for market in desk(telling.period, on=FRIDAY).market_values]
    assert shown == [Decimal(value)]
    line = line_of(prepared(telling, FRIDAY), "ann")
    assert (line["settles_on"], line["fair_market_value"]) == ("2014-03-21", value)


@pytest.mark.parametrize(
    ("readings", "withheld", "returned", "owed"),
    [
        # 8.24 of tax at 8.23 a share: two shares are 16.46, one is 0.01 short.
        ({}, 2, 822, 0),
        ({"withholding.rounding": "down"}, 1, 0, 1),
    ],
)
def test_withholding_can_be_rounded_down_with_the_rest_owed(
    readings: dict[str, str], withheld: int, returned: int, owed: int
) -> None:
    telling = told_with(readings)
    line = line_of(prepared(telling, MONDAY, carol=824), "carol")
    assert (line["withheld"], line["returned_minor"], line["owed_minor"]) == (
        withheld,
        returned,
        owed,
    )
    assert line["delivered"] == 100 - withheld


def test_a_reading_decided_after_the_settlement_date_changes_no_late_settlement(
    due: Telling,
) -> None:
    asked = {
        "readings": {"withholding.rounding": "down"},
        "effective_on": MONDAY.isoformat(),
        "reason": "The Plan's article on taxes.",
    }
    cast.adopt(due, "reading", asked, MONDAY)
    line = line_of(prepared(due, MONDAY, carol=824), "carol")
    assert line["readings"]["withholding.rounding"] == "up"
    assert line["withheld"] == 2
