"""People and records for tests, told from the project's own stories through the services."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from os.path import commonprefix
from pathlib import Path
from typing import Any

import time_machine
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.test import Client

from committee import selectors as committee_reading
from committee import services as committee
from committee.models import Act
from ltip.accounts import services as accounts
from ltip.accounts.models import Authentication, User
from ltip.desk.scenarios import facts
from ltip.desk.scenarios.reading import Story, read_story
from ltip.desk.scenarios.telling import LONG_AGO, PASSWORD, Telling
from participants.settlement import selectors as settlement_reading
from participants.settlement import services as settlement

Told = tuple[str, ...]

SCENARIOS = Path(__file__).parent / "scenarios"

# The acts of unsigned-papers.toml, by what has been done before them.
BEFORE_DESIGNATION, BEFORE_GRANTS, BEFORE_SIGNING, BEFORE_REPORT = 0, 1, 3, 4
BEFORE_CERTIFICATION, BEFORE_SETTLEMENT = 5, 6


def told(*, acts: int, name: str = "unsigned-papers.toml") -> Telling:
    """The story told up to and without the act at this position."""
    story = read_story(SCENARIOS / name)
    story.sections["act"] = story.sections["act"][:acts]
    telling = tell(story)
    refused = [refusal for act, refusal in telling.refusals if refusal and "refused" not in act]
    assert not refused, refused
    return telling


def tell(story: Story) -> Telling:
    """Tell a story to its end through the services.

    In a test that is rolled back, what an earlier story of this process began with in the same
    way is not told again: the rows that the services wrote then are put back, and the story goes
    on from there. A test spends its time on what it is about.
    """
    telling = Telling(story)
    if not connection.in_atomic_block:
        telling.tell()
        return telling
    path = _path_of(telling)
    known = next((length for length in range(len(path), 0, -1) if path[:length] in _TOLD), 0)
    if known:
        telling = _put_back(path[:known], story)
    else:
        facts.set_up(telling)
    fork = max((len(commonprefix([path, other])) for other in _PATHS), default=0)
    for length, (do, act) in enumerate(telling.course(), start=1):
        if length < (known or 1):
            continue
        if length == fork:
            _keep(path[:length], telling)
        telling.attempt(do, act)
    _keep(path, telling)
    _PATHS.add(path)
    return telling


def _path_of(telling: Telling) -> Told:
    """All that a telling hangs on: what it takes for granted, then step for step what is done."""
    acts = telling.sections.get("act", [])
    granted = {name: told for name, told in telling.sections.items() if name != "act"}
    last_day = max(telling.last_day(), telling.sections["period"]["end"])
    holders_sign = any(act["do"] == "sign" for act in acts)
    return (repr((granted, last_day, holders_sign)), *(repr(act) for _, act in telling.course()))


def _keep(path: Told, telling: Telling) -> None:
    if path not in _TOLD:
        ours = ("records", "accounts", "jobs", "program", "committee", "participants")
        models = [model for model in apps.get_models() if model._meta.app_label in ours]
        rows = {model: list(model._base_manager.all()) for model in models}
        _TOLD[path] = copy.deepcopy((telling, rows))


def _put_back(path: Told, story: Story) -> Telling:
    telling, rows = copy.deepcopy(_TOLD[path])
    for model, written in rows.items():
        model._base_manager.bulk_create(written)
    telling.story, telling.sections = story, story.sections
    return telling


_TOLD: dict[Told, tuple[Telling, dict[type[Model], list[Model]]]] = {}
_PATHS: set[Told] = set()


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def proof(user: User, at: datetime) -> Authentication:
    """A fresh proof of identity, made as a person makes it."""
    return accounts.reauthenticate(
        user=user, password=PASSWORD, at=at, address="192.0.2.7", device="a test"
    )


def sign(act: Act, user: User, at: datetime) -> committee.Signing:
    return committee.sign_act(
        act=act,
        shown_digest=act.exhibit_digest,
        by=user,
        authentication=proof(user, at),
        at=at,
    )


def sign_all(act: Act, on: date) -> committee.Signing:
    signing = None
    for signer in committee_reading.signers_of(act, on=on):
        signing = sign(act, signer.membership.user, noon(on))
    assert signing is not None
    return signing


def adopt(telling: Telling, kind: str, request: dict[str, Any], on: date) -> Act:
    """An act that the secretary proposes and every member signs on a day."""
    act = committee.propose_act(kind=kind, request=request, by=telling.secretary, at=noon(on))
    assert sign_all(act, on).adopted
    return act


def staff(role: str, *, name: str, telling: Telling) -> User:
    """One more user with a role."""
    user = accounts.open_account(
        email=f"{role}@cast.example",
        name=name,
        time_zone="UTC",
        by=accounts.SYSTEM,
        at=telling.told_at,
        password=PASSWORD,
    )
    accounts.assign_role(
        user=user, role=role, starts_on=LONG_AGO, by=accounts.SYSTEM, at=telling.told_at
    )
    return user


def goal_request(period_label: str, **changes: Any) -> dict[str, Any]:
    """What the secretary asks for when a goal is to be set."""
    terms = {
        "kind": "relative_tsr",
        "weight": 100,
        "peers": ["LOW", "HIGH"],
        "averaging_days": 1,
        "percentile": "discrete",
        "schedule": [[25, 50], [50, 100], [75, 200]],
        "between_points": "line",
        "negative_tsr_cap": None,
        "peer_events": {
            "acquired": "remove",
            "bankrupt": "bottom",
            "merged": "survivor_stays",
        },
    }
    return {"period": period_label, "goals": [terms | changes]}


def browser_of(user: User) -> Client:
    """A browser in which a user has signed in; called on the day of the visit."""
    browser = Client()
    told = {"login": user.email, "password": PASSWORD}
    assert browser.post("/accounts/login/", told).status_code == 302
    return browser


@contextmanager
def visit(user: User, day: date) -> Iterator[Client]:
    """A signed-in browser on a day, at noon."""
    with time_machine.travel(noon(day)):
        yield browser_of(user)


def batch_to_approve(telling: Any, on: date) -> Any:
    """All conditions ticked, and a batch of what is due that day, without any tax."""
    at = noon(on)
    for condition in settlement_reading.unticked_conditions(telling.period):
        settlement.tick_condition(
            period=telling.period, condition=condition, by=telling.administrator, at=at
        )
    due = settlement_reading.awaiting_settlement(telling.period, on=on)
    return settlement.prepare_settlement(
        period=telling.period,
        tax_minor={str(standing.award.public_id): 0 for standing in due},
        by=telling.administrator,
        at=at,
    )
