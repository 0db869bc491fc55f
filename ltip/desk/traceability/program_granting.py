"""The Program document: performance-based compensation, goals, grants and limits."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
NOT_ENCODED = Treatment.NOT_ENCODED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "P Qualified Performance-Based Compensation",
        "Qualified Performance-Based Compensation",
        (
            Entry(
                part=_("Covered Employees"),
                asks=_(
                    "Awards to Covered Employees after the Stockholder Approval Date are to "
                    "satisfy §162(m) of the Internal Revenue Code. Who is one is a dated status."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("2.4", "12.4"),
                functions=(
                    "ltip.rules.deferral.covered_status_warning",
                    "participants.people.selectors.covered_warning",
                ),
                tests=(
                    "tests/rules/test_deferral.py::test_a_status_still_held_or_ended_by_2016_needs_no_warning",
                    "tests/rules/test_deferral.py::test_a_status_held_after_2016_stays_for_good",
                    "tests/participants/people/test_succession_pages.py::test_the_status_of_a_covered_employee_is_not_ended_without_a_word_of_the_law",
                ),
                stories=("tests/scenarios/the-approval-on-the-first-day-of-the-period.toml",),
                pages=("participants:change_status",),
            ),
            Entry(
                part=_("inconsistent provisions"),
                asks=_(
                    "A provision that would stand in the way of that is to be disregarded, at the"
                    " Committee's discretion."
                ),
                treated=(PRINTED, NOT_ENCODED),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
                reason=_(
                    "Which provision that would be is counsel's question. The stricter rules for "
                    "Covered Employees that the source itself states are checked where they "
                    "stand."
                ),
            ),
            Entry(
                part=_("the delay of a settlement"),
                asks=_(
                    "Where an award is deferred compensation and its deduction would be lost in "
                    "the year it would settle, the Committee may delay the settlement until the "
                    "first year in which it would not be, or until the service ends if that is "
                    "sooner."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("9.6",),
                functions=(
                    "ltip.rules.deferral.require_deduction_deferral",
                    "ltip.rules.deferral.deduction_deferral",
                    "participants.awards.changing.defer_settlements",
                    "ltip.rules.awards.due",
                ),
                tests=(
                    "tests/rules/test_deferral.py",
                    "tests/rules/test_awards.py::test_the_delay_for_the_deduction_ends_with_the_year_or_the_end_of_service",
                    "tests/participants/awards/test_transfers_and_delays.py",
                    "tests/participants/awards/test_award_pages.py::test_the_holder_reads_that_the_settlement_is_put_off",
                ),
                pages=("participants:propose_settlement_deferral", "participants:my_award"),
            ),
        ),
    ),
    Place(
        "P Performance Goals",
        "Performance Goals",
        (
            Entry(
                part=_("in writing, in time"),
                asks=_(
                    "The goals, the adjustments that may be made to them and the way from "
                    "achievement to shares are set in writing in the first ninety days, or in the"
                    " shorter time of performance-based compensation. Afterwards they stand."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("1.2", "3.1"),
                functions=(
                    "committee.kinds.goal_terms.terms_of_goals",
                    "ltip.rules.windows.window_closes",
                    "ltip.rules.windows.goal_window_closes",
                ),
                tests=(
                    "tests/committee/test_set_goal.py",
                    "tests/rules/test_windows.py",
                    "tests/participants/papers/test_notice_faults.py::test_the_notice_says_what_the_goal_states",
                ),
                stories=("tests/scenarios/a-goal-set-too-late.toml",),
                pages=("committee:set_goal", "participants:my_award"),
            ),
            Entry(
                part=_("the criteria"),
                asks=_(
                    "A goal may be a financial measure, by GAAP or otherwise; then the "
                    "adjustments are named beforehand, and only those are made."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("3.3",),
                functions=(
                    "ltip.rules.financial.check_adjustments",
                    "ltip.rules.financial.require_named",
                    "ltip.rules.financial.financial_value",
                    "ltip.rules.financial.missing_result",
                    "ltip.program.services.results.record_financial_result",
                    "ltip.rules.measurement.measure",
                    "committee.goal_forms_financial.FinancialGoalForm",
                ),
                tests=(
                    "tests/rules/test_financial.py",
                    "tests/program/test_financial_results.py",
                    "tests/committee/test_several_goals.py",
                    "tests/participants/awards/test_goals_weighed.py",
                ),
                stories=(
                    "tests/scenarios/an-adjustment-not-named-in-advance.toml",
                    "tests/scenarios/earnings-per-share-and-net-income.toml",
                    "tests/scenarios/gross-margin-just-under-the-first-point.toml",
                    "tests/scenarios/three-goals-weighed.toml",
                ),
                pages=("program:financial_results", "program:run"),
            ),
            Entry(
                part=_("what a goal against peers states"),
                asks=_(
                    "The peer group and how events in it count, the days averaged at each end, "
                    "the percentile method, the schedule and a cap for a negative return are set "
                    "with the goal and stay with it."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("3.4",),
                functions=(
                    "committee.kinds.goal_terms.terms_of_goals",
                    "committee.goal_forms_relative.GoalForm",
                ),
                tests=("tests/committee/test_set_goal.py", "tests/committee/test_several_goals.py"),
                stories=(
                    "tests/scenarios/no-return-is-not-a-negative-one.toml",
                    "tests/scenarios/the-best-of-a-falling-group.toml",
                    "tests/scenarios/each-segment-has-its-own-cap.toml",
                ),
                pages=("committee:set_goal",),
            ),
            Entry(
                part=_("formula, standard or schedule"),
                asks=_(
                    "A schedule says what each level of achievement earns, by straight line or in"
                    " steps; several goals are weighed."
                ),
                treated=(COMPUTED, CHECKED),
                numbers=("4.4",),
                functions=(
                    "ltip.rules.schedule.check_schedule",
                    "ltip.rules.schedule.payout",
                    "ltip.rules.schedule.payout_of_amount",
                    "ltip.rules.schedule.check_weights",
                    "ltip.rules.schedule.weighted_payout",
                    "ltip.rules.relative_goal.segments_of",
                    "ltip.rules.outlook.endings_by_place",
                    "ltip.rules.outlook.endings_by_point",
                ),
                tests=(
                    "tests/rules/test_schedule.py",
                    "tests/rules/test_outlook.py",
                    "tests/participants/papers/test_so_far.py",
                    "tests/rules/test_financial.py",
                    "tests/program/test_charts.py",
                ),
                stories=(
                    "tests/scenarios/two-thirds-by-straight-line.toml",
                    "tests/scenarios/two-thirds-in-steps.toml",
                    "tests/scenarios/weights-that-do-not-add-up.toml",
                    "tests/scenarios/a-real-scale-at-the-fortieth-percentile.toml",
                    "tests/scenarios/a-real-scale-that-begins-at-nothing.toml",
                    "tests/scenarios/below-the-worst-peer.toml",
                ),
                pages=("program:run", "participants:my_award", "participants:holder_pages"),
            ),
        ),
    ),
    Place(
        "P Grants",
        "Grants",
        (
            Entry(
                part=_("the grant, in time"),
                asks=_(
                    "The Committee grants each participant an award in the first ninety days of "
                    "the period, or in the shorter time of performance-based compensation."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("1.2", "1.3", "2.3"),
                functions=(
                    "participants.awards.services.propose_awards",
                    "participants.awards.services.put_before_the_committee",
                    "ltip.rules.windows.window_closes",
                ),
                tests=(
                    "tests/participants/awards/test_enrolment_pages.py",
                    "tests/committee/test_signing.py::test_after_the_window_a_grant_is_refused_with_its_place",
                    "tests/committee/test_signing.py::test_a_grant_waits_with_its_last_signature_for_the_designation",
                    "tests/journeys/test_main_job.py",
                ),
                stories=(
                    "tests/scenarios/a-grant-needs-a-designation.toml",
                    "tests/scenarios/the-window-of-a-leap-year.toml",
                    "tests/scenarios/the-window-of-an-ordinary-year.toml",
                    "tests/scenarios/the-window-read-otherwise.toml",
                    "tests/scenarios/a-quarter-counts-from-the-approval-on.toml",
                    "tests/scenarios/three-years-in-steps.toml",
                ),
                pages=("participants:enrolment", "committee:act"),
            ),
            Entry(
                part=_("the number"),
                asks=_(
                    "How many Performance Shares each participant is granted is the Committee's "
                    "sole discretion."
                ),
                treated=(RECORDED,),
                functions=(
                    "participants.awards.services.propose_awards",
                    "ltip.rules.target_setting.average_price",
                    "ltip.rules.target_setting.shares_for_amount",
                ),
                tests=(
                    "tests/rules/test_target_setting.py",
                    "tests/participants/awards/test_setting_targets.py",
                    "tests/participants/awards/test_enrolment_pages.py::test_target_shares_are_above_nothing",
                ),
                pages=("participants:enrolment", "participants:set_targets"),
            ),
            Entry(
                part=_("the form"),
                asks=_("Awards are Performance Shares, paid in common stock."),
                treated=(PRINTED,),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "P Maximum Shares",
        "Maximum Shares",
        (
            Entry(
                asks=_(
                    "Awards granted after the Stockholder Approval Date keep within the Plan's "
                    "limits: its share reserve and the most to one person in a year."
                ),
                treated=(COMPUTED, CHECKED, RECORDED),
                numbers=("9.1",),
                functions=(
                    "ltip.rules.limits.counted",
                    "ltip.rules.limits.require_within_limits",
                    "ltip.program.services.limits.record_plan_limit",
                    "ltip.program.selectors.plan_limits_on",
                    "ltip.program.models.facts.PlanLimit",
                ),
                tests=("tests/rules/test_limits.py", "tests/participants/awards/test_limits.py"),
                stories=(
                    "tests/scenarios/the-share-reserve-at-its-maximum.toml",
                    "tests/scenarios/the-share-reserve-at-target.toml",
                    "tests/scenarios/the-limit-of-one-person-in-a-year.toml",
                ),
                pages=("participants:plan_limits", "participants:review_enrolment"),
            ),
        ),
    ),
)
