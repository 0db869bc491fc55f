"""The act by which the Committee sets the goals of a period (P Performance Goals)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from committee.kinds import goal_exhibit
from committee.kinds.goal_exhibit import goals_paragraphs, period_steps
from committee.kinds.goal_terms import PLACE, terms_of_goals
from committee.protocol import Adopted, Check, Exhibit, Request
from ltip.program import selectors
from ltip.program.models import Goal, GoalPeer, PerformancePeriod, Security
from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from ltip.rules.windows import require_open, window_closes

__all__ = ["KIND", "GoalKind", "goals_paragraphs", "period_steps", "set_goals", "window_check"]


class GoalKind:
    key = "goal"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return str(request["period"])

    def lock(self, request: Request) -> None:
        lock(f"period:{request['period']}")

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        period = selectors.period_named(str(request["period"]))
        goals = terms_of_goals(request["goals"], period)
        replaced = selectors.goals_of(period)
        is_one = len(goals) == 1
        return {
            "title": goal_exhibit.goals_title(period, goals),
            "ask": goal_exhibit.goals_ask(period, goals),
            "facts": goal_exhibit.goals_facts(period, goals),
            "tables": goal_exhibit.goals_tables(period, goals),
            "charts": goal_exhibit.goals_charts(goals),
            "consequences": [
                "The goal is frozen: after the window it moves only by what it names itself."
                if is_one
                else "The goals are frozen: after the window they move only by what they name.",
                *(
                    [
                        f"{'It replaces' if is_one else 'They replace'} the "
                        f"{'goal' if len(replaced) == 1 else 'goals'} set on "
                        f"{day_text(replaced[0].set_on)}."
                    ]
                    if replaced
                    else []
                ),
            ],
            **goal_exhibit.goals_resolution(period, goals),
            "data": {
                "period": period.label,
                "start": period.start_date,
                "end": period.end_date,
                "goals": goals,
                "replaces_seal": replaced[0].seal_id if replaced else None,
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        period = selectors.period_named(exhibit["data"]["period"])
        checks = [window_check(period, on=on, what="goals", place=PLACE)]
        approval = selectors.stockholder_approval_date()
        if approval is not None:
            closes = selectors.closing_date_of_act(
                period,
                on=on,
                covered=True,
                readings=selectors.readings_on(on),
                approved_on=approval,
            ).value
            checks.append(
                Check(
                    passed=on <= closes,
                    sentence=f"For Covered Employees the window closes on {day_text(closes)}.",
                    place="P Administration",
                    information=True,
                )
            )
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return [frozenset() for _ in exhibits]

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        set_goals(
            period=selectors.period_named(data["period"]),
            goals=data["goals"],
            set_on=adopted.act_date,
            seal=adopted.seal,
        )


KIND = GoalKind()


def set_goals(
    *, period: PerformancePeriod, goals: Sequence[dict[str, Any]], set_on: date, seal: Seal
) -> None:
    """Write the goals of a period, their terms as `terms_of_goals` gave them, under a seal."""
    for position, terms in enumerate(goals, start=1):
        goal = Goal.objects.create(
            period=period,
            seal=seal,
            position=position,
            kind=terms["kind"],
            weight=Decimal(terms["weight"]),
            set_on=set_on,
            terms=canonical_text(terms),
        )
        ids = [peer["security"] for peer in terms.get("peers", [])]
        peers = Security.objects.filter(public_id__in=ids).order_by("pk")
        GoalPeer.objects.bulk_create(GoalPeer(goal=goal, security=peer) for peer in peers)


def window_check(period: PerformancePeriod, *, on: date, what: str, place: str) -> Check:
    """Whether the 90-day window of a period is open on a day, as a check."""
    readings = selectors.readings_on(on)
    closes = window_closes(period=period.span, counting=readings["window.counting"]).value
    try:
        selectors.require_not_ended_by_control(period)
        require_open(
            period=period.span,
            on=on,
            closes=closes,
            what=what,
            place=place,
            opening=readings["window.opening"],
        )
    except Refused as refusal:
        return Check(passed=False, sentence=refusal.reason, place=refusal.place)
    return Check(
        passed=True,
        sentence=f"The window for {what} is open until {day_text(closes)}.",
        place=place,
    )
