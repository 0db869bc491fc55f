"""Registering securities and recording what happened to the companies behind them."""

from datetime import date, datetime

from django.db import transaction

from ltip import clock
from ltip.program import selectors
from ltip.program.models import Security, SecurityEvent, SecurityEventWithdrawal, SecuritySymbol
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.records.models import Document, Seal
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

LOCK = "market"
EVENT_KINDS = ("acquired", "bankrupt", "delisted", "merged", "renamed")


@transaction.atomic
def register_security(
    *,
    ticker: str,
    name: str,
    starts_on: date,
    by: records.Actor,
    at: datetime,
    is_company: bool = False,
    currency: str = "USD",
) -> Security:
    """Register a security with its first symbol; refuses a symbol that another one has that day."""
    lock(LOCK)
    seal = records.seal(
        kind="program.security.registered",
        content={"ticker": ticker, "name": name, "starts_on": starts_on, "company": is_company},
        by=by,
        at=at,
    )
    return add_security(
        ticker=ticker,
        name=name,
        starts_on=starts_on,
        seal=seal,
        is_company=is_company,
        currency=currency,
    )


def add_security(
    *,
    ticker: str,
    name: str,
    starts_on: date,
    seal: Seal,
    is_company: bool = False,
    currency: str = "USD",
) -> Security:
    """Write the rows of a security that the given seal tells of."""
    if selectors.security_by_ticker(ticker, on=starts_on):
        raise Refused(
            f"{ticker} is the symbol of another security on {day_text(starts_on)}.", place="GA §2"
        )
    security = Security.objects.create(
        name=name, currency=currency, is_company=is_company, seal=seal
    )
    SecuritySymbol.objects.create(security=security, ticker=ticker, starts_on=starts_on, seal=seal)
    return security


@transaction.atomic
def date_back_symbol(
    *, security: Security, starts_on: date, by: records.Actor, at: datetime
) -> SecuritySymbol:
    """Record that a security bore its first symbol from an earlier day on.

    Refuses a day that is not earlier, and one on which another security bears the symbol.
    """
    lock(LOCK)
    first = SecuritySymbol.objects.filter(security=security).earliest("starts_on")
    if starts_on >= first.starts_on:
        raise Refused(
            f"{first.ticker} is on record from {day_text(first.starts_on)} on.", place="GA §2"
        )
    if selectors.security_by_ticker(first.ticker, on=starts_on):
        raise Refused(
            f"{first.ticker} is the symbol of another security on {day_text(starts_on)}.",
            place="GA §2",
        )
    seal = records.seal(
        kind="program.symbol.dated_back",
        content={
            "security": str(security.public_id),
            "ticker": first.ticker,
            "starts_on": starts_on,
        },
        by=by,
        at=at,
    )
    return SecuritySymbol.objects.create(
        security=security, ticker=first.ticker, starts_on=starts_on, seal=seal
    )


@transaction.atomic
def record_security_event(
    *,
    security: Security,
    kind: str,
    completed_on: date,
    by: records.Actor,
    at: datetime,
    other: Security | None = None,
    new_ticker: str = "",
    note: str = "",
    document: Document | None = None,
) -> SecurityEvent:
    """Record that a company was acquired, went bankrupt, was delisted, merged or was renamed.

    `document` is the evidence, where there is a paper. An event counts when it is completed
    (rulebook 4.5), so one dated in the future is refused.
    """
    lock(LOCK)
    if kind not in EVENT_KINDS:
        raise Refused(f"“{kind}” is not a kind of event.", place="GA §2")
    if completed_on > clock.legal_date(at):
        raise Refused(
            f"{day_text(completed_on)} has not come yet.",
            place="GA §2",
            remedy="Record the event when it is completed.",
        )
    if kind == "merged" and other is None:
        raise Refused("A merger names the company that survives.", place="GA §2")
    if other == security:
        raise Refused("The other company is another one than this.", place="GA §2")
    if (kind == "renamed") != bool(new_ticker):
        raise Refused("A new symbol goes with a change of name, and only with it.", place="GA §2")
    if new_ticker:
        _refuse_symbol(security, new_ticker, completed_on)
    if SecurityEvent.objects.filter(
        security=security, kind=kind, completed_on=completed_on, withdrawal__isnull=True
    ).exists():
        raise Refused("This event is on record already.", place="GA §2")
    seal = records.seal(
        kind="program.security_event.recorded",
        content={
            "security": str(security.public_id),
            "kind": kind,
            "completed_on": completed_on,
            "other": str(other.public_id) if other else None,
            "new_ticker": new_ticker,
            "note": note,
            "document": document.digest if document else None,
        },
        by=by,
        at=at,
    )
    if new_ticker:
        SecuritySymbol.objects.create(
            security=security, ticker=new_ticker, starts_on=completed_on, seal=seal
        )
    return SecurityEvent.objects.create(
        security=security,
        kind=kind,
        completed_on=completed_on,
        other=other,
        note=note,
        document=document,
        seal=seal,
    )


@transaction.atomic
def withdraw_security_event(
    *, event: SecurityEvent, reason: str, by: records.Actor, at: datetime
) -> SecurityEventWithdrawal:
    """Take back an event that was recorded by mistake; it stays readable (rulebook 4.5).

    Later runs leave it out, and runs made before stay as they are. Refuses a withdrawal without a
    reason, an event taken back before, and a change of name, whose symbol stays on record. GA §2.
    """
    lock(LOCK)
    if event.kind == "renamed":
        raise Refused(
            "A change of name is not taken back: the symbol that came with it stays on record.",
            place="GA §2",
            remedy="Record a change of name back to the symbol before, from the day it counts.",
        )
    if SecurityEventWithdrawal.objects.filter(event=event).exists():
        raise Refused("This event was taken back before.", place="GA §2")
    if not reason.strip():
        raise Refused("Taking back what was recorded needs a reason.", place="GA §2")
    seal = records.seal(
        kind="program.security_event.withdrawn",
        content={
            "security": str(event.security.public_id),
            "kind": event.kind,
            "completed_on": event.completed_on,
            "recorded": event.seal_id,
            "reason": reason,
        },
        by=by,
        at=at,
    )
    return SecurityEventWithdrawal.objects.create(
        event=event, reason=reason, withdrawn_at=at, seal=seal
    )


def _refuse_symbol(security: Security, ticker: str, starts_on: date) -> None:
    if selectors.security_by_ticker(ticker, on=starts_on):
        raise Refused(
            f"{ticker} is the symbol of a security on {day_text(starts_on)} already.",
            place="GA §2",
        )
    latest = SecuritySymbol.objects.filter(security=security).latest("starts_on")
    if starts_on <= latest.starts_on:
        raise Refused(
            f"The symbol {latest.ticker} is on record from {day_text(latest.starts_on)} on; "
            "another one comes after it.",
            place="GA §2",
        )
