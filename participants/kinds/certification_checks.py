"""What is checked of a certification besides its period: the readings, run, results and goals."""

from collections.abc import Mapping
from datetime import date

from committee.protocol import Check
from ltip.program import selectors as program
from ltip.program.models import CorporateAction, DailyClose, PerformancePeriod, TsrRun
from ltip.rules.calendars import day_text
from ltip.rules.readings import reading_of

DETERMINED_UNDER = (
    "determination.date",
    "termination.on_determination_date",
    "month.full",
    "proration.cap",
    "proration.rounding",
    "shares.rounding",
)


def reading_checks(made_under: Mapping[str, str], on: date) -> list[Check]:
    """Whether the run was measured as the Committee reads the Program on the day of the act."""
    now = program.readings_on(on)
    changed = [
        key
        for key, value in made_under.items()
        if key not in DETERMINED_UNDER and now[key] != value
    ]
    return [
        Check(
            passed=False,
            sentence=f"{reading_of(key=key).question} The Committee has answered this otherwise "
            "since the run was made: a new run is needed.",
            place="P Administration",
        )
        for key in changed
    ]


def inputs_check(run: TsrRun) -> Check:
    """Whether prices of the period were corrected since the run was made."""
    span = (run.period.start_date, run.measured_until)
    newer = {"source__seal_id__gt": run.seal_id}
    corrected = (
        DailyClose.objects.filter(date__range=span, revision__gt=0, **newer).exists()
        or CorporateAction.objects.filter(ex_date__range=span, **newer).exists()
    )
    return Check(
        passed=not corrected,
        sentence="Prices of the period were corrected after this run: compare with a new one."
        if corrected
        else "No price of the period was corrected since the run.",
        place="GA §2",
        information=True,
    )


def result_checks(run: TsrRun) -> list[Check]:
    """Whether the run used the results on record, and whether these are of the whole period."""
    used = {result["measure"]: result for result in program.inputs_of(run).get("results", [])}
    checks = []
    for result in program.financial_results_of(run.period):
        if result.measure not in used:
            continue
        checks.append(
            Check(
                passed=used[result.measure]["seal"] == result.seal_id,
                sentence=f"The exhibit shows the last result of {result.measure} on record.",
                place="P Performance Goals",
                information=True,
            )
        )
        if result.reported_on <= run.period.end_date:
            checks.append(
                Check(
                    passed=False,
                    sentence=f"The result of {result.measure} was reported on "
                    f"{day_text(result.reported_on)}, before the period was over.",
                    place="P Performance Goals",
                    information=True,
                )
            )
    return checks


def goal_checks(period: PerformancePeriod) -> list[Check]:
    """That the goals were set inside their window."""
    goals = program.goals_of(period)
    return [
        Check(
            passed=True,
            sentence=f"The {'goal was' if len(goals) == 1 else 'goals were'} set on "
            f"{day_text(goal.set_on)}, day {(goal.set_on - period.start_date).days + 1} of 90.",
            place="P Performance Goals",
        )
        for goal in goals[:1]
    ]
