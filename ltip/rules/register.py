"""The register of readings: where the source is silent or speaks twice, and how it is read.

In the rulebook's order. The first meaning of a reading is its default.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A question that the source leaves open, and what each answer to it means.

    `meanings` holds each value with a sentence of what then holds, the default first. `otherwise`
    says what the Committee does where the software knows no other answer; "" where it does.
    """

    key: str
    section: str
    place: str
    question: str
    meanings: Mapping[str, str]
    otherwise: str = ""

    @property
    def default(self) -> str:
        return next(iter(self.meanings))


_WINDOWS = "1. Calendar and windows"
_GOALS = "3. Goals"
_RETURN = "4. Total stockholder return, rank and payout"
_CERTIFYING = "5. Determination and certification"
_SETTLING = "6. Settlement"
_LEAVING = "7. When employment ends"
_CONTROL = "8. Change in control"
_LIMITS = "9. Limits and protections"
_TAX = "10. Tax"
_PAPERS = "11. The holder's papers"

REGISTER: tuple[Reading, ...] = (
    Reading(
        "window.counting",
        _WINDOWS,
        "P Eligibility, P Performance Goals, P Grants",
        "Is the first day of the period the first of the 90 days?",
        {
            "inclusive": "The first day of the period is day 1 of the 90.",
            "exclusive": "The day after the first day of the period is day 1 of the 90, so that "
            "the window closes a day later.",
        },
    ),
    Reading(
        "window.opening",
        _WINDOWS,
        "P Eligibility, P Performance Goals, P Grants",
        "From when on may the Committee designate, set goals and grant?",
        {
            "first_day": "From the first day of the period on; an act dated earlier is refused.",
            "any_day": "On any day up to the last of the window, also before the period begins.",
        },
    ),
    Reading(
        "limit25.scope",
        _WINDOWS,
        "P Administration",
        "What does the limit of a quarter of the period bind for Covered Employees?",
        {
            "acts_after_approval": "Acts dated after the Stockholder Approval Date, whenever their "
            "period began.",
            "periods_after_approval": "Acts for periods that begin after the Stockholder Approval "
            "Date.",
        },
    ),
    Reading(
        "limit25.days",
        _WINDOWS,
        "P Administration",
        "How many days are a quarter of a period whose days do not divide by four?",
        {
            "floor": "A quarter of the days, a fraction of a day left out.",
            "ceiling": "A quarter of the days, a fraction of a day counted as a whole one.",
        },
    ),
    Reading(
        "business_day",
        _WINDOWS,
        "P Change in Control",
        "Which days are business days?",
        {
            "federal": "Monday to Friday, without the federal holidays of the United States.",
            "weekdays": "Monday to Friday, holidays included.",
        },
    ),
    Reading(
        "goal.measurement",
        _GOALS,
        "GA §2",
        "Over what is a goal measured when the Committee begins to state it?",
        {
            "cumulative": "Over the whole period at once. The goal itself may say otherwise.",
            "annual": "Over annual segments, each with its own weight. The goal itself may say "
            "otherwise.",
        },
    ),
    Reading(
        "tsr.reinvestment",
        _RETURN,
        "GA §2",
        "At which price is a dividend reinvested?",
        {
            "ex_date_close": "At the close of its ex-date.",
            "close_before": "At the last close before its ex-date, adjusted for a split that day.",
        },
    ),
    Reading(
        "percentile.ties",
        _RETURN,
        "GA §2",
        "Which place do companies with the same return take?",
        {
            "better_place": "They share the better place.",
            "worse_place": "They share the worse place. Where the company is placed between its "
            "peers, or peers beaten are counted, nothing changes: a tied peer is never a beaten "
            "one.",
        },
    ),
    Reading(
        "percentile.rounding",
        _RETURN,
        "GA §2",
        "Is the percentile rounded before the schedule is read?",
        {
            "none": "It is not rounded; two decimals are for display only.",
            "two_decimals": "It is rounded to two decimals, a half up.",
        },
    ),
    Reading(
        "shares.rounding",
        _RETURN,
        "GA recitals",
        "How are earned shares made whole?",
        {
            "down": "They are rounded down.",
            "nearest": "They are rounded to the nearest whole share, a half up.",
        },
    ),
    Reading(
        "determination.date",
        _CERTIFYING,
        "GA §4",
        "Which day is the Determination Date?",
        {
            "certification": "The day on which the Committee certifies in writing.",
            "filing": "The day on which the annual report was filed; the Settlement Date is "
            "counted from it.",
        },
    ),
    Reading(
        "reduction.after_certification",
        _CERTIFYING,
        "P Award Determination",
        "May the Committee reduce an award that is certified and not yet settled?",
        {
            "allowed": "Yes, until it is settled, and without the holder's consent.",
            "refused": "No: once certified, an award is not reduced any more.",
        },
    ),
    Reading(
        "increase.others",
        _CERTIFYING,
        "P Award Determination",
        "May the Committee increase the award of a holder who is no Covered Employee?",
        {
            "allowed": "Yes, up to two shares for each Performance Share and the Plan's limits.",
            "refused": "No: nobody's award is increased above what was certified.",
        },
    ),
    Reading(
        "committee.procedure",
        _CERTIFYING,
        "P Administration",
        "How does the Committee act?",
        {
            "plan": "As the Plan's article on administration says; until that is recorded, at a "
            "meeting with a quorum or by unanimous written consent.",
        },
        "The software knows no other procedure. The Committee acts outside it, and the act is "
        "recorded with its document.",
    ),
    Reading(
        "consent.interested_member",
        _CERTIFYING,
        "P Administration",
        "Does a member with an interest in an act sign a unanimous written consent?",
        {
            "not_asked": "No: the others alone are asked, and their signatures are enough.",
            "asked": "Yes: every member in office signs, also one whom the act concerns.",
        },
    ),
    Reading(
        "settlement.non_business_day",
        _SETTLING,
        "GA §4",
        "When are shares delivered whose Settlement Date is no business day?",
        {
            "next_business_day": "On the next business day; the Settlement Date stands.",
            "business_day_before": "On the last business day before it; the Settlement Date "
            "stands.",
        },
    ),
    Reading(
        "resignation.between_dates",
        _SETTLING,
        "GA §§1(b), 2, 4; P Termination of Employment",
        "What becomes of earned shares when the holder resigns, retires or is dismissed for Cause "
        "between the Determination Date and the Settlement Date?",
        {
            "forfeit": "They are forfeited.",
            "pay": "They are issued on the Settlement Date.",
        },
    ),
    Reading(
        "termination.on_determination_date",
        _SETTLING,
        "P Termination of Employment",
        "Does an employment that ends on the Determination Date end before or after it?",
        {
            "after": "After it: the shares are earned.",
            "before": "Before it: what the leaver earns follows from the reason for leaving.",
        },
    ),
    Reading(
        "fair_market_value",
        _SETTLING,
        "GA §6",
        "Which price is the Fair Market Value of a day?",
        {
            "close": "The close on that day, or on the last trading day before it.",
            "close_before": "The close on the last trading day before that day.",
        },
    ),
    Reading(
        "month.full",
        _LEAVING,
        "P Termination of Employment",
        "When has a month been served in full?",
        {
            "last_day_inclusive": "When its last day has been served.",
            "day_after": "When the day after its last has been served too.",
        },
    ),
    Reading(
        "proration.cap",
        _LEAVING,
        "P Termination of Employment",
        "Can the months served be more than those of the period?",
        {
            "one": "No: at most the whole award is earned.",
            "none": "Yes: months between the end of the period and the dismissal count too.",
        },
    ),
    Reading(
        "proration.rounding",
        _LEAVING,
        "P Termination of Employment",
        "How often are shares made whole when an award is prorated?",
        {
            "once": "Once, at the end.",
            "twice": "First what performance earns, then the fraction that is kept of it.",
        },
    ),
    Reading(
        "cic.certification",
        _CONTROL,
        "P Change in Control",
        "Does the lump sum of a change in control need a filed annual report and a certificate?",
        {"not_required": "No: the run and the record of the event stand in their place."},
        "The software asks for neither. Where the Committee wants a certificate first, it adopts "
        "one outside it before the event is recorded.",
    ),
    Reading(
        "cic.after_determination",
        _CONTROL,
        "P Change in Control",
        "What does a change in control between the Determination Date and the Settlement Date do?",
        {
            "stands": "Nothing: the Settlement Date stands.",
            "lump_sum": "It settles what was earned on the day of the event.",
        },
    ),
    Reading(
        "cic.no_completed_quarter",
        _CONTROL,
        "P Change in Control",
        "What is earned when no fiscal quarter was completed since the period began?",
        {"refuse": "The Committee decides; the software refuses to compute it and says why."},
        "The Committee decides in writing what each holder receives.",
    ),
    Reading(
        "cic.leavers_paid",
        _CONTROL,
        "P Change in Control",
        "When are those paid who left before a change in control and kept their claim?",
        {"lump_sum": "With the lump sum of the others."},
        "The software knows no other day. The Committee decides on it in writing.",
    ),
    Reading(
        "cic.proration_months",
        _CONTROL,
        "P Change in Control",
        "Over how many months is a leaver prorated when a change in control shortens the period?",
        {
            "shortened": "Over the full months of the shortened period.",
            "full": "Over the months of the period as it was set.",
        },
    ),
    Reading(
        "limits.count",
        _LIMITS,
        "P Maximum Shares",
        "How many shares does an award count for against the Plan's limits?",
        {
            "maximum": "The most it can earn: two for each Performance Share.",
            "target": "Its target: one for each Performance Share.",
        },
    ),
    Reading(
        "parachute.safe_harbour",
        _LIMITS,
        "P Limitation on Payments",
        "To how much are payments cut so that no excise falls due?",
        {
            "one_dollar_less": "To three base amounts less one dollar.",
            "one_cent_less": "To three base amounts less one cent.",
        },
    ),
    Reading(
        "parachute.equality",
        _LIMITS,
        "P Limitation on Payments",
        "What does the holder receive when both ways leave the same after tax?",
        {
            "full": "Everything.",
            "cut": "The payments that are cut.",
        },
    ),
    Reading(
        "amendment.consent",
        _LIMITS,
        "P Amendment and Termination; GA §15",
        "Whose consent does an amendment need that hurts an outstanding grant?",
        {
            "both": "The holder's, as the grant agreement asks, beside those the Program asks for.",
            "program": "Only the consents that the Program itself asks for.",
        },
    ),
    Reading(
        "transfer.effect",
        _LIMITS,
        "P Nontransferability; GA §10",
        "What does an attempted transfer of an award do to it?",
        {
            "void": "It voids the Performance Shares, once the Committee has found it.",
            "attempt_only": "Nothing: only the attempt is void, and the award stands.",
        },
    ),
    Reading(
        "withholding.choice",
        _TAX,
        "P Tax Withholding; GA §6",
        "Who chooses how the tax is paid?",
        {
            "holder": "The holder, by an election in time; without one the company withholds "
            "shares.",
            "shares": "Nobody: the company withholds shares from every holder.",
        },
    ),
    Reading(
        "withholding.rounding",
        _TAX,
        "P Tax Withholding; GA §6",
        "How are the shares that pay the tax made whole?",
        {
            "up": "Up to the next whole share, and what that takes too much goes back in cash.",
            "down": "Down to whole shares, and the holder owes the rest.",
        },
    ),
    Reading(
        "tax.exchange_rate",
        _TAX,
        "P Tax Withholding",
        "At which rate is tax in another currency converted?",
        {
            "settlement_date": "At the rate approved for the Settlement Date.",
            "delivery_date": "At the rate approved for the day on which the shares are delivered.",
        },
    ),
    Reading(
        "notice.unsigned",
        _PAPERS,
        "GN",
        "What becomes of an award whose notice the holder has not signed?",
        {
            "held_back": "It stands, but nothing is delivered until the holder has signed.",
            "lapses_30": "Notices of later grants say: it lapses if unsigned after 30 days.",
            "lapses_60": "Notices of later grants say: it lapses if unsigned after 60 days.",
            "lapses_90": "Notices of later grants say: it lapses if unsigned after 90 days.",
        },
    ),
)
