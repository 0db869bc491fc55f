"""A holder declines to sign the notice of grant: the reason, and what follows (rulebook 11.1)."""

import json
from datetime import datetime

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import as_sealed, use_authentication
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.awards.selectors import standing_of
from participants.papers.models import Notice
from participants.papers.models_signing import NoticeDecline

PLACE = "GN"
LONGEST_REASON = 2_000
STANDS = "Your award stands: declining does not give it up, and nobody takes it from you for it."
WHAT_FOLLOWS = (
    "No share is delivered to you while the notice is not signed.",
    "You may still sign, as long as the award stands. Your signature then counts, and the decline "
    "stays on record.",
    "The Committee and those who keep its records see that you declined, and why. The Committee "
    "may decide about the award by an act, such as reducing it to nothing.",
)


@transaction.atomic
def decline_notice(
    *,
    notice: Notice,
    shown_digest: str,
    reason: str,
    by: User,
    authentication: Authentication,
    at: datetime,
) -> NoticeDecline:
    """The holder declines to sign, for a reason; the award stands, undelivered (rulebook 11.1).

    Refuses anyone else, no reason, a notice that is signed, an award that lapsed unsigned, a
    second time, and a page that showed another notice. Place: GN.
    """
    lock(f"notice:{notice.pk}")
    if notice.award.employee.user_id != by.pk:
        raise Refused("Only the holder declines this notice.", place=PLACE)
    if Notice.objects.get(pk=notice.pk).signed is not None:
        raise Refused("This notice is signed already.", place=PLACE)
    lapsed = standing_of(notice.award).lapse()
    if lapsed.value is not None and lapsed.value <= clock.legal_date(at):
        raise Refused(lapsed.steps[-1].sentence, place=PLACE)
    if NoticeDecline.objects.filter(notice=notice).exists():
        raise Refused("You have declined this notice already.", place=PLACE)
    if shown_digest != notice.digest:
        raise Refused(
            "The page showed another notice.", place=PLACE, remedy="Open it again and read it."
        )
    words = reason.replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST_REASON:
        raise Refused(f"A reason has up to {LONGEST_REASON:,} letters.", place=PLACE)
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"decline {notice.digest[:12]}", at=at
    )
    seal = records.seal(
        kind="participants.notice.declined",
        content={
            "award": str(notice.award.public_id),
            "period": notice.award.period.label,
            "notice": notice.digest,
            "reason": words,
            "follows": what_follows(notice),
            **as_sealed(authentication),
        },
        by=by,
        at=at,
    )
    return NoticeDecline.objects.create(
        notice=notice,
        authentication_use=use,
        shown_digest=shown_digest,
        reason=words,
        declined_at=at,
        declined_on=seal.legal_date,
        seal=seal,
    )


def what_follows(notice: Notice) -> list[str]:
    """What a holder is told before declining; a notice may set a last day to sign (rulebook 11.1).

    Place: GN. *Reading:* `notice.unsigned`, as the notice was granted under it.
    """
    if notice.sign_by is None:
        return [STANDS, *WHAT_FOLLOWS]
    lapses = (
        f"Your award stands until {day_text(notice.sign_by)}. If nobody has signed for it by then, "
        "it lapses on the day after, as the notice says."
    )
    return [lapses, *WHAT_FOLLOWS]


def decline_of(notice: Notice) -> NoticeDecline | None:
    """The holder's decline, if there is one."""
    return NoticeDecline.objects.filter(notice=notice).select_related("seal").first()


def told_that_follows(decline: NoticeDecline) -> list[str]:
    """What the holder was told when declining, in the words that were sealed."""
    told: list[str] = json.loads(decline.seal.canonical_text)["content"]["follows"]
    return told
