"""The special terms of countries (XB): versions that the secretary records, data and never code."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.records.selectors import company
from ltip.rules.abroad import DAYS_TO_MAKE_GOOD, PLACE, REMITTANCE_DAYS, TAX_MONTH_ENDS_ON
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from participants.papers.models import CountrySupplement
from participants.papers.wording import UNITED_KINGDOM, united_kingdom_text

MOST_DAYS = 366
LATEST_MONTH_END = 28  # the last day that every month has


@dataclass(frozen=True, slots=True)
class Terms:
    """What a supplement decides.

    `joint_election`: nothing vests before the holder has taken over the employer's social
    insurance. `uncollected_days`: within so many days of the taxable event the tax is made good;
    0 where there is no such period. `remittance_days`: within so many days of the end of the tax
    month the company remits; `tax_month_day` is the day of the month on which that month ends.
    """

    joint_election: bool = False
    uncollected_days: int = 0
    remittance_days: int = 0
    tax_month_day: int = 0

    @property
    def has_dates(self) -> bool:
        return bool(self.uncollected_days)


UNITED_KINGDOM_TERMS = Terms(
    joint_election=True,
    uncollected_days=DAYS_TO_MAKE_GOOD,
    remittance_days=REMITTANCE_DAYS,
    tax_month_day=TAX_MONTH_ENDS_ON,
)


@dataclass(frozen=True, slots=True)
class SupplementHistory:
    """Every version on record, to be asked for many countries and days."""

    versions: tuple[CountrySupplement, ...] = field(default=())

    def on(self, country: str, day: date) -> CountrySupplement | None:
        """The version in force for a country on a day: the latest that has begun."""
        begun = [v for v in self.versions if v.country == country and v.effective_on <= day]
        return begun[-1] if begun else None


def supplement_history() -> SupplementHistory:
    """All versions, in one query."""
    return SupplementHistory(tuple(CountrySupplement.objects.order_by("effective_on", "seal_id")))


def supplement_in_force(country: str, on: date) -> CountrySupplement | None:
    """The special terms of a country that are in force on a day."""
    return supplement_history().on(country, on)


def supplements() -> list[CountrySupplement]:
    """Every version on record, by country, the latest first."""
    rows = CountrySupplement.objects.select_related("seal", "document")
    return list(rows.order_by("country", "-effective_on", "-seal_id"))


def terms_of(supplement: CountrySupplement) -> Terms:
    """What a version decides."""
    terms: dict[str, Any] = json.loads(supplement.terms)
    return Terms(**terms)


def united_kingdom() -> dict[str, Any]:
    """Our words and terms for the United Kingdom, as `record_supplement` takes them (XB)."""
    issuer = company()
    if issuer is None:
        raise Refused("The company is not set up.", place=PLACE)
    return {
        "country": UNITED_KINGDOM,
        "title": "Special terms for the United Kingdom",
        "terms": asdict(UNITED_KINGDOM_TERMS),
        "text": united_kingdom_text(
            company_name=issuer.name, principal_office=issuer.principal_office
        ),
    }


@transaction.atomic
def record_supplement(
    *,
    country: str,
    version: str,
    effective_on: date,
    title: str,
    terms: Mapping[str, Any],
    text: str,
    by: records.Actor,
    at: datetime,
    document: Document | None = None,
) -> CountrySupplement:
    """Record a version of the special terms of a country, in force from a day on (XB).

    `terms` are the fields of `Terms`; `text` is what the holder reads. Refuses a country that is
    not two letters, a version on record, terms it does not know or that cannot be, and no text.
    """
    lock(f"supplement:{country}")
    if not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        raise Refused(f"“{country}” is no country in two letters.", place=PLACE)
    if not version.strip() or not title.strip() or not text.strip():
        raise Refused("A supplement has a version, a title and a text.", place=PLACE)
    if CountrySupplement.objects.filter(country=country, version=version).exists():
        raise Refused(
            f"Version {version} for {country} is on record.",
            place=PLACE,
            remedy="Give the change another version.",
        )
    decided = _checked(terms)
    seal = records.seal(
        kind="participants.supplement.recorded",
        content={
            "country": country,
            "version": version,
            "effective_on": effective_on,
            "title": title,
            "terms": asdict(decided),
            "text": text,
            "document": document.digest if document else None,
        },
        by=by,
        at=at,
    )
    return CountrySupplement.objects.create(
        country=country,
        version=version,
        effective_on=effective_on,
        title=title,
        terms=canonical_text(asdict(decided)),
        text=text,
        document=document,
        seal=seal,
    )


def _checked(terms: Mapping[str, Any]) -> Terms:
    known = set(Terms.__dataclass_fields__)
    unknown = sorted(set(terms) - known)
    if unknown:
        raise Refused(f"A supplement has no term “{unknown[0]}”.", place=PLACE)
    for name, value in terms.items():
        if type(value) is not (bool if name == "joint_election" else int):
            raise Refused(f"The term “{name}” can't be {value!r}.", place=PLACE)
    decided = Terms(**terms)
    if not 0 <= decided.uncollected_days <= MOST_DAYS:
        raise Refused(f"Tax is made good within at most {MOST_DAYS} days.", place=PLACE)
    if not 0 <= decided.remittance_days <= MOST_DAYS:
        raise Refused(f"Tax is remitted within at most {MOST_DAYS} days.", place=PLACE)
    if decided.has_dates and not 1 <= decided.tax_month_day <= LATEST_MONTH_END:
        raise Refused(
            f"A tax month ends on a day from 1 to {LATEST_MONTH_END}, not {decided.tax_month_day}.",
            place=PLACE,
        )
    return decided
