"""HR's working list, and the records that adopted acts make: designations, awards, certificates."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from committee.models import Act
from committee.services import propose_act
from ltip import clock
from ltip.accounts.models import User
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod, TsrRun
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused, Step
from ltip.rules.settling import settlement_date
from ltip.rules.windows import require_open
from participants.awards.enrolment import enrolment
from participants.awards.models import Award, Certificate, Designation, EarnedAward, ProposedAward
from participants.people.models import Employee
from participants.people.selectors import employees_by_public_id, persons

LARGEST_TARGET = 100_000_000


@transaction.atomic
def propose_awards(
    *,
    period: PerformancePeriod,
    shares: Mapping[str, int | None],
    by: User,
    at: datetime,
    on: date,
    steps: Sequence[Step] = (),
) -> list[ProposedAward]:
    """Write target Performance Shares on HR's working list for a period; None takes off it.

    `shares` maps public identifiers of employees to whole shares above zero; who isn't named
    stays as they are, and `steps` say how the numbers came about. Refuses by name who is not
    eligible on that day (P Eligibility), whose window has closed or who holds an award (P Grants),
    and then nothing changes. Before the period begins the list can be prepared.
    """
    lock(f"period:{period.label}")
    program.require_not_ended_by_control(period)
    employees = employees_by_public_id(shares)
    missing = set(shares) - set(employees)
    if missing:
        raise Refused("An employee on the list is not on record.", place="P Eligibility")
    if not shares:
        raise Refused("Nobody is named.", place="P Grants", remedy="Choose at least one employee.")
    listed = {public_id: count for public_id, count in shares.items() if count is not None}
    _require_listable(period, {employees[key]: count for key, count in listed.items()}, on=on)
    ProposedAward.objects.filter(period=period, employee__in=employees.values()).delete()
    proposed = ProposedAward.objects.bulk_create(
        ProposedAward(
            period=period,
            employee=employees[public_id],
            target_shares=count,
            proposed_by=by,
            proposed_at=at,
        )
        for public_id, count in listed.items()
    )
    records.seal(
        kind="participants.awards.proposed",
        content={"period": period.label, "shares": dict(shares), "steps": steps},
        by=by,
        at=at,
    )
    return proposed


def _require_listable(
    period: PerformancePeriod, shares: Mapping[Employee, int], *, on: date
) -> None:
    approved_on, readings = program.stockholder_approval_date(), program.readings_on(on)
    closes = {
        covered: program.closing_date_of_act(
            period, on=on, covered=covered, readings=readings, approved_on=approved_on
        ).value
        for covered in (False, True)
    }
    awards = Award.objects.filter(period=period, employee__in=[e.pk for e in shares])
    holders = set(awards.values_list("employee_id", flat=True))
    for someone in persons(shares):
        name, count = someone.employee.name, shares[someone.employee]
        last_day = closes[someone.is_covered(on)]
        if on > last_day:
            require_open(
                period=period.span, on=on, closes=last_day, what="grants", place="P Grants"
            )
        decided = someone.eligibility_for(period_start=period.start_date, on=on).value
        if not decided.eligible:
            raise Refused(f"{name}: {decided.because}", place=decided.place)
        if someone.employee.pk in holders:
            raise Refused(f"{name} holds an award for {period.label} already.", place="P Grants")
        if not 0 < count <= LARGEST_TARGET:
            raise Refused(f"{name}: target shares are a whole number above 0.", place="P Grants")


@transaction.atomic
def put_before_the_committee(
    *,
    period: PerformancePeriod,
    shown_digest: str,
    by: User,
    at: datetime,
    dated_on: date | None = None,
) -> list[Act]:
    """Propose the designation, then the grant, of those on the list who have neither yet.

    Both acts are proposed or none is, as of today or of the day on which they were adopted
    elsewhere (rulebook 1.4). Refuses when nobody is left to propose, and a list that
    changed after it was read; the acts refuse the rest (P Eligibility, P Grants).
    """
    lock(f"period:{period.label}")
    proposal = enrolment(period, on=dated_on or clock.legal_date(at))
    if not proposal.to_grant:
        raise Refused(
            f"Nobody on the list for {period.label} is still to be put before the Committee.",
            place="P Grants",
        )
    if shown_digest != proposal.digest:
        raise Refused(
            "The list changed since this page was read.", place="P Grants", remedy="Read it again."
        )
    acts = []
    if proposal.to_designate:
        employees = [candidate.public_id for candidate in proposal.to_designate]
        request: dict[str, Any] = {"period": period.label, "employees": employees}
        acts.append(
            propose_act(kind="designation", request=request, by=by, at=at, dated_on=dated_on)
        )
    awards = [
        {"employee": candidate.public_id, "shares": candidate.listed_shares}
        for candidate in proposal.to_grant
    ]
    request = {"period": period.label, "awards": awards}
    acts.append(propose_act(kind="grant", request=request, by=by, at=at, dated_on=dated_on))
    return acts


def designate(
    *, period: PerformancePeriod, employees: Sequence[str], designated_on: date, seal: Seal
) -> list[Designation]:
    """Write the designations that an adopted act makes."""
    rows = employees_by_public_id(employees)
    return Designation.objects.bulk_create(
        Designation(period=period, employee=rows[public_id], designated_on=designated_on, seal=seal)
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
    """Write the certificate and what each award earned; the Settlement Date follows (GA §4).

    The Determination Date may lie before the certificate, where the Committee reads it so.
    """
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
    awards = {str(award.public_id): award for award in Award.objects.filter(period=period)}
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
