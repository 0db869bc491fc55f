"""The life of one award in dated records: what was decided or happened, by which act, and why."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from committee.models import Act, Adoption
from committee.selectors import open_acts
from ltip.records.templatetags.figures import percent, shares
from ltip.rules.earning import MOST_SHARES_EACH
from ltip.rules.outcome import Step
from participants.awards.decisions import Record, decisions
from participants.awards.leaving import leaving_steps
from participants.awards.models import (
    Award,
)
from participants.awards.recovering import RecoveryState, recovery_states
from participants.awards.selectors import Standing, standing_of
from participants.people.labels import REASONS


@dataclass(frozen=True, slots=True)
class Life:
    """An award on a day: what it is worth in shares and why, what made it so, and what is open."""

    standing: Standing
    today: date
    records: tuple[Record, ...]
    recoveries: tuple[RecoveryState, ...]
    open_acts: tuple[Act, ...]

    @property
    def state(self) -> str:
        return self.standing.state_on(self.today)

    @property
    def most(self) -> int:
        return most_shares(self.standing)

    @property
    def most_steps(self) -> list[Step]:
        target = self.standing.target
        each = Step(
            _("Each Performance Share earns at most %(most)s shares") % {"most": MOST_SHARES_EACH},
            str(shares(target * MOST_SHARES_EACH)),
            "GA recitals",
        )
        return [*self.standing.target_steps, each, *self.standing.cap().steps]

    @property
    def due(self) -> int | None:
        """The shares due, or settled; None while nothing is determined."""
        if self.standing.settlement is not None:
            settled: int = self.standing.settlement.shares
            return settled
        return self.standing.entitlement().value.shares if self.standing.earned else None

    @property
    def due_steps(self) -> list[Any]:
        if self.standing.settlement is not None:
            return list(json.loads(self.standing.settlement.steps))
        if self.standing.earned is None:
            return []
        return [*self.standing.steps, *self.standing.entitlement().steps]

    @property
    def settles_on(self) -> date | None:
        if self.standing.settlement is not None:
            settles_on: date = self.standing.settlement.settles_on
            return settles_on
        return self.standing.entitlement().value.settles_on if self.standing.earned else None

    @property
    def may_still_change(self) -> bool:
        """Whether the Committee can still reduce it, find a transfer, or delay its settlement."""
        over = {"forfeited", "void", "settled"}
        return self.standing.settlement is None and self.state not in over


def life_of(public_id: UUID, *, today: date) -> Life | None:
    """An award with everything dated about it, in a constant number of queries."""
    award = Award.objects.filter(public_id=public_id).first()
    if award is None:
        return None
    standing = standing_of(award)
    recoveries = recovery_states(standing.recoveries)
    found = [
        *_beginnings(standing),
        *decisions(standing, recoveries.values()),
        *_lapsed(standing, today),
        *_endings(standing),
    ]
    acts = _acts_by_seal(record.seal for record in found)
    records = [
        replace(record, act=acts.get(record.seal))
        for record in sorted(found, key=lambda record: (record.on, record.seal))
    ]
    return Life(
        standing=standing,
        today=today,
        records=tuple(records),
        recoveries=tuple(recoveries[row.pk] for row in standing.recoveries),
        open_acts=tuple(open_acts().filter(exhibit__contains=str(public_id)).defer("exhibit")),
    )


def most_shares(standing: Standing) -> int:
    """The most that an award can earn: two shares each, or what reductions left of that."""
    most = standing.target * MOST_SHARES_EACH
    cap = standing.cap().value
    return most if cap is None else min(cap, most)


def shares_now(standing: Standing) -> int:
    """The shares due, or before the determination the most that the award can earn."""
    if standing.earned is None:
        return most_shares(standing)
    return standing.entitlement().value.shares


def _beginnings(standing: Standing) -> list[Record]:
    award = standing.award
    records = [
        Record(
            award.grant_date,
            award.seal_id,
            _("Granted"),
            _("Performance Shares at target."),
            str(shares(award.target_shares)),
            "P Grants",
        )
    ]
    acceptance = award.notice.signed if hasattr(award, "notice") else None
    if acceptance is not None:
        sentence = (
            _("The heirs signed the notice of grant on paper.")
            if hasattr(acceptance, "succession_id")
            else _("The holder signed the notice of grant.")
        )
        signed = (acceptance.signed_on, acceptance.seal_id, _("Signed"), sentence, "", "GN")
        records.append(Record(*signed))
    decline = getattr(award.notice, "decline", None) if hasattr(award, "notice") else None
    if decline is not None:
        declined = (decline.declined_on, decline.seal_id, _("Declined"), decline.reason, "", "GN")
        records.append(Record(*declined))
    earned = standing.earned
    if earned is not None and earned.certificate is not None:
        sentence = _("The period pays %(payout)s of target.") % {
            "payout": percent(earned.certificate.payout)
        }
        records.append(
            Record(
                earned.determination_date,
                earned.seal_id,
                _("Certified"),
                sentence,
                str(shares(earned.shares)),
                "P Award Determination",
                tuple(standing.steps),
            )
        )
    elif earned is not None:
        records.append(
            Record(
                earned.determination_date,
                earned.seal_id,
                _("Change in control"),
                _("Determined without a certificate, in one lump sum."),
                str(shares(earned.shares)),
                "P Change in Control",
                tuple(standing.steps),
            )
        )
    return records


def _lapsed(standing: Standing, today: date) -> list[Record]:
    """The lapse of an award that nobody signed for, which follows from the notice by date alone."""
    lapse = standing.lapse()
    if lapse.value is None or not standing.void_steps(today):
        return []
    step = lapse.steps[-1]
    seal = standing.award.notice.seal_id
    return [Record(lapse.value, seal, _("Lapsed"), step.sentence, "0", step.place)]


def _endings(standing: Standing) -> list[Record]:
    records = []
    left, settled = standing.person.service_end, standing.settlement
    if left is not None:
        records.append(
            Record(
                left.ended_on,
                left.seal_id,
                _("Employment ended"),
                f"{REASONS[left.reason]}.",
                "",
                "P Termination of Employment",
                leaving_steps(standing),
            )
        )
    if settled is not None:
        records.append(
            Record(
                settled.delivered_on,
                settled.seal_id,
                _("Settled"),
                _("%(delivered)s delivered, %(withheld)s withheld for tax.")
                % {"delivered": shares(settled.delivered), "withheld": shares(settled.withheld)},
                str(shares(settled.shares)),
                "GA §4",
                tuple(json.loads(settled.steps)),
            )
        )
    return records


def _acts_by_seal(seals: Iterable[int]) -> dict[int, Act]:
    adoptions = Adoption.objects.filter(seal__in=set(seals)).select_related("act")
    return {adoption.seal_id: adoption.act for adoption in adoptions.defer("act__exhibit")}
