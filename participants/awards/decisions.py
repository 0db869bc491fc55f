"""What was decided about an award after its grant, as dated records."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from committee.models import Act
from ltip.records.templatetags.figures import day, shares
from ltip.rules.quantities import money_text
from participants.awards.amendments import amendments_of
from participants.awards.models import (
    Amendment,
    AwardAdjustment,
    Discretion,
    EarlyTax,
    SettlementDeferral,
    TransferFinding,
)
from participants.awards.recovering import RecoveryState, recovery_states
from participants.awards.selectors import Standing


@dataclass(frozen=True, slots=True)
class Record:
    """Something that was decided about an award, or happened to it, on a day.

    `figure` is what it left of the award; `seal` the number of its seal, which orders a day.
    """

    on: date
    seal: int
    what: str
    sentence: str
    figure: str
    place: str
    steps: tuple[Any, ...] = ()
    act: Act | None = None


def decisions_about(standing: Standing) -> list[Record]:
    """What the Committee decided about an award after its grant, and what came back of it, in the
    order of the days."""
    found = decisions(standing, recovery_states(standing.recoveries).values())
    return sorted(found, key=lambda record: (record.on, record.seal))


def decisions(standing: Standing, recoveries: Iterable[RecoveryState]) -> list[Record]:
    """The same in no order, with the recoveries read already."""
    finding = standing.transfer_finding
    return [
        *(_adjusted(row) for row in standing.adjustments),
        *(_decided(row, standing) for row in standing.discretions),
        *(_deferred(row) for row in standing.award.settlement_deferrals.all()),
        *(_amended(row) for row in amendments_of(standing.award)),
        *(record for state in recoveries for record in _recovered(state)),
        *([_transferred(finding)] if finding else []),
        *(_taxed(row) for row in standing.early_taxes),
    ]


def _adjusted(row: AwardAdjustment) -> Record:
    sentences = [
        _("%(ratio)s new for one old; the target was %(before)s.")
        % {"ratio": row.adjustment.ratio, "before": shares(row.target_before)}
    ]
    if row.earned_before is not None:
        sentences.append(
            _("What was earned was %(before)s and is %(after)s.")
            % {"before": shares(row.earned_before), "after": shares(row.earned_after)}
        )
    return Record(
        row.adjustment.adjusted_on,
        row.seal_id,
        _("Adjusted"),
        " ".join([*sentences, row.adjustment.transaction]),
        str(shares(row.target_after)),
        "GA §11",
    )


def _decided(row: Discretion, standing: Standing) -> Record:
    is_reduction = row.direction == Discretion.Direction.REDUCE
    is_cap = standing.earned is None or row.seal_id < standing.earned.seal_id
    sentence = _("It earns at most %(to)s shares.") if is_cap else _("%(to)s shares are due.")
    return Record(
        row.decided_on,
        row.seal_id,
        _("Reduced") if is_reduction else _("Increased"),
        " ".join([sentence % {"to": shares(row.to_shares)}, _reason(row.reason)]),
        str(shares(row.to_shares)),
        "P Award Determination",
    )


def _deferred(row: SettlementDeferral) -> Record:
    return Record(
        row.deferred_on,
        row.seal_id,
        _("Settlement delayed"),
        " ".join(
            [
                _("Until %(year)s, the first year in which the company can deduct it.")
                % {"year": row.first_deductible_year},
                _reason(row.reason),
            ]
        ),
        str(row.first_deductible_year),
        "P Qualified Performance-Based Compensation",
    )


def _amended(row: Amendment) -> Record:
    return Record(
        row.amended_on,
        row.seal_id,
        _("Amended"),
        row.draft.title,
        "",
        "P Amendment and Termination",
    )


def _recovered(state: RecoveryState) -> list[Record]:
    row = state.recovery
    place = "P Compensation Subject to Recovery"
    under = _("Under %(policy)s.") % {"policy": row.policy}
    figure, besides = _recovered_figure(row.shares, row.amount_minor or 0, row.currency)
    told = " ".join([*besides, under, _reason(row.reason)])
    records = [Record(row.determined_on, row.seal_id, _("To be recovered"), told, figure, place)]
    for receipt in state.receipts:
        figure, besides = _recovered_figure(receipt.shares, receipt.amount_minor, row.currency)
        told = " ".join([*besides, receipt.note or _("Received by the company.")])
        records.append(
            Record(receipt.received_on, receipt.seal_id, _("Came back"), told, figure, place)
        )
    return records


def _recovered_figure(count: int, amount_minor: int, currency: str) -> tuple[str, list[str]]:
    """The shares, or the money where it is alone, and the sentence of the money beside shares."""
    money = money_text(amount_minor, currency)
    if not count:
        return money, []
    besides = [_("Besides %(money)s in money.") % {"money": money}] if amount_minor else []
    return str(shares(count)), besides


def _transferred(row: TransferFinding) -> Record:
    return Record(
        row.found_on,
        row.seal_id,
        _("Transfer attempted"),
        _("On %(day)s: %(description)s")
        % {"day": day(row.attempted_on), "description": row.description},
        _("void") if row.voids_award else _("the award stands"),
        "GA §10",
    )


def _taxed(row: EarlyTax) -> Record:
    told = _(
        "%(shares)s shares were forfeited for a tax of %(tax)s before the Settlement Date."
    ) % {
        "shares": shares(row.forfeited),
        "tax": money_text(row.tax_minor, row.currency),
    }
    left = row.due_before - row.forfeited
    return Record(
        row.taxed_on,
        row.approval.seal_id,
        _("Earlier tax"),
        told,
        str(shares(left)),
        "GA §6",
        tuple(json.loads(row.steps)),
    )


def _reason(words: str) -> str:
    return _("The reason: %(words)s") % {"words": words}
