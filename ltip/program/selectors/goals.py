"""Reading goals, and the results and runs that measure them."""

import json
from typing import Any

from ltip.program.models import FinancialResult, Goal, PerformancePeriod, TsrRun


def goals_of(period: PerformancePeriod) -> list[Goal]:
    """The goals in force for a period: those of the latest act that set any."""
    goals = list(Goal.objects.filter(period=period).order_by("-seal_id", "position"))
    return [goal for goal in goals if goal.seal_id == goals[0].seal_id]


def terms_of(goal: Goal) -> dict[str, Any]:
    """What the goal states."""
    terms: dict[str, Any] = json.loads(goal.terms)
    return terms


def financial_results_of(period: PerformancePeriod) -> list[FinancialResult]:
    """The results that count for a period, by measure, corrected ones left out."""
    results = FinancialResult.objects.filter(period=period, superseded_by__isnull=True)
    return list(results.order_by("measure", "pk"))


def adjustments_of(result: FinancialResult) -> dict[str, str]:
    """The amounts by which a result was adjusted, as text, by name."""
    adjustments: dict[str, str] = json.loads(result.adjustments)
    return adjustments


def measures_awaited() -> dict[int, list[str]]:
    """The measures of goals in force without a result on record, by period, in two queries."""
    latest: dict[int, list[Goal]] = {}
    for goal in Goal.objects.order_by("period_id", "seal_id", "position"):
        set_together = latest.setdefault(goal.period_id, [])
        if set_together and set_together[0].seal_id != goal.seal_id:
            set_together.clear()
        set_together.append(goal)
    reported = set(FinancialResult.objects.values_list("period_id", "measure"))
    awaited = {
        period_id: [
            measure
            for goal in goals
            if goal.kind == "financial"
            and (period_id, measure := str(terms_of(goal)["measure"])) not in reported
        ]
        for period_id, goals in latest.items()
    }
    return {period_id: measures for period_id, measures in awaited.items() if measures}


def latest_final_run(period: PerformancePeriod) -> TsrRun | None:
    return TsrRun.objects.filter(period=period, is_final=True).order_by("-pk").first()


def inputs_of(run: TsrRun) -> dict[str, Any]:
    """Everything the run used, as it was kept."""
    inputs: dict[str, Any] = json.loads(bytes(run.inputs.content))
    return inputs


def result_of(run: TsrRun) -> dict[str, Any]:
    """What the run found, with its steps."""
    result: dict[str, Any] = json.loads(run.result)
    return result
