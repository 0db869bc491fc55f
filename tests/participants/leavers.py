"""People who leave, for tests: what the Committee and human resources record about them."""

from datetime import date
from decimal import Decimal
from typing import Any

from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from ltip.jobs.services import perform
from ltip.program import selectors as program
from ltip.program.services import measuring
from ltip.records.services import store_document
from participants.people import services as people
from participants.people.models import BeneficiaryDesignation, CauseFinding
from participants.people.succession import Named, name_beneficiaries
from tests import cast


def find_cause(telling: Telling, name: str, on: date) -> CauseFinding:
    """The Committee finds Cause by an act that all who may sign it sign."""
    employee = telling.holders[name]
    act = propose_act(
        kind="cause_finding",
        request={"employee": str(employee.public_id), "reason": "He sold the peers' forecasts."},
        by=telling.secretary,
        at=cast.noon(on),
    )
    assert cast.sign_all(act, on).adopted
    return CauseFinding.objects.get(employee=employee, found_on=on)


def leave(telling: Telling, name: str, ended_on: date, reason: str, **more: Any) -> Any:
    """Human resources records the end of service on its day."""
    return people.end_service(
        employee=telling.holders[name],
        ended_on=ended_on,
        reason=reason,
        by=telling.secretary,
        at=cast.noon(more.pop("recorded_on", ended_on)),
        **more,
    )


def certify(telling: Telling, on: date) -> None:
    """The period is measured and certified on a day; its annual report is filed."""
    at = cast.noon(on)
    job = measuring.request_run(
        period=telling.period, is_final=True, by=telling.administrator, at=at
    )
    perform(job.pk)
    run = program.latest_final_run(telling.period)
    assert run is not None
    act = propose_act(
        kind="certification",
        request={"period": telling.period.label, "run": str(run.public_id)},
        by=telling.secretary,
        at=at,
    )
    assert cast.sign_all(act, on).adopted


def name_beneficiary(telling: Telling, name: str, *, paper: bytes) -> BeneficiaryDesignation:
    """A holder named Ida alone, on a paper that was filed and kept."""
    at = telling.told_at
    return name_beneficiaries(
        employee=telling.holders[name],
        designated_on=date(2012, 12, 31),
        beneficiaries=[Named("Ida", "spouse", Decimal(100))],
        document=store_document(
            content=paper, name="filed.pdf", media_type="application/pdf", at=at
        ),
        by=telling.secretary,
        at=at,
    )
