"""Codes that show that a person holds their second factor: each is good once, wrong ones are few.

allauth's own second factor is not used: it remembers a used code in a cache for one time step
only, while a tolerant check takes the code for three, and with a cache in each process another
process takes it again. Here the row of the second factor remembers, under a lock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

import pyotp
from django.conf import settings
from django.db import transaction

from ltip.accounts.models import RecoveryCode, SecondFactor, User
from ltip.records.encryption import decrypt, fingerprint
from ltip.rules.outcome import Refused

PLACE = "Accounts"
STEP_SECONDS = 30
STEPS_ASIDE = 1  # a phone's clock may be a step behind ours or ahead of it
DIGITS = 6
BY_APP = "one-time code"
BY_RECOVERY = "recovery code"


class WrongCode(Refused):
    """The code given is not one that the user's second factor gives now."""


class UsedCode(Refused):
    """The code is right, but was taken before."""


class TooManyWrongCodes(Refused):
    """So many wrong codes were given that none is taken for a while."""


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A code as a person wrote it, and the machine's moment at which it came."""

    text: str
    at: datetime

    @property
    def bare(self) -> str:
        """The code without the spaces and dashes that people put into it."""
        return "".join(sign for sign in self.text.lower() if sign not in " -\u00a0")

    @property
    def is_from_app(self) -> bool:
        return len(self.bare) == DIGITS and self.bare.isdecimal()


def spend(*, user: User, code: GivenCode) -> str:
    """Take a code, once, and say which kind it was.

    Refuses one that was taken before, a wrong one, and any while too many wrong ones are recent.
    A wrong try is counted even though it is refused, so the refusal comes after the commit.
    """
    with transaction.atomic():
        factor = (
            SecondFactor.objects.select_for_update()
            .filter(user=user, ended_at__isnull=True)
            .first()
        )
        refusal = _refusal(factor, code)
    if refusal:
        raise refusal
    return BY_APP if code.is_from_app else BY_RECOVERY


def step_of(secret: str, code: GivenCode) -> int | None:
    """The time step whose code this is, one step aside at most; None where it is none of them."""
    app, now = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS), _step_at(code.at)
    for step in range(now + STEPS_ASIDE, now - STEPS_ASIDE - 1, -1):
        if compare_digest(app.generate_otp(step).encode(), code.bare.encode()):
            return step
    return None


def _step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def _refusal(factor: SecondFactor | None, code: GivenCode) -> Refused | None:
    if factor is None:
        return WrongCode("You have no second factor.", place=PLACE, remedy="Give your password.")
    if _is_locked(factor, code.at):
        return TooManyWrongCodes(
            "Too many wrong codes: none is taken for a while.",
            place=PLACE,
            remedy="Try again later, or ask the administrator.",
        )
    refusal = _from_app(factor, code) if code.is_from_app else _from_paper(factor, code)
    if isinstance(refusal, WrongCode):
        _count_wrong_try(factor, code.at)
    elif refusal is None:
        factor.wrong_tries = 0
    factor.save(update_fields=["last_step", "wrong_tries", "last_wrong_at"])
    return refusal


def _from_app(factor: SecondFactor, code: GivenCode) -> Refused | None:
    step = step_of(decrypt(factor.secret_encrypted), code)
    if step is None:
        return WrongCode(
            "This is not the code that your app shows now.",
            place=PLACE,
            remedy="Give the one it shows; if it is refused again, set the phone's clock.",
        )
    if step <= factor.last_step:
        return UsedCode(
            "This code, or a later one, was used already.",
            place=PLACE,
            remedy="Wait until your app shows another, half a minute at most, and give that.",
        )
    factor.last_step = step
    return None


def _from_paper(factor: SecondFactor, code: GivenCode) -> Refused | None:
    unused = RecoveryCode.objects.filter(
        factor=factor, digest=fingerprint(code.bare), used_at__isnull=True
    )
    if unused.update(used_at=code.at):
        return None
    return WrongCode(
        "This is neither a code of six digits nor a recovery code that you have left.",
        place=PLACE,
        remedy="Give the code that your app shows now, or another recovery code.",
    )


def _is_locked(factor: SecondFactor, at: datetime) -> bool:
    return factor.wrong_tries >= settings.AXES_FAILURE_LIMIT and _is_recent(factor, at)


def _is_recent(factor: SecondFactor, at: datetime) -> bool:
    cools_off = timedelta(hours=settings.AXES_COOLOFF_TIME)
    return factor.last_wrong_at is not None and at - factor.last_wrong_at < cools_off


def _count_wrong_try(factor: SecondFactor, at: datetime) -> None:
    factor.wrong_tries = factor.wrong_tries + 1 if _is_recent(factor, at) else 1
    factor.last_wrong_at = at
