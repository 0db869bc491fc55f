"""Stating a goal of a period: what a form asks of each kind."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.selectors import PossiblePeer
from ltip.program.models import PerformancePeriod
from ltip.records.days import DayField
from ltip.rules.calendars import months_later
from ltip.rules.outcome import Refused
from ltip.rules.relative_goal import segments_of
from ltip.rules.schedule import Over, check_schedule

MEASURES = {
    "revenue": _("Revenue"),
    "gross margin": _("Gross margin"),
    "operating income": _("Operating income"),
    "net income": _("Net income"),
    "earnings per share": _("Earnings per share"),
}


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


class GoalForm(AnyGoalForm):
    """A goal of total stockholder return against peers, as the secretary puts it (GA §2)."""

    KIND = "relative_tsr"

    peers = forms.MultipleChoiceField(
        label=_("Peers"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two. The company itself is never its own peer."),
    )
    averaging_days = forms.IntegerField(
        label=_("Trading days averaged at each end"),
        min_value=1,
        max_value=90,
        help_text=_("1 to 90. With 1, the closing price of the day counts."),
    )
    percentile = forms.ChoiceField(
        label=_("How the percentile is found"),
        widget=forms.RadioSelect,
        choices=[
            ("discrete", _("By place: the company is ranked with its peers, best 100, last 0")),
            (
                "continuous",
                _("Between neighbours: on the straight line between the two peers around it"),
            ),
            ("count_below", _("By peers beaten: the share of peers with a lower return")),
        ],
    )
    measurement = forms.ChoiceField(
        label=_("Over what it is measured"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            ("cumulative", _("The whole period at once")),
            ("annual", _("Segments, each with its own place and payout, and a weight")),
        ],
    )
    negative_tsr_cap = forms.DecimalField(
        label=_("Most it pays when our own return is negative, % of target"),
        required=False,
        min_value=0,
        max_value=200,
        max_digits=7,
        decimal_places=4,
        help_text=_("Empty means no cap."),
    )
    acquired = forms.ChoiceField(
        label=_("A peer is acquired or taken private"),
        widget=forms.RadioSelect,
        choices=[
            ("remove", _("It leaves the group, for the whole period")),
            ("freeze", _("It stays, with the return it had reached by that day")),
        ],
    )
    bankrupt = forms.ChoiceField(
        label=_("A peer goes bankrupt or is delisted for cause"),
        widget=forms.RadioSelect,
        choices=[
            ("bottom", _("It stays at the bottom, counted at −100 %")),
            ("remove", _("It leaves the group, for the whole period")),
        ],
    )
    merged = forms.ChoiceField(
        label=_("Two peers merge"),
        widget=forms.RadioSelect,
        choices=[
            ("survivor_stays", _("The surviving company stays, the other leaves")),
            ("remove_both", _("Both leave the group")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["peers"]).choices = [
            (peer.ticker, peer.ticker if peer.name == peer.ticker else f"{peer.ticker} {peer.name}")
            for peer in kwargs["peers"]
        ]
        self.segment_numbers = range(1, len(year_ends(self.period)) + 1)
        for number in self.segment_numbers:
            self.fields[f"end_{number}"] = DayField(
                label=_("Last day of segment %d") % number, required=False
            )
            self.fields[f"share_{number}"] = forms.DecimalField(
                label=_("Weight of segment %d, %%") % number,
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=4,
            )

    def segment_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the segments, two by two."""
        return [(self[f"end_{n}"], self[f"share_{n}"]) for n in self.segment_numbers]

    @property
    def is_in_segments(self) -> bool:
        return self["measurement"].value() == "annual" or any(
            field.errors for row in self.segment_rows() for field in row
        )

    def clean_peers(self) -> list[str]:
        peers: list[str] = self.cleaned_data["peers"]
        if len(peers) < 2:
            raise forms.ValidationError(_("Choose at least two peers."))
        return peers

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.cleaned_data["segments"] = []
        if self.cleaned_data.get("measurement") == "annual":
            segments = self._pairs("end", "share", self.segment_numbers)
            if not any(name.startswith(("end_", "share_")) for name in self.errors):
                try:
                    segments_of(period=self.period.span, segments=segments)
                except Refused as refusal:
                    self.add_error("end_1", str(refusal))
            self.cleaned_data["segments"] = segments
        elif any(self.cleaned_data.get(f"share_{n}") is not None for n in self.segment_numbers):
            self.add_error(
                "measurement", _("Weights of segments are given: choose segments, or empty them.")
            )
        return self.cleaned_data

    def terms(self) -> dict[str, Any]:
        given = self.cleaned_data
        return super().terms() | {
            "measurement": given["measurement"] or "cumulative",
            "segments": [{"end": end, "weight": share} for end, share in given["segments"]],
            "peers": given["peers"],
            "averaging_days": given["averaging_days"],
            "percentile": given["percentile"],
            "negative_tsr_cap": given["negative_tsr_cap"],
            "peer_events": {event: given[event] for event in ("acquired", "bankrupt", "merged")},
        }


class FinancialGoalForm(AnyGoalForm):
    """A goal of a financial measure, its adjustments named beforehand (P Performance Goals)."""

    KIND = "financial"
    OVER: Over = "amount"

    measure = forms.ChoiceField(label=_("Measure"), choices=[("", ""), *MEASURES.items()])
    unit = forms.CharField(
        label=_("In which unit"),
        max_length=40,
        help_text=_("As million dollars, per cent, or dollars a share."),
    )
    adjustments = forms.CharField(
        label=_("Adjustments, one on each line"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Empty: the measure counts as GAAP gives it. What is not named here adjusts nothing "
            "later; such as stock-based compensation, amortization of intangibles, change in fair "
            "value of preferred-stock warrants, preferred dividends, acquisition costs."
        ),
    )

    def clean_adjustments(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["adjustments"].splitlines()]
        named = [line for line in lines if line]
        if len(set(named)) != len(named):
            raise forms.ValidationError(_("Name each adjustment once."))
        return named

    def terms(self) -> dict[str, Any]:
        given = self.cleaned_data
        return super().terms() | {key: given[key] for key in ("measure", "unit", "adjustments")}


KINDS: dict[str, type[AnyGoalForm]] = {form.KIND: form for form in (GoalForm, FinancialGoalForm)}


def year_ends(period: PerformancePeriod) -> list[date]:
    """The last day of each year of a period, counted from its first day."""
    ends, months = [], 12
    while (end := months_later(period.start_date, months=months) - timedelta(1)) < period.end_date:
        ends.append(end)
        months += 12
    return [*ends, period.end_date]


def _points_field(label: str, *, most: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=most, max_digits=7, decimal_places=4
    )
