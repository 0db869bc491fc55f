"""Performance periods and the goals set for them."""

from django.db import models
from django.db.models import F, Q

from ltip.program.models.market import Security
from ltip.records.models import AppendOnly, Seal
from ltip.rules.calendars import Period


class PerformancePeriod(AppendOnly):
    """A stretch of years over which performance is measured (P Effective Date)."""

    start_date = models.DateField()
    end_date = models.DateField()
    label = models.CharField(max_length=32, unique=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["start_date", "end_date"], name="one_period_per_span"),
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="period_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def address(self) -> str:
        """The label as it stands in an address."""
        return self.label.replace("–", "-")

    @property
    def span(self) -> Period:
        return Period(start=self.start_date, end=self.end_date)


class Goal(AppendOnly):
    """One goal of a period, frozen by the act that set it; weights of a set add up to 100."""

    period = models.ForeignKey(PerformancePeriod, on_delete=models.PROTECT, related_name="goals")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=32)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    set_on = models.DateField()
    terms = models.TextField(help_text="Canonical text of everything that the goal states.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seal", "position"], name="one_goal_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} goal of {self.period}"


class GoalPeer(AppendOnly):
    """A company of the goal's peer group."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="peers")
    security = models.ForeignKey(Security, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "security"], name="peer_stands_once_in_a_goal"),
        ]

    def __str__(self) -> str:
        return f"{self.security} in {self.goal}"
