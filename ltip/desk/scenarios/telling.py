"""Telling a story: its facts set up, its acts done in their order, through the services."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from committee import selectors as committee_reading
from committee import services as committee
from ltip.accounts import services as accounts
from ltip.desk.scenarios.reading import Story
from ltip.jobs import services as jobs
from ltip.program import selectors as program
from ltip.program.services import measuring
from ltip.records import services as records

LONG_AGO = date(1900, 1, 1)
PASSWORD = "a story, and nothing but a story"  # noqa: S105 - of a database that is thrown away

# What to do, and the act that says so: None where it is the goal.
Step = tuple[Callable[[], None], dict[str, Any] | None]


class Telling:
    """One story on an empty database, inside a transaction that its caller rolls back.

    `facts.set_up` fills it; the functions of `acts` do what the story's acts say.
    """

    told_at: datetime
    secretary: Any
    administrator: Any
    approver: Any
    members: list[Any]
    period: Any

    def __init__(self, story: Story) -> None:
        self.story = story
        self.sections = story.sections
        self.holders: dict[str, Any] = {}
        self.parachutes: dict[str, Any] = {}
        self.refusals: list[tuple[dict[str, Any], str | None]] = []
        self.not_measurable: records.Refused | None = None

    def tell(self) -> None:
        """Set up the facts and do every act; acts that are refused are kept with the reason."""
        from ltip.desk.scenarios import facts

        facts.set_up(self)
        for do, act in self.course():
            self.attempt(do, act)

    def course(self) -> list[Step]:
        """What is done once the facts are set up, in its order."""
        from ltip.desk.scenarios import acts

        told: list[tuple[date, Step]] = []
        if goals := self.goals():
            # One act sets them all; it is dated when the last of them stood in writing.
            set_on = max(goal["on"] for goal in goals)
            told.append((set_on, (lambda: acts.set_goals(self, goals, set_on), None)))
        for act in self.sections.get("act", []):
            told.append((act["on"], (self._doing(acts.DOING[act["do"]], act), act)))
        return [step for _, step in sorted(told, key=lambda entry: entry[0])]

    def attempt(self, do: Callable[[], None], told: dict[str, Any] | None) -> None:
        """Do a step of the course; what is refused leaves nothing behind but its reason."""
        try:
            with transaction.atomic():
                do()
        except records.Refused as refusal:
            if told is not None:
                self.refusals.append((told, str(refusal)))
            elif "refused" in self.sections.get("expect", {}):
                self.not_measurable = refusal
            else:
                raise
        else:
            if told is not None:
                self.refusals.append((told, None))

    def goals(self) -> list[dict[str, Any]]:
        """The story's goals: the one of [goal], or those of [[goals]]."""
        if "goal" in self.sections:
            return [{"weight": 100, **self.sections["goal"]}]
        return list(self.sections.get("goals", []))

    def last_day(self) -> date:
        """The day on which the story ends: that of its last act."""
        days = [act["on"] for act in self.sections.get("act", [])]
        return max([self.sections["period"]["start"], *days])

    def final_run(self) -> Any:
        """The run the story was determined by, or else one made when the period is over."""
        if self.not_measurable is not None:
            raise self.not_measurable
        run = program.latest_final_run(self.period)
        if run is None:
            after = max(self.last_day(), self.period.end_date + timedelta(days=1))
            run = self.measure(noon(after))
        return run

    def measure(self, at: datetime) -> Any:
        """Make a final run as its job does."""
        job = measuring.request_run(period=self.period, is_final=True, by=self.administrator, at=at)
        done = jobs.perform(job.pk)
        if done is None or done.state != "done":
            raise records.Refused(done.message if done else "not performed", place="GA §2")
        return program.latest_final_run(self.period)

    def adopt(self, kind: str, request: dict[str, Any], on: date) -> None:
        """Propose an act and have every member sign it who is asked to."""
        at = noon(on)
        act = committee.propose_act(kind=kind, request=request, by=self.secretary, at=at)
        for signer in committee_reading.signers_of(act, on=on):
            if signer.is_awaited:
                user = signer.membership.user
                signing = committee.sign_act(
                    act=act,
                    shown_digest=act.exhibit_digest,
                    by=user,
                    authentication=self.proof(user, at),
                    at=at,
                )
                if signing.voided:
                    raise records.Refused("; ".join(signing.changes), place="P Administration")

    def proof(self, user: Any, at: datetime) -> Any:
        """A fresh proof of a user's identity."""
        return accounts.reauthenticate(
            user=user, password=PASSWORD, at=at, address="127.0.0.1", device="scenario"
        )

    def _doing(
        self, do: Callable[["Telling", dict[str, Any]], None], act: dict[str, Any]
    ) -> Callable[[], None]:
        return lambda: do(self, act)


def noon(day: date) -> datetime:
    """The moment of a day at which the story does everything."""
    return datetime.combine(day, time(12), tzinfo=UTC)
