"""The Program document: what an award is determined to be, and the tax on it."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
NOT_ENCODED = Treatment.NOT_ENCODED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "P Award Determination",
        "Award Determination",
        (
            Entry(
                part=_("nothing settles uncertified"),
                asks=_(
                    "No award is settled before the Committee has certified in writing how far "
                    "the goals were achieved, a change in control excepted."
                ),
                treated=(CHECKED,),
                numbers=("5.2",),
                functions=(
                    "ltip.rules.settling.require_settleable",
                    "participants.settlement.services.prepare_settlement",
                ),
                tests=(
                    "tests/rules/test_settling.py::test_nothing_settles_uncertified_early_or_forfeited",
                    "tests/participants/settlement/test_preparing.py::test_nothing_settles_before_the_committee_has_certified",
                ),
                stories=(
                    "tests/scenarios/settled-on-good-friday.toml",
                    "tests/scenarios/three-years-in-steps.toml",
                ),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("the certificate"),
                asks=_(
                    "The certificate says how far each goal was achieved and how many shares each"
                    " award earned by it, rounded down to whole shares once."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("4.4", "5.2"),
                functions=(
                    "ltip.rules.earning.shares_earned",
                    "ltip.rules.quantities.whole_shares",
                    "participants.awards.services.certify",
                ),
                tests=(
                    "tests/rules/test_earning.py",
                    "tests/rules/test_quantities.py",
                    "tests/participants/awards/test_certification_pages.py",
                    "tests/participants/awards/test_goals_weighed.py",
                    "tests/committee/test_signing.py::test_a_correction_between_the_signatures_voids_the_certification_and_is_shown",
                ),
                stories=(
                    "tests/scenarios/a-real-determination-a-step-lower.toml",
                    "tests/scenarios/a-real-determination-rounded-down.toml",
                    "tests/scenarios/a-real-determination-that-is-exact.toml",
                    "tests/scenarios/a-real-determination-to-the-nearest-share.toml",
                ),
                pages=("participants:propose_certification", "participants:my_award"),
            ),
            Entry(
                part=_("consideration"),
                asks=_(
                    "Shares that are issued count as issued for services worth at least their par"
                    " value."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("no increase for Covered Employees"),
                asks=_(
                    "For Covered Employees, in periods that begin after the Stockholder Approval "
                    "Date, nothing is paid above the certified level."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("5.4",),
                functions=(
                    "ltip.rules.discretion.require_increase",
                    "participants.awards.changing.use_discretion",
                    "participants.awards.models.changing.Discretion",
                ),
                tests=(
                    "tests/rules/test_discretion.py",
                    "tests/participants/awards/test_discretion.py",
                ),
                stories=(
                    "tests/scenarios/an-increase-is-for-others.toml",
                    "tests/scenarios/an-increase-of-a-covered-award-before-the-approval.toml",
                    "tests/scenarios/no-increase-for-anyone.toml",
                    "tests/scenarios/the-approval-on-the-first-day-of-the-period.toml",
                ),
                pages=("participants:propose_discretion",),
            ),
            Entry(
                part=_("reduction at any time"),
                asks=_(
                    "The Committee may reduce any award at any time, whatever the performance was."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("5.3",),
                functions=(
                    "ltip.rules.discretion.require_reduction",
                    "ltip.rules.awards.most_after_reduction",
                    "ltip.rules.awards.capped",
                    "ltip.rules.awards.due",
                    "participants.awards.changing.use_discretion",
                    "participants.kinds.certification_reductions.with_reductions",
                ),
                tests=(
                    "tests/participants/awards/test_certified_reductions.py",
                    "tests/rules/test_discretion.py",
                    "tests/rules/test_awards.py::test_a_reduction_before_the_determination_caps_what_can_be_earned",
                    "tests/participants/awards/test_discretion.py",
                ),
                stories=(
                    "tests/scenarios/reduced-before-and-after-certification.toml",
                    "tests/scenarios/no-reduction-once-certified.toml",
                ),
                pages=(
                    "participants:propose_certification",
                    "participants:propose_discretion",
                    "participants:award",
                ),
            ),
        ),
    ),
    Place(
        "P Tax Withholding",
        "Tax Withholding",
        (
            Entry(
                part=_("the tax is the participant's"),
                asks=_(
                    "As a condition of the grant the participant acknowledges that all tax on it "
                    "is theirs to bear and may come to more than is withheld."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("10.1",),
                functions=(
                    "participants.papers.wording.acknowledgements_for",
                    "participants.papers.services.sign_notice",
                ),
                tests=(
                    "tests/papers/test_wording.py::test_each_thing_that_a_signature_accepts_is_asked_once",
                    "tests/participants/papers/test_notice_pages.py",
                ),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("no tax result is promised"),
                asks=_(
                    "The company promises no treatment of the tax and need not arrange the award "
                    "to lower it."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("10.1",),
                functions=("participants.papers.wording.acknowledgements_for",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("more than one jurisdiction"),
                asks=_(
                    "Where a participant moved between the grant and the taxable event, the "
                    "company may have to withhold in more than one place."
                ),
                treated=(COMPUTED, PRINTED),
                numbers=("10.5",),
                functions=(
                    "participants.papers.wording.acknowledgements_for",
                    "ltip.rules.tax_due.days_in",
                    "ltip.rules.tax_due.tax_due",
                    "participants.settlement.taxing.computed_tax",
                ),
                tests=(
                    "tests/papers/test_wording.py",
                    "tests/rules/test_tax_due.py::test_whoever_moved_is_taxed_in_both_countries_on_the_part_that_falls_to_each",
                    "tests/rules/test_tax_due.py::test_days_left_out_or_counted_twice_are_refused",
                    "tests/participants/settlement/test_computed_tax.py",
                ),
                pages=("participants:notice", "participants:settlement"),
            ),
            Entry(
                part=_("payment is arranged beforehand"),
                asks=_(
                    "Before anything is taxed the participant pays the tax or arranges for it to "
                    "the company's satisfaction."
                ),
                treated=(CHECKED,),
                numbers=("6.3",),
                functions=(
                    "participants.settlement.services.tick_condition",
                    "participants.settlement.services.prepare_settlement",
                ),
                tests=("tests/participants/settlement/test_preparing.py",),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("(a) wages, (b) sale of shares, the choice"),
                asks=_(
                    "The participant chooses how to pay: from wages or other cash, from the sale "
                    "of shares, in shares withheld, or several of these together."
                ),
                treated=(COMPUTED, CHECKED, RECORDED, PRINTED),
                numbers=("10.2",),
                functions=(
                    "participants.papers.wording.notice_sections",
                    "ltip.rules.paying.require_election",
                    "ltip.rules.paying.ways_to_pay",
                    "ltip.rules.paying.allocated",
                    "ltip.rules.paying.shares_to_sell",
                    "ltip.rules.paying.require_sale",
                    "ltip.rules.paying.sale_settled",
                    "participants.settlement.electing.elect_withholding",
                    "participants.settlement.selling.record_window",
                    "participants.settlement.selling.record_sales",
                ),
                tests=(
                    "tests/papers/test_wording.py",
                    "tests/rules/test_paying.py",
                    "tests/participants/settlement/test_electing.py",
                    "tests/participants/settlement/test_selling.py",
                ),
                pages=(
                    "participants:notice",
                    "participants:pay_tax",
                    "participants:sales",
                    "participants:settlement",
                    "participants:statement",
                ),
            ),
            Entry(
                part=_("rates of tax and of exchange"),
                asks=_(
                    "Tax is figured from rates that were approved for the day and the wages of the "
                    "year that payroll gives; what is missing is refused by name."
                ),
                treated=(COMPUTED, CHECKED),
                numbers=("10.5",),
                functions=(
                    "ltip.rules.taxes.kinds_in",
                    "ltip.rules.taxes.require_rate",
                    "ltip.rules.taxes.rates_on",
                    "ltip.rules.taxes.tax_on_wages",
                    "ltip.rules.tax_due.rate_day",
                    "ltip.rules.tax_due.exchange_rate_on",
                    "ltip.rules.tax_due.require_exchange_rate",
                    "ltip.rules.tax_due.tax_due",
                    "participants.settlement.rates.enter_tax_rate",
                    "participants.settlement.rates.enter_exchange_rate",
                    "participants.settlement.rates.approve_rates",
                    "participants.settlement.services.prepare_settlement",
                ),
                tests=(
                    "tests/rules/test_taxes.py",
                    "tests/rules/test_tax_due.py",
                    "tests/participants/settlement/test_rates.py",
                    "tests/participants/settlement/test_computed_tax.py",
                ),
                pages=(
                    "participants:tax_rates",
                    "participants:settlement",
                    "participants:statement",
                    "committee:readings",
                ),
            ),
            Entry(
                part=_("(c) shares withheld"),
                asks=_(
                    "Shares may be withheld, worth no more than the minimum that the law requires."
                ),
                treated=(COMPUTED,),
                numbers=("10.3",),
                functions=("ltip.rules.settling.withholding",),
                tests=(
                    "tests/rules/test_settling.py",
                    "tests/rules/test_other_readings.py::test_the_shares_withheld_can_be_rounded_down_and_the_rest_is_owed",
                    "tests/participants/settlement/test_readings.py",
                    "tests/participants/settlement/test_preparing.py::test_a_tax_of_nothing_is_written_out_as_a_zero",
                ),
                stories=(
                    "tests/scenarios/tax-vectors-of-payroll.toml",
                    "tests/scenarios/whole-shares-withheld.toml",
                    "tests/scenarios/withheld-at-a-price-of-cents.toml",
                    "tests/scenarios/withheld-down-by-decision.toml",
                ),
                pages=("participants:settlement", "participants:statement"),
            ),
            Entry(
                part=_("what is not covered"),
                asks=_("What none of these ways covers, the participant pays to the company."),
                treated=(COMPUTED, PRINTED),
                numbers=("10.3",),
                functions=("ltip.rules.settling.withholding",),
                tests=(
                    "tests/rules/test_settling.py::test_money_that_goes_back_or_is_owed_has_a_step_of_its_own",
                    "tests/participants/settlement/test_approving.py::test_the_statement_says_what_comes_back_and_what_is_still_owed",
                ),
                stories=("tests/scenarios/withheld-at-a-price-of-cents.toml",),
                pages=("participants:statement",),
            ),
        ),
    ),
)
