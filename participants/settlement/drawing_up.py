"""One line of a batch: what an award is due, its tax, the shares withheld and delivered."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ltip.program.selectors import delivery_of
from ltip.rules.calendars import next_business_day_on_or_after
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Outcome, Refused
from ltip.rules.paying import Ways, allocated, shares_to_sell
from ltip.rules.readings import DEFAULTS
from ltip.rules.settling import withholding
from participants.awards.selectors import Standing
from participants.people.heirs import Heirs
from participants.settlement.electing import ways_for
from participants.settlement.models import WithholdingElection
from participants.settlement.recipients import recipients
from participants.settlement.selectors import fair_market_value_on
from participants.settlement.statements import CURRENCY
from participants.settlement.taxing import (
    Delivery,
    Payroll,
    TaxGrounds,
    computed_tax,
    typed_tax,
)

SETTLED_UNDER = (
    "business_day",
    "settlement.non_business_day",
    "withholding.choice",
    "withholding.rounding",
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the lines of a batch are drawn up from, by the award's public identifier or key."""

    tax_minor: Mapping[str, int]
    payroll: Mapping[str, Payroll]
    given_by: str
    on: date
    fair_market_value: Decimal | None
    fair_market_value_source: str
    heirs: Mapping[int, Heirs]
    grounds: TaxGrounds
    elections: Mapping[int, WithholdingElection]


def line_for(standing: Standing, drawing: Drawing) -> dict[str, Any]:
    """The line of a batch for an award, with every step of it."""
    award, name = standing.award, standing.person.employee.name
    key = str(award.public_id)
    due = standing.entitlement()
    settles_on = due.value.settles_on
    if settles_on is None:
        raise Refused(f"The award of {name} is forfeited.", place="P Termination of Employment")
    readings = standing.readings.on(settles_on)
    settled_under: tuple[str, ...] = SETTLED_UNDER
    value, source = drawing.fair_market_value, drawing.fair_market_value_source
    if value is None:
        settled_under = (*settled_under, "fair_market_value")
        value, source = fair_market_value_on(settles_on, reading=readings["fair_market_value"])
    if key in drawing.payroll:
        settled_under = (*settled_under, "tax.exchange_rate")
    value = Decimal(decimal_text(value))
    delivers = delivery_of(settles_on=settles_on, readings=readings)
    line = {
        "award": key,
        "holder": name,
        "shares": due.value.shares,
        "settles_on": settles_on.isoformat(),
        "delivers_on": delivers.value.isoformat(),
        "fair_market_value": decimal_text(value),
        "fair_market_value_source": source,
        "readings": {key: readings[key] for key in settled_under},
    }
    tax = _tax(line, standing, drawing)
    ways = ways_for(drawing.elections.get(award.pk), choice=readings["withholding.choice"])
    parts = allocated(tax_minor=tax.value, ways=ways.value, currency=CURRENCY)
    withheld = withholding(
        tax_minor=parts.value.shares_minor,
        fair_market_value=value,
        earned=due.value.shares,
        currency=CURRENCY,
        rounding=readings["withholding.rounding"],
    )
    sold = shares_to_sell(
        sale_minor=parts.value.sale_minor,
        fair_market_value=value,
        delivered=withheld.value.delivered,
        currency=CURRENCY,
    )
    divided = recipients(standing, drawing.heirs, shares=withheld.value.delivered)
    steps = [
        *standing.steps,
        *[asdict(step) for step in (*due.steps, *delivers.steps)],
        {
            "sentence": f"Fair Market Value: {source}.",
            "figure": decimal_text(value),
            "place": "GA §6",
        },
        *[asdict(step) for step in (*tax.steps, *ways.steps, *parts.steps)],
        *[asdict(step) for step in (*withheld.steps, *sold.steps, *divided.steps)],
    ]
    payroll = drawing.payroll.get(key)
    return {
        **line,
        "tax_minor": tax.value,
        "payroll": payroll.as_kept() if payroll else None,
        "tax_steps": [asdict(step) for step in tax.steps],
        "ways": asdict(ways.value),
        "cash_minor": parts.value.cash_minor,
        "sale_minor": parts.value.sale_minor,
        "to_sell": sold.value,
        **asdict(withheld.value),
        "recipients": [asdict(recipient) for recipient in divided.value],
        "steps": steps,
    }


def totals_for(lines: list[dict[str, Any]]) -> dict[str, int]:
    """The sums of a batch."""
    shares = ("shares", "withheld", "delivered", "to_sell")
    money = ("tax_minor", "cash_minor", "sale_minor", "returned_minor", "owed_minor")
    return {key: sum(line[key] for line in lines) for key in (*shares, *money)}


def delivered_on(line: Mapping[str, Any], *, approved_on: date) -> date:
    """A late approval delivers on its own day, or the next business day (rulebook 6.1)."""
    delivers_on = date.fromisoformat(line["delivers_on"])
    if approved_on <= delivers_on:
        return delivers_on
    # A batch that was prepared before readings were kept with it knew the default only.
    readings = {**DEFAULTS, **line.get("readings", {})}
    return next_business_day_on_or_after(approved_on, business_day=readings["business_day"])


def require_same_tax(
    line: Mapping[str, Any], standing: Standing, grounds: TaxGrounds, *, on: date
) -> None:
    """Refuse a line whose tax, computed again from the same figures, comes out otherwise: a rate
    was replaced since, or the delivery falls on another day (rulebook 10.5)."""
    if line.get("payroll") is None:
        return
    tax = _computed(line, standing, Payroll.from_kept(line["payroll"]), grounds, on=on)
    if [asdict(step) for step in tax.steps] != line["tax_steps"]:
        raise Refused(
            f"The tax of {line['holder']} is figured otherwise today than when the batch was "
            "prepared.",
            place="P Tax Withholding",
            remedy="Prepare it again.",
        )


def require_same_ways(line: Mapping[str, Any], election: WithholdingElection | None) -> None:
    """Refuse a line whose holder has chosen since how the tax is paid (rulebook 10.2)."""
    if "ways" not in line:
        return
    ways = ways_for(election, choice=line["readings"]["withholding.choice"])
    if ways.value != Ways(**line["ways"]):
        raise Refused(
            f"{line['holder']} has chosen another way to pay the tax since the batch was prepared.",
            place="P Tax Withholding",
            remedy="Prepare it again.",
        )


def _tax(line: Mapping[str, Any], standing: Standing, drawing: Drawing) -> Outcome[int]:
    """The tax that was typed, or computed from payroll's figures; one of the two is given."""
    key, name = line["award"], line["holder"]
    if key in drawing.tax_minor and key in drawing.payroll:
        raise Refused(
            f"The tax of {name} is given twice, as a sum and by payroll's figures.",
            place="P Tax Withholding",
            remedy="Give one of them.",
        )
    if key in drawing.payroll:
        return _computed(line, standing, drawing.payroll[key], drawing.grounds, on=drawing.on)
    if key in drawing.tax_minor:
        return typed_tax(
            tax_minor=drawing.tax_minor[key], currency=CURRENCY, given_by=drawing.given_by
        )
    raise Refused(
        f"The tax of {name} is not given.",
        place="P Tax Withholding",
        remedy="Enter the minimum required tax, 0 where there is none.",
    )


def _computed(
    line: Mapping[str, Any],
    standing: Standing,
    payroll: Payroll,
    grounds: TaxGrounds,
    *,
    on: date,
) -> Outcome[int]:
    delivery = Delivery(
        standing=standing,
        shares=line["shares"],
        fair_market_value=Decimal(line["fair_market_value"]),
        settles_on=date.fromisoformat(line["settles_on"]),
        delivered_on=delivered_on(line, approved_on=on),
        currency=CURRENCY,
        exchange_reading=line["readings"]["tax.exchange_rate"],
    )
    return computed_tax(delivery=delivery, payroll=payroll, grounds=grounds)
