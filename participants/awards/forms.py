"""The enrolment list as a form, and what the secretary confirms."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from participants.awards.services import LARGEST_TARGET

PREFIX_OF_REDUCTIONS, MOST_REDUCTIONS = "reductions", 200


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
