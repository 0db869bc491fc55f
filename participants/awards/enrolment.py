"""Reading who may take part in a period, who is on the list, and what has become of it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from committee.models import Act
from committee.selectors import open_acts
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.eligibility import Eligibility
from ltip.rules.outcome import Outcome, Step
from participants.awards.models import Award, Designation, ProposedAward
from participants.people.models import EmployeeStatus
from participants.people.selectors import Person, persons


@dataclass(frozen=True, slots=True)
class Candidate:
    """An employee, as seen from a period: eligible or not, on the list, and how far it has come."""

    person: Person
    grade: str
    is_covered: bool
    eligibility: Eligibility
    steps: tuple[Step, ...]
    listed_shares: int | None
    designation: Designation | None
    designating: Act | None
    award: Award | None
    granting: Act | None
    granting_shares: int | None

    @property
    def public_id(self) -> str:
        return str(self.person.employee.public_id)

    @property
    def name(self) -> str:
        return self.person.employee.name

    @property
    def is_decided(self) -> bool:
        """Granted, or named in a grant before the Committee."""
        return self.award is not None or self.granting is not None

    @property
    def may_be_chosen(self) -> bool:
        return self.eligibility.eligible and not self.is_decided

    @property
    def is_dropped(self) -> bool:
        """On the list, yet nothing can be proposed for them any more."""
        return self.listed_shares is not None and not (self.may_be_chosen or self.is_decided)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A period's enrolment on a day; for Covered Employees it closes on `covered_closes`."""

    period: PerformancePeriod
    today: date
    closes: date
    covered_closes: date
    candidates: tuple[Candidate, ...]
    acts: tuple[Act, ...]
    opens_any_day: bool = False

    @property
    def has_begun(self) -> bool:
        """The window has opened (rulebook 1.2)."""
        return self.opens_any_day or self.today >= self.period.start_date

    @property
    def is_over(self) -> bool:
        return self.today > self.closes

    @property
    def choosable(self) -> list[Candidate]:
        return [c for c in self.candidates if c.may_be_chosen]

    @property
    def decided(self) -> list[Candidate]:
        return [c for c in self.candidates if c.is_decided]

    @property
    def not_eligible(self) -> list[Candidate]:
        return [c for c in self.candidates if not (c.may_be_chosen or c.is_decided)]

    @property
    def dropped(self) -> list[Candidate]:
        return [c for c in self.candidates if c.is_dropped]

    @property
    def to_grant(self) -> list[Candidate]:
        """On the list, and neither granted nor before the Committee."""
        return [c for c in self.choosable if c.listed_shares is not None]

    @property
    def to_designate(self) -> list[Candidate]:
        """Those of them who are not designated yet."""
        return [c for c in self.to_grant if not (c.designation or c.designating)]

    @property
    def listed_target(self) -> int:
        return sum(c.listed_shares or 0 for c in self.to_grant)

    @property
    def listed_most(self) -> int:
        return self.listed_target * MOST_SHARES_EACH

    @property
    def has_grants(self) -> bool:
        return any(c.award for c in self.candidates)

    @property
    def decided_target(self) -> int:
        return sum(
            c.award.target_shares if c.award else c.granting_shares or 0 for c in self.decided
        )

    @property
    def kept_shares(self) -> dict[str, int]:
        """Places on the list of those before the Committee, kept while the rest is chosen anew."""
        return {
            c.public_id: c.listed_shares
            for c in self.candidates
            if c.granting and c.listed_shares is not None and c.eligibility.eligible
        }

    @property
    def digest(self) -> str:
        """Says whether what is put before the Committee is what was shown."""
        return digest_of(
            canonical_text(
                {
                    "designate": [c.public_id for c in self.to_designate],
                    "grant": {c.public_id: c.listed_shares for c in self.to_grant},
                }
            )
        )


def enrolment(period: PerformancePeriod, *, on: date) -> Enrolment:
    """Every employee as seen from a period, in a constant number of queries."""
    acts = {act.kind: act for act in open_acts().filter(subject=period.label)}
    approved_on, readings = program.stockholder_approval_date(), program.readings_on(on)
    closes, covered_closes = (
        program.closing_date_of_act(
            period, on=on, covered=covered, readings=readings, approved_on=approved_on
        ).value
        for covered in (False, True)
    )
    return Enrolment(
        period=period,
        today=on,
        closes=closes,
        covered_closes=covered_closes,
        candidates=tuple(_candidates(period, on, covered_closes, acts)),
        acts=tuple(act for kind, act in acts.items() if kind in ("designation", "grant")),
        opens_any_day=readings["window.opening"] == "any_day",
    )


def _candidates(
    period: PerformancePeriod, on: date, covered_closes: date, acts: dict[str, Act]
) -> list[Candidate]:
    listed = {row.employee_id: row for row in ProposedAward.objects.filter(period=period)}
    designations = {row.employee_id: row for row in Designation.objects.filter(period=period)}
    awards = {row.employee_id: row for row in Award.objects.filter(period=period)}
    designating = set(_request(acts, "designation").get("employees", []))
    granting = {
        line["employee"]: line["shares"] for line in _request(acts, "grant").get("awards", [])
    }
    found = []
    for person in persons():
        decided = _eligibility(person, period, on, covered_closes)
        key, public_id = person.employee.pk, str(person.employee.public_id)
        found.append(
            Candidate(
                person=person,
                grade=person.status_on(EmployeeStatus.Subject.GRADE, on),
                is_covered=person.is_covered(on),
                eligibility=decided.value,
                steps=decided.steps,
                listed_shares=listed[key].target_shares if key in listed else None,
                designation=designations.get(key),
                designating=acts["designation"] if public_id in designating else None,
                award=awards.get(key),
                granting=acts["grant"] if public_id in granting else None,
                granting_shares=granting.get(public_id),
            )
        )
    return found


def _eligibility(
    person: Person, period: PerformancePeriod, on: date, covered_closes: date
) -> Outcome[Eligibility]:
    decided = person.eligibility_for(period_start=period.start_date, on=on)
    if decided.value.eligible and person.is_covered(on) and on > covered_closes:
        because = f"A Covered Employee: the window closed on {day_text(covered_closes)}."
        barred = Eligibility(
            eligible=False, because=because, place="P Administration", eligible_from=None
        )
        return Outcome(barred, (*decided.steps, Step(because, "", barred.place)))
    return decided


def _request(acts: dict[str, Act], kind: str) -> dict[str, Any]:
    asked: dict[str, Any] = json.loads(acts[kind].request) if kind in acts else {}
    return asked
