"""The Program document: a change in control."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
NOT_ENCODED = Treatment.NOT_ENCODED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "P Change in Control",
        "Change in Control",
        (
            Entry(
                part=_("the severance plan"),
                asks=_(
                    "The executive change in control and severance plan does not apply to these "
                    "awards."
                ),
                treated=(PRINTED,),
                numbers=("8.5",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py::test_the_notice_says_each_operative_term",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("the shortened period"),
                asks=_(
                    "A change in control during a period ends it on the last business day of the "
                    "last fiscal quarter completed before."
                ),
                treated=(COMPUTED,),
                numbers=("1.5", "8.1"),
                functions=(
                    "ltip.rules.change_in_control.shortened_period",
                    "ltip.rules.change_in_control.timing",
                    "ltip.rules.calendars.is_business_day",
                    "ltip.rules.calendars.federal_holidays",
                    "ltip.rules.calendars.last_business_day_on_or_before",
                    "ltip.program.services.periods.record_fiscal_quarter_ends",
                    "ltip.program.models.facts.FiscalQuarterEnd",
                ),
                tests=(
                    "tests/rules/test_change_in_control.py",
                    "tests/rules/test_calendars.py::test_the_last_business_day_of_a_fiscal_quarter",
                    "tests/rules/test_calendars.py::test_the_federal_holidays_of_2013",
                    "tests/program/test_fiscal_quarters.py",
                    "tests/participants/control/test_trial.py",
                ),
                stories=(
                    "tests/scenarios/a-day-earlier-it-had-not-ended.toml",
                    "tests/scenarios/a-quarter-that-ended-in-july.toml",
                    "tests/scenarios/a-quarter-that-ends-on-a-holiday.toml",
                    "tests/scenarios/any-weekday-a-business-day.toml",
                ),
                pages=("participants:change_in_control", "program:fiscal_quarters"),
            ),
            Entry(
                part=_("no quarter completed"),
                asks=_(
                    "Where no fiscal quarter was completed since the period began there is "
                    "nothing to measure, and the Committee decides."
                ),
                treated=(CHECKED,),
                numbers=("8.3",),
                functions=("ltip.rules.change_in_control.shortened_period",),
                tests=(
                    "tests/rules/test_change_in_control.py::test_without_a_quarter_completed_since_the_period_began_nothing_is_computed",
                    "tests/participants/control/test_trial.py::test_without_a_quarter_completed_since_the_period_began_the_committee_decides",
                ),
                stories=(
                    "tests/scenarios/an-event-with-nothing-to-measure.toml",
                    "tests/scenarios/no-quarter-completed-since-the-period-began.toml",
                ),
                pages=("participants:change_in_control",),
            ),
            Entry(
                part=_("who is employed immediately before"),
                asks=_(
                    "Everyone employed immediately before receives what performance over the "
                    "shortened period earns on the whole award."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("8.1",),
                functions=(
                    "ltip.rules.change_in_control.lump_sum_shares",
                    "participants.control.trials.trial",
                    "participants.control.services.record_change_in_control",
                ),
                tests=(
                    "tests/rules/test_change_in_control.py::test_whoever_is_employed_receives_the_whole_award",
                    "tests/participants/control/test_trial.py",
                    "tests/participants/control/test_recording.py",
                    "tests/participants/control/test_at_once.py",
                ),
                stories=("tests/scenarios/a-change-in-control-and-those-who-left.toml",),
                pages=("participants:change_in_control", "participants:my_award"),
            ),
            Entry(
                part=_("one lump sum"),
                asks=_(
                    "It is settled at once, immediately before the change in control, whatever "
                    "later dates were set."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("8.1",),
                functions=(
                    "ltip.rules.awards.due",
                    "participants.control.services.record_change_in_control",
                    "participants.settlement.selectors.first_settlement_day",
                ),
                tests=(
                    "tests/rules/test_awards.py::test_a_lump_sum_is_dated_the_day_of_the_change_in_control_whatever_happens_later",
                    "tests/participants/control/test_recording.py",
                    "tests/participants/control/test_pages.py",
                ),
                stories=(
                    "tests/scenarios/a-change-in-control-and-those-who-left.toml",
                    "tests/scenarios/a-lump-sum-once-determined.toml",
                ),
                pages=("participants:settlement",),
            ),
            Entry(
                part=_("another manner, for §409A"),
                asks=_(
                    "The company may settle in another manner where that spares a penalty under "
                    "§409A of the Internal Revenue Code."
                ),
                treated=(PRINTED, NOT_ENCODED),
                numbers=("8.5",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
                reason=_(
                    "The source sets no rule for the other manner. Counsel would design it, and "
                    "the delay of a settlement by an act is there to carry it out."
                ),
            ),
            Entry(
                part=_("after the period"),
                asks=_(
                    "A change in control after the period and before the Determination Date "
                    "settles what the full period earned, at once; neither a filing nor a "
                    "certificate is waited for."
                ),
                treated=(COMPUTED,),
                numbers=("8.2",),
                functions=(
                    "ltip.rules.change_in_control.timing",
                    "ltip.rules.change_in_control.lump_sum_shares",
                    "participants.control.services.record_change_in_control",
                    "ltip.program.selectors.ended_by_control_on",
                ),
                tests=(
                    "tests/rules/test_change_in_control.py::test_where_the_event_falls",
                    "tests/participants/control/test_recording.py::test_after_the_period_no_filing_and_no_certificate_are_needed",
                    "tests/participants/control/test_trial.py::test_after_the_period_all_of_it_counts_without_a_filing_or_a_certificate",
                ),
                stories=("tests/scenarios/a-change-in-control-after-the-period.toml",),
                pages=("participants:change_in_control",),
            ),
            Entry(
                part=_("after the Determination Date"),
                asks=_(
                    "The Program says nothing of an event between the Determination Date and "
                    "settlement; it is read to change nothing."
                ),
                treated=(COMPUTED,),
                numbers=("8.2",),
                functions=("ltip.rules.change_in_control.timing", "ltip.rules.awards.due"),
                tests=(
                    "tests/rules/test_awards.py::test_a_change_in_control_after_the_determination_moves_the_date_by_reading_only",
                    "tests/participants/control/test_recording.py::test_on_the_determination_date_it_changes_nothing",
                    "tests/participants/control/test_recording.py::test_by_the_other_reading_what_was_certified_is_paid_on_the_day_of_the_event",
                ),
                stories=(
                    "tests/scenarios/a-change-in-control-once-determined.toml",
                    "tests/scenarios/a-lump-sum-once-determined.toml",
                ),
                pages=("participants:change_in_control",),
            ),
            Entry(
                part=_("those who left before"),
                asks=_(
                    "Who died, was disabled or was dismissed other than for Cause before the "
                    "event keeps that claim, paid with the others; months count in the shortened "
                    "period."
                ),
                treated=(COMPUTED,),
                numbers=("8.4",),
                functions=(
                    "ltip.rules.change_in_control.lump_sum_shares",
                    "ltip.rules.calendars.months_in",
                ),
                tests=(
                    "tests/rules/test_change_in_control.py",
                    "tests/participants/control/test_trial.py::test_everyone_employed_before_the_event_gets_the_whole_award_and_leavers_what_is_theirs",
                ),
                stories=(
                    "tests/scenarios/a-change-in-control-and-those-who-left.toml",
                    "tests/scenarios/months-of-the-full-period-at-a-change-in-control.toml",
                ),
                pages=("participants:change_in_control",),
            ),
        ),
    ),
)
