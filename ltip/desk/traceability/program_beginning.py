"""The Program document: its purpose, who takes part, how the Committee administers it."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
NOT_ENCODED = Treatment.NOT_ENCODED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "P Purpose of the Long Term Incentive Program",
        "Purpose of the Long Term Incentive Program",
        (
            Entry(
                asks=_(
                    "It says why there is a Program: to tie the pay of key people to the return "
                    "of the share, and to keep them."
                ),
                treated=(NOT_ENCODED,),
                reason=_("It states aims. Nothing in it can be computed, checked or recorded."),
            ),
            Entry(
                part=_("capitalized words"),
                asks=_(
                    "Words that the Program does not explain mean what the Plan says they mean."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "P Effective Date",
        "Effective Date",
        (
            Entry(
                part=_("first paragraph"),
                asks=_(
                    "From 1 January 2012 on, every 1 January begins a two-year and a three-year "
                    "period, and they overlap."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("1.1",),
                functions=(
                    "ltip.rules.calendars.cycle_periods",
                    "ltip.program.jobs.open_due_periods",
                    "ltip.rules.calendars.Period",
                ),
                tests=(
                    "tests/rules/test_calendars.py::test_four_periods_are_running_in_2013",
                    "tests/rules/test_calendars.py::test_a_cycle_starts_on_1_january_and_ends_on_31_december",
                    "tests/rules/test_calendars.py::test_no_cycle_starts_before_the_program_took_effect",
                    "tests/desk/test_pages.py",
                ),
                pages=("desk:calendar",),
            ),
            Entry(
                part=_("“unless otherwise determined”"),
                asks=_(
                    "The Committee may determine that a cycle does not begin, and when the "
                    "Program ends."
                ),
                treated=(RECORDED, NOT_ENCODED),
                functions=("participants.awards.models.changing.Amendment",),
                tests=("tests/participants/papers/test_amendments.py",),
                pages=("participants:amendments",),
                reason=_(
                    "The determination is recorded as an amendment. The periods of a cycle open "
                    "all the same, for an open period promises nothing: without a goal, "
                    "designations and grants inside its window nobody takes part in it."
                ),
            ),
        ),
    ),
    Place(
        "P Eligibility/Participation",
        "Eligibility/Participation",
        (
            Entry(
                part=_("who is eligible"),
                asks=_(
                    "Regular employees in a salary grade of Executive 1 or above; temporary and "
                    "contract employees never, whatever the law calls them."
                ),
                treated=(COMPUTED, CHECKED),
                numbers=("2.1",),
                functions=(
                    "ltip.rules.eligibility.grade_is_eligible",
                    "ltip.rules.eligibility.eligibility",
                    "participants.people.selectors.Person.eligibility_for",
                    "participants.people.facts.require_change",
                    "participants.importing.columns.map_columns",
                    "ltip.rules.stretches.stretches_of",
                    "ltip.rules.stretches.eligible_stretches",
                ),
                tests=(
                    "tests/rules/test_eligibility.py",
                    "tests/rules/test_stretches.py",
                    "tests/participants/awards/test_candidates.py",
                    "tests/participants/awards/test_enrolment_pages.py",
                    "tests/participants/importing/test_applying.py",
                    "tests/participants/importing/test_bad_files.py",
                ),
                stories=("tests/scenarios/each-reason-not-to-be-eligible.toml",),
                pages=(
                    "participants:enrolment",
                    "participants:employee_import",
                    "participants:correct_status",
                ),
            ),
            Entry(
                part=_("hired or promoted during the year"),
                asks=_(
                    "Who is hired, or promoted into an eligible grade, takes part first in a "
                    "period that commences after that day."
                ),
                treated=(COMPUTED, CHECKED),
                numbers=("2.2",),
                functions=("ltip.rules.eligibility.eligibility",),
                tests=(
                    "tests/rules/test_eligibility.py::test_a_hire_counts_from_the_first_period_that_commences_after_it",
                    "tests/rules/test_eligibility.py::test_a_promotion_counts_from_the_first_period_that_commences_after_it",
                    "tests/participants/awards/test_enrolment_pages.py::test_the_day_of_hire_decides_who_can_be_ticked",
                    "tests/desk/test_demonstration.py::test_hires_and_promotions_of_the_first_of_january_wait_for_the_next_cycle",
                ),
                stories=("tests/scenarios/each-reason-not-to-be-eligible.toml",),
                pages=("participants:enrolment",),
            ),
            Entry(
                part=_("designation"),
                asks=_(
                    "An eligible employee takes part in a period once the Committee designates "
                    "them in writing, within the first ninety days of that period."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("1.2", "2.3"),
                functions=(
                    "ltip.rules.windows.window_closes",
                    "ltip.rules.windows.require_open",
                    "ltip.program.selectors.window_closing_date",
                    "participants.awards.services.propose_awards",
                    "participants.awards.services.put_before_the_committee",
                    "participants.awards.models.granting.Designation",
                ),
                tests=(
                    "tests/rules/test_windows.py",
                    "tests/rules/test_other_readings.py",
                    "tests/participants/awards/test_enrolment_pages.py",
                    "tests/committee/test_signing.py::test_after_the_window_a_designation_is_refused_with_its_place",
                    "tests/committee/test_readings.py::test_a_window_counted_from_the_second_day_closes_a_day_later",
                ),
                stories=(
                    "tests/scenarios/the-window-of-a-leap-year.toml",
                    "tests/scenarios/the-window-of-an-ordinary-year.toml",
                    "tests/scenarios/the-window-read-otherwise.toml",
                ),
                pages=("participants:enrolment", "committee:docket"),
            ),
            Entry(
                part=_("no right to take part"),
                asks=_("Nobody has a right to take part, and having taken part before gives none."),
                treated=(CHECKED, PRINTED),
                numbers=("2.3",),
                functions=(
                    "participants.awards.services.put_before_the_committee",
                    "ltip.rules.eligibility.eligibility",
                ),
                tests=("tests/rules/test_eligibility.py", "tests/papers/test_wording.py"),
                stories=("tests/scenarios/a-grant-needs-a-designation.toml",),
                pages=("participants:enrolment",),
            ),
        ),
    ),
    Place(
        "P Administration",
        "Administration",
        (
            Entry(
                part=_("the basis for payments"),
                asks=_(
                    "The Committee establishes what is paid for, in relation to the goals it "
                    "specifies."
                ),
                treated=(RECORDED,),
                numbers=("3.1",),
                functions=("committee.kinds.goal_terms.terms_of_goals",),
                tests=("tests/committee/test_set_goal.py", "tests/committee/test_several_goals.py"),
                pages=("committee:set_goal",),
            ),
            Entry(
                part=_("the shorter window of Covered Employees"),
                asks=_(
                    "After the Stockholder Approval Date, goals for and grants to Covered "
                    "Employees are made within the ninety days and before more than a quarter of "
                    "the period has run."
                ),
                treated=(COMPUTED, CHECKED),
                numbers=("1.3",),
                functions=(
                    "ltip.rules.windows.goal_window_closes",
                    "ltip.rules.windows.closes_for",
                    "ltip.program.selectors.covered_window_closing_date",
                ),
                tests=(
                    "tests/rules/test_windows.py",
                    "tests/rules/test_other_readings.py",
                    "tests/participants/awards/test_enrolment_pages.py::test_a_covered_employee_is_chosen_only_inside_the_shorter_window",
                ),
                stories=(
                    "tests/scenarios/a-quarter-counts-from-the-approval-on.toml",
                    "tests/scenarios/a-quarter-of-a-short-period-binds-covered-employees.toml",
                    "tests/scenarios/a-quarter-spares-periods-begun-before-the-approval.toml",
                    "tests/scenarios/half-a-day-of-the-quarter-rounded-up.toml",
                ),
                pages=("participants:enrolment", "committee:set_goal"),
            ),
            Entry(
                part=_("the Stockholder Approval Date"),
                asks=_(
                    "The first day after the Effective Date on which the stockholders approve a "
                    "material amendment of the Plan; until there is one, what hangs on it does "
                    "not apply."
                ),
                treated=(RECORDED,),
                numbers=("1.6",),
                functions=(
                    "ltip.program.services.periods.record_stockholder_approval",
                    "ltip.program.models.facts.StockholderApproval",
                ),
                tests=(
                    "tests/rules/test_windows.py::test_without_a_stockholder_approval_date_the_ninety_days_bind",
                ),
                stories=("tests/scenarios/a-quarter-counts-from-the-approval-on.toml",),
                pages=("program:stockholder_approval",),
            ),
            Entry(
                part=_("the Determination Date"),
                asks=_(
                    "Once the period is over and what it takes is known, the Committee determines"
                    " what each participant is to be paid; the day of that is the Determination "
                    "Date."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("5.1",),
                functions=(
                    "ltip.rules.settling.determination_date",
                    "participants.awards.services.certify",
                ),
                tests=(
                    "tests/rules/test_settling.py",
                    "tests/rules/test_other_readings.py::test_the_determination_date_can_be_that_of_the_filing",
                    "tests/committee/test_readings.py::test_the_determination_date_can_be_that_of_the_filing",
                ),
                stories=("tests/scenarios/the-determination-read-as-the-filing.toml",),
                pages=("participants:propose_certification",),
            ),
            Entry(
                part=_("the power to construe"),
                asks=_(
                    "The Committee construes the Program, and makes and changes the rules for "
                    "administering it."
                ),
                treated=(CHECKED, RECORDED),
                functions=(
                    "ltip.rules.readings.reading_of",
                    "ltip.rules.readings.complete",
                    "ltip.rules.readings.require_reading",
                    "ltip.program.models.facts.ReadingDecision",
                ),
                tests=(
                    "tests/rules/test_readings.py",
                    "tests/rules/test_other_readings.py",
                    "tests/committee/test_readings.py",
                    "tests/committee/test_reading_pages.py",
                    "tests/participants/settlement/test_readings.py",
                ),
                pages=("committee:readings",),
            ),
            Entry(
                part=_("how the Committee acts"),
                asks=_(
                    "It acts in writing: by the consent of every member in office, of whom those "
                    "with an interest in the act are not asked, or at a meeting. The act is dated "
                    "by the signature that completes it, or by the day of the meeting."
                ),
                treated=(CHECKED, RECORDED, NOT_ENCODED),
                numbers=("1.4", "5.5"),
                functions=(
                    "ltip.rules.procedure.quorum",
                    "ltip.rules.procedure.vote",
                    "ltip.rules.procedure.unanimous_consent",
                    "committee.services.decline_act",
                    "committee.services.lapse_act",
                    "committee.members.seat_member",
                    "committee.members.end_term",
                    "committee.members.correct_term",
                    "committee.members.correct_end_of_term",
                    "committee.members.record_independence",
                    "committee.offices.officeholders",
                    "committee.dating.adopted_on",
                    "committee.elsewhere.record_consent_elsewhere",
                    "committee.elsewhere.record_meeting_elsewhere",
                    "committee.meetings.call_meeting",
                    "committee.meetings.put_on_agenda",
                    "committee.meetings.strike_from_agenda",
                    "committee.meetings.cancel_meeting",
                    "committee.judging.judge",
                    "committee.recording.record_meeting",
                    "committee.closing.close_meeting",
                    "committee.correcting.correct_minutes",
                    "ltip.records.services.seal",
                    "committee.selectors.not_asked",
                ),
                tests=(
                    "tests/rules/test_procedure.py",
                    "tests/committee/test_consent.py",
                    "tests/committee/test_elsewhere.py",
                    "tests/committee/test_elsewhere_pages.py",
                    "tests/committee/test_meetings.py",
                    "tests/committee/test_meeting_agendas.py",
                    "tests/committee/test_meeting_records.py",
                    "tests/committee/test_meeting_pages.py",
                    "tests/committee/test_dating.py",
                    "tests/committee/test_members_pages.py",
                    "tests/committee/test_signing_record.py",
                    "tests/committee/test_signing.py",
                    "tests/committee/test_docket.py",
                    "tests/committee/test_act_page.py",
                    "tests/committee/test_differences.py",
                    "tests/test_exactly_once.py",
                    "tests/drills/test_killed_processes.py::test_a_last_signature_whose_process_is_killed_adopts_nothing_and_can_be_given_again",
                ),
                pages=(
                    "committee:docket",
                    "committee:act",
                    "committee:members",
                    "committee:meetings",
                ),
                reason=_(
                    "The procedure itself (how meetings are called, quorum, majorities) is the "
                    "Plan's, which is not part of the source: the rulebook's defaults hold, and no "
                    "number of days of notice is asked for."
                ),
            ),
            Entry(
                part=_("its decisions bind"),
                asks=_(
                    "What the Committee decides within its authority is conclusive and binding: "
                    "an adopted act is never edited, only corrected by a later one."
                ),
                treated=(RECORDED,),
                numbers=("5.6",),
                functions=("ltip.records.services.seal",),
                tests=(
                    "tests/records/test_chain.py",
                    "tests/records/test_verifying.py",
                    "tests/committee/test_minutes.py",
                    "tests/committee/test_readings.py::test_a_reading_decided_later_changes_nothing_that_is_sealed",
                ),
                pages=("committee:minutes",),
            ),
            Entry(
                part=_("sole and absolute discretion"),
                asks=_(
                    "Within the express terms of the Program the Committee acts at its own "
                    "discretion."
                ),
                treated=(NOT_ENCODED,),
                reason=_(
                    "There is nothing to check where nothing limits the Committee. Where "
                    "something does, the act is refused by the place that limits it."
                ),
            ),
        ),
    ),
)
