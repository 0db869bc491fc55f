"""Several goals from the notice to the certificate and the holder's page, reckoned by hand.

Five companies over two segments, on averages of two trading days (see `five_companies`), and a
revenue that weighs 40 %: 400.1 + 3.2 = 403.3 earns 50 + 50 × 23.3 / 40 = 79.125 %.

From the last two trading days of 2012 to those of 2013 and from these to those of 2014 (3 June
2013 is the only trading day of 2013, so the first segment ends on 31 December 2012 and 3 June):

    OURS  11 → (12 + 12 × 1.1) / 2 = 12.6, +14.5 %;  12.6 → 15.4, +22.2 %
    SPLT  20 → (20 + 22) / 2 = 21, +5 %;             21 → 26, +23.8 %
    HIGH  50 → 50, 0 %;                              50 → 82.5, +65 %
    LOW    8 → 8, 0 %;                                8 → 4, −50 %
    GAPS  10 → (10 + 9) / 2 = 9.5, −5 %;            9.5 → 7.5, −21.1 %

First OURS, SPLT, HIGH and LOW, GAPS: place 1 of 5, percentile 100, 200 %. Then HIGH, SPLT, OURS,
GAPS, LOW: place 3 of 5, percentile 50, 100 %. Half each makes 150 %, of which 60 % are 90 %; with
40 % of 79.125 %, 31.65 %, the period pays 121.65 %: of a target of 1,000, 1,216 shares.
"""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.models import Act
from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from ltip.program import selectors as program
from participants.awards.models import EarnedAward
from participants.papers.selectors import sections_of
from tests import cast
from tests.committee.conftest import exhibit_of
from tests.participants.conftest import Visit
from tests.participants.holders import holder
from tests.participants.pages import words
from tests.program.conftest import five_companies, told

pytestmark = pytest.mark.django_db

IN_WINDOW, IN_THE_PERIOD = date(2013, 3, 4), date(2013, 10, 1)
REPORTED, CERTIFIED = date(2015, 2, 20), date(2015, 2, 24)
REVENUE: dict[str, Any] = {
    "on": IN_WINDOW,
    "kind": "financial",
    "measure": "revenue",
    "weight": 40,
    "schedule": [[380, 50], [420, 100]],
    "adjustments": ["acquisition costs"],
}
SEGMENTS = [
    {"end": date(2013, 12, 31), "weight": 50},
    {"end": date(2014, 12, 31), "weight": 50},
]


def sections(*goals: dict[str, Any], certified: bool, reported: date) -> dict[str, Any]:
    found = five_companies()
    relative = found.pop("goal")
    found["goals"] = [g if g["kind"] == "financial" else relative | g for g in goals]
    found["people"] = {"ann": {"hired": date(2010, 5, 3), "grade": "Executive 2"}}
    found["act"] = [
        {"on": IN_WINDOW, "do": "designate", "who": ["ann"]},
        {"on": IN_WINDOW, "do": "grant", "who": "ann", "shares": 1000},
        {
            "on": reported,
            "do": "report",
            "measure": "revenue",
            "gaap": "400.1",
            "adjustments": {"acquisition costs": "3.2"},
        },
        {"on": REPORTED, "do": "file_10k", "for": date(2014, 12, 31)},
    ]
    if certified:
        found["act"].append({"on": CERTIFIED, "do": "certify"})
    return found


def story(*goals: dict[str, Any], certified: bool = False, reported: date = REPORTED) -> Telling:
    telling = told(deepcopy(sections(*goals, certified=certified, reported=reported)))
    assert [said for _, said in telling.refusals if said] == []
    return telling


BOTH = ({"kind": "relative_tsr", "weight": 60, "segments": SEGMENTS}, REVENUE)
REVENUE_ONLY = (REVENUE | {"weight": 100},)


def certification(telling: Telling) -> Act:
    run = telling.measure(cast.noon(CERTIFIED))
    return propose_act(
        kind="certification",
        request={"period": telling.period.label, "run": str(run.public_id)},
        by=telling.secretary,
        at=cast.noon(CERTIFIED),
    )


def test_the_weighed_payout_earns_the_shares() -> None:
    telling = story(*BOTH, certified=True)
    run = program.latest_final_run(telling.period)
    assert run is not None
    result = program.result_of(run)
    relative, revenue = result["goals"]
    assert [(part["rank"], part["payout"]) for part in relative["segments"]] == [
        (1, "200"),
        (3, "100"),
    ]
    assert (relative["payout"], revenue["payout"], result["payout"]) == ("150", "79.125", "121.65")
    assert EarnedAward.objects.get().shares == 1216


def test_the_exhibit_says_what_each_goal_achieved() -> None:
    exhibit = exhibit_of(certification(story(*BOTH)))
    assert exhibit["ask"] == (
        "You are asked to certify in writing that the company ranked 1 of 5 until 31 December 2013 "
        "and 3 of 5 until 31 December 2014, each in its segment, which together pay 150 % and "
        "non-GAAP revenue came to 403.3, and that each award earns 121.65 % of its target: 1,216 "
        "shares for 1 of 1 holders."
    )
    facts = {fact["label"]: fact["value"] for fact in exhibit["facts"]}
    assert facts["Rank until 31 December 2013"] == "1 of 5"
    assert facts["Non-GAAP revenue, weight 40 %"] == "403.3"
    assert facts["Earned"] == "121.65 %"
    assert [table["caption"] for table in exhibit["tables"]] == [
        "Goal 1: Ranking from 1 January 2013 to 31 December 2013",
        "Goal 1: Ranking from 1 January 2014 to 31 December 2014",
        "Goal 2: Non-GAAP revenue",
        "What each award earns",
        "Goal 1: For information, until 31 December 2013: what another place or method would have "
        "paid",
        "Goal 1: For information, until 31 December 2014: what another place or method would have "
        "paid",
    ]
    assert [row["cells"] for row in exhibit["tables"][2]["rows"]] == [
        ["By GAAP", "400.1"],
        ["acquisition costs", "3.2"],
        ["With the adjustments that the goal names", "403.3"],
    ]
    assert [chart["kind"] for chart in exhibit["charts"]] == ["returns", *["schedule"] * 3]
    assert "the company's non-GAAP revenue was 403.3, paying 79.125 %" in exhibit["resolution"][0]
    assert "achieved to 121.65 % of target." in exhibit["resolution"][0]


def test_a_period_of_revenue_alone_is_certified_without_a_ranking(visit: Visit) -> None:
    telling = story(*REVENUE_ONLY)
    act = certification(telling)
    exhibit = exhibit_of(act)
    assert exhibit["ask"].startswith(
        "You are asked to certify in writing that non-GAAP revenue came to 403.3, and that each "
        "award earns 79.12"
    )
    with visit(telling.members[0], CERTIFIED) as browser:
        page = words(browser.get(f"/committee/acts/{act.public_id}/"))
    assert "The exhibit shows the last result of revenue on record." in page
    assert "before the period was over" not in page
    cast.sign_all(act, CERTIFIED)
    assert EarnedAward.objects.get().shares == 791  # 1,000 × 79.125 %, rounded down


def test_a_result_reported_before_the_period_was_over_is_pointed_out(visit: Visit) -> None:
    telling = story(*REVENUE_ONLY, reported=date(2014, 12, 31))
    act = certification(telling)
    with visit(telling.members[0], CERTIFIED) as browser:
        page = words(browser.get(f"/committee/acts/{act.public_id}/"))
    assert (
        "The result of revenue was reported on 31 December 2014, before the period was over."
        in page
    )


def test_the_page_of_the_act_draws_goals_of_both_kinds(visit: Visit) -> None:
    telling = story(*BOTH)
    act = certification(telling)
    with visit(telling.members[0], CERTIFIED) as browser:
        answer = browser.get(f"/committee/acts/{act.public_id}/")
    assert answer.content.decode().count('class="chart"') == 4
    # Our line ends at the return of the whole period, not at that of the last segment.
    assert "OURS +40.00 %" in words(answer)
    assert "The goals were set on 4 March 2013, day 63 of 90." in words(answer)


def test_the_secretary_sees_what_each_goal_came_to(visit: Visit) -> None:
    telling = story(*BOTH)
    telling.measure(cast.noon(CERTIFIED))
    with visit(telling.secretary, CERTIFIED) as browser:
        page = words(browser.get("/certify/2013-2014/"))
    assert "Rank 1 of 5 until 31 December 2013" in page
    assert "Revenue 403.3" in page
    assert "Earned, of target 121.65 %" in page


def test_the_notice_says_all_goals_with_their_weights() -> None:
    telling = story(*BOTH)
    award = telling.holders["ann"].awards.get()
    text = " ".join(p for section in sections_of(award.notice) for p in section.paragraphs)
    assert (
        "2 goals decide together: total stockholder return against 4 peers (60 %) and non-GAAP "
        "revenue (40 %). What each pays is multiplied by its weight, and the sum is the per cent "
        "of target that is earned." in text
    )
    assert "Goal 1, for 60 %. The total stockholder return of the company's common stock" in text
    assert (
        "It is measured in segments, each from the last trading day before it and with its own "
        "place and payout, and the payouts are weighted: 1 January 2013 to 31 December 2013, 50 %; "
        "1 January 2014 to 31 December 2014, 50 %." in text
    )
    assert (
        "Goal 2, for 40 %. The company's revenue over the period is measured from GAAP, adjusted "
        "for acquisition costs and nothing else. 380 earns 50 % of target, 420 earns 100 % of "
        "target; by straight line between them, nothing below the first." in text
    )


def test_the_holder_reads_each_goal_in_own_shares(visit: Visit) -> None:
    """Of 1,000 at target: 60 % of 200 % are 1,200 shares, 40 % of 50 % are 200."""
    telling = story(*BOTH)
    award = telling.holders["ann"].awards.get()
    with visit(holder(telling, "ann"), IN_THE_PERIOD) as browser:
        page = words(browser.get(f"/my/awards/{award.public_id}/"))
    assert "2 goals decide together." in page
    assert "Goal 1: return against peers, weight 60 %" in page
    assert "75 and above 200 % 1,200" in page
    assert "1 January 2013 – 31 December 2013 weight 50 %" in page
    assert "Goal 2: revenue, weight 40 %" in page
    assert "adjusted for acquisition costs and nothing else" in page
    assert "below 380 0 % 0 380 50 % 200 420 and above 100 % 400" in page


def test_the_holder_reads_what_each_goal_achieved_once_it_is_certified(visit: Visit) -> None:
    telling = story(*BOTH, certified=True)
    award = telling.holders["ann"].awards.get()
    with visit(holder(telling, "ann"), date(2015, 3, 1)) as browser:
        page = words(browser.get(f"/my/awards/{award.public_id}/"))
    assert "You earned 1,216 shares." in page
    assert "Achieved: place 1 of 5, paying 200 %" in page
    assert "Achieved: place 3 of 5, paying 100 %" in page
    assert "Together they pay 150 % of target." in page
    assert "Achieved: 403.3" in page


def test_a_holder_measured_by_revenue_alone_reads_of_no_peers(visit: Visit) -> None:
    telling = story(*REVENUE_ONLY)
    award = telling.holders["ann"].awards.get()
    with visit(holder(telling, "ann"), IN_THE_PERIOD) as browser:
        page = words(browser.get(f"/my/awards/{award.public_id}/"))
    assert "What decides The company's revenue over the period decides." in page
    assert "420 and above 100 % 1,000" in page
    assert "peer" not in page


def test_more_goals_take_no_more_queries(visit: Visit) -> None:
    counts = []
    telling = story(*REVENUE_ONLY)
    award = telling.holders["ann"].awards.get()
    for goals in ((), BOTH):
        if goals:
            _set_anew(telling, goals)
        with visit(holder(telling, "ann"), IN_THE_PERIOD) as browser:
            browser.get(f"/my/awards/{award.public_id}/")
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(f"/my/awards/{award.public_id}/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def _set_anew(telling: Telling, goals: tuple[dict[str, Any], ...]) -> None:
    """The Committee sets other goals for the same period, inside the window."""
    relative = five_companies()["goal"] | {
        "kind": "relative_tsr",
        "negative_tsr_cap": None,
        "peer_events": {"acquired": "remove", "bankrupt": "bottom", "merged": "survivor_stays"},
    }
    asked = [g if g["kind"] == "financial" else relative | g for g in goals]
    act = propose_act(
        kind="goal",
        request={"period": telling.period.label, "goals": asked},
        by=telling.secretary,
        at=cast.noon(IN_WINDOW),
    )
    cast.sign_all(act, IN_WINDOW)
