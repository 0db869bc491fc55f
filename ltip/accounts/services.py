"""Opening accounts, giving and ending roles, and proving identity again."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from ltip.accounts import codes
from ltip.accounts.models import Authentication, AuthenticationUse, Role, RoleAssignment, User
from ltip.records import services as records
from ltip.rules.outcome import Refused

PROOF_IS_FRESH_FOR = timedelta(minutes=5)


class SystemActor:
    """The system itself, where no person acts: a timetable, the setting up."""

    public_id = "system"
    name = "The system"


SYSTEM = SystemActor()


class WrongPassword(Refused):
    """The password given again is not the user's."""


class NothingGiven(Refused):
    """Nothing was given to prove identity with."""


@transaction.atomic
def open_account(
    *,
    email: str,
    name: str,
    time_zone: str,
    by: records.Actor,
    at: datetime,
    password: str | None = None,
    locale: str = "en",
) -> User:
    """Open an account; without a password the person sets one by the link for a new password."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(f"{email} already has an account.", place="Accounts")
    user = User(email=email.lower(), name=name, time_zone=time_zone, locale=locale)
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
    user.save()
    records.seal(
        kind="accounts.user.opened",
        content={"user": str(user.public_id), "name": name},
        by=by,
        at=at,
    )
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: records.Actor, at: datetime) -> User:
    """Give an account another password, hashed as the settings say now."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    records.seal(
        kind="accounts.password.set",
        content={"user": str(user.public_id)},
        by=by,
        at=at,
    )
    return user


@transaction.atomic
def assign_role(
    *, user: User, role: str, starts_on: date, by: records.Actor, at: datetime
) -> RoleAssignment:
    """Give a role from a day on."""
    role = Role(role)
    if user.role_assignments.filter(role=role, ends_on__isnull=True).exists():
        raise Refused(f"{user.name} already holds the role {role.label}.", place="Accounts")
    assignment = RoleAssignment.objects.create(user=user, role=role, starts_on=starts_on)
    records.seal(
        kind="accounts.role.assigned",
        content={"user": str(user.public_id), "role": role.value, "starts_on": starts_on},
        by=by,
        at=at,
    )
    return assignment


@transaction.atomic
def end_role(
    *, user: User, role: str, ends_on: date, by: records.Actor, at: datetime
) -> RoleAssignment:
    """End a role; `ends_on` is its last day."""
    role = Role(role)
    assignment = (
        RoleAssignment.objects.select_for_update()
        .filter(user=user, role=role, ends_on__isnull=True)
        .first()
    )
    if assignment is None:
        raise Refused(f"{user.name} does not hold the role {role.label}.", place="Accounts")
    assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on"])
    records.seal(
        kind="accounts.role.ended",
        content={"user": str(user.public_id), "role": role.value, "ends_on": ends_on},
        by=by,
        at=at,
    )
    return assignment


def reauthenticate(
    *,
    user: User,
    password: str,
    at: datetime,
    address: str,
    device: str,
    code: codes.GivenCode | None = None,
) -> Authentication:
    """Make the proof of identity that a binding service asks for, and say how it was given.

    By the password, by a code of the second factor, or by both; whatever is given must be right.
    """
    if not user.is_active or (password and not user.check_password(password)):
        raise WrongPassword("This is not your password.", place="Signing", remedy="Try again.")
    if not password and code is None:
        raise NothingGiven(
            "Neither your password nor a code was given.", place="Signing", remedy="Give one."
        )
    given = ["password"] if password else []
    if code is not None:
        given.append(codes.spend(user=user, code=code))
    return Authentication.objects.create(
        user=user,
        method=" and ".join(given),
        authenticated_at=at,
        address=address,
        device=device[:400],
    )


def as_sealed(authentication: Authentication) -> dict[str, Any]:
    """A proof of identity as the seal of a binding step keeps it: how, when, from where, with
    which device, and the time zone of whoever signed."""
    return {
        "method": authentication.method,
        "authenticated_at": authentication.authenticated_at,
        "address": authentication.address,
        "device": authentication.device,
        "zone": authentication.user.time_zone,
    }


def use_authentication(
    *, authentication: Authentication, by: User, purpose: str, at: datetime
) -> AuthenticationUse:
    """Spend a proof of identity on one binding step.

    Refuses another person's proof, one that was used before, and one that is no longer fresh.
    """
    if authentication.user_id != by.pk:
        raise Refused("The proof of identity is another person's.", place="Signing")
    age = at - authentication.authenticated_at
    if not timedelta(0) <= age <= PROOF_IS_FRESH_FOR:
        raise Refused(
            "The proof of identity is no longer fresh.",
            place="Signing",
            remedy="Give your password again.",
        )
    try:
        with transaction.atomic():
            return AuthenticationUse.objects.create(
                authentication=authentication, purpose=purpose, used_at=at
            )
    except IntegrityError as error:
        raise Refused(
            "The proof of identity was used before.",
            place="Signing",
            remedy="Give your password again.",
        ) from error
