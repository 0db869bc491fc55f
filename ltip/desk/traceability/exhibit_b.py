"""Exhibit B: the special provisions for holders outside the United States."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
NOT_ENCODED = Treatment.NOT_ENCODED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "XB",
        "Opening",
        (
            Entry(
                part=_("its rank"),
                asks=_(
                    "The special terms add to the notice and the agreement, and stand above the "
                    "agreement. Each country carries its own, as data with a version."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("10.4",),
                functions=(
                    "participants.papers.supplements.record_supplement",
                    "participants.papers.models.CountrySupplement",
                    "participants.papers.wording.united_kingdom_text",
                ),
                tests=(
                    "tests/participants/papers/test_elections.py",
                    "tests/papers/test_wording.py::test_the_united_kingdom_terms_follow_the_agreement_unchanged",
                ),
                stories=("tests/scenarios/a-holder-in-the-united-kingdom.toml",),
                pages=("participants:supplements", "participants:notice"),
            ),
            Entry(
                part=_("the law of February 2012"),
                asks=_(
                    "They tell of the law as it stood in February 2012, which may have changed, "
                    "and are not to be relied on alone."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.united_kingdom_text",),
                tests=(
                    "tests/papers/test_wording.py::test_the_united_kingdom_terms_are_for_its_holders_only",
                ),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("no assurance"),
                asks=_(
                    "They are general; the holder is advised to ask a professional, above all "
                    "when working in one country and belonging to another."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.united_kingdom_text",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "XB",
        "United Kingdom",
        (
            Entry(
                asks=_(
                    "What follows is for holders in the United Kingdom only, by the country on "
                    "record on the day that counts."
                ),
                treated=(CHECKED, RECORDED, PRINTED),
                numbers=("10.4",),
                functions=(
                    "participants.papers.wording.united_kingdom_text",
                    "participants.papers.wording.acknowledgements_for",
                    "participants.papers.supplements.united_kingdom",
                ),
                tests=(
                    "tests/papers/test_wording.py",
                    "tests/participants/papers/test_elections.py::test_a_holder_elsewhere_has_nothing_to_sign",
                    "tests/participants/settlement/test_abroad.py::test_the_country_of_the_settlement_date_decides",
                    "tests/participants/papers/test_notice_pages.py::test_a_holder_in_the_united_kingdom_accepts_the_special_terms_too",
                ),
                stories=("tests/scenarios/a-holder-in-the-united-kingdom.toml",),
                pages=("participants:supplements", "participants:joint_election"),
            ),
        ),
    ),
    Place(
        "XB",
        "Terms and Conditions",
        (
            Entry(
                asks=_("This heading holds the two parts that follow."),
                treated=(PRINTED,),
                functions=("participants.papers.wording.united_kingdom_text",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "XB",
        "Tax and National Insurance Contributions Acknowledgment",
        (
            Entry(
                part=_("ninety days"),
                asks=_(
                    "Tax not made good within ninety days of the taxable event, or within the "
                    "other period that the law sets, becomes a loan from the employer."
                ),
                treated=(COMPUTED,),
                numbers=("10.4",),
                functions=("ltip.rules.abroad.uncollected_tax",),
                tests=(
                    "tests/rules/test_abroad.py::test_tax_not_made_good_in_ninety_days_becomes_a_loan",
                    "tests/participants/settlement/test_abroad.py::test_tax_is_made_good_within_ninety_days_and_then_is_a_loan",
                ),
                stories=("tests/scenarios/a-holder-in-the-united-kingdom.toml",),
                pages=("participants:settlement", "participants:statement"),
            ),
            Entry(
                part=_("the loan"),
                asks=_(
                    "The loan bears interest at the official rate, is repayable at once, and may "
                    "be recovered from pay, shares or proceeds; delivery may wait until it is "
                    "repaid."
                ),
                treated=(PRINTED, NOT_ENCODED),
                numbers=("10.4",),
                functions=("participants.papers.wording.united_kingdom_text",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
                reason=_(
                    "Interest and repayment run in payroll. The day from which there would be a "
                    "loan is computed and shown; whether the tax was made good is not known here."
                ),
            ),
            Entry(
                part=_("officers and executive directors"),
                asks=_(
                    "For an officer or executive director it is no loan but may be a benefit, on "
                    "which further tax falls due."
                ),
                treated=(COMPUTED,),
                numbers=("10.4",),
                functions=("ltip.rules.abroad.uncollected_tax",),
                tests=(
                    "tests/rules/test_abroad.py::test_of_an_officer_or_executive_director_it_is_a_benefit_and_no_loan",
                    "tests/participants/settlement/test_abroad.py::test_for_an_officer_it_is_a_benefit",
                ),
                pages=("participants:settlement", "participants:statement"),
            ),
            Entry(
                part=_("“Section 3.3”"),
                asks=_(
                    "The agreement has no section of the number that is referred to; its section "
                    "on withholding is read."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.united_kingdom_text",),
                tests=(
                    "tests/papers/test_wording.py::test_a_section_that_is_pointed_to_is_about_that",
                ),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "XB",
        (
            "Joint Election for Transfer of Secondary Class 1 National Insurance "
            "Contributions to Holder"
        ),
        (
            Entry(
                part=_("(a) signed before anything vests"),
                asks=_(
                    "The holder takes over the employer's national insurance and signs the joint "
                    "election before any Performance Share vests."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("10.4",),
                functions=(
                    "ltip.rules.abroad.require_joint_election",
                    "participants.papers.elections.sign_joint_election",
                    "participants.papers.heirs_signing.record_heirs_election",
                    "participants.papers.models.JointElection",
                ),
                tests=(
                    "tests/participants/papers/test_heirs_sign.py",
                    "tests/rules/test_abroad.py",
                    "tests/participants/papers/test_elections.py",
                    "tests/participants/settlement/test_abroad.py::test_without_the_election_the_holder_is_held_back_by_name_and_the_others_go_on",
                ),
                stories=("tests/scenarios/a-holder-in-the-united-kingdom.toml",),
                pages=(
                    "participants:joint_election",
                    "participants:heirs_signature",
                    "participants:settlement",
                ),
            ),
            Entry(
                part=_("(b) between whom"),
                asks=_(
                    "The election is between the holder, as an employee of a listed company of "
                    "the group, and the company for the employer."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("10.4",),
                functions=(
                    "participants.papers.wording.united_kingdom_text",
                    "participants.papers.elections.sign_joint_election",
                ),
                tests=(
                    "tests/participants/papers/test_elections.py::test_nobody_elects_for_another_or_under_terms_that_were_not_shown",
                ),
                pages=("participants:joint_election",),
            ),
            Entry(
                part=_("(c) what it covers"),
                asks=_(
                    "It covers contributions on acquiring the securities, on giving them up for "
                    "consideration, and on any other benefit from them."
                ),
                treated=(PRINTED,),
                numbers=("10.4",),
                functions=("participants.papers.wording.united_kingdom_text",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:joint_election",),
            ),
            Entry(
                part=_("(d) liability and remittance"),
                asks=_(
                    "The whole liability passes to the holder; the company remits within fourteen"
                    " days after the end of the tax month, and may hold the shares back until it "
                    "is paid."
                ),
                treated=(COMPUTED, RECORDED, PRINTED),
                numbers=("10.4",),
                functions=(
                    "ltip.rules.abroad.uk_tax_month_end",
                    "ltip.rules.abroad.employer_remits_by",
                    "participants.settlement.abroad.record_remittance",
                ),
                tests=(
                    "tests/rules/test_abroad.py",
                    "tests/participants/settlement/test_abroad.py",
                    "tests/participants/settlement/test_remitting.py",
                ),
                stories=("tests/scenarios/a-holder-in-the-united-kingdom.toml",),
                pages=(
                    "participants:settlement",
                    "participants:statement",
                    "participants:record_remittance",
                ),
            ),
            Entry(
                part=_("(e) until when"),
                asks=_(
                    "The election goes on when the holder moves or leaves, and ends by agreement,"
                    " by the company's notice or when the revenue withdraws its approval."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("10.4",),
                functions=(
                    "ltip.rules.abroad.election_in_force",
                    "participants.papers.elections.end_joint_election",
                ),
                tests=(
                    "tests/rules/test_abroad.py::test_an_election_is_in_force_from_its_signature_until_the_day_it_ends",
                    "tests/participants/papers/test_elections.py::test_an_election_ends_for_the_reasons_of_exhibit_b_only",
                ),
                pages=("participants:end_joint_election",),
            ),
            Entry(
                part=_("regulations given effect for the past"),
                asks=_(
                    "It does not reach liabilities from regulations that are given effect for the"
                    " past."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.united_kingdom_text",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:joint_election",),
            ),
        ),
    ),
    Place(
        "XB",
        "Schedule 1",
        (
            Entry(
                asks=_("It is to list the employing companies, and is empty in the source."),
                treated=(NOT_ENCODED,),
                reason=_(
                    "The source lists no company. The printed terms point to the schedule of the "
                    "form that the revenue approved."
                ),
            ),
        ),
    ),
    Place(
        "XB",
        "Data Protection",
        (
            Entry(
                asks=_(
                    "The company and its affiliates may hold and use personal and sensitive data,"
                    " and disclose them outside the European Economic Area."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.2",),
                functions=(
                    "participants.papers.wording.united_kingdom_text",
                    "participants.papers.services.sign_notice",
                ),
                tests=(
                    "tests/papers/test_wording.py::test_the_united_kingdom_terms_are_for_its_holders_only",
                ),
                pages=("participants:notice",),
            ),
        ),
    ),
)
