"""The act by which the Committee grants Performance Shares to participants (P Grants)."""

from collections.abc import Sequence
from datetime import date

from committee.kinds.goal import window_check
from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted
from ltip.program import selectors as program
from ltip.program.selectors import period_named
from ltip.program.services.limits import LOCK as LIMITS_LOCK
from ltip.records.locks import lock
from ltip.rules.acceptance import days_to_sign
from ltip.rules.calendars import day_text
from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.limits import PLACE as LIMITS
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from participants.awards import services
from participants.awards.limits import limits_on, verdicts
from participants.awards.models import Award, Designation
from participants.kinds.designation import (
    NAMED_BELOW,
    accounts_of,
    designations_before_the_committee,
    people_named,
)
from participants.papers.services import issue_notices, notice_faults
from participants.people.models import Employee, EmployeeStatus

PLACE = "P Grants"


class GrantKind:
    key = "grant"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return str(request["period"])

    def lock(self, request: Request) -> None:
        lock(f"period:{request['period']}", LIMITS_LOCK)

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        period = period_named(str(request["period"]))
        shares = {str(line["employee"]): line["shares"] for line in request["awards"]}
        people = people_named([str(line["employee"]) for line in request["awards"]])
        if not people:
            raise Refused("Nobody is named.", place=PLACE)
        for person in people:
            count = shares[str(person.employee.public_id)]
            if not isinstance(count, int) or not 0 < count <= services.LARGEST_TARGET:
                raise Refused(
                    f"{person.employee.name}: target shares are a whole number above 0.",
                    place=PLACE,
                )
        total = sum(shares.values())
        return {
            "title": f"Grant Performance Shares for the {period.label} performance period",
            "ask": (
                f"You are asked to grant {shares_text(total)} Performance Shares at target to "
                f"{len(people)} {'participant' if len(people) == 1 else 'participants'} of the "
                f"{period.label} performance period. Each can earn from nothing to "
                f"{MOST_SHARES_EACH} shares."
            ),
            "facts": [
                {"label": "Participants", "value": str(len(people)), "steps": NAMED_BELOW},
                {
                    "label": "At target",
                    "value": shares_text(total),
                    "steps": [
                        {
                            "sentence": f"Target of {person.employee.name}",
                            "figure": shares_text(shares[str(person.employee.public_id)]),
                            "place": PLACE,
                        }
                        for person in people
                    ],
                },
                {
                    "label": "At most",
                    "value": shares_text(total * MOST_SHARES_EACH),
                    "steps": [
                        {
                            "sentence": f"{shares_text(total)} Performance Shares × "
                            f"{MOST_SHARES_EACH} shares each at most",
                            "figure": shares_text(total * MOST_SHARES_EACH),
                            "place": "GA recitals",
                        }
                    ],
                },
            ],
            "tables": [
                {
                    "caption": "What is granted",
                    "columns": [
                        {"label": "Participant", "numeric": False},
                        {"label": "Salary grade", "numeric": False},
                        {"label": "Target", "numeric": True},
                        {"label": "At most", "numeric": True},
                    ],
                    "rows": [
                        {
                            "cells": [
                                person.employee.name,
                                person.status_on(EmployeeStatus.Subject.GRADE, on),
                                shares_text(shares[str(person.employee.public_id)]),
                                shares_text(
                                    shares[str(person.employee.public_id)] * MOST_SHARES_EACH
                                ),
                            ],
                            "own": False,
                            "note": "Covered Employee" if person.is_covered(on) else "",
                            "steps": _row_steps(shares[str(person.employee.public_id)]),
                        }
                        for person in people
                    ],
                }
            ],
            "charts": [],
            "consequences": [
                "The grants exist from the adoption on, and the notices go to the holders.",
                "Nothing is delivered to a holder who has not signed the notice.",
                *_lapse_consequence(on),
            ],
            **drafted(
                [
                    "RESOLVED, that {target_shares} Performance Shares at target are granted to "
                    "the {participants} participants named in the exhibit, each the number beside "
                    "the name, for the performance period from {period_start} to {period_end}."
                ],
                {
                    "target_shares": shares_text(total),
                    "most_shares": shares_text(total * MOST_SHARES_EACH),
                    "participants": str(len(people)),
                    "period_start": day_text(period.start_date),
                    "period_end": day_text(period.end_date),
                },
            ),
            "data": {
                "period": period.label,
                "awards": [
                    {
                        "employee": str(person.employee.public_id),
                        "shares": shares[str(person.employee.public_id)],
                        "covered": person.is_covered(on),
                    }
                    for person in people
                ],
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        period = period_named(data["period"])
        public_ids = [award["employee"] for award in data["awards"]]
        people = people_named(public_ids)
        named = {"period": period, "employee__public_id__in": public_ids}
        designated = set(Designation.objects.filter(**named).values_list("employee_id", flat=True))
        granted = set(Award.objects.filter(**named).values_list("employee_id", flat=True))
        waiting = designations_before_the_committee(period.label)
        checks = [window_check(period, on=on, what="grants", place=PLACE)]
        for person in people:
            employee = person.employee
            if employee.pk not in designated:
                checks.append(
                    Check(
                        passed=False,
                        sentence=f"{employee.name} is not designated for {period.label}.",
                        place=PLACE,
                        may_yet_pass=str(employee.public_id) in waiting,
                    )
                )
            if employee.pk in granted:
                checks.append(
                    Check(
                        passed=False,
                        sentence=f"{employee.name} holds an award for {period.label} already.",
                        place=PLACE,
                    )
                )
            if person.service_end and person.service_end.ended_on <= on:
                checks.append(
                    Check(
                        passed=False,
                        sentence=f"{employee.name} left on "
                        f"{day_text(person.service_end.ended_on)}.",
                        place=PLACE,
                    )
                )
        checks += [
            Check(passed=False, sentence=fault, place="GN")
            for fault in notice_faults(people, on=on)
        ]
        granting = {award["employee"]: award["shares"] for award in data["awards"]}
        checks += _limit_checks(
            [(p.employee, granting[str(p.employee.public_id)]) for p in people], on=on
        )
        if all(check.passed for check in checks):
            checks.append(
                Check(passed=True, sentence="All are designated for this period.", place=PLACE)
            )
        if any(award["covered"] for award in data["awards"]):
            checks.append(_covered_check(period.label, on))
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return accounts_of(
            [[award["employee"] for award in exhibit["data"]["awards"]] for exhibit in exhibits]
        )

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        awards = services.grant(
            period=period_named(data["period"]),
            awards=data["awards"],
            grant_date=adopted.act_date,
            seal=adopted.seal,
        )
        issue_notices(
            awards=awards,
            act_number=adopted.act.number,
            seal=adopted.seal,
            by=adopted.by,
            at=adopted.at,
        )


KIND = GrantKind()


def _lapse_consequence(on: date) -> list[str]:
    """What the notices will say of a holder who doesn't sign, where the Committee reads it so."""
    days = days_to_sign(unsigned=program.readings_on(on)["notice.unsigned"])
    if days is None:
        return []
    return [
        "The notices say so: an award lapses whose holder has not signed within "
        f"{days} days of its notice."
    ]


def _row_steps(target: int) -> list[dict[str, str]]:
    most = shares_text(target * MOST_SHARES_EACH)
    return [
        {
            "sentence": "Target, as human resources proposed it",
            "figure": shares_text(target),
            "place": PLACE,
        },
        {
            "sentence": f"A Performance Share earns at most {MOST_SHARES_EACH} shares",
            "figure": most,
            "place": "GA recitals",
        },
    ]


def _limit_checks(grants: list[tuple[Employee, int]], *, on: date) -> list[Check]:
    limits = limits_on(on)
    decided = verdicts(limits, grants)
    refused = [verdict.refusal for verdict in decided if verdict.refusal]
    if refused:
        return [Check(passed=False, sentence=one.reason, place=one.place) for one in refused]
    sentences = []
    if limits.reserve is not None:
        sentences.append(
            f"Of the {shares_text(limits.reserve)} shares of the Plan's reserve "
            f"{shares_text(decided[-1].left_in_reserve or 0)} are left after these grants."
        )
    if limits.yearly is not None:
        least = min(verdict.left_in_year or 0 for verdict in decided)
        sentences.append(
            f"Everyone stays within the {shares_text(limits.yearly)} shares that the Plan allows "
            f"one person in {on.year}; at least {shares_text(least)} are left to each."
        )
    checks = [Check(passed=True, sentence=sentence, place=LIMITS) for sentence in sentences]
    return checks or [
        Check(
            passed=True,
            sentence=f"No limit of the Plan is on record for {day_text(on)}.",
            place=LIMITS,
            information=True,
        )
    ]


def _covered_check(period_label: str, on: date) -> Check:
    period = period_named(period_label)
    closes = program.closing_date_of_act(
        period,
        on=on,
        covered=True,
        readings=program.readings_on(on),
        approved_on=program.stockholder_approval_date(),
    )
    return Check(
        passed=on <= closes.value,
        sentence=f"For Covered Employees the window closes on {day_text(closes.value)}.",
        place=PLACE,
    )
