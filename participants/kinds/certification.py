"""The act that certifies what a period achieved (P Award Determination, GA §4)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from committee.protocol import Adopted, Check, Exhibit, Request
from ltip.program import selectors as program
from ltip.program.models import CorporateAction, DailyClose, PerformancePeriod, TsrRun
from ltip.program.selectors import period_named
from ltip.records.locks import lock
from ltip.rules.awards import capped
from ltip.rules.calendars import day_text
from ltip.rules.earning import shares_earned
from ltip.rules.outcome import Refused
from ltip.rules.quantities import number_text, percent_text, return_text, shares_text
from ltip.rules.settling import require_certifiable
from participants.awards import services
from participants.awards.models import Award, Certificate
from participants.awards.selectors import Standing, standings

PLACE = "P Award Determination"


class CertificationKind:
    key = "certification"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return str(request["period"])

    def lock(self, request: Request) -> None:
        label = str(request["period"])
        holders = Award.objects.filter(period__label=label).values_list("employee_id", flat=True)
        lock(f"period:{label}", *[f"employee:{pk}" for pk in holders])

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        period = period_named(str(request["period"]))
        report = program.annual_report_for(period)
        require_certifiable(
            period_end=period.end_date, filed_on=report.filed_on if report else None, on=on
        )
        run = _run(period, request.get("run"))
        result = program.result_of(run)
        payout = Decimal(result["payout"])
        readings = program.readings_on(on)
        lines = [_line(standing, payout, on, readings) for standing in standings(period)]
        total = sum(line["shares"] for line in lines)
        goals = result["goals"]
        return {
            "title": f"Certify the {period.label} performance period",
            "ask": _ask(result, lines, total),
            "facts": _facts(result, lines, total),
            "tables": [_ranking(goal) for goal in goals] + [_earned_table(lines)],
            "charts": _charts(result, program.goals_of(period)),
            "consequences": [
                "The day of the last signature is the Determination Date.",
                "The Settlement Date is the 30th day after it; until then an award can be reduced.",
                *_removed(goals),
            ],
            "resolution": _resolution(period, result, lines, total),
            "data": {
                "period": period.label,
                "run": str(run.public_id),
                "result_digest": run.result_digest,
                "inputs_digest": run.inputs_id,
                "filed_on": report.filed_on if report else None,
                "payout": result["payout"],
                "earned": [
                    {"award": line["award"], "shares": line["shares"], "steps": line["steps"]}
                    for line in lines
                ],
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        period = period_named(data["period"])
        report = program.annual_report_for(period)
        checks = [
            Check(
                passed=on > period.end_date,
                sentence=f"The period ended on {day_text(period.end_date)}.",
                place="GA §4",
            ),
            Check(
                passed=report is not None and report.filed_on <= on,
                sentence=f"The annual report was filed on {day_text(report.filed_on)}."
                if report
                else "The annual report for the last fiscal year is not filed.",
                place="GA §4",
            ),
        ]
        certificate = Certificate.objects.filter(period=period).first()
        if certificate:
            checks.append(
                Check(
                    passed=False,
                    sentence=f"The period was certified on "
                    f"{day_text(certificate.determination_date)}.",
                    place=PLACE,
                )
            )
        run = _run(period, data["run"])
        latest = program.latest_final_run(period)
        checks += [
            Check(
                passed=latest is not None and latest.pk == run.pk,
                sentence="The exhibit shows the latest final run.",
                place="GA §2",
            ),
            _inputs_check(run),
            *_goal_checks(period),
        ]
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        groups = [[line["award"] for line in exhibit["data"]["earned"]] for exhibit in exhibits]
        holders = Award.objects.filter(
            public_id__in={award for group in groups for award in group},
            employee__user__isnull=False,
        ).values_list("public_id", "employee__user__public_id")
        accounts = {str(award): str(account) for award, account in holders}
        return [
            frozenset(accounts[award] for award in group if award in accounts) for group in groups
        ]

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        period = period_named(data["period"])
        services.certify(
            period=period,
            run=_run(period, data["run"]),
            payout=data["payout"],
            earned=data["earned"],
            determination_date=adopted.act_date,
            seal=adopted.seal,
        )


KIND = CertificationKind()


def _run(period: PerformancePeriod, public_id: Any) -> TsrRun:
    run = TsrRun.objects.filter(period=period, is_final=True, public_id=public_id).first()
    if run is None:
        raise Refused(
            f"There is no final run of the period {period.label} to certify from.",
            place="GA §2",
            remedy="The stock administrator makes one first.",
        )
    return run


def _line(
    standing: Standing, payout: Decimal, on: date, readings: Mapping[str, str]
) -> dict[str, Any]:
    award, person = standing.award, standing.person
    earned = capped(
        shares=shares_earned(
            target=standing.target,
            payout=payout,
            period=award.period.span,
            determination_date=on,
            end_of_service=person.leaving,
            on_determination_date=readings["termination.on_determination_date"],
            month_full=readings["month.full"],
            proration_cap=readings["proration.cap"],
            proration_rounding=readings["proration.rounding"],
            shares_rounding=readings["shares.rounding"],
        ),
        most=standing.cap(),
    )
    void = standing.state_on(on) == "void"
    left = person.service_end
    granted = {
        "sentence": f"Target granted on {day_text(award.grant_date)}",
        "figure": shares_text(award.target_shares),
        "place": "P Grants",
    }
    steps = [granted, *[asdict(step) for step in (*standing.target_steps, *earned.steps)]]
    if void:
        steps.append({"sentence": "The award is void.", "figure": "0", "place": "GA §10"})
    return {
        "award": str(award.public_id),
        "holder": person.employee.name,
        "target": standing.target,
        "shares": 0 if void else earned.value,
        "note": f"left on {day_text(left.ended_on)}: {left.get_reason_display().lower()}"
        if left
        else "",
        "steps": steps,
    }


def _ask(result: dict[str, Any], lines: list[dict[str, Any]], total: int) -> str:
    goal = result["goals"][0]
    earning = sum(line["shares"] > 0 for line in lines)
    return (
        f"You are asked to certify in writing that the company ranked "
        f"{goal['rank']} of {goal['ranked']}, percentile "
        f"{number_text(Decimal(goal['percentile']), places=1)}, and that each award earns "
        f"{percent_text(Decimal(result['payout']))} of its target: {shares_text(total)} shares "
        f"for {earning} of {len(lines)} holders."
    )


def _facts(result: dict[str, Any], lines: list[dict[str, Any]], total: int) -> list[dict[str, Any]]:
    goal = result["goals"][0]
    return [
        {
            "label": "Rank",
            "value": f"{goal['rank']} of {goal['ranked']}",
            "steps": goal["rank_steps"] + goal["peer_steps"],
        },
        {
            "label": "Percentile",
            "value": number_text(Decimal(goal["percentile"]), places=2),
            "steps": goal["percentile_steps"],
        },
        {
            "label": "Earned",
            "value": percent_text(Decimal(result["payout"])),
            "steps": goal["payout_steps"] + result["payout_steps"],
        },
        {
            "label": "Shares in all",
            "value": shares_text(total),
            "steps": [
                {
                    "sentence": f"Earned by {line['holder']}",
                    "figure": shares_text(line["shares"]),
                    "place": PLACE,
                }
                for line in lines
            ],
        },
    ]


def _ranking(goal: dict[str, Any]) -> dict[str, Any]:
    words = {"bottom": "counted at −100 %", "frozen": "at its last return"}
    return {
        "caption": "Ranking",
        "columns": [
            {"label": "Place", "numeric": True},
            {"label": "Company", "numeric": False},
            {"label": "Total stockholder return", "numeric": True},
        ],
        "rows": [
            {
                "cells": [str(row["rank"]), row["ticker"], return_text(Decimal(row["return"]))],
                "own": row["own"],
                "note": words.get(row["standing"], ""),
                "steps": row["steps"],
            }
            for row in goal["table"]
        ],
    }


def _earned_table(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "caption": "What each award earns",
        "columns": [
            {"label": "Holder", "numeric": False},
            {"label": "Target", "numeric": True},
            {"label": "Earned", "numeric": True},
        ],
        "rows": [
            {
                "cells": [line["holder"], shares_text(line["target"]), shares_text(line["shares"])],
                "own": False,
                "note": line["note"],
                "steps": line["steps"],
            }
            for line in lines
        ],
    }


def _charts(result: dict[str, Any], goals: list[Any]) -> list[dict[str, Any]]:
    charts: list[dict[str, Any]] = [
        {
            "kind": "returns",
            "title": "Total stockholder return",
            "description": "Dividends reinvested; the peers in grey.",
            "data": {"paths": result["paths"]},
        }
    ]
    for goal, found in zip(goals, result["goals"], strict=True):
        terms = program.terms_of(goal)
        charts.append(
            {
                "kind": "schedule",
                "title": f"The schedule set on {day_text(goal.set_on)}",
                "description": f"The result is the percentile "
                f"{number_text(Decimal(found['percentile']), places=1)}, paying "
                f"{percent_text(Decimal(found['payout']))}.",
                "data": {
                    "points": terms["schedule"],
                    "between_points": terms["between_points"],
                    "result": [found["percentile"], found["payout"]],
                },
            }
        )
    return charts


def _removed(goals: list[dict[str, Any]]) -> list[str]:
    return [
        f"{ticker} left the peer group, as the goal says." for g in goals for ticker in g["removed"]
    ]


def _resolution(
    period: PerformancePeriod, result: dict[str, Any], lines: list[dict[str, Any]], total: int
) -> list[str]:
    goal = result["goals"][0]
    return [
        f"RESOLVED, that the Committee certifies that over the performance period from "
        f"{day_text(period.start_date)} to {day_text(period.end_date)} the company's total "
        f"stockholder return was {return_text(Decimal(goal['own_return']))}, its rank "
        f"{goal['rank']} of {goal['ranked']} and its percentile "
        f"{number_text(Decimal(goal['percentile']), places=4)}, and that the goal was thereby "
        f"achieved to {percent_text(Decimal(result['payout']), places=4)} of target.",
        f"RESOLVED FURTHER, that the holders named in the exhibit have earned "
        f"{shares_text(total)} shares of common stock, each the number beside the name.",
    ]


def _inputs_check(run: TsrRun) -> Check:
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


def _goal_checks(period: PerformancePeriod) -> list[Check]:
    return [
        Check(
            passed=True,
            sentence=f"The goal was set on {day_text(goal.set_on)}, day "
            f"{(goal.set_on - period.start_date).days + 1} of 90.",
            place="P Performance Goals",
        )
        for goal in program.goals_of(period)
    ]
