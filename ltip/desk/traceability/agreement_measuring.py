"""The Grant Agreement: its recitals, the grant and the measure."""

from django.utils.translation import gettext_noop as _

from ltip.desk.traceability.entry import Entry, Place, Treatment

CHECKED = Treatment.CHECKED
COMPUTED = Treatment.COMPUTED
PRINTED = Treatment.PRINTED
RECORDED = Treatment.RECORDED

PLACES: tuple[Place, ...] = (
    Place(
        "GA recitals",
        "Recitals",
        (
            Entry(
                part=_("who made the grant"),
                asks=_(
                    "The company has adopted the Plan and the Program, and the Committee has "
                    "approved this agreement; capitalized words mean what the Plan says."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("at most two shares"),
                asks=_(
                    "A Performance Share is a unit of account without a vote, and earns at most "
                    "two shares."
                ),
                treated=(COMPUTED, CHECKED, PRINTED),
                numbers=("4.4",),
                functions=(
                    "ltip.rules.schedule.check_schedule",
                    "ltip.rules.earning.require_award",
                    "ltip.rules.earning.rounding_text",
                    "ltip.rules.earning.shares_earned",
                    "ltip.rules.discretion.require_increase",
                    "ltip.rules.limits.counted",
                    "participants.papers.wording.notice_sections",
                ),
                tests=(
                    "tests/rules/test_schedule.py",
                    "tests/rules/test_earning.py::test_a_payout_outside_0_to_200_is_refused",
                    "tests/rules/test_discretion.py::test_nobody_earns_more_than_two_shares_each",
                    "tests/papers/test_wording.py::test_more_than_two_shares_for_each_performance_share_is_refused",
                ),
                stories=(
                    "tests/scenarios/an-increase-is-for-others.toml",
                    "tests/scenarios/two-thirds-by-straight-line.toml",
                    "tests/scenarios/a-real-determination-rounded-down.toml",
                ),
                pages=("participants:my_award", "committee:set_goal"),
            ),
            Entry(
                part=_("no property, no trust"),
                asks=_(
                    "Performance Shares are only a means to determine a payment, neither property"
                    " nor a trust fund."
                ),
                treated=(PRINTED,),
                numbers=("11.7",),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("in a conflict"),
                asks=_("The Plan and the Program stand above the agreement."),
                treated=(PRINTED,),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
        ),
    ),
    Place(
        "GA §1",
        "Grant",
        (
            Entry(
                part=_("the number is the target"),
                asks=_(
                    "The number in the notice is the target, subject to adjustment and forfeiture."
                ),
                treated=(RECORDED, PRINTED),
                numbers=("11.1",),
                functions=(
                    "participants.papers.wording.notice_sections",
                    "participants.awards.selectors.Standing.target",
                ),
                tests=(
                    "tests/papers/test_wording.py",
                    "tests/participants/awards/test_adjustments.py",
                ),
                pages=("participants:notice", "participants:award"),
            ),
            Entry(
                part=_("(a) for services"),
                asks=_(
                    "The grant is made in return for services after the Grant Date, worth at "
                    "least the par value of the shares."
                ),
                treated=(PRINTED,),
                functions=("participants.papers.wording.notice_sections",),
                tests=("tests/papers/test_wording.py",),
                pages=("participants:notice",),
            ),
            Entry(
                part=_("(b) forfeited before the Settlement Date"),
                asks=_(
                    "Except as the Program says otherwise, the Performance Shares are forfeited "
                    "when service ends before the Settlement Date."
                ),
                treated=(COMPUTED,),
                numbers=("6.2",),
                functions=("ltip.rules.earning.entitlement", "ltip.rules.awards.due"),
                tests=(
                    "tests/rules/test_earning.py::test_resignation_retirement_and_cause_follow_the_committees_reading_between_the_dates",
                    "tests/participants/awards/test_leaving_effects.py::test_who_leaves_otherwise_before_the_settlement_date_gets_nothing",
                ),
                stories=(
                    "tests/scenarios/each-reason-to-leave-between-the-dates.toml",
                    "tests/scenarios/between-the-dates-read-as-paid.toml",
                ),
                pages=("participants:end_service",),
            ),
            Entry(
                part=_("unsecured"),
                asks=_(
                    "Until shares are earned nothing is owed; until they are settled the claim is"
                    " an unsecured one."
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
        "GA §2",
        "Performance Criteria",
        (
            Entry(
                part=_("employment until the Settlement Date"),
                asks=_("Shares are earned only by who stays employed through the Settlement Date."),
                treated=(COMPUTED,),
                numbers=("6.2",),
                functions=("ltip.rules.earning.entitlement",),
                tests=("tests/rules/test_earning.py",),
                stories=("tests/scenarios/between-the-dates-read-as-paid.toml",),
                pages=("participants:end_service",),
            ),
            Entry(
                part=_("the measure"),
                asks=_(
                    "The measure is the total stockholder return of the common stock against that"
                    " of the peer group over the period, in annual goals or over the whole."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("3.2",),
                functions=(
                    "ltip.rules.relative_goal.measure_relative_goal",
                    "ltip.rules.relative_goal.segments_of",
                    "ltip.rules.measurement.measure",
                    "ltip.rules.measurement.measure_undrawn",
                    "ltip.rules.measurement.market_of",
                ),
                tests=(
                    "tests/rules/test_segments.py",
                    "tests/rules/test_measurement.py",
                    "tests/program/test_runs.py",
                    "tests/program/test_run_pages.py",
                    "tests/program/test_separate_calculation.py",
                    "tests/program/test_real_market.py",
                    "tests/workers/test_celery_worker.py",
                    "tests/drills/test_killed_processes.py::test_a_run_whose_worker_is_killed_is_found_and_made_once",
                ),
                stories=(
                    "tests/scenarios/two-annual-segments.toml",
                    "tests/scenarios/each-segment-has-its-own-cap.toml",
                    "tests/scenarios/three-goals-weighed.toml",
                    "tests/scenarios/fifth-of-twenty.toml",
                ),
                pages=("program:run",),
            ),
            Entry(
                part=_("return with reinvested dividends"),
                asks=_(
                    "The return counts capital gains and reinvested dividends: from unadjusted "
                    "closes, with dividends, splits and spin-offs on their ex-dates, averaged "
                    "over the days that the goal states."
                ),
                treated=(COMPUTED,),
                numbers=("4.1",),
                functions=(
                    "ltip.rules.returns.accumulated_index",
                    "ltip.rules.returns.total_stockholder_return",
                    "ltip.program.services.imports.import_prices",
                ),
                tests=(
                    "tests/rules/test_returns.py",
                    "tests/rules/test_other_readings.py",
                    "tests/program/test_imports.py",
                    "tests/program/test_file_shapes.py",
                    "tests/program/test_imports_at_once.py",
                    "tests/program/test_import_command.py",
                    "tests/program/test_market_pages.py",
                ),
                stories=(
                    "tests/scenarios/a-dividend-buys-shares-at-the-ex-date-close.toml",
                    "tests/scenarios/a-dividend-read-at-the-close-before.toml",
                    "tests/scenarios/a-dividend-inside-the-averaging-window.toml",
                    "tests/scenarios/a-split-and-a-dividend-on-one-day.toml",
                    "tests/scenarios/a-spin-off-counts-as-a-dividend.toml",
                ),
                pages=("program:prices", "program:run"),
            ),
            Entry(
                part=_("days without a close"),
                asks=_(
                    "The last close before stands in and is listed; a company without any close "
                    "in a window makes the run fail by its name."
                ),
                treated=(COMPUTED, CHECKED),
                numbers=("4.2",),
                functions=(
                    "ltip.rules.returns.accumulated_index",
                    "ltip.rules.returns.total_stockholder_return",
                ),
                tests=(
                    "tests/rules/test_returns.py",
                    "tests/program/test_runs.py::test_a_day_without_a_close_is_listed_with_its_company_and_no_other",
                    "tests/program/test_runs.py::test_a_run_without_a_close_that_it_needs_fails_and_says_which",
                ),
                stories=(
                    "tests/scenarios/a-peer-without-a-price.toml",
                    "tests/scenarios/a-peer-silent-through-the-whole-window.toml",
                ),
                pages=("program:run",),
            ),
            Entry(
                part=_("trading days"),
                asks=_(
                    "A trading day is the exchange's own, with the days that it closed or opened "
                    "otherwise than its calendar says."
                ),
                treated=(RECORDED,),
                numbers=("1.5",),
                functions=(
                    "ltip.program.selectors.trading.trading_days",
                    "ltip.program.services.trading.record_trading_day_exception",
                ),
                tests=("tests/program/test_trading_days.py",),
                pages=("program:trading_days",),
            ),
            Entry(
                part=_("doubts about prices"),
                asks=_(
                    "The prices that the return is measured by can be defended: what may be wrong "
                    "in them is confirmed by name or put right, a final run says what was open, "
                    "and an adjusted series is refused."
                ),
                treated=(CHECKED, RECORDED),
                numbers=("4.1", "4.2"),
                functions=(
                    "ltip.rules.doubts.doubts_about",
                    "ltip.rules.doubts.is_adjusted_at",
                    "ltip.program.services.doubts.confirm_doubts",
                    "ltip.program.services.doubts.correct_price",
                ),
                tests=("tests/rules/test_doubts.py", "tests/program/test_doubts.py"),
                pages=("program:doubts", "program:run"),
            ),
            Entry(
                part=_("place and percentile"),
                asks=_(
                    "The company's place among its peers becomes a percentile, by the method that"
                    " the goal states."
                ),
                treated=(COMPUTED,),
                numbers=("4.3",),
                functions=(
                    "ltip.rules.ranking.rank",
                    "ltip.rules.ranking.percentile",
                    "ltip.rules.alternatives.alternatives",
                    "ltip.program.run_methods.methods_beside",
                ),
                tests=(
                    "tests/rules/test_ranking.py",
                    "tests/rules/test_ranking_agrees.py",
                    "tests/rules/test_alternatives.py",
                    "tests/program/test_run_methods.py",
                    "tests/rules/test_other_readings.py",
                    "tests/committee/test_act_page.py::test_a_long_ranking_shows_the_top_our_neighbourhood_and_the_bottom",
                ),
                stories=(
                    "tests/scenarios/fifth-of-twenty.toml",
                    "tests/scenarios/below-the-worst-peer.toml",
                    "tests/scenarios/continuous-among-ten-peers.toml",
                    "tests/scenarios/a-tie-in-the-continuous-method.toml",
                    "tests/scenarios/a-tie-read-the-other-way.toml",
                    "tests/scenarios/a-tied-peer-is-not-a-lower-one.toml",
                    "tests/scenarios/one-peer-ties-with-us.toml",
                    "tests/scenarios/a-percentile-rounded-by-decision.toml",
                    "tests/scenarios/a-real-peer-group-ranked.toml",
                    "tests/scenarios/a-real-peer-group-interpolated.toml",
                ),
                pages=("program:run",),
            ),
            Entry(
                part=_("what happens to peers"),
                asks=_(
                    "Peers that are bought, fail, merge, are renamed or spun off are treated as "
                    "the goal says."
                ),
                treated=(COMPUTED, RECORDED),
                numbers=("4.5",),
                functions=(
                    "ltip.rules.peers.treat_peers",
                    "ltip.rules.peers.treat_peers_in_segment",
                    "ltip.rules.returns.days_until_frozen",
                    "ltip.program.services.market.record_security_event",
                    "ltip.program.services.market.withdraw_security_event",
                    "ltip.program.run_events.compared_events",
                ),
                tests=(
                    "tests/rules/test_peers.py",
                    "tests/rules/test_segments.py",
                    "tests/program/test_market_pages.py::test_an_event_is_put_on_record",
                    "tests/program/test_security_events.py",
                    "tests/desk/test_demonstration.py::test_one_peer_was_acquired_and_one_went_bankrupt",
                ),
                stories=(
                    "tests/scenarios/a-failed-peer-removed.toml",
                    "tests/scenarios/a-peer-bought-keeps-its-last-return.toml",
                    "tests/scenarios/a-peer-delisted-for-cause-stays-at-the-bottom.toml",
                    "tests/scenarios/a-peer-that-the-company-buys-goes.toml",
                    "tests/scenarios/a-peer-under-a-new-name.toml",
                    "tests/scenarios/two-peers-merge-and-both-go.toml",
                    "tests/scenarios/two-peers-merge-and-one-stays.toml",
                ),
                pages=("program:securities", "program:run"),
            ),
            Entry(
                part=_("as determined by the Committee"),
                asks=_(
                    "The Committee determines the result in writing: a run keeps every input with"
                    " its digest, and the same inputs give the same result."
                ),
                treated=(RECORDED,),
                numbers=("4.6",),
                functions=(
                    "ltip.rules.measurement.measure",
                    "ltip.records.services.seal",
                    "ltip.program.workbook.book.workbook_of",
                    "ltip.program.run_table.run_as_csv",
                    "ltip.program.run_comparison.compare_runs",
                ),
                tests=(
                    "tests/program/test_run_digits.py",
                    "tests/program/test_workbook.py",
                    "tests/program/test_run_exports.py",
                    "tests/program/test_run_comparison.py",
                    "tests/program/test_runs.py::test_whoever_holds_the_kept_inputs_computes_the_same_result",
                    "tests/program/test_runs.py::test_a_close_corrected_later_changes_no_run_and_takes_a_new_one",
                    "tests/rules/test_canonical.py",
                    "tests/rules/test_rules_are_pure.py",
                ),
                pages=("program:run", "program:runs_compared", "program:run_methods"),
            ),
        ),
    ),
)
