"""Signing and withdrawing an act, filtering the minute book."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from committee import minute_book
from committee.resolutions import paragraphs_of
from committee.words import KIND_WORDS
from ltip.accounts.forms import PasswordForm


def day_input() -> forms.DateInput:
    """A day as browsers ask for it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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


class RevisingForm(forms.Form):
    """Another text of a resolution; the confirmation is asked for once something is flagged."""

    text = forms.CharField(
        label=_("The text"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("An empty line begins a paragraph. A figure is written by its name: {payout}."),
    )
    shown_digest = forms.CharField(widget=forms.HiddenInput)
    is_meant = forms.BooleanField(label=_("It is meant so"), required=False)

    def __init__(self, *args: Any, asks_to_confirm: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_to_confirm:
            del self.fields["is_meant"]

    def clean_text(self) -> list[str]:
        return paragraphs_of(self.cleaned_data["text"])


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
    since = forms.DateField(label=_("Adopted from"), required=False, widget=day_input())
    until = forms.DateField(label=_("Adopted until"), required=False, widget=day_input())
    person = forms.CharField(label=_("Holder or member"), required=False, max_length=200)
    words = forms.CharField(label=_("Words or act number"), required=False, max_length=200)
    as_of = forms.DateField(label=_("As it stood on"), required=False, widget=day_input())

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
