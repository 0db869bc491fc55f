"""HR's working list, and the records that adopted acts make: designations, awards, certificates."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ltip.accounts.models import User
from ltip.program.models import PerformancePeriod, TsrRun
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from ltip.rules.settling import settlement_date
from participants.awards.models import Award, Certificate, Designation, EarnedAward, ProposedAward
from participants.people.selectors import employees_by_public_id, persons

LARGEST_TARGET = 100_000_000


@transaction.atomic
def propose_awards(
    *,
    period: PerformancePeriod,
    shares: Mapping[str, int],
    by: User,
    at: datetime,
    on: date,
) -> list[ProposedAward]:
    """Replace HR's working list for a period: target Performance Shares by employee.

    `shares` maps public identifiers of employees to whole shares above zero. Refuses by name who
    is not eligible on that day (P Eligibility), and then nothing changes.
    """
    lock(f"period:{period.label}")
    employees = employees_by_public_id(shares)
    missing = set(shares) - set(employees)
    if missing:
        raise Refused("An employee on the list is not on record.", place="P Eligibility")
    if not shares:
        raise Refused(
            "Nobody is on the list.", place="P Grants", remedy="Choose at least one employee."
        )
    for someone in persons(employees.values()):
        decided = someone.eligibility_for(period_start=period.start_date, on=on).value
        if not decided.eligible:
            raise Refused(f"{someone.employee.name}: {decided.because}", place=decided.place)
    for public_id, count in shares.items():
        if not 0 < count <= LARGEST_TARGET:
            raise Refused(
                f"{employees[public_id].name}: target shares are a whole number above 0.",
                place="P Grants",
            )
    ProposedAward.objects.filter(period=period).delete()
    proposed = ProposedAward.objects.bulk_create(
        ProposedAward(
            period=period,
            employee=employees[public_id],
            target_shares=count,
            proposed_by=by,
            proposed_at=at,
        )
        for public_id, count in shares.items()
    )
    records.seal(
        kind="participants.awards.proposed",
        content={"period": period.label, "shares": dict(shares)},
        by=by,
        at=at,
    )
    return proposed


def designate(
    *, period: PerformancePeriod, employees: Sequence[str], designated_on: date, seal: Seal
) -> list[Designation]:
    """Write the designations that an adopted act makes."""
    rows = employees_by_public_id(employees)
    return Designation.objects.bulk_create(
        Designation(
            period=period, employee=rows[public_id], designated_on=designated_on, seal=seal
        )
        for public_id in employees
    )


def grant(
    *,
    period: PerformancePeriod,
    awards: Sequence[Mapping[str, Any]],
    grant_date: date,
    seal: Seal,
) -> list[Award]:
    """Write the awards that an adopted act grants."""
    public_ids = [str(award["employee"]) for award in awards]
    designations = {
        str(row.employee.public_id): row
        for row in Designation.objects.filter(
            period=period, employee__public_id__in=public_ids
        ).select_related("employee")
    }
    return Award.objects.bulk_create(
        Award(
            designation=designations[str(award["employee"])],
            period=period,
            employee=designations[str(award["employee"])].employee,
            target_shares=award["shares"],
            grant_date=grant_date,
            seal=seal,
        )
        for award in awards
    )


def certify(
    *,
    period: PerformancePeriod,
    run: TsrRun,
    payout: str,
    earned: Sequence[Mapping[str, Any]],
    determination_date: date,
    seal: Seal,
) -> Certificate:
    """Write the certificate and what each award earned; the Settlement Date follows (GA §4)."""
    settles = settlement_date(determination_date=determination_date)
    certificate = Certificate.objects.create(
        period=period,
        run=run,
        payout=payout,
        determination_date=determination_date,
        settlement_date=settles.value,
        settlement_steps=canonical_text(settles.steps),
        seal=seal,
    )
    awards = {
        str(award.public_id): award for award in Award.objects.filter(period=period)
    }
    EarnedAward.objects.bulk_create(
        EarnedAward(
            award=awards[line["award"]],
            certificate=certificate,
            shares=line["shares"],
            steps=canonical_text(line["steps"]),
            seal=seal,
        )
        for line in earned
    )
    return certificate


def steps_in(text: str) -> list[dict[str, str]]:
    """Stored steps, to be drawn."""
    steps: list[dict[str, str]] = json.loads(text)
    return steps


