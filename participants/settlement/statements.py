"""What a batch would do and what a settlement did, line by line, as it was frozen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ltip.rules.calendars import day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.quantities import money_text, shares_text
from participants.settlement.models import Settlement, SettlementBatch
from participants.settlement.recipients import Recipient, recipients_in

CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Line:
    """One award in a batch, or settled: shares, money in minor units, and the stored steps."""

    award: str
    holder: str
    shares: int
    settles_on: date
    delivered_on: date
    fair_market_value: Decimal
    source: str
    currency: str
    tax_minor: int
    withheld: int
    delivered: int
    returned_minor: int
    owed_minor: int
    recipients: tuple[Recipient, ...]
    steps: list[dict[str, str]]
    payroll: dict[str, Any] | None = None
    cash_minor: int = 0
    sale_minor: int = 0
    to_sell: int = 0

    @property
    def goes_to_heirs(self) -> bool:
        """Whether others than the holder get the shares."""
        return any(recipient.name != self.holder for recipient in self.recipients)

    @property
    def price(self) -> str:
        return price_text(self.fair_market_value, self.currency)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of several lines; shares earned are the shares withheld and those delivered."""

    shares: int
    withheld: int
    delivered: int
    tax_minor: int
    returned_minor: int
    owed_minor: int
    cash_minor: int
    currency: str

    @property
    def reconciles(self) -> bool:
        return self.shares == self.withheld + self.delivered


@dataclass(frozen=True, slots=True)
class Difference:
    """What a batch says otherwise than the one it replaced; an empty side: it is not there."""

    holder: str
    what: str
    before: str
    after: str


def price_text(value: Decimal, currency: str) -> str:
    """Write the price of one share for reading: "$8.23", "$8.2325"; never less than cents."""
    whole, _point, rest = decimal_text(value).partition(".")
    sign = "$" if currency == "USD" else f"{currency} "
    return f"{sign}{int(whole):,}.{rest.ljust(2, '0')}"


def statement_of(batch: SettlementBatch) -> dict[str, Any]:
    """Everything the batch does, as it was frozen."""
    statement: dict[str, Any] = json.loads(batch.statement)
    return statement


def lines_of(batch: SettlementBatch) -> list[Line]:
    """What the batch does, award by award, as it was frozen."""
    statement = statement_of(batch)
    return [
        Line(
            award=line["award"],
            holder=line["holder"],
            shares=line["shares"],
            settles_on=date.fromisoformat(line["settles_on"]),
            delivered_on=date.fromisoformat(line["delivers_on"]),
            fair_market_value=Decimal(line["fair_market_value"]),
            source=line["fair_market_value_source"],
            currency=statement["currency"],
            tax_minor=line["tax_minor"],
            withheld=line["withheld"],
            delivered=line["delivered"],
            returned_minor=line["returned_minor"],
            owed_minor=line["owed_minor"],
            recipients=recipients_in(line),
            steps=line["steps"],
            payroll=line.get("payroll"),
            cash_minor=line.get("cash_minor", 0),
            sale_minor=line.get("sale_minor", 0),
            to_sell=line.get("to_sell", 0),
        )
        for line in statement["lines"]
    ]


def left_out_of(batch: SettlementBatch) -> list[dict[str, str]]:
    """Who was held back when the batch was drawn up, and why; early batches name the unsigned."""
    unsigned = {"reason": _("has not signed the notice of grant"), "place": "GN"}
    return [
        {"holder": told, **unsigned} if isinstance(told, str) else told
        for told in statement_of(batch)["held_back"]
    ]


def line_of(settlement: Settlement) -> Line:
    """What an award was settled with."""
    prepared = _prepared(settlement)
    return Line(
        award=str(settlement.award.public_id),
        holder=settlement.award.employee.name,
        shares=settlement.shares,
        settles_on=settlement.settles_on,
        delivered_on=settlement.delivered_on,
        fair_market_value=settlement.fair_market_value,
        source=str(prepared["fair_market_value_source"]),
        currency=settlement.currency,
        tax_minor=settlement.tax_minor,
        withheld=settlement.withheld,
        delivered=settlement.delivered,
        returned_minor=settlement.returned_minor,
        owed_minor=settlement.owed_minor,
        recipients=recipients_in(prepared),
        steps=json.loads(settlement.steps),
        payroll=prepared.get("payroll"),
        cash_minor=settlement.cash_minor,
        sale_minor=settlement.sale_minor,
        to_sell=settlement.to_sell,
    )


def _prepared(settlement: Settlement) -> dict[str, Any]:
    """The line of the batch that the award was settled by."""
    award = str(settlement.award.public_id)
    lines = statement_of(settlement.batch)["lines"]
    found: dict[str, Any] = next(line for line in lines if line["award"] == award)
    return found


def totals_of(lines: Sequence[Line]) -> Totals | None:
    """The sums of lines in one currency; nothing when there are no lines."""
    if not lines:
        return None
    (currency,) = {line.currency for line in lines}
    return Totals(
        shares=sum(line.shares for line in lines),
        withheld=sum(line.withheld for line in lines),
        delivered=sum(line.delivered for line in lines),
        tax_minor=sum(line.tax_minor for line in lines),
        returned_minor=sum(line.returned_minor for line in lines),
        owed_minor=sum(line.owed_minor for line in lines),
        cash_minor=sum(line.cash_minor for line in lines),
        currency=currency,
    )


def differences_of(batch: SettlementBatch) -> list[Difference]:
    """What a batch says otherwise than the one it replaced, holder by holder."""
    if batch.supersedes is None:
        return []
    earlier = {line.award: line for line in lines_of(batch.supersedes)}
    later = {line.award: line for line in lines_of(batch)}
    found = []
    for key in earlier | later:
        told = [_told(side[key]) if key in side else {} for side in (earlier, later)]
        holder = (later.get(key) or earlier[key]).holder
        found += [
            Difference(holder, what, told[0].get(what, ""), told[1].get(what, ""))
            for what in told[0] | told[1]
            if told[0].get(what) != told[1].get(what)
        ]
    return found


def _told(line: Line) -> dict[str, str]:
    return {
        _("Shares earned"): shares_text(line.shares),
        _("Settles on"): day_text(line.settles_on),
        _("Fair Market Value"): line.price,
        _("Tax"): money_text(line.tax_minor, line.currency),
        _("Tax from wages or cash"): money_text(line.cash_minor, line.currency),
        _("Tax from a sale"): money_text(line.sale_minor, line.currency),
        _("Shares to sell"): shares_text(line.to_sell),
        _("Shares withheld"): shares_text(line.withheld),
        _("Shares delivered"): shares_text(line.delivered),
        _("Delivered to"): ", ".join(recipient.name for recipient in line.recipients),
    }
