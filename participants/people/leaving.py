"""Recording why and when a service ended, the Committee's finding of Cause, and a later death."""

from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document, Seal
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.people.models import CauseFinding, Death, Employee, EndOfService

PLACE = "P Termination of Employment"
HEIRS_PLACE = "GA §4"
Reason = EndOfService.Reason
RECORDED = (
    "ended_on",
    "reason",
    "is_deferred",
    "separated_on",
    "is_totally_disabled",
    "is_disabled_under_plan",
    "cause_finding_id",
    "document_id",
)


@transaction.atomic
def end_service(
    *,
    employee: Employee,
    ended_on: date,
    reason: str,
    by: records.Actor,
    at: datetime,
    is_deferred: bool = False,
    separated_on: date | None = None,
    is_totally_disabled: bool = True,
    is_disabled_under_plan: bool = True,
    document: Document | None = None,
) -> EndOfService:
    """Record the last day of service and why it ended; a later record corrects an earlier one.

    What it does to each award follows from the record (P Termination of Employment). `document`
    is the evidence. Refuses what `end_to_record` refuses, and the very record there is.
    """
    lock(f"employee:{employee.pk}")
    end = end_to_record(
        employee=employee,
        ended_on=ended_on,
        reason=reason,
        at=at,
        is_deferred=is_deferred,
        separated_on=separated_on,
        is_totally_disabled=is_totally_disabled,
        is_disabled_under_plan=is_disabled_under_plan,
        document=document,
    )
    earlier = end.supersedes
    if earlier and all(getattr(earlier, name) == getattr(end, name) for name in RECORDED):
        raise Refused(f"The end of {employee.name}'s service is on record just so.", place=PLACE)
    end.seal = records.seal(
        kind="participants.service.ended",
        content={
            "employee": str(employee.public_id),
            "ended_on": ended_on,
            "reason": reason,
            "deferred": is_deferred,
            "separated_on": end.separated_on,
            "totally_disabled": end.is_totally_disabled,
            "disabled_under_plan": end.is_disabled_under_plan,
            "cause_found_by": end.cause_finding.seal_id if end.cause_finding else None,
            "document": end.document_id,
            "supersedes": earlier.seal_id if earlier else None,
        },
        by=by,
        at=at,
    )
    end.save()
    return end


def end_to_record(
    *,
    employee: Employee,
    ended_on: date,
    reason: str,
    at: datetime,
    is_deferred: bool = False,
    separated_on: date | None = None,
    is_totally_disabled: bool = True,
    is_disabled_under_plan: bool = True,
    document: Document | None = None,
) -> EndOfService:
    """The end of service as it would be recorded, with what it corrects; nothing is saved.

    Refuses an unknown reason, a day that has not come or lies before the hire, Cause that the
    Committee has not found, disability in neither sense (P Termination of Employment), a
    separation from service of another day where nothing is deferred, or before the end (GA §5),
    and what contradicts a death on record (GA §4).
    """
    if reason not in Reason.values:
        raise Refused(f"“{reason}” is no reason for leaving.", place=PLACE)
    _require_day(employee, ended_on, at)
    _require_separation(ended_on, is_deferred=is_deferred, separated_on=separated_on, at=at)
    is_disability = reason == Reason.DISABILITY
    if is_disability and not (is_totally_disabled or is_disabled_under_plan):
        raise Refused(
            "A disability is total and permanent, or one in the Plan's sense, or both.",
            place=PLACE,
            remedy="Say which; with neither the reason for leaving is another one.",
        )
    if reason == Reason.DEATH and separated_on not in (None, ended_on):
        raise Refused("Whoever dies in service separates from it that day.", place="GA §5")
    died_on = death_on_record(employee)
    if died_on and (reason == Reason.DEATH or (separated_on or ended_on) >= died_on):
        raise Refused(
            f"It is on record that {employee.name} died on {day_text(died_on)}, after the service "
            "had ended.",
            place=HEIRS_PLACE,
            remedy="Take that record back first.",
        )
    return EndOfService(
        employee=employee,
        ended_on=ended_on,
        reason=reason,
        is_deferred=is_deferred,
        separated_on=None if separated_on == ended_on else separated_on,
        is_totally_disabled=is_disability and is_totally_disabled,
        is_disabled_under_plan=is_disability and is_disabled_under_plan,
        cause_finding=_finding_needed(employee) if reason == Reason.CAUSE else None,
        document=document,
        supersedes=end_on_record(employee),
    )


def find_cause(*, employee: Employee, found_on: date, reason: str, seal: Seal) -> CauseFinding:
    """Record, under the seal of its act, that the Committee found Cause (rulebook 7.5)."""
    return CauseFinding.objects.create(
        employee=employee, found_on=found_on, reason=reason, seal=seal
    )


@transaction.atomic
def record_death(
    *,
    employee: Employee,
    died_on: date | None,
    by: records.Actor,
    at: datetime,
    document: Document | None = None,
) -> Death:
    """Record that a holder died after the service had ended; a later record corrects it.

    Without a day it takes back a record that was wrong. Refuses a death in service, which is an
    end of service, a day that has not come, and the very record there is (GA §4).
    """
    lock(f"employee:{employee.pk}")
    end = end_on_record(employee)
    last = (end.separated_on or end.ended_on) if end else None
    if end is None or end.reason == Reason.DEATH or (died_on and last and died_on <= last):
        raise Refused(
            f"No end of {employee.name}'s service before the death is on record.",
            place=HEIRS_PLACE,
            remedy="Record a death in service as the end of service, with death as its reason.",
        )
    if died_on and died_on > clock.legal_date(at):
        raise Refused(f"{day_text(died_on)} has not come yet.", place=HEIRS_PLACE)
    earlier = Death.objects.filter(employee=employee, superseded_by__isnull=True).first()
    if died_on == (earlier.died_on if earlier else None):
        raise Refused(f"The death of {employee.name} is on record just so.", place=HEIRS_PLACE)
    seal = records.seal(
        kind="participants.death.recorded",
        content={
            "employee": str(employee.public_id),
            "died_on": died_on,
            "document": document.digest if document else None,
            "supersedes": earlier.seal_id if earlier else None,
        },
        by=by,
        at=at,
    )
    return Death.objects.create(
        employee=employee, died_on=died_on, document=document, supersedes=earlier, seal=seal
    )


def end_on_record(employee: Employee) -> EndOfService | None:
    """The end of service that holds, None while the employee serves."""
    return (
        EndOfService.objects.filter(employee=employee, superseded_by__isnull=True)
        .select_related("document", "cause_finding")
        .first()
    )


def ends_of(employee: Employee) -> list[EndOfService]:
    """Everything recorded about the end of service, the latest, which holds, first."""
    return list(
        EndOfService.objects.filter(employee=employee)
        .select_related("document", "cause_finding", "seal")
        .order_by("-pk")
    )


def death_on_record(employee: Employee) -> date | None:
    """The day on which a holder died after the end of service, if that is on record."""
    row = Death.objects.filter(employee=employee, superseded_by__isnull=True).first()
    return row.died_on if row else None


def finding_of(employee: Employee) -> CauseFinding | None:
    """The Committee's latest finding of Cause."""
    return CauseFinding.objects.filter(employee=employee).order_by("-pk").first()


def _finding_needed(employee: Employee) -> CauseFinding:
    finding = finding_of(employee)
    if finding is None:
        raise Refused(
            f"The Committee has not found that there is Cause against {employee.name}.",
            place=PLACE,
            remedy="Cause is the Committee's to find, by an act that the secretary proposes.",
        )
    return finding


def _require_day(employee: Employee, ended_on: date, at: datetime) -> None:
    if ended_on > clock.legal_date(at):
        raise Refused(
            f"{day_text(ended_on)} has not come yet.",
            place=PLACE,
            remedy="Record the end of service on its day, or later.",
        )
    if ended_on < employee.hired_on:
        raise Refused(
            f"{employee.name} was hired on {day_text(employee.hired_on)}, after "
            f"{day_text(ended_on)}.",
            place=PLACE,
        )


def _require_separation(
    ended_on: date, *, is_deferred: bool, separated_on: date | None, at: datetime
) -> None:
    if separated_on is None or separated_on == ended_on:
        return
    if not is_deferred:
        raise Refused(
            "A separation from service on another day counts for deferred compensation only.",
            place="GA §5",
            remedy="Leave its day out, or say that the award is deferred compensation.",
        )
    if separated_on < ended_on:
        raise Refused(
            f"The separation from service on {day_text(separated_on)} lies before the last day of "
            f"service, {day_text(ended_on)}.",
            place="GA §5",
        )
    if separated_on > clock.legal_date(at):
        raise Refused(
            f"The separation from service on {day_text(separated_on)} has not come yet.",
            place="GA §5",
            remedy="Record the end of service once it has; until then the employment has not "
            "ended, as far as deferred compensation goes.",
        )
