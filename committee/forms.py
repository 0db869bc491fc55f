"""Signing and withdrawing an act, filtering the minute book."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from committee import minute_book
from committee.resolutions import filled, paragraphs_of
from committee.revising import NeedsConfirmation, require_no_flags
from committee.words import KIND_WORDS
from ltip.accounts.forms import PasswordForm
from ltip.records.days import DayField
from ltip.rules.outcome import Refused


class SigningForm(PasswordForm):
    """A member's consent: the password again, and the digest of what was shown."""

    shown_digest = forms.CharField(widget=forms.HiddenInput)


class DecliningForm(PasswordForm):
    """A member's refusal to sign: the reason, the password, the digest of what was shown."""

    shown_digest = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why you decline"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other members read it, and it stays in the record."),
    )


class WithdrawalForm(forms.Form):
    """Taking an act back from the Committee."""

    explanation = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The members read it, and it stays in the record."),
    )


class WordingForm(forms.Form):
    """Another text of a resolution; the confirmation is asked for once something is flagged."""

    text = forms.CharField(
        label=_("The text"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("An empty line begins a paragraph. A figure is written by its name: {payout}."),
    )
    is_meant = forms.BooleanField(label=_("It is meant so"), required=False)

    def clean_text(self) -> list[str]:
        return paragraphs_of(self.cleaned_data["text"])


class RevisingForm(WordingForm):
    """The changed text of an act that is before the Committee."""

    shown_digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks_to_confirm: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_to_confirm:
            del self.fields["is_meant"]


class DraftingForm(WordingForm):
    """The text of an act on its way there; `draft` is the digest of the one that was drafted."""

    prefix = "wording"
    draft = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, drafted: Sequence[str], figures: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.drafted, self.figures = list(drafted), figures
        self.asks_to_confirm = self.add_prefix("is_meant") in self.data
        for field in self.fields.values():
            field.widget.attrs["form"] = "proposal"

    @property
    def is_changed(self) -> bool:
        return bool(self.cleaned_data.get("text") != self.drafted)

    def clean_text(self) -> list[str]:
        text = super().clean_text()
        try:
            filled(text, self.figures)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return text

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "text" in told and self.is_changed and not told["is_meant"]:
            try:
                require_no_flags(told["text"], before=self.drafted)
            except NeedsConfirmation as refusal:
                self.asks_to_confirm = True
                self.add_error(None, str(refusal))
        return told


class MinutesForm(forms.Form):
    """Which acts to show; empty means all."""

    result = forms.ChoiceField(
        label=_("Result"),
        required=False,
        choices=[
            (minute_book.ADOPTED, _("Adopted")),
            (minute_book.DEFEATED, _("Defeated at a meeting")),
        ],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False)
    since = DayField(label=_("Adopted from"), required=False)
    until = DayField(label=_("Adopted until"), required=False)
    person = forms.CharField(label=_("Holder or member"), required=False, max_length=200)
    words = forms.CharField(label=_("Words or act number"), required=False, max_length=200)
    as_of = DayField(label=_("As it stood on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = minute_book.index()
        for name, values in (
            ("kind", [(kind, KIND_WORDS.get(kind, kind)) for kind in found.kinds]),
            ("period", [(label, label) for label in found.periods]),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("All")), *values]

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        chosen["result"] = chosen.get("result") or minute_book.ADOPTED
        since, until = chosen.get("since"), chosen.get("until")
        if since and until and until < since:
            self.add_error("until", _("It is before the day from which to look."))
        return chosen
