"""The enrolment list as a form, and what the secretary confirms."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from participants.awards.enrolment import Candidate, Enrolment
from participants.awards.services import LARGEST_TARGET

PREFIX_OF_REDUCTIONS, MOST_REDUCTIONS = "reductions", 200


class Row(NamedTuple):
    """A candidate with the two fields of the row."""

    candidate: Candidate
    chosen: BoundField
    shares: BoundField


class EnrolmentForm(forms.Form):
    """For each employee who may be chosen: whether, and with how many target shares."""

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrolment = enrolment
        for candidate in enrolment.choosable:
            self.fields[f"chosen-{candidate.public_id}"] = forms.BooleanField(
                label=candidate.name,
                required=False,
                initial=candidate.listed_shares is not None,
            )
            self.fields[f"shares-{candidate.public_id}"] = forms.IntegerField(
                label=_("Target shares of %(name)s") % {"name": candidate.name},
                required=False,
                min_value=1,
                max_value=LARGEST_TARGET,
                initial=candidate.listed_shares,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )

    def rows(self) -> Iterator[Row]:
        for candidate in self.enrolment.choosable:
            public_id = candidate.public_id
            yield Row(candidate, self[f"chosen-{public_id}"], self[f"shares-{public_id}"])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for candidate in self.enrolment.candidates:
            chosen, shares = f"chosen-{candidate.public_id}", f"shares-{candidate.public_id}"
            if chosen not in self.fields:
                if chosen in self.data:
                    self.add_error(None, _no_longer(candidate))
            elif shares in told and told[chosen] and told[shares] is None:
                self.add_error(shares, _("Say how many, or take the tick away."))
            elif shares in told and not told[chosen] and told[shares] != candidate.listed_shares:
                self.add_error(shares, _("Tick the name too, or leave the number out."))
        return told

    @property
    def shares(self) -> dict[str, int]:
        """The list as `propose_awards` is given it."""
        told = self.cleaned_data
        chosen = {
            candidate.public_id: told[f"shares-{candidate.public_id}"]
            for candidate in self.enrolment.choosable
            if told[f"chosen-{candidate.public_id}"]
        }
        return self.enrolment.kept_shares | chosen


def _no_longer(candidate: Candidate) -> str:
    decided = candidate.eligibility
    reason = f"{decided.place}: {decided.because}"
    if candidate.is_decided:
        reason = str(_("The award is granted, or before the Committee."))
    return str(_("%(name)s can no longer be chosen.") % {"name": candidate.name}) + f" {reason}"


class ProposalForm(forms.Form):
    """What the secretary read before putting it before the Committee, by its digest."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)


class CertificationForm(forms.Form):
    """The run that the certification is prepared from."""

    run = forms.UUIDField(widget=forms.HiddenInput)


class ReductionForm(forms.Form):
    """One award that the Committee is asked to reduce as it certifies, to how much, and why."""

    award = forms.ChoiceField(label=_("Holder"))
    to = forms.IntegerField(
        label=_("Shares that are left"),
        min_value=0,
        max_value=2 * LARGEST_TARGET,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=_("The reason"),
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The members read it, the holder reads it, and it stands in the minutes."),
    )

    def __init__(
        self, *args: Any, holders: Callable[[], Sequence[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["award"]).choices = lambda: [("", ""), *holders()]


class ReductionRows(BaseFormSet):
    """The awards to be reduced, in rows of which those left empty say nothing."""

    def __init__(self, data: Any = None, *, more: bool = False, **kwargs: Any) -> None:
        total = f"{PREFIX_OF_REDUCTIONS}-TOTAL_FORMS"
        sent = (data or {}).get(total, "")
        if not sent.isdecimal():
            data = None
        elif more:
            data = data.copy()
            data[total] = min(int(sent) + 1, MOST_REDUCTIONS)
        super().__init__(data, prefix=PREFIX_OF_REDUCTIONS, **kwargs)

    def stands(self) -> bool:
        """Whether every row that is filled in is filled in well; a page without rows has none."""
        return not self.is_bound or self.is_valid()

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The reductions as the act is asked for them."""
        told = [form.cleaned_data for form in self.forms] if self.is_bound else []
        return [{key: row[key] for key in ("award", "to", "reason")} for row in told if row]


ReductionFormSet = cast(
    type[ReductionRows],
    formset_factory(ReductionForm, formset=ReductionRows, extra=0, max_num=MOST_REDUCTIONS),
)


class CauseForm(forms.Form):
    """Why the Committee should find Cause."""

    reason = forms.CharField(
        label=_("What happened, and why it is Cause in the Plan's sense"),
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("The members read it, and it stands in the minutes for ever."),
    )
