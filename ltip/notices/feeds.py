"""The secret address of a person's calendar: shown once, kept as a digest, revocable."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from ltip.accounts.models import User
from ltip.notices.models import FeedAddress
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.outcome import Refused


def feed_address_of(user: User) -> FeedAddress | None:
    """The address in force, of which nobody can read the secret."""
    return FeedAddress.objects.filter(user=user, revoked_at__isnull=True).first()


def user_of_feed(secret: str) -> User | None:
    """Whose calendar a secret opens: nobody's when it is wrong, revoked, or its owner is gone."""
    row = (
        FeedAddress.objects.filter(
            secret_digest=_digest(secret), revoked_at__isnull=True, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    return row.user if row else None


@transaction.atomic
def make_feed_address(*, user: User, at: datetime) -> str:
    """Give a person a new secret address in place of any earlier one; it is never shown again."""
    lock(f"feed:{user.pk}")
    FeedAddress.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at)
    secret = secrets.token_urlsafe(32)
    FeedAddress.objects.create(user=user, secret_digest=_digest(secret), made_at=at)
    records.seal(kind="notices.feed.made", content=_content(user), by=user, at=at)
    return secret


@transaction.atomic
def revoke_feed_address(*, user: User, at: datetime) -> None:
    """Take the secret address back: whoever uses it finds nothing any more."""
    lock(f"feed:{user.pk}")
    revoked = FeedAddress.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at)
    if not revoked:
        raise Refused("You have no calendar address.", place="Accounts")
    records.seal(kind="notices.feed.revoked", content=_content(user), by=user, at=at)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _content(user: User) -> dict[str, str]:
    return {"user": str(user.public_id)}
