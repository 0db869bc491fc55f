"""Acting twice does the thing once: real connections, at the same moment, on either database."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from committee import services as committee
from committee.book_jobs import perform_book, request_book
from committee.export_jobs import perform_export, request_export
from committee.models import (
    ActPaper,
    Adoption,
    AgendaItem,
    BoardBook,
    Closing,
    ExportLine,
    Revision,
    Signature,
)
from committee.paper_jobs import make_paper
from committee.revising import revise_resolution
from ltip.accounts.services import SYSTEM
from ltip.desk.scenarios import acts
from ltip.jobs import services as jobs
from ltip.program.models import TsrRun
from ltip.program.services import measuring
from ltip.records import selectors as records_reading
from ltip.records import services as records
from ltip.records import signing
from ltip.records.models import Document, Seal
from ltip.rules.outcome import Refused
from participants.awards.models import Designation
from participants.papers.models import Acceptance
from participants.settlement import services as settlement
from participants.settlement.models import Settlement
from tests import cast
from tests.committee import assembly

pytestmark = pytest.mark.usefixtures("fresh_database")

WINDOW_DAY = date(2013, 1, 10)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Do every call on a connection of its own, all from the same moment; refusals are results."""
    barrier = Barrier(len(calls))

    def one(call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def _designation(telling: Any) -> Any:
    return committee.propose_act(
        kind="designation",
        request={
            "period": telling.period.label,
            "employees": [str(telling.holders["signed"].public_id)],
        },
        by=telling.secretary,
        at=cast.noon(WINDOW_DAY),
    )


def test_two_members_give_the_last_signatures_in_the_same_second_and_the_act_is_adopted_once() -> (
    None
):
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act = _designation(telling)
    at = cast.noon(WINDOW_DAY)
    chair, second, third = telling.members
    cast.sign(act, chair, at)
    results = at_once(lambda: cast.sign(act, second, at), lambda: cast.sign(act, third, at))
    assert sorted(signing.adopted for signing in results) == [False, True]
    assert Adoption.objects.filter(act=act).count() == Designation.objects.count() == 1
    assert records_reading.first_fault()[1] is None


def test_a_meeting_certified_by_two_at_the_same_moment_closes_once() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act, there = _designation(telling), telling.members
    meeting = assembly.called([act], by=telling.secretary, on=WINDOW_DAY)
    votes = {act: assembly.voted(there)}
    record = assembly.recorded(meeting, by=telling.secretary, present=there, items=votes)
    results = at_once(
        lambda: assembly.closed(record, by=telling.secretary),
        lambda: assembly.closed(record, by=there[0]),
    )
    assert [str(result) for result in results if isinstance(result, Refused)] == [
        f"P Administration: Meeting {meeting.number} is closed, and what it decided is conclusive. "
        "Its minutes can be corrected, and a later act can decide otherwise."
    ]
    assert Closing.objects.count() == Adoption.objects.filter(act=act).count() == 1
    assert Designation.objects.count() == 1
    assert records_reading.first_fault()[1] is None


def test_an_act_put_on_an_agenda_while_the_last_member_signs_is_adopted_in_one_way_only() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act, at = _designation(telling), cast.noon(WINDOW_DAY)
    chair, second, third = telling.members
    for member in (chair, second):
        cast.sign(act, member, at)
    results = at_once(
        lambda: cast.sign(act, third, at),
        lambda: assembly.called([act], by=telling.secretary, on=WINDOW_DAY),
    )
    (refusal,) = [result for result in results if isinstance(result, Refused)]
    assert Adoption.objects.filter(act=act).exists() is not AgendaItem.objects.exists()
    assert "was adopted on" in str(refusal) or "is on the agenda of the meeting" in str(refusal)


def test_two_workers_that_get_the_same_paper_to_make_sign_and_keep_one(
    signing_key: signing.SigningKey,
) -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act = _designation(telling)
    cast.sign_all(act, WINDOW_DAY)
    adoption = Adoption.objects.select_related("seal").get(act=act)
    first, second = at_once(lambda: make_paper(adoption), lambda: make_paper(adoption))
    assert first == second == ActPaper.objects.get(adoption=adoption)
    assert Document.objects.filter(name=f"act-{act.number}.pdf").count() == 1


def test_a_member_who_clicks_twice_signs_once_and_is_told_so() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act = _designation(telling)
    at, chair = cast.noon(WINDOW_DAY), telling.members[0]
    results = at_once(lambda: cast.sign(act, chair, at), lambda: cast.sign(act, chair, at))
    refusals = [result for result in results if isinstance(result, Refused)]
    assert [str(refusal) for refusal in refusals] == [
        f"P Administration: You have signed act {act.number} already."
    ]
    assert Signature.objects.filter(act=act).count() == 1


def test_one_proof_of_identity_signs_one_act_only() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act, at, chair = _designation(telling), cast.noon(WINDOW_DAY), telling.members[0]
    goal = committee.propose_act(
        kind="goal",
        request=cast.goal_request(telling.period.label),
        by=telling.secretary,
        at=at,
    )
    proof = cast.proof(chair, at)
    results = at_once(
        *[
            lambda act=one: committee.sign_act(
                act=act, shown_digest=act.exhibit_digest, by=chair, authentication=proof, at=at
            )
            for one in (act, goal)
        ]
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert Signature.objects.filter(act__in=[act, goal]).count() == 1


def test_the_text_that_changes_while_a_member_signs_is_signed_or_refused_never_mixed() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act, at, chair = _designation(telling), cast.noon(WINDOW_DAY), telling.members[0]
    shown, proof = act.exhibit_digest, cast.proof(telling.members[0], cast.noon(WINDOW_DAY))
    text = [
        "RESOLVED, that the {participants} named employees are designated as participants from "
        "{period_start} to {period_end}."
    ]
    signing, revision = at_once(
        lambda: committee.sign_act(
            act=act, shown_digest=shown, by=chair, authentication=proof, at=at
        ),
        lambda: revise_resolution(
            act=act, text=text, shown_digest=shown, is_meant=False, by=telling.secretary, at=at
        ),
    )
    assert isinstance(revision, Revision)
    void = json.loads(revision.seal.canonical_text)["content"]["void"]
    given = Signature.objects.filter(act=act).count()
    if isinstance(signing, Refused):
        assert "was changed on 10 January 2013 after your page was made" in str(signing)
        assert (given, void) == (0, [])
    else:
        assert (given, len(void)) == (1, 1)
    assert not act.signatures.exists()
    assert records_reading.first_fault()[1] is None


def test_a_clock_that_goes_back_some_hours_between_two_signatures_changes_nothing() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act, at = _designation(telling), cast.noon(WINDOW_DAY)
    chair, second, third = telling.members
    cast.sign(act, chair, at + timedelta(hours=6))
    earlier = at_once(lambda: cast.sign(act, second, at), lambda: cast.sign(act, third, at))
    assert sorted(signing.adopted for signing in earlier) == [False, True]
    assert Adoption.objects.get(act=act).act_date == WINDOW_DAY
    moments = list(Seal.objects.order_by("number").values_list("sealed_at", flat=True))
    assert moments[-3:] == [at + timedelta(hours=6), at, at]
    assert records_reading.first_fault()[1] is None


@pytest.mark.parametrize("days", [1, 0, -1])
def test_a_clock_that_goes_back_a_day_dates_no_act_before_it_was_put_or_signed(days: int) -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act, at = _designation(telling), cast.noon(WINDOW_DAY)
    chair, second, third = telling.members
    for member in (chair, second):
        cast.sign(act, member, at)
    (last,) = at_once(lambda: cast.sign(act, third, at + timedelta(days=days)))
    if days >= 0:
        assert last.adopted
        return
    assert isinstance(last, Refused)
    assert last.reason == (
        "The clock says 9 January 2013, but act 2013-02 was put or signed on 10 January 2013: it "
        "went back."
    )
    assert not Adoption.objects.filter(act=act).exists()
    assert cast.sign(act, third, at).adopted
    assert records_reading.first_fault()[1] is None


def test_two_workers_that_get_the_same_book_and_the_same_export_make_each_once() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    act, at = _designation(telling), cast.noon(WINDOW_DAY)
    book = request_book(acts=[act], by=telling.secretary, at=at)
    export = request_export(chosen={}, by=telling.secretary, at=at)

    def nothing(done: int, total: int) -> None:
        """Nobody asks how far it is."""

    first, second = at_once(
        *[lambda: perform_book(book, {"acts": [str(act.public_id)]}, nothing)] * 2
    )
    assert first == second == str(BoardBook.objects.get().public_id)
    at_once(*[lambda: perform_export(export.job, {}, nothing)] * 2)
    assert ExportLine.objects.count() == Adoption.objects.count() == 1


def test_a_run_that_two_workers_are_given_is_made_once() -> None:
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    job = measuring.request_run(
        period=telling.period,
        is_final=True,
        by=telling.administrator,
        at=cast.noon(date(2015, 2, 24)),
    )
    done = at_once(lambda: jobs.perform(job.pk), lambda: jobs.perform(job.pk))
    assert [one is None for one in sorted(done, key=lambda one: one is None)] == [False, True]
    assert TsrRun.objects.count() == 1


def test_a_holder_who_signs_twice_at_once_has_one_acceptance() -> None:
    telling = cast.told(acts=cast.BEFORE_SIGNING)
    act = telling.sections["act"][0] | {"who": "signed", "on": date(2013, 2, 6)}
    results = at_once(
        lambda: acts.DOING["sign"](telling, act), lambda: acts.DOING["sign"](telling, act)
    )
    assert Acceptance.objects.filter(notice__award__employee=telling.holders["signed"]).count() == 1
    assert sum(isinstance(result, Refused) for result in results) <= 1


def test_a_settlement_approved_twice_at_once_pays_once() -> None:
    telling = cast.told(acts=8)
    at = cast.noon(date(2015, 3, 27))
    batch = cast.batch_to_approve(telling, date(2015, 3, 27))

    def approve() -> Any:
        return settlement.approve_settlement(
            batch=batch,
            shown_digest=batch.digest,
            by=telling.approver,
            authentication=cast.proof(telling.approver, at),
            at=at,
        )

    results = at_once(approve, approve)
    assert [str(r) for r in results if isinstance(r, Refused)] == [
        "Settlement: This settlement was approved already."
    ]
    assert Settlement.objects.count() == 2


def test_seals_from_many_connections_make_one_unbroken_chain() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    before, _ = records_reading.first_fault()

    def seal_five() -> None:
        for number in range(5):
            records.seal(kind="test.sealed", content={"n": number}, by=SYSTEM, at=telling.told_at)

    at_once(*[seal_five] * 8)
    assert records_reading.first_fault() == (before + 40, None)
