"""Who may take part in a period and who not, filtered, counted and paged by the database.

The stretches of the records stand for the rule (`ltip.rules.stretches`); what a page says of each
employee on it is the rule's own sentence.
"""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from ltip.rules.earning import MOST_SHARES_EACH
from participants.awards.enrolment import EnrolmentWindow
from participants.awards.models import Award, ProposedAward
from participants.people.models import Employee, StatusStretch
from participants.people.stretches import keep_stretches, stretches_on

Subject = StatusStretch.Subject
ELIGIBLE, LISTED, LATER, NOT_ELIGIBLE, DECIDED = "eligible", "listed", "later", "not", "decided"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which employees somebody asks to see; what is empty asks for nothing."""

    status: str = ELIGIBLE
    text: str = ""
    grade: str = ""
    country: str = ""

    @property
    def says_why_not(self) -> bool:
        """Whether it asks for those alone who may not be chosen."""
        return self.status in (LATER, NOT_ELIGIBLE)

    @property
    def is_search(self) -> bool:
        """Whether it asks for less than everyone of the status."""
        return bool(self.text or self.grade or self.country)


@dataclass(frozen=True, slots=True)
class ListTotals:
    """What the working list comes to, of those on it who can still be granted an award."""

    employees: int
    target: int

    @property
    def most(self) -> int:
        return self.target * MOST_SHARES_EACH


def candidates_seen_from(window: EnrolmentWindow) -> "Candidates":
    """All employees, as what is on record today lets a period see them."""
    keep_stretches()
    return Candidates(window)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The employees as a period's window sees them, as questions to the database."""

    window: EnrolmentWindow

    def matching(self, wanted: Wanted) -> QuerySet[Employee]:
        """Those asked for, by name."""
        rows = self._with_status(wanted.status)
        if wanted.text:
            rows = rows.filter(Q(name__icontains=wanted.text) | Q(number__istartswith=wanted.text))
        for subject, value in ((Subject.GRADE, wanted.grade), (Subject.COUNTRY, wanted.country)):
            if value:
                holding = stretches_on(self.window.today, subject).filter(value=value)
                rows = rows.filter(pk__in=holding.values("employee"))
        return rows.order_by("name", "pk")

    def eligible(self) -> QuerySet[Employee]:
        """Those who may be chosen: eligible, and not decided on yet."""
        return self._with_status(ELIGIBLE)

    def decided(self) -> QuerySet[Employee]:
        """Those granted an award, or named in a grant before the Committee."""
        return self._with_status(DECIDED)

    def counts(self) -> dict[str, int]:
        """How many have each status; those on the list have another one too."""
        found = {
            status: self._with_status(status).count()
            for status in (ELIGIBLE, LISTED, LATER, DECIDED)
        }
        apart = found[ELIGIBLE] + found[LATER] + found[DECIDED]
        return found | {NOT_ELIGIBLE: Employee.objects.count() - apart}

    def totals(self) -> ListTotals:
        rows = ProposedAward.objects.filter(period=self.window.period, employee__in=self.eligible())
        summed = rows.aggregate(employees=Count("pk"), target=Sum("target_shares"))
        return ListTotals(employees=summed["employees"], target=summed["target"] or 0)

    def grades(self) -> list[str]:
        """The salary grades of today."""
        return self._values(Subject.GRADE)

    def countries(self) -> list[str]:
        """The countries of today."""
        return self._values(Subject.COUNTRY)

    def eligible_grades(self) -> list[str]:
        """The salary grades of those who may be chosen."""
        rows = stretches_on(self.window.today, Subject.GRADE)
        values = rows.filter(employee__in=self.eligible()).values_list("value", flat=True)
        return sorted(values.distinct(), key=lambda grade: (len(grade), grade))

    def _values(self, subject: str) -> list[str]:
        rows = stretches_on(self.window.today, subject).values_list("value", flat=True)
        return sorted(rows.distinct(), key=lambda value: (len(value), value))

    def _with_status(self, status: str) -> QuerySet[Employee]:
        everyone = Employee.objects.all()
        if status == LISTED:
            listed = ProposedAward.objects.filter(period=self.window.period)
            return everyone.filter(pk__in=listed.values("employee"))
        awarded = Award.objects.filter(period=self.window.period)
        decided = Q(pk__in=awarded.values("employee")) | Q(public_id__in=self.window.granting)
        if status == DECIDED:
            return everyone.filter(decided)
        today, begins = self.window.today, self.window.period.start_date
        holding = stretches_on(today, Subject.ELIGIBLE)
        eligible = Q(pk__in=holding.filter(since__lt=begins).values("employee"))
        later = Q(pk__in=holding.filter(since__gte=begins).values("employee"))
        if self.window.is_over_for_covered:
            covered = stretches_on(today, Subject.COVERED).filter(value="yes")
            eligible &= ~Q(pk__in=covered.values("employee"))
        open_ones = everyone.exclude(decided)
        if status == ELIGIBLE:
            return open_ones.filter(eligible)
        if status == LATER:
            return open_ones.filter(later)
        return open_ones.exclude(eligible | later)
