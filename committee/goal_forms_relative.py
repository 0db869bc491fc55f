"""Stating a goal of total stockholder return against peers."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.goal_forms import AnyGoalForm
from ltip.program.models import PerformancePeriod
from ltip.records.days import DayField
from ltip.rules.calendars import months_later
from ltip.rules.outcome import Refused
from ltip.rules.relative_goal import segments_of


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


def year_ends(period: PerformancePeriod) -> list[date]:
    """The last day of each year of a period, counted from its first day."""
    ends, months = [], 12
    while (end := months_later(period.start_date, months=months) - timedelta(1)) < period.end_date:
        ends.append(end)
        months += 12
    return [*ends, period.end_date]
