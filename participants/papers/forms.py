from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ltip.accounts.forms import PasswordForm
from participants.papers.wording import Acknowledgement


class SigningForm(PasswordForm):
    """Signing a notice: a box for each acknowledgement, and the password again."""

    shown_digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, acknowledgements: Sequence[Acknowledgement], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [item.key for item in acknowledgements]
        for item in acknowledgements:
            self.fields[f"agree_{item.key}"] = forms.BooleanField(
                label=item.words,
                help_text=item.place,
                error_messages={"required": _("Tick this box: signing takes all of them.")},
            )

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[f"agree_{key}"] for key in self.keys]

    @property
    def agreed_to(self) -> list[str]:
        return [key for key in self.keys if self.cleaned_data[f"agree_{key}"]]
