"""Codes of a second factor: right at their time, good once, and few wrong ones are allowed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest

from ltip.accounts import codes, second_factor
from ltip.accounts.models import Authentication, RecoveryCode, SecondFactor, User
from ltip.accounts.services import (
    SYSTEM,
    NothingGiven,
    WrongPassword,
    open_account,
    reauthenticate,
)
from ltip.records.models import Seal
from ltip.rules.outcome import Refused
from participants.people.services import rotate_personal_data

EMAIL = "director@company.example"
PASSWORD = "correct horse battery"
# The secret and three of the codes that RFC 6238, appendix B prints, without the first two digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PRINTED = {59: "287082", 1111111109: "081804", 1234567890: "005924"}
START = datetime(2013, 1, 10, 12, tzinfo=UTC)


def given(text: str, at: datetime = START) -> codes.GivenCode:
    return codes.GivenCode(text, at)


def shown(at: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def director(db: None) -> User:
    return open_account(
        email=EMAIL,
        name="A director",
        time_zone="America/Denver",
        by=SYSTEM,
        at=START,
        password=PASSWORD,
    )


def proof(user: User, code: codes.GivenCode | None = None, **changes: Any) -> Authentication:
    at = code.at if code else START
    told = {"user": user, "password": PASSWORD, "at": at, "address": "", "device": ""} | changes
    return reauthenticate(**told, code=code)


def set_up(user: User, at: datetime = START, secret: str = SECRET, **by: Any) -> list[str]:
    """Set up the second factor with the code of that moment; the recovery codes."""
    return second_factor.set_up(
        user=user,
        secret=secret,
        code=given(shown(at, secret), at),
        authentication=by.get("authentication") or proof(user),
        at=at,
    )


def later(*, steps: int) -> datetime:
    return START + timedelta(seconds=30 * steps)


@pytest.mark.parametrize(("second", "code"), PRINTED.items())
def test_the_codes_are_those_that_the_standard_prints(second: int, code: str) -> None:
    at = datetime.fromtimestamp(second, UTC)
    assert codes.step_of(SECRET, given(code, at)) == second // 30


@pytest.mark.parametrize(
    ("seconds", "is_taken"),
    [(-31, False), (-30, True), (-29, True), (58, True), (59, True), (60, False)],
)
def test_a_clock_may_be_one_step_of_half_a_minute_off_and_no_more(
    seconds: int, is_taken: bool
) -> None:
    at = datetime.fromtimestamp(1234567890 + seconds, UTC)
    assert (codes.step_of(SECRET, given("005924", at)) is not None) == is_taken


def test_a_code_is_taken_once_and_so_is_the_one_that_set_the_app_up(director: User) -> None:
    set_up(director)
    with pytest.raises(codes.UsedCode, match=r"This code, or a later one, was used already\."):
        codes.spend(user=director, code=given(shown(START)))
    at = later(steps=1)
    assert codes.spend(user=director, code=given(shown(at), at)) == "one-time code"
    with pytest.raises(codes.UsedCode) as used:
        codes.spend(user=director, code=given(shown(at), at))
    assert used.value.remedy == (
        "Wait until your app shows another, half a minute at most, and give that."
    )
    assert SecondFactor.objects.get().wrong_tries == 0


def test_of_neighbouring_steps_the_later_is_still_taken_and_the_earlier_no_more(
    director: User,
) -> None:
    set_up(director)
    now = later(steps=10)
    codes.spend(user=director, code=given(shown(now), now))
    with pytest.raises(codes.UsedCode):
        codes.spend(user=director, code=given(shown(later(steps=9)), now))
    ahead = given(shown(later(steps=11)), now)
    assert codes.spend(user=director, code=ahead) == "one-time code"


def test_a_code_may_be_written_as_the_app_shows_it_with_a_space(director: User) -> None:
    set_up(director)
    at = later(steps=1)
    code = shown(at)
    assert codes.spend(user=director, code=given(f" {code[:3]} {code[3:]}", at)) == "one-time code"


def wrong(user: User, at: datetime, times: int) -> None:
    for _ in range(times):
        with pytest.raises(codes.WrongCode):
            codes.spend(user=user, code=given("no-code-of-mine", at))


@pytest.mark.parametrize(("tries", "is_locked"), [(4, False), (5, True)])
def test_the_fifth_wrong_code_locks_and_then_the_right_one_does_not_help(
    director: User, tries: int, is_locked: bool
) -> None:
    set_up(director)
    at = later(steps=1)
    wrong(director, at, tries)
    if not is_locked:
        assert codes.spend(user=director, code=given(shown(at), at)) == "one-time code"
        assert SecondFactor.objects.get().wrong_tries == 0
        return
    with pytest.raises(codes.TooManyWrongCodes, match="Too many wrong codes: none is taken"):
        codes.spend(user=director, code=given(shown(at), at))


@pytest.mark.parametrize(("seconds", "is_locked"), [(-1, True), (0, False), (1, False)])
def test_the_lock_ends_half_an_hour_after_the_last_wrong_code(
    director: User, seconds: int, is_locked: bool
) -> None:
    set_up(director)
    wrong(director, later(steps=1), 5)
    at = later(steps=1) + timedelta(minutes=30, seconds=seconds)
    if is_locked:
        with pytest.raises(codes.TooManyWrongCodes):
            codes.spend(user=director, code=given(shown(at), at))
    else:
        wrong(director, at, 1)
        assert codes.spend(user=director, code=given(shown(at), at)) == "one-time code"


def test_a_recovery_code_is_taken_once_however_it_is_written(director: User) -> None:
    recovery = set_up(director)
    assert len(set(recovery)) == 10
    written = recovery[0].upper().replace("-", " ")
    assert codes.spend(user=director, code=given(written)) == "recovery code"
    with pytest.raises(codes.WrongCode, match="nor a recovery code that you have left"):
        codes.spend(user=director, code=given(recovery[0]))
    assert codes.spend(user=director, code=given(recovery[1])) == "recovery code"


def test_new_recovery_codes_take_the_place_of_those_left(director: User) -> None:
    old = set_up(director)
    new = second_factor.renew_recovery_codes(
        user=director, authentication=proof(director, given(old[0])), at=START
    )
    with pytest.raises(codes.WrongCode):
        codes.spend(user=director, code=given(old[1]))
    assert codes.spend(user=director, code=given(new[0])) == "recovery code"


def test_a_proof_says_how_it_was_given(director: User) -> None:
    assert proof(director).method == "password"
    recovery = set_up(director)
    at = later(steps=1)
    by_code = proof(director, given(shown(at), at), password="")
    by_both = proof(director, given(recovery[0], at))
    assert by_code.method == "one-time code"
    assert str(by_code.get_method_display()) == "a one-time code"
    assert by_both.method == "password and recovery code"
    assert str(by_both.get_method_display()) == "the password given again, and a recovery code"
    assert proof(director, given(recovery[1]), password="").method == "recovery code"
    at = later(steps=2)
    assert proof(director, given(shown(at), at)).method == "password and one-time code"


def test_no_proof_is_made_of_nothing_nor_of_a_right_code_beside_a_wrong_password(
    director: User,
) -> None:
    recovery = set_up(director)
    with pytest.raises(NothingGiven, match=r"Neither your password nor a code was given\."):
        proof(director, password="")
    with pytest.raises(WrongPassword):
        proof(director, given(recovery[0]), password="wrong")
    assert codes.spend(user=director, code=given(recovery[0])) == "recovery code"


def test_who_has_no_second_factor_has_no_code(director: User) -> None:
    with pytest.raises(codes.WrongCode, match=r"You have no second factor\."):
        proof(director, given("123456"), password="")


def test_an_app_that_shows_another_code_is_not_set_up(director: User) -> None:
    with pytest.raises(second_factor.WrongNewCode, match="not the code that the app shows now"):
        second_factor.set_up(
            user=director,
            secret=SECRET,
            code=given(shown(later(steps=2))),
            authentication=proof(director),
            at=START,
        )
    assert not SecondFactor.objects.exists()


def test_a_change_asks_for_the_password_and_for_a_code(director: User) -> None:
    recovery = set_up(director)
    for poor in (proof(director), proof(director, given(recovery[0]), password="")):
        for change in (second_factor.remove, second_factor.renew_recovery_codes):
            with pytest.raises(Refused, match="asks for the password and for a code"):
                change(user=director, authentication=poor, at=START)
        with pytest.raises(Refused, match="asks for the password and for a code"):
            set_up(director, authentication=poor)
    both = proof(director, given(recovery[1]))
    second_factor.remove(user=director, authentication=both, at=START)
    assert Seal.objects.last().kind == "accounts.second_factor.removed"
    with pytest.raises(codes.WrongCode):
        codes.spend(user=director, code=given(recovery[2]))


def test_another_app_takes_the_place_of_the_one_used_so_far(director: User) -> None:
    recovery = set_up(director)
    at, other = later(steps=1), pyotp.random_base32()
    set_up(director, at, other, authentication=proof(director, given(recovery[0], at)))
    assert '"replaces_another":true' in Seal.objects.last().canonical_text
    with pytest.raises(codes.WrongCode):
        codes.spend(user=director, code=given(shown(later(steps=2)), later(steps=2)))
    with pytest.raises(codes.WrongCode):
        codes.spend(user=director, code=given(recovery[1], at))
    at = later(steps=2)
    assert codes.spend(user=director, code=given(shown(at, other), at)) == "one-time code"


def test_the_secret_is_kept_encrypted_and_goes_with_the_second_factor(
    director: User, settings: Any
) -> None:
    recovery = set_up(director)
    kept = SecondFactor.objects.get().secret_encrypted
    assert SECRET not in kept
    assert all(
        code.replace("-", "") not in RecoveryCode.objects.first().digest for code in recovery
    )
    old, new = settings.FIELD_ENCRYPTION_KEYS[0], "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldy0="
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    rotate_personal_data(by=SYSTEM, at=START)
    settings.FIELD_ENCRYPTION_KEYS = [new]
    at = later(steps=1)
    assert codes.spend(user=director, code=given(shown(at), at)) == "one-time code"
    second_factor.take_away(user=director, reason="lost", by=SYSTEM, at=START)
    assert SecondFactor.objects.get().secret_encrypted == ""


def test_whoever_takes_a_second_factor_away_says_why_and_it_is_sealed(director: User) -> None:
    set_up(director)
    with pytest.raises(Refused, match="says why"):
        second_factor.take_away(user=director, reason=" ", by=SYSTEM, at=START)
    second_factor.take_away(user=director, reason="phone lost", by=SYSTEM, at=START)
    seal = Seal.objects.last()
    assert seal.kind == "accounts.second_factor.taken_away"
    assert '"reason":"phone lost"' in seal.canonical_text
    assert str(director.public_id) in seal.canonical_text
    with pytest.raises(Refused, match="A director has no second factor"):
        second_factor.take_away(user=director, reason="again", by=SYSTEM, at=START)
