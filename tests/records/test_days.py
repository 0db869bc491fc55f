"""A day on a form: its year is looked at, so that a slip of the finger does not go on record."""

from datetime import date

import pytest
from django import forms

from ltip.records.days import OUT_OF_REACH, DayField


@pytest.mark.parametrize(
    ("entered", "taken"),
    [
        ("1899-12-31", None),
        ("1900-01-01", date(1900, 1, 1)),
        ("0026-03-24", None),
        ("2026-03-24", date(2026, 3, 24)),
        ("2199-12-31", date(2199, 12, 31)),
        ("2200-01-01", None),
    ],
)
def test_a_year_out_of_reach_comes_back(entered: str, taken: date | None) -> None:
    if taken:
        assert DayField().clean(entered) == taken
    else:
        with pytest.raises(forms.ValidationError) as refusal:
            DayField().clean(entered)
        assert refusal.value.messages == [str(OUT_OF_REACH)]


def test_the_browsers_own_field_is_filled_in_the_way_it_is_sent() -> None:
    shown = DayField().widget.render("on", date(2026, 3, 4))
    assert 'type="date"' in shown
    assert 'value="2026-03-04"' in shown
