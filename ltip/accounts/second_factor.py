"""A person's second factor: set up, given up, its recovery codes, the way back for a lost phone."""

import secrets
from datetime import datetime

import pyotp
from django.db import transaction

from ltip.accounts import codes
from ltip.accounts.models import Authentication, RecoveryCode, SecondFactor, User
from ltip.accounts.selectors import second_factor_of
from ltip.accounts.services import use_authentication
from ltip.records import services as records
from ltip.records.encryption import encrypt, fingerprint, rotate
from ltip.rules.outcome import Refused

RECOVERY_CODES = 10
# Ten signs of these are 49 random bits; none is taken for another when read from paper.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
WITH_BOTH = frozenset({f"password and {codes.BY_APP}", f"password and {codes.BY_RECOVERY}"})


class WrongNewCode(Refused):
    """The first code of a new app is not one that its secret gives now."""


def new_secret() -> str:
    """A random secret of 160 bits, written as apps take it."""
    return pyotp.random_base32()


def address_for_app(*, secret: str, user: User, issuer: str) -> str:
    """The address by which an app takes the secret, as the picture on the page holds it."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=issuer))


def step_of_new_code(secret: str, code: codes.GivenCode) -> int:
    """The time step of the first code of a new app; refuses a code that its secret does not give.

    An app that shows other codes would keep its owner out at the next sign-in.
    """
    step = codes.step_of(secret, code)
    if step is None:
        raise WrongNewCode(
            "This is not the code that the app shows now.",
            place=codes.PLACE,
            remedy="Scan the picture again, and give the code that the app shows then.",
        )
    return step


@transaction.atomic
def set_up(
    *,
    user: User,
    secret: str,
    code: codes.GivenCode,
    authentication: Authentication,
    at: datetime,
) -> list[str]:
    """Set up a second factor, in the place of one there may be; returns its recovery codes."""
    _lock_out_others(user)
    replaced = second_factor_of(user)
    _spend_proof(authentication, user, replaced, purpose="setting up a second factor", at=at)
    step = step_of_new_code(secret, code)
    if replaced:
        _end(replaced, at)
    factor = SecondFactor.objects.create(
        user=user, secret_encrypted=encrypt(secret), set_up_at=at, last_step=step
    )
    recovery = _issue_recovery_codes(factor)
    records.seal(
        kind="accounts.second_factor.set_up",
        content={
            "user": str(user.public_id),
            "replaces_another": replaced is not None,
            **_told(authentication),
        },
        by=user,
        at=at,
    )
    return recovery


@transaction.atomic
def remove(*, user: User, authentication: Authentication, at: datetime) -> SecondFactor:
    """Give one's second factor up."""
    _lock_out_others(user)
    factor = _standing(user)
    _spend_proof(authentication, user, factor, purpose="removing the second factor", at=at)
    _end(factor, at)
    records.seal(
        kind="accounts.second_factor.removed",
        content={"user": str(user.public_id), **_told(authentication)},
        by=user,
        at=at,
    )
    return factor


@transaction.atomic
def renew_recovery_codes(*, user: User, authentication: Authentication, at: datetime) -> list[str]:
    """Make new recovery codes; those that were left are good for nothing any more."""
    _lock_out_others(user)
    factor = _standing(user)
    _spend_proof(authentication, user, factor, purpose="new recovery codes", at=at)
    recovery = _issue_recovery_codes(factor)
    records.seal(
        kind="accounts.recovery_codes.renewed",
        content={"user": str(user.public_id), **_told(authentication)},
        by=user,
        at=at,
    )
    return recovery


@transaction.atomic
def take_away(*, user: User, reason: str, by: records.Actor, at: datetime) -> SecondFactor:
    """Take away the second factor of somebody who lost it, so that the password opens again."""
    if not reason.strip():
        raise Refused("Whoever takes a second factor away says why.", place=codes.PLACE)
    _lock_out_others(user)
    factor = _standing(user)
    _end(factor, at)
    records.seal(
        kind="accounts.second_factor.taken_away",
        content={"user": str(user.public_id), "reason": reason},
        by=by,
        at=at,
    )
    return factor


def rotate_secrets() -> int:
    """Encrypt all secrets again with the first of the keys; how many there are."""
    factors = list(SecondFactor.objects.select_for_update().order_by("pk"))
    for factor in factors:
        factor.secret_encrypted = rotate(factor.secret_encrypted)
    SecondFactor.objects.bulk_update(factors, ["secret_encrypted"], batch_size=500)
    return len(factors)


def _lock_out_others(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)


def _standing(user: User) -> SecondFactor:
    factor = second_factor_of(user)
    if factor is None:
        raise Refused(f"{user.name} has no second factor.", place=codes.PLACE)
    return factor


def _spend_proof(
    proof: Authentication, user: User, standing: SecondFactor | None, *, purpose: str, at: datetime
) -> None:
    if standing and proof.method not in WITH_BOTH:
        raise Refused(
            "A change of the second factor asks for the password and for a code.",
            place=codes.PLACE,
            remedy="Give both; a recovery code counts as a code.",
        )
    use_authentication(authentication=proof, by=user, purpose=purpose, at=at)


def _end(factor: SecondFactor, at: datetime) -> None:
    """The secret goes with it: what is over can't be used, whoever gets hold of the key."""
    SecondFactor.objects.filter(pk=factor.pk).update(ended_at=at, secret_encrypted="")
    factor.refresh_from_db()


def _issue_recovery_codes(factor: SecondFactor) -> list[str]:
    RecoveryCode.objects.filter(factor=factor, used_at__isnull=True).delete()
    written = ["".join(secrets.choice(SIGNS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, digest=fingerprint(code)) for code in written
    )
    return [f"{code[:5]}-{code[5:]}" for code in written]


def _told(proof: Authentication) -> dict[str, str]:
    return {"method": proof.method, "address": proof.address, "device": proof.device}
