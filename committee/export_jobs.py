"""The minute book is made ready to be taken away by a job, act by act; killed, it goes on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from committee import minute_book
from committee.minute_book import Succession
from committee.minute_export import acts_of, chosen_of, line_of, lines_written
from committee.models import Act, ExportLine, MinuteBookExport
from ltip import clock
from ltip.accounts.models import User
from ltip.jobs.models import Job
from ltip.jobs.services import Report, performer, request_job
from ltip.records.locks import lock
from ltip.records.selectors import last_seal
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused

EXPORT_JOB = "committee.export_minute_book"


@transaction.atomic
def request_export(*, chosen: Mapping[str, Any], by: User, at: datetime) -> MinuteBookExport:
    """Ask for the acts of the minute book of which this holds, as it stands at this record."""
    last = last_seal()
    if last is None:
        raise Refused("Nothing is on record yet.", place="P Administration")
    text = canonical_text(minute_book.narrowed(chosen))
    job = request_job(kind=EXPORT_JOB, arguments={}, by=by, at=at)
    return MinuteBookExport.objects.create(
        job=job,
        chosen=text,
        record=last.number,
        drawn_on=clock.legal_date(at),
        asked_by=by,
        asked_at=at,
    )


@performer(EXPORT_JOB, title=gettext_noop("Making the minute book ready to take away"))
def perform_export(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Write the lines of the acts that have none yet."""
    export = MinuteBookExport.objects.get(job=job)
    acts = list(acts_of(export))
    successions, written = _successions(export, acts), lines_written(export)
    for position, act in enumerate(acts):
        if act.pk not in written:
            _write_line(export, act, position, successions[act.pk])
        report(position + 1, len(acts))
    return str(export.public_id)


def _successions(export: MinuteBookExport, acts: list[Act]) -> dict[int, Succession]:
    return minute_book.successions(acts, as_of=chosen_of(export).get("as_of"))


def _write_line(export: MinuteBookExport, act: Act, position: int, succession: Succession) -> None:
    told = canonical_text(line_of(act, succession, upto=export.record))
    with transaction.atomic():
        lock(f"export of the minute book {export.public_id}")
        if not ExportLine.objects.filter(export=export, act=act).exists():
            ExportLine.objects.create(export=export, act=act, position=position, told=told)
