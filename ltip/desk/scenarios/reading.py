"""Reading a scenario file: every key known, or the file is refused."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any


class FileNotUnderstood(Exception):
    """The file has a key that is unknown, missing, or of the wrong kind."""


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario as read: its sections as plain values, and where it stands."""

    path: Path
    sentence: str
    cites: tuple[str, ...]
    sections: dict[str, Any]


SECTIONS = {
    "scenario",
    "cites",
    "company",
    "program",
    "market",
    "period",
    "goal",
    "goals",
    "people",
    "act",
    "expect",
}
RELATIVE_GOAL = {
    "kind",
    "on",
    "weight",
    "peers",
    "averaging_days",
    "percentile",
    "schedule",
    "between_points",
    "negative_tsr_cap",
    "peer_events",
    "segments",
}
FINANCIAL_GOAL = {
    "kind",
    "on",
    "weight",
    "measure",
    "schedule",
    "between_points",
    "adjustments",
}
PERSON = {
    "hired",
    "grade",
    "kind",
    "covered",
    "specified",
    "officer",
    "country",
    "promoted",
}
ACTS: dict[str, tuple[set[str], set[str]]] = {
    "designate": ({"who"}, set()),
    "grant": ({"who", "shares"}, set()),
    "sign": ({"who"}, set()),
    "terminate": ({"who", "reason"}, {"deferred"}),
    "file_10k": ({"for"}, set()),
    "certify": (set(), set()),
    "report": ({"measure", "gaap"}, {"adjustments"}),
    "reduce": ({"who", "to"}, set()),
    "increase": ({"who", "to"}, set()),
    "settle": (set(), {"tax", "fair_market_value"}),
    "change_in_control": (set(), set()),
    "adjust": ({"split"}, set()),
    "transfer": ({"who"}, set()),
    "amend": (set(), {"adverse_to", "consents", "kind"}),
    "parachute": ({"who", "base_amount", "payments", "tax_rate"}, set()),
    "recover": ({"who", "shares"}, set()),
}
EXPECTATIONS = {
    "window_closes",
    "goal_window_closes",
    "period_ends",
    "rank",
    "ranked",
    "percentile",
    "payout",
    "determination_date",
    "settlement_date",
    "refused",
    "tsr",
    "people",
}
PERSON_EXPECTATIONS = {
    "eligible",
    "granted",
    "earned",
    "settles_on",
    "withheld",
    "delivered",
    "owes",
    "returned",
    "status",
    "parachute",
}
PARACHUTE_EXPECTATIONS = {"choice", "excise", "paid"}
EVENT = {"on", "ticker", "kind", "with", "to"}


def read_story(path: Path) -> Story:
    """Read one file; refuses, naming the key, what it does not understand."""
    try:
        with path.open("rb") as file:
            data = tomllib.load(file, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileNotUnderstood(f"not a TOML file: {error}") from None
    _only(data, SECTIONS, "")
    for key in ("scenario", "company", "period"):
        _need(data, key, "")
    _only(data["company"], {"ticker", "fiscal_quarter_ends"}, "company.")
    _need(data["company"], "ticker", "company.")
    _only(data["period"], {"start", "end"}, "period.")
    for key in ("start", "end"):
        _day(data["period"], key, "period.")
    _program(data.get("program", {}))
    _market(data.get("market", {}))
    _goals(data)
    for name, person in data.get("people", {}).items():
        _only(person, PERSON, f"people.{name}.")
        _need(person, "grade", f"people.{name}.")
        _day(person, "hired", f"people.{name}.")
        if "promoted" in person:
            _only(person["promoted"], {"on", "grade"}, f"people.{name}.promoted.")
    for number, act in enumerate(data.get("act", []), start=1):
        _act(act, f"act {number}: ", set(data.get("people", {})))
    _expect(data.get("expect", {}), set(data.get("people", {})))
    return Story(
        path=path,
        sentence=data["scenario"],
        cites=tuple(data.get("cites", ())),
        sections=data,
    )


def _program(program: Mapping[str, Any]) -> None:
    known = {
        "stockholder_approval_date",
        "share_reserve",
        "yearly_limit_per_person",
        "committee",
        "readings",
    }
    _only(program, known, "program.")


def _market(market: Mapping[str, Any]) -> None:
    _only(market, {"prices", "actions", "event", "action", "closes"}, "market.")
    for event in market.get("event", []):
        _only(event, EVENT, "market.event.")
        _day(event, "on", "market.event.")
        for key in ("ticker", "kind"):
            _need(event, key, "market.event.")
    for action in market.get("action", []):
        _only(action, {"on", "ticker", "kind", "amount"}, "market.action.")
        _day(action, "on", "market.action.")
        for key in ("ticker", "kind", "amount"):
            _need(action, key, "market.action.")


def _goals(data: Mapping[str, Any]) -> None:
    if "goal" in data and "goals" in data:
        raise FileNotUnderstood("the keys goal and goals exclude each other")
    if "goal" in data:
        _goal(data["goal"], "goal.")
    for number, goal in enumerate(data.get("goals", []), start=1):
        _goal(goal, f"goals {number}: ")
        _need(goal, "weight", f"goals {number}: ")


def _goal(goal: Mapping[str, Any], where: str) -> None:
    kind = goal.get("kind", "relative_tsr")
    needed: tuple[str, ...] = ("measure", "schedule")
    if kind == "financial":
        known = FINANCIAL_GOAL
    elif kind == "relative_tsr":
        known = RELATIVE_GOAL
        needed = ("peers", "averaging_days", "percentile", "schedule", "between_points")
    else:
        raise FileNotUnderstood(f"{where}there is no goal of the kind “{kind}”")
    _only(goal, known, where)
    _day(goal, "on", where)
    for key in needed:
        _need(goal, key, where)
    _only(goal.get("peer_events", {}), {"acquired", "bankrupt", "merged"}, f"{where}peer_events.")
    for segment in goal.get("segments", []):
        _only(segment, {"end", "weight"}, f"{where}segments.")
        _day(segment, "end", f"{where}segments.")
        _need(segment, "weight", f"{where}segments.")


def _act(act: Mapping[str, Any], where: str, people: set[str]) -> None:
    _need(act, "do", where)
    _day(act, "on", where)
    do = act["do"]
    if do not in ACTS:
        raise FileNotUnderstood(f"{where}there is no act “{do}”")
    needed, optional = ACTS[do]
    _only(act, {"on", "do", "refused", *needed, *optional}, where)
    for key in needed:
        _need(act, key, where)
    who = act.get("who", [])
    named = [who] if isinstance(who, str) else [*who]
    for name in [*named, *act.get("adverse_to", []), *act.get("consents", []), *act.get("tax", {})]:
        if name not in people:
            raise FileNotUnderstood(f"{where}there is no person “{name}”")


def _expect(expect: Mapping[str, Any], people: set[str]) -> None:
    _only(expect, EXPECTATIONS, "expect.")
    for name, person in expect.get("people", {}).items():
        if name not in people:
            raise FileNotUnderstood(f"expect.people.{name}: there is no such person")
        _only(person, PERSON_EXPECTATIONS, f"expect.people.{name}.")
        _only(
            person.get("parachute", {}), PARACHUTE_EXPECTATIONS, f"expect.people.{name}.parachute."
        )


def _only(table: Any, known: set[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise FileNotUnderstood(f"{where.rstrip('.')} is not a table")
    for key in table:
        if key not in known:
            raise FileNotUnderstood(f"the key {where}{key} is not known")


def _need(table: Mapping[str, Any], key: str, where: str) -> None:
    if key not in table:
        raise FileNotUnderstood(f"the key {where}{key} is missing")


def _day(table: Mapping[str, Any], key: str, where: str) -> None:
    _need(table, key, where)
    if type(table[key]) is not date:
        raise FileNotUnderstood(f"{where}{key} is not a date")
