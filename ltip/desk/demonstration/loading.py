"""Loading the demonstration into an empty database, whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, reset_hashers
from django.db import transaction

from ltip.accounts import services as accounts
from ltip.desk.demonstration import company, story
from ltip.records import services as records
from ltip.records.selectors import company as company_on_record
from ltip.records.selectors import first_fault


class OneRound(PBKDF2PasswordHasher):
    """Hashes at once; the first sign-in with such a hash replaces it by a proper one."""

    iterations = 1


def is_empty() -> bool:
    """Whether nothing was ever recorded here."""
    return company_on_record() is None and first_fault() == (0, None)


def load() -> None:
    """Tell the invented company's years, up to the demonstration's day.

    The PDFs of its notices are left to whoever performs jobs.
    Refuses an installation that is not meant for it, and a database that is not empty.
    """
    if not settings.DEMONSTRATION_ALLOWED:
        raise records.Refused(
            "This installation is not one for demonstrations.",
            place="Demonstration",
            remedy="Load it with the settings of `make run`.",
        )
    if not is_empty():
        raise records.Refused(
            "The database is not empty.",
            place="Demonstration",
            remedy="The demonstration goes into a new one.",
        )
    with transaction.atomic():
        with passwords_hashed_at_once():
            told = story.tell()
        for name in company.SIGN_INS.values():
            accounts.set_password(
                user=told.users[name],
                password=company.PASSWORD,
                by=accounts.SYSTEM,
                at=told.now(),
            )


@contextmanager
def passwords_hashed_at_once() -> Iterator[None]:
    """Hundreds of invented signatures each prove a password, and none of them need hide it."""
    kept = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = [f"{OneRound.__module__}.{OneRound.__qualname__}"]
    reset_hashers(setting="PASSWORD_HASHERS")
    try:
        yield
    finally:
        settings.PASSWORD_HASHERS = kept
        reset_hashers(setting="PASSWORD_HASHERS")
