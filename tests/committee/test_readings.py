"""The Committee construes the Program: the act, and what follows from its day on."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from committee.exhibits import exhibit_of
from committee.goal_choices import periods_in_window
from committee.kinds.goal import window_check
from committee.members import seat_member
from committee.models import Act
from committee.selectors import signers_of
from committee.services import propose_act
from ltip.desk.scenarios.reading import read_story
from ltip.desk.scenarios.telling import Telling
from ltip.program import selectors as program
from ltip.program.models import ReadingDecision
from ltip.records.selectors import first_fault
from ltip.rules.outcome import Refused
from participants.awards.enrolment import window_of
from participants.awards.models import Certificate, EarnedAward, ProposedAward
from participants.awards.selectors import standings
from participants.awards.services import propose_awards
from tests import cast
from tests.committee.conftest import CERTIFYING, IN_WINDOW, ids, page_of, propose

pytestmark = pytest.mark.django_db

EFFECTIVE = date(2013, 3, 20)


def request(
    readings: dict[str, str], effective_on: date = EFFECTIVE, reason: str = "As counsel advises."
) -> dict[str, Any]:
    return {"readings": readings, "effective_on": effective_on.isoformat(), "reason": reason}


def construed(
    telling: Telling, readings: dict[str, str], *, on: date = IN_WINDOW, effective_on: date
) -> Act:
    return cast.adopt(telling, "reading", request(readings, effective_on), on)


def proposed(telling: Telling, asked: dict[str, Any], on: date = IN_WINDOW) -> Act:
    return propose_act(kind="reading", request=asked, by=telling.secretary, at=cast.noon(on))


def told_with(readings: dict[str, str], *, acts: int, **days: date) -> Telling:
    """The story of unsigned papers with other readings; `days` moves acts of a kind."""
    story = read_story(cast.SCENARIOS / "unsigned-papers.toml")
    story.sections["program"] = {"readings": readings}
    story.sections["act"] = deepcopy(story.sections["act"][:acts])
    for act in story.sections["act"]:
        act["on"] = days.get(act["do"], act["on"])
    return cast.tell(story)


@pytest.mark.parametrize(
    ("days", "counting"), [(-1, "inclusive"), (0, "exclusive"), (1, "exclusive")]
)
def test_a_reading_holds_from_its_day_on(story: Telling, days: int, counting: str) -> None:
    construed(story, {"window.counting": "exclusive"}, effective_on=EFFECTIVE)
    readings = program.readings_on(EFFECTIVE + timedelta(days=days))
    assert readings["window.counting"] == counting
    assert readings["shares.rounding"] == "down"


def test_it_takes_every_member_and_is_sealed_with_its_rows(story: Telling) -> None:
    act = proposed(
        story, request({"shares.rounding": "nearest", "resignation.between_dates": "pay"})
    )
    signings = [
        cast.sign(act, signer.membership.user, cast.noon(IN_WINDOW))
        for signer in signers_of(act, on=IN_WINDOW)
    ]
    assert [signing.adopted for signing in signings] == [False, False, True]
    rows = ReadingDecision.objects.order_by("key")
    assert [(row.key, row.value) for row in rows] == [
        ("resignation.between_dates", "pay"),
        ("shares.rounding", "nearest"),
    ]
    assert {row.seal_id for row in rows} == {Act.objects.get(pk=act.pk).adoption.seal_id}
    assert first_fault()[1] is None


def test_a_later_act_takes_the_place_of_an_earlier_one(story: Telling) -> None:
    construed(story, {"shares.rounding": "nearest"}, effective_on=EFFECTIVE)
    later = EFFECTIVE + timedelta(days=10)
    construed(story, {"shares.rounding": "down"}, effective_on=later)
    held = [
        program.readings_on(day)["shares.rounding"]
        for day in (EFFECTIVE, later - timedelta(days=1), later)
    ]
    assert held == ["nearest", "nearest", "down"]


def test_of_two_acts_for_one_day_the_later_sealed_holds(story: Telling) -> None:
    construed(story, {"limits.count": "target"}, effective_on=EFFECTIVE)
    construed(story, {"limits.count": "maximum"}, effective_on=EFFECTIVE)
    assert program.readings_on(EFFECTIVE)["limits.count"] == "maximum"


def test_the_readings_of_a_day_are_one_query(
    story: Telling, django_assert_num_queries: Any
) -> None:
    construed(story, {"shares.rounding": "nearest"}, effective_on=EFFECTIVE)
    with django_assert_num_queries(1):
        program.readings_on(EFFECTIVE)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (request({}), "No reading is named"),
        (request({"window.colour": "blue"}), "is no reading of the Program"),
        (request({"window.counting": "blue"}), "it is inclusive or exclusive"),
        (request({"window.counting": "inclusive"}), "holds then already"),
        (request({"cic.leavers_paid": "later"}), "The Committee decides on it in writing"),
        (request({"shares.rounding": "nearest"}, reason="  "), "with its reason"),
        ({**request({"shares.rounding": "nearest"}), "effective_on": "soon"}, "is not a date"),
        (
            request({"shares.rounding": "nearest"}, IN_WINDOW - timedelta(days=1)),
            "does not reach back",
        ),
    ],
)
def test_what_cannot_be_decided_is_refused_when_it_is_proposed(
    story: Telling, asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        proposed(story, asked)
    assert refusal.value.place.startswith(("P ", "GA", "GN"))
    assert not Act.objects.filter(kind="reading").exists()


def test_signed_after_its_day_it_is_refused(story: Telling) -> None:
    act = proposed(story, request({"shares.rounding": "nearest"}, IN_WINDOW))
    first, second, last = (signer.membership.user for signer in signers_of(act, on=IN_WINDOW))
    cast.sign(act, first, cast.noon(IN_WINDOW))
    cast.sign(act, second, cast.noon(IN_WINDOW))
    with pytest.raises(Refused, match="before the act itself"):
        cast.sign(act, last, cast.noon(IN_WINDOW + timedelta(days=1)))
    assert not ReadingDecision.objects.exists()


def test_a_second_reading_waits_until_the_first_is_decided(story: Telling) -> None:
    proposed(story, request({"shares.rounding": "nearest"}))
    with pytest.raises(Refused, match="of the same kind for readings is before the Committee"):
        proposed(story, request({"limits.count": "target"}))


# What follows from a reading


@pytest.mark.parametrize(
    ("on", "passes"),
    [(date(2013, 3, 31), True), (date(2013, 4, 1), True), (date(2013, 4, 2), False)],
)
def test_a_window_counted_from_the_second_day_closes_a_day_later(
    story: Telling, on: date, passes: bool
) -> None:
    construed(story, {"window.counting": "exclusive"}, effective_on=EFFECTIVE)
    assert window_check(story.period, on=on, what="grants", place="P Grants").passed is passes
    assert program.window_closing_date(story.period).value == date(2013, 4, 1)


def test_a_window_that_is_over_stays_as_it_was(story: Telling) -> None:
    construed(story, {"window.counting": "exclusive"}, effective_on=date(2013, 4, 1))
    assert program.window_closing_date(story.period).value == date(2013, 3, 31)


def test_a_window_open_on_any_day_is_open_before_the_period(before_any_act: Telling) -> None:
    before = date(2012, 12, 15)
    assert periods_in_window(before) == []
    construed(before_any_act, {"window.opening": "any_day"}, on=before, effective_on=before)
    assert periods_in_window(before) == [before_any_act.period]
    check = window_check(before_any_act.period, on=before, what="grants", place="P Grants")
    assert check.passed


def test_the_pages_of_a_window_open_on_any_day_do_not_wait_for_the_period(
    before_any_act: Telling,
) -> None:
    before, secretary = date(2012, 12, 15), before_any_act.secretary
    address = "/committee/goals/2013-2014/"
    with cast.visit(secretary, before) as browser:
        closed = "The window is not open yet"
        assert closed in page_of(browser.get(address))
    construed(before_any_act, {"window.opening": "any_day"}, on=before, effective_on=before)
    with cast.visit(secretary, before) as browser:
        assert closed not in page_of(browser.get(address))
    assert window_of(before_any_act.period, on=before).has_begun


@pytest.mark.parametrize(("on", "is_open"), [(date(2013, 4, 1), True), (date(2013, 4, 2), False)])
def test_the_list_of_participants_follows_the_reading_of_the_window(
    story: Telling, on: date, is_open: bool
) -> None:
    construed(story, {"window.counting": "exclusive"}, effective_on=EFFECTIVE)
    assert window_of(story.period, on=on).closes == date(2013, 4, 1)
    given: dict[str, Any] = {
        "period": story.period,
        "shares": {ids(story, "signed")[0]: 300},
        "by": story.secretary,
        "on": on,
        "at": cast.noon(on),
    }
    if is_open:
        propose_awards(**given)
        assert ProposedAward.objects.count() == 1
    else:
        with pytest.raises(Refused, match="the window for grants closed on 1 April 2013"):
            propose_awards(**given)


def test_a_member_with_an_interest_can_be_asked_to_sign(story: Telling) -> None:
    holder = story.holders["signed"]
    seat_member(
        user=holder.user,
        position="member",
        starts_on=date(2013, 1, 1),
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )
    act = propose(story, "designation", employees=ids(story, "signed"))
    asked = [s.membership.user for s in signers_of(act, on=EFFECTIVE) if s.is_awaited]
    assert holder.user not in asked
    assert len(asked) == 3
    construed(story, {"consent.interested_member": "asked"}, effective_on=EFFECTIVE)
    asked = [s.membership.user for s in signers_of(act, on=EFFECTIVE) if s.is_awaited]
    assert holder.user in asked
    others = [user for user in asked if user != holder.user]
    assert not any(cast.sign(act, user, cast.noon(EFFECTIVE)).adopted for user in others)
    assert cast.sign(act, holder.user, cast.noon(EFFECTIVE)).adopted


def test_the_determination_date_can_be_that_of_the_filing() -> None:
    telling = told_with(
        {"determination.date": "filing"},
        acts=cast.BEFORE_SETTLEMENT,
        file_10k=date(2015, 2, 20),
        certify=CERTIFYING,
    )
    certificate = Certificate.objects.get()
    assert certificate.determination_date == date(2015, 2, 20)
    assert certificate.settlement_date == date(2015, 3, 22)
    assert telling.period.certificate.seal.legal_date == CERTIFYING


def test_a_certificate_says_the_readings_it_was_made_under(certification: Act) -> None:
    exhibit = exhibit_of(certification)
    assert exhibit["data"]["readings"] == {
        "determination.date": "certification",
        "month.full": "last_day_inclusive",
        "percentile.rounding": "none",
        "percentile.ties": "better_place",
        "proration.cap": "one",
        "proration.rounding": "once",
        "shares.rounding": "down",
        "termination.on_determination_date": "after",
        "tsr.reinvestment": "ex_date_close",
    }
    told = next(fact for fact in exhibit["facts"] if fact["label"] == "Readings")
    assert told["value"] == "By default"
    assert len(told["steps"]) == 9


def test_a_run_measured_otherwise_is_not_certified(certification: Act) -> None:
    on = CERTIFYING + timedelta(days=1)
    secretary = Act.objects.get(pk=certification.pk).opened_by
    act = propose_act(
        kind="reading",
        request=request({"percentile.ties": "worse_place"}, on),
        by=secretary,
        at=cast.noon(CERTIFYING),
    )
    cast.sign_all(act, CERTIFYING)
    checks = {check.sentence: check.passed for check in _checks(certification, CERTIFYING)}
    assert all(checks.values())
    failing = [check for check in _checks(certification, on) if not check.passed]
    assert len(failing) == 1
    assert "a new run is needed" in failing[0].sentence


def test_a_reading_decided_later_changes_nothing_that_is_sealed() -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    before = _sealed(telling)
    construed(
        telling,
        {
            "determination.date": "filing",
            "percentile.ties": "worse_place",
            "proration.rounding": "twice",
            "shares.rounding": "nearest",
            "window.counting": "exclusive",
        },
        on=CERTIFYING + timedelta(days=1),
        effective_on=CERTIFYING + timedelta(days=1),
    )
    assert _sealed(telling) == before
    assert first_fault()[1] is None


def _checks(act: Act, on: date) -> list[Any]:
    return cast.committee_reading.checks_of(act, on=on)


def _sealed(telling: Telling) -> list[Any]:
    """The certificate, what it gave each award, and where each stands ten days later."""
    certificate = Certificate.objects.get()
    rows = EarnedAward.objects.order_by("pk").values_list("award_id", "shares", "steps")
    entitled = [standing.entitlement() for standing in standings(telling.period)]
    return [
        (certificate.payout, certificate.determination_date, certificate.settlement_date),
        certificate.run.result_digest,
        list(rows),
        [(due.value, due.steps) for due in entitled],
        program.window_closing_date(telling.period).value,
    ]
