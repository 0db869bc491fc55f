"""Signing and withdrawing an act, filtering the minute book, stating a goal."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from committee import minute_book
from committee.selectors import PossiblePeer
from committee.words import KIND_WORDS
from ltip.accounts.forms import PasswordForm
from ltip.rules.outcome import Refused
from ltip.rules.schedule import check_schedule


class SigningForm(PasswordForm):
    """A member's consent: the password again, and the digest of what was shown."""

    shown_digest = forms.CharField(widget=forms.HiddenInput)


class WithdrawalForm(forms.Form):
    """Taking an act back from the Committee."""

    explanation = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The members read it, and it stays in the record."),
    )


class MinutesForm(forms.Form):
    """Which adopted acts to show; empty means all."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False)
    year = forms.ChoiceField(label=_("Adopted in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = minute_book.index()
        for name, values in (
            ("kind", [(kind, KIND_WORDS.get(kind, kind)) for kind in found.kinds]),
            ("period", [(label, label) for label in found.subjects]),
            ("year", [(str(year), str(year)) for year in found.years]),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("All")), *values]


class GoalForm(forms.Form):
    """A goal of total stockholder return against peers, as the secretary puts it (GA §2)."""

    ROWS = range(1, 7)

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
    between_points = forms.ChoiceField(
        label=_("Between two rows"),
        widget=forms.RadioSelect,
        choices=[
            ("line", _("Straight line: what lies between earns in proportion")),
            ("step", _("Steps: what lies between earns the lower row")),
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

    def __init__(self, *args: Any, peers: Sequence[PossiblePeer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["peers"]).choices = [
            (peer.ticker, peer.ticker if peer.name == peer.ticker else f"{peer.ticker} {peer.name}")
            for peer in peers
        ]
        for row in self.ROWS:
            self.fields[f"at_{row}"] = _points_field(_("Percentile, row %d") % row, most=100)
            self.fields[f"pays_{row}"] = _points_field(_("%% of target, row %d") % row, most=200)

    def schedule_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the schedule, two by two."""
        return [(self[f"at_{row}"], self[f"pays_{row}"]) for row in self.ROWS]

    def clean_peers(self) -> list[str]:
        peers: list[str] = self.cleaned_data["peers"]
        if len(peers) < 2:
            raise forms.ValidationError(_("Choose at least two peers."))
        return peers

    def clean(self) -> dict[str, Any]:
        points = []
        for row in self.ROWS:
            at, pays = (self.cleaned_data.get(f"{what}_{row}") for what in ("at", "pays"))
            if (at is None) != (pays is None):
                empty = f"at_{row}" if at is None else f"pays_{row}"
                if empty not in self.errors:
                    self.add_error(empty, _("A row states both, or stays empty."))
            elif at is not None and pays is not None:
                points.append((at, pays))
        self.cleaned_data["schedule"] = points
        rows_are_well = not any(name.startswith(("at_", "pays_")) for name in self.errors)
        if rows_are_well and "between_points" in self.cleaned_data:
            try:
                check_schedule(points=points, between_points=self.cleaned_data["between_points"])
            except Refused as refusal:
                self.add_error("at_1", str(refusal))
        return self.cleaned_data

    def terms(self) -> dict[str, Any]:
        """The goal as an act asks for it: the whole of the period's weight, one goal."""
        given = self.cleaned_data
        return {
            "kind": "relative_tsr",
            "weight": "100",
            "peers": given["peers"],
            "averaging_days": given["averaging_days"],
            "percentile": given["percentile"],
            "schedule": given["schedule"],
            "between_points": given["between_points"],
            "negative_tsr_cap": given["negative_tsr_cap"],
            "peer_events": {event: given[event] for event in ("acquired", "bankrupt", "merged")},
        }


def goal_to_start_from(
    terms: Mapping[str, Any] | None, peers: Sequence[PossiblePeer]
) -> dict[str, Any]:
    """What the form shows first: the goal set last, else the rulebook's defaults and no figures."""
    if terms is None:
        return {
            "percentile": "discrete",
            "between_points": "line",
            "acquired": "remove",
            "bankrupt": "bottom",
            "merged": "survivor_stays",
        }
    tickers = {peer.public_id: peer.ticker for peer in peers}
    shown = {
        "peers": [tickers[p["security"]] for p in terms["peers"] if p["security"] in tickers],
        **{
            key: terms[key]
            for key in ("averaging_days", "percentile", "between_points", "negative_tsr_cap")
        },
        **terms["peer_events"],
    }
    for row, (at, pays) in enumerate(terms["schedule"], start=1):
        shown |= {f"at_{row}": at, f"pays_{row}": pays}
    return shown


def _points_field(label: str, *, most: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=most, max_digits=7, decimal_places=4
    )
