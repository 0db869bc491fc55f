"""The invented company's years, day by day, up to the day on which the viewer comes in.

Cycles of two and three years begin in 2022. By 24 March 2026 the periods that ended by 2024 are
settled: one paid nothing, one a little over its target, one twice its target. Of those that ended
with 2025 one is settling, one awaits the other members' signatures on its certification, and one,
of a single year, its measurement. Three are running, and the window of those that began in 2026
closes within a week: HR's list for one waits for the secretary, the other has none.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from ltip.accounts.services import SYSTEM
from ltip.desk.demonstration import company, listings, minutes
from ltip.desk.demonstration.telling import Telling
from ltip.program.services import periods

FOUNDED_ON = date(2022, 1, 4)
VIEWED_ON = date(2026, 3, 24)
ALL_GRADES = ("Executive 1", "Executive 2", "Executive 3", "Executive 4")
UPPER_GRADES = ALL_GRADES[1:]
TWO_YEARS, THREE_YEARS, ONE_YEAR = Decimal(1), Decimal("1.5"), Decimal("0.5")

USUAL_SCHEDULE = [[25, 50], [50, 100], [75, 150], [100, 200]]
# What each goal states, beside its peers: how it averages, ranks, pays and caps.
GOALS: dict[str, dict[str, Any]] = {
    "2022–2023": {"averaging_days": 20, "percentile": "discrete", "schedule": USUAL_SCHEDULE},
    "2022–2024": {"averaging_days": 20, "percentile": "continuous", "schedule": USUAL_SCHEDULE},
    "2023–2024": {
        "averaging_days": 1,
        "percentile": "discrete",
        "schedule": [[30, 25], [50, 100], [90, 200]],
        "negative_tsr_cap": 100,
    },
    "2023–2025": {
        "averaging_days": 1,
        "percentile": "discrete",
        "schedule": USUAL_SCHEDULE,
        "negative_tsr_cap": 100,
    },
    "2024–2025": {
        "averaging_days": 30,
        "percentile": "count_below",
        "schedule": USUAL_SCHEDULE,
        "peer_events": {
            "acquired": "freeze",
            "bankrupt": "bottom",
            "merged": "survivor_stays",
        },
    },
    "2024–2026": {"averaging_days": 30, "percentile": "discrete", "schedule": USUAL_SCHEDULE},
    "2025": {
        "averaging_days": 1,
        "percentile": "count_below",
        "schedule": [[25, 50], [45, 100], [70, 150]],
        "between_points": "step",
    },
    "2025–2026": {"averaging_days": 20, "percentile": "discrete", "schedule": USUAL_SCHEDULE},
    "2025–2027": {
        "averaging_days": 20,
        "percentile": "continuous",
        "schedule": USUAL_SCHEDULE,
        "negative_tsr_cap": 100,
    },
    "2026–2027": {"averaging_days": 20, "percentile": "discrete", "schedule": USUAL_SCHEDULE},
    "2026–2028": {
        "averaging_days": 30,
        "percentile": "discrete",
        "schedule": USUAL_SCHEDULE,
        "negative_tsr_cap": 100,
    },
}


def tell() -> Telling:
    """Tell everything up to the day on which the viewer comes in."""
    told = Telling(FOUNDED_ON)
    _founding(told)
    _year_2022(told)
    _year_2023(told)
    _year_2024(told)
    _year_2025(told)
    _year_2026(told)
    told.on(VIEWED_ON)
    told.take_market()
    return told


def _founding(told: Telling) -> None:
    told.appoint_staff()
    told.record_terms_abroad()
    told.record_holders_papers()
    told.list_securities()
    quarters = [
        date(year, *end)
        for year in range(2022, 2029)
        for end in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]
    periods.record_fiscal_quarter_ends(
        days=quarters, by=told.users[company.SECRETARY], at=told.now()
    )
    told.keep_people()
    told.take_market()


def _year_2022(told: Telling) -> None:
    _open_cycle(told)
    _enrol(told, "2022–2023", "2022–2024", month=3)
    for day in (date(2022, 6, 1), date(2022, 9, 6), date(2022, 11, 14)):
        _keep_people(told, day)


def _year_2023(told: Telling) -> None:
    told.on(date(2023, 1, 1))
    _open_cycle(told)
    _enrol(told, "2023–2024", "2023–2025", month=3)
    told.on(date(2023, 5, 18))
    periods.record_stockholder_approval(
        approved_on=told.day, by=told.users[company.SECRETARY], at=told.now()
    )
    for day in (date(2023, 6, 30), date(2023, 8, 19), date(2023, 12, 31)):
        _keep_people(told, day)


def _year_2024(told: Telling) -> None:
    _keep_people(told, date(2024, 1, 1))
    _open_cycle(told)
    _file_annual_report(told, date(2024, 2, 16))
    told.on(date(2024, 2, 20))
    told.take_market()
    told.measure("2022–2023", is_final=True)
    _certify(told, "2022–2023", on=date(2024, 2, 23))
    _enrol(told, "2024–2025", "2024–2026", month=3)
    for day in (date(2024, 5, 17), date(2024, 7, 1), date(2024, 8, 5)):
        _keep_people(told, day)


def _year_2025(told: Telling) -> None:
    _keep_people(told, date(2025, 1, 1))
    _open_cycle(told)
    periods.open_period(
        start_date=date(2025, 1, 1),
        end_date=date(2025, 12, 31),
        by=told.users[company.SECRETARY],
        at=told.now(),
    )
    _file_annual_report(told, date(2025, 2, 14))
    told.on(date(2025, 2, 18))
    told.take_market()
    told.measure("2022–2024", is_final=True)
    told.measure("2023–2024", is_final=True)
    _certify(told, "2022–2024", "2023–2024", on=date(2025, 2, 21))
    told.on(date(2025, 3, 4))
    _set_goals(told, "2025", "2025–2026", "2025–2027")
    _keep_people(told, date(2025, 3, 7))
    _keep_people(told, date(2025, 3, 10))
    _grant(told, "2025", "2025–2026", "2025–2027", month=3)
    told.on(date(2025, 3, 24))
    told.take_market()
    batches = [told.prepare_settlement(label) for label in ("2022–2024", "2023–2024")]
    told.on(date(2025, 3, 25))
    for batch in batches:
        told.approve_settlement(batch)
    for day in (date(2025, 4, 30), date(2025, 7, 1), date(2025, 12, 31)):
        _keep_people(told, day)


def _year_2026(told: Telling) -> None:
    _keep_people(told, date(2026, 1, 1))
    _open_cycle(told)
    _file_annual_report(told, date(2026, 2, 13))
    told.on(date(2026, 2, 17))
    told.approve_tax_rates()
    told.take_market()
    told.measure("2024–2025", is_final=True)
    told.measure("2023–2025", is_final=True)
    _certify(told, "2024–2025", on=date(2026, 2, 20))
    _keep_people(told, date(2026, 3, 2))
    told.on(date(2026, 3, 9))
    told.record_meeting("goal", _goal("2026–2027", minutes.HELD_ON))
    told.correct_close()
    told.name_beneficiaries()
    told.measure("2023–2025", is_final=True)
    told.on(date(2026, 3, 12))
    told.choose_participants("2026–2027", ALL_GRADES, weight=TWO_YEARS)
    told.on(date(2026, 3, 17))
    certification = told.propose_certification("2023–2025")
    told.on(date(2026, 3, 18))
    told.sign(certification, company.COMMITTEE[0][0])
    told.on(date(2026, 3, 19))
    told.propose("goal", _goal("2026–2028", told.day))
    told.on(date(2026, 3, 20))
    told.take_market()
    for label in ("2024–2026", "2025–2026", "2025–2027"):
        told.measure(label, is_final=False)
    told.on(date(2026, 3, 23))
    told.prepare_settlement("2024–2025")


def _open_cycle(told: Telling) -> None:
    periods.open_periods_of_cycle(year=told.day.year, by=SYSTEM, at=told.now())


def _keep_people(told: Telling, day: date) -> None:
    told.on(day)
    told.keep_people()


def _file_annual_report(told: Telling, filed_on: date) -> None:
    told.on(filed_on)
    periods.record_annual_report(
        fiscal_year_end=date(filed_on.year - 1, 12, 31),
        filed_on=filed_on,
        accession_number="",
        by=told.users[company.STOCK_ADMINISTRATOR],
        at=told.now(),
    )


def _enrol(told: Telling, *labels: str, month: int) -> None:
    told.on(date(told.day.year, month, 4))
    _set_goals(told, *labels)
    _grant(told, *labels, month=month)


def _set_goals(told: Telling, *labels: str) -> None:
    told.adopt(*[told.propose("goal", _goal(label, told.day)) for label in labels])


def _grant(told: Telling, *labels: str, month: int) -> None:
    year = told.day.year
    told.on(date(year, month, 11))
    for label in labels:
        if label == "2025":
            told.choose_participants(label, ("Executive 1",), weight=ONE_YEAR)
        elif label.endswith(str(year + 2)):
            told.choose_participants(label, UPPER_GRADES, weight=THREE_YEARS)
        else:
            told.choose_participants(label, ALL_GRADES, weight=TWO_YEARS)
    told.on(date(year, month, 13))
    told.adopt(*[act for label in labels for act in told.submit_participants(label)])
    told.on(date(year, month, 19))
    for label in labels:
        waiting = company.PARTICIPANTS.values() if label == "2025–2027" else ()
        told.sign_notices(label, waiting=waiting)


def _certify(told: Telling, *labels: str, on: date) -> None:
    told.on(on)
    told.adopt(*[told.propose_certification(label) for label in labels])


def _goal(label: str, day: date) -> dict[str, Any]:
    terms = {
        "kind": "relative_tsr",
        "weight": 100,
        "peers": listings.peers_on(day),
        "between_points": "line",
        "negative_tsr_cap": None,
        "peer_events": {
            "acquired": "remove",
            "bankrupt": "bottom",
            "merged": "survivor_stays",
        },
    }
    return {"period": label, "goals": [terms | GOALS[label]]}
