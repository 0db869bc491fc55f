"""Applying a file, once and as a whole: what was shown is what is written, or nothing is."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.jobs.services import Report, finish_job, hold_job, request_job_once
from ltip.records import services as records
from ltip.records.encryption import encrypt, fingerprint
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.rules.outcome import Refused
from participants.importing import selectors
from participants.importing.columns import PERSONAL
from participants.importing.comparing import Digest, Finding
from participants.importing.models import AppliedImport, EmployeeImport, ImportLine, KeptFile
from participants.importing.services import comparison_of, read_kept, require_open
from participants.importing.sheets import PLACE
from participants.people import leaving
from participants.people.models import Employee, EmployeeStatus, EndOfService
from participants.people.naming import earlier_names, take_latest_names
from participants.people.selectors import FLAGS
from participants.people.stretches import keep_stretches

APPLY_JOB = "participants.employee_file_applied"
WRITTEN_AT_ONCE = 1_000
Result = ImportLine.Result
Subject = EmployeeStatus.Subject
CHANGED_FIELDS = (
    "name",
    "email",
    *(f"{what}_encrypted" for what in PERSONAL),
    "tax_number_fingerprint",
)


class RecordMoved(Refused):
    """What is on record, or the day, is no longer what the lines were compared with."""

    def __init__(self) -> None:
        super().__init__(
            "What is on record is no longer what the file was compared with, so nothing was "
            "applied.",
            place=PLACE,
            remedy="Compare the file again and look at what it would do now.",
        )


@transaction.atomic
def apply_file(
    *,
    file: EmployeeImport,
    shown_digest: str,
    leaves_out: bool,
    endings: int | None,
    by: User,
    at: datetime,
) -> Job:
    """Ask for a file to be applied as it was shown.

    `leaves_out` says that wrong lines, and ends of service to be recorded by hand, are left out
    knowingly; `endings` repeats how many services end, where those are many.
    """
    lock(f"employee file:{file.pk}")
    require_open(file)
    if file.compared_at is None or shown_digest != file.lines_digest:
        raise RecordMoved
    counts = selectors.counts_of(file)
    if not counts.to_apply:
        raise Refused("The file changes nothing.", place=PLACE)
    if counts.left_out and not leaves_out:
        raise Refused(
            f"{counts.left_out:,} lines would be left out: wrong, or to be recorded by hand.",
            place=PLACE,
            remedy="Put them right in the HR system and give the file again, or say that they are "
            "left out.",
        )
    if counts.ends_many and endings != counts.of(Result.ENDING):
        raise Refused(
            f"The file ends the service of {counts.of(Result.ENDING):,} of {file.employed:,} "
            "employed.",
            place="P Termination of Employment",
            remedy="Look at them, and type the number if it is right.",
        )
    job = request_job_once(
        kind=APPLY_JOB,
        arguments={"file": str(file.public_id), "lines": shown_digest},
        by=by,
        at=at,
    )
    file.application = job
    file.save(update_fields=["application"])
    return job


@dataclass(slots=True)
class Writing:
    """What a file writes, made ready before anything is locked for long."""

    new: list[tuple[Employee, Finding]] = field(default_factory=list)
    changed: list[tuple[Employee, Finding]] = field(default_factory=list)
    ends: list[EndOfService] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    digest: Digest = field(default_factory=Digest)


def perform_application(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Compare once more on locked records and write everything in one transaction.

    Whoever is killed half way has written nothing; whoever performs the job again after it ended
    writes nothing more.
    """
    file = selectors.import_by_public_id(UUID(arguments["file"]))
    if file is None or job.requested_by is None:
        raise Refused("The file is not known.", place=PLACE)
    lines, at = read_kept(file), clock.now()
    report(0, len(lines))
    numbers = [f"employee number:{read.number}" for read in lines if read.number]
    keys = Employee.objects.values_list("pk", flat=True)
    with transaction.atomic():
        lock(f"employee file:{file.pk}")
        lock(*(f"employee:{key}" for key in keys), *numbers)
        hold_job(job)
        require_open(file)
        writing = _made_ready(file, lines, at=at)
        if writing.digest.text != arguments["lines"]:
            raise RecordMoved
        _write(file, writing, by=job.requested_by, at=at)
        finish_job(job, result=str(file.public_id))
    keep_stretches()  # or whoever looks at an enrolment next waits for it
    return str(file.public_id)


def _made_ready(file: EmployeeImport, lines: list[Any], *, at: datetime) -> Writing:
    writing = Writing()
    for finding in comparison_of(file, at=at).findings(lines):
        writing.digest.add(finding)
        writing.counts[finding.result] = writing.counts.get(finding.result, 0) + 1
        if finding.result == Result.NEW:
            writing.new.append((_new_employee(finding), finding))
        elif finding.result in (Result.CHANGED, Result.ENDING) and finding.employee:
            writing.changed.append((_changed_employee(finding.employee, finding), finding))
            if finding.result == Result.ENDING:
                writing.ends.append(_end(finding.employee, finding, at=at))
    return writing


def _write(file: EmployeeImport, writing: Writing, *, by: User, at: datetime) -> None:
    seal = records.seal(
        kind="participants.employee_file.applied",
        content={
            "file": file.file_digest,
            "columns": file.mapping.seal_id if file.mapping else None,
            "holds_from": file.holds_from,
            "lines": writing.digest.text,
            "counts": writing.counts,
        },
        by=by,
        at=at,
    )
    today = clock.legal_date(at)
    for batch in _parts(writing.new):
        for employee, _ in batch:
            employee.seal = seal
        Employee.objects.bulk_create([employee for employee, _ in batch])
        statuses = [row for employee, f in batch for row in _first_statuses(employee, f, seal)]
        EmployeeStatus.objects.bulk_create(statuses)
    for batch in _parts(writing.changed):
        renamed = [employee for employee, f in batch if f.says_of(Subject.NAME)]
        names = earlier_names(renamed, seal=seal)
        statuses = [row for employee, f in batch for row in _statuses(employee, f, seal, today)]
        EmployeeStatus.objects.bulk_create([*names, *statuses])
        take_latest_names(renamed)
        touched = [employee for employee, f in batch if f.says_of("name", "email", *PERSONAL)]
        Employee.objects.bulk_update(touched, CHANGED_FIELDS)
    for end in writing.ends:
        end.seal = seal
    EndOfService.objects.bulk_create(writing.ends)
    AppliedImport.objects.create(file=file, lines_digest=writing.digest.text, seal=seal)
    KeptFile.objects.filter(file=file).delete()


def _parts(rows: list[tuple[Employee, Finding]]) -> list[list[tuple[Employee, Finding]]]:
    return [rows[at : at + WRITTEN_AT_ONCE] for at in range(0, len(rows), WRITTEN_AT_ONCE)]


def _new_employee(finding: Finding) -> Employee:
    said = finding.read.said
    return _with_personal(
        Employee(
            number=finding.number,
            name=said["name"],
            email=said["email"],
            hired_on=finding.read.days["hired_on"],
        ),
        finding,
    )


def _changed_employee(employee: Employee, finding: Finding) -> Employee:
    employee.email = finding.read.said["email"]
    return _with_personal(employee, finding)


def _with_personal(employee: Employee, finding: Finding) -> Employee:
    for what, value in finding.read.personal.items():
        if finding.says_of(what):
            setattr(employee, f"{what}_encrypted", encrypt(value))
            if what == "tax_number":
                employee.tax_number_fingerprint = fingerprint(value)
    return employee


def _first_statuses(employee: Employee, finding: Finding, seal: Seal) -> list[EmployeeStatus]:
    return [
        EmployeeStatus(
            employee=employee,
            subject=subject,
            value=value,
            starts_on=finding.holds_from,
            seal=seal,
        )
        for subject, value in finding.read.statuses.items()
        if not (subject in FLAGS and value == "no")
    ]


def _statuses(
    employee: Employee, finding: Finding, seal: Seal, today: date
) -> list[EmployeeStatus]:
    rows = []
    for change in finding.changes:
        if change.what in Subject.values:
            is_name = change.what == Subject.NAME
            rows.append(
                EmployeeStatus(
                    employee=employee,
                    subject=change.what,
                    value=change.after,
                    starts_on=min(finding.holds_from, today) if is_name else finding.holds_from,
                    seal=seal,
                )
            )
    return rows


def _end(employee: Employee, finding: Finding, *, at: datetime) -> EndOfService:
    return leaving.end_to_record(
        employee=employee,
        ended_on=finding.read.days["ended_on"],
        reason=finding.read.said["end_reason"],
        at=at,
    )
