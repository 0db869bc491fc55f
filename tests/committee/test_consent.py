"""A written consent lapses, or a member declines: through services and pages."""

from datetime import date, timedelta
from typing import Any

import pytest

from committee.jobs import lapse_acts
from committee.members import correct_end_of_term, end_term
from committee.models import Act, Adoption, Declination, Ending, EndOfTerm
from committee.selectors import acts_awaiting, members_in_office
from committee.services import decline_act, lapse_act, propose_act
from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.records import selectors as records
from ltip.rules.outcome import Refused
from tests import cast
from tests.committee.conftest import IN_WINDOW, address, ids, members, page_of

pytestmark = pytest.mark.django_db
LAST = IN_WINDOW + timedelta(days=60)


def decline(act: Act, who: Any, on: date, reason: str = "The list is not complete.") -> Any:
    at = cast.noon(on)
    return decline_act(
        act=act,
        shown_digest=act.exhibit_digest,
        reason=reason,
        by=who,
        authentication=cast.proof(who, at),
        at=at,
    )


def test_a_member_declines_with_a_reason_and_nobody_else_is_asked_to_sign(
    designation: Act, on: Any, browser: Any
) -> None:
    chair, second, third = members()
    form = {
        "password": PASSWORD,
        "shown_digest": designation.exhibit_digest,
        "reason": "The list is not complete.",
    }
    with on(IN_WINDOW):
        page_of(browser(second).post(address(designation, "decline/"), form, follow=True))
        page = page_of(browser(third).get(address(designation)))
    assert "a unanimous consent can&#x27;t be reached any more" in page or (
        "a unanimous consent can't be reached any more" in page
    )
    assert "The list is not complete." in page
    assert 'type="password"' not in page
    assert acts_awaiting(chair, on=IN_WINDOW) == []
    with pytest.raises(Refused, match="declined to sign: a unanimous consent can't be reached"):
        cast.sign(designation, chair, cast.noon(IN_WINDOW))
    told = records.content_of(Declination.objects.get().seal)
    assert told["reason"] == "The list is not complete."
    assert (told["address"], told["method"]) in {("127.0.0.1", "password")}


def test_who_has_signed_or_gives_no_reason_does_not_decline(designation: Act) -> None:
    chair, second, _ = members()
    cast.sign(designation, chair, cast.noon(IN_WINDOW))
    with pytest.raises(Refused, match="You have signed act"):
        decline(designation, chair, IN_WINDOW)
    with pytest.raises(Refused, match="Who declines says why"):
        decline(designation, second, IN_WINDOW, reason=" ")
    assert not Declination.objects.exists()


def test_a_consent_can_be_completed_until_its_last_day_and_not_after(
    story: Telling, designation: Act
) -> None:
    assert designation.lapses_on == LAST
    act = propose_act(
        kind="goal",
        request=cast.goal_request(story.period.label),
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
        lapses_on=date(2013, 3, 10),
    )
    chair, second, third = members()
    cast.sign(act, chair, cast.noon(date(2013, 3, 9)))
    cast.sign(act, second, cast.noon(date(2013, 3, 10)))
    with pytest.raises(Refused, match="The written consent lapsed on 10 March 2013"):
        cast.sign(act, third, cast.noon(date(2013, 3, 11)))
    assert not Adoption.objects.filter(act=act).exists()


def test_the_timetable_ends_a_lapsed_act_once_and_says_why(
    designation: Act, on: Any, browser: Any
) -> None:
    assert lapse_act(act=designation, at=cast.noon(LAST)) is None
    with on(LAST + timedelta(days=1)):
        assert lapse_acts(None, {}, None) == designation.number  # type: ignore[arg-type]
        assert lapse_acts(None, {}, None) == ""  # type: ignore[arg-type]
        page = page_of(browser(members()[0]).get(address(designation)))
    assert "its written consent lapsed" in page
    assert "Not every member had signed by 3 May 2013, its last day." in page
    assert Ending.objects.get(act=designation).ended_by is None


def test_a_consent_that_would_lapse_before_it_opens_is_refused(story: Telling) -> None:
    with pytest.raises(Refused, match="can't lapse before it is opened"):
        propose_act(
            kind="designation",
            request={"period": story.period.label, "employees": ids(story, "signed")},
            by=story.secretary,
            at=cast.noon(IN_WINDOW),
            lapses_on=IN_WINDOW - timedelta(days=1),
        )


def test_the_seal_of_an_adoption_keeps_the_procedure_and_how_each_member_signed(
    designation: Act,
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    seal = Adoption.objects.get(act=designation).seal
    told = records.content_of(seal)
    assert seal.schema_version == 3
    assert told["procedure"]["name"] == "unanimous written consent"
    assert told["recorded_days_later"] == 0
    assert [s["device"] for s in told["signatures"]] == ["a test"] * 3
    assert {s["address"] for s in told["signatures"]} == {"192.0.2.7"}


def test_a_term_ends_by_a_sealed_row_and_a_wrong_day_is_superseded(story: Telling) -> None:
    who = members()[1]
    at = cast.noon(IN_WINDOW)
    wrong = end_term(user=who, ends_on=date(2013, 2, 28), by=story.secretary, at=at)
    assert who not in [m.user for m in members_in_office(date(2013, 3, 1))]
    right = correct_end_of_term(
        end=wrong,
        ends_on=date(2013, 3, 31),
        reason="The resignation named the last of March.",
        by=story.secretary,
        at=at,
    )
    assert who in [m.user for m in members_in_office(date(2013, 3, 31))]
    assert who not in [m.user for m in members_in_office(date(2013, 4, 1))]
    assert records.content_of(right.seal)["supersedes"] == wrong.seal_id
    assert EndOfTerm.objects.count() == 2
