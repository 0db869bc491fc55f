"""Confirming what is in doubt about prices, and putting prices right."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ltip import clock
from ltip.program import selectors
from ltip.program.models import (
    DoubtConfirmation,
    PerformancePeriod,
    PriceCorrection,
    Security,
)
from ltip.program.services import market
from ltip.program.services.imports import import_prices
from ltip.program.services.measuring import gather_inputs
from ltip.program.services.price_files import ACTION_KINDS, FileRefused
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Refused

CORRECTED = ("close", *ACTION_KINDS)


def doubts_of(period: PerformancePeriod, *, on: date) -> list[selectors.DoubtFound]:
    """What is in doubt about the prices that a run over the period would use on a day (GA §2).

    A final run, once the period is over; before, an interim one up to the company's last close.
    Refuses what the gathering of a run's inputs refuses.
    """
    until = min(on, period.end_date)
    reach_to = selectors.own_prices_reach_to()
    if on <= period.end_date and reach_to:
        until = max(min(until, reach_to), period.start_date)
    return selectors.doubts_in(gather_inputs(period=period, until=until, on=on))


@transaction.atomic
def confirm_doubts(
    *,
    period: PerformancePeriod,
    keys: Sequence[str],
    reason: str,
    by: records.Actor,
    at: datetime,
) -> list[DoubtConfirmation]:
    """Record that what is in doubt is right, in one person's name and with the reason (GA §2).

    Refuses without a reason, without a doubt, and a doubt that was confirmed before or is none
    any more because a value changed: then nothing is confirmed.
    """
    lock(market.LOCK)
    if not reason.strip():
        raise Refused("To confirm what is in doubt needs a reason.", place="GA §2")
    if not keys:
        raise Refused("No doubt is chosen.", place="GA §2", remedy="Choose one or several.")
    still_open = {
        each.key: each
        for each in doubts_of(period, on=clock.legal_date(at))
        if each.confirmation is None
    }
    chosen = [still_open[key] for key in dict.fromkeys(keys) if key in still_open]
    if len(chosen) < len(set(keys)):
        raise Refused(
            f"Of {len(set(keys))} doubts chosen, {len(set(keys)) - len(chosen)} are open no "
            "longer, so nothing was confirmed.",
            place="GA §2",
            remedy="Look at the page again.",
        )
    seal = records.seal(
        kind="program.doubts.confirmed",
        content={
            "reason": reason,
            "doubts": [
                {"key": each.key, "kind": each.doubt.kind, "sentence": each.doubt.sentence}
                for each in chosen
            ],
        },
        by=by,
        at=at,
    )
    return DoubtConfirmation.objects.bulk_create(
        DoubtConfirmation(
            key=each.key,
            kind=each.doubt.kind,
            security_id=each.security_id,
            starts_on=each.doubt.on,
            ends_on=each.doubt.until,
            sentence=each.doubt.sentence,
            reason=reason,
            confirmed_at=at,
            seal=seal,
        )
        for each in chosen
    )


@transaction.atomic
def correct_price(
    *,
    security: Security,
    what: str,
    on: date,
    value: Decimal,
    reason: str,
    by: records.Actor,
    at: datetime,
) -> PriceCorrection:
    """Put a close or an action of a day right, or record one that is missing (GA §2).

    It is taken in as a file of one line, so that all its rules hold and the value before stays.
    Refuses without a reason, the value that is on record, and what a file would be refused for.
    """
    lock(market.LOCK)
    if what not in CORRECTED:
        raise Refused(f"“{what}” is no close and no kind of action.", place="GA §2")
    if not reason.strip():
        raise Refused("To put a price right needs a reason.", place="GA §2")
    ticker = selectors.tickers_on(on)[security.pk]
    line, name = f"{on.isoformat()},{ticker}", f"correction-{ticker}-{on.isoformat()}.csv"
    if what == "close":
        closes, actions = f"date,ticker,close\n{line},{decimal_text(value)}\n", None
    else:
        closes, actions = None, f"date,ticker,kind,amount\n{line},{what},{decimal_text(value)}\n"
    try:
        (source,) = import_prices(
            closes=None if closes is None else closes.encode(),
            actions=None if actions is None else actions.encode(),
            closes_name=name,
            actions_name=name,
            by=by,
            at=at,
        )
    except FileRefused as refusal:
        raise Refused(f"{refusal.faults[0].reason}.", place="GA §2") from None
    if source.unchanged:
        raise Refused(
            f"This is the {what.replace('_', '-')} on record for {day_text(on)}.",
            place="GA §2",
            remedy="If it is right, confirm it.",
        )
    seal = records.seal(
        kind="program.price.corrected",
        content={
            "security": str(security.public_id),
            "on": on,
            "what": what,
            "value": value,
            "reason": reason,
            "import": source.seal_id,
        },
        by=by,
        at=at,
    )
    return PriceCorrection.objects.create(
        security=security,
        date=on,
        what=what,
        value=decimal_text(value),
        reason=reason,
        source=source,
        corrected_at=at,
        seal=seal,
    )
