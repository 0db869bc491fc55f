"""Tax of holders abroad after a settlement: until when it is made good and remitted (XB)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ltip import clock
from ltip.accounts.models import User
from ltip.program.models import PerformancePeriod
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.abroad import PLACE, employer_remits_by, uncollected_tax
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused, Step
from participants.papers.supplements import Terms, supplement_history, terms_of
from participants.people.models import EmployeeStatus
from participants.people.selectors import Person, persons
from participants.settlement.models import Settlement, TaxRemittance
from participants.settlement.selling import still_unpaid_from_sales

Subject = EmployeeStatus.Subject


@dataclass(frozen=True, slots=True)
class TaxAbroad:
    """The days that a taxable event abroad sets, and what tax still owed then becomes.

    `kind` is "loan" or, for officers and executive directors, "benefit". Nothing is owed where
    `owed_minor` is 0; the company remits the employer's insurance by `remits_by` all the same.
    """

    holder: str
    award: int
    public_id: UUID
    made_good_until: date
    kind: str
    remits_by: date
    owed_minor: int
    currency: str
    steps: tuple[Step, ...]
    remittance: TaxRemittance | None

    @property
    def is_urgent(self) -> bool:
        return self.owed_minor > 0


def tax_abroad(settlements: Iterable[Settlement]) -> list[TaxAbroad]:
    """The dates for each settlement whose holder's country has terms that set any; in a constant
    number of queries.

    The country is that of the Settlement Date; the taxable event is the delivery.
    """
    listed = list(settlements)
    if not listed:
        return []
    people = {p.employee.pk: p for p in persons({s.award.employee for s in listed})}
    history, remitted = supplement_history(), _remittances_of(listed)
    unpaid = still_unpaid_from_sales(listed)
    found = []
    for settlement in listed:
        person = people[settlement.award.employee_id]
        country = person.status_on(Subject.COUNTRY, settlement.settles_on)
        supplement = history.on(country, settlement.settles_on)
        terms = terms_of(supplement) if supplement else Terms()
        if terms.has_dates:
            remittance = remitted.get(settlement.pk)
            found.append(_dates(settlement, person, terms, remittance, unpaid[settlement.pk]))
    return found


def settlement_abroad(period: PerformancePeriod, award: UUID) -> Settlement | None:
    """A settlement of the period after which the company remits tax abroad, by its award."""
    rows = Settlement.objects.filter(award__period=period, award__public_id=award)
    settlement = rows.select_related("award__employee", "batch").first()
    return settlement if settlement and tax_abroad([settlement]) else None


@transaction.atomic
def record_remittance(
    *, settlement: Settlement, remitted_on: date, reference: str, by: User, at: datetime
) -> TaxRemittance:
    """Record that the company remitted what a settlement abroad made due (rulebook 10.4).

    A later record takes the place of the earlier one. Refuses a settlement whose country sets no
    such day, a day before the delivery or after today, and a record without a reference.
    """
    lock(f"remittance:{settlement.pk}")
    name = settlement.award.employee.name
    if not tax_abroad([settlement]):
        raise Refused(f"Nothing is remitted abroad for {name}.", place=PLACE)
    if not settlement.delivered_on <= remitted_on <= clock.legal_date(at):
        raise Refused(
            f"{day_text(remitted_on)} lies before the delivery on "
            f"{day_text(settlement.delivered_on)} or after today.",
            place=PLACE,
        )
    if not reference.strip():
        raise Refused(
            "A remittance needs the reference of its payment.",
            place=PLACE,
            remedy="Enter the reference that the payment bears.",
        )
    earlier = _remittances_of([settlement]).get(settlement.pk)
    seal = records.seal(
        kind="participants.tax.remitted",
        content={
            "award": str(settlement.award.public_id),
            "settlement": settlement.seal_id,
            "remitted_on": remitted_on,
            "reference": reference.strip(),
            "supersedes": earlier.seal_id if earlier else None,
        },
        by=by,
        at=at,
    )
    return TaxRemittance.objects.create(
        settlement=settlement,
        remitted_on=remitted_on,
        reference=reference.strip(),
        recorded_by=by,
        supersedes=earlier,
        seal=seal,
    )


def _remittances_of(settlements: Iterable[Settlement]) -> dict[int, TaxRemittance]:
    rows = TaxRemittance.objects.filter(
        settlement__in=[settlement.pk for settlement in settlements], superseded_by__isnull=True
    )
    return {row.settlement_id: row for row in rows.select_related("recorded_by")}


def _dates(
    settlement: Settlement,
    person: Person,
    terms: Terms,
    remittance: TaxRemittance | None,
    unpaid: int,
) -> TaxAbroad:
    event = settlement.delivered_on
    uncollected = uncollected_tax(
        taxable_event=event,
        officer_or_director=person.status_on(Subject.OFFICER, event) == "yes",
        period_days=terms.uncollected_days,
    )
    remits = employer_remits_by(
        taxable_event=event, month_ends_on=terms.tax_month_day, days=terms.remittance_days
    )
    return TaxAbroad(
        holder=person.employee.name,
        award=settlement.award_id,
        public_id=settlement.award.public_id,
        made_good_until=uncollected.value.made_good_until,
        kind=uncollected.value.kind,
        remits_by=remits.value,
        owed_minor=settlement.owed_minor + settlement.cash_minor + unpaid,
        currency=settlement.currency,
        steps=(*uncollected.steps, *remits.steps),
        remittance=remittance,
    )
