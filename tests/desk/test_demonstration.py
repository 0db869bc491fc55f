"""The invented company: what it shows on its first day, and how its day moves forward.

It is loaded once; every test works on it and leaves it as it was.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from committee.models import Adoption
from ltip import clock
from ltip.accounts import services as accounts
from ltip.accounts.models import Role, User
from ltip.accounts.selectors import roles_of
from ltip.desk import demonstration
from ltip.desk.demonstration import prices
from ltip.desk.selectors import Phase, Situation, situations
from ltip.desk.waiting import waiting_for
from ltip.jobs.models import Job, JobState
from ltip.jobs.services import perform
from ltip.program import selectors as program
from ltip.program.models import DailyClose, PerformancePeriod, Security, SecurityEvent, TsrRun
from ltip.records.models import Company, Seal
from ltip.records.selectors import content_of, first_fault
from ltip.records.services import Refused
from participants.awards.models import Award
from participants.awards.selectors import Standing, standings
from participants.papers.models import Notice, NoticeRendering
from participants.people.models import Employee
from participants.people.selectors import persons

FIRST_DAY = date(2026, 3, 24)
# SHA-256 of the generated files, computed by two interpreters each on its own.
CLOSES = "2898289f8b57649865971d95f4eae80b3da41a8093f082df47b470c0e609b815"
ACTIONS = "a0dc1500e416345493795940f2ffcd733165937c192cf3677b5b4ab51ad0652b"
WINDOW_CLOSES = date(2026, 3, 31)  # day 90, with 31 days of January and 28 of February before


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demonstration")
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demonstration(loaded: None, db: None) -> None:
    pass


def of(label: str) -> Situation:
    return next(s for s in situations(clock.today()) if s.period.label == label)


def award_of(name: str, label: str) -> Standing:
    period = program.period_named(label)
    return next(s for s in standings(period) if s.person.employee.name == name)


def user_of(role: str) -> User:
    email = next(s.email for s in demonstration.sign_ins() if s.role == role)
    return User.objects.get(email=email)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


def advance(to: date) -> None:
    demonstration.advance(to=to, by=user_of("Auditor"), at=moment(clock.today()))


def place_in(run: TsrRun) -> int:
    place: int = program.result_of(run)["goals"][0]["rank"]
    return place


def test_the_chain_of_records_holds_from_its_first_link_to_its_last() -> None:
    count, fault = first_fault()
    assert fault is None
    assert count == Seal.objects.count()
    assert not Seal.objects.filter(is_demonstration=False).exists()


def test_periods_stand_in_every_phase_that_a_viewer_should_find() -> None:
    phases = {s.period.label: s.phase for s in situations(clock.today())}
    assert clock.today() == FIRST_DAY
    assert phases == {
        "2022–2023": Phase.SETTLED,
        "2022–2024": Phase.SETTLED,
        "2023–2024": Phase.SETTLED,
        "2023–2025": Phase.AWAITING_CERTIFICATION,
        "2024–2025": Phase.SETTLING,
        "2024–2026": Phase.RUNNING,
        "2025": Phase.AWAITING_CERTIFICATION,
        "2025–2026": Phase.RUNNING,
        "2025–2027": Phase.RUNNING,
        "2026–2027": Phase.WINDOW_OPEN,
        "2026–2028": Phase.WINDOW_OPEN,
    }


def test_the_open_window_waits_for_a_list_from_hr_and_for_a_designation_of_another() -> None:
    listed, unlisted = of("2026–2027"), of("2026–2028")
    assert listed.window_closes == unlisted.window_closes == WINDOW_CLOSES
    assert listed.proposed
    assert not listed.designated
    assert not unlisted.proposed
    assert listed.has_goal
    assert set(unlisted.open_acts) == {"goal"}


def test_hires_and_promotions_of_the_first_of_january_wait_for_the_next_cycle() -> None:
    decided = {
        person.employee.name: person.eligibility_for(
            period_start=date(2026, 1, 1), on=FIRST_DAY
        ).value
        for person in persons()
    }
    assert decided["Simone Laurent"].eligible, "hired on 31 December 2025"
    assert decided["Walter Ames"].eligible, "a regular employee since 1 July 2025"
    for name in ("Curtis Hale", "Camille Arden"):
        assert not decided[name].eligible
        assert decided[name].eligible_from == date(2027, 1, 1)
    assert not decided["Nadine Brookes"].eligible, "by contract"
    assert len(decided) == 40


def test_the_earlier_periods_paid_nothing_more_than_target_and_the_most_there_is() -> None:
    paid = {
        s.period.label: Decimal(s.certificate.payout)
        for s in situations(clock.today())
        if s.certificate
    }
    assert paid["2022–2023"] == 0
    assert 100 < paid["2022–2024"] < 200
    assert paid["2023–2024"] == 200
    # Twelve of the fifteen peers returned less, percentile 80: 150 + 5/25 × 50.
    assert paid["2024–2025"] == 160


def test_a_corrected_close_moves_a_place_in_a_new_run_and_no_certified_result() -> None:
    runs = list(TsrRun.objects.filter(period__label="2023–2025").order_by("pk"))
    assert [place_in(run) for run in runs] == [5, 4]
    certificate = of("2023–2024").certificate
    assert certificate is not None
    assert certificate.run == TsrRun.objects.get(period__label="2023–2024")
    act = of("2023–2025").open_acts["certification"]
    assert str(runs[-1].public_id) in act.request
    assert act.signatures.count() == 1


def test_one_peer_was_acquired_and_one_went_bankrupt() -> None:
    events = {e.kind: e.security.name for e in SecurityEvent.objects.select_related("security")}
    assert set(events) == {"acquired", "bankrupt"}
    goal = program.result_of(TsrRun.objects.filter(period__label="2023–2025").latest("pk"))[
        "goals"
    ][0]
    assert goal["removed"] == ["HTSE"]
    assert [row["ticker"] for row in goal["table"] if row["standing"] == "bottom"] == ["NBKF"]
    assert goal["ranked"] == 15, "fifteen peers less the one that was acquired, and the company"


def test_leavers_keep_or_lose_what_the_program_says() -> None:
    dismissed, dead = (
        award_of("Diane Forsythe", "2022–2024"),
        award_of("Samuel Whitlock", "2022–2024"),
    )
    certificate = dismissed.certificate
    assert certificate is not None
    assert dismissed.earned is not None
    assert dead.earned is not None
    payout = Decimal(certificate.payout)
    assert dismissed.award.target_shares == dead.award.target_shares == 3_600
    # Dismissed on 30 June 2023: 18 full months of 36.
    assert dismissed.earned.shares == int(3_600 * payout * 18 / 3_600)
    assert dead.earned.shares == int(3_600 * payout / 100)
    assert award_of("Raymond Castello", "2024–2025").state_on(FIRST_DAY) == "forfeited"
    between = award_of("Gareth Prowse", "2023–2024")
    assert between.earned is not None
    assert between.earned.shares > 0
    assert between.state_on(FIRST_DAY) == "forfeited"


def test_a_dismissal_between_the_two_dates_settles_on_the_thirtieth_day_after_it() -> None:
    due = award_of("Beatrice Nolan", "2024–2025").entitlement().value
    assert due.settles_on == date(2026, 3, 2) + timedelta(days=30)
    names = [s.person.employee.name for s in of("2024–2025").due]
    assert names
    assert "Beatrice Nolan" not in names


def test_every_role_has_a_sign_in_that_opens() -> None:
    held: set[Role] = set()
    for sign_in in demonstration.sign_ins():
        user = User.objects.get(email=sign_in.email)
        assert user.name == sign_in.name
        accounts.reauthenticate(
            user=user,
            password=sign_in.password,
            at=moment(FIRST_DAY),
            address="192.0.2.7",
            device="a test",
        )
        held |= roles_of(user, FIRST_DAY)
    assert held == set(Role)
    countries = {
        person.status_on("country", FIRST_DAY)
        for person in persons(
            Employee.objects.filter(email__in=[s.email for s in demonstration.sign_ins()])
        )
    }
    assert countries == {"US", "GB"}


def test_something_waits_for_everyone_but_the_auditor() -> None:
    found = situations(FIRST_DAY)
    for sign_in in demonstration.sign_ins():
        user = User.objects.get(email=sign_in.email)
        waiting = waiting_for(user, roles_of(user, FIRST_DAY), found, FIRST_DAY)
        assert bool(waiting) is (sign_in.role != "Auditor"), sign_in.role


def test_the_sign_ins_are_printed_one_for_each_role() -> None:
    output = StringIO()
    call_command("demonstration_sign_ins", stdout=output)
    for sign_in in demonstration.sign_ins():
        assert sign_in.email in output.getvalue()
        assert sign_in.role in output.getvalue()
        assert sign_in.password in output.getvalue()


def test_the_company_and_every_stock_say_that_they_are_invented() -> None:
    served = Company.objects.get()
    assert "invented" in served.name
    assert "invented" in served.principal_office
    names = list(Security.objects.values_list("name", flat=True))
    assert len(names) == 16
    assert [name for name in names if "invented" not in name] == []
    addresses = Employee.objects.values_list("email", flat=True)
    assert {email.split("@")[1] for email in addresses} == {"larkfield.example"}


def test_every_award_has_its_notice_and_all_but_two_holders_signed() -> None:
    assert Notice.objects.count() == Award.objects.count() > 100
    unsigned = Notice.objects.filter(acceptance__isnull=True)
    assert set(unsigned.values_list("award__employee__name", "award__period__label")) == {
        ("Alice Renner", "2025–2027"),
        ("Oliver Pemberton", "2025–2027"),
    }


def test_the_papers_wait_for_whoever_performs_jobs_and_nothing_else_does() -> None:
    waiting = Job.objects.exclude(state=JobState.DONE)
    assert set(waiting.values_list("kind", "state")) == {
        ("committee.make_paper", JobState.REQUESTED),
        ("participants.render_notices", JobState.REQUESTED),
    }
    assert waiting.filter(kind="committee.make_paper").count() == Adoption.objects.count() > 10
    last = waiting.filter(kind="participants.render_notices").latest("pk")
    perform(last.pk)
    seal = json.loads(last.arguments)["seal"]
    granted = Award.objects.filter(seal=seal).count()
    assert NoticeRendering.objects.filter(notice__seal=seal).count() == granted > 0


def test_the_generated_closes_are_the_same_on_every_machine() -> None:
    days = [date(2021, 9, 1) + timedelta(days=number) for number in range(2_400)]
    closes = prices.closes_csv([day for day in days if day.weekday() < 5])
    assert sha256(closes).hexdigest() == CLOSES
    actions = prices.actions_csv(after=days[0], until=days[-1])
    assert sha256(actions).hexdigest() == ACTIONS


def test_a_days_closes_do_not_hang_on_the_days_asked_for_with_it() -> None:
    day = date(2025, 11, 3)
    around = [day - timedelta(days=3), day, day + timedelta(days=1)]
    alone = prices.closes_csv([day]).decode().splitlines()
    assert alone[1:] == [
        line
        for line in prices.closes_csv(around).decode().splitlines()
        if line.startswith("2025-11-03")
    ]


def test_the_day_moves_forward_and_brings_the_closes_of_the_days_passed() -> None:
    assert DailyClose.objects.latest("date").date == FIRST_DAY
    advance(demonstration.next_day(FIRST_DAY))
    assert clock.today() == date(2026, 3, 25)
    # Fourteen of the sixteen stocks still trade: one was bought, one went bankrupt.
    assert DailyClose.objects.filter(date=date(2026, 3, 25)).count() == 14
    advance(date(2026, 4, 6))
    # Good Friday, 3 April 2026, is no trading day.
    days = DailyClose.objects.filter(date__gt=date(2026, 3, 31)).values_list("date", flat=True)
    assert set(days) == {date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 6)}
    assert first_fault()[1] is None


@pytest.mark.parametrize("to", [FIRST_DAY, date(2026, 3, 23)])
def test_the_day_never_moves_back(to: date) -> None:
    with pytest.raises(Refused, match="forward only"):
        advance(to)


def test_two_years_ahead_there_are_still_prices_periods_and_events() -> None:
    advance(date(2028, 3, 31))
    # The 31st is a Friday of full trading; two more peers have gone by then.
    assert DailyClose.objects.filter(date=date(2028, 3, 31)).count() == 12
    kinds = SecurityEvent.objects.filter(completed_on__gt=FIRST_DAY).values_list("kind", flat=True)
    assert sorted(kinds) == ["acquired", "merged"]
    opened = PerformancePeriod.objects.filter(start_date__gt=FIRST_DAY).select_related("seal")
    assert {(p.label, p.seal.legal_date) for p in opened} == {
        ("2027–2028", date(2027, 1, 1)),
        ("2027–2029", date(2027, 1, 1)),
        ("2028–2029", date(2028, 1, 1)),
        ("2028–2030", date(2028, 1, 1)),
    }
    assert of("2025–2027").phase is Phase.AWAITING_REPORT


def test_the_demonstration_goes_into_an_empty_database_only() -> None:
    before = Seal.objects.count()
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demonstration")
    call_command("load_demonstration", "--if-empty")
    assert Seal.objects.count() == before


def test_one_goal_was_set_at_a_meeting_elsewhere_with_a_dissent_and_recorded_four_days_later() -> (
    None
):
    adoption = Adoption.objects.select_related("document", "act").get(procedure="elsewhere")
    procedure = content_of(adoption.seal)["procedure"]
    assert adoption.act.kind == "goal"
    assert adoption.act.subject == "2026–2027"
    assert adoption.act_date == date(2026, 3, 5)
    assert adoption.recorded_days_later == 4
    assert bytes(adoption.document.content).startswith(b"%PDF-")
    assert [voice["vote"] for voice in procedure["voices"]] == ["for", "for", "against"]
    assert procedure["voices"][2]["words"].startswith("I would have set the goal against a wider")
