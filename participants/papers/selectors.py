"""Reading notices, what their holders have to do with them, and how an award stands."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ltip.jobs.models import Job, JobState
from ltip.program import selectors as program
from ltip.rules.canonical import canonical_text
from participants.awards.decisions import Record, decisions_about
from participants.awards.life import most_shares
from participants.awards.models import Award
from participants.awards.selectors import Standing
from participants.papers.models import Acceptance, Notice, NoticeRendering
from participants.papers.services import RENDER_JOB
from participants.papers.wording import Section, acknowledgements_for, notice_sections
from participants.people.models import Employee


def unsigned_notices(employee: Employee) -> list[Notice]:
    """The notices that nobody has signed, oldest first."""
    return list(
        Notice.objects.filter(
            award__employee=employee, acceptance__isnull=True, heirs_acceptance__isnull=True
        )
        .select_related("award__employee", "award__period", "decline")
        .order_by("pk")
    )


def notices_to_sign(employee: Employee, *, on: date) -> list[Notice]:
    """Those of them that still can be signed."""
    return [
        notice
        for notice in unsigned_notices(employee)
        if notice.sign_by is None or on <= notice.sign_by
    ]


def is_signed(award: Award) -> bool:
    """Whether the notice of the award is signed, by the holder or the heirs."""
    return award.notice.signed is not None


def data_of(notice: Notice) -> dict[str, Any]:
    """The notice's data: the original of which page and PDF are renderings."""
    data: dict[str, Any] = json.loads(notice.data)
    return data


def sections_of(notice: Notice) -> list[Section]:
    """The notice's text, section by section."""
    return notice_sections(data_of(notice))


def keys_to_agree_to(notice: Notice) -> list[str]:
    """What the holder has to agree to when signing (rulebook 11.2)."""
    return [item.key for item in acknowledgements_for(data_of(notice)["country"])]


def words_agreed_to(acceptance: Acceptance) -> list[str]:
    """What the holder agreed to, in the words that were shown."""
    return [item["words"] for item in json.loads(acceptance.agreed_to)]


def acceptance_of(notice: Notice) -> Acceptance | None:
    """The holder's signature, once there is one."""
    return (
        Acceptance.objects.filter(notice=notice)
        .select_related("authentication_use__authentication", "seal")
        .first()
    )


def rendering_of(notice: Notice) -> NoticeRendering | None:
    """The notice as PDF, once the job has made it."""
    return NoticeRendering.objects.filter(notice=notice).select_related("document").first()


def rendering_failed(notice: Notice) -> bool:
    """Whether the job that makes the PDF gave up."""
    jobs = Job.objects.filter(
        kind=RENDER_JOB, arguments=canonical_text({"seal": notice.seal_id})
    ).order_by("-pk")
    return jobs.values_list("state", flat=True).first() == JobState.FAILED


# An award as its holder reads it


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of an award's life: its days as far as they are known, and whether it was reached."""

    key: str
    starts_on: date | None
    ends_on: date | None
    is_over: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """An award on a day: where it stands, what its holder has to do, and what comes next."""

    standing: Standing
    day: date

    @property
    def award(self) -> Award:
        return self.standing.award

    @property
    def target(self) -> int:
        """The Performance Shares after every adjustment."""
        return self.standing.target

    @property
    def most_shares(self) -> int:
        """The most that the award can become, after what the Committee decided about it."""
        return most_shares(self.standing)

    @property
    def decisions(self) -> list[Record]:
        """What the Committee decided about the award after its grant."""
        return decisions_about(self.standing)

    @property
    def is_delayed(self) -> bool:
        """Whether the settlement is put off, and has not happened."""
        return self.standing.state_on(self.day) == "delayed"

    @property
    def state(self) -> str:
        """running, uncertified, nothing, earned, approved, settled, forfeited or void.

        What is recovered of it stands among the decisions, and hides none of these.
        """
        plain = replace(self.standing, recoveries=()).state_on(self.day)
        if plain == "granted":
            return "running" if self.day <= self.award.period.end_date else "uncertified"
        if plain in ("earned", "delayed"):
            if not self.shares:
                return "nothing"
            return "approved" if self.standing.settlement else "earned"
        return plain

    @property
    def is_lapsed(self) -> bool:
        """Whether it is void because the notice's own days to sign passed."""
        return any(step.place == "GN" for step in self.standing.void_steps(self.day))

    @property
    def sign_by(self) -> date | None:
        """The last day to sign, where the notice sets one and still waits."""
        last_day: date | None = self.award.notice.sign_by
        return last_day if self.must_sign and self.standing.lapse().value else None

    @property
    def must_sign(self) -> bool:
        """Whether the notice waits for a signature on which something still hangs."""
        over = self.state in ("nothing", "settled", "forfeited", "void")
        return not over and not is_signed(self.award)

    @property
    def is_certified(self) -> bool:
        """Whether it is determined, by certificate or by a change in control."""
        earned = self.standing.earned
        return earned is not None and earned.determination_date <= self.day

    @property
    def shares(self) -> int | None:
        """The shares due to the holder, nothing before they are certified."""
        if not self.is_certified or self.standing.earned is None:
            return None
        return self.standing.entitlement().value.shares

    @property
    def steps(self) -> list[Any]:
        """The stored steps to the shares earned, and what the end of service made of them."""
        if not self.is_certified or self.standing.earned is None:
            return []
        return [*self.standing.steps, *self.standing.entitlement().steps]

    @property
    def settles_on(self) -> date | None:
        if not self.is_certified or self.standing.earned is None:
            return None
        return self.standing.entitlement().value.settles_on

    @property
    def delivers_on(self) -> date | None:
        """The day of delivery: the one it happened on, else the one that the Program gives."""
        if self.standing.settlement:
            delivered_on: date = self.standing.settlement.delivered_on
            return delivered_on
        if self.settles_on is None:
            return None
        readings = self.standing.readings.on(self.settles_on)
        return program.delivery_of(settles_on=self.settles_on, readings=readings).value

    @property
    def next_date(self) -> date | None:
        """The day of the next thing that happens, where one is fixed and has not passed."""
        days = {
            "running": self.award.period.end_date,
            "earned": self.settles_on,
            "approved": self.delivers_on,
        }
        following = days.get(self.state)
        return following if following and following >= self.day else None

    @property
    def ended_on(self) -> date:
        """The day on which employment ended, a transfer was found, or the days to sign had
        passed, and the award with it."""
        left, finding = self.standing.person.leaving, self.standing.transfer_finding
        if self.is_lapsed and (lapsed_on := self.standing.lapse().value):
            return lapsed_on
        if self.state == "void" and finding is not None:
            return finding.found_on
        if left is None:
            raise ValueError("the holder has not left")
        return left.on

    @property
    def life_line(self) -> list[Stage]:
        """granted, running, certified, settles, delivered; cut short where nothing more comes.

        A change in control stands in the place of the certificate, and may end the period early.
        """
        award, state, earned = self.award, self.state, self.standing.earned
        certified_on = earned.determination_date if self.is_certified and earned else None
        control = self.standing.control if self.is_certified else None
        ends_on = control.measured_until if control else award.period.end_date
        period_over = self.day > ends_on
        settling_day_came = bool(self.settles_on and self.settles_on <= self.day)
        stages = [
            Stage("granted", award.grant_date, None, True, False),
            Stage(
                "running",
                award.period.start_date,
                ends_on,
                period_over,
                state == "running",
            ),
            Stage(
                "control" if control else "certified",
                certified_on,
                None,
                bool(certified_on),
                state == "uncertified",
            ),
        ]
        if state in ("forfeited", "void"):
            ended = self.ended_on
            reached = [s for s in stages if (day := s.ends_on or s.starts_on) and day <= ended]
            return [*reached, Stage(state, ended, None, False, True)]
        if state == "nothing":
            return [*stages, Stage("nothing", certified_on, None, False, True)]
        delivering = state == "approved" or (state == "earned" and settling_day_came)
        return [
            *stages,
            Stage(
                "settles",
                self.settles_on,
                None,
                settling_day_came,
                state == "earned" and not settling_day_came,
            ),
            Stage("delivered", self.delivers_on, None, state == "settled", delivering),
        ]
