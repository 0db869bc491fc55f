"""Setting a story up: its company, people, market and the Program's facts."""

import csv
import io
from datetime import date, timedelta
from typing import Any

from committee import members
from ltip.accounts import services as accounts
from ltip.desk.scenarios.reading import FileNotUnderstood
from ltip.desk.scenarios.telling import LONG_AGO, PASSWORD, Telling, noon
from ltip.program import selectors as program
from ltip.program.services import imports, limits, market, periods
from ltip.records import services as records
from participants.papers import supplements
from participants.people import services as people

COUNTRY_CODES = {"UK": "GB"}
STATUSES = ("covered", "specified", "officer")


def set_up(telling: Telling) -> None:
    """Record everything that the story takes for granted before its first act."""
    span = telling.sections["period"]
    files = _market_files(telling)
    telling.told_at = noon(_latest_day(telling, files) + timedelta(days=1))
    records.found_company(
        name="The company of the story",
        state_of_incorporation="Delaware",
        principal_office="1 Story Lane",
        time_zone="UTC",
        by=accounts.SYSTEM,
        at=telling.told_at,
    )
    telling.secretary = _staff(telling, "secretary")
    telling.administrator = _staff(telling, "stock_administrator")
    telling.approver = _staff(telling, "finance")
    names = telling.sections.get("program", {}).get("committee", ["chair", "second", "third"])
    telling.members = [_member(telling, name, index) for index, name in enumerate(names)]
    telling.period = periods.open_period(
        start_date=span["start"], end_date=span["end"], by=telling.secretary, at=telling.told_at
    )
    _program_facts(telling)
    _market(telling, files)
    for name, person in telling.sections.get("people", {}).items():
        _person(telling, name, person)
    if any(_country(person) == "GB" for person in telling.sections.get("people", {}).values()):
        supplements.record_supplement(
            **supplements.united_kingdom(),
            version="of the story",
            effective_on=LONG_AGO,
            by=telling.secretary,
            at=telling.told_at,
        )


def _staff(telling: Telling, role: str) -> Any:
    user = accounts.open_account(
        email=f"{role}@story.example",
        name=role.replace("_", " ").capitalize(),
        time_zone="UTC",
        by=accounts.SYSTEM,
        at=telling.told_at,
        password=PASSWORD,
    )
    accounts.assign_role(
        user=user, role=role, starts_on=LONG_AGO, by=accounts.SYSTEM, at=telling.told_at
    )
    return user


def _member(telling: Telling, name: str, index: int) -> Any:
    user = accounts.open_account(
        email=f"member-{index}@story.example",
        name=name,
        time_zone="UTC",
        by=accounts.SYSTEM,
        at=telling.told_at,
        password=PASSWORD,
    )
    members.seat_member(
        user=user,
        position="member" if index else "chair",
        starts_on=LONG_AGO,
        by=accounts.SYSTEM,
        at=telling.told_at,
    )
    return user


def _program_facts(telling: Telling) -> None:
    approved_on = telling.sections.get("program", {}).get("stockholder_approval_date")
    if approved_on:
        periods.record_stockholder_approval(
            approved_on=approved_on, by=telling.secretary, at=telling.told_at
        )
    _limits(telling)
    readings = telling.sections.get("program", {}).get("readings", {})
    if readings:
        request = {
            "readings": dict(readings),
            "effective_on": LONG_AGO.isoformat(),
            "reason": "As the story takes for granted.",
        }
        telling.adopt("reading", request, LONG_AGO)
    quarters = telling.sections["company"].get("fiscal_quarter_ends", [])
    if quarters:
        periods.record_fiscal_quarter_ends(days=quarters, by=telling.secretary, at=telling.told_at)


def _limits(telling: Telling) -> None:
    told = telling.sections.get("program", {})
    for key, kind in (("share_reserve", "reserve"), ("yearly_limit_per_person", "person_year")):
        if key in told:
            limits.record_plan_limit(
                kind=kind,
                shares=told[key],
                starts_on=LONG_AGO,
                by=telling.secretary,
                at=telling.told_at,
            )


def _person(telling: Telling, name: str, person: dict[str, Any]) -> None:
    statuses = {
        "grade": person["grade"],
        "kind": person.get("kind", "regular"),
        "country": _country(person),
        **{status: "yes" for status in STATUSES if person.get(status)},
    }
    employee = people.record_employee(
        number=name,
        name=name,
        email=f"{name}@story.example",
        hired_on=person["hired"],
        statuses=statuses,
        by=telling.secretary,
        at=telling.told_at,
    )
    if "promoted" in person:
        people.change_status(
            employee=employee,
            subject="grade",
            value=person["promoted"]["grade"],
            starts_on=person["promoted"]["on"],
            by=telling.secretary,
            at=telling.told_at,
        )
    user = accounts.open_account(
        email=f"{name}@story.example",
        name=name,
        time_zone="UTC",
        by=accounts.SYSTEM,
        at=telling.told_at,
        password=PASSWORD,
    )
    people.link_account(employee=employee, user=user, by=telling.secretary, at=telling.told_at)
    telling.holders[name] = employee


def _country(person: dict[str, Any]) -> str:
    told = person.get("country", "US")
    return COUNTRY_CODES.get(told, told)


def _market_files(telling: Telling) -> dict[str, bytes]:
    told = telling.sections.get("market", {})
    files = {}
    for key in ("prices", "actions"):
        if key in told:
            path = telling.story.path.parent / told[key]
            if not path.is_file():
                raise FileNotUnderstood(f"market.{key}: there is no file {told[key]}")
            files[key] = path.read_bytes()
    return files


def _latest_day(telling: Telling, files: dict[str, bytes]) -> date:
    days = [telling.sections["period"]["end"], telling.last_day()]
    told = telling.sections.get("market", {})
    for content in files.values():
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        days.append(date.fromisoformat(max(row["date"] for row in rows)))
    days += [entry["on"] for key in ("event", "action") for entry in told.get(key, [])]
    for closes in told.get("closes", {}).values():
        days += [date.fromisoformat(day) for day in closes]
    return max(days)


def _market(telling: Telling, files: dict[str, bytes]) -> None:
    told = telling.sections.get("market", {})
    periods.choose_trading_calendar(
        exchange_code="XNYS" if "prices" in files else "", by=telling.secretary, at=telling.told_at
    )
    own = telling.sections["company"]["ticker"]
    events = sorted(told.get("event", []), key=lambda event: event["on"])
    renamed_to = {event["to"] for event in events if event["kind"] == "renamed"}
    peers = [peer for goal in telling.goals() for peer in goal.get("peers", [])]
    named = [own, *peers, *told.get("closes", {})]
    named += [event["ticker"] for event in events]
    named += [event["with"] for event in events if "with" in event]
    for ticker in dict.fromkeys(named):
        if ticker not in renamed_to:
            market.register_security(
                ticker=ticker,
                name=ticker,
                starts_on=LONG_AGO,
                by=telling.secretary,
                at=telling.told_at,
                is_company=ticker == own,
            )
    for event in events:
        _event(telling, event)
    if told:
        _prices(telling, told, files)


def _event(telling: Telling, event: dict[str, Any]) -> None:
    before = event["on"] - timedelta(days=1)
    other = event.get("with")
    market.record_security_event(
        security=program.security_named(event["ticker"], on=before),
        kind=event["kind"],
        completed_on=event["on"],
        other=program.security_named(other, on=before) if other else None,
        new_ticker=event.get("to", ""),
        by=telling.secretary,
        at=telling.told_at,
    )


def _prices(telling: Telling, told: dict[str, Any], files: dict[str, bytes]) -> None:
    given = [
        (day, ticker, close)
        for ticker, closes in told.get("closes", {}).items()
        for day, close in closes.items()
    ]
    actions = [
        (action["on"], action["ticker"], action["kind"], action["amount"])
        for action in told.get("action", [])
    ]
    for closes_file, actions_file in (
        (files.get("prices"), files.get("actions")),
        (_csv("date,ticker,close", given), _csv("date,ticker,kind,amount", actions)),
    ):
        if closes_file or actions_file:
            imports.import_prices(
                closes=closes_file,
                actions=actions_file,
                by=telling.administrator,
                at=telling.told_at,
                new_securities=True,
            )


def _csv(header: str, rows: list[tuple[Any, ...]]) -> bytes | None:
    if not rows:
        return None
    lines = [",".join(str(cell) for cell in row) for row in rows]
    return "\n".join([header, *lines]).encode()
