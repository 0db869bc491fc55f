"""Awards of a story, what the Committee is asked about them, and how they stand afterwards.

The period is 2013–2014. “signed” holds 300 Performance Shares, “unsigned” 41; performance pays
100 % of target. Certified on 24 February 2015, they settle on 26 March.
"""

from datetime import date
from typing import Any

from committee.models import Act
from committee.services import propose_act
from ltip.desk.scenarios.reading import read_story
from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.program import selectors as program
from ltip.program.services import measuring
from participants.awards.models import Award
from participants.awards.selectors import Standing, standing_of
from participants.settlement import services as settlement
from participants.settlement.selectors import unticked_conditions
from tests import cast
from tests.participants.holders import award_of

IN_THE_PERIOD = date(2014, 6, 2)
CERTIFIED_ON = date(2015, 2, 24)
SETTLES_ON = date(2015, 3, 26)
BETWEEN = date(2015, 3, 2)
AFTER = date(2015, 4, 1)


def with_facts(*, acts: int, **sections: Any) -> Telling:
    """The story up to an act, with more said about the Program or the people."""
    story = read_story(cast.SCENARIOS / "unsigned-papers.toml")
    story.sections["act"] = story.sections["act"][:acts]
    for section, told in sections.items():
        story.sections.setdefault(section, {}).update(told)
    return cast.tell(story)


def public_id(telling: Telling, name: str = "signed") -> str:
    return str(award_of(telling, name).public_id)


def standing(telling: Telling, name: str = "signed") -> Standing:
    return standing_of(Award.objects.get(public_id=public_id(telling, name)))


def shares_due(telling: Telling, name: str = "signed") -> int:
    return standing(telling, name).entitlement().value.shares


def setting(telling: Telling, direction: str, to: int, name: str = "signed") -> dict[str, Any]:
    line = {
        "award": public_id(telling, name),
        "direction": direction,
        "to": to,
        "reason": "The Committee's judgment of the year.",
    }
    return {"period": telling.period.label, "lines": [line]}


def propose(telling: Telling, kind: str, request: dict[str, Any], on: date) -> Act:
    return propose_act(kind=kind, request=request, by=telling.secretary, at=cast.noon(on))


def certify(telling: Telling) -> None:
    """Measure the period and certify it, with whatever was decided before."""
    job = measuring.request_run(
        period=telling.period, is_final=True, by=telling.administrator, at=cast.noon(CERTIFIED_ON)
    )
    jobs.perform(job.pk)
    run = program.latest_final_run(telling.period)
    request = {"period": telling.period.label, "run": str(run.public_id)}
    cast.adopt(telling, "certification", request, CERTIFIED_ON)


def settle(telling: Telling, on: date = SETTLES_ON) -> None:
    """Settle the award of “signed” without any tax; the other has not signed."""
    at = cast.noon(on)
    for condition in unticked_conditions(telling.period):
        settlement.tick_condition(
            period=telling.period, condition=condition, by=telling.administrator, at=at
        )
    batch = settlement.prepare_settlement(
        period=telling.period,
        tax_minor={public_id(telling): 0},
        by=telling.administrator,
        at=at,
    )
    settlement.approve_settlement(
        batch=batch,
        shown_digest=batch.digest,
        by=telling.approver,
        authentication=cast.proof(telling.approver, at),
        at=at,
    )
