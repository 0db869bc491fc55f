"""A change in control on record: what it determines, what it refuses, and what follows."""

import json
from datetime import date
from typing import Any

import pytest

from committee import services as committee
from ltip.desk.scenarios.telling import Telling
from ltip.desk.selectors import Phase, situation_of
from ltip.program import selectors as program
from ltip.program.models import TsrRun
from ltip.program.services import measuring, periods
from ltip.records.models import Seal
from ltip.records.selectors import content_of
from ltip.rules.outcome import Refused
from participants.awards import services as awards
from participants.awards.models import ChangeInControl, ControlDetermination, EarnedAward
from participants.awards.selectors import standings
from participants.control import selectors
from participants.settlement import selectors as settlement_reading
from participants.settlement import services as settlement
from participants.settlement.models import Settlement
from tests import cast
from tests.participants.control.desk import EVENT, award_of, left, record, told

pytestmark = pytest.mark.django_db
CERTIFIED = (
    {"do": "file_10k", "on": date(2015, 2, 20), "for": date(2014, 12, 31)},
    {"do": "certify", "on": date(2015, 2, 25)},
)


def states(telling: Telling, on: date = EVENT) -> dict[str, str]:
    return {s.person.employee.name: s.state_on(on) for s in standings(telling.period)}


def paid(telling: Telling) -> dict[str, tuple[int, Any]]:
    due = {s.person.employee.name: s.entitlement().value for s in standings(telling.period)}
    return {name: (each.shares, each.settles_on) for name, each in due.items()}


def test_the_event_determines_the_period_and_each_award_is_due_on_its_day() -> None:
    telling = told(*left())
    event = record(telling)
    determined = ControlDetermination.objects.get(period=telling.period)
    assert determined.change_in_control == event
    assert (determined.measured_until, determined.payout) == (date(2013, 9, 27), "200")
    assert determined.run.is_final
    assert determined.run.measured_until == date(2013, 9, 27)
    assert paid(telling) == {
        "ann": (6000, EVENT),
        "bea": (1050, EVENT),
        "cyd": (180, EVENT),
        "dan": (0, EVENT),
        "eve": (34, EVENT),
        "fay": (1000, EVENT),
    }
    assert states(telling)["ann"] == "earned"
    assert states(telling)["dan"] == "forfeited"
    assert program.ended_by_control_on(telling.period) == EVENT


def test_the_seal_says_what_was_shown_under_which_readings_and_how_it_was_proved() -> None:
    telling = told()
    shown = selectors.trial(EVENT).digest
    event = record(telling)
    content = content_of(event.seal)
    assert content["shown"] == shown
    assert content["document"] == event.document_id
    assert content["method"] == "password"
    assert content["not_determined"] == []
    assert event.seal.legal_date == EVENT
    assert json.loads(event.readings)["cic.proration_months"] == "shortened"


def test_a_reading_in_force_on_the_day_decides_and_is_kept() -> None:
    """Full months of the whole period: bea's 700 × 2 × 6/24 = 350, not 1,050."""
    telling = told(*left())
    request = {
        "readings": {"cic.proration_months": "full"},
        "effective_on": "2013-10-01",
        "reason": "As counsel advised.",
    }
    telling.adopt("reading", request, date(2013, 10, 1))
    event = record(telling)
    assert paid(telling)["bea"] == (350, EVENT)
    assert json.loads(event.readings)["cic.proration_months"] == "full"


def test_what_differs_from_what_was_shown_is_refused_and_nothing_is_recorded() -> None:
    telling = told()
    shown = selectors.trial(EVENT).digest
    telling.adopt(
        "discretion",
        {
            "period": telling.period.label,
            "lines": [
                {
                    "award": str(award_of(telling, "fay").public_id),
                    "direction": "reduce",
                    "to": 7,
                    "reason": "A test.",
                }
            ],
        },
        date(2013, 11, 15),
    )
    with pytest.raises(Refused, match=r"^P Change in Control: .* differs from what was shown"):
        record(telling, shown_digest=shown)
    assert not ChangeInControl.objects.exists()
    assert not EarnedAward.objects.exists()


def test_an_event_that_has_not_come_is_refused() -> None:
    telling = told()
    with pytest.raises(Refused, match=r"15 November 2013 has not come yet"):
        record(telling, at=cast.noon(date(2013, 11, 14)))
    assert not TsrRun.objects.exists()


def test_the_same_event_twice_is_refused() -> None:
    telling = told()
    record(telling)
    with pytest.raises(Refused, match=r"15 November 2013 is on record already"):
        record(telling)
    assert ChangeInControl.objects.count() == 1


def test_an_event_without_a_description_is_refused() -> None:
    with pytest.raises(Refused, match=r"needs a description"):
        record(told(), description="  ")


def test_a_later_event_finds_the_period_determined() -> None:
    telling = told()
    record(telling)
    before = paid(telling)
    record(telling, date(2013, 12, 2))
    assert paid(telling) == before
    assert ControlDetermination.objects.count() == 1


def test_a_period_that_cannot_be_computed_is_named_in_the_seal_and_the_others_go_on() -> None:
    telling = told()
    second = periods.open_period(
        start_date=date(2013, 10, 1),
        end_date=date(2015, 9, 30),
        by=telling.secretary,
        at=telling.told_at,
    )
    goal = cast.goal_request(second.label, peers=["HIGH", "MID"])
    ann = str(telling.holders["ann"].public_id)
    named = {"period": second.label}
    for kind, request in (
        ("goal", goal),
        ("designation", named | {"employees": [ann]}),
        ("grant", named | {"awards": [{"employee": ann, "shares": 77}]}),
    ):
        telling.adopt(kind, request, date(2013, 10, 2))
    event = record(telling)
    (told_of,) = content_of(event.seal)["not_determined"]
    assert told_of["period"] == "2013–2015"
    assert told_of["reason"].startswith("P Change in Control: no fiscal quarter was completed")
    assert [each.period for each in event.determinations.all()] == [telling.period]
    assert not hasattr(award_in(second), "earned")


def award_in(period: Any) -> Any:
    return period.awards.get()


def test_after_the_period_no_filing_and_no_certificate_are_needed() -> None:
    telling = told()
    record(telling, date(2015, 1, 20))
    assert paid(telling)["ann"] == (3000, date(2015, 1, 20))


def test_on_the_determination_date_it_changes_nothing() -> None:
    telling = told(*CERTIFIED)
    before = paid(telling)
    assert before["ann"] == (3000, date(2015, 3, 27))
    record(telling, date(2015, 2, 25))
    assert paid(telling) == before
    assert not ControlDetermination.objects.exists()


def test_by_the_other_reading_what_was_certified_is_paid_on_the_day_of_the_event() -> None:
    """Certified on 25 February 2015, due on 27 March; the event is on 2 March."""
    event = date(2015, 3, 2)
    telling = told(*CERTIFIED)
    request = {
        "readings": {"cic.after_determination": "lump_sum"},
        "effective_on": "2015-02-25",
        "reason": "As counsel advised.",
    }
    telling.adopt("reading", request, date(2015, 2, 25))
    assert paid(telling)["ann"] == (3000, date(2015, 3, 27))
    record(telling, event)
    assert paid(telling)["ann"] == (3000, event)
    batch = settlement.prepare_settlement(
        period=telling.period,
        tax_minor=dict.fromkeys(_awards(telling), 0),
        by=telling.administrator,
        at=cast.noon(event),
    )
    assert batch.settles_on == event


def _awards(telling: Telling) -> list[str]:
    return [str(award_of(telling, name).public_id) for name in telling.holders]


def test_a_period_determined_so_can_no_longer_be_certified_measured_or_enrolled() -> None:
    telling = told()
    event_day = date(2013, 11, 15)
    record(telling)
    run = TsrRun.objects.get()
    later = cast.noon(date(2015, 2, 25))
    periods.record_annual_report(
        fiscal_year_end=date(2014, 12, 31),
        filed_on=date(2015, 2, 20),
        accession_number="",
        by=telling.administrator,
        at=later,
    )
    with pytest.raises(Refused, match=r"^P Change in Control: The change in control of 15 Nov"):
        committee.propose_act(
            kind="certification",
            request={"period": telling.period.label, "run": str(run.public_id)},
            by=telling.secretary,
            at=later,
        )
    with pytest.raises(Refused, match=r"^P Change in Control"):
        measuring.request_run(
            period=telling.period, is_final=True, by=telling.administrator, at=later
        )
    with pytest.raises(Refused, match=r"^P Change in Control"):
        awards.propose_awards(
            period=telling.period,
            shares={str(telling.holders["ann"].public_id): 5},
            by=telling.secretary,
            at=cast.noon(event_day),
            on=event_day,
        )


@pytest.mark.parametrize("kind", ["goal", "designation", "grant"])
def test_inside_the_window_too_nothing_more_is_decided_for_it(kind: str) -> None:
    """The quarter ended on Saturday, 30 March 2013; the window is open until the 31st."""
    telling = told()
    cut = date(2013, 3, 29)
    add_closes(telling, cut)
    record(telling, date(2013, 3, 31))
    label, ann = telling.period.label, str(telling.holders["ann"].public_id)
    requests: dict[str, dict[str, Any]] = {
        "goal": cast.goal_request(label, peers=["HIGH", "MID"]),
        "designation": {"period": label, "employees": [ann]},
        "grant": {"period": label, "awards": [{"employee": ann, "shares": 5}]},
    }
    with pytest.raises(Refused, match=r"^P Change in Control: The change in control of 31 March"):
        committee.propose_act(
            kind=kind,
            request=requests[kind],
            by=telling.secretary,
            at=cast.noon(date(2013, 3, 31)),
        )


def add_closes(telling: Telling, day: date) -> None:
    from ltip.program.services.imports import import_prices

    rows = "".join(f"{day},{ticker},10.00\n" for ticker in ("OURS", "HIGH", "MID", "LOW", "NULL"))
    import_prices(
        closes=f"date,ticker,close\n{rows}".encode(),
        actions=None,
        by=telling.administrator,
        at=telling.told_at,
    )


def test_the_lump_sum_is_settled_like_everything_else_conditions_signatures_and_tax() -> None:
    """ann: 6,000 shares at the close of 14 November, 12.50; tax $1,000.00 takes 80 of them."""
    telling = told(people={"ann": 3000})
    record(telling)
    award = str(award_of(telling, "ann").public_id)
    batch = settlement.prepare_settlement(
        period=telling.period,
        tax_minor={award: 100_000},
        by=telling.administrator,
        at=cast.noon(EVENT),
    )
    assert batch.settles_on == EVENT
    approve = {
        "batch": batch,
        "shown_digest": batch.digest,
        "by": telling.approver,
        "at": cast.noon(EVENT),
    }
    proof = cast.proof(telling.approver, cast.noon(EVENT))
    with pytest.raises(Refused, match=r"^GA §8"):
        settlement.approve_settlement(**approve, authentication=proof)
    for condition in settlement_reading.unticked_conditions(telling.period):
        settlement.tick_condition(
            period=telling.period,
            condition=condition,
            by=telling.administrator,
            at=cast.noon(EVENT),
        )
    settlement.approve_settlement(**approve, authentication=proof)
    settled = Settlement.objects.get()
    assert (settled.shares, settled.withheld, settled.delivered) == (6000, 80, 5920)
    assert settled.delivered_on == EVENT
    assert states(telling) == {"ann": "settled"}


def test_before_the_event_nothing_can_be_settled() -> None:
    telling = told()
    with pytest.raises(Refused, match=r"^P Award Determination"):
        settlement.prepare_settlement(
            period=telling.period, tax_minor={}, by=telling.administrator, at=cast.noon(EVENT)
        )


def test_the_period_is_settling_on_the_calendar_until_all_is_delivered() -> None:
    telling = told(people={"ann": 3000})
    assert situation_of(telling.period, EVENT).phase is Phase.RUNNING
    record(telling)
    situation = situation_of(telling.period, EVENT)
    assert situation.phase is Phase.SETTLING
    assert situation.next_date == EVENT
    assert [s.person.employee.name for s in situation.due] == ["ann"]


def test_the_chain_holds_one_seal_for_the_event_and_one_for_its_run() -> None:
    telling = told()
    before = Seal.objects.count()
    record(telling)
    kinds = list(Seal.objects.order_by("number").values_list("kind", flat=True))[before:]
    assert kinds == ["program.run.made", "participants.control.changed"]
