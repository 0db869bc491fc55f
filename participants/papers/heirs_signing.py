"""The notice of a holder who died unsigned: whoever takes the shares signs it on paper."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from participants.awards.selectors import standing_of
from participants.papers.models import HeirsAcceptance, Notice
from participants.people.heirs import heirs_of
from participants.people.selectors import person

PLACE = "GN; GA §4"


@transaction.atomic
def record_heirs_signature(
    *,
    notice: Notice,
    signed_by: Sequence[str],
    signed_on: date,
    document: Document,
    by: records.Actor,
    at: datetime,
) -> HeirsAcceptance:
    """Record the paper on which the heirs of a dead holder signed the notice (GN; GA §4).

    What the holder had signed for passes to whoever takes the shares, so their signature binds in
    the holder's place. `signed_by` names those whose signatures the paper bears: everyone who takes
    shares, as the succession says. Refuses while the holder lives or the heirs are not recorded, a
    second signature, one that is missing, and a day before the death or still to come.
    """
    employee = notice.award.employee
    lock(f"employee:{employee.pk}")
    lock(f"notice:{notice.pk}")
    died_on = person(employee).died_on
    if died_on is None:
        raise Refused(f"No death of {employee.name} is on record: the holder signs.", place=PLACE)
    if Notice.objects.get(pk=notice.pk).signed is not None:
        raise Refused("This notice is signed already.", place=PLACE)
    lapsed = standing_of(notice.award).lapse()
    if lapsed.value is not None and lapsed.value <= signed_on:
        raise Refused(lapsed.steps[-1].sentence, place=PLACE)
    heirs = heirs_of([employee])[employee.pk]
    if heirs.succession is None or not heirs.is_settled:
        raise Refused(
            f"It is not recorded who takes the shares of {employee.name}.",
            place=PLACE,
            remedy="Record the succession first.",
        )
    missing = [name for name in heirs.names if name not in signed_by]
    if missing:
        raise Refused(
            f"{missing[0]} takes shares and has not signed.",
            place=PLACE,
            remedy="Record the paper once everyone who takes shares has signed it.",
        )
    if signed_on < died_on:
        raise Refused(
            f"{employee.name} died on {day_text(died_on)}; before that day nobody else signs.",
            place=PLACE,
        )
    if signed_on > clock.legal_date(at):
        raise Refused(f"{day_text(signed_on)} has not come yet.", place=PLACE)
    seal = records.seal(
        kind="participants.notice.signed_by_heirs",
        content={
            "award": str(notice.award.public_id),
            "notice": notice.digest,
            "succession": heirs.succession.seal_id,
            "signed_by": heirs.names,
            "signed_on": signed_on,
            "document": document.digest,
        },
        by=by,
        at=at,
    )
    return HeirsAcceptance.objects.create(
        notice=notice,
        succession=heirs.succession,
        signed_by=canonical_text(heirs.names),
        signed_on=signed_on,
        document=document,
        seal=seal,
    )
