"""The company's signature on notices: an officer signs those of a period at once (GN)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count

from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import as_sealed, use_authentication
from ltip.program.models import PerformancePeriod
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused
from participants.awards.models import Award
from participants.papers.deciding_pages import Subject, pages_history
from participants.papers.models import Notice
from participants.papers.models_signing import (
    CompanySignature,
    CompanySigning,
    SigningAuthority,
)

PLACE = "GN"


@transaction.atomic
def record_authority(
    *,
    user: User,
    title: str,
    is_given: bool,
    starts_on: date,
    by: records.Actor,
    at: datetime,
    document: Document | None = None,
) -> SigningAuthority:
    """Record from a day on that a user may sign notices for the company, or may no longer (GN).

    `title` is printed with the signature; `document` shows the authority. Refuses no title, a
    person's authority recorded by that person, a day that is past, and what holds already.
    """
    lock("signing authorities")
    if not title.strip():
        raise Refused("Whoever signs for the company has a title.", place=PLACE)
    if str(user.public_id) == str(by.public_id):
        raise Refused("Nobody authorises themselves.", place=PLACE)
    if starts_on < clock.legal_date(at):
        raise Refused(f"{day_text(starts_on)} is past.", place=PLACE, remedy="Begin today.")
    holds = authority_of(user, on=starts_on)
    if (holds is not None) == is_given and (holds is None or holds.title == title.strip()):
        raise Refused(f"That holds on {day_text(starts_on)} already.", place=PLACE)
    seal = records.seal(
        kind="participants.signing_authority.recorded",
        content={
            "user": str(user.public_id),
            "name": user.name,
            "title": title.strip(),
            "is_given": is_given,
            "starts_on": starts_on,
            "document": document.digest if document else None,
        },
        by=by,
        at=at,
    )
    return SigningAuthority.objects.create(
        user=user,
        title=title.strip(),
        is_given=is_given,
        starts_on=starts_on,
        document=document,
        seal=seal,
    )


def authority_of(user: User, *, on: date) -> SigningAuthority | None:
    """The authority that a user holds on a day, by the latest record that has begun."""
    begun = SigningAuthority.objects.filter(user=user, starts_on__lte=on)
    latest = begun.order_by("starts_on", "seal_id").last()
    return latest if latest and latest.is_given else None


def authorities() -> list[SigningAuthority]:
    """Every record of an authority, the latest first."""
    rows = SigningAuthority.objects.select_related("user", "document")
    return list(rows.defer("document__content").order_by("-starts_on", "-seal_id"))


def notices_to_sign_for(period: PerformancePeriod, officer: User) -> list[Notice]:
    """The notices of a period that nobody has signed for the company, but for the officer's own."""
    rows = Notice.objects.filter(award__period=period, company_signature__isnull=True)
    return list(
        rows.exclude(award__employee__user=officer)
        .select_related("award__employee")
        .order_by("award__employee__name", "pk")
    )


def periods_to_sign_for(officer: User, *, on: date) -> list[tuple[PerformancePeriod, int]]:
    """The periods with notices that need the officer's signature, and how many each has."""
    if authority_of(officer, on=on) is None:
        return []
    history = pages_history()
    rows = Award.objects.filter(notice__company_signature__isnull=True)
    granted = rows.exclude(employee__user=officer).values_list("period_id", "grant_date")
    counted: dict[int, int] = defaultdict(int)
    for period_id, granted_on, count in granted.annotate(count=Count("pk")).order_by():
        if history.is_on(Subject.OFFICER, granted_on):
            counted[period_id] += count
    periods = PerformancePeriod.objects.in_bulk(list(counted))
    return sorted(
        ((periods[key], count) for key, count in counted.items()),
        key=lambda item: item[0].start_date,
    )


def digest_of_batch(notices: Sequence[Notice]) -> str:
    """What identifies the notices that a page shows together."""
    return digest_of(canonical_text([notice.digest for notice in notices]))


@transaction.atomic
def sign_for_company(
    *,
    period: PerformancePeriod,
    shown_digest: str,
    by: User,
    authentication: Authentication,
    at: datetime,
) -> CompanySigning:
    """An authorised officer signs for the company all notices of a period that wait (GN).

    Refuses whoever has no authority that day, a period without such notices, and a page that
    showed others. The officer's own notice is left for another officer.
    """
    lock(f"period:{period.pk}")
    authority = authority_of(by, on=clock.legal_date(at))
    if authority is None:
        raise Refused("Only an authorised officer signs for the company.", place=PLACE)
    notices = notices_to_sign_for(period, by)
    if not notices:
        raise Refused("No notice of this period waits for your signature.", place=PLACE)
    if shown_digest != digest_of_batch(notices):
        raise Refused(
            "The page showed other notices.", place=PLACE, remedy="Look at them again, then sign."
        )
    use = use_authentication(
        authentication=authentication, by=by, purpose=f"company {shown_digest[:12]}", at=at
    )
    seal = records.seal(
        kind="participants.notices.signed_by_company",
        content={
            "period": period.label,
            "title": authority.title,
            "authority": authority.seal_id,
            "notices": [
                {"award": str(notice.award.public_id), "notice": notice.digest}
                for notice in notices
            ],
            **as_sealed(authentication),
        },
        by=by,
        at=at,
    )
    signing = CompanySigning.objects.create(
        period=period,
        authority=authority,
        authentication_use=use,
        shown_digest=shown_digest,
        signed_at=at,
        signed_on=seal.legal_date,
        seal=seal,
    )
    CompanySignature.objects.bulk_create(
        CompanySignature(notice=notice, signing=signing) for notice in notices
    )
    return signing


def signings_of(period: PerformancePeriod) -> list[CompanySigning]:
    """What officers signed for a period, the latest first."""
    rows = CompanySigning.objects.filter(period=period).select_related("authority__user")
    return list(rows.prefetch_related("signatures").order_by("-pk"))


def company_signature_of(notice: Notice) -> CompanySignature | None:
    """An officer's signature on a notice."""
    rows = CompanySignature.objects.filter(notice=notice)
    return rows.select_related("signing__authority__user").first()


def without_officer(awards: Iterable[Award]) -> set[int]:
    """The keys of the awards that need an officer's signature and have none (rulebook 11.1).

    One is needed where the company had decided so by the day of the grant; otherwise the
    Committee's act is the company's signature.
    """
    history = pages_history()
    needing = {a.pk for a in awards if history.is_on(Subject.OFFICER, a.grant_date)}
    if not needing:
        return set()
    signed = CompanySignature.objects.filter(notice__award__in=needing)
    return needing - set(signed.values_list("notice__award_id", flat=True))
