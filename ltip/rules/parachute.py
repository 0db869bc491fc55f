"""Everything, or just so much that no excise falls due: whichever leaves the holder more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext

from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import (
    CONTEXT,
    HUNDRED,
    minor_units_in,
    money_text,
    percent_text,
    whole_minor_units,
)
from ltip.rules.readings import require_reading

PLACE = "P Limitation on Payments"
# In the order in which payments are reduced; "equity" is the acceleration of equity awards other
# than options, "options" that of options.
KINDS = ("cash", "equity", "options", "other")
_KIND_TEXTS = {
    "cash": "cash payments",
    "equity": "acceleration of equity other than options",
    "options": "acceleration of options",
    "other": "other benefits",
}
_BASE_AMOUNTS_REACHED = 3
_EXCISE_RATE = Decimal("0.2")
_AUDITOR_DAYS = 15


@dataclass(frozen=True, slots=True)
class TaxRates:
    """What a holder pays on one more unit of income, as fractions (0.37 is 37 %), all year's
    payments at the same rates. Refuses rates below 0 and rates that leave nothing."""

    federal: Decimal
    state: Decimal
    local: Decimal

    def __post_init__(self) -> None:
        rates = (self.federal, self.state, self.local)
        if any(rate < 0 for rate in rates) or self.together >= 1:
            raise Refused(
                f"tax rates of {', '.join(str(rate) for rate in rates)}: each is a fraction, 0 "
                "or more, and together they are less than 1.",
                place=PLACE,
            )

    @property
    def together(self) -> Decimal:
        with localcontext(CONTEXT):
            return self.federal + self.state + self.local


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the two outcomes, in minor units: what is paid, the excise and the income taxes on
    it, and what the holder keeps."""

    paid_minor: int
    excise_minor: int
    income_tax_minor: int
    kept_minor: int


@dataclass(frozen=True, slots=True)
class Parachute:
    """The comparison and the choice, "full" or "cut", with its figures in minor units.

    `threshold_minor` is where payments become parachute payments. Every kind of payment stands
    in `paid_by_kind` and in `reduced_by_kind`, in the order of reduction.
    """

    is_parachute: bool
    threshold_minor: int
    choice: str
    paid_minor: int
    excise_minor: int
    kept_minor: int
    full: Alternative
    cut: Alternative
    paid_by_kind: Mapping[str, int]
    reduced_by_kind: Mapping[str, int]


def parachute(
    *,
    base_amount_minor: int,
    payments: Mapping[str, int],
    rates: TaxRates,
    safe_harbour: str = "one_dollar_less",
    equality: str = "full",
    currency: str = "USD",
) -> Outcome[Parachute]:
    """Compare payment in full with payment of so much that no excise falls due (rule 9.2).

    `payments` are the amounts contingent on the change in control, in minor units, by kind
    ("cash", "equity", "options", "other"; a kind left out is nothing). Where they reach three
    base amounts, 20 % excise falls due on all above one; the alternative is three base amounts
    less a dollar. The one that leaves more after federal, state and local tax is chosen. Excise
    and income tax are each rounded half up to whole minor units, and what is kept is compared
    after that. An estimate: the auditing firm's determination is final. Place: P Limitation on
    Payments. Refuses a base amount that is not above zero, negative payments, unknown kinds,
    currencies and readings.
    *Readings:* `parachute.safe_harbour` = one_dollar_less (alternative: one_cent_less);
    `parachute.equality` = full (cut).
    """
    require_reading(key="parachute.safe_harbour", value=safe_harbour)
    require_reading(key="parachute.equality", value=equality)
    _check(base_amount_minor=base_amount_minor, payments=payments)
    total = sum(payments.values())
    threshold = _BASE_AMOUNTS_REACHED * base_amount_minor
    is_parachute = total >= threshold
    less = minor_units_in(currency) if safe_harbour == "one_dollar_less" else 1
    most_without_excise = max(threshold - less, 0)

    full = _alternative(total, base_amount_minor, rates)
    cut = _alternative(most_without_excise, base_amount_minor, rates) if is_parachute else full
    cut_is_chosen = is_parachute and (
        cut.kept_minor > full.kept_minor
        or (cut.kept_minor == full.kept_minor and equality == "cut")
    )
    chosen = cut if cut_is_chosen else full
    reduced = _reductions(payments, total - chosen.paid_minor)
    value = Parachute(
        is_parachute=is_parachute,
        threshold_minor=threshold,
        choice="cut" if cut_is_chosen else "full",
        paid_minor=chosen.paid_minor,
        excise_minor=chosen.excise_minor,
        kept_minor=chosen.kept_minor,
        full=full,
        cut=cut,
        paid_by_kind={kind: payments.get(kind, 0) - reduced[kind] for kind in KINDS},
        reduced_by_kind=reduced,
    )
    return Outcome(value, _steps(value, total, rates, currency))


def auditor_due(*, triggered_on: date) -> Outcome[date]:
    """Give the day by which the auditing firm provides its calculations: fifteen calendar days
    after the holder's right to a payment was triggered (rule 9.2; P Limitation on Payments)."""
    due = triggered_on + timedelta(days=_AUDITOR_DAYS)
    sentence = (
        f"The auditing firm's calculations are due within {_AUDITOR_DAYS} calendar days after "
        f"{day_text(triggered_on)}, when the right to the payment was triggered."
    )
    return Outcome(due, (Step(sentence=sentence, figure=day_text(due), place=PLACE),))


def difference_from_auditor(
    *,
    estimate: Parachute,
    choice: str,
    paid_minor: int,
    excise_minor: int,
    currency: str = "USD",
) -> tuple[Step, ...]:
    """Say where the auditing firm's figures, in minor units, differ from the estimate; nothing
    when they agree. The firm's stand (rule 9.2; P Limitation on Payments). The figure of a step
    is the firm's amount less the estimated one. Refuses a choice that is not "full" or "cut"."""
    if choice not in ("full", "cut"):
        raise Refused(f"{choice!r} is no outcome; it is full or cut.", place=PLACE)
    steps = []
    if choice != estimate.choice:
        sentence = (
            f"The firm chose {choice!r}, the estimate {estimate.choice!r}: the firm's stands."
        )
        steps.append(Step(sentence=sentence, figure="", place=PLACE))
    for what, firm_minor, own_minor in (
        ("paid", paid_minor, estimate.paid_minor),
        ("due as excise", excise_minor, estimate.excise_minor),
    ):
        if firm_minor != own_minor:
            sentence = (
                f"By the firm {money_text(firm_minor, currency)} is {what}, by the estimate "
                f"{money_text(own_minor, currency)}: the firm's figure stands."
            )
            difference = money_text(firm_minor - own_minor, currency)
            steps.append(Step(sentence=sentence, figure=difference, place=PLACE))
    return tuple(steps)


def _check(*, base_amount_minor: int, payments: Mapping[str, int]) -> None:
    if base_amount_minor <= 0:
        raise Refused(
            "the base amount is not above zero.",
            place=PLACE,
            remedy="State the average taxable pay of the years before the change in control.",
        )
    unknown = [kind for kind in payments if kind not in KINDS]
    if unknown:
        raise Refused(
            f"{', '.join(unknown)}: no kind of payment; the kinds are {', '.join(KINDS)}.",
            place=PLACE,
        )
    negative = [kind for kind, minor in payments.items() if minor < 0]
    if negative:
        raise Refused(f"payments below zero: {', '.join(negative)}.", place=PLACE)


def _alternative(paid_minor: int, base_amount_minor: int, rates: TaxRates) -> Alternative:
    excise = 0
    with localcontext(CONTEXT):
        if paid_minor >= _BASE_AMOUNTS_REACHED * base_amount_minor:
            excise = whole_minor_units(_EXCISE_RATE * (paid_minor - base_amount_minor))
        income_tax = whole_minor_units(rates.together * paid_minor)
    return Alternative(
        paid_minor=paid_minor,
        excise_minor=excise,
        income_tax_minor=income_tax,
        kept_minor=paid_minor - excise - income_tax,
    )


def _reductions(payments: Mapping[str, int], to_reduce: int) -> dict[str, int]:
    reduced = {}
    for kind in KINDS:
        reduced[kind] = min(payments.get(kind, 0), to_reduce)
        to_reduce -= reduced[kind]
    return reduced


def _steps(value: Parachute, total: int, rates: TaxRates, currency: str) -> tuple[Step, ...]:
    def money(minor: int) -> str:
        return money_text(minor, currency)

    reach = "reach" if value.is_parachute else "stay below"
    steps = [
        Step(
            sentence=(
                f"Payments of {money(total)} {reach} {_BASE_AMOUNTS_REACHED} base amounts, "
                f"{money(value.threshold_minor)}."
            ),
            figure=money(value.threshold_minor),
            place=PLACE,
        )
    ]
    if not value.is_parachute:
        sentence = "They are no parachute payments: all is paid, and no excise falls due."
        return (*steps, Step(sentence=sentence, figure=money(total), place=PLACE))
    with localcontext(CONTEXT):
        income_rate = percent_text(rates.together * HUNDRED)
    for what, alternative in (("in full", value.full), ("without excise", value.cut)):
        sentence = (
            f"Paid {what}: {money(alternative.paid_minor)}, less excise of "
            f"{money(alternative.excise_minor)} and income taxes of {income_rate}, "
            f"{money(alternative.income_tax_minor)}, leaves the holder so much."
        )
        steps.append(Step(sentence=sentence, figure=money(alternative.kept_minor), place=PLACE))
    chosen = "So much that no excise falls due" if value.choice == "cut" else "Everything"
    if value.cut.kept_minor == value.full.kept_minor:
        sentence = f"Both leave the same; by the reading taken, {chosen.lower()} is paid."
    else:
        sentence = f"{chosen} is paid: it leaves the holder more."
    steps.append(Step(sentence=sentence, figure=money(value.paid_minor), place=PLACE))
    for kind, reduced in value.reduced_by_kind.items():
        if reduced:
            sentence = f"Reduced, in the order the Program sets: {_KIND_TEXTS[kind]}."
            steps.append(Step(sentence=sentence, figure=money(reduced), place=PLACE))
    return tuple(steps)
