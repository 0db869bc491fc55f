"""The company's signature: an authorised officer signs the notices of a period with the password,
and where the company asks for it nothing is delivered before."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from ltip.accounts.models import User
from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.program.services.periods import record_annual_report
from ltip.rules.outcome import Refused
from participants.awards.selectors import standings
from participants.papers.company_signing import (
    authority_of,
    digest_of_batch,
    notices_to_sign_for,
    periods_to_sign_for,
    record_authority,
    sign_for_company,
)
from participants.papers.deciding_pages import decide_pages
from participants.papers.models_signing import CompanySignature, CompanySigning
from participants.papers.selectors import keys_to_agree_to
from participants.papers.services import sign_notice
from participants.settlement.holding_back import held_back
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.leavers import certify
from tests.participants.pages import words

GIVEN, DAY, DUE = date(2013, 2, 10), date(2013, 3, 1), date(2015, 3, 26)


def authorise(telling: Telling, user: User, **changes: Any) -> Any:
    told = {
        "user": user,
        "title": "Chief Financial Officer",
        "is_given": True,
        "starts_on": GIVEN,
        "by": telling.secretary,
        "at": cast.noon(GIVEN),
    }
    return record_authority(**{**told, **changes})


def sign(telling: Telling, officer: User, **changes: Any) -> CompanySigning:
    at = cast.noon(DAY)
    return sign_for_company(
        **{
            "period": telling.period,
            "shown_digest": digest_of_batch(notices_to_sign_for(telling.period, officer)),
            "by": officer,
            "authentication": cast.proof(officer, at),
            "at": at,
            **changes,
        }
    )


def address(telling: Telling) -> str:
    return reverse("participants:company_signature", args=[telling.period])


def test_an_officer_signs_every_notice_of_a_period_at_once(granted: Telling, visit: Visit) -> None:
    officer = granted.approver
    authorise(granted, officer)
    with visit(officer, DAY) as browser:
        page = browser.get(address(granted))
        form = {"shown_digest": page.context["shown_digest"]}
        wrong = words(browser.post(address(granted), form | {"password": "wrong"}))
        other = words(browser.post(address(granted), {"shown_digest": "0", "password": PASSWORD}))
        assert not CompanySignature.objects.exists()
        done = words(browser.post(address(granted), form | {"password": PASSWORD}, follow=True))
        twice = words(browser.post(address(granted), form | {"password": PASSWORD}, follow=True))
    assert "2 notices of grant wait for your signature as Chief Financial Officer." in words(page)
    assert "This is not your password." in wrong
    assert "The page showed other notices." in other
    assert "No notice of this period waits for an officer's signature." in done
    assert "1 March 2013: 2 notices by" in done
    assert "No notice of this period waits for your signature." in twice
    sealed = CompanySigning.objects.get().seal.canonical_text
    for name in ("signed", "unsigned"):
        assert award_of(granted, name).notice.digest in sealed
    with visit(holder(granted, "signed"), DAY) as browser:
        notice = reverse("participants:notice", args=[award_of(granted, "signed").public_id])
        assert f"For the company {officer.name}, Chief Financial Officer" in words(
            browser.get(notice)
        )


def test_nobody_else_signs_and_nobody_signs_their_own_notice(
    granted: Telling, visit: Visit
) -> None:
    with visit(granted.approver, DAY) as browser:
        assert browser.post(address(granted), {"password": PASSWORD}).status_code == 403
    with pytest.raises(Refused, match="Only an authorised officer signs for the company"):
        sign(granted, granted.approver)
    own = granted.holders["unsigned"].user
    authorise(granted, own)
    signing = sign(granted, own)
    signed = signing.signatures.get().notice
    assert signed == award_of(granted, "signed").notice


@pytest.mark.django_db
def test_where_the_company_asks_for_it_nothing_is_delivered_before(visit: Visit) -> None:
    telling = cast.told(acts=cast.BEFORE_GRANTS)
    decide_pages(
        subject="officer",
        is_on=True,
        starts_on=date(2013, 2, 5),
        by=telling.secretary,
        at=cast.noon(date(2013, 1, 20)),
    )
    telling = _grant_and_certify(telling)
    sentences = _held_back(telling)
    assert sentences == {
        "late": "late holds a notice that no officer has signed for the company (GN)"
    }
    assert periods_to_sign_for(telling.approver, on=DAY) == []
    authorise(telling, telling.approver)
    assert periods_to_sign_for(telling.approver, on=DAY) == [(telling.period, 1)]
    with visit(telling.approver, DAY) as browser:
        home = words(browser.get("/"))
    assert "Sign for the company: notices of 2013–2014" in home
    assert "1 notice of grant waits for an officer's signature." in home
    sign(telling, telling.approver)
    assert _held_back(telling) == {}
    assert periods_to_sign_for(telling.approver, on=DAY) == []


def _grant_and_certify(telling: Telling) -> Telling:
    """“early” is granted on the day before the decision holds, “late” on the day it begins."""
    for name, on in (("signed", date(2013, 2, 4)), ("unsigned", date(2013, 2, 5))):
        line = {"employee": str(telling.holders[name].public_id), "shares": 10}
        telling.adopt("grant", {"period": telling.period.label, "awards": [line]}, on)
        user, at = telling.holders[name].user, cast.noon(on)
        notice = award_of(telling, name).notice
        sign_notice(
            notice=notice,
            shown_digest=notice.digest,
            agreed_to=keys_to_agree_to(notice),
            by=user,
            authentication=cast.proof(user, at),
            at=at,
        )
    record_annual_report(
        fiscal_year_end=date(2014, 12, 31),
        filed_on=date(2015, 2, 24),
        accession_number="",
        by=telling.administrator,
        at=cast.noon(date(2015, 2, 24)),
    )
    certify(telling, date(2015, 2, 24))
    return telling


def _held_back(telling: Telling) -> dict[str, str]:
    called = {"signed": "early", "unsigned": "late"}
    listed = standings(telling.period)
    found = held_back(listed, on=DUE)
    return {
        called[s.person.employee.name]: f"{told.sentence} ({told.place})".replace(
            s.person.employee.name, called[s.person.employee.name], 1
        )
        for s in listed
        if (told := found.get(s.award.pk))
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": " "}, "Whoever signs for the company has a title."),
        ({"starts_on": date(2013, 2, 9)}, "9 February 2013 is past."),
        ({"is_given": False}, "That holds on 10 February 2013 already."),
    ],
)
def test_an_authority_has_a_title_a_day_to_come_and_changes_something(
    granted: Telling, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused) as refusal:
        authorise(granted, granted.approver, **changes)
    assert (refusal.value.reason, refusal.value.place) == (reason, "GN")


def test_nobody_gives_themselves_an_authority_and_one_that_ended_is_none(granted: Telling) -> None:
    with pytest.raises(Refused, match="Nobody authorises themselves"):
        authorise(granted, granted.secretary)
    officer = granted.approver
    authorise(granted, officer)
    authorise(granted, officer, is_given=False, starts_on=DAY)
    assert authority_of(officer, on=date(2013, 2, 9)) is None
    assert authority_of(officer, on=date(2013, 2, 28)).title == "Chief Financial Officer"
    assert authority_of(officer, on=DAY) is None
