"""Members sign, and the last signature adopts: through the pages, with what is refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.html import escape

from committee.members import end_term, seat_member
from committee.models import Act, Adoption, Ending, Signature
from ltip.desk.scenarios.telling import Telling
from ltip.records.models import Seal
from participants.awards.models import Certificate, Designation
from participants.people.models import Employee
from participants.people.services import end_service
from tests import cast
from tests.committee.conftest import (
    AFTER_WINDOW,
    CERTIFYING,
    IN_WINDOW,
    LAST_DAY,
    address,
    ids,
    members,
    page_of,
    propose,
    sign,
)

pytestmark = pytest.mark.django_db


def test_the_act_is_adopted_when_the_last_of_three_members_signs(
    designation: Act, on: Any, browser: Any
) -> None:
    chair, second, third = members()
    with on(IN_WINDOW):
        for member in (chair, second):
            page = page_of(sign(browser(member), designation))
            assert f"Your signature on act {designation.number} is kept." in page
            assert not Designation.objects.exists()
        client = browser(third)
        before = page_of(client.get(address(designation)))
        assert "Yours is the last signature: it seals the act" in before
        after = page_of(sign(client, designation))
    assert f"Act {designation.number} is adopted and sealed." in after
    adoption = Adoption.objects.get(act=designation)
    assert adoption.act_date == IN_WINDOW
    assert Designation.objects.filter(seal=adoption.seal).count() == 2
    assert adoption.seal.digest in after
    assert "4 March 2013" in after
    assert 'type="password"' not in after


def test_each_signature_is_shown_at_the_time_of_the_signers_own_zone(
    designation: Act, on: Any, browser: Any
) -> None:
    chair, second, _ = members()
    chair.time_zone = "America/New_York"
    chair.save(update_fields=["time_zone"])
    with on(IN_WINDOW):
        sign(browser(chair), designation)
        page = page_of(browser(second).get(address(designation)))
    assert "4 March 2013, 07:00 EST" in page  # noon UTC


def test_a_second_signature_of_the_same_member_is_told_so_and_kept_once(
    designation: Act, on: Any, browser: Any
) -> None:
    chair, *_ = members()
    with on(IN_WINDOW):
        client = browser(chair)
        sign(client, designation)
        page = page_of(sign(client, designation))
    assert f"You have signed act {designation.number} already." in page
    assert "Who is named" in page
    assert Signature.objects.filter(act=designation).count() == 1


def test_signing_an_adopted_act_again_is_told_so(designation: Act, on: Any, browser: Any) -> None:
    cast.sign_all(designation, IN_WINDOW)
    with on(LAST_DAY):
        page = page_of(sign(browser(members()[2]), designation))
    assert "was adopted on 4 March 2013 and is conclusive" in page
    assert "Action by unanimous written consent" in page
    assert Signature.objects.filter(act=designation).count() == 3


def test_a_wrong_password_is_said_at_the_frame_and_the_page_comes_back_whole(
    designation: Act, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        page = page_of(sign(browser(members()[0]), designation, password="not mine"))
    assert "This is not your password." in page
    assert "Who is named" in page
    assert designation.exhibit_digest in page
    assert not Signature.objects.filter(act=designation).exists()


def test_an_empty_password_is_said_at_the_frame(designation: Act, on: Any, browser: Any) -> None:
    with on(IN_WINDOW):
        page = page_of(sign(browser(members()[0]), designation, password=""))
    assert "This field is required." in page
    assert not Signature.objects.filter(act=designation).exists()


def test_a_page_that_showed_another_exhibit_is_refused(
    designation: Act, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        answer = sign(browser(members()[0]), designation, shown_digest="0" * 64)
    assert "The page you signed shows another exhibit than the act has." in page_of(answer)
    assert not Signature.objects.filter(act=designation).exists()
    assert not Ending.objects.exists()


def test_a_resignation_before_the_last_signature_voids_the_designation_and_is_shown(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    chair, second, third = members()
    for member in (chair, second):
        cast.sign(designation, member, cast.noon(IN_WINDOW))
    _resigns(story, "unsigned", date(2013, 3, 10))
    with on(LAST_DAY):
        page = page_of(sign(browser(third), designation))
    said = "Who is named, unsigned: it now says “service ended 10 March 2013”"
    assert said in page
    assert "the secretary puts it before the Committee again" in page
    assert said in Ending.objects.get(act=designation, reason="voided").explanation
    assert not Adoption.objects.filter(act=designation).exists()
    assert not Designation.objects.exists()


def test_a_page_opened_after_the_change_says_what_changed_and_asks_for_no_signature(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    _resigns(story, "unsigned", date(2013, 3, 10))
    with on(LAST_DAY):
        page = page_of(browser(members()[0]).get(address(designation)))
    assert "what it rests on has changed since it was put before the Committee" in page
    assert "Who is named, unsigned: it now says “service ended 10 March 2013”" in page
    assert 'type="password"' not in page


def test_a_correction_between_the_signatures_voids_the_certification_and_is_shown(
    certification: Act, on: Any, browser: Any
) -> None:
    chair, second, third = members()
    for member in (chair, second):
        cast.sign(certification, member, cast.noon(CERTIFYING))
    # It becomes known that the holder of 300 had resigned in 2014: nothing is earned by them.
    end_service(
        employee=Employee.objects.get(name="signed"),
        ended_on=date(2014, 6, 30),
        reason="resignation",
        by=members()[0],
        at=cast.noon(CERTIFYING),
    )
    with on(CERTIFYING):
        page = page_of(sign(browser(third), certification))
    assert "What each award earns, signed, earned: “300” is now “0”." in page
    assert "Shares in all: “341” is now “41”." in page
    assert not Certificate.objects.exists()


def test_after_the_window_a_designation_is_refused_with_its_place(
    designation: Act, on: Any, browser: Any
) -> None:
    chair, second, third = members()
    for member in (chair, second):
        cast.sign(designation, member, cast.noon(LAST_DAY))
    with on(AFTER_WINDOW):
        client = browser(third)
        page = page_of(sign(client, designation))
        unasked = page_of(client.get(address(designation)))
    assert "P Eligibility: the window for designations closed on 31 March 2013" in page
    assert "passed 1 day ago" in unasked
    assert 'type="password"' not in unasked
    assert not Adoption.objects.filter(act=designation).exists()


def test_after_the_window_a_grant_is_refused_with_its_place(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    line = {"employee": ids(story, "signed")[0], "shares": 300}
    grant = propose(story, "grant", awards=[line])
    for member in members()[:2]:
        cast.sign(grant, member, cast.noon(LAST_DAY))
    with on(AFTER_WINDOW):
        page = page_of(sign(browser(members()[2]), grant))
    assert "P Grants: the window for grants closed on 31 March 2013" in page
    assert not Adoption.objects.filter(act=grant).exists()


def test_no_member_is_led_to_sign_what_can_no_longer_be_adopted(
    designation: Act, on: Any, browser: Any
) -> None:
    with on(AFTER_WINDOW):
        page = page_of(sign(browser(members()[0]), designation))
    assert "P Eligibility: the window for designations closed" in page
    assert not Signature.objects.filter(act=designation).exists()


def test_a_grant_waits_with_its_last_signature_for_the_designation(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    line = {"employee": ids(story, "signed")[0], "shares": 300}
    grant = propose(story, "grant", awards=[line])
    chair, second, third = members()
    with on(IN_WINDOW):
        for member in (chair, second):
            assert "is kept" in page_of(sign(browser(member), grant))
        client = browser(third)
        page = page_of(client.get(address(grant)))
        assert "Waits for another act:" in page
        assert "signed is not designated for 2013–2014." in page
        assert 'type="password"' not in page
        refused = page_of(sign(client, grant))
        assert "P Grants: signed is not designated for 2013–2014." in refused
        cast.sign_all(designation, IN_WINDOW)
        assert "is adopted and sealed" in page_of(sign(client, grant))


def test_a_member_with_an_interest_is_told_why_not_asked_and_the_others_adopt(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    seated = cast_as_member(story, "signed")
    with on(IN_WINDOW):
        client = browser(seated)
        page = page_of(client.get(address(designation)))
        assert "You are not asked to sign." in page
        assert "not asked: has an interest" in page
        assert 'type="password"' not in page
        refused = page_of(sign(client, designation))
        assert escape("signed has an interest in this act and is not asked to sign.") in refused
    for member in members():
        if member != seated:
            cast.sign(designation, member, cast.noon(IN_WINDOW))
    assert Adoption.objects.filter(act=designation).exists()


def test_the_secretary_withdraws_with_a_reason_that_stays(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(story.secretary)
        silent = client.post(address(designation, "withdraw/"), {"explanation": "  "})
        assert "This field is required." in page_of(silent)
        assert not Ending.objects.exists()
        why = {"explanation": "One name is missing."}
        page = page_of(client.post(address(designation, "withdraw/"), why, follow=True))
        assert "Why it was withdrawn" in page
        assert "One name is missing." in page
        twice = page_of(client.post(address(designation, "withdraw/"), why, follow=True))
        assert "is over (withdrawn)" in twice
        late = page_of(sign(browser(members()[0]), designation))
        assert "is over (withdrawn)" in late
    assert Ending.objects.count() == 1


def test_nobody_but_a_member_signs_and_nobody_but_the_secretary_withdraws(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    form = {"password": "x", "shown_digest": designation.exhibit_digest}
    auditor = cast.staff("auditor", name="Alan Audit", telling=story)
    with on(IN_WINDOW):
        for user in (story.secretary, auditor, story.holders["signed"].user):
            assert browser(user).post(address(designation, "sign/"), form).status_code == 403
        for user in (members()[0], auditor):
            why = {"explanation": "because"}
            assert browser(user).post(address(designation, "withdraw/"), why).status_code == 403
        assert browser(auditor).get(address(designation)).status_code == 200
        assert browser(story.holders["signed"].user).get(address(designation)).status_code == 403
    assert not Ending.objects.exists()


def test_a_member_whose_term_has_ended_does_not_sign(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    gone = members()[2]
    end_term(user=gone, ends_on=date(2013, 2, 28), by=story.secretary, at=cast.noon(IN_WINDOW))
    with on(IN_WINDOW):
        assert sign(browser(gone), designation).status_code == 403
        sign(browser(members()[0]), designation)
        page = page_of(sign(browser(members()[1]), designation))
    assert "is adopted and sealed" in page


def test_a_refused_signature_leaves_no_trace_in_the_chain(
    designation: Act, on: Any, browser: Any
) -> None:
    before = Seal.objects.count()
    with on(AFTER_WINDOW):
        sign(browser(members()[0]), designation)
    assert Seal.objects.count() == before


def cast_as_member(story: Telling, name: str) -> Any:
    user = story.holders[name].user
    seat_member(
        user=user,
        position="member",
        starts_on=date(2013, 1, 1),
        by=story.secretary,
        at=datetime(2013, 1, 1, 12, tzinfo=UTC),
    )
    return user


def _resigns(story: Telling, name: str, day: date) -> None:
    end_service(
        employee=story.holders[name],
        ended_on=day,
        reason="resignation",
        by=story.secretary,
        at=cast.noon(day),
    )
