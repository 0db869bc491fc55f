"""The register of readings holds what the rulebook marks, and answers every question."""

import re
from pathlib import Path

import pytest

from ltip.rules.outcome import Refused
from ltip.rules.readings import DEFAULTS, REGISTER, complete, reading_of, require_reading

RULEBOOK = Path(__file__).parents[3] / "shared" / "program" / "rulebook.md"
# The readings in the rulebook's order, each with its default first.
LISTED = {
    "window.counting": ("inclusive", "exclusive"),
    "window.opening": ("first_day", "any_day"),
    "limit25.scope": ("acts_after_approval", "periods_after_approval"),
    "limit25.days": ("floor", "ceiling"),
    "business_day": ("federal", "weekdays"),
    "goal.measurement": ("cumulative", "annual"),
    "tsr.reinvestment": ("ex_date_close", "close_before"),
    "percentile.ties": ("better_place", "worse_place"),
    "percentile.rounding": ("none", "two_decimals"),
    "shares.rounding": ("down", "nearest"),
    "determination.date": ("certification", "filing"),
    "reduction.after_certification": ("allowed", "refused"),
    "increase.others": ("allowed", "refused"),
    "committee.procedure": ("plan",),
    "consent.interested_member": ("not_asked", "asked"),
    "settlement.non_business_day": ("next_business_day", "business_day_before"),
    "resignation.between_dates": ("forfeit", "pay"),
    "termination.on_determination_date": ("after", "before"),
    "fair_market_value": ("close", "close_before"),
    "month.full": ("last_day_inclusive", "day_after"),
    "proration.cap": ("one", "none"),
    "proration.rounding": ("once", "twice"),
    "cic.certification": ("not_required",),
    "cic.after_determination": ("stands", "lump_sum"),
    "cic.no_completed_quarter": ("refuse",),
    "cic.leavers_paid": ("lump_sum",),
    "cic.proration_months": ("shortened", "full"),
    "limits.count": ("maximum", "target"),
    "parachute.safe_harbour": ("one_dollar_less", "one_cent_less"),
    "parachute.equality": ("full", "cut"),
    "amendment.consent": ("both", "program"),
    "transfer.effect": ("void", "attempt_only"),
    "withholding.choice": ("holder", "shares"),
    "withholding.rounding": ("up", "down"),
    "tax.exchange_rate": ("settlement_date", "delivery_date"),
    "notice.unsigned": ("held_back", "lapses_30", "lapses_60", "lapses_90"),
}


def test_the_register_holds_every_reading_of_the_rulebook_in_its_order():
    assert [(reading.key, tuple(reading.meanings)) for reading in REGISTER] == list(LISTED.items())


@pytest.mark.skipif(not RULEBOOK.exists(), reason="the rulebook is not beside this project")
def test_the_rulebook_marks_the_same_readings():
    marks = re.findall(r"\*\*\[R(.*?)\]\*\*", RULEBOOK.read_text(encoding="utf-8"), re.DOTALL)
    marked = [key for mark in marks for key in re.findall(r"`([a-z0-9_.]+)`", mark)]
    assert marked == list(LISTED)


def test_an_answer_without_an_alternative_says_what_the_committee_does_instead():
    alone = {reading.key for reading in REGISTER if reading.otherwise}
    assert alone == {key for key, values in LISTED.items() if len(values) == 1}


def test_every_question_has_its_place_and_a_sentence_for_each_answer():
    for reading in REGISTER:
        assert reading.question.endswith("?"), reading.key
        assert re.match(r"(P |GA |GN)", reading.place), reading.key
        assert all(meaning.endswith(".") for meaning in reading.meanings.values()), reading.key
        assert len(set(reading.meanings.values())) == len(reading.meanings), reading.key


def test_what_is_not_decided_is_the_default():
    readings = complete({"resignation.between_dates": "pay"})
    assert readings["resignation.between_dates"] == "pay"
    assert readings["window.counting"] == "inclusive"
    assert list(readings) == list(LISTED)


def test_nothing_decided_is_all_defaults():
    assert complete({}) == DEFAULTS == {key: values[0] for key, values in LISTED.items()}


def test_an_unknown_reading_is_refused_by_name():
    for refused in (
        lambda: reading_of(key="window.colour"),
        lambda: complete({"window.colour": "blue"}),
    ):
        with pytest.raises(Refused, match=r"P Administration: 'window\.colour' is no reading"):
            refused()


def test_an_unknown_answer_is_refused_with_those_there_are():
    with pytest.raises(Refused, match="'blue' is no reading of window.counting") as refusal:
        require_reading(key="window.counting", value="blue")
    assert "inclusive or exclusive" in refusal.value.reason


def test_an_answer_that_is_not_built_is_refused_with_what_the_committee_does_instead():
    with pytest.raises(Refused) as refusal:
        require_reading(key="cic.no_completed_quarter", value="pay_target")
    assert refusal.value.remedy == "The Committee decides in writing what each holder receives."
