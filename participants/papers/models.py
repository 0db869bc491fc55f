"""Notices of grant, their PDF, and the holders' signatures."""

from django.db import models

from ltip.accounts.models import AuthenticationUse
from ltip.records.models import AppendOnly, Document, Seal
from participants.awards.models import Award


class Notice(AppendOnly):
    """The notice of an award: its data, which is the original, with its digest."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="notice")
    wording_version = models.CharField(max_length=32)
    data = models.TextField()
    digest = models.CharField(max_length=64)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"notice of {self.award_id}"


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
