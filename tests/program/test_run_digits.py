"""The digits of a run hang on the records alone: not on the order in which they came, nor when."""

from datetime import date
from decimal import localcontext
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ltip.accounts.services import SYSTEM
from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.program import selectors
from ltip.program.models import TsrRun
from ltip.program.services import imports, measuring
from ltip.rules.canonical import canonical_text
from ltip.rules.measurement import measure
from tests import cast
from tests.program.conftest import AFTER_PERIOD, five_companies, told

# Two more trading days of all five, one of them inside the window at the end, and a dividend.
CLOSES = [
    f"{day},{ticker},{close}"
    for day, row in (("2014-06-02", (11, 30, 60, 6, 9)), ("2014-12-29", (12, 13, 81, 5, 8)))
    for ticker, close in zip(("OURS", "SPLT", "HIGH", "LOW", "GAPS"), row, strict=True)
]
ACTIONS = ["2014-06-02,OURS,dividend,0.55", "2014-06-02,SPLT,split,3", "2014-12-29,LOW,dividend,1"]


def take(telling: Telling, header: str, lines: list[str]) -> None:
    file = "\n".join([header, *lines, ""]).encode()
    is_actions = header.endswith("amount")
    imports.import_prices(
        closes=None if is_actions else file,
        actions=file if is_actions else None,
        by=SYSTEM,
        at=telling.told_at,
    )


def digits(telling: Telling) -> tuple[str, str]:
    inputs = measuring.gather_inputs(
        period=telling.period, until=telling.period.end_date, on=AFTER_PERIOD
    )
    return canonical_text(inputs), canonical_text(measure(inputs))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    closes=st.permutations(CLOSES),
    actions=st.permutations(ACTIONS),
    cut=st.integers(min_value=1, max_value=len(CLOSES) - 1),
    actions_first=st.booleans(),
)
def test_the_order_of_import_leaves_the_runs_digits_unchanged(
    measured: Telling, closes: list[str], actions: list[str], cut: int, actions_first: bool
) -> None:
    close_header, action_header = "date,ticker,close", "date,ticker,kind,amount"
    files = [(close_header, closes[:cut]), (close_header, closes[cut:]), (action_header, actions)]
    found = []
    for order in ([(close_header, CLOSES), (action_header, ACTIONS)], files):
        with transaction.atomic():
            for header, lines in reversed(order) if actions_first else order:
                take(measured, header, lines)
            found.append(digits(measured))
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0] != digits(measured)


def test_the_order_in_which_companies_were_registered_leaves_the_result_unchanged(
    db: None,
) -> None:
    results = []
    for turn in (1, -1):
        with transaction.atomic():
            sections: dict[str, Any] = five_companies()
            # A story registers its companies in the order in which its goal names them.
            sections["goal"]["peers"] = sections["goal"]["peers"][::turn]
            results.append(digits(told(sections))[1])
            transaction.set_rollback(True)
    assert results[0] == results[1]


def test_a_final_run_made_again_gives_identical_digits(measured: Telling) -> None:
    made = []
    for day in (AFTER_PERIOD, date(2017, 3, 1)):
        job = measuring.request_run(
            period=measured.period, is_final=True, by=measured.administrator, at=cast.noon(day)
        )
        # Not even a thread that reckons with three digits changes one of ours.
        with localcontext(prec=3):
            done = jobs.perform(job.pk)
        assert done is not None
        assert done.state == "done", done.message
        made.append(TsrRun.objects.get(public_id=done.result))
    assert made[0].pk != made[1].pk
    assert made[0].inputs_id == made[1].inputs_id
    assert made[0].result == made[1].result
    assert selectors.result_of(made[1])["payout"] == "200"
