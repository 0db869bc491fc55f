"""What the secretary asks the Committee to decide about awards, and what came back, as forms."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ltip.records.days import DayField
from participants.awards.life import shares_now
from participants.awards.money import MoneyField
from participants.awards.selectors import Standing
from participants.awards.services import LARGEST_TARGET

LONGEST = 4000
READ_BY_ALL = _("The members read it, the holder reads it, and it stands in the minutes for ever.")
WHOLE = {"inputmode": "numeric"}


def _words(label: Any, help_text: Any = READ_BY_ALL) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=help_text,
    )


class DiscretionRow(NamedTuple):
    """An award with what it stands at, and the field for what it is set to."""

    standing: Standing
    now: int
    field: BoundField


class DiscretionForm(forms.Form):
    """For each award of a period the shares it is set to; an empty field leaves it as it is."""

    reason = _words(_("The reason"))

    def __init__(self, *args: Any, standings: Sequence[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standings = {str(standing.award.public_id): standing for standing in standings}
        for public_id, standing in self.standings.items():
            self.fields[f"to_{public_id}"] = forms.IntegerField(
                label=_("Shares of %(name)s") % {"name": standing.person.employee.name},
                required=False,
                min_value=0,
                max_value=2 * LARGEST_TARGET,
                widget=forms.NumberInput(WHOLE),
            )

    def rows(self) -> Iterator[DiscretionRow]:
        for public_id, standing in self.standings.items():
            yield DiscretionRow(standing, shares_now(standing), self[f"to_{public_id}"])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not self.errors and not self._chosen():
            self.add_error(None, _("Set at least one award to another number of shares."))
        return told

    def _chosen(self) -> dict[str, int]:
        told = self.cleaned_data
        return {
            public_id: told[f"to_{public_id}"]
            for public_id in self.standings
            if told.get(f"to_{public_id}") is not None
        }

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What the act is asked for; fewer shares than now reduce, more increase."""
        return [
            {
                "award": public_id,
                "direction": "reduce"
                if to <= shares_now(self.standings[public_id])
                else "increase",
                "to": to,
                "reason": self.cleaned_data["reason"],
            }
            for public_id, to in self._chosen().items()
        ]


class AdjustmentForm(forms.Form):
    """The corporate transaction, and how many new Performance Shares stand for one old."""

    ratio = forms.CharField(
        label=_("New Performance Shares for one old"),
        max_length=32,
        help_text=_("1.5 for a split of three for two, 0.1 for one new for ten old."),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    transaction = _words(_("The transaction"))


class TransferFindingForm(forms.Form):
    """What the holder tried, and when."""

    attempted_on = DayField(label=_("Day of the attempt"))
    description = _words(_("What the holder did"))


class RecoveryForm(forms.Form):
    """How much is recovered, under which policy, and why."""

    shares = forms.IntegerField(
        label=_("Shares"),
        required=False,
        min_value=0,
        max_value=2 * LARGEST_TARGET,
        widget=forms.NumberInput(WHOLE),
    )
    amount_minor = MoneyField(
        label=_("Money, in dollars"),
        required=False,
        help_text=_("Besides the shares: for shares that the holder has sold."),
    )
    policy = forms.CharField(
        label=_("The recovery policy"), max_length=300, help_text=_("By its name and date.")
    )
    reason = _words(_("The reason"))

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not self.errors and not (told["shares"] or told["amount_minor"]):
            self.add_error("shares", _("Say how many shares, or how much money."))
        return told


class ReceiptForm(forms.Form):
    """What came back of a recovery."""

    received_on = DayField(label=_("Received on"))
    shares = forms.IntegerField(
        label=_("Shares"),
        required=False,
        min_value=0,
        max_value=2 * LARGEST_TARGET,
        widget=forms.NumberInput(WHOLE),
    )
    amount_minor = MoneyField(label=_("Money, in dollars"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=LONGEST)


class SettlementDeferralForm(forms.Form):
    """Whose settlement is delayed, until which year, and what makes that possible."""

    awards = forms.MultipleChoiceField(
        label=_("Whose settlement is delayed"), widget=forms.CheckboxSelectMultiple
    )
    first_deductible_year = forms.IntegerField(
        label=_("The first year in which the deduction is not lost"),
        min_value=2000,
        max_value=2999,
        widget=forms.NumberInput(WHOLE),
    )
    is_nonqualified_deferred = forms.BooleanField(
        label=_("These awards are nonqualified deferred compensation"), required=False
    )
    deduction_lost = forms.BooleanField(
        label=_("The deduction would be lost in the year they would settle in"), required=False
    )
    reason = _words(_("The reason"))

    def __init__(self, *args: Any, standings: Sequence[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(s.award.public_id), s.person.employee.name) for s in standings]
        self.fields["awards"].choices = choices  # type: ignore[attr-defined]
