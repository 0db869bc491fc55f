"""Taking in a file of the HR system: kept, and compared with the record."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import transaction

from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.jobs.services import Report, finish_job, hold_job, request_job_once
from ltip.records import services as records
from ltip.records.encryption import decrypt_bytes, encrypt_bytes
from ltip.records.locks import lock
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from participants.importing import columns, selectors
from participants.importing.comparing import Comparison, Digest, Finding
from participants.importing.models import (
    AppliedImport,
    ColumnMapping,
    EmployeeImport,
    ImportLine,
    KeptFile,
)
from participants.importing.reading import Read, read_lines
from participants.importing.sheets import PLACE, read_sheet

COMPARE_JOB = "participants.employee_file_compared"
SAVED_AT_ONCE = 2_000


@transaction.atomic
def take_file(
    *, name: str, content: bytes, holds_from: date, by: User, at: datetime
) -> EmployeeImport:
    """Keep a file, encrypted, until it is applied or discarded; nothing is compared yet.

    Refuses what `read_sheet` refuses. The columns are those remembered, if the file has them all.
    """
    sheet = read_sheet(content)
    next(sheet.lines)
    mapping = columns.remembered()
    known = mapping if mapping and not columns.missing_headings(mapping, sheet.heading) else None
    file = EmployeeImport.objects.create(
        file_name=PurePath(name).name[-200:],
        file_digest=sha256(content).hexdigest(),
        file_size=len(content),
        read_as=sheet.read_as,
        heading=canonical_text(sheet.heading),
        holds_from=holds_from,
        mapping=known,
        uploaded_by=by,
        uploaded_at=at,
    )
    KeptFile.objects.create(file=file, content_encrypted=encrypt_bytes(content))
    if known:
        compare_file(file=file, by=by, at=at)
    records.seal(
        kind="participants.employee_file.taken",
        content={"file": file.file_digest, "size": file.file_size, "holds_from": holds_from},
        by=by,
        at=at,
    )
    return file


@transaction.atomic
def use_columns(
    *, file: EmployeeImport, chosen: dict[str, str], day_order: str, by: User, at: datetime
) -> ColumnMapping:
    """Remember where a file has each fact, for this and later ones, and compare this one."""
    require_open(file)
    mapping = columns.map_columns(columns=chosen, day_order=day_order, by=by, at=at)
    columns.placed(mapping, selectors.heading_of(file))
    file.mapping = mapping
    file.save(update_fields=["mapping"])
    compare_file(file=file, by=by, at=at)
    return mapping


@transaction.atomic
def compare_file(*, file: EmployeeImport, by: User, at: datetime) -> Job:
    """Ask for the comparison, again or for the first time."""
    require_open(file)
    if file.mapping is None:
        raise Refused("It is not said yet which column holds what.", place=PLACE)
    job = request_job_once(kind=COMPARE_JOB, arguments={"file": str(file.public_id)}, by=by, at=at)
    file.comparison, file.compared_at, file.lines_digest = job, None, ""
    file.save(update_fields=["comparison", "compared_at", "lines_digest"])
    return job


def perform_comparison(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Compare a file with the record and keep what each line would do; may be called again."""
    file = selectors.import_by_public_id(UUID(arguments["file"]))
    if file is None or file.comparison_id != job.pk:
        raise Refused("The file was discarded, or is compared by another job.", place=PLACE)
    lines, at, digest = read_kept(file), clock.now(), Digest()
    with transaction.atomic():
        hold_job(job)
        file.lines.all().delete()
    done = 0
    for batch in _batches(comparison_of(file, at=at).findings(lines)):
        for finding in batch:
            digest.add(finding)
        with transaction.atomic():
            hold_job(job)
            ImportLine.objects.bulk_create([_line(file, finding) for finding in batch])
            done += len(batch)
            report(min(done, len(lines)), len(lines))
    with transaction.atomic():
        file.compared_at, file.lines_digest = at, digest.text
        file.employed = selectors.employed_on(clock.legal_date(at))
        file.save(update_fields=["compared_at", "lines_digest", "employed"])
        finish_job(job, result=str(file.public_id))
    return str(file.public_id)


@transaction.atomic
def discard_file(*, file: EmployeeImport, by: User, at: datetime) -> None:
    """Throw a file away that is not applied, with what was compared; that it was given stays."""
    lock(f"employee file:{file.pk}")
    require_open(file)
    KeptFile.objects.filter(file=file).delete()
    file.lines.all().delete()
    file.discarded_at = at
    file.save(update_fields=["discarded_at"])
    records.seal(
        kind="participants.employee_file.discarded",
        content={"file": file.file_digest},
        by=by,
        at=at,
    )


@transaction.atomic
def rotate_kept_files() -> None:
    """Encrypt the files that wait again with the first of the keys."""
    for kept in KeptFile.objects.select_for_update().order_by("pk"):
        kept.content_encrypted = encrypt_bytes(decrypt_bytes(bytes(kept.content_encrypted)))
        kept.save(update_fields=["content_encrypted"])


def read_kept(file: EmployeeImport) -> list[Read]:
    """The lines of a file that is kept, read by its columns."""
    kept = KeptFile.objects.filter(file=file).first()
    if kept is None or file.mapping is None:
        raise Refused("The file is no longer kept, or its columns are not said.", place=PLACE)
    sheet = read_sheet(decrypt_bytes(bytes(kept.content_encrypted)))
    return list(read_lines(sheet.lines, columns.placed(file.mapping, sheet.heading)))


def comparison_of(file: EmployeeImport, *, at: datetime) -> Comparison:
    """What a file's lines are compared by."""
    if file.mapping is None:
        raise Refused("It is not said yet which column holds what.", place=PLACE)
    placed = columns.placed(file.mapping, selectors.heading_of(file))
    return Comparison(columns=placed, holds_from=file.holds_from, at=at)


def _batches(findings: Iterator[Finding]) -> Iterator[list[Finding]]:
    while batch := list(islice(findings, SAVED_AT_ONCE)):
        yield batch


def _line(file: EmployeeImport, finding: Finding) -> ImportLine:
    return ImportLine(
        file=file,
        line=finding.line,
        result=finding.result,
        employee=finding.employee,
        number=finding.number[:64],
        name=finding.name,
        says=finding.says,
    )


def require_open(file: EmployeeImport) -> None:
    if AppliedImport.objects.filter(file=file).exists():
        raise Refused("The file is applied; what it changed is on record.", place=PLACE)
    if file.discarded_at is not None:
        raise Refused("The file was discarded.", place=PLACE, remedy="Give it again.")
