"""Changes of a person's second factor, each told to its owner by e-mail: it may not be they."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ltip.accounts import second_factor as accounts
from ltip.accounts.models import User
from ltip.accounts.services import SYSTEM
from ltip.notices.services import Recipient, write_message


@transaction.atomic
def set_up(*, user: User, at: datetime, **given: Any) -> list[str]:
    """Set up a second factor; returns the recovery codes."""
    _write(user, _("A second factor was set up for your account"), at)
    return accounts.set_up(user=user, at=at, **given)


@transaction.atomic
def remove(*, user: User, at: datetime, **given: Any) -> None:
    """Give one's second factor up."""
    _write(user, _("The second factor of your account was removed"), at)
    accounts.remove(user=user, at=at, **given)


@transaction.atomic
def renew_recovery_codes(*, user: User, at: datetime, **given: Any) -> list[str]:
    """Make new recovery codes in the place of those that were left."""
    _write(user, _("Your account has new recovery codes"), at)
    return accounts.renew_recovery_codes(user=user, at=at, **given)


@transaction.atomic
def take_away(*, user: User, reason: str, at: datetime) -> None:
    """Take away the second factor of somebody who lost it, at the operator's word."""
    _write(user, _("The operator took away the second factor of your account"), at, why=reason)
    accounts.take_away(user=user, reason=reason, by=SYSTEM, at=at)


def _write(user: User, what: str, at: datetime, *, why: str = "") -> None:
    because = [_("The reason given: %(why)s") % {"why": why}] if why else []
    write_message(
        to=Recipient(str(user.public_id), user.name, user.email),
        subject=what,
        text="\n\n".join(
            [
                _("%(name)s,") % {"name": user.name},
                f"{what}.",
                *because,
                _(
                    "If you did not ask for this, change your password at once and tell whoever "
                    "administers the Program."
                ),
            ]
        ),
        why="change of the second factor",
        by=None,
        at=at,
    )
