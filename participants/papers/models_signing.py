"""What surrounds a signature on a notice: the documents opened, a decline, receipts, the company's
own signature, and what the company decided about the holders' pages."""

from django.db import models

from ltip.accounts.models import AuthenticationUse, User
from ltip.program.models import PerformancePeriod
from ltip.records.models import AppendOnly, Document, Seal
from participants.papers.models import Notice


class IncorporatedDocument(AppendOnly):
    """A version of a document that the notice incorporates (GN), in force from a day on."""

    class Kind(models.TextChoices):
        PROGRAM = "program", "Long Term Incentive Program"
        PLAN = "plan", "Plan"
        INSIDER_TRADING_POLICY = "insider_trading_policy", "Insider Trading Policy"
        PROSPECTUS = "prospectus", "Prospectus"

    kind = models.CharField(max_length=32, choices=Kind.choices)
    effective_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} from {self.effective_on}"


class DocumentOpening(AppendOnly):
    """The holder opened a document that belongs to a notice; the first time is kept. Not chained:
    the signature seals what had been opened."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="openings")
    kind = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "kind", "digest"], name="one_first_opening_of_a_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.notice_id}"


class NoticeDecline(AppendOnly):
    """The holder declined to sign the notice, for a reason. The award stands (rulebook 11.1)."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="decline")
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    shown_digest = models.CharField(max_length=64)
    reason = models.TextField()
    declined_at = models.DateTimeField()
    declined_on = models.DateField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"decline of {self.notice_id}"


class Receipt(AppendOnly):
    """The receipt of something a holder signed, as PDF: drawn once from its seal, and kept."""

    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"receipt of record {self.seal_id}"


class SigningAuthority(AppendOnly):
    """Whether a user may sign notices for the company, from a day on, and as what."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="signing_authorities")
    title = models.CharField(max_length=100)
    is_given = models.BooleanField()
    starts_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.user_id} as {self.title} from {self.starts_on}"


class CompanySigning(AppendOnly):
    """An officer signed notices of a period for the company, all that were shown at once."""

    period = models.ForeignKey(PerformancePeriod, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(SigningAuthority, on_delete=models.PROTECT, related_name="+")
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    shown_digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"signing for {self.period_id} on {self.signed_on}"


class CompanySignature(AppendOnly):
    """One notice that an officer signed for the company (GN)."""

    notice = models.OneToOneField(
        Notice, on_delete=models.PROTECT, related_name="company_signature"
    )
    signing = models.ForeignKey(CompanySigning, on_delete=models.PROTECT, related_name="signatures")

    def __str__(self) -> str:
        return f"company's signature on {self.notice_id}"


class PagesDecision(AppendOnly):
    """What the company decided about the holders' pages and papers, from a day on. The latest
    decision that has begun holds; without one nothing is on."""

    class Subject(models.TextChoices):
        STANDING = "standing", "Holders see how the period stands so far"
        OFFICER = "officer", "An officer signs each notice for the company"

    subject = models.CharField(max_length=16, choices=Subject.choices)
    is_on = models.BooleanField()
    starts_on = models.DateField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.subject} from {self.starts_on}"
