"""The Notice of Grant: what it says, and what a signature on it accepts."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
NOT_ENCODED = Treatment.NOT_ENCODED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "GN",
        "Opening",
        (
            Entry(
                asks=_(
                    "The company grants the holder a number of Performance Shares, under the Plan"
                    " and the Program; the agreement, the terms abroad, the Plan and the Program "
                    "belong to the notice."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.1",),
                functions=(
                    "participants.papers.wording.notice_sections",
                    "participants.papers.typesetting.render_notice",
                ),
                tests=(
                    "tests/papers/test_wording.py",
                    "tests/papers/test_typesetting.py",
                    "tests/participants/papers/test_notice_faults.py",
                ),
                pages=("participants:notice", "participants:notice_pdf"),
            ),
        ),
    ),
    Place(
        "GN",
        "Holder",
        (
            Entry(
                asks=_("The notice names the holder."),
                treated=(RECORDED, PRINTED),
                numbers=("11.1",),
                functions=("participants.papers.wording.notice_sections",),
                tests=(
                    "tests/papers/test_wording.py::test_each_value_of_the_data_stands_in_the_notice",
                    "tests/participants/papers/test_notice_faults.py::test_a_name_that_the_papers_can_not_show_stops_the_grant_by_name",
                ),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "GN",
        "Grant Date",
        (
            Entry(
                asks=_(
                    "The notice names the day of the grant, which is the date of the Committee's "
                    "act."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.1",),
                functions=(
                    "participants.papers.wording.notice_sections",
                    "ltip.records.services.seal",
                ),
                tests=(
                    "tests/papers/test_wording.py::test_the_key_facts_say_who_how_many_and_over_which_days",
                ),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "GN",
        "Number of Performance Shares",
        (
            Entry(
                asks=_("The notice names the number of Performance Shares, which is the target."),
                treated=(RECORDED, PRINTED),
                numbers=("11.1",),
                functions=("participants.papers.wording.notice_sections",),
                tests=(
                    "tests/papers/test_wording.py::test_the_key_facts_say_who_how_many_and_over_which_days",
                    "tests/participants/papers/test_my_awards.py::test_the_schedule_stands_in_the_holders_own_shares",
                ),
                pages=("participants:notice", "participants:my_award"),
            ),
        ),
    ),
    Place(
        "GN",
        "Signature",
        (
            Entry(
                part=_("both sides are bound"),
                asks=_(
                    "The notice binds once the company and the holder have signed it. Until then "
                    "the award stands, but nothing is delivered."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("11.1",),
                functions=(
                    "participants.settlement.holding_back.held_back",
                    "participants.papers.signatures.signatures_for",
                    "participants.papers.services.sign_notice",
                    "participants.papers.heirs_signing.record_heirs_signature",
                    "participants.papers.reminding.remind_to_sign",
                    "ltip.rules.acceptance.days_to_sign",
                    "ltip.rules.acceptance.sign_by",
                    "ltip.rules.acceptance.lapse",
                    "participants.papers.declining.decline_notice",
                    "participants.papers.company_signing.sign_for_company",
                    "participants.papers.company_signing.without_officer",
                    "participants.papers.deciding_pages.decide_pages",
                ),
                tests=(
                    "tests/rules/test_acceptance.py",
                    "tests/participants/papers/test_lapsing.py",
                    "tests/participants/papers/test_around_signing.py",
                    "tests/participants/papers/test_company_signing.py",
                    "tests/participants/papers/test_signatures_page.py",
                    "tests/participants/papers/test_heirs_sign.py",
                    "tests/participants/settlement/test_preparing.py::test_an_award_not_signed_for_is_held_back_by_name_and_the_others_go_on",
                    "tests/participants/papers/test_notice_pages.py",
                ),
                stories=(
                    "tests/scenarios/unsigned-papers.toml",
                    "tests/scenarios/an-unsigned-holder-waits-alone.toml",
                    "tests/scenarios/an-award-lapses-unsigned.toml",
                ),
                pages=(
                    "participants:signatures",
                    "participants:notice",
                    "participants:decline_notice",
                    "participants:company_signature",
                    "participants:heirs_signature",
                ),
            ),
            Entry(
                part=_("what is accepted"),
                asks=_(
                    "The signature accepts the Plan, the Program, the agreement and the terms "
                    "abroad, all read and understood."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.2",),
                functions=(
                    "participants.papers.wording.acknowledgements_for",
                    "participants.papers.selectors.keys_to_agree_to",
                    "participants.papers.opening.record_incorporated_document",
                    "participants.papers.services.sign_notice",
                ),
                tests=(
                    "tests/participants/papers/test_around_signing.py::test_nobody_signs_before_opening_every_document_in_force",
                    "tests/papers/test_wording.py::test_each_thing_that_a_signature_accepts_is_asked_once",
                    "tests/participants/papers/test_notice_pages.py::test_signing_keeps_what_was_shown_when_and_to_what_the_holder_agreed",
                ),
                pages=("participants:notice", "participants:incorporated_documents"),
            ),
            Entry(
                part=_("insider trading policy and prospectus"),
                asks=_(
                    "It says that the insider-trading policy and the Plan's prospectus were read "
                    "and understood, and that the policy will be kept."
                ),
                treated=(RECORDED, PRINTED, NOT_ENCODED),
                numbers=("11.2",),
                functions=("participants.papers.wording.acknowledgements_for",),
                tests=(
                    "tests/papers/test_wording.py::test_each_thing_that_a_signature_accepts_is_asked_once",
                ),
                pages=("participants:notice",),
                reason=_(
                    "Nothing that a holder does on the market is known here, so whether the "
                    "policy is kept is not checked."
                ),
            ),
            Entry(
                part=_("how tax is withheld"),
                asks=_(
                    "The holder agrees that the company may withhold shares, have a broker sell "
                    "shares, or use another way that is open to it."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.2",),
                functions=("participants.papers.wording.acknowledgements_for",),
                tests=(
                    "tests/papers/test_wording.py::test_each_thing_that_a_signature_accepts_is_asked_once",
                ),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("the Committee's decisions"),
                asks=_("The holder accepts what the Committee decides or construes as final."),
                treated=(RECORDED, PRINTED),
                numbers=("11.2",),
                functions=("participants.papers.wording.acknowledgements_for",),
                tests=(
                    "tests/papers/test_wording.py::test_each_thing_that_a_signature_accepts_is_asked_once",
                ),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("what is kept of it"),
                asks=_(
                    "Each acceptance keeps what was shown, who signed, when, from where and how "
                    "identity was proved; the paper stays the same bytes for ever."
                ),
                treated=(RECORDED,),
                numbers=("11.3",),
                functions=(
                    "participants.papers.services.sign_notice",
                    "participants.papers.opening.record_opening",
                    "participants.papers.typesetting.render_notice",
                ),
                tests=(
                    "tests/participants/papers/test_notice_pages.py",
                    "tests/papers/test_typesetting.py::test_the_same_data_give_the_same_bytes",
                    "tests/accounts/test_signing_in.py",
                    "tests/test_exactly_once.py",
                    "tests/participants/papers/test_around_signing.py::test_the_receipt_says_what_was_shown_when_from_where_how_and_to_which_words",
                ),
                pages=(
                    "participants:notice",
                    "participants:notice_pdf",
                    "participants:receipt",
                    "participants:my_history",
                ),
            ),
        ),
    ),
    Place(
        "GN",
        "By",
        (
            Entry(
                asks=_(
                    "Each side signs: the company by the Committee's act, the holder on the page."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.1",),
                functions=(
                    "participants.papers.typesetting.render_notice",
                    "participants.papers.services.sign_notice",
                ),
                tests=("tests/papers/test_typesetting.py::test_the_last_page_has_both_signatures",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "GN",
        "Print Name",
        (
            Entry(
                asks=_("The names of both stand under the signatures."),
                treated=(PRINTED,),
                functions=("participants.papers.typesetting.render_notice",),
                tests=("tests/papers/test_typesetting.py::test_the_last_page_has_both_signatures",),
                pages=("participants:notice_pdf",),
            ),
        ),
    ),
    Place(
        "GN",
        "Title",
        (
            Entry(
                asks=_(
                    "The office of whoever signs for the company. Where the company decided that "
                    "an officer signs, it stands with the signature; otherwise the company signs "
                    "by the act of the Committee, whose number stands in its place."
                ),
                treated=(RECORDED,),
                functions=("participants.papers.company_signing.record_authority",),
                tests=("tests/participants/papers/test_company_signing.py",),
                pages=("participants:signing_officers", "participants:notice"),
            ),
        ),
    ),
    Place(
        "GN",
        "Address",
        (
            Entry(
                asks=_("The addresses of the company and of the holder."),
                treated=(RECORDED, PRINTED, NOT_ENCODED),
                numbers=("11.4",),
                functions=("participants.papers.typesetting.render_notice",),
                tests=(
                    "tests/papers/test_typesetting.py::test_an_office_kept_in_lines_is_printed_in_one",
                    "tests/participants/people/test_pages.py::test_personal_data_is_shown_only_when_asked_for_and_the_look_is_logged",
                    "tests/records/test_encryption.py",
                ),
                pages=("participants:notice", "participants:employee"),
                reason=_(
                    "The company's office is printed. The holder's address is kept encrypted with"
                    " the employee's record and is not printed, so that the paper carries no more"
                    " personal data than it needs."
                ),
            ),
        ),
    ),
)
