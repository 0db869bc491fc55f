"""Stating a goal of a period: what a form asks of every kind."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.goal_choices import PossiblePeer
from ltip.program.models import PerformancePeriod
from ltip.rules.outcome import Refused
from ltip.rules.schedule import Over, check_schedule


class AnyGoalForm(forms.Form):
    """What every goal states: its weight among several, and what is earned at which point."""

    ROWS = range(1, 7)
    OVER: Over = "percentile"
    KIND = ""

    weight = forms.DecimalField(
        label=_("Weight among the goals, %"), min_value=0, max_value=100, decimal_places=2
    )
    between_points = forms.ChoiceField(
        label=_("Between two rows"),
        widget=forms.RadioSelect,
        choices=[
            ("line", _("Straight line: what lies between earns in proportion")),
            ("step", _("Steps: what lies between earns the lower row")),
        ],
    )

    def __init__(
        self,
        *args: Any,
        is_one: bool,
        peers: Sequence[PossiblePeer],
        period: PerformancePeriod,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.period = period
        if is_one:
            del self.fields["weight"]
        at_label = _("Percentile, row %d") if self.OVER == "percentile" else _("Amount, row %d")
        for row in self.ROWS:
            self.fields[f"at_{row}"] = (
                _points_field(at_label % row, most=100)
                if self.OVER == "percentile"
                else forms.DecimalField(
                    label=at_label % row, required=False, max_digits=20, decimal_places=6
                )
            )
            self.fields[f"pays_{row}"] = _points_field(_("%% of target, row %d") % row, most=200)

    def schedule_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the schedule, two by two."""
        return [(self[f"at_{row}"], self[f"pays_{row}"]) for row in self.ROWS]

    def clean(self) -> dict[str, Any]:
        points = self._pairs("at", "pays", self.ROWS)
        self.cleaned_data["schedule"] = points
        rows_are_well = not any(name.startswith(("at_", "pays_")) for name in self.errors)
        if rows_are_well and "between_points" in self.cleaned_data:
            try:
                check_schedule(
                    points=points,
                    between_points=self.cleaned_data["between_points"],
                    over=self.OVER,
                )
            except Refused as refusal:
                self.add_error("at_1", str(refusal))
        return self.cleaned_data

    def _pairs(self, one: str, other: str, rows: Sequence[int]) -> list[tuple[Any, Any]]:
        """The rows that are filled in; one that states only half of it is an error."""
        pairs = []
        for row in rows:
            left, right = (self.cleaned_data.get(f"{what}_{row}") for what in (one, other))
            if (left is None) != (right is None):
                empty = f"{one}_{row}" if left is None else f"{other}_{row}"
                if empty not in self.errors:
                    self.add_error(empty, _("A row states both, or stays empty."))
            elif left is not None and right is not None:
                pairs.append((left, right))
        return pairs

    def terms(self) -> dict[str, Any]:
        """The goal as an act asks for it."""
        given = self.cleaned_data
        return {
            "kind": self.KIND,
            "weight": given.get("weight", Decimal(100)),
            "schedule": given["schedule"],
            "between_points": given["between_points"],
        }


def _points_field(label: str, *, most: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=most, max_digits=7, decimal_places=4
    )
