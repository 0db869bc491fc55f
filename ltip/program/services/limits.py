"""Recording the limits that the Plan sets on awards."""

from datetime import date, datetime

from django.db import transaction

from ltip.program.models import PlanLimit
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document
from ltip.rules.calendars import day_text
from ltip.rules.limits import PLACE
from ltip.rules.outcome import Refused

LOCK = "plan limits"


@transaction.atomic
def record_plan_limit(
    *,
    kind: str,
    shares: int | None,
    starts_on: date,
    by: records.Actor,
    at: datetime,
    document: Document | None = None,
) -> PlanLimit:
    """Record a limit of the Plan, in shares, from a day on; without shares, that it has ended.

    `kind` is "reserve", the shares reserved for all awards, or "person_year", the most to one
    person in a calendar year (P Maximum Shares). A later record for a day takes the place of the
    earlier one. Refuses an unknown kind, no shares or fewer, and a limit that ends before any.
    """
    lock(LOCK)
    if kind not in PlanLimit.Kind.values:
        raise Refused(f"“{kind}” is no limit of the Plan.", place=PLACE)
    if shares is not None and shares <= 0:
        raise Refused("A limit is a whole number of shares above 0.", place=PLACE)
    if shares is None and not PlanLimit.objects.filter(kind=kind, starts_on__lte=starts_on):
        raise Refused(
            f"No such limit is on record for {day_text(starts_on)}, so none can end.", place=PLACE
        )
    seal = records.seal(
        kind="program.plan_limit.recorded",
        content={
            "kind": kind,
            "shares": shares,
            "starts_on": starts_on,
            "document": document.digest if document else None,
        },
        by=by,
        at=at,
    )
    return PlanLimit.objects.create(
        kind=kind, shares=shares, starts_on=starts_on, document=document, seal=seal
    )
