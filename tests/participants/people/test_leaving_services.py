"""Recording the end of a service, a finding of Cause, and a death that came after."""

import json
from datetime import date
from typing import Any

import pytest

from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from ltip.records.models import Seal
from ltip.records.services import store_document
from ltip.rules.outcome import Refused
from participants.people import leaving
from participants.people.models import CauseFinding, EndOfService
from participants.people.selectors import person
from tests import cast
from tests.participants.leavers import find_cause, leave

LEFT, DAY_BEFORE, DAY_AFTER = date(2014, 6, 29), date(2014, 6, 28), date(2014, 6, 30)
PLACE = "P Termination of Employment"


def die(telling: Telling, died_on: date | None, **more: Any) -> Any:
    return leaving.record_death(
        employee=telling.holders["signed"],
        died_on=died_on,
        by=telling.secretary,
        at=cast.noon(more.pop("recorded_on", date(2014, 12, 1))),
        **more,
    )


def specified(telling: Telling, starts_on: date, value: str = "yes") -> None:
    from participants.people.services import change_status

    change_status(
        employee=telling.holders["signed"],
        subject="specified",
        value=value,
        starts_on=starts_on,
        by=telling.secretary,
        at=telling.told_at,
    )


def test_all_that_is_told_is_recorded_sealed_and_read_by_the_rules(granted: Telling) -> None:
    paper = store_document(
        content=b"%PDF-1 letter",
        name="letter.pdf",
        media_type="application/pdf",
        at=cast.noon(LEFT),
    )
    end = leave(
        granted,
        "signed",
        LEFT,
        "disability",
        recorded_on=date(2014, 8, 1),
        is_deferred=True,
        separated_on=date(2014, 7, 31),
        is_totally_disabled=True,
        is_disabled_under_plan=False,
        document=paper,
    )
    assert end.document == paper
    sealed = json.loads(end.seal.canonical_text)["content"]
    assert sealed["document"] == paper.digest
    assert (sealed["totally_disabled"], sealed["disabled_under_plan"]) == (True, False)
    assert sealed["separated_on"] == "2014-07-31"
    told = person(granted.holders["signed"]).leaving
    assert told is not None
    assert (told.on, told.reason, told.deferred) == (LEFT, "disability", True)
    assert told.separated_on == date(2014, 7, 31)
    assert (told.totally_disabled, told.disabled_under_plan) == (True, False)
    assert (told.specified, told.died_on) == (False, None)


def test_one_record_is_one_seal(granted: Telling) -> None:
    before = Seal.objects.count()
    leave(granted, "signed", LEFT, "resignation")
    assert Seal.objects.count() == before + 1


def test_for_another_reason_no_disability_is_kept(granted: Telling) -> None:
    end = leave(granted, "signed", LEFT, "resignation")
    assert (end.is_totally_disabled, end.is_disabled_under_plan) == (False, False)


def test_a_disability_is_one_of_the_two_at_least(granted: Telling) -> None:
    with pytest.raises(Refused, match="total and permanent, or one in the Plan's sense") as refusal:
        leave(
            granted,
            "signed",
            LEFT,
            "disability",
            is_totally_disabled=False,
            is_disabled_under_plan=False,
        )
    assert refusal.value.place == PLACE


def test_cause_waits_for_the_committees_finding_and_names_the_latest(granted: Telling) -> None:
    with pytest.raises(
        Refused, match="has not found that there is Cause against signed"
    ) as refusal:
        leave(granted, "signed", LEFT, "cause")
    assert refusal.value.place == PLACE
    find_cause(granted, "signed", DAY_BEFORE)
    latest = find_cause(granted, "signed", LEFT)
    assert leave(granted, "signed", LEFT, "cause").cause_finding == latest
    assert latest.reason == "He sold the peers' forecasts."


def test_a_finding_against_another_gives_no_cause(granted: Telling) -> None:
    find_cause(granted, "unsigned", LEFT)
    with pytest.raises(Refused, match="Cause against signed"):
        leave(granted, "signed", LEFT, "cause")


@pytest.mark.parametrize("separated_on", [LEFT, None])
def test_a_separation_on_the_last_day_needs_no_day_of_its_own(
    granted: Telling, separated_on: date | None
) -> None:
    end = leave(granted, "signed", LEFT, "resignation", separated_on=separated_on)
    assert end.separated_on is None


@pytest.mark.parametrize(
    ("deferred", "separated_on", "reason", "said"),
    [
        (False, DAY_AFTER, "without_cause", "counts for deferred compensation only"),
        (True, DAY_BEFORE, "without_cause", "lies before the last day of service, 29 June 2014"),
        (True, date(2014, 8, 2), "without_cause", "2 August 2014 has not come yet"),
        (True, DAY_AFTER, "death", "Whoever dies in service separates from it that day"),
    ],
)
def test_a_separation_that_can_not_be_is_refused(
    granted: Telling, deferred: bool, separated_on: date, reason: str, said: str
) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        leave(
            granted,
            "signed",
            LEFT,
            reason,
            recorded_on=date(2014, 8, 1),
            is_deferred=deferred,
            separated_on=separated_on,
        )
    assert refusal.value.place == "GA §5"


@pytest.mark.parametrize(
    ("since", "is_specified"),
    [(date(2014, 7, 30), True), (date(2014, 7, 31), True), (date(2014, 8, 1), False)],
)
def test_specified_counts_on_the_day_of_the_separation(
    granted: Telling, since: date, is_specified: bool
) -> None:
    specified(granted, since)
    leave(
        granted,
        "signed",
        LEFT,
        "without_cause",
        recorded_on=date(2014, 8, 1),
        is_deferred=True,
        separated_on=date(2014, 7, 31),
    )
    told = person(granted.holders["signed"]).leaving
    assert told is not None
    assert told.specified is is_specified


def test_a_correction_names_what_it_corrects_and_the_same_again_is_refused(
    granted: Telling,
) -> None:
    first = leave(granted, "signed", LEFT, "without_cause")
    with pytest.raises(Refused, match="on record just so"):
        leave(granted, "signed", LEFT, "without_cause")
    second = leave(granted, "signed", LEFT, "without_cause", is_deferred=True)
    assert second.supersedes == first
    assert leaving.end_on_record(granted.holders["signed"]) == second
    assert [end.pk for end in leaving.ends_of(granted.holders["signed"])] == [second.pk, first.pk]


def test_a_death_after_the_service_is_read_with_the_end_of_service(granted: Telling) -> None:
    leave(granted, "signed", LEFT, "without_cause")
    die(granted, DAY_AFTER)
    who = person(granted.holders["signed"])
    assert who.died_on == DAY_AFTER
    assert who.leaving is not None
    assert who.leaving.died_on == DAY_AFTER


@pytest.mark.parametrize("died_on", [DAY_BEFORE, LEFT])
def test_a_death_in_service_is_an_end_of_service(granted: Telling, died_on: date) -> None:
    leave(granted, "signed", LEFT, "without_cause")
    with pytest.raises(Refused, match="Record a death in service as the end of service") as refusal:
        die(granted, died_on)
    assert refusal.value.place == "GA §4"


def test_nobody_dies_before_leaving_or_twice_or_tomorrow(granted: Telling) -> None:
    with pytest.raises(Refused, match="No end of signed's service"):
        die(granted, DAY_AFTER)
    leave(granted, "signed", LEFT, "without_cause")
    with pytest.raises(Refused, match="2 December 2014 has not come yet"):
        die(granted, date(2014, 12, 2))
    die(granted, DAY_AFTER)
    with pytest.raises(Refused, match="on record just so"):
        die(granted, DAY_AFTER)
    with pytest.raises(Refused, match="Take that record back first"):
        leave(granted, "signed", DAY_AFTER, "death", recorded_on=date(2014, 12, 1))


def test_a_wrong_death_is_taken_back_and_kept(granted: Telling) -> None:
    leave(granted, "signed", LEFT, "without_cause")
    with pytest.raises(Refused, match="on record just so"):
        die(granted, None)
    first = die(granted, DAY_AFTER)
    taken_back = die(granted, None)
    assert taken_back.supersedes == first
    assert person(granted.holders["signed"]).died_on is None
    die(granted, date(2014, 7, 2))
    assert person(granted.holders["signed"]).died_on == date(2014, 7, 2)


def test_an_end_by_death_is_the_day_of_death(granted: Telling) -> None:
    leave(granted, "signed", LEFT, "death")
    assert person(granted.holders["signed"]).died_on == LEFT


def cause_request(telling: Telling, reason: str) -> dict[str, str]:
    return {"employee": str(telling.holders["signed"].public_id), "reason": reason}


def test_a_finding_of_cause_says_why(granted: Telling) -> None:
    with pytest.raises(Refused, match="A finding of Cause says why"):
        propose_act(
            kind="cause_finding",
            request=cause_request(granted, "  "),
            by=granted.secretary,
            at=cast.noon(LEFT),
        )
    assert not CauseFinding.objects.exists()


def test_two_findings_against_one_person_are_not_asked_for_at_once(granted: Telling) -> None:
    told = {"kind": "cause_finding", "by": granted.secretary, "at": cast.noon(LEFT)}
    propose_act(request=cause_request(granted, "Fraud."), **told)
    with pytest.raises(Refused, match="of the same kind for signed signed"):
        propose_act(request=cause_request(granted, "Theft."), **told)


def test_what_changes_about_the_person_voids_an_open_finding(granted: Telling) -> None:
    from participants.people.services import change_status

    act = propose_act(
        kind="cause_finding",
        request=cause_request(granted, "Fraud."),
        by=granted.secretary,
        at=cast.noon(LEFT),
    )
    change_status(
        employee=granted.holders["signed"],
        subject="grade",
        value="Executive 9",
        starts_on=LEFT,
        by=granted.secretary,
        at=cast.noon(LEFT),
    )
    assert cast.sign(act, granted.members[0], cast.noon(DAY_AFTER)).voided
    assert not CauseFinding.objects.exists()
    assert not EndOfService.objects.exists()
