"""Repeated failures lock the pair of account and address; nobody opens an account alone."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from ltip.accounts.models import User
from ltip.accounts.services import SYSTEM, open_account
from ltip.settings.base import site_address

pytestmark = pytest.mark.django_db

EMAIL = "director@company.example"
PASSWORD = "correct horse battery"


@pytest.fixture
def director() -> User:
    return open_account(
        email=EMAIL,
        name="A director",
        time_zone="America/Denver",
        by=SYSTEM,
        at=datetime(2012, 1, 3, 17, 0, tzinfo=UTC),
        password=PASSWORD,
    )


def attempt(*, password: str, email: str = EMAIL, address: str = "192.0.2.1") -> tuple[int, bool]:
    """The status of the answer, and whether the person is now signed in."""
    client = Client(REMOTE_ADDR=address)
    answer = client.post("/accounts/login/", {"login": email, "password": password})
    return answer.status_code, "_auth_user_id" in client.session


def test_the_right_password_signs_in_whatever_case_the_address_is_written_in(
    director: User,
) -> None:
    assert attempt(password=PASSWORD) == (302, True)
    assert attempt(password=PASSWORD, email=EMAIL.upper()) == (302, True)


def test_the_fifth_wrong_password_locks_and_then_the_right_one_does_not_help(
    director: User,
) -> None:
    assert [attempt(password="wrong")[0] for _ in range(5)] == [200, 200, 200, 200, 429]
    assert attempt(password=PASSWORD) == (429, False)


def test_writing_the_address_in_another_way_gives_no_further_tries(director: User) -> None:
    written = [EMAIL, EMAIL.upper(), EMAIL.title(), f" {EMAIL}", f"{EMAIL} "]
    assert [attempt(password="wrong", email=email)[0] for email in written][-1] == 429


def test_a_lock_made_from_elsewhere_does_not_keep_the_director_out(director: User) -> None:
    for _ in range(5):
        attempt(password="wrong", address="198.51.100.7")
    assert attempt(password=PASSWORD, address="192.0.2.1") == (302, True)


def test_signing_in_starts_the_count_anew(director: User) -> None:
    for _ in range(4):
        attempt(password="wrong")
    attempt(password=PASSWORD)
    assert attempt(password="wrong") == (200, False)


def test_an_unknown_address_is_answered_like_a_wrong_password(director: User) -> None:
    client = Client()
    known = client.post("/accounts/login/", {"login": EMAIL, "password": "wrong"})
    unknown = client.post("/accounts/login/", {"login": "no@one.example", "password": "wrong"})
    assert known.status_code == unknown.status_code == 200
    said = [list(answer.context["form"].non_field_errors()) for answer in (known, unknown)]
    assert said[0] == said[1]
    assert len(said[0]) == 1


def test_nobody_opens_an_account_for_themselves() -> None:
    form = {"email": "me@x.example", "password1": PASSWORD, "password2": PASSWORD}
    Client().post("/accounts/signup/", form)
    assert not User.objects.filter(email="me@x.example").exists()


def test_the_link_that_sets_a_password_begins_with_the_set_address_whatever_a_request_claims(
    director: User,
) -> None:
    claimed = Client(headers={"host": "127.0.0.1:9"})
    assert claimed.post("/accounts/password/reset/", {"email": EMAIL}).status_code == 302
    (sent,) = mail.outbox
    (link,) = re.findall(r"https?://\S+", sent.body)
    assert link.startswith("https://ltip.example/accounts/password/reset/key/")
    assert Client().get(link, follow=True).status_code == 200


@pytest.mark.parametrize(
    "address", ["", "ltip.example", "http://ltip.example", "https://", "https://ltip.example/x"]
)
def test_an_address_from_which_no_link_could_be_made_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="like https://ltip.example"):
        site_address(address, scheme="https")
    assert site_address("https://ltip.example", scheme="https") == "https://ltip.example/"
