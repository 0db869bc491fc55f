"""Reading the changes in control on record, and parachute payments with the firm's figures."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ltip.records.selectors import content_of
from ltip.rules.outcome import Step
from ltip.rules.parachute import (
    Alternative,
    Parachute,
    auditor_due,
    difference_from_auditor,
)
from participants.awards.models import ChangeInControl
from participants.control.models import AuditorDetermination, ParachuteComparison
from participants.control.trials import trial as trial


@dataclass(frozen=True, slots=True)
class Happened:
    """A change in control on record: what it determined, and which periods it could not."""

    event: ChangeInControl
    periods: tuple[Any, ...]
    not_determined: tuple[dict[str, str], ...]


def events() -> list[Happened]:
    """The changes in control on record, the latest first, in a constant number of queries."""
    rows = (
        ChangeInControl.objects.select_related("document", "seal")
        .defer("document__content")
        .prefetch_related("determinations__period", "determinations__run")
        .order_by("-event_date")
    )
    return [
        Happened(
            event=row,
            periods=tuple(sorted(row.determinations.all(), key=lambda each: each.period.label)),
            not_determined=tuple(content_of(row.seal)["not_determined"]),
        )
        for row in rows
    ]


def event_of(public_id: UUID) -> ChangeInControl | None:
    """One change in control with its document."""
    return ChangeInControl.objects.filter(public_id=public_id).select_related("document").first()


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as it is kept, the firm's determination beside it, and the day it is due."""

    comparison: ParachuteComparison
    inputs: dict[str, Any]
    result: dict[str, Any]
    determination: AuditorDetermination | None
    earlier: tuple[AuditorDetermination, ...] = ()

    @property
    def due_on(self) -> date:
        return auditor_due(triggered_on=self.comparison.triggered_on).value

    @property
    def due_steps(self) -> tuple[Step, ...]:
        return auditor_due(triggered_on=self.comparison.triggered_on).steps

    @property
    def figures(self) -> dict[str, Any]:
        """What the firm determined; empty while it has not."""
        return json.loads(self.determination.figures) if self.determination else {}

    @property
    def differences(self) -> tuple[Step, ...]:
        """Where the firm's figures differ from the estimate; the firm's are final."""
        if not self.determination:
            return ()
        return difference_from_auditor(
            estimate=_estimate(self.result), currency=self.inputs["currency"], **self.figures
        )

    @property
    def later(self) -> ParachuteComparison | None:
        """The comparison that took the place of this one."""
        return getattr(self.comparison, "superseded_by", None)

    @property
    def rates(self) -> list[Decimal]:
        """Federal, state and local income tax in percent."""
        return [Decimal(self.inputs[kind]) * 100 for kind in ("federal", "state", "local")]

    @property
    def choices(self) -> tuple[str, str]:
        """What the firm chose, and what the estimate did."""
        return self.choice, str(self.result["choice"])

    @property
    def paid_minor(self) -> int:
        """What is paid: the firm's figure where there is one."""
        return int(self.figures.get("paid_minor", self.result["paid_minor"]))

    @property
    def choice(self) -> str:
        return str(self.figures.get("choice", self.result["choice"]))


def comparisons() -> list[Compared]:
    """The comparisons in force: those without the firm's figures first, the soonest due first."""
    rows = ParachuteComparison.objects.filter(superseded_by__isnull=True).select_related(
        "employee", "seal"
    )
    determinations = {
        row.comparison_id: row
        for row in AuditorDetermination.objects.filter(superseded_by__isnull=True)
    }
    compared = [_compared(row, determinations.get(row.pk)) for row in rows]
    return sorted(
        compared,
        key=lambda each: (
            each.determination is not None,
            each.due_on,
            each.comparison.employee.name,
            each.comparison.pk,
        ),
    )


def awaiting_the_firm() -> list[Compared]:
    """Comparisons for which the firm's determination is not on record, the soonest due first."""
    return [each for each in comparisons() if each.determination is None]


def comparison_of(public_id: UUID) -> Compared | None:
    """One comparison, with every determination of the firm."""
    row = (
        ParachuteComparison.objects.filter(public_id=public_id)
        .select_related("employee", "seal", "superseded_by", "supersedes")
        .first()
    )
    if row is None:
        return None
    determinations = list(
        row.determinations.select_related("seal", "document", "superseded_by")
        .defer("document__content")
        .order_by("pk")
    )
    latest = determinations[-1] if determinations else None
    return _compared(row, latest, tuple(determinations[:-1]))


def result_of(comparison: ParachuteComparison) -> dict[str, Any]:
    """What the comparison found, with its steps."""
    result: dict[str, Any] = json.loads(comparison.result)
    return result


def _compared(
    row: ParachuteComparison,
    determination: AuditorDetermination | None,
    earlier: tuple[AuditorDetermination, ...] = (),
) -> Compared:
    return Compared(
        comparison=row,
        inputs=json.loads(row.inputs),
        result=result_of(row),
        determination=determination,
        earlier=earlier,
    )


def _estimate(result: dict[str, Any]) -> Parachute:
    told = {key: value for key, value in result.items() if key != "steps"}
    return Parachute(
        **{**told, "full": Alternative(**told["full"]), "cut": Alternative(**told["cut"])}
    )
