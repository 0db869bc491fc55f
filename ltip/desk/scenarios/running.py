"""Running stories and holding what came out against what they expect."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from ltip.desk.scenarios.reading import FileNotUnderstood, Story, read_story
from ltip.desk.scenarios.telling import Telling
from ltip.program import selectors as program
from ltip.records import services as records
from participants.awards import selectors as awards
from participants.control import selectors as control
from participants.people import selectors as people


@dataclass(frozen=True, slots=True)
class Finding:
    """One expectation and whether it came true."""

    what: str
    expected: str
    came: str
    met: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one file."""

    path: Path
    sentence: str
    cites: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return all(finding.met for finding in self.findings)


class _Untold(Exception):
    """Carries the findings out of the transaction that is rolled back."""


def story_files(paths: list[Path]) -> list[Path]:
    """The files named, and those with the ending .toml in the folders named."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(path.glob("*.toml"))
        elif path.is_file():
            files.append(path)
        else:
            raise FileNotUnderstood(f"there is no file or folder {path}")
    return files


def run_story(path: Path) -> Report:
    """Run one story and roll everything back; a file not understood is one failed finding."""
    try:
        story = read_story(path)
    except FileNotUnderstood as error:
        return _not_understood(path, error)
    findings: list[Finding] = []
    try:
        with transaction.atomic():
            telling = Telling(story)
            try:
                with transaction.atomic():
                    telling.tell()
                    findings += _findings(story, telling)
            except records.Refused as refusal:
                findings.append(Finding("the story", "told to its end", str(refusal), False))
            connection.check_constraints()
            raise _Untold
    except _Untold:
        pass
    except FileNotUnderstood as error:
        return _not_understood(path, error)
    return Report(path, story.sentence, story.cites, tuple(findings))


def _not_understood(path: Path, error: FileNotUnderstood) -> Report:
    return Report(path, path.name, (), (Finding("the file", "understood", str(error), False),))


def _findings(story: Story, telling: Telling) -> Iterator[Finding]:
    for act, refusal in telling.refusals:
        yield from _act_finding(act, refusal)
    expect = story.sections.get("expect", {})
    yield from _period_findings(expect, telling)
    yield from _run_findings(expect, telling)
    for name, expected in expect.get("people", {}).items():
        came = _person(telling, name)
        for key, value in expected.items():
            if key == "parachute":
                yield from _parachute_findings(telling, name, value)
            else:
                yield _compare(f"{name}: {key}", value, came[key])


def _act_finding(act: dict[str, Any], refusal: str | None) -> Iterator[Finding]:
    what = f"{act['do']} on {act['on']}"
    if "refused" in act:
        met = refusal is not None and act["refused"] in refusal
        yield Finding(what, f"refused: {act['refused']}", refusal or "done", met)
    elif refusal is not None:
        yield Finding(what, "done", refusal, False)


def _period_findings(expect: dict[str, Any], telling: Telling) -> Iterator[Finding]:
    period = telling.period
    certificate = awards.certificate_of(period)
    came: dict[str, Any] = {
        "window_closes": program.window_closing_date(period).value,
        "goal_window_closes": program.covered_window_closing_date(period).value,
        "period_ends": awards.measured_until(period),
        "determination_date": certificate.determination_date if certificate else None,
        "settlement_date": certificate.settlement_date if certificate else None,
    }
    for key, value in came.items():
        if key in expect:
            yield _compare(key, expect[key], value)


def _run_findings(expect: dict[str, Any], telling: Telling) -> Iterator[Finding]:
    if "refused" in expect:
        try:
            telling.final_run()
        except records.Refused as refusal:
            met = expect["refused"] in str(refusal)
            yield Finding("the calculation", f"refused: {expect['refused']}", str(refusal), met)
        else:
            yield Finding("the calculation", f"refused: {expect['refused']}", "done", False)
    asked = [key for key in ("rank", "ranked", "percentile", "payout") if key in expect]
    if not asked and "tsr" not in expect:
        return
    result = program.result_of(telling.final_run())
    ranked = [goal for goal in result["goals"] if goal["kind"] == "relative_tsr"]
    came: dict[str, Any] = dict.fromkeys(("rank", "ranked", "percentile"))
    returns: dict[str, Decimal] = {}
    if ranked:
        goal = ranked[0]
        came = {
            "rank": goal["rank"],
            "ranked": goal["ranked"],
            "percentile": Decimal(goal["percentile"]),
        }
        returns = {row["ticker"]: Decimal(row["return"]) for row in goal["table"]}
    came["payout"] = Decimal(result["payout"])
    for key in asked:
        yield _compare(key, expect[key], came[key])
    for ticker, value in expect.get("tsr", {}).items():
        yield _compare(f"return of {ticker}", value, returns.get(ticker))


def _person(telling: Telling, name: str) -> dict[str, Any]:
    """What the story made of a person; money in units, None where nothing came."""
    employee = telling.holders[name]
    period, day = telling.period, telling.last_day()
    closes = program.window_closing_date(period).value
    eligible = (
        people.person(employee)
        .eligibility_for(period_start=period.start_date, on=closes)
        .value.eligible
    )
    came: dict[str, Any] = dict.fromkeys(
        ("granted", "earned", "settles_on", "withheld", "delivered", "owes", "returned")
    )
    came |= {"eligible": eligible, "status": "eligible" if eligible else "not_eligible"}
    if any(row.employee_id == employee.pk for row in awards.designated(period)):
        came["status"] = "designated"
    for standing in awards.standings_of(employee):
        came["status"] = standing.state_on(day)
        came["granted"] = standing.target
        if standing.earned:
            due = standing.entitlement().value
            came |= {"earned": due.shares, "settles_on": due.settles_on}
        elif came["status"] in ("forfeited", "void"):
            came["earned"] = 0
        settled = standing.settlement
        if settled:
            came |= {
                "withheld": settled.withheld,
                "delivered": settled.delivered,
                "owes": Decimal(settled.owed_minor) / 100,
                "returned": Decimal(settled.returned_minor) / 100,
            }
    return came


def _parachute_findings(telling: Telling, name: str, expected: dict[str, Any]) -> Iterator[Finding]:
    comparison = telling.parachutes.get(name)
    result = control.result_of(comparison) if comparison else {}
    came: dict[str, Any] = dict.fromkeys(("choice", "excise", "paid"))
    if comparison:
        came = {
            "choice": result["choice"],
            "excise": Decimal(result["excise_minor"]) / 100,
            "paid": Decimal(result["paid_minor"]) / 100,
        }
    for key, value in expected.items():
        yield _compare(f"{name}: parachute {key}", value, came[key])


def _compare(what: str, expected: Any, came: Any) -> Finding:
    if isinstance(expected, bool | str | date):
        met = expected == came
    elif came is None:
        met = False
    else:
        wanted = Decimal(str(expected))
        exponent = wanted.as_tuple().exponent
        places = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        met = Decimal(came).quantize(places, rounding=ROUND_HALF_EVEN) == wanted
    return Finding(what, str(expected), "nothing" if came is None else str(came), met)
