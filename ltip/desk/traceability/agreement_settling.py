"""The Grant Agreement: what follows from events, the settlement, §409A."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "GA §3",
        "Consequences of Certain Events",
        (
            Entry(
                asks=_(
                    "What follows from the end of employment or a change in control is what the "
                    "Program says."
                ),
                treated=(COMPUTED,),
                functions=(
                    "ltip.rules.earning.shares_earned",
                    "ltip.rules.change_in_control.lump_sum_shares",
                ),
                tests=("tests/rules/test_earning.py", "tests/rules/test_change_in_control.py"),
                stories=(
                    "tests/scenarios/each-reason-to-leave-before-the-determination-date.toml",
                    "tests/scenarios/a-change-in-control-and-those-who-left.toml",
                ),
                pages=("participants:end_service", "participants:change_in_control"),
            ),
        ),
    ),
    Place(
        "GA §4",
        "Payout of Performance Shares",
        (
            Entry(
                part=_("the certificate follows the 10-K"),
                asks=_(
                    "The Committee certifies on the day, or as soon as can be after, the company "
                    "files its Form 10-K for the last fiscal year that ends in the period."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("5.1",),
                functions=(
                    "ltip.rules.settling.is_last_fiscal_year_of",
                    "ltip.rules.settling.require_certifiable",
                    "ltip.program.services.periods.record_annual_report",
                    "ltip.program.selectors.annual_report_for",
                    "participants.awards.selectors.Readiness",
                ),
                tests=(
                    "tests/rules/test_settling.py::test_nothing_is_certified_before_the_period_ended_and_the_report_is_filed",
                    "tests/participants/awards/test_certification_pages.py",
                    "tests/program/test_market_pages.py::test_a_filing_is_put_on_record_and_a_later_record_replaces_it",
                ),
                stories=(
                    "tests/scenarios/last-years-report-is-not-enough.toml",
                    "tests/scenarios/settled-on-good-friday.toml",
                    "tests/scenarios/three-years-in-steps.toml",
                    "tests/scenarios/the-determination-read-as-the-filing.toml",
                ),
                pages=("program:annual_report", "participants:propose_certification"),
            ),
            Entry(
                part=_("a final run"),
                asks=_("What is certified is the result of a run over the whole period."),
                treated=(CHECKED,),
                numbers=("4.6",),
                functions=("ltip.program.services.measuring.request_run",),
                tests=(
                    "tests/program/test_runs.py::test_a_final_run_is_refused_until_the_day_after_the_period",
                    "tests/participants/awards/test_certification_pages.py::test_with_the_report_the_run_is_still_missing",
                ),
                pages=("program:runs",),
            ),
            Entry(
                part=_("the Settlement Date"),
                asks=_(
                    "The thirtieth day after the Determination Date; on a day that is no business"
                    " day the date stands and delivery is on the next."
                ),
                treated=(COMPUTED,),
                numbers=("6.1",),
                functions=(
                    "ltip.rules.settling.settlement_date",
                    "ltip.rules.settling.delivery_date",
                    "ltip.rules.calendars.thirtieth_day_after",
                    "ltip.program.selectors.delivery_of",
                    "participants.settlement.selectors.settles_from",
                ),
                tests=(
                    "tests/rules/test_settling.py",
                    "tests/rules/test_calendars.py::test_the_thirtieth_day_after",
                    "tests/participants/settlement/test_readings.py",
                    "tests/participants/settlement/test_approving.py::test_a_late_approval_on_a_weekend_delivers_on_the_next_business_day",
                ),
                stories=("tests/scenarios/settled-on-good-friday.toml",),
                pages=("participants:settlement", "participants:my_award"),
            ),
            Entry(
                part=_("employment until the Determination Date"),
                asks=_(
                    "It asks for employment through the Determination Date, unless the Program "
                    "provides otherwise; who leaves on that day leaves after it."
                ),
                treated=(COMPUTED,),
                numbers=("6.2",),
                functions=("ltip.rules.earning.shares_earned", "ltip.rules.earning.entitlement"),
                tests=(
                    "tests/rules/test_earning.py::test_leaving_before_the_determination_date_forfeits_and_on_it_does_not",
                    "tests/rules/test_awards.py::test_a_resignation_on_the_determination_date_comes_before_it_under_the_other_reading",
                ),
                stories=("tests/scenarios/leaving-on-the-determination-date-read-as-before.toml",),
                pages=("participants:end_service",),
            ),
            Entry(
                part=_("all earned shares, by certificate or book entry"),
                asks=_(
                    "Everything earned is settled, by certificate or by an entry in the holder's "
                    "name."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("6.1",),
                functions=(
                    "participants.settlement.services.prepare_settlement",
                    "participants.settlement.services.approve_settlement",
                ),
                tests=(
                    "tests/participants/settlement/test_approving.py",
                    "tests/drills/test_killed_processes.py::test_an_approval_whose_process_is_killed_pays_nothing_and_then_once",
                    "tests/test_exactly_once.py::test_a_settlement_approved_twice_at_once_pays_once",
                ),
                pages=("participants:settlement", "participants:transfer_agent_file"),
            ),
            Entry(
                part=_("the holder's death"),
                asks=_(
                    "A dead holder's shares go to the beneficiaries named; if none is named or "
                    "survives, to the estate's representative or whoever takes by will or "
                    "descent."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("7.7",),
                functions=(
                    "ltip.rules.heirs.heirs",
                    "ltip.rules.heirs.require_parts",
                    "ltip.rules.heirs.takers",
                    "participants.people.succession.name_beneficiaries",
                    "participants.people.succession.name_own_beneficiaries",
                    "participants.people.succession.record_designation_paper",
                    "participants.people.succession.record_succession",
                    "participants.people.leaving.record_death",
                    "participants.awards.leaving.inheritances",
                ),
                tests=(
                    "tests/rules/test_heirs.py",
                    "tests/participants/people/test_succession.py",
                    "tests/participants/people/test_succession_pages.py",
                    "tests/participants/papers/test_my_beneficiaries.py",
                    "tests/participants/settlement/test_heirs.py",
                ),
                stories=("tests/scenarios/a-death-ends-the-six-months.toml",),
                pages=(
                    "participants:my_beneficiaries",
                    "participants:beneficiaries",
                    "participants:succession",
                ),
            ),
        ),
    ),
    Place(
        "GA §5",
        "Code Section 409A",
        (
            Entry(
                part=_("amendments without consent"),
                asks=_(
                    "The company may amend the agreement so that §409A does not reach the grant "
                    "or is met, without the holder's consent."
                ),
                treated=(CHECKED, PRINTED),
                numbers=("9.3", "11.7"),
                functions=(
                    "ltip.rules.amendments.require_amendment",
                    "participants.papers.wording.notice_sections",
                ),
                tests=(
                    "tests/participants/papers/test_amendments.py::test_an_amendment_for_section_409a_needs_no_consent",
                    "tests/papers/test_wording.py",
                ),
                stories=("tests/scenarios/amended-with-the-holders-consent.toml",),
                pages=("participants:amendments",),
            ),
            Entry(
                part=_("the exemption is kept in sight"),
                asks=_(
                    "The grant is meant not to be deferred compensation; a settlement that may "
                    "come too late for that is pointed out to counsel, and nothing is changed by "
                    "it."
                ),
                treated=(COMPUTED,),
                numbers=("12.3",),
                functions=(
                    "ltip.rules.deferral.short_term_deferral_deadline",
                    "ltip.rules.deferral.short_term_deferral_warning",
                    "participants.awards.leaving.deferral_note",
                ),
                tests=(
                    "tests/rules/test_deferral.py",
                    "tests/participants/awards/test_leaving_effects.py::test_counsel_is_warned_once_the_settlement_date_lies_after_the_fifteenth_of_march",
                ),
                pages=("participants:end_service", "participants:employee"),
            ),
            Entry(
                part=_("separation from service"),
                asks=_(
                    "Where an amount is deferred compensation, only a separation from service "
                    "counts as the end of employment."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("7.6",),
                functions=(
                    "ltip.rules.earning.EndOfService",
                    "participants.people.leaving.end_to_record",
                ),
                tests=(
                    "tests/participants/awards/test_leaving_effects.py::test_for_deferred_compensation_the_separation_is_the_termination",
                    "tests/rules/test_awards.py::test_for_deferred_compensation_only_the_separation_from_service_counts",
                    "tests/participants/people/test_leaving_services.py",
                ),
                pages=("participants:end_service",),
            ),
            Entry(
                part=_("the six months"),
                asks=_(
                    "What a separation made payable to a specified employee waits until the first"
                    " business day after six months, or after an earlier death, and is then paid "
                    "at once."
                ),
                treated=(COMPUTED,),
                numbers=("7.6",),
                functions=("ltip.rules.deferral.six_month_wait", "ltip.rules.awards.due"),
                tests=(
                    "tests/rules/test_deferral.py",
                    "tests/rules/test_awards.py::test_a_specified_employee_waits_for_the_first_business_day_after_six_months",
                    "tests/participants/awards/test_leaving_effects.py::test_a_specified_employees_deferred_compensation_waits_six_months",
                ),
                stories=(
                    "tests/scenarios/the-six-months-of-a-specified-employee.toml",
                    "tests/scenarios/six-months-from-the-end-of-august.toml",
                    "tests/scenarios/a-death-ends-the-six-months.toml",
                ),
                pages=("participants:end_service", "participants:settlement"),
            ),
        ),
    ),
)
