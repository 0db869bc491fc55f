"""The inputs of a run taken apart into single facts, so that one of them can be exchanged."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from ltip.program.goal_words import goal_name
from ltip.program.words import EVENTS, price_words
from ltip.rules.calendars import day_text
from ltip.rules.canonical import canonical_text

Key: TypeAlias = tuple[Any, ...]
Facts: TypeAlias = dict[Key, Any]

# What is compared, in the order in which a person would ask for it.
ORDER = (
    "period",
    "until",
    "goal",
    "term",
    "reading",
    "result",
    "event",
    "company",
    "security",
    "action",
    "close",
    "day",
)


def facts_of(inputs: Mapping[str, Any]) -> Facts:
    """Each fact of a run's inputs under a key of its own: `("close", security, day)`."""
    facts: Facts = {("until",): inputs["until"], ("company",): inputs["company"]}
    facts |= {("period", key): inputs["period"][key] for key in ("start", "end")}
    for number, goal in enumerate(inputs["goals"]):
        name = goal.get("measure", "")
        facts[("goal", number)] = (goal["kind"], name)
        facts |= {("term", number, key): value for key, value in goal.items()}
    facts |= {("reading", key): value for key, value in inputs.get("readings", {}).items()}
    for found in inputs.get("results", []):
        kept = {key: value for key, value in found.items() if key != "seal"}
        facts[("result", found["measure"])] = kept
    for event in inputs["events"]:
        facts[("event", event["on"], event["ticker"], event["kind"], event["other"])] = True
    facts |= {("day", day): True for day in inputs["trading_days"]}
    for security in inputs["securities"]:
        known_as = security["security"]
        facts[("security", known_as)] = (security["ticker"], security["name"])
        facts |= {("close", known_as, day): text for day, text in security["closes"]}
        facts |= {("action", known_as, on, kind): text for on, kind, text in security["actions"]}
    return facts


def inputs_from(facts: Facts) -> dict[str, Any]:
    """Inputs that can be measured, made of facts again."""
    inputs: dict[str, Any] = {
        "period": {"label": ""},
        "goals": {},
        "readings": {},
        "results": [],
        "events": [],
        "trading_days": [],
    }
    securities: dict[str, dict[str, Any]] = {}
    traded: list[tuple[Key, Any]] = []
    for key, value in facts.items():
        if key[0] in ("close", "action"):  # nearly all of them
            traded.append((key, value))
            continue
        match key:
            case ("until" | "company" as name,):
                inputs[name] = value
            case ("period", part):
                inputs["period"][part] = value
            case ("reading", name):
                inputs["readings"][name] = value
            case ("term", number, name):
                inputs["goals"].setdefault(number, {})[name] = value
            case ("result", _measure):
                inputs["results"].append(value)
            case ("event", on, ticker, kind, other):
                event = {"on": on, "ticker": ticker, "kind": kind, "other": other}
                inputs["events"].append(event)
            case ("day", day):
                inputs["trading_days"].append(day)
            case ("security", known_as):
                names = {"security": known_as, "ticker": value[0], "name": value[1]}
                securities[known_as] = {**names, "closes": [], "actions": []}
    for key, value in traded:
        kept = securities[key[1]]["closes" if key[0] == "close" else "actions"]
        kept.append([*key[2:], value])
    return inputs | {
        "goals": [goal for _number, goal in sorted(inputs["goals"].items())],
        "trading_days": sorted(inputs["trading_days"]),
        "events": sorted(inputs["events"], key=canonical_text),
        "securities": sorted(securities.values(), key=lambda each: each["ticker"]),
    }


def day_of(key: Key) -> str | None:
    """The day of a fact that has one."""
    places = {"close": 2, "action": 2, "event": 1, "day": 1}
    return key[places[key[0]]] if key[0] in places else None


def named(key: Key, facts: Facts) -> str:
    """What a fact is called on a page."""
    match key:
        case ("close", security, day):
            words = {"ticker": _ticker(security, facts), "day": _day(day)}
            return _("%(ticker)s: close of %(day)s") % words
        case ("action", security, on, kind):
            what = {"dividend": _("dividend"), "split": _("split"), "spin_off": _("spin-off")}[kind]
            words = {"ticker": _ticker(security, facts), "what": what, "day": _day(on)}
            return _("%(ticker)s: %(what)s of %(day)s") % words
        case ("event", on, ticker, kind, _other):
            return _("%(ticker)s: %(what)s, %(day)s") % {
                "ticker": ticker,
                "what": EVENTS[kind],
                "day": _day(on),
            }
        case ("security", security):
            return _("Company %(ticker)s") % {"ticker": _ticker(security, facts)}
        case ("term", number, name):
            return f"{_goal(number, facts)}: {name.replace('_', ' ')}"
        case ("goal", number):
            return _goal(number, facts)
        case ("reading", name):
            return _("Reading %(key)s") % {"key": name}
        case ("result", measure):
            return _("Result of %(measure)s") % {"measure": measure}
        case ("day", day):
            return _("Trading day %(day)s") % {"day": _day(day)}
        case ("period", part):
            return _("First day of the period") if part == "start" else _("Last day of the period")
        case ("company",):
            return _("The company")
    return _("Measured until")


def said(key: Key, value: Any, facts: Facts) -> str:
    """What a fact says, on a page; empty where a run has no such fact."""
    match key, value:
        case _key, None:
            return ""
        case ("close", *_rest), _text:
            return price_words(Decimal(value))
        case ("until" | "period", *_rest), _text:
            return _day(value)
        case ("event" | "day", *_rest), _text:
            return _("on record")
        case ("security", *_rest), (_ticker_then, name):
            return str(name)
        case ("goal", _number), (kind, measure):
            return goal_name({"kind": kind, "measure": measure, "basis": "gaap"})
        case ("term", _number, "peers"), _list:
            return ", ".join(_ticker(peer["security"], facts) for peer in value)
        case ("term", _number, "schedule"), _list:
            return ", ".join(f"{at} → {pays} %" for at, pays in value)
        case ("term", _number, "peer_events"), _mapping:
            return ", ".join(f"{kind}: {treated}" for kind, treated in value.items())
        case ("result", *_rest), _found:
            return "; ".join(
                [value["gaap"], *(f"{n} {text}" for n, text in value["adjustments"].items())]
            )
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _goal(number: int, facts: Facts) -> str:
    return _("Goal %(number)s") % {"number": number + 1}


def _ticker(security: str, facts: Facts) -> str:
    ticker: str = facts.get(("security", security), ("?", ""))[0]
    return ticker


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text))
