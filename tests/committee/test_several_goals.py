"""Several goals of a period, segments and financial measures: the act, its exhibit, the form."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.models import Act
from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from ltip.program import selectors
from ltip.program.models import Goal, GoalPeer
from ltip.program.services.periods import open_period
from ltip.rules.outcome import Refused
from tests import cast
from tests.committee.conftest import IN_WINDOW, LAST_DAY, exhibit_of, page_of
from tests.committee.test_set_goal import FILLED_IN, GOAL
from tests.participants.pages import words

pytestmark = pytest.mark.django_db

RELATIVE = cast.goal_request("")["goals"][0]
SEGMENTS = [{"end": "2013-12-31", "weight": "40"}, {"end": date(2014, 12, 31), "weight": 60}]
REVENUE = {
    "kind": "financial",
    "measure": "Revenue",
    "weight": "30",
    "unit": "million dollars",
    "adjustments": ["acquisition costs", "preferred  dividends"],
    "schedule": [[380, 50], [420, 100]],
    "between_points": "line",
}
MARGIN = {
    "kind": "financial",
    "measure": "gross_margin",
    "weight": "10",
    "unit": "%",
    "schedule": [["40.5", 0], ["44.5", 200]],
}


def propose(telling: Telling, *goals: dict[str, Any]) -> Act:
    return propose_act(
        kind="goal",
        request={"period": telling.period.label, "goals": list(goals)},
        by=telling.secretary,
        at=cast.noon(IN_WINDOW),
    )


def three(**changes: Any) -> list[dict[str, Any]]:
    return [RELATIVE | {"weight": 60, "segments": SEGMENTS} | changes, REVENUE, MARGIN]


def test_three_goals_are_set_by_one_act_each_with_its_terms(before_any_act: Telling) -> None:
    act = propose(before_any_act, *three())
    cast.sign_all(act, IN_WINDOW)
    goals = selectors.goals_of(before_any_act.period)
    assert [(goal.position, goal.kind, str(goal.weight)) for goal in goals] == [
        (1, "relative_tsr", "60.00"),
        (2, "financial", "30.00"),
        (3, "financial", "10.00"),
    ]
    relative, revenue, margin = (selectors.terms_of(goal) for goal in goals)
    assert relative["measurement"] == "annual"
    assert relative["segments"] == [
        {"end": "2013-12-31", "weight": "40"},
        {"end": "2014-12-31", "weight": "60"},
    ]
    assert relative["begin_window"] == "ending on the last trading day before each segment"
    assert revenue == {
        "kind": "financial",
        "weight": "30",
        "measure": "revenue",
        "basis": "non_gaap",
        "unit": "million dollars",
        "adjustments": ["acquisition costs", "preferred dividends"],
        "schedule": [["380", "50"], ["420", "100"]],
        "between_points": "line",
    }
    assert (margin["measure"], margin["basis"]) == ("gross margin", "gaap")
    assert GoalPeer.objects.count() == 2


def test_the_exhibit_shows_each_goal_with_its_weight_and_own_tables(
    before_any_act: Telling,
) -> None:
    exhibit = exhibit_of(propose(before_any_act, *three()))
    assert exhibit["title"] == "Set the goals of the 2013–2014 performance period"
    # 60 % × 200 + 30 % × 100 + 10 % × 200 = 170.
    assert exhibit["ask"] == (
        "You are asked to set in writing the 3 goals of the 2013–2014 performance period: total "
        "stockholder return against 2 peers for 60 %, non-GAAP revenue for 30 % and gross margin "
        "for 10 %, paying from nothing to 170 % of target together."
    )
    assert [(fact["label"], fact["value"]) for fact in exhibit["facts"]] == [
        ("Total stockholder return against 2 peers", "60 %"),
        ("Non-GAAP revenue", "30 %"),
        ("Gross margin", "10 %"),
        ("Most they can pay together", "170 %"),
        ("Measured over", "1 January 2013 – 31 December 2014"),
    ]
    captions = [table["caption"] for table in exhibit["tables"]]
    assert captions == [
        "Goal 1: the schedule",
        "Goal 1: what the goal states",
        "Goal 1: the segments",
        "Goal 1: the peer group: 2 companies",
        "Goal 2: the schedule",
        "Goal 2: what the goal states",
        "Goal 3: the schedule",
        "Goal 3: what the goal states",
    ]
    stated = {tuple(row["cells"]) for row in exhibit["tables"][5]["rows"]}
    assert ("Adjusted for", "acquisition costs") in stated
    assert ("Basis", "non-GAAP") in stated
    assert [row["cells"] for row in exhibit["tables"][2]["rows"]] == [
        ["1 January 2013", "31 December 2013", "40 %"],
        ["1 January 2014", "31 December 2014", "60 %"],
    ]
    assert len(exhibit["charts"]) == 3


def test_the_resolution_says_what_each_goal_states(before_any_act: Telling) -> None:
    resolution = exhibit_of(propose(before_any_act, *three()))["resolution"]
    assert resolution[0] == (
        "RESOLVED, that the following 3 goals are set for the performance period from "
        "1 January 2013 to 31 December 2014."
    )
    whole = " ".join(resolution)
    assert "1 January 2013 to 31 December 2013, 40 %; 1 January 2014 to 31 December 2014, 60 %" in (
        whole
    )
    assert (
        "Goal 2, for 30 %. The company's revenue over the period is measured from GAAP, adjusted "
        "for acquisition costs, preferred dividends and nothing else. 380 million dollars earns "
        "50 % of target, 420 million dollars earns 100 % of target; by straight line between them, "
        "nothing below the first." in whole
    )
    assert (
        "Goal 3, for 10 %. The company's gross margin over the period is measured as GAAP gives "
        "it, without any adjustment. 40.5 % earns 0 % of target, 44.5 % earns 200 % of target"
        in whole
    )


def test_the_page_of_the_act_draws_amounts_and_percentiles(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    act = propose(before_any_act, *three())
    with on(IN_WINDOW):
        page = page_of(browser(before_any_act.members[0]).get(f"/committee/acts/{act.public_id}/"))
    assert page.count('class="chart"') == 3
    assert "revenue, million dollars" in page
    assert ">420<" in page


@pytest.mark.parametrize(
    ("goals", "said"),
    [
        ([RELATIVE | {"weight": "69.99"}, REVENUE], "P Performance Goals: the weights"),
        ([RELATIVE | {"weight": "70.01"}, REVENUE], "P Performance Goals: the weights"),
        ([RELATIVE | {"weight": "100"}, REVENUE | {"weight": "0"}], "not above zero each"),
        ([RELATIVE | {"weight": "69.999"}, REVENUE | {"weight": "30.001"}], "two decimals"),
        (
            [RELATIVE | {"weight": 70}, REVENUE | {"weight": 15}, REVENUE | {"weight": 15}],
            "can't both measure revenue",
        ),
        ([REVENUE | {"weight": 100, "adjustments": ["a", "a"]}], "named once"),
        ([REVENUE | {"weight": 100, "basis": "gaap"}], "a GAAP measure has no adjustments"),
        ([REVENUE | {"weight": 100, "measure": " "}], "a financial goal names its measure"),
        ([REVENUE | {"weight": 100, "schedule": [[420, 50], [380, 100]]}], "follows 420"),
        ([REVENUE | {"weight": 100, "schedule": [["NaN", 50]]}], "“NaN” is not a number"),
        ([RELATIVE | {"measurement": "annual"}], "states segments when it is measured in segments"),
        ([RELATIVE | {"segments": SEGMENTS[:1]}], "the last segment ends on 31 December 2014"),
        ([RELATIVE | {"segments": [{"end": "soon", "weight": 100}]}], "“soon” is not a day"),
        ([RELATIVE | {"kind": "weather"}], "A goal of the kind “weather” can't be set."),
        ([], "the weights (none)"),
    ],
)
def test_what_goals_cannot_state_together_is_refused(
    before_any_act: Telling, goals: list[dict[str, Any]], said: str
) -> None:
    with pytest.raises(Refused) as refusal:
        propose(before_any_act, *goals)
    assert said in str(refusal.value)
    assert refusal.value.place in ("P Performance Goals", "GA §2")


def test_a_financial_goal_alone_is_asked_for_in_its_own_words(before_any_act: Telling) -> None:
    exhibit = exhibit_of(propose(before_any_act, REVENUE | {"weight": 100}))
    assert exhibit["title"] == "Set the goal of the 2013–2014 performance period"
    assert exhibit["ask"].endswith(
        "performance period: non-GAAP revenue, paying from nothing to 100 % of target."
    )
    assert exhibit["facts"][0]["value"] == "Revenue"


# The form

FINANCIAL = {
    "goal-2-weight": "30",
    "goal-2-measure": "revenue",
    "goal-2-unit": "million dollars",
    "goal-2-adjustments": "acquisition costs\n\n preferred  dividends\n",
    "goal-2-at_1": "380",
    "goal-2-pays_1": "50",
    "goal-2-at_2": "420",
    "goal-2-pays_2": "100",
    "goal-2-between_points": "line",
}
BOTH = FILLED_IN | FINANCIAL | {"order": "1:relative_tsr 2:financial", "weight": "70"}


def test_a_goal_is_added_without_losing_what_was_typed_and_left_out_again(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        client = browser(before_any_act.secretary)
        assert "Weight among the goals" not in page_of(client.get(GOAL))
        added = client.post(GOAL, FILLED_IN | {"averaging_days": "", "change": "add:financial"})
        page = words(added)
        removed = client.post(GOAL, BOTH | {"change": "remove:2"})
    assert added.context["stated"].order == "1:relative_tsr 2:financial"
    assert added.context["form"]["peers"].value() == ["LOW", "HIGH"]
    assert added.context["form"]["at_2"].value() == "60"
    assert "Nothing was saved yet" not in page
    assert "Goal 2: a financial measure" in page
    assert "The weights of the 2 goals add up to 0 %; they must add up to 100 %." in page
    assert removed.context["stated"].order == "1:relative_tsr"
    assert not Act.objects.exists()


def test_goals_with_weights_are_put_before_the_committee_together(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        browser(before_any_act.secretary).post(GOAL, BOTH)
    relative, revenue = exhibit_of(Act.objects.get())["data"]["goals"]
    assert (relative["weight"], relative["measurement"]) == ("70", "cumulative")
    assert (revenue["weight"], revenue["unit"]) == ("30", "million dollars")
    assert revenue["adjustments"] == ["acquisition costs", "preferred dividends"]


@pytest.mark.parametrize("weight", ["69.99", "70.01"])
def test_weights_that_are_not_100_are_refused_with_their_sum(
    before_any_act: Telling, on: Any, browser: Any, weight: str
) -> None:
    with on(IN_WINDOW):
        answer = browser(before_any_act.secretary).post(GOAL, BOTH | {"weight": weight})
    total = {"69.99": "99.99", "70.01": "100.01"}[weight]
    assert f"The weights add up to {total} %, and must add up to 100 %." in words(answer)
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"goal-2-measure": "weather"}, "measure", "not one of the available choices"),
        ({"goal-2-unit": ""}, "unit", "This field is required"),
        ({"goal-2-adjustments": "a\na"}, "adjustments", "Name each adjustment once."),
        ({"goal-2-at_2": "379"}, "at_1", "the amount 379 follows 380"),
        ({"goal-2-pays_2": ""}, "pays_2", "A row states both, or stays empty."),
        ({"goal-2-weight": ""}, "weight", "This field is required"),
    ],
)
def test_a_mistake_in_a_financial_goal_is_said_beside_its_field(
    before_any_act: Telling, on: Any, browser: Any, change: dict[str, str], field: str, said: str
) -> None:
    with on(IN_WINDOW):
        answer = browser(before_any_act.secretary).post(GOAL, BOTH | change)
    second = answer.context["stated"].goals[1].form
    assert said in " ".join(second.errors[field])
    assert "Nothing was saved yet" in words(answer)
    assert second["at_1"].value() == "380"
    assert not Act.objects.exists()


IN_SEGMENTS = FILLED_IN | {
    "measurement": "annual",
    "end_1": "2013-12-31",
    "share_1": "40",
    "end_2": "2014-12-31",
    "share_2": "60",
}


def test_segments_are_stated_on_the_form(before_any_act: Telling, on: Any, browser: Any) -> None:
    with on(IN_WINDOW):
        client = browser(before_any_act.secretary)
        form = client.get(GOAL).context["form"]
        assert form["measurement"].value() == "cumulative"
        assert [(end.value(), share.value()) for end, share in form.segment_rows()] == [
            (date(2013, 12, 31), None),
            (date(2014, 12, 31), None),
        ]
        client.post(GOAL, IN_SEGMENTS)
    goal = exhibit_of(Act.objects.get())["data"]["goals"][0]
    assert goal["segments"] == [
        {"end": "2013-12-31", "weight": "40"},
        {"end": "2014-12-31", "weight": "60"},
    ]


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"share_2": "59.99"}, "end_1", "not above zero each and 100 together"),
        ({"share_2": "60.01"}, "end_1", "not above zero each and 100 together"),
        ({"end_2": "2014-12-30"}, "end_1", "the last segment ends on 31 December 2014"),
        ({"share_1": ""}, "share_1", "A row states both, or stays empty."),
        ({"measurement": "cumulative"}, "measurement", "Weights of segments are given"),
    ],
)
def test_a_mistake_in_the_segments_is_said_beside_them(
    before_any_act: Telling, on: Any, browser: Any, change: dict[str, str], field: str, said: str
) -> None:
    with on(IN_WINDOW):
        answer = browser(before_any_act.secretary).post(GOAL, IN_SEGMENTS | change)
    assert said in " ".join(answer.context["form"].errors[field])
    assert not Act.objects.exists()


def test_the_form_of_another_period_starts_from_all_goals_set_last(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    cast.sign_all(propose(before_any_act, *three()), IN_WINDOW)
    open_period(
        start_date=date(2013, 1, 1),
        end_date=date(2015, 12, 31),
        by=before_any_act.secretary,
        at=cast.noon(IN_WINDOW),
    )
    with on(LAST_DAY):
        stated = (
            browser(before_any_act.secretary).get("/committee/goals/2013-2015/").context["stated"]
        )
    assert stated.order == "1:relative_tsr 2:financial 3:financial"
    assert stated.weights_so_far == 100
    assert stated.goals[1].form["adjustments"].value() == "acquisition costs\npreferred dividends"
    assert Goal.objects.count() == 3


def test_more_goals_on_the_form_take_no_more_queries(
    before_any_act: Telling, on: Any, browser: Any
) -> None:
    counts = []
    with on(IN_WINDOW):
        client = browser(before_any_act.secretary)
        for order in ("1:relative_tsr 2:financial", "1:relative_tsr 2:financial 3:relative_tsr"):
            sent = BOTH | {"order": order, "change": "add:financial"}
            client.post(GOAL, sent)
            with CaptureQueriesContext(connection) as captured:
                client.post(GOAL, sent)
            counts.append(len(captured))
    assert counts[0] == counts[1]
