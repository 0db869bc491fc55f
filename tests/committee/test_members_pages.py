"""Who sits on the Committee on a day, and the secretary's records of terms and independence."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.members import end_term, record_independence, seat_member
from committee.models import EndOfTerm, Membership
from committee.selectors import members_in_office
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from tests import cast
from tests.committee.conftest import IN_WINDOW, members, page_of

pytestmark = pytest.mark.django_db

MEMBERS = "/committee/members/"


def flat(answer: Any) -> str:
    return " ".join(page_of(answer).split())


def in_office(day: date) -> list[str]:
    return sorted(member.user.name for member in members_in_office(day))


def seat(story: Telling, user: User, starts_on: date) -> Membership:
    return seat_member(
        user=user,
        position="member",
        starts_on=starts_on,
        by=story.secretary,
        at=cast.noon(IN_WINDOW),
    )


def test_it_shows_who_is_in_office_on_the_chosen_day(story: Telling, on: Any, browser: Any) -> None:
    second = members()[1]
    end_term(user=second, ends_on=date(2013, 3, 10), by=story.secretary, at=cast.noon(IN_WINDOW))
    with on(IN_WINDOW):
        client = browser(members()[0])
        last = client.get(MEMBERS, {"on": "2013-03-10"})
        after = client.get(MEMBERS, {"on": "2013-03-11"})
        for member in members():
            if member != second:
                told = {"by": story.secretary, "at": cast.noon(IN_WINDOW)}
                end_term(user=member, ends_on=date(2013, 3, 12), **told)
        nobody = flat(client.get(MEMBERS, {"on": "2013-03-13"}))
        nonsense = flat(client.get(MEMBERS, {"on": "soon"}))
    assert "<b>3 members</b> are in office on 10 March 2013." in flat(last)
    assert "the quorum of a meeting, is 2;" in flat(last)
    assert "until 10 March 2013" in flat(last)
    assert "<b>2 members</b> are in office on 11 March 2013." in flat(after)
    assert second not in [one.membership.user for one in after.context["in_office"]]
    assert "Nobody was in office that day" in nobody
    assert "on 4 March 2013." in nonsense
    assert "Enter a valid date." in nonsense


def test_the_chair_comes_first_and_a_day_without_one_says_so(
    story: Telling, on: Any, browser: Any
) -> None:
    chair = Membership.objects.get(position="chair").user
    end_term(user=chair, ends_on=date(2013, 3, 10), by=story.secretary, at=cast.noon(IN_WINDOW))
    with on(IN_WINDOW):
        client = browser(story.secretary)
        held = client.get(MEMBERS, {"on": "2013-03-10"})
        vacant = client.get(MEMBERS, {"on": "2013-03-11"})
    assert held.context["in_office"][0].membership.user == chair
    assert "Nobody is the chair that day." not in flat(held)
    assert "Nobody is the chair that day." in flat(vacant)


def test_a_member_who_takes_part_in_the_program_is_shown_as_such(
    story: Telling, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(story.secretary)
        assert "takes part in the Program" not in flat(client.get(MEMBERS)).replace(
            "Who takes part in the Program has", ""
        )
        seat(story, story.holders["signed"].user, IN_WINDOW)
        page = client.get(MEMBERS, {"on": "2040-01-01"})
    taking_part = [one.membership.user for one in page.context["in_office"] if one.takes_part]
    assert taking_part == [story.holders["signed"].user]
    assert ">takes part in the Program</span>" in flat(page)


def test_independence_is_shown_as_found_by_that_day_with_date_and_source(
    story: Telling, on: Any, browser: Any
) -> None:
    user = members()[0]
    for day, is_independent, source in (
        (date(2013, 2, 1), True, "Board resolution 7"),
        (date(2013, 3, 1), False, "Board resolution 9"),
    ):
        record_independence(
            user=user,
            is_independent=is_independent,
            determined_on=day,
            source=source,
            by=story.secretary,
            at=cast.noon(IN_WINDOW),
        )
    with on(IN_WINDOW):
        client = browser(story.secretary)
        early = flat(client.get(MEMBERS, {"on": "2013-02-28"}))
        late = flat(client.get(MEMBERS, {"on": "2013-03-01"}))
    assert "found independent on 1 February 2013 (Board resolution 7)" in early
    assert "<b>found not independent</b> on 1 March 2013 (Board resolution 9)" in late
    assert early.count("no finding of independence on record") == 2


def test_the_secretary_seats_a_member_and_a_refusal_keeps_what_was_typed(
    story: Telling, on: Any, browser: Any
) -> None:
    user = cast.staff("finance", name="Fiona Reed", telling=story)
    filled = {"email": user.email.upper(), "position": "member", "starts_on": "2013-03-05"}
    with on(IN_WINDOW):
        client = browser(story.secretary)
        unknown = flat(client.post(f"{MEMBERS}seat/", filled | {"email": "no@cast.example"}))
        second_chair = flat(client.post(f"{MEMBERS}seat/", filled | {"position": "chair"}))
        done = flat(client.post(f"{MEMBERS}seat/", filled, follow=True))
    assert "Nobody signs in as no@cast.example." in unknown
    assert 'value="no@cast.example"' in unknown
    assert "is the chair from" in second_chair
    assert "It is on record." in done
    assert "Fiona Reed" not in in_office(date(2013, 3, 4))
    assert "Fiona Reed" in in_office(date(2013, 3, 5))


def test_a_term_is_ended_and_its_wrong_last_day_corrected_and_both_stay_shown(
    story: Telling, on: Any, browser: Any
) -> None:
    user = members()[1]
    with on(IN_WINDOW):
        client = browser(story.secretary)
        client.post(f"{MEMBERS}{user.public_id}/end/", {"ends_on": "2013-03-01", "reason": ""})
        wrong = EndOfTerm.objects.get()
        address = f"{MEMBERS}ends/{wrong.seal_id}/"
        unreasoned = flat(client.post(address, {"ends_on": "2013-03-31", "reason": ""}))
        corrected = {"ends_on": "2013-03-31", "reason": "The letter says the last of March."}
        page = flat(client.post(address, corrected, follow=True))
        assert client.get(address).status_code == 404
    assert "This field is required." in unreasoned
    assert user.name in in_office(date(2013, 3, 31))
    assert user.name not in in_office(date(2013, 4, 1))
    assert "first recorded as 1 Mar 2013" in page
    assert "The letter says the last of March." in page
    assert "31 Mar 2013" in page


def test_a_wrong_term_is_corrected_and_the_wrong_row_says_by_which(
    story: Telling, on: Any, browser: Any
) -> None:
    user = cast.staff("finance", name="Fiona Reed", telling=story)
    wrong = seat(story, user, date(2013, 2, 1))
    corrected = {"position": "member", "starts_on": "2013-03-01", "reason": "A wrong month."}
    with on(IN_WINDOW):
        client = browser(story.secretary)
        address = f"{MEMBERS}terms/{wrong.seal_id}/"
        assert 'value="2013-02-01"' in flat(client.get(address))
        page = flat(client.post(address, corrected, follow=True))
        assert client.get(address).status_code == 404
    right = Membership.objects.get(supersedes=wrong)
    assert f"corrected by record {right.seal_id}" in page
    assert f"corrects record {wrong.seal_id}: A wrong month." in page
    assert "Fiona Reed" not in in_office(date(2013, 2, 28))
    assert "Fiona Reed" in in_office(date(2013, 3, 1))


def test_independence_is_recorded_and_a_finding_to_come_is_refused(
    story: Telling, on: Any, browser: Any
) -> None:
    user = members()[0]
    filled = {"is_independent": "no", "determined_on": "2013-03-05", "source": "The Board"}
    with on(IN_WINDOW):
        client = browser(story.secretary)
        address = f"{MEMBERS}{user.public_id}/independence/"
        refused = flat(client.post(address, filled))
        client.post(address, filled | {"determined_on": "2013-03-04"})
    assert "A finding is not dated in the future." in refused
    finding = user.independence.get()
    assert (finding.is_independent, finding.source) == (False, "The Board")


def test_somebody_who_never_sat_has_no_pages(story: Telling, on: Any, browser: Any) -> None:
    stranger = story.holders["signed"].user
    with on(IN_WINDOW):
        client = browser(story.secretary)
        assert client.get(f"{MEMBERS}{stranger.public_id}/end/").status_code == 404
        assert client.get(f"{MEMBERS}{stranger.public_id}/independence/").status_code == 404


def test_a_member_reads_and_only_the_secretary_is_led_to_recording(
    story: Telling, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        member = flat(browser(members()[0]).get(MEMBERS))
        secretary = flat(browser(story.secretary).get(MEMBERS))
    for words in ("Seat a member", "End the term", "Record independence", "Correct it"):
        assert words not in member
        assert words in secretary


def test_the_number_of_queries_does_not_grow_with_the_members(
    story: Telling, on: Any, browser: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client.get(MEMBERS))
        return len(captured)

    with on(IN_WINDOW):
        client = browser(story.secretary)
        end_term(
            user=members()[1],
            ends_on=date(2013, 3, 1),
            by=story.secretary,
            at=cast.noon(IN_WINDOW),
        )
        few = queries()
        for role in ("finance", "auditor"):
            user = cast.staff(role, name=f"Further {role}", telling=story)
            seat(story, user, date(2013, 2, 1))
            end_term(
                user=user, ends_on=date(2013, 3, 9), by=story.secretary, at=cast.noon(IN_WINDOW)
            )
            record_independence(
                user=user,
                is_independent=True,
                determined_on=date(2013, 2, 1),
                source="The Board",
                by=story.secretary,
                at=cast.noon(IN_WINDOW),
            )
        assert queries() == few
