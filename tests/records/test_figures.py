"""Figures on a page: exact, rounded for reading only, and never made up."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from ltip.records.templatetags import figures

NO_BREAK = "\N{NO-BREAK SPACE}"


def test_a_legal_day_is_written_out() -> None:
    assert figures.day(date(2012, 3, 30)) == "30 March 2012"
    assert figures.short_day(date(2014, 3, 22)) == "22 Mar 2014"


def test_days_and_numbers_are_written_as_in_the_language_of_the_page() -> None:
    with translation.override("de"):
        assert figures.day(date(2012, 3, 30)) == "30. März 2012"
        assert figures.short_day(date(2014, 3, 22)) == "22.03.2014"
        moment = datetime(2014, 2, 20, 18, 2, tzinfo=UTC)
        assert figures.moment(moment) == "20. Februar 2014 18:02 UTC"
        assert figures.shares(14000) == "14.000"
        assert figures.percent("122.2222") == f"122,22{NO_BREAK}%"
        assert figures.percent("12345.6", 1) == f"12.345,6{NO_BREAK}%"
        assert figures.return_percent("0.49") == f"+49,00{NO_BREAK}%"
        assert figures.money(4356100, "USD") == "$43.561,00"
    assert figures.shares(14000) == "14,000"


def test_a_moment_is_not_taken_for_a_legal_day() -> None:
    with pytest.raises(TypeError, match="A legal day is a date"):
        figures.day(datetime(2012, 3, 30, 23, 30, tzinfo=UTC))


def test_a_moment_is_said_with_its_zone() -> None:
    moment = datetime(2014, 2, 20, 18, 2, tzinfo=UTC)
    assert figures.moment(moment) == "20 February 2014, 18:02 UTC"
    assert figures.moment(moment, "America/Los_Angeles") == "20 February 2014, 10:02 PST"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="knows its time zone"):
        figures.moment(datetime(2014, 2, 20, 18, 2))  # noqa: DTZ001


def test_days_left_are_counted_to_the_day_and_past_it() -> None:
    assert figures.days_left(date(2012, 3, 30), date(2012, 3, 18)) == 12
    assert figures.days_left(date(2012, 3, 30), date(2012, 3, 30)) == 0
    assert figures.days_left(date(2012, 3, 30), date(2012, 4, 4)) == -5


def test_shares_are_grouped_and_whole() -> None:
    assert figures.shares(14000) == "14,000"
    assert figures.shares(0) == "0"
    with pytest.raises(TypeError, match="whole numbers"):
        figures.shares(Decimal("6197.91"))


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        ("140", None, "140"),
        ("137.4", None, "137.4"),
        ("122.2222222222", None, "122.22"),
        ("60", 1, "60.0"),
        ("0.125", 2, "0.12"),
        ("0.135", 2, "0.14"),
        ("-31.1", 2, "−31.10"),
        ("-0.001", 2, "0.00"),
        ("12345.6", 1, "12,345.6"),
    ],
)
def test_a_percentage_is_rounded_half_even_for_display(
    value: str, places: int | None, written: str
) -> None:
    assert figures.percent(value, places) == f"{written}{NO_BREAK}%"
    assert figures.percent(Decimal(value), places) == f"{written}{NO_BREAK}%"


def test_a_signed_percentage_says_plus_and_a_real_minus_and_no_sign_at_zero() -> None:
    assert figures.signed_percent("49") == f"+49.00{NO_BREAK}%"
    assert figures.signed_percent("-31.1") == f"−31.10{NO_BREAK}%"
    assert figures.signed_percent("0.001") == f"0.00{NO_BREAK}%"


def test_a_return_kept_as_a_fraction_is_said_in_percent() -> None:
    assert figures.return_percent("0.489954") == f"+49.00{NO_BREAK}%"
    assert figures.return_percent(Decimal(-1)) == f"−100.00{NO_BREAK}%"


def test_money_is_minor_units_of_its_currency() -> None:
    assert figures.money(4356100, "USD") == "$43,561.00"
    assert figures.money(-5, "GBP") == "−GBP 0.05"


def test_a_float_is_refused_and_a_missing_figure_stays_missing() -> None:
    with pytest.raises(TypeError):
        figures.percent(0.1)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        figures.money(1.5, "USD")  # type: ignore[arg-type]
    assert figures.percent(None) == figures.shares(None) == figures.day(None) == ""


def test_why_shows_each_step_with_its_figure_and_place_and_escapes_them() -> None:
    page = Template("{% load figures %}{% why steps about='Earned' %}").render(
        Context({"steps": [{"sentence": "Target <b>", "figure": "6,250", "place": "Act 2012-02"}]})
    )
    assert "Why?" in page
    assert "Target &lt;b&gt;" in page
    assert "6,250" in page
    assert "Act 2012-02" in page


def test_a_figure_without_steps_has_no_why() -> None:
    page = Template("{% load figures %}{% why steps %}").render(Context({"steps": []}))
    assert page.strip() == ""


@pytest.mark.parametrize(
    ("today", "words", "state"),
    [
        (date(2012, 3, 15), "15 days left", 'class="deadline"'),
        (date(2012, 3, 16), "14 days left", "deadline soon"),
        (date(2012, 3, 27), "3 days left", "deadline urgent"),
        (date(2012, 3, 29), "1 day left", "deadline urgent"),
        (date(2012, 3, 30), "today is the last day", "deadline urgent"),
        (date(2012, 3, 31), "passed 1 day ago", "deadline passed"),
    ],
)
def test_a_deadline_is_said_twice(today: date, words: str, state: str) -> None:
    page = Template(
        "{% include 'components/deadline.html' with date=date today=today place='P Grants' only %}"
    ).render(Context({"date": date(2012, 3, 30), "today": today}))
    assert "30 March 2012" in page
    assert words in page
    assert state in page
    assert ("P Grants" in page) == (today > date(2012, 3, 30))
