"""Telling a story: its facts set up, its acts done in their order, through the services."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from committee import selectors as committee_reading
from committee import services as committee
from ltip.accounts import services as accounts
from ltip.desk.scenarios.reading import FileNotUnderstood, Story
from ltip.jobs import services as jobs
from ltip.program import selectors as program
from ltip.program.services import imports, market, measuring, periods
from ltip.records import services as records
from participants.awards import selectors as awards
from participants.papers import selectors as papers_reading
from participants.papers import services as papers
from participants.people import services as people
from participants.settlement import selectors as settlement_reading
from participants.settlement import services as settlement

LONG_AGO = date(1900, 1, 1)
PASSWORD = "a story, and nothing but a story"  # noqa: S105 - of a database that is thrown away
STATUSES = ("covered", "specified", "officer")


class Telling:
    """One story on an empty database, inside a transaction that its caller rolls back."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.sections = story.sections
        self.holders: dict[str, Any] = {}
        self.refusals: list[tuple[dict[str, Any], str | None]] = []

    def tell(self) -> None:
        """Set up the facts and do every act; acts that are refused are kept with the reason."""
        self._set_up()
        goal = self.sections.get("goal")
        acts: list[tuple[date, Callable[[], None], dict[str, Any] | None]] = []
        if goal:
            acts.append((goal["on"], lambda: self._set_goal(goal), None))
        for act in self.sections.get("act", []):
            acts.append((act["on"], self._doing(act), act))
        for _, do, told in sorted(acts, key=lambda entry: entry[0]):
            self._attempt(do, told)

    def last_day(self) -> date:
        """The day on which the story ends: that of its last act."""
        days = [act["on"] for act in self.sections.get("act", [])]
        return max([self.sections["period"]["start"], *days])

    def final_run(self) -> Any:
        """The run that the story certified, or else one made when the period is over."""
        run = program.latest_final_run(self.period)
        if run is None:
            after = max(self.last_day(), self.period.end_date + timedelta(days=1))
            run = self._measure(_noon(after))
        return run

    def _attempt(self, do: Callable[[], None], told: dict[str, Any] | None) -> None:
        try:
            with transaction.atomic():
                do()
        except records.Refused as refusal:
            if told is None:
                raise
            self.refusals.append((told, str(refusal)))
        else:
            if told is not None:
                self.refusals.append((told, None))

    def _doing(self, act: dict[str, Any]) -> Callable[[], None]:
        doing: dict[str, Callable[[dict[str, Any]], None]] = {
            "designate": self._designate,
            "grant": self._grant,
            "sign": self._sign,
            "terminate": self._terminate,
            "file_10k": self._file_10k,
            "certify": self._certify,
            "settle": self._settle,
        }
        return lambda: doing[act["do"]](act)

    # The facts

    def _set_up(self) -> None:
        span = self.sections["period"]
        files = self._market_files()
        self.told_at = _noon(self._latest_day(files) + timedelta(days=1))
        records.found_company(
            name="The company of the story",
            state_of_incorporation="Delaware",
            principal_office="1 Story Lane",
            time_zone="UTC",
            by=accounts.SYSTEM,
            at=self.told_at,
        )
        self.secretary = self._staff("secretary")
        self.administrator = self._staff("stock_administrator")
        self.approver = self._staff("finance")
        names = self.sections.get("program", {}).get("committee", ["chair", "second", "third"])
        self.members = [self._member(name, index) for index, name in enumerate(names)]
        self.period = periods.open_period(
            start_date=span["start"], end_date=span["end"], by=self.secretary, at=self.told_at
        )
        self._program_facts()
        self._market(files)
        for name, person in self.sections.get("people", {}).items():
            self._person(name, person)

    def _staff(self, role: str) -> Any:
        user = accounts.open_account(
            email=f"{role}@story.example",
            name=role.replace("_", " ").capitalize(),
            time_zone="UTC",
            by=accounts.SYSTEM,
            at=self.told_at,
            password=PASSWORD,
        )
        accounts.assign_role(
            user=user, role=role, starts_on=LONG_AGO, by=accounts.SYSTEM, at=self.told_at
        )
        return user

    def _member(self, name: str, index: int) -> Any:
        user = accounts.open_account(
            email=f"member-{index}@story.example",
            name=name,
            time_zone="UTC",
            by=accounts.SYSTEM,
            at=self.told_at,
            password=PASSWORD,
        )
        committee.seat_member(
            user=user,
            position="member" if index else "chair",
            starts_on=LONG_AGO,
            by=accounts.SYSTEM,
            at=self.told_at,
        )
        return user

    def _program_facts(self) -> None:
        approved_on = self.sections.get("program", {}).get("stockholder_approval_date")
        if approved_on:
            periods.record_stockholder_approval(
                approved_on=approved_on, by=self.secretary, at=self.told_at
            )
        quarters = self.sections["company"].get("fiscal_quarter_ends", [])
        if quarters:
            periods.record_fiscal_quarter_ends(days=quarters, by=self.secretary, at=self.told_at)

    def _person(self, name: str, person: dict[str, Any]) -> None:
        statuses = {
            "grade": person["grade"],
            "kind": person.get("kind", "regular"),
            "country": person.get("country", "US"),
            **{status: "yes" for status in STATUSES if person.get(status)},
        }
        employee = people.record_employee(
            number=name,
            name=name,
            email=f"{name}@story.example",
            hired_on=person["hired"],
            statuses=statuses,
            by=self.secretary,
            at=self.told_at,
        )
        if "promoted" in person:
            people.change_status(
                employee=employee,
                subject="grade",
                value=person["promoted"]["grade"],
                starts_on=person["promoted"]["on"],
                by=self.secretary,
                at=self.told_at,
            )
        user = accounts.open_account(
            email=f"{name}@story.example",
            name=name,
            time_zone="UTC",
            by=accounts.SYSTEM,
            at=self.told_at,
            password=PASSWORD,
        )
        people.link_account(employee=employee, user=user, by=self.secretary, at=self.told_at)
        self.holders[name] = employee

    def _market_files(self) -> dict[str, bytes]:
        told = self.sections.get("market", {})
        files = {}
        for key in ("prices", "actions"):
            if key in told:
                path = self.story.path.parent / told[key]
                if not path.is_file():
                    raise FileNotUnderstood(f"market.{key}: there is no file {told[key]}")
                files[key] = path.read_bytes()
        return files

    def _latest_day(self, files: dict[str, bytes]) -> date:
        days = [self.sections["period"]["end"], self.last_day()]
        told = self.sections.get("market", {})
        for content in files.values():
            rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
            days.append(date.fromisoformat(max(row["date"] for row in rows)))
        days += [entry["on"] for key in ("event", "action") for entry in told.get(key, [])]
        for closes in told.get("closes", {}).values():
            days += [date.fromisoformat(day) for day in closes]
        return max(days)

    def _market(self, files: dict[str, bytes]) -> None:
        told = self.sections.get("market", {})
        periods.choose_trading_calendar(
            exchange_code="XNYS" if "prices" in files else "", by=self.secretary, at=self.told_at
        )
        own = self.sections["company"]["ticker"]
        events = sorted(told.get("event", []), key=lambda event: event["on"])
        renamed_to = {event["to"] for event in events if event["kind"] == "renamed"}
        goal = self.sections.get("goal", {})
        named = [own, *goal.get("peers", []), *told.get("closes", {})]
        named += [event["ticker"] for event in events]
        named += [event["with"] for event in events if "with" in event]
        for ticker in dict.fromkeys(named):
            if ticker not in renamed_to:
                market.register_security(
                    ticker=ticker,
                    name=ticker,
                    starts_on=LONG_AGO,
                    by=self.secretary,
                    at=self.told_at,
                    is_company=ticker == own,
                )
        for event in events:
            self._event(event)
        if told:
            self._prices(told, files)

    def _event(self, event: dict[str, Any]) -> None:
        before = event["on"] - timedelta(days=1)
        other = event.get("with")
        market.record_security_event(
            security=program.security_named(event["ticker"], on=before),
            kind=event["kind"],
            completed_on=event["on"],
            other=program.security_named(other, on=before) if other else None,
            new_ticker=event.get("to", ""),
            by=self.secretary,
            at=self.told_at,
        )

    def _prices(self, told: dict[str, Any], files: dict[str, bytes]) -> None:
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
                    by=self.administrator,
                    at=self.told_at,
                    new_securities=True,
                )

    # The acts

    def _adopt(self, kind: str, request: dict[str, Any], on: date) -> None:
        at = _noon(on)
        act = committee.propose_act(kind=kind, request=request, by=self.secretary, at=at)
        for signer in committee_reading.signers_of(act, on=on):
            if signer.is_awaited:
                user = signer.membership.user
                signing = committee.sign_act(
                    act=act,
                    shown_digest=act.exhibit_digest,
                    by=user,
                    authentication=self._proof(user, at),
                    at=at,
                )
                if signing.voided:
                    raise records.Refused("; ".join(signing.changes), place="P Administration")

    def _proof(self, user: Any, at: datetime) -> Any:
        return accounts.reauthenticate(
            user=user, password=PASSWORD, at=at, address="127.0.0.1", device="scenario"
        )

    def _set_goal(self, goal: dict[str, Any]) -> None:
        events = goal.get("peer_events", {})
        terms = {
            "kind": "relative_tsr",
            "weight": 100,
            "peers": goal["peers"],
            "averaging_days": goal["averaging_days"],
            "percentile": goal["percentile"],
            "schedule": goal["schedule"],
            "between_points": goal["between_points"],
            "negative_tsr_cap": goal.get("negative_tsr_cap"),
            "peer_events": {
                "acquired": events.get("acquired", "remove"),
                "bankrupt": events.get("bankrupt", "bottom"),
                "merged": events.get("merged", "survivor_stays"),
            },
        }
        self._adopt("goal", {"period": self.period.label, "goals": [terms]}, goal["on"])

    def _designate(self, act: dict[str, Any]) -> None:
        employees = [str(self.holders[name].public_id) for name in act["who"]]
        self._adopt("designation", {"period": self.period.label, "employees": employees}, act["on"])

    def _grant(self, act: dict[str, Any]) -> None:
        holder = self.holders[act["who"]]
        line = {"employee": str(holder.public_id), "shares": act["shares"]}
        self._adopt("grant", {"period": self.period.label, "awards": [line]}, act["on"])
        if not any(other["do"] == "sign" for other in self.sections["act"]):
            self._sign(act)

    def _sign(self, act: dict[str, Any]) -> None:
        holder = self.holders[act["who"]]
        at = _noon(act["on"])
        for notice in papers_reading.notices_to_sign(holder):
            papers.sign_notice(
                notice=notice,
                shown_digest=notice.digest,
                agreed_to=papers_reading.keys_to_agree_to(notice),
                by=holder.user,
                authentication=self._proof(holder.user, at),
                at=at,
            )

    def _terminate(self, act: dict[str, Any]) -> None:
        people.end_service(
            employee=self.holders[act["who"]],
            ended_on=act["on"],
            reason=act["reason"],
            is_deferred=act.get("deferred", False),
            by=self.secretary,
            at=_noon(act["on"]),
        )

    def _file_10k(self, act: dict[str, Any]) -> None:
        periods.record_annual_report(
            fiscal_year_end=act["for"],
            filed_on=act["on"],
            accession_number="",
            by=self.administrator,
            at=_noon(act["on"]),
        )

    def _certify(self, act: dict[str, Any]) -> None:
        run = self._measure(_noon(act["on"]))
        self._adopt(
            "certification", {"period": self.period.label, "run": str(run.public_id)}, act["on"]
        )

    def _measure(self, at: datetime) -> Any:
        job = measuring.request_run(period=self.period, is_final=True, by=self.administrator, at=at)
        done = jobs.perform(job.pk)
        if done is None or done.state != "done":
            raise records.Refused(done.message if done else "not performed", place="GA §2")
        return program.latest_final_run(self.period)

    def _settle(self, act: dict[str, Any]) -> None:
        at = _noon(act["on"])
        for condition in settlement_reading.unticked_conditions(self.period):
            settlement.tick_condition(
                period=self.period, condition=condition, by=self.administrator, at=at
            )
        public_ids = {
            standing.award.employee_id: str(standing.award.public_id)
            for standing in awards.standings(self.period)
        }
        tax = {
            public_ids[self.holders[name].pk]: int(Decimal(str(money)) * 100)
            for name, money in act["tax"].items()
            if self.holders[name].pk in public_ids
        }
        batch = settlement.prepare_settlement(
            period=self.period,
            tax_minor=tax,
            fair_market_value=_decimal_or_none(act.get("fair_market_value")),
            fair_market_value_source="as the story gives it",
            by=self.administrator,
            at=at,
        )
        settlement.approve_settlement(
            batch=batch,
            shown_digest=batch.digest,
            by=self.approver,
            authentication=self._proof(self.approver, at),
            at=at,
        )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _decimal_or_none(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _csv(header: str, rows: list[tuple[Any, ...]]) -> bytes | None:
    if not rows:
        return None
    lines = [",".join(str(cell) for cell in row) for row in rows]
    return "\n".join([header, *lines]).encode()
