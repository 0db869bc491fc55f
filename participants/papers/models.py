"""What holders read and sign: notices, consents to amendments, elections abroad."""

from django.db import models

from ltip.accounts.models import AuthenticationUse
from ltip.records.models import AppendOnly, Document, Seal
from participants.awards.models import AmendedAward, Award
from participants.people.models import Succession


class Notice(AppendOnly):
    """The notice of an award: its data, which is the original, with its digest."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="notice")
    wording_version = models.CharField(max_length=32)
    data = models.TextField()
    digest = models.CharField(max_length=64)
    sign_by = models.DateField(
        null=True, help_text="The last day to sign, where the notice sets one: its own term."
    )
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"notice of {self.award_id}"

    @property
    def signed(self) -> "Acceptance | HeirsAcceptance | None":
        """The signature that binds: the holder's, or that of the heirs of one who died."""
        return getattr(self, "acceptance", None) or getattr(self, "heirs_acceptance", None)


class NoticeRendering(AppendOnly):
    """The notice as PDF, made once by a job from its data and kept."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="rendering")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"PDF of {self.notice_id}"


class Acceptance(AppendOnly):
    """The holder signed the notice: what was shown, what was agreed to, how identity was proved."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="acceptance")
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    shown_digest = models.CharField(max_length=64)
    agreed_to = models.TextField()
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"acceptance of {self.notice_id}"


class HeirsAcceptance(AppendOnly):
    """Whoever takes the shares of a holder who died signed the notice on paper (GA §§4, 17)."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="heirs_acceptance")
    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="+")
    signed_by = models.TextField(help_text="Canonical text: the names of those who signed.")
    signed_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"heirs' acceptance of {self.notice_id}"


class AmendmentConsent(AppendOnly):
    """A holder agreed to an amendment that hurts an award, or refused to (P Amendment and
    Termination, GA §15). A holder answers for all awards at once."""

    concerned = models.OneToOneField(AmendedAward, on_delete=models.PROTECT, related_name="consent")
    is_given = models.BooleanField()
    authentication_use = models.ForeignKey(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    shown_digest = models.CharField(max_length=64)
    words = models.TextField()
    answered_at = models.DateTimeField()
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"consent to {self.concerned_id}"


class CountrySupplement(AppendOnly):
    """A version of the special terms of a country (XB): data, from a day on."""

    country = models.CharField(max_length=2)
    version = models.CharField(max_length=32)
    effective_on = models.DateField()
    title = models.CharField(max_length=200)
    terms = models.TextField(help_text="Canonical text of the terms that decide something.")
    text = models.TextField(help_text="What the holder reads.")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "version"], name="one_supplement_per_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.version}"


class JointElection(AppendOnly):
    """A holder took over the employer's social insurance on an award (XB). The latest holds, so
    that another can follow one that has ended."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="joint_elections")
    supplement = models.ForeignKey(CountrySupplement, on_delete=models.PROTECT, related_name="+")
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField()
    signed_on = models.DateField()
    signed_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"joint election for {self.award_id}"


class HeirsElection(AppendOnly):
    """Whoever takes the shares of a holder who died without a joint election signed it on paper,
    so that the shares may vest (XB; GA §§4, 17)."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="heirs_election")
    supplement = models.ForeignKey(CountrySupplement, on_delete=models.PROTECT, related_name="+")
    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="+")
    signed_by = models.TextField(help_text="Canonical text: the names of those who signed.")
    signed_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"heirs' joint election for {self.award_id}"


class JointElectionEnd(AppendOnly):
    """A joint election ceased: by agreement, by the company's notice, or by the revenue."""

    class Reason(models.TextChoices):
        AGREEMENT = "agreement", "By agreement in writing"
        COMPANY_NOTICE = "company_notice", "By the company's notice"
        APPROVAL_WITHDRAWN = "approval_withdrawn", "The revenue withdrew its approval"

    election = models.OneToOneField(JointElection, on_delete=models.PROTECT, related_name="end")
    ended_on = models.DateField()
    reason = models.CharField(max_length=32, choices=Reason.choices)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"end of {self.election_id}"
