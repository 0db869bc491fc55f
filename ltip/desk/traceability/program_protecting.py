"""The Program document: the Plan, amendments, limits and protections."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
NOT_ENCODED = Treatment.NOT_ENCODED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "P Coordination with Plan",
        "Coordination with Plan",
        (
            Entry(
                part=_("the Plan's provisions"),
                asks=_(
                    "Everything in the Plan, and every rule made under it, applies to the Program."
                ),
                treated=(CHECKED, NOT_ENCODED),
                functions=(
                    "ltip.rules.limits.require_within_limits",
                    "ltip.program.services.limits.record_plan_limit",
                ),
                tests=("tests/rules/test_limits.py", "tests/participants/awards/test_limits.py"),
                stories=("tests/scenarios/the-plans-limits-bind-without-an-approval.toml",),
                pages=("participants:plan_limits",),
                reason=_(
                    "The Plan is not part of the source. Its limits are data and are checked at "
                    "any time; its terms (Cause, Disability, Fair Market Value) are taken as the "
                    "rulebook reads them."
                ),
            ),
            Entry(
                part=_("in a conflict"),
                asks=_("Where the Program and the Plan differ, the Plan controls."),
                treated=(PRINTED,),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "P Amendment and Termination",
        "Amendment and Termination",
        (
            Entry(
                part=_("changing, suspending, ending"),
                asks=_(
                    "The Committee may do so at any time, but without the consent of each "
                    "participant affected not so as to hurt what is earned and unpaid for a "
                    "completed period."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("9.3",),
                functions=(
                    "ltip.rules.amendments.require_amendment",
                    "participants.papers.amending.draft_amendment",
                    "participants.papers.models.AmendmentConsent",
                    "participants.awards.models.changing.Amendment",
                ),
                tests=(
                    "tests/rules/test_amendments.py",
                    "tests/participants/papers/test_amendments.py",
                ),
                stories=(
                    "tests/scenarios/amended-as-the-program-alone-asks.toml",
                    "tests/scenarios/amended-with-the-holders-consent.toml",
                    "tests/scenarios/goals-amended-before-the-approval-counts.toml",
                ),
                pages=("participants:amendments", "participants:consent"),
            ),
            Entry(
                part=_("for §409A"),
                asks=_(
                    "An amendment that keeps the awards out of §409A, or within it, needs "
                    "nobody's consent."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("9.3",),
                functions=("ltip.rules.amendments.require_amendment",),
                tests=(
                    "tests/rules/test_amendments.py::test_an_amendment_for_409a_needs_no_consent",
                    "tests/participants/papers/test_amendments.py::test_an_amendment_for_section_409a_needs_no_consent",
                ),
                stories=("tests/scenarios/amended-with-the-holders-consent.toml",),
                pages=("participants:amendments",),
            ),
            Entry(
                part=_("goals of Covered Employees"),
                asks=_(
                    "No such amendment changes the goals of a Covered Employee for a period that "
                    "commenced on or after the Stockholder Approval Date."
                ),
                treated=(CHECKED,),
                numbers=("9.3",),
                functions=(
                    "ltip.rules.amendments.require_amendment",
                    "participants.awards.amendments.covered_with_frozen_goals",
                ),
                tests=(
                    "tests/rules/test_amendments.py::test_goals_of_covered_employees_are_frozen_whoever_consents",
                    "tests/participants/papers/test_amendments.py::test_goals_of_a_covered_employee_are_never_changed_after_the_approval",
                ),
                stories=(
                    "tests/scenarios/the-goals-of-a-covered-employee-stay.toml",
                    "tests/scenarios/the-approval-on-the-first-day-of-the-period.toml",
                    "tests/scenarios/goals-amended-before-the-approval-counts.toml",
                ),
                pages=("participants:draft_goals",),
            ),
        ),
    ),
    Place(
        "P Limitation on Payments",
        "Limitation on Payments",
        (
            Entry(
                part=_("whichever leaves more"),
                asks=_(
                    "A payment that would bear the excise tax on parachute payments is made in "
                    "full, or cut until no part bears it: whichever leaves the participant more "
                    "after all taxes."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("9.2",),
                functions=(
                    "ltip.rules.parachute.parachute",
                    "participants.control.services.compare_parachute",
                    "participants.control.models.ParachuteComparison",
                ),
                tests=(
                    "tests/rules/test_parachute.py",
                    "tests/participants/control/test_parachutes.py",
                ),
                stories=(
                    "tests/scenarios/parachutes-of-every-size.toml",
                    "tests/scenarios/a-parachute-that-leaves-the-same.toml",
                    "tests/scenarios/a-parachute-cut-when-both-are-the-same.toml",
                ),
                pages=("participants:parachutes", "participants:parachute"),
            ),
            Entry(
                part=_("who calculates"),
                asks=_(
                    "The firm that audits the company on the day before the event calculates it."
                ),
                treated=(RECORDED,),
                numbers=("9.2",),
                functions=("participants.control.services.record_auditor_determination",),
                tests=(
                    "tests/participants/control/test_parachutes.py::test_the_firms_figures_are_recorded_on_the_page_beside_ours",
                ),
                pages=("participants:parachute",),
            ),
            Entry(
                part=_("at whose expense"),
                asks=_("The company bears the cost of the firm's determinations."),
                treated=(NOT_ENCODED,),
                numbers=("9.2",),
                reason=_(
                    "What the firm charges is an account between the company and the firm and "
                    "changes nothing about an award."
                ),
            ),
            Entry(
                part=_("within fifteen days"),
                asks=_(
                    "The firm gives its calculations within fifteen calendar days of the day on "
                    "which the right to the payment was triggered, or when either side asks for "
                    "them."
                ),
                treated=(COMPUTED,),
                numbers=("9.2",),
                functions=("ltip.rules.parachute.auditor_due",),
                tests=(
                    "tests/rules/test_parachute.py::test_the_auditing_firm_has_fifteen_calendar_days",
                    "tests/participants/control/test_parachutes.py::test_the_firm_has_fifteen_days_and_the_page_counts_them",
                ),
                pages=("participants:parachutes",),
            ),
            Entry(
                part=_("its determination is final"),
                asks=_(
                    "What the firm determines in good faith is final; ours is an estimate beside "
                    "it, and any difference is named."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("9.2",),
                functions=(
                    "ltip.rules.parachute.difference_from_auditor",
                    "participants.control.services.record_auditor_determination",
                ),
                tests=(
                    "tests/rules/test_parachute.py",
                    "tests/participants/control/test_parachutes.py::test_the_firms_figures_are_final_and_differences_are_named",
                ),
                pages=("participants:parachute",),
            ),
            Entry(
                part=_("the order of reduction"),
                asks=_(
                    "Cash first, then the acceleration of equity other than options, then of "
                    "options, then other benefits."
                ),
                treated=(COMPUTED,),
                numbers=("9.2",),
                functions=("ltip.rules.parachute.parachute",),
                tests=(
                    "tests/rules/test_parachute.py::test_kinds_are_reduced_in_their_order_and_in_full_before_the_next",
                    "tests/participants/control/test_parachutes.py::test_the_reduction_takes_the_kinds_in_their_order",
                ),
                stories=("tests/scenarios/parachutes-of-every-size.toml",),
                pages=("participants:parachute",),
            ),
        ),
    ),
    Place(
        "P No Contract for Employment",
        "No Contract for Employment",
        (
            Entry(
                asks=_(
                    "Nothing in the Program promises employment or keeps the company from ending "
                    "or changing it."
                ),
                treated=(PRINTED,),
                numbers=("11.6",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py::test_the_notice_says_each_operative_term",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "P Nontransferability",
        "Nontransferability",
        (
            Entry(
                part=_("an attempt is void"),
                asks=_(
                    "No interest in the Program can be transferred, pledged or charged, and an "
                    "attempt at it has no effect."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("9.5",),
                functions=(
                    "participants.awards.changing.find_transfer",
                    "participants.awards.models.changing.TransferFinding",
                    "ltip.rules.awards.due",
                ),
                tests=(
                    "tests/participants/awards/test_transfers_and_delays.py",
                    "tests/rules/test_awards.py::test_a_transfer_that_was_attempted_leaves_nothing",
                ),
                stories=(
                    "tests/scenarios/a-pledge-voids-the-award.toml",
                    "tests/scenarios/only-the-attempt-is-void.toml",
                ),
                pages=("participants:propose_transfer_finding", "participants:my_award"),
            ),
            Entry(
                part=_("debts"),
                asks=_(
                    "No interest answers for the debts or wrongs of a participant or a beneficiary."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("by will or descent"),
                asks=_("It may pass by will or by the law of descent."),
                treated=(COMPUTED, RECORDED),
                numbers=("7.7",),
                functions=(
                    "ltip.rules.heirs.heirs",
                    "participants.people.succession.record_succession",
                ),
                tests=("tests/rules/test_heirs.py", "tests/participants/people/test_succession.py"),
                pages=("participants:succession",),
            ),
        ),
    ),
    Place(
        "P Compensation Subject to Recovery",
        "Compensation Subject to Recovery",
        (
            Entry(
                asks=_(
                    "Awards and what was paid on them can be recovered under the company's "
                    "recovery policies, as far as the law allows."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("9.4",),
                functions=(
                    "participants.awards.changing.record_receipt",
                    "participants.awards.models.changing.Recovery",
                    "ltip.rules.awards.due",
                ),
                tests=(
                    "tests/participants/awards/test_recoveries.py",
                    "tests/participants/awards/test_award_pages.py::test_a_recovery_hides_from_the_holder_nothing_of_where_the_award_stands",
                    "tests/rules/test_awards.py::test_an_increase_and_a_recovery_set_and_take_away_shares",
                ),
                stories=("tests/scenarios/recovered-before-and-after-settlement.toml",),
                pages=("participants:propose_recovery", "participants:record_recovery_receipt"),
            ),
        ),
    ),
    Place(
        "P Nature of Program",
        "Nature of Program",
        (
            Entry(
                asks=_(
                    "An award is an unfunded and unsecured promise: no fund, no trust, no more "
                    "than a general creditor's right."
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
        "P Governing Law",
        "Governing Law",
        (
            Entry(
                asks=_("The Program is construed by the law of California."),
                treated=(PRINTED,),
                numbers=("11.5",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py::test_the_notice_says_each_operative_term",),
                pages=("participants:notice",),
            ),
        ),
    ),
)
