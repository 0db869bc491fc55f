"""People and records for tests, told from the project's own stories through the services."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from committee import selectors as committee_reading
from committee import services as committee
from committee.models import Act
from ltip.accounts import services as accounts
from ltip.accounts.models import Authentication, User
from ltip.desk.scenarios.reading import read_story
from ltip.desk.scenarios.telling import LONG_AGO, PASSWORD, Telling

SCENARIOS = Path(__file__).parent / "scenarios"

# The acts of unsigned-papers.toml, by what has been done before them.
BEFORE_DESIGNATION, BEFORE_GRANTS, BEFORE_SIGNING, BEFORE_REPORT = 0, 1, 3, 4
BEFORE_CERTIFICATION, BEFORE_SETTLEMENT = 5, 6


def told(*, acts: int, name: str = "unsigned-papers.toml") -> Telling:
    """The story told up to and without the act at this position."""
    story = read_story(SCENARIOS / name)
    story.sections["act"] = story.sections["act"][:acts]
    telling = Telling(story)
    telling.tell()
    refused = [refusal for act, refusal in telling.refusals if refusal and "refused" not in act]
    assert not refused, refused
    return telling


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
