"""Drafting an amendment, and the holder's answer to one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ltip.accounts.forms import PasswordForm
from participants.awards.models import AmendmentDraft
from participants.awards.selectors import Standing

KINDS = {
    AmendmentDraft.Kind.GENERAL.value: _("A general amendment"),
    AmendmentDraft.Kind.SECTION_409A.value: _("An amendment that section 409A asks for"),
    AmendmentDraft.Kind.GOALS.value: _("An amendment of goals after their window"),
}


class TextForm(forms.Form):
    """What an amendment says, and which of the outstanding awards it hurts."""

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("What it says"),
        help_text=_("This is what the holders read and what the Committee adopts."),
        widget=forms.Textarea({"rows": 10}),
    )

    def __init__(self, *args: Any, standings: Sequence[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adverse_to"] = forms.MultipleChoiceField(
            label=_("Awards that it hurts"),
            required=False,
            help_text=_("Their holders are asked for their consent. Tick none if it hurts nobody."),
            choices=[
                (
                    str(standing.award.public_id),
                    f"{standing.person.employee.name}, {standing.award.period.label}",
                )
                for standing in standings
            ],
            widget=forms.CheckboxSelectMultiple,
        )


class DraftForm(TextForm):
    """An amendment that gives no new goals."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(key, label) for key, label in KINDS.items() if key != "goals"],
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "title", "text", "adverse_to")


class AnswerForm(PasswordForm):
    """Agreeing to an amendment or refusing, with the password again."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("agree", _("I agree to it")), ("refuse", _("I do not agree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you agree or not.")},
    )
    field_order = ("answer", "password")
