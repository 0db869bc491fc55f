"""Telling the company's years: each act on its day, by whoever does it, through the services."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from committee import elsewhere, members
from committee import selectors as committee_reading
from committee import services as committee
from ltip.accounts import services as accounts
from ltip.desk.demonstration import (
    company,
    documents,
    employees,
    listings,
    minutes,
    moving,
    prices,
    tax_tables,
)
from ltip.jobs import services as jobs
from ltip.program import selectors as program
from ltip.program.services import imports, market, measuring, periods
from ltip.records import services as records
from participants.awards import selectors as awards
from participants.awards import services as enrolment
from participants.papers import deciding_pages, elections, opening, supplements
from participants.papers import selectors as papers_reading
from participants.papers import services as papers
from participants.people import selectors as people_reading
from participants.people import services as people
from participants.people import succession
from participants.settlement import rates
from participants.settlement import selectors as settlement_reading
from participants.settlement import services as settlement

MORNING = time(9)
TAX_RATES = {"US": Decimal("0.36"), "GB": Decimal("0.47")}
ZONES = {"US": company.TIME_ZONE, "GB": "Europe/London"}


class Telling:
    """The company from its founding on; `on` turns to a day, and moments pass within it."""

    def __init__(self, founded_on: date) -> None:
        self.day = founded_on
        self.minutes = 0
        self.market_until = prices.FIRST_DAY
        self.users: dict[str, Any] = {}
        self.people: dict[str, Any] = {}
        records.found_company(
            name=company.NAME,
            state_of_incorporation=company.STATE,
            principal_office=company.OFFICE,
            time_zone=company.TIME_ZONE,
            demonstration_day=founded_on,
            by=accounts.SYSTEM,
            at=self.now(),
        )

    def now(self) -> datetime:
        """The next moment of the day: everything takes a minute."""
        self.minutes += 1
        return moving.moment(self.day, MORNING) + timedelta(minutes=self.minutes)

    def on(self, day: date) -> None:
        """Turn to a later day."""
        records.move_demonstration_day(to=day, by=accounts.SYSTEM, at=self.now())
        self.day, self.minutes = day, 0

    # People

    def open_account(self, name: str, *, country: str = "US") -> Any:
        """Open an account for someone, with the demonstration's password."""
        self.users[name] = accounts.open_account(
            email=company.email_of(name),
            name=name,
            time_zone=ZONES[country],
            by=accounts.SYSTEM,
            at=self.now(),
            password=company.PASSWORD,
        )
        return self.users[name]

    def appoint_staff(self) -> None:
        """Seat the Committee and give everyone else their role."""
        for role, name in company.STAFF.items():
            user = self.open_account(name)
            accounts.assign_role(
                user=user, role=role, starts_on=self.day, by=accounts.SYSTEM, at=self.now()
            )
        for name, position in company.COMMITTEE:
            members.seat_member(
                user=self.open_account(name),
                position=position,
                starts_on=self.day,
                by=self.users[company.SECRETARY],
                at=self.now(),
            )
            members.record_independence(
                user=self.users[name],
                is_independent=True,
                determined_on=self.day,
                source="Resolution 1 of the invented Board",
                by=self.users[company.SECRETARY],
                at=self.now(),
            )

    def record_terms_abroad(self) -> None:
        """Record the special terms for the United Kingdom."""
        supplements.record_supplement(
            **supplements.united_kingdom(),
            version="2012-1",
            effective_on=self.day,
            by=self.users[company.SECRETARY],
            at=self.now(),
        )

    def record_holders_papers(self) -> None:
        """Record the documents that the notice incorporates, and let holders see their period."""
        secretary = self.users[company.SECRETARY]
        for kind, content in documents.incorporated().items():
            opening.record_incorporated_document(
                kind=kind,
                effective_on=self.day,
                document=records.store_document(
                    content=content,
                    name=f"{kind}.pdf",
                    media_type="application/pdf",
                    at=self.now(),
                ),
                by=secretary,
                at=self.now(),
            )
        deciding_pages.decide_pages(
            subject="standing", is_on=True, starts_on=self.day, by=secretary, at=self.now()
        )

    def name_beneficiaries(self) -> None:
        """Let a holder name beneficiaries on the page."""
        name, named = employees.NAMED_BY
        holder = self.users[name]
        at = self.now()
        succession.name_own_beneficiaries(
            employee=holder.employee,
            beneficiaries=named,
            by=holder,
            authentication=self._proof(holder, at),
            at=at,
        )

    def keep_people(self) -> None:
        """Record the hires, changes and leavings up to today that are not on record yet."""
        human_resources = self.users[company.HUMAN_RESOURCES]
        for hire in employees.HIRES:
            if hire.hired_on <= self.day and hire.name not in self.people:
                self.people[hire.name] = people.record_employee(
                    number=employees.number_of(hire),
                    name=hire.name,
                    email=company.email_of(hire.name),
                    hired_on=hire.hired_on,
                    statuses={
                        "grade": hire.grade,
                        "kind": hire.kind,
                        "country": hire.country,
                        **{flag: "yes" for flag in hire.flags},
                    },
                    personal_data=people.PersonalData(**employees.personal_data_of(hire)),
                    by=human_resources,
                    at=self.now(),
                )
        for change in employees.CHANGES:
            if change.on == self.day:
                people.change_status(
                    employee=self.people[change.name],
                    subject=change.subject,
                    value=change.value,
                    starts_on=change.on,
                    by=human_resources,
                    at=self.now(),
                )
        for leaving in employees.LEAVINGS:
            if leaving.on == self.day:
                self._leave(leaving, by=human_resources)

    def _leave(self, leaving: employees.Leaving, *, by: Any) -> None:
        """Record an end of service: for Cause once it is found, by death with the heirs."""
        employee = self.people[leaving.name]
        if leaving.reason == "cause":
            request = {"employee": str(employee.public_id), "reason": employees.CAUSE}
            self.adopt(self.propose("cause_finding", request))
        people.end_service(
            employee=employee, ended_on=leaving.on, reason=leaving.reason, by=by, at=self.now()
        )
        if leaving.reason == "death":
            heirs = employees.BENEFICIARIES[leaving.name]
            succession.name_beneficiaries(
                employee=employee,
                designated_on=employee.hired_on,
                beneficiaries=heirs,
                by=by,
                at=self.now(),
            )
            survivors = range(1, len(heirs) + 1)
            succession.record_succession(
                employee=employee, survivors=survivors, by=by, at=self.now()
            )

    # The market

    def list_securities(self) -> None:
        """Choose the exchange's calendar and register the company's stock and its peers'."""
        administrator = self.users[company.STOCK_ADMINISTRATOR]
        periods.choose_trading_calendar(
            exchange_code=company.EXCHANGE, by=administrator, at=self.now()
        )
        for listing in listings.LISTINGS:
            market.register_security(
                ticker=listing.ticker,
                name=listing.name,
                starts_on=prices.FIRST_DAY,
                is_company=listing.ticker == listings.OWN_TICKER,
                by=administrator,
                at=self.now(),
            )

    def take_market(self) -> None:
        """Import what the market did since it was taken last."""
        by = self.users[company.STOCK_ADMINISTRATOR]
        moving.take_market(after=self.market_until, until=self.day, by=by, at=self.now())
        self.market_until = self.day

    def correct_close(self) -> None:
        """Import the correction of the close that was first delivered wrong."""
        imports.import_prices(
            closes=prices.correction_csv(),
            actions=None,
            closes_name="invented-correction.csv",
            by=self.users[company.STOCK_ADMINISTRATOR],
            at=self.now(),
        )

    def measure(self, label: str, *, is_final: bool) -> None:
        """Measure a period."""
        job = measuring.request_run(
            period=program.period_named(label),
            is_final=is_final,
            by=self.users[company.STOCK_ADMINISTRATOR],
            at=self.now(),
        )
        done = jobs.perform(job.pk)
        if done is None or done.state != "done":
            raise records.Refused(done.message if done else "not performed", place="GA §2")

    # The Committee

    def propose(self, kind: str, request: Mapping[str, Any]) -> Any:
        """Put an act before the Committee."""
        secretary = self.users[company.SECRETARY]
        return committee.propose_act(kind=kind, request=request, by=secretary, at=self.now())

    def sign(self, act: Any, name: str) -> None:
        """Let a member sign an act."""
        user, at = self.users[name], self.now()
        signing = committee.sign_act(
            act=act,
            shown_digest=act.exhibit_digest,
            by=user,
            authentication=self._proof(user, at),
            at=at,
        )
        if signing.voided:
            raise records.Refused("; ".join(signing.changes), place="P Administration")

    def adopt(self, *acts: Any) -> None:
        """Let every member sign the acts."""
        for act in acts:
            for signer in committee_reading.signers_of(act, on=self.day):
                self.sign(act, signer.membership.user.name)

    def record_meeting(self, kind: str, request: Mapping[str, Any]) -> None:
        """Record what the meeting of the invented minutes adopted, under its own date."""
        secretary, at = self.users[company.SECRETARY], self.now()
        act = committee.propose_act(
            kind=kind, request=request, by=secretary, at=at, dated_on=minutes.HELD_ON
        )
        votes = {self.users[name]: vote for name, vote in minutes.VOTES.items()}
        elsewhere.record_meeting_elsewhere(
            act=act,
            adopted_on=minutes.HELD_ON,
            present=list(votes),
            choices={user.pk: vote for user, vote in votes.items()},
            words={user.pk: minutes.DISSENT for user, vote in votes.items() if vote == "against"},
            document=records.store_document(
                content=minutes.minutes(),
                name="minutes-2026-03-05.pdf",
                media_type="application/pdf",
                at=at,
            ),
            shown_digest=act.exhibit_digest,
            by=secretary,
            authentication=self._proof(secretary, at),
            at=at,
        )

    def propose_certification(self, label: str) -> Any:
        """Prepare the certification of a period from its latest final run."""
        run = program.latest_final_run(program.period_named(label))
        if run is None:
            raise records.Refused(f"{label} is not measured.", place="GA §4")
        request = {"period": label, "run": str(run.public_id)}
        return self.propose("certification", request)

    # Awards

    def choose_participants(self, label: str, grades: Iterable[str], *, weight: Decimal) -> None:
        """HR lists everyone eligible in these grades, with `weight` times the usual target."""
        period = program.period_named(label)
        shares = {}
        for person in people_reading.persons():
            grade = person.status_on("grade", self.day)
            decided = person.eligibility_for(period_start=period.start_date, on=self.day).value
            if decided.eligible and grade in grades:
                shares[str(person.employee.public_id)] = int(employees.TARGETS[grade] * weight)
        enrolment.propose_awards(
            period=period,
            shares=shares,
            by=self.users[company.HUMAN_RESOURCES],
            at=self.now(),
            on=self.day,
        )

    def submit_participants(self, label: str) -> list[Any]:
        """Put HR's list before the Committee, as a designation and a grant."""
        listed = awards.proposed(program.period_named(label))
        named = [str(row.employee.public_id) for row in listed]
        lines = [
            {"employee": str(row.employee.public_id), "shares": row.target_shares} for row in listed
        ]
        return [
            self.propose("designation", {"period": label, "employees": named}),
            self.propose("grant", {"period": label, "awards": lines}),
        ]

    def sign_notices(self, label: str, *, waiting: Iterable[str] = ()) -> None:
        """Let the holders of a period sign, all but those whose signature is still `waiting`."""
        for standing in awards.standings(program.period_named(label)):
            employee = standing.person.employee
            if employee.user is None:
                country = standing.person.status_on("country", self.day)
                people.link_account(
                    employee=employee,
                    user=self.open_account(employee.name, country=country),
                    by=self.users[company.HUMAN_RESOURCES],
                    at=self.now(),
                )
            if employee.name not in waiting:
                self._sign_notice(standing.award.notice, employee.user)
                if standing.person.status_on("country", self.day) == "GB":
                    self._sign_joint_election(standing.award, employee.user)

    def _sign_notice(self, notice: Any, holder: Any) -> None:
        opening.open_every_document(notice=notice, on=self.day, by=holder, at=self.now())
        at = self.now()
        papers.sign_notice(
            notice=notice,
            shown_digest=notice.digest,
            agreed_to=papers_reading.keys_to_agree_to(notice),
            by=holder,
            authentication=self._proof(holder, at),
            at=at,
        )

    def _sign_joint_election(self, award: Any, holder: Any) -> None:
        at = self.now()
        elections.sign_joint_election(
            award=award, by=holder, authentication=self._proof(holder, at), at=at
        )

    # Settlement

    def approve_tax_rates(self) -> None:
        """Let the stock administrator enter the rates of tax, and finance approve them."""
        administrator, finance = (
            self.users[name] for name in (company.STOCK_ADMINISTRATOR, company.FINANCE)
        )
        entered = [
            rates.enter_tax_rate(**rate, by=administrator, at=self.now())
            for rate in tax_tables.tax_rates()
        ]
        at = self.now()
        rates.approve_rates(
            tax_rates=entered,
            exchange_rates=[],
            by=finance,
            authentication=self._proof(finance, at),
            at=at,
        )

    def prepare_settlement(self, label: str) -> Any:
        """Tick the conditions and prepare the batch of what is due."""
        period = program.period_named(label)
        administrator = self.users[company.STOCK_ADMINISTRATOR]
        for condition in settlement_reading.unticked_conditions(period):
            settlement.tick_condition(
                period=period, condition=condition, by=administrator, at=self.now()
            )
        due = settlement_reading.awaiting_settlement(period, on=self.day)
        return settlement.prepare_settlement(
            period=period,
            tax_minor={str(s.award.public_id): _tax_minor(s, self.day) for s in due},
            by=administrator,
            at=self.now(),
        )

    def approve_settlement(self, batch: Any) -> None:
        """Let finance approve a batch."""
        user, at = self.users[company.FINANCE], self.now()
        settlement.approve_settlement(
            batch=batch,
            shown_digest=batch.digest,
            by=user,
            authentication=self._proof(user, at),
            at=at,
        )

    def _proof(self, user: Any, at: datetime) -> Any:
        return accounts.reauthenticate(
            user=user,
            password=company.PASSWORD,
            at=at,
            address="192.0.2.10",
            device="invented, like the company",
        )


def _tax_minor(standing: Any, day: date) -> int:
    """An invented tax, as payroll would give it: a flat rate for each country."""
    due = standing.entitlement().value
    value, _ = settlement_reading.fair_market_value_on(due.settles_on)
    rate = TAX_RATES[standing.person.status_on("country", day)]
    return int(due.shares * value * 100 * rate)
