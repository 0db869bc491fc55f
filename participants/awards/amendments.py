"""Reading amendments of the Program, and what each means for an award."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ltip.program import selectors as program
from participants.awards.models import AmendedAward, Amendment, AmendmentDraft, Award
from participants.awards.selectors import Standing, all_standings

OVER = ("forfeited", "void", "settled")


def amendments_of(award: Award) -> list[Amendment]:
    """The amendments adopted that concern an award, in the order of their acts."""
    rows = Amendment.objects.filter(draft__awards__award=award).select_related("draft", "seal")
    return list(rows.order_by("seal_id"))


def drafts() -> QuerySet[AmendmentDraft]:
    """Every draft, the latest first, with its adoption where there is one."""
    return AmendmentDraft.objects.select_related("adopted", "drafted_by").order_by("-seal_id")


def draft_named(public_id: str | UUID) -> AmendmentDraft | None:
    """The draft of that public identifier."""
    return drafts().filter(public_id=public_id).first()


def drafts_about(award: Award) -> QuerySet[AmendmentDraft]:
    """The drafts that concern an award, adopted or not, the latest first."""
    return drafts().filter(awards__award=award)


def is_outstanding(standing: Standing, *, on: date) -> bool:
    """Whether anything may still come of an award: it is neither settled, void nor forfeited."""
    if standing.settlement is not None or standing.state_on(on) in OVER:
        return False
    return standing.earned is None or standing.entitlement().value.shares > 0


def outstanding(*, on: date, period: str = "") -> list[Standing]:
    """The outstanding awards of a day by holder's name; of one period where it is named."""
    return [
        standing
        for standing in all_standings()
        if is_outstanding(standing, on=on) and period in ("", standing.award.period.label)
    ]


@dataclass(frozen=True, slots=True)
class Concerned:
    """An award that a draft concerns: hurt or not, and the holder's answer where there is one."""

    row: AmendedAward
    standing: Standing
    is_outstanding: bool
    is_completed: bool

    @property
    def holder(self) -> str:
        return self.standing.person.employee.name

    @property
    def answer(self) -> Any:
        """The holder's answer, which the papers keep; None while there is none."""
        return getattr(self.row, "consent", None)

    @property
    def has_consented(self) -> bool:
        return self.answer is not None and self.answer.is_given

    @property
    def has_refused(self) -> bool:
        return self.answer is not None and not self.answer.is_given

    @property
    def is_earned_unpaid(self) -> bool:
        """Earned or to be determined for a period that is over, and not paid."""
        return self.is_outstanding and self.is_completed


def concerned_by(draft: AmendmentDraft, *, on: date) -> list[Concerned]:
    """The awards that a draft concerns by holder's name, in a constant number of queries."""
    rows = {
        row.award_id: row
        for row in AmendedAward.objects.filter(draft=draft).select_related("consent")
    }
    return [
        Concerned(
            row=rows[standing.award.pk],
            standing=standing,
            is_outstanding=is_outstanding(standing, on=on),
            is_completed=standing.earned is not None or on > standing.award.period.end_date,
        )
        for standing in all_standings()
        if standing.award.pk in rows
    ]


def covered_with_frozen_goals(concerned: list[Concerned], *, on: date) -> list[str]:
    """Covered Employees who hold one of the awards, of a period that began on or after the
    Stockholder Approval Date: their goals are never changed (P Amendment and Termination)."""
    approved_on = program.stockholder_approval_date()
    if approved_on is None:
        return []
    names = [
        one.holder
        for one in concerned
        if one.is_outstanding
        and one.standing.person.is_covered(on)
        and one.standing.award.period.start_date >= approved_on
    ]
    return list(dict.fromkeys(names))
