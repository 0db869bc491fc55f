"""The act that certifies what a period achieved (P Award Determination, GA §4)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from committee.protocol import Adopted, Check, Evidence, Exhibit, Request
from ltip.program import selectors as program
from ltip.program.models import PerformancePeriod, TsrRun
from ltip.program.selectors import period_named
from ltip.records.locks import lock
from ltip.rules.awards import capped
from ltip.rules.calendars import day_text
from ltip.rules.earning import shares_earned
from ltip.rules.measurement import measured_under
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from ltip.rules.readings import DEFAULTS, reading_of
from ltip.rules.settling import determination_date, require_certifiable
from participants.awards import services
from participants.awards.models import Award, Certificate
from participants.awards.selectors import Standing, standings
from participants.kinds import certification_exhibit as drawn
from participants.kinds import certification_reductions as reductions
from participants.kinds.awards_named import holders_of
from participants.kinds.certification_checks import (
    DETERMINED_UNDER,
    goal_checks,
    inputs_check,
    reading_checks,
    result_checks,
)
from participants.kinds.certification_text import certification_resolution

PLACE = "P Award Determination"


class CertificationKind:
    key = "certification"
    # From 2 on each line holds the facts it was computed from, from 3 on awards may be reduced.
    schema_version = 3

    def subject(self, request: Request) -> str:
        return str(request["period"])

    def lock(self, request: Request) -> None:
        label = str(request["period"])
        holders = Award.objects.filter(period__label=label).values_list("employee_id", flat=True)
        lock(f"period:{label}", *[f"employee:{pk}" for pk in holders])

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        period = period_named(str(request["period"]))
        program.require_not_ended_by_control(period)
        report = program.annual_report_for(period)
        require_certifiable(
            period_end=period.end_date, filed_on=report.filed_on if report else None, on=on
        )
        run = _run(period, request.get("run"))
        result = program.result_of(run)
        payout = Decimal(result["payout"])
        readings = program.readings_on(on)
        by_filing = readings["determination.date"] == "filing"
        performed = [
            _line(
                standing,
                payout,
                on,
                readings,
                determination_date=report.filed_on if report and by_filing else on,
            )
            for standing in standings(period)
        ]
        lines = reductions.with_reductions(performed, request)
        total = sum(line["shares"] for line in lines)
        made_under = measured_under(program.inputs_of(run)) | {
            key: readings[key] for key in DETERMINED_UNDER
        }
        return {
            "title": f"Certify the {period.label} performance period",
            "ask": drawn.certification_ask(
                result, performed, sum(line["shares"] for line in performed)
            )
            + reductions.reduction_sentence(lines),
            "facts": [
                *drawn.certification_facts(result, lines, total),
                _readings_fact(made_under),
            ],
            "tables": drawn.certification_tables(
                result, lines, program.goals_of(period), made_under
            ),
            "charts": drawn.certification_charts(result, program.goals_of(period)),
            "consequences": [
                f"The Determination Date is {day_text(report.filed_on)}, when the annual report "
                "was filed."
                if report and by_filing
                else "The day on which it is adopted is the Determination Date.",
                "The Settlement Date is the 30th day after it; until then an award can be reduced.",
                *drawn.removed_sentences(result["goals"]),
                *reductions.reduction_consequences(lines),
            ],
            **certification_resolution(period, result, lines, total),
            "data": {
                "period": period.label,
                "run": str(run.public_id),
                "result_digest": run.result_digest,
                "inputs_digest": run.inputs_id,
                "filed_on": report.filed_on if report else None,
                "payout": result["payout"],
                "readings": made_under,
                "earned": [
                    {key: line[key] for key in ("award", "shares", "steps", "facts")}
                    for line in lines
                ],
                **reductions.reductions_kept(lines),
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
            *reading_checks(data["readings"], on),
            inputs_check(run),
            *result_checks(run),
            *goal_checks(period),
            *reductions.reduction_checks(exhibit),
        ]
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return holders_of(
            [[line["award"] for line in exhibit["data"]["earned"]] for exhibit in exhibits]
        )

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        period = period_named(data["period"])
        services.certify(
            period=period,
            run=_run(period, data["run"]),
            payout=data["payout"],
            earned=data["earned"],
            determination_date=determination_date(
                certified_on=adopted.act_date,
                filed_on=date.fromisoformat(data["filed_on"]),
                reading=data["readings"]["determination.date"],
            ),
            seal=adopted.seal,
        )
        reductions.carry_out_reductions(data, decided_on=adopted.act_date, seal=adopted.seal)

    def evidence(self, exhibit: Exhibit) -> Evidence:
        """The inputs and the result of the run, byte for byte."""
        data = exhibit["data"]
        run = _run(period_named(data["period"]), data["run"])
        files = {
            "run/inputs.json": bytes(run.inputs.content),
            "run/result.json": run.result.encode(),
        }
        return Evidence(files=files, seals=(run.seal_id,))


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
    standing: Standing,
    payout: Decimal,
    on: date,
    readings: Mapping[str, str],
    *,
    determination_date: date,
) -> dict[str, Any]:
    award, person = standing.award, standing.person
    earned = capped(
        shares=shares_earned(
            target=standing.target,
            payout=payout,
            period=award.period.span,
            determination_date=determination_date,
            end_of_service=person.leaving,
            on_determination_date=readings["termination.on_determination_date"],
            month_full=readings["month.full"],
            proration_cap=readings["proration.cap"],
            proration_rounding=readings["proration.rounding"],
            shares_rounding=readings["shares.rounding"],
        ),
        most=standing.cap(),
    )
    void = standing.void_steps(on)
    left = person.service_end
    granted = {
        "sentence": f"Target granted on {day_text(award.grant_date)}",
        "figure": shares_text(award.target_shares),
        "place": "P Grants",
    }
    steps = [granted, *[asdict(step) for step in (*standing.target_steps, *earned.steps)]]
    steps += [asdict(step) for step in void]
    return {
        "award": str(award.public_id),
        "holder": person.employee.name,
        "target": standing.target,
        "shares": 0 if void else earned.value,
        "note": f"left on {day_text(left.ended_on)}: {left.get_reason_display().lower()}"
        if left
        else "",
        "steps": steps,
        "facts": {
            "granted": award.target_shares,
            "changes": standing.changes_before_determination,
            "end_of_service": person.leaving,
            "void": bool(void),
        },
    }


def _readings_fact(made_under: Mapping[str, str]) -> dict[str, Any]:
    """The readings behind the figures, each with what it means."""
    otherwise = sum(DEFAULTS[key] != value for key, value in made_under.items())
    return {
        "label": "Readings",
        "value": f"{otherwise} of {len(made_under)} decided otherwise"
        if otherwise
        else "By default",
        "steps": [
            {
                "sentence": f"{reading_of(key=key).question} {reading_of(key=key).meanings[value]}",
                "figure": "",
                "place": reading_of(key=key).place,
            }
            for key, value in sorted(made_under.items())
        ],
    }
