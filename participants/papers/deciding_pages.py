"""What the company decided about the holders' pages and papers; undecided, nothing is on."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.papers.models_signing import PagesDecision

PLACE = "GN"
Subject = PagesDecision.Subject


@dataclass(frozen=True, slots=True)
class PagesHistory:
    """Every decision in its order, to be asked for many days."""

    decisions: tuple[PagesDecision, ...] = field(default=())

    def latest(self, subject: str, day: date) -> PagesDecision | None:
        """The decision that holds on a day: the latest that has begun."""
        begun = [d for d in self.decisions if d.subject == subject and d.starts_on <= day]
        return begun[-1] if begun else None

    def is_on(self, subject: str, day: date) -> bool:
        decision = self.latest(subject, day)
        return decision is not None and decision.is_on


def pages_history() -> PagesHistory:
    """All decisions, in one query."""
    rows = PagesDecision.objects.select_related("seal")
    return PagesHistory(tuple(rows.order_by("starts_on", "seal_id")))


@transaction.atomic
def decide_pages(
    *, subject: str, is_on: bool, starts_on: date, by: records.Actor, at: datetime
) -> PagesDecision:
    """Decide from a day on whether holders see how their period stands, or whether an officer
    signs each notice for the company before anything is delivered (rulebook 11.1).

    An officer's signature is asked for on awards granted from that day on. Refuses an unknown
    subject, a day that is past, and what holds on that day already. Place: GN.
    """
    lock("decisions about the holders' pages")
    if subject not in Subject.values:
        raise Refused(f"“{subject}” is nothing that is decided here.", place=PLACE)
    if starts_on < clock.legal_date(at):
        raise Refused(
            f"{day_text(starts_on)} is past.", place=PLACE, remedy="Decide from today on."
        )
    if pages_history().is_on(subject, starts_on) == is_on:
        raise Refused(f"That holds on {day_text(starts_on)} already.", place=PLACE)
    seal = records.seal(
        kind="participants.pages.decided",
        content={"subject": subject, "is_on": is_on, "starts_on": starts_on},
        by=by,
        at=at,
    )
    return PagesDecision.objects.create(
        subject=subject, is_on=is_on, starts_on=starts_on, seal=seal
    )
