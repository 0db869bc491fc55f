"""Taxes on an award that fall due before it is settled."""

import uuid

from django.db import models

from ltip.accounts.models import AuthenticationUse, User
from ltip.records.models import AppendOnly, Seal
from participants.awards.models.granting import Award


class EarlyTax(AppendOnly):
    """A tax that fell due before the Settlement Date, to be met by forfeiting shares (GA §6).

    One person draws it up; it takes shares away once another has approved it. Money is in minor
    units of `currency`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="early_taxes")
    taxed_on = models.DateField()
    tax_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    fair_market_value = models.DecimalField(max_digits=15, decimal_places=6)
    fair_market_value_source = models.CharField(max_length=200)
    due_before = models.PositiveIntegerField(help_text="The shares due when it was drawn up.")
    forfeited = models.PositiveIntegerField()
    returned_minor = models.PositiveBigIntegerField()
    owed_minor = models.PositiveBigIntegerField()
    steps = models.TextField()
    drawn_up_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"tax of {self.taxed_on} on {self.award_id}"


class EarlyTaxApproval(AppendOnly):
    """Another person approved an early tax; its shares are forfeited from that moment."""

    early_tax = models.OneToOneField(EarlyTax, on_delete=models.PROTECT, related_name="approval")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField()
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"approval of the early tax {self.early_tax_id}"
