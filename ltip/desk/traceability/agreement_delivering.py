"""The Grant Agreement: tax, the conditions to delivery, transfers, adjustments."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
NOT_ENCODED = Treatment.NOT_ENCODED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "GA §6",
        "Tax Withholding",
        (
            Entry(
                part=_("shares withheld"),
                asks=_(
                    "Shares worth the minimum tax at the Fair Market Value on the Settlement Date"
                    " are withheld, up to the next whole share."
                ),
                treated=(COMPUTED,),
                numbers=("10.3",),
                functions=("ltip.rules.settling.withholding",),
                tests=(
                    "tests/rules/test_settling.py",
                    "tests/rules/test_quantities.py",
                    "tests/participants/settlement/test_preparing.py",
                ),
                stories=(
                    "tests/scenarios/whole-shares-withheld.toml",
                    "tests/scenarios/withheld-at-a-price-of-cents.toml",
                    "tests/scenarios/withheld-down-by-decision.toml",
                    "tests/scenarios/tax-vectors-of-payroll.toml",
                ),
                pages=("participants:settlement", "participants:statement"),
            ),
            Entry(
                part=_("the Fair Market Value"),
                asks=_(
                    "The Plan's term is read as the close of the day, or of the last trading day "
                    "before it."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("6.4",),
                functions=("participants.settlement.selectors.fair_market_value_on",),
                tests=(
                    "tests/participants/settlement/test_preparing.py::test_a_close_that_is_not_on_record_is_asked_for_and_never_replaced_by_an_older_one",
                    "tests/participants/settlement/test_readings.py::test_the_fair_market_value_can_be_the_close_before",
                ),
                stories=(
                    "tests/scenarios/the-fair-market-value-of-the-day-before.toml",
                    "tests/scenarios/settled-on-good-friday.toml",
                ),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("tax before the Settlement Date"),
                asks=_(
                    "Tax that falls due earlier may be met by forfeiting Performance Shares at "
                    "that day's value, or be arranged with the holder."
                ),
                treated=(COMPUTED, RECORDED, PRINTED),
                numbers=("10.3",),
                functions=(
                    "participants.papers.wording.notice_sections",
                    "ltip.rules.paying.early_tax",
                    "participants.settlement.early_taxes.draw_up_early_tax",
                    "participants.settlement.early_taxes.approve_early_tax",
                ),
                tests=(
                    "tests/papers/test_wording.py",
                    "tests/rules/test_paying.py",
                    "tests/rules/test_awards.py",
                    "tests/participants/settlement/test_early_taxes.py",
                ),
                pages=("participants:notice", "participants:early_taxes", "participants:award"),
            ),
        ),
    ),
    Place(
        "GA §7",
        "Tax-Related Items",
        (
            Entry(
                asks=_(
                    "The holder indemnifies the company and the employer for tax and social "
                    "insurance on the grant, in any country."
                ),
                treated=(PRINTED,),
                numbers=("11.7",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py::test_the_notice_says_each_operative_term",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "GA §8",
        "Conditions to Delivery of Common Stock",
        (
            Entry(
                part=_("the shares"),
                asks=_(
                    "The shares may be new or reacquired ones, fully paid; none need be delivered"
                    " before five conditions are met."
                ),
                treated=(PRINTED,),
                functions=(
                    "participants.papers.wording.notice_sections",
                    "participants.settlement.services.approve_settlement",
                    "participants.settlement.selectors.checks_before_approval",
                ),
                tests=(
                    "tests/papers/test_wording.py",
                    "tests/participants/settlement/test_approving.py::test_an_open_condition_stands_in_the_way",
                ),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("(a) listing"),
                asks=_("The shares are admitted to every exchange on which the stock is listed."),
                treated=(CHECKED, RECORDED),
                numbers=("6.3",),
                functions=(
                    "participants.settlement.services.tick_condition",
                    "participants.settlement.models.DeliveryCondition",
                ),
                tests=(
                    "tests/participants/settlement/test_preparing.py::test_a_condition_is_ticked_once_by_name",
                ),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("(b) registration"),
                asks=_(
                    "Registrations and qualifications that the Committee thinks necessary are "
                    "complete."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("6.3",),
                functions=("participants.settlement.services.tick_condition",),
                tests=(
                    "tests/participants/settlement/test_preparing.py::test_a_condition_is_ticked_once_by_name",
                ),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("(c) approvals"),
                asks=_("Approvals of agencies that the Committee thinks necessary were given."),
                treated=(CHECKED, RECORDED),
                numbers=("6.3",),
                functions=("participants.settlement.services.tick_condition",),
                tests=(
                    "tests/participants/settlement/test_preparing.py::test_a_condition_is_ticked_once_by_name",
                ),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("(d) payment"),
                asks=_("The company has been paid in full, the tax to be withheld included."),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("6.3",),
                functions=(
                    "participants.settlement.services.tick_condition",
                    "ltip.rules.settling.withholding",
                ),
                tests=(
                    "tests/participants/settlement/test_preparing.py::test_a_condition_is_ticked_once_by_name",
                ),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("(e) an administrative period"),
                asks=_(
                    "A reasonable time that the Committee may set for administration has passed."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("6.3",),
                functions=("participants.settlement.services.tick_condition",),
                tests=(
                    "tests/participants/settlement/test_preparing.py::test_an_unknown_condition_is_refused",
                ),
                pages=("participants:settlement",),
            ),
        ),
    ),
    Place(
        "GA §9",
        "Compliance with Law",
        (
            Entry(
                part=_("before delivery"),
                asks=_(
                    "No shares are issued before securities law, the exchange's rules and all "
                    "other law are complied with."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("6.3",),
                functions=(
                    "participants.settlement.services.tick_condition",
                    "participants.settlement.selectors.checks_before_approval",
                ),
                tests=(
                    "tests/participants/settlement/test_approving.py::test_an_open_condition_stands_in_the_way",
                ),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("severability"),
                asks=_(
                    "A provision that fails is applied as far as it can be, and leaves the others"
                    " in force."
                ),
                treated=(PRINTED,),
                numbers=("11.7",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py::test_the_notice_says_each_operative_term",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "GA §10",
        "Grant is Not Transferable",
        (
            Entry(
                asks=_(
                    "In the holder's lifetime the grant can't be transferred, pledged or seized; "
                    "an attempt makes the Performance Shares void at once. Will and descent are "
                    "left open."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("9.5",),
                functions=(
                    "participants.awards.changing.find_transfer",
                    "ltip.rules.awards.due",
                    "ltip.rules.heirs.heirs",
                ),
                tests=(
                    "tests/participants/awards/test_transfers_and_delays.py",
                    "tests/participants/awards/test_award_pages.py::test_the_holder_reads_that_the_award_is_void",
                ),
                stories=(
                    "tests/scenarios/a-pledge-voids-the-award.toml",
                    "tests/scenarios/only-the-attempt-is-void.toml",
                ),
                pages=("participants:propose_transfer_finding", "participants:my_award"),
            ),
        ),
    ),
    Place(
        "GA §11",
        "Certain Corporate Transactions",
        (
            Entry(
                asks=_(
                    "On a corporate transaction, an extraordinary cash dividend included, the "
                    "Committee adjusts the number of outstanding Performance Shares."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("6.6",),
                functions=(
                    "ltip.rules.adjusting.adjusted_shares",
                    "ltip.rules.awards.adjusted_target",
                    "participants.awards.changing.adjust",
                    "participants.awards.models.changing.Adjustment",
                    "participants.awards.selectors.Standing.target",
                ),
                tests=(
                    "tests/rules/test_adjusting.py",
                    "tests/rules/test_awards.py::test_a_target_follows_each_adjustment_rounded_down",
                    "tests/participants/awards/test_adjustments.py",
                ),
                stories=(
                    "tests/scenarios/adjusted-for-a-split.toml",
                    "tests/scenarios/adjusted-again-and-backwards.toml",
                    "tests/scenarios/adjusted-after-certification.toml",
                ),
                pages=("participants:propose_adjustment", "participants:award"),
            ),
        ),
    ),
)
