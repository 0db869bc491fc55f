"""Target shares for many at once: the same for everyone or by salary grade, as shares or money."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ltip.program import selectors as program
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.target_setting import PLACE, average_price, shares_for_amount
from participants.awards.candidates import Candidates
from participants.awards.models import ProposedAward
from participants.people.models import StatusStretch
from participants.people.stretches import stretches_on

CURRENCY = "USD"
SHARES, MONEY = "shares", "money"
EVERYONE, LISTED, UNLISTED = "everyone", "listed", "unlisted"
# Far enough back for a close that stands in at the first day, and for holidays in the window.
BEFORE_WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class GradeLine:
    """What everyone of a salary grade gets, and how many of them it changes something for."""

    grade: str
    employees: int
    shares: int
    changed: int
    steps: tuple[Step, ...]

    @property
    def target(self) -> int:
        return self.employees * self.shares


@dataclass(frozen=True, slots=True)
class Setting:
    """Target shares drawn up for many: a line for each grade, and the list's changes."""

    lines: tuple[GradeLine, ...]
    changes: Mapping[str, int]
    price: Outcome[Decimal] | None

    @property
    def price_text(self) -> str:
        """The average price as its last step shows it."""
        return self.price.steps[-1].figure if self.price else ""

    @property
    def employees(self) -> int:
        return sum(line.employees for line in self.lines)

    @property
    def target(self) -> int:
        return sum(line.target for line in self.lines)

    @property
    def steps(self) -> tuple[Step, ...]:
        """How the numbers came about: the closes and their average, and each grade's division."""
        price = self.price.steps if self.price else ()
        return (*price, *(step for line in self.lines for step in line.steps))

    @property
    def digest(self) -> str:
        """Says whether what is written is what was shown."""
        return digest_of(canonical_text(dict(self.changes)))


def average_of_own_stock(*, averaging_days: int, until: date) -> Outcome[Decimal]:
    """The average close of the company's stock over trading days that end on or before a day."""
    back = timedelta(days=2 * averaging_days) + BEFORE_WINDOW
    days = program.trading_days(start=until - back, end=until)[-averaging_days:]
    if len(days) < averaging_days:
        raise Refused(
            f"{averaging_days} trading days before are not on record.",
            place=PLACE,
            remedy="Import the prices, or choose fewer days.",
        )
    own = program.own_security()
    since = days[0] - BEFORE_WINDOW
    actions = program.actions_of([own], start=since, end=until).get(own.pk, [])
    return average_price(
        closes=program.closes_of([own], start=since, end=until)[own.pk],
        splits={day: amount for day, kind, amount in actions if kind == "split"},
        days=days,
    )


def drawn_up(
    seen: Candidates,
    *,
    who: str,
    amounts: Mapping[str, int],
    price: Outcome[Decimal] | None,
) -> Setting:
    """What the amounts come to for those who may be chosen, grade by grade.

    `amounts` are Performance Shares by salary grade, or cents where a price divides them; who is
    in a grade without an amount is left as they are. In a constant number of queries.
    """
    today = seen.window.today
    listed = dict(
        ProposedAward.objects.filter(period=seen.window.period).values_list(
            "employee_id", "target_shares"
        )
    )
    rounding = program.readings_on(today)["shares.rounding"]
    shares = {grade: _shares(amount, price, rounding) for grade, amount in amounts.items()}
    graded = stretches_on(today, StatusStretch.Subject.GRADE).filter(value__in=list(amounts))
    rows = graded.filter(employee__in=seen.eligible()).values_list(
        "value", "employee_id", "employee__public_id"
    )
    counted = {grade: [0, 0] for grade in amounts}
    changes = {}
    for grade, key, public_id in rows.order_by("employee__name", "employee_id"):
        if who != EVERYONE and (key in listed) != (who == LISTED):
            continue
        counted[grade][0] += 1
        if listed.get(key) != shares[grade].value:
            counted[grade][1] += 1
            changes[str(public_id)] = shares[grade].value
    return Setting(
        lines=tuple(
            GradeLine(grade, counted[grade][0], made.value, counted[grade][1], made.steps)
            for grade, made in shares.items()
        ),
        changes=changes,
        price=price,
    )


def _shares(amount: int, price: Outcome[Decimal] | None, rounding: str) -> Outcome[int]:
    if price is None:
        return Outcome(amount, ())
    return shares_for_amount(
        amount_minor=amount,
        currency=CURRENCY,
        price=price.value,
        shares_rounding=rounding,
    )
