"""Special terms of countries, and the joint election that a holder signs before anything vests."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.accounts.models import User
from ltip.desk.scenarios.telling import LONG_AGO, PASSWORD, Telling
from ltip.rules.outcome import Refused
from participants.papers import elections, supplements
from participants.papers.models import CountrySupplement, JointElection, JointElectionEnd
from participants.people import services as people
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import words

MOVED = date(2014, 1, 6)
DAY = date(2014, 2, 3)


def record(telling: Telling, **changes: Any) -> CountrySupplement:
    """Our words for the United Kingdom, in force from the beginning."""
    told = {"version": "2012-1", "effective_on": LONG_AGO, **supplements.united_kingdom()}
    return supplements.record_supplement(
        **{**told, **changes}, by=telling.secretary, at=cast.noon(MOVED)
    )


def move(telling: Telling, name: str, country: str = "GB", on: date = MOVED) -> None:
    people.change_status(
        employee=telling.holders[name],
        subject="country",
        value=country,
        starts_on=on,
        by=telling.secretary,
        at=cast.noon(on),
    )


def elect(telling: Telling, name: str, on: date = DAY, **changes: Any) -> JointElection:
    user, at = telling.holders[name].user, cast.noon(on)
    return elections.sign_joint_election(
        **{
            "award": award_of(telling, name),
            "by": user,
            "authentication": cast.proof(user, at),
            "at": at,
            **changes,
        }
    )


def end(telling: Telling, election: JointElection, on: date) -> JointElectionEnd:
    return elections.end_joint_election(
        election=election,
        ended_on=on,
        reason="approval_withdrawn",
        by=telling.secretary,
        at=cast.noon(on),
    )


@pytest.fixture
def abroad(granted: Telling) -> Telling:
    """“signed” works in the United Kingdom since 6 January 2014, whose terms are on record."""
    record(granted)
    move(granted, "signed")
    return granted


def test_our_terms_for_the_united_kingdom_are_those_of_exhibit_b(abroad: Telling) -> None:
    found = supplements.supplement_in_force("GB", DAY)
    assert found is not None
    terms = supplements.terms_of(found)
    assert (terms.joint_election, terms.uncollected_days) == (True, 90)
    assert (terms.remittance_days, terms.tax_month_day) == (14, 5)
    assert "{{" not in found.text
    assert "The company of the story, 1 Story Lane" in found.text
    assert supplements.supplement_in_force("US", DAY) is None


def test_a_version_holds_from_its_day_until_a_later_one_begins(abroad: Telling) -> None:
    record(abroad, version="2014-1", effective_on=date(2014, 4, 6))
    days = {date(2014, 4, 5): "2012-1", date(2014, 4, 6): "2014-1"}
    for day, version in days.items():
        found = supplements.supplement_in_force("GB", day)
        assert found is not None
        assert found.version == version


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({}, "Version 2012-1 for GB is on record."),
        ({"version": "2", "country": "gb"}, "“gb” is no country in two letters."),
        ({"version": "2", "text": " "}, "has a version, a title and a text"),
        ({"version": "2", "terms": {"loan": True}}, "has no term “loan”"),
        ({"version": "2", "terms": {"joint_election": 1}}, "“joint_election” can't be 1"),
        ({"version": "2", "terms": {"uncollected_days": True}}, "“uncollected_days” can't be True"),
        ({"version": "2", "terms": {"uncollected_days": 367}}, "within at most 366 days"),
        ({"version": "2", "terms": {"remittance_days": -1}}, "remitted within at most 366"),
        (
            {"version": "2", "terms": {"uncollected_days": 90, "tax_month_day": 29}},
            "ends on a day from 1 to 28, not 29",
        ),
    ],
)
def test_a_supplement_that_can_not_be_is_refused(
    abroad: Telling, changes: dict[str, Any], because: str
) -> None:
    with pytest.raises(Refused, match=because) as refusal:
        record(abroad, **changes)
    assert refusal.value.place == "XB"


def test_another_country_carries_its_own_terms_as_data(granted: Telling) -> None:
    record(granted, country="DE", terms={"uncollected_days": 30, "tax_month_day": 10})
    found = supplements.supplement_in_force("DE", DAY)
    assert found is not None
    assert not supplements.terms_of(found).joint_election
    move(granted, "signed", country="DE")
    assert elections.awards_to_elect_for(granted.holders["signed"], on=DAY) == []
    with pytest.raises(Refused, match=r"^XB: No terms .* ask for a joint election"):
        elect(granted, "signed")


def test_the_holder_elects_once_while_it_is_in_force(abroad: Telling) -> None:
    signed, unsigned = abroad.holders["signed"], abroad.holders["unsigned"]
    assert elections.awards_to_elect_for(signed, on=DAY) == [award_of(abroad, "signed")]
    assert elections.awards_to_elect_for(unsigned, on=DAY) == []
    election = elect(abroad, "signed")
    assert election.signed_on == DAY
    assert election.supplement.version == "2012-1"
    assert election.words == elections.WORDS_OF_ELECTION
    assert elections.awards_to_elect_for(signed, on=DAY) == []
    with pytest.raises(Refused, match="^XB: The joint election is signed already"):
        elect(abroad, "signed")


def test_nobody_elects_for_another_or_under_terms_that_were_not_shown(abroad: Telling) -> None:
    other, at = abroad.holders["unsigned"].user, cast.noon(DAY)
    with pytest.raises(Refused, match="^XB: Only the holder signs"):
        elect(abroad, "signed", by=other, authentication=cast.proof(other, at))
    with pytest.raises(Refused, match="^XB: The page showed terms"):
        elect(abroad, "signed", shown_version="2011-9")
    assert not JointElection.objects.exists()


def test_an_election_that_ended_can_be_followed_by_another(abroad: Telling) -> None:
    first = elect(abroad, "signed")
    with pytest.raises(Refused, match="^XB: The election was signed on 3 February 2014"):
        end(abroad, first, date(2014, 2, 2))
    end(abroad, first, date(2014, 5, 1))
    with pytest.raises(Refused, match="^XB: This joint election has ended"):
        end(abroad, first, date(2014, 5, 2))
    signed = abroad.holders["signed"]
    assert elections.awards_to_elect_for(signed, on=date(2014, 4, 30)) == []
    assert elections.awards_to_elect_for(signed, on=date(2014, 5, 1)) != []
    elect(abroad, "signed", on=date(2014, 5, 2))
    assert elections.awards_to_elect_for(signed, on=date(2014, 5, 2)) == []


def test_an_election_ends_for_the_reasons_of_exhibit_b_only(abroad: Telling) -> None:
    election = elect(abroad, "signed")
    with pytest.raises(Refused, match="^XB: “boredom” ends no joint election"):
        elections.end_joint_election(
            election=election,
            ended_on=DAY,
            reason="boredom",
            by=abroad.secretary,
            at=cast.noon(DAY),
        )


def address(telling: Telling, name: str = "signed") -> str:
    return reverse("participants:joint_election", args=[award_of(telling, name).public_id])


def filled(**changes: str) -> dict[str, str]:
    return {"shown_version": "2012-1", "agree": "on", "password": PASSWORD, **changes}


@pytest.fixture
def reader(abroad: Telling) -> User:
    return holder(abroad, "signed")


def test_the_holder_reads_the_terms_and_signs_with_the_password(
    abroad: Telling, reader: User, visit: Visit
) -> None:
    with visit(reader, DAY) as browser:
        home = words(browser.get("/"))
        page = words(browser.get(address(abroad)))
        wrong = _send(browser, abroad, filled(password="another"))
        open_box = _send(browser, abroad, filled(agree=""))
        assert not JointElection.objects.exists()
        done = words(_send(browser, abroad, filled()))
        again = words(_send(browser, abroad, filled()))
    assert "Sign the joint election for 2013–2014" in home
    assert "Nothing of it vests before you have signed." in page
    assert "United Kingdom: joint election on employer’s national insurance" in page
    assert elections.WORDS_OF_ELECTION in page
    assert list(wrong.context["form"].errors) == ["password"]
    assert list(open_box.context["form"].errors) == ["agree"]
    assert "You signed the joint election on 3 February 2014." in done
    assert JointElection.objects.count() == 1
    assert "You signed the joint election on 3 February 2014." in again


def _send(browser: Client, telling: Telling, form: dict[str, str]) -> Any:
    return browser.post(address(telling), form, follow=True)


def test_a_holder_elsewhere_has_nothing_to_sign(abroad: Telling, visit: Visit) -> None:
    with visit(holder(abroad, "unsigned"), DAY) as browser:
        assert "Nothing to sign" in words(browser.get(address(abroad, "unsigned")))
        assert browser.get(address(abroad)).status_code == 404


def test_the_secretary_records_terms_beginning_with_our_own_words(
    granted: Telling, visit: Visit
) -> None:
    with visit(granted.secretary, DAY) as browser:
        page = browser.get(reverse("participants:supplements"))
        form = {
            key: value
            for key, value in page.context["form"].initial.items()
            if not isinstance(value, dict)
        }
        told = {**form, "version": "2012-1", "effective_on": "2012-02-01"}
        done = words(browser.post(reverse("participants:supplements"), told, follow=True))
    assert "On record: Special terms for the United Kingdom, version 2012-1." in done
    assert "Tax is made good within 90 days of the taxable event" in done
    assert "within 14 days after the end of the tax month, which ends on day 5" in done
    recorded = CountrySupplement.objects.get()
    assert (recorded.country, recorded.effective_on) == ("GB", date(2012, 2, 1))


def test_the_secretary_records_the_end_of_an_election(abroad: Telling, visit: Visit) -> None:
    election = elect(abroad, "signed")
    where = reverse("participants:end_joint_election", args=[election.seal_id])
    told = {"ended_on": "2014-05-01", "reason": "approval_withdrawn"}
    with visit(abroad.secretary, date(2014, 5, 2)) as browser:
        assert "Signed on 3 February 2014 for 2013–2014" in words(browser.get(where))
        done = words(browser.post(where, told, follow=True))
    assert "signed 2013–2014 · 2012-1 3 Feb 2014 1 May 2014 The revenue withdrew its approval" in (
        done
    )


def test_more_elections_ask_no_more_of_the_database(abroad: Telling, visit: Visit) -> None:
    elect(abroad, "signed")
    few = _queries(abroad, visit)
    move(abroad, "unsigned")
    elect(abroad, "unsigned")
    record(abroad, version="2014-1", effective_on=DAY)
    assert _queries(abroad, visit) == few


def _queries(telling: Telling, visit: Visit) -> int:
    with visit(telling.secretary, DAY) as browser, CaptureQueriesContext(connection) as queries:
        assert browser.get(reverse("participants:supplements")).status_code == 200
    return len(queries)
