"""What a period achieved, by certificate or by a change in control, and what each award earned."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from ltip.program.models import PerformancePeriod, TsrRun
from ltip.records.models import AppendOnly, Document, Seal
from participants.awards.models.granting import Award


class Certificate(AppendOnly):
    """The Committee certified what a period achieved; its date is the Determination Date."""

    period = models.OneToOneField(
        PerformancePeriod, on_delete=models.PROTECT, related_name="certificate"
    )
    run = models.ForeignKey(TsrRun, on_delete=models.PROTECT, related_name="+")
    payout = models.TextField(help_text="Percent of target, canonical decimal text.")
    determination_date = models.DateField()
    settlement_date = models.DateField()
    settlement_steps = models.TextField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"certificate of {self.period_id}"


class ChangeInControl(AppendOnly):
    """A change in control happened on a day, with the document that shows it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event_date = models.DateField(unique=True)
    description = models.TextField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    readings = models.TextField(help_text="Canonical text of the readings it was computed under.")
    recorded_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"change in control on {self.event_date}"


class ControlDetermination(AppendOnly):
    """What a period not yet determined achieved when control changed (P Change in Control).

    It stands in the place of a certificate: `measured_until` is the end of the period, shortened
    when the event fell into it.
    """

    change_in_control = models.ForeignKey(
        ChangeInControl, on_delete=models.PROTECT, related_name="determinations"
    )
    period = models.OneToOneField(
        PerformancePeriod, on_delete=models.PROTECT, related_name="control_determination"
    )
    run = models.ForeignKey(TsrRun, on_delete=models.PROTECT, related_name="+")
    measured_until = models.DateField()
    payout = models.TextField(help_text="Percent of target, canonical decimal text.")
    steps = models.TextField(help_text="Steps to the end of the period.")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    @property
    def determination_date(self) -> date:
        """The day of the event, which stands in the place of the Determination Date."""
        return self.change_in_control.event_date

    @property
    def settlement_date(self) -> date:
        """The day of the event, of which the lump sum is dated."""
        return self.change_in_control.event_date

    def __str__(self) -> str:
        return f"{self.period_id} at {self.change_in_control_id}"


class EarnedAward(AppendOnly):
    """The whole shares that an award earned, with the steps: as certified, or as a change in
    control determined."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="earned")
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, null=True, related_name="earned_awards"
    )
    control = models.ForeignKey(
        ControlDetermination, on_delete=models.PROTECT, null=True, related_name="earned_awards"
    )
    shares = models.PositiveIntegerField()
    steps = models.TextField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(certificate__isnull=True) ^ Q(control__isnull=True),
                name="earned_by_certificate_or_control",
            ),
        ]

    @property
    def determination_date(self) -> date:
        """The Determination Date, or the day of the change in control that stood in its place."""
        if self.certificate is not None:
            return self.certificate.determination_date
        return self._event_date

    @property
    def settlement_date(self) -> date:
        """The Settlement Date, or the day of the lump sum before a change in control."""
        if self.certificate is not None:
            return self.certificate.settlement_date
        return self._event_date

    @property
    def _event_date(self) -> date:
        if self.control is None:
            raise ValueError("an award is earned by a certificate or by a change in control")
        return self.control.change_in_control.event_date

    def __str__(self) -> str:
        return f"{self.shares} of {self.award_id}"
