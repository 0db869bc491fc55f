"""Setting a second factor up, signing in with it, and the ways back without the phone."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from io import StringIO
from typing import Any

import pyotp
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from ltip.accounts.models import Role, SecondFactor, User
from ltip.accounts.services import SYSTEM, assign_role, open_account
from ltip.desk.scenarios.telling import LONG_AGO, PASSWORD
from ltip.notices.models import Message
from ltip.records.models import Seal

pytestmark = pytest.mark.django_db

EMAIL = "director@company.example"
NOON = datetime(2013, 3, 4, 12, tzinfo=UTC)
PAGE, SET_UP, LOGIN = "/second-factor/", "/second-factor/set-up/", "/accounts/login/"
CODE_PAGE = "/accounts/login/code/"


@pytest.fixture
def director() -> User:
    user = open_account(
        email=EMAIL, name="Iris Quint", time_zone="UTC", by=SYSTEM, at=NOON, password=PASSWORD
    )
    assign_role(user=user, role=Role.COMMITTEE_MEMBER, starts_on=LONG_AGO, by=SYSTEM, at=NOON)
    return user


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(unescape(answer.content.decode()).split())


def secret_on(page: str) -> str:
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def password_given() -> Client:
    """A browser in which the right password was given."""
    browser = Client()
    told = {"login": EMAIL, "password": PASSWORD}
    assert browser.post(LOGIN, told).status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def shown_now(secret: str) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC))


def recovery_codes_on(page: str) -> list[str]:
    return re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page)


def set_up(browser: Client, **changes: str) -> tuple[str, str]:
    """The secret that the page offers, and the page that answers its code of now."""
    secret = secret_on(words(browser.get(SET_UP)))
    sent = {"new_code": shown_now(secret), "password": PASSWORD} | changes
    return secret, words(browser.post(SET_UP, sent))


def test_from_setting_it_up_to_signing_in_with_a_code(director: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        browser = password_given()
        assert is_in(browser)
        assert "You have none yet" in words(browser.get(PAGE))
        offered = words(browser.get(SET_UP))
        secret = secret_on(offered)
        assert f"otpauth://totp/LTIP:director%40company.example?secret={secret}" in offered
        assert re.search(r'<svg [^>]*viewBox="0 0 \d+ \d+"', offered)
        assert "style=" not in offered
        again, page = set_up(browser)
        assert again == secret
        assert len(set(recovery_codes_on(page))) == 10
        state = words(browser.get(PAGE))
        assert "It is set up" in state
        assert "10 recovery codes of 10 are left." in state
        assert not recovery_codes_on(state)
        clock.shift(timedelta(seconds=30))
        browser = password_given()
        assert not is_in(browser)
        assert browser.get("/")["Location"].startswith(LOGIN)
        assert "Now your code" in words(browser.get(CODE_PAGE))
        wrong = words(browser.post(CODE_PAGE, {"one_time_code": "12345"}))
        assert "neither a code of six digits nor a recovery code" in wrong
        assert not is_in(browser)
        assert browser.post(CODE_PAGE, {"one_time_code": shown_now(secret)})["Location"] == "/"
        assert is_in(browser)
        browser = password_given()
        used = words(browser.post(CODE_PAGE, {"one_time_code": shown_now(secret)}))
        assert "This code, or a later one, was used already. Wait until your app shows" in used
        assert not is_in(browser)


def test_the_owner_is_told_by_e_mail_of_every_change_and_each_is_sealed(director: User) -> None:
    with time_machine.travel(NOON, tick=False):
        browser = password_given()
        _, page = set_up(browser)
        recovery = recovery_codes_on(page)
        both = {"password": PASSWORD, "one_time_code": recovery[0]}
        renewed = recovery_codes_on(words(browser.post("/second-factor/recovery-codes/", both)))
        both = {"password": PASSWORD, "one_time_code": renewed[0]}
        assert browser.post("/second-factor/remove/", both)["Location"] == PAGE
        assert "You have none yet" in words(browser.get(PAGE))
        assert is_in(password_given())
    messages = list(Message.objects.filter(recipient=str(director.public_id)).order_by("pk"))
    assert [message.subject for message in messages] == [
        "A second factor was set up for your account",
        "Your account has new recovery codes",
        "The second factor of your account was removed",
    ]
    assert all("change your password at once" in message.text for message in messages)
    kinds = list(Seal.objects.order_by("number").values_list("kind", flat=True))
    assert kinds[-3:] == [
        "accounts.second_factor.set_up",
        "accounts.recovery_codes.renewed",
        "accounts.second_factor.removed",
    ]
    seal = Seal.objects.get(kind="accounts.second_factor.removed").canonical_text
    assert '"method":"password and recovery code"' in seal
    assert '"address":"127.0.0.1"' in seal


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"new_code": "000"}, "This is not the code that the app shows now. Scan the picture"),
        ({"password": "wrong"}, "This is not your password."),
        ({"password": ""}, "This field is required."),
    ],
)
def test_it_is_not_set_up_by_a_wrong_code_or_password_and_the_same_picture_stays(
    director: User, sent: dict[str, str], said: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        browser = password_given()
        secret, page = set_up(browser, **sent)
    assert said in page
    assert secret_on(page) == secret
    assert not SecondFactor.objects.exists()
    assert not Message.objects.exists()


def test_a_recovery_code_signs_in_once_and_the_page_counts_those_left(director: User) -> None:
    with time_machine.travel(NOON, tick=False):
        _, page = set_up(password_given())
        code = {"one_time_code": recovery_codes_on(page)[3]}
        browser = password_given()
        assert browser.post(CODE_PAGE, code)["Location"] == "/"
        assert "9 recovery codes of 10 are left." in words(browser.get(PAGE))
        browser = password_given()
        browser.post(CODE_PAGE, code)
        assert not is_in(browser)


def test_five_wrong_codes_lock_whatever_address_they_come_from(director: User) -> None:
    with time_machine.travel(NOON, tick=False):
        _, page = set_up(password_given())
        browser = password_given()
        for number in range(5):
            browser.post(CODE_PAGE, {"one_time_code": "000"}, REMOTE_ADDR=f"192.0.2.{number}")
        answer = browser.post(CODE_PAGE, {"one_time_code": recovery_codes_on(page)[0]})
        assert "Too many wrong codes: none is taken for a while." in words(answer)
        assert not is_in(browser)


def test_the_page_for_the_code_is_no_way_round_the_password(director: User) -> None:
    with time_machine.travel(NOON, tick=False):
        _, page = set_up(password_given())
        browser = Client()
        answer = browser.post(CODE_PAGE, {"one_time_code": recovery_codes_on(page)[0]})
        assert answer["Location"] == LOGIN
        assert not is_in(browser)


def test_to_change_to_another_phone_the_old_code_or_a_recovery_code_is_asked_for(
    director: User,
) -> None:
    with time_machine.travel(NOON, tick=False):
        browser = password_given()
        old, page = set_up(browser)
        recovery = recovery_codes_on(page)
        new, refused = set_up(browser)
        assert new != old
        assert "A code is asked for here." in refused
        _, changed = set_up(browser, one_time_code=recovery[0])
        assert len(recovery_codes_on(changed)) == 10
        browser = password_given()
        browser.post(CODE_PAGE, {"one_time_code": recovery[1]})
        assert not is_in(browser)


def test_the_operator_takes_away_what_was_lost_and_the_owner_is_told_why(director: User) -> None:
    with time_machine.travel(NOON, tick=False):
        set_up(password_given())
        said = StringIO()
        reason = "Phone lost; called back on the number on file"
        command = "take_away_second_factor"
        call_command(command, EMAIL.upper(), "--reason", reason, stdout=said)
        assert is_in(password_given())
        with pytest.raises(CommandError, match="Iris Quint has no second factor"):
            call_command(command, EMAIL, "--reason", reason)
        with pytest.raises(CommandError, match="Nobody signs in as no@one"):
            call_command(command, "no@one.example", "--reason", reason)
    assert said.getvalue() == (
        "Iris Quint signs in with the password alone, and is told by e-mail.\n"
    )
    message = Message.objects.last()
    assert message.subject == "The operator took away the second factor of your account"
    assert f"The reason given: {reason}" in message.text
    assert Message.objects.count() == 2
