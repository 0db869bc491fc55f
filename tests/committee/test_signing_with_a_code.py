"""A member signs with the password, a code of the second factor, or both; the record says so."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client

from committee.models import Act, Adoption
from committee.paper_jobs import sealed_act
from committee.papers import render_paper
from ltip.accounts import second_factor
from ltip.accounts.codes import GivenCode
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from tests import cast
from tests.accounts.test_codes import SECRET, shown
from tests.committee.conftest import IN_WINDOW, address, members, page_of, sign
from tests.committee.test_papers import words_of
from tests.committee.test_signing_record import record_on

pytestmark = pytest.mark.django_db

NOON = cast.noon(IN_WINDOW)
FIELD = 'name="one_time_code"'
ASKED = "The company asks whoever decides or approves for a second factor."


def set_up(user: User) -> list[str]:
    """The recovery codes of a second factor set up just before."""
    at = NOON - timedelta(minutes=2)
    return second_factor.set_up(
        user=user,
        secret=SECRET,
        code=GivenCode(shown(at), at),
        authentication=cast.proof(user, at),
        at=at,
    )


def browser_of(user: User, recovery: list[str]) -> Client:
    browser = cast.browser_of(user)
    browser.post("/accounts/login/code/", {"one_time_code": recovery.pop()})
    return browser


@pytest.fixture
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize(
    ("sent", "method", "told"),
    [
        ({"password": "", "one_time_code": shown(NOON)}, "one-time code", "a one-time code"),
        (
            {"one_time_code": shown(NOON)},
            "password and one-time code",
            "the password given again, and a one-time code",
        ),
        ({}, "password", "the password given again"),
    ],
)
def test_the_page_the_seal_and_the_paper_say_how_it_was_signed(
    designation: Act, at_noon: None, sent: dict[str, str], method: str, told: str
) -> None:
    chair, second, third = members()
    browser = browser_of(chair, set_up(chair))
    assert FIELD in page_of(browser.get(address(designation)))
    page = page_of(sign(browser, designation, **sent))
    assert f"<dd> {told} <small>" in record_on(page)
    assert designation.signatures.get().authentication_use.authentication.method == method
    cast.sign(designation, second, NOON)
    cast.sign(designation, third, NOON)
    adoption = Adoption.objects.select_related("seal").get(act=designation)
    assert f'"method":"{method}"' in adoption.seal.canonical_text
    paper = words_of(render_paper(sealed_act(adoption)))
    assert f"Identity proved by {method}, from 127.0.0.1" in paper


def test_a_recovery_code_signs_as_well_once(designation: Act, at_noon: None) -> None:
    chair = members()[0]
    recovery = set_up(chair)
    browser = browser_of(chair, recovery)
    sign(browser, designation, password="", one_time_code=recovery[0])
    assert designation.signatures.get().authentication_use.authentication.method == "recovery code"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"password": "", "one_time_code": "000000"}, "not the code that your app shows now."),
        ({"one_time_code": "000000"}, "not the code that your app shows now."),
        ({"password": "wrong", "one_time_code": shown(NOON)}, "This is not your password."),
        ({"password": ""}, "Neither your password nor a code was given. Give one."),
    ],
)
def test_whatever_is_given_must_be_right(
    designation: Act, at_noon: None, sent: dict[str, str], said: str
) -> None:
    chair = members()[0]
    page = page_of(sign(browser_of(chair, set_up(chair)), designation, **sent))
    assert said in page
    assert not designation.signatures.exists()


def test_a_code_signs_one_thing_only(designation: Act, at_noon: None) -> None:
    chair = members()[0]
    browser = browser_of(chair, set_up(chair))
    code = {"password": "", "one_time_code": pyotp.TOTP(SECRET).at(NOON)}
    declined = code | {"reason": "no", "shown_digest": "another"}
    browser.post(address(designation, "decline/"), declined)
    assert "This code, or a later one, was used already." in page_of(
        sign(browser, designation, **code)
    )
    assert not designation.signatures.exists()


def test_without_a_second_factor_the_password_is_asked_for_as_ever(
    designation: Act, at_noon: None
) -> None:
    chair = members()[0]
    browser = cast.browser_of(chair)
    assert FIELD not in page_of(browser.get(address(designation)))
    empty = page_of(sign(browser, designation, password=""))
    assert "This field is required." in empty
    sign(browser, designation, one_time_code="123456")
    assert designation.signatures.get().authentication_use.authentication.method == "password"


def test_where_the_company_asks_for_it_the_password_alone_signs_nothing(
    designation: Act, at_noon: None, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    chair, second, _ = members()
    refused = page_of(sign(cast.browser_of(second), designation))
    assert ASKED in refused
    own = page_of(cast.browser_of(second).get("/second-factor/"))
    assert "The company asks you for one: without it you can't sign anything here." in own
    assert "Set one up under “Second factor” at the top of the page, then come back." in refused
    browser = browser_of(chair, set_up(chair))
    assert "The company asks for it here." in page_of(browser.get(address(designation)))
    assert "<li>A code is asked for here.</li>" in page_of(sign(browser, designation))
    assert not designation.signatures.exists()
    sign(browser, designation, one_time_code=shown(NOON))
    assert designation.signatures.get().membership.user == chair


def test_whoever_neither_decides_nor_approves_is_not_asked_for_a_code(
    settings: Any, story: Telling
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    helen = cast.staff("human_resources", name="Helen", telling=story)
    with cast.visit(helen, IN_WINDOW) as browser:
        page = page_of(browser.get("/second-factor/"))
    assert "You have none yet" in page
    assert "The company asks you" not in page
