"""What became of doubts about prices: confirmed, corrected, or open when a final run was made."""

from django.db import models

from ltip.program.models.market import PriceImport, Security
from ltip.program.models.measuring import TsrRun
from ltip.records.models import AppendOnly, Document, Seal


class DoubtConfirmation(AppendOnly):
    """A person looked at what was in doubt and says that it is right, and why.

    `key` is the digest of the doubt with its values: other values are another doubt.
    """

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16)
    security = models.ForeignKey(Security, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    sentence = models.TextField()
    reason = models.TextField()
    confirmed_at = models.DateTimeField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.sentence


class PriceCorrection(AppendOnly):
    """A close or an action was put right by a person, with the reason.

    It came in as a file of one line, `source`; the value before stays as the revision before.
    """

    security = models.ForeignKey(Security, on_delete=models.PROTECT, related_name="corrections")
    date = models.DateField()
    what = models.CharField(max_length=16)
    value = models.CharField(max_length=32, help_text="Canonical decimal text, exact.")
    reason = models.TextField()
    source = models.OneToOneField(PriceImport, on_delete=models.PROTECT, related_name="correction")
    corrected_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.what} of {self.security_id} on {self.date}: {self.value}"


class RunDoubts(AppendOnly):
    """What was in doubt when a final run was made, open or confirmed; sealed with the run."""

    run = models.OneToOneField(TsrRun, on_delete=models.PROTECT, related_name="doubts")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    open = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.open} open doubts of {self.run}"
