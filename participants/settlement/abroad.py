"""Tax of holders abroad after a settlement: until when it is made good, and what follows (XB)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ltip.rules.abroad import employer_remits_by, uncollected_tax
from ltip.rules.outcome import Step
from participants.papers.supplements import Terms, supplement_history, terms_of
from participants.people.models import EmployeeStatus
from participants.people.selectors import Person, persons
from participants.settlement.models import Settlement
from participants.settlement.statements import line_of

Subject = EmployeeStatus.Subject


@dataclass(frozen=True, slots=True)
class TaxAbroad:
    """The days that a taxable event abroad sets, and what tax still owed then becomes.

    `kind` is "loan" or, for officers and executive directors, "benefit". Nothing is owed where
    `owed_minor` is 0; the company remits the employer's insurance by `remits_by` all the same.
    """

    holder: str
    award: int
    made_good_until: date
    kind: str
    remits_by: date
    owed_minor: int
    currency: str
    steps: tuple[Step, ...]

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
    history = supplement_history()
    found = []
    for settlement in listed:
        person = people[settlement.award.employee_id]
        country = person.status_on(Subject.COUNTRY, settlement.settles_on)
        supplement = history.on(country, settlement.settles_on)
        terms = terms_of(supplement) if supplement else Terms()
        if terms.has_dates:
            found.append(_dates(settlement, person, terms))
    return found


def _dates(settlement: Settlement, person: Person, terms: Terms) -> TaxAbroad:
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
        made_good_until=uncollected.value.made_good_until,
        kind=uncollected.value.kind,
        remits_by=remits.value,
        owed_minor=settlement.owed_minor + line_of(settlement).cash_minor,
        currency=settlement.currency,
        steps=(*uncollected.steps, *remits.steps),
    )
