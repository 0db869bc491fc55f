"""Which acts a board book shows."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.models import Act


class BookForm(forms.Form):
    """The acts before the Committee, each to be left out; all of them unless some are named."""

    acts = forms.MultipleChoiceField(
        label=_("Acts in the book"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose an act at least.")},
    )

    def __init__(self, *args: Any, acts: Sequence[Act], chosen: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self._acts = {str(act.public_id): act for act in acts}
        field = cast(forms.MultipleChoiceField, self.fields["acts"])
        field.choices = [(key, f"{act.number}: {act.title}") for key, act in self._acts.items()]
        field.initial = [key for key in chosen if key in self._acts] or list(self._acts)

    def chosen_acts(self) -> list[Act]:
        return [self._acts[key] for key in self.cleaned_data["acts"]]
