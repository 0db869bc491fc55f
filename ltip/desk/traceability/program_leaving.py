"""The Program document: the end of employment."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "P Termination of Employment",
        "Termination of Employment",
        (
            Entry(
                part=_("death or total and permanent disability before the Determination Date"),
                asks=_(
                    "All that actual performance earns is kept, asks for no further service, and "
                    "settles when everyone's does."
                ),
                treated=(COMPUTED,),
                numbers=("7.1",),
                functions=(
                    "ltip.rules.earning.left_to_leaver",
                    "ltip.rules.earning.shares_earned",
                    "participants.awards.selectors.Standing.entitlement",
                ),
                tests=(
                    "tests/rules/test_earning.py::test_death_and_disability_take_nothing_away",
                    "tests/participants/awards/test_leaving_effects.py",
                    "tests/participants/awards/test_leaving_pages.py::test_before_certification_only_a_total_disability_keeps_the_award",
                ),
                stories=(
                    "tests/scenarios/each-reason-to-leave-before-the-determination-date.toml",
                ),
                pages=("participants:end_service", "participants:my_award"),
            ),
            Entry(
                part=_("a service that goes on"),
                asks=_(
                    "Only the end of employment ends or prorates an award: a transfer between "
                    "countries and a leave of absence do not."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("7.3",),
                functions=(
                    "ltip.rules.service_changes.transfer_between_countries",
                    "ltip.rules.service_changes.leave_of_absence",
                ),
                tests=(
                    "tests/rules/test_service_changes.py",
                    "tests/participants/people/test_facts.py",
                ),
                pages=("participants:change_status",),
            ),
            Entry(
                part=_("dismissal other than for Cause before the Determination Date"),
                asks=_(
                    "What actual performance earns is multiplied by the full months served over "
                    "the months of the period, and rounded down to a whole share."
                ),
                treated=(COMPUTED,),
                numbers=("7.2",),
                functions=(
                    "ltip.rules.calendars.full_months",
                    "ltip.rules.calendars.months_in",
                    "ltip.rules.earning.left_to_leaver",
                    "ltip.rules.earning.shares_earned",
                ),
                tests=(
                    "tests/rules/test_calendars.py::test_a_month_is_full_when_its_last_day_has_been_served",
                    "tests/rules/test_calendars.py::test_months_of_whole_and_shortened_periods",
                    "tests/rules/test_earning.py",
                    "tests/rules/test_other_readings.py::test_a_month_can_need_the_day_after_it",
                    "tests/participants/awards/test_leaving_pages.py::test_the_shares_at_target_are_prorated_to_full_months",
                ),
                stories=(
                    "tests/scenarios/seventeen-months-and-eighteen.toml",
                    "tests/scenarios/a-month-full-on-the-day-after.toml",
                    "tests/scenarios/never-more-than-the-whole-period.toml",
                    "tests/scenarios/twenty-five-months-of-twenty-four.toml",
                    "tests/scenarios/rounded-once-at-the-end.toml",
                    "tests/scenarios/rounded-twice-by-decision.toml",
                    "tests/scenarios/each-reason-to-leave-before-the-determination-date.toml",
                ),
                pages=("participants:end_service",),
            ),
            Entry(
                part=_("between the Determination Date and settlement"),
                asks=_(
                    "After a dismissal other than for Cause, death or disability in the Plan's "
                    "sense, what was earned is issued on the thirtieth day after the end of "
                    "employment."
                ),
                treated=(COMPUTED,),
                numbers=("7.4",),
                functions=(
                    "ltip.rules.earning.entitlement",
                    "ltip.rules.calendars.thirtieth_day_after",
                    "ltip.rules.awards.due",
                ),
                tests=(
                    "tests/rules/test_earning.py::test_dismissal_without_cause_death_and_disability_between_the_dates",
                    "tests/participants/awards/test_leaving_effects.py::test_before_certification_one_disability_counts_and_after_it_the_other",
                    "tests/desk/test_demonstration.py::test_a_dismissal_between_the_two_dates_settles_on_the_thirtieth_day_after_it",
                ),
                stories=(
                    "tests/scenarios/each-reason-to-leave-between-the-dates.toml",
                    "tests/scenarios/leaving-on-the-determination-date-read-as-before.toml",
                ),
                pages=("participants:end_service", "participants:settlement"),
            ),
            Entry(
                part=_("all other unearned awards"),
                asks=_(
                    "Any other end of employment forfeits, on that day, what is not earned; a "
                    "resignation above all."
                ),
                treated=(COMPUTED,),
                numbers=("7.3",),
                functions=(
                    "ltip.rules.earning.shares_earned",
                    "ltip.rules.settling.require_settleable",
                ),
                tests=(
                    "tests/rules/test_earning.py::test_leaving_before_the_determination_date_forfeits_and_on_it_does_not",
                    "tests/participants/papers/test_my_awards.py::test_a_holder_who_resigned_reads_that_the_award_ended",
                ),
                stories=(
                    "tests/scenarios/each-reason-to-leave-before-the-determination-date.toml",
                    "tests/scenarios/three-years-in-steps.toml",
                ),
                pages=("participants:end_service", "participants:my_award"),
            ),
            Entry(
                part=_("what is earned but not settled"),
                asks=_(
                    "The Program forfeits only what is unearned, the agreement asks for "
                    "employment until settlement; who resigns, retires or is dismissed for Cause "
                    "between the two is read to forfeit."
                ),
                treated=(COMPUTED,),
                numbers=("6.2", "7.5"),
                functions=("ltip.rules.earning.entitlement", "ltip.rules.awards.due"),
                tests=(
                    "tests/rules/test_earning.py::test_resignation_retirement_and_cause_follow_the_committees_reading_between_the_dates",
                    "tests/rules/test_awards.py",
                ),
                stories=(
                    "tests/scenarios/between-the-dates-read-as-paid.toml",
                    "tests/scenarios/each-reason-to-leave-between-the-dates.toml",
                ),
                pages=("participants:end_service", "committee:readings"),
            ),
            Entry(
                part=_("Cause"),
                asks=_(
                    "Cause is the Plan's term and the Committee's to find, and is recorded with "
                    "its reason."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("7.5",),
                functions=(
                    "participants.people.leaving.find_cause",
                    "participants.people.leaving.end_service",
                ),
                tests=(
                    "tests/participants/people/test_leaving_services.py",
                    "tests/participants/awards/test_leaving_pages.py::test_the_secretary_asks_the_committee_to_find_cause",
                ),
                pages=("participants:propose_cause",),
            ),
            Entry(
                part=_("the end itself"),
                asks=_(
                    "The last day of service and its reason are recorded with the paper that "
                    "shows them; a later record corrects an earlier one by name."
                ),
                treated=(CHECKED, RECORDED),
                functions=(
                    "participants.people.leaving.end_service",
                    "participants.people.leaving.end_to_record",
                ),
                tests=(
                    "tests/participants/people/test_leaving_services.py",
                    "tests/participants/awards/test_leaving_pages.py",
                    "tests/desk/test_demonstration.py::test_leavers_keep_or_lose_what_the_program_says",
                ),
                pages=("participants:end_service", "participants:employee"),
            ),
        ),
    ),
)
