"""An award whose notice sets a last day to sign, and that day passing.

The Committee reads it so that notices leave thirty days. Those of 4 February 2013 are to be signed
by 6 March; one of the two has not.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from committee.models import Act
from ltip.desk.deadlines import deadlines
from ltip.desk.scenarios.telling import Telling
from ltip.desk.selectors import situation_of, situations
from ltip.rules.outcome import Refused
from participants.awards.limits import limits_on
from participants.awards.models import Award
from participants.awards.selectors import standing_of
from participants.kinds.awards_named import why_gone
from participants.papers.declining import decline_notice, told_that_follows
from participants.papers.models_signing import NoticeDecline
from participants.papers.reminding import remind_to_sign
from participants.papers.selectors import keys_to_agree_to, notices_to_sign, sections_of
from participants.papers.services import sign_notice
from participants.people.leaving import end_service
from tests import cast
from tests.participants.holders import holder
from tests.participants.pages import human_resources, words

LAST_DAY, AFTER = date(2013, 3, 6), date(2013, 3, 7)
LAPSED = (
    "The notice was to be signed by 6 March 2013, as it says itself; without a signature the award "
    "lapses on 7 March 2013."
)


@pytest.fixture
def told(db: None) -> Telling:
    return cast.told(acts=4, name="an-award-lapses-unsigned.toml")


def award_of(telling: Telling) -> Award:
    return Award.objects.get(employee=telling.holders["late"])


def sign(telling: Telling, on: date) -> Any:
    user, notice = telling.holders["late"].user, award_of(telling).notice
    return sign_notice(
        notice=notice,
        shown_digest=notice.digest,
        agreed_to=keys_to_agree_to(notice),
        by=user,
        authentication=cast.proof(user, cast.noon(on)),
        at=cast.noon(on),
    )


def leave(telling: Telling, on: date, reason: str) -> None:
    end_service(
        employee=telling.holders["late"],
        ended_on=on,
        reason=reason,
        by=telling.secretary,
        at=cast.noon(AFTER),
    )


def my_award(visit: Any, telling: Telling, on: date, name: str = "my_award") -> str:
    award = award_of(telling)
    with visit(holder(telling, "late"), on) as browser:
        return words(browser.get(reverse(f"participants:{name}", args=[award.public_id])))


def signatures(visit: Any, telling: Telling, on: date) -> str:
    with visit(human_resources(telling), on) as browser:
        return words(browser.get(reverse("participants:signatures", args=[telling.period])))


def test_the_notice_itself_says_until_when_and_what_follows(told: Telling) -> None:
    (first, *_) = sections_of(award_of(told).notice)
    assert first.paragraphs[-1].startswith(
        "You have until 6 March 2013 to sign. If you have not signed by the end of that day, this "
        "award lapses on the day after, and nothing more comes of it."
    )


@pytest.mark.parametrize(("on", "state"), [(LAST_DAY, "granted"), (AFTER, "void")])
def test_it_lapses_by_date_alone(told: Telling, on: date, state: str) -> None:
    standing = standing_of(award_of(told))
    assert standing.state_on(on) == state
    assert [step.sentence for step in standing.void_steps(on)] == [LAPSED] * (state == "void")
    lapsed = ("has lapsed: its notice was not signed in time", "GN")
    assert why_gone(standing, on=on) == (lapsed if state == "void" else None)
    counted = {one.standing.award.employee.name: one.shares for one in limits_on(on).taken}
    assert counted["late"] == (0 if state == "void" else 82)


def test_signed_on_the_last_day_it_stands(told: Telling) -> None:
    sign(told, LAST_DAY)
    assert standing_of(award_of(told)).state_on(AFTER) == "granted"


def test_after_the_last_day_nobody_signs(told: Telling) -> None:
    with pytest.raises(Refused) as refused:
        sign(told, AFTER)
    assert str(refused.value).startswith(f"GN: {LAPSED}")
    assert notices_to_sign(told.holders["late"], on=AFTER) == []
    assert len(notices_to_sign(told.holders["late"], on=LAST_DAY)) == 1


def test_who_died_in_time_is_followed_by_the_heirs(told: Telling) -> None:
    leave(told, LAST_DAY, "death")
    assert standing_of(award_of(told)).state_on(AFTER) == "granted"


def test_what_was_forfeited_before_stays_forfeited(told: Telling) -> None:
    leave(told, LAST_DAY, "resignation")
    standing = standing_of(award_of(told))
    assert standing.state_on(AFTER) == "forfeited"
    assert standing.void_steps(AFTER) == ()


def test_the_holder_sees_the_countdown_and_afterwards_what_became_of_it(
    told: Telling, visit: Any
) -> None:
    before = my_award(visit, told, LAST_DAY - timedelta(days=3), "notice")
    assert "If you have not signed by then, the award lapses: 6 March 2013, 3 days left" in before
    after = my_award(visit, told, AFTER)
    assert "This award lapsed on 7 March 2013: your notice of grant set a last day to sign" in after


def test_human_resources_sees_the_last_day_and_then_the_lapse_with_its_place(
    told: Telling, visit: Any
) -> None:
    before = signatures(visit, told, LAST_DAY)
    assert "6 March 2013, today is the last day" in before
    assert "it lapses if unsigned after 30 days. GN" in before
    assert len(situation_of(told.period, LAST_DAY).unsigned) == 1
    assert situation_of(told.period, AFTER).unsigned == []


def test_after_it_the_page_of_signatures_names_who_lapsed(told: Telling, visit: Any) -> None:
    after = signatures(visit, told, AFTER)
    assert f"nothing left to sign for late {LAPSED} GN" in after
    assert remind_to_sign(period=told.period, by=told.secretary, at=cast.noon(AFTER)) == 0


def test_the_last_day_is_on_the_holders_list_of_dates(told: Telling) -> None:
    key = f"sign:{award_of(told).public_id}"
    found = {one.key: one for one in deadlines(LAST_DAY, situations(LAST_DAY))}
    assert (found[key].day, found[key].holder_acts) == (LAST_DAY, True)
    assert found[key].holder == told.holders["late"].user_id
    assert found[key].acts == frozenset()
    assert key not in {one.key for one in deadlines(AFTER, situations(AFTER))}


def test_the_grant_says_so_before_the_members_sign(told: Telling) -> None:
    grant = Act.objects.filter(kind="grant").first()
    assert (
        "The notices say so: an award lapses whose holder has not signed within 30 days of its "
        "notice."
    ) in grant.exhibit


def test_whoever_declines_is_told_the_last_day_and_nobody_declines_after_it(told: Telling) -> None:
    user, notice = told.holders["late"].user, award_of(told).notice

    def declined(on: date) -> NoticeDecline:
        return decline_notice(
            notice=notice,
            shown_digest=notice.digest,
            reason="The tax.",
            by=user,
            authentication=cast.proof(user, cast.noon(on)),
            at=cast.noon(on),
        )

    with pytest.raises(Refused) as refusal:
        declined(AFTER)
    assert (refusal.value.reason, refusal.value.place) == (LAPSED, "GN")
    assert told_that_follows(declined(LAST_DAY))[0] == (
        "Your award stands until 6 March 2013. If nobody has signed for it by then, it lapses on "
        "the day after, as the notice says."
    )
