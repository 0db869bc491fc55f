"""Recording that the Committee adopted an act elsewhere: when, how, by whom and by what paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.counting import Bench
from committee.models import Act, Membership, Vote
from ltip.accounts.forms import PasswordForm
from ltip.accounts.models import User
from ltip.records.days import DayField
from ltip.records.uploads import Paper, PaperField

ABSENT, SILENT = "absent", "present"
VOICES = [
    (ABSENT, _("Not present")),
    (Vote.Choice.FOR, _("For")),
    (Vote.Choice.AGAINST, _("Against")),
    (Vote.Choice.ABSTAINING, _("Abstained")),
    (SILENT, _("Present, and took no part in the vote")),
]


class WhenAndHowForm(forms.Form):
    """The day on which it was adopted, and whether in writing or at a meeting (rulebook 1.4)."""

    adopted_on = DayField(
        label=_("The day on which the Committee adopted it"),
        help_text=_(
            "The date of the minutes, or of the last signature. It decides who was in office and "
            "whether the window was open."
        ),
    )
    how = forms.ChoiceField(
        label=_("How it was adopted"),
        widget=forms.RadioSelect,
        choices=[
            ("meeting", _("At a meeting, with minutes")),
            ("consent", _("In writing, on a paper that every member signed")),
        ],
    )

    def __init__(self, *args: Any, act: Act, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if act.dated_on is not None:
            self.fields["adopted_on"].initial = act.dated_on
            self.fields["adopted_on"].disabled = True

    def clean_adopted_on(self) -> date:
        adopted_on: date = self.cleaned_data["adopted_on"]
        if adopted_on > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return adopted_on


class _PaperForm(PasswordForm):
    """What both ways share: the paper, the digest of what was shown, the password."""

    document = PaperField(label=_("The paper, as PDF"))
    shown_digest = forms.CharField(widget=forms.HiddenInput)

    field_order = ("signed_by", "document", "password", "shown_digest")

    def __init__(self, *args: Any, seats: Bench, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        self.users: dict[str, User] = {
            str(member.user.public_id): member.user for member in seats.members.values()
        }
        self.fields["document"].widget.attrs["accept"] = "application/pdf"

    def clean_document(self) -> Paper:
        paper: Paper = self.cleaned_data["document"]
        if paper.media_type != "application/pdf":
            raise forms.ValidationError(_("The minutes or the signed consent are a PDF."))
        return paper


class SignedConsentForm(_PaperForm):
    """Who signed the consent, and the signed paper."""

    signed_by = forms.MultipleChoiceField(
        label=_("Who signed"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say who signed.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].label = _("The signed consent, as PDF")
        cast(forms.ChoiceField, self.fields["signed_by"]).choices = [
            (str(member.user.public_id), self.seats.names[key])
            for key, member in self.seats.members.items()
        ]

    @property
    def signers(self) -> list[User]:
        return [self.users[public_id] for public_id in self.cleaned_data["signed_by"]]


class MeetingForm(_PaperForm):
    """Who was present and how each voted, with what a member wanted on record, and the minutes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].label = _("The minutes, as PDF")
        for public_id, user in self.users.items():
            self.fields[f"voice_{public_id}"] = forms.ChoiceField(
                label=_("Vote of %(name)s") % {"name": self.seats.names[user.pk]},
                choices=VOICES,
            )
            self.fields[f"words_{public_id}"] = forms.CharField(
                label=_("Dissent of %(name)s, in words") % {"name": self.seats.names[user.pk]},
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def lines(self) -> Iterator[dict[str, Any]]:
        """Each member in office that day, with the fields for the vote and the words."""
        for public_id, user in self.users.items():
            member: Membership = self.seats.members[user.pk]
            yield {
                "member": member,
                "is_interested": user.pk in self.seats.interested,
                "voice": self[f"voice_{public_id}"],
                "words": self[f"words_{public_id}"],
            }

    @property
    def present(self) -> list[User]:
        return [user for user in self.users.values() if self._voice(user) != ABSENT]

    @property
    def choices(self) -> dict[int, str]:
        return {user.pk: self._voice(user) for user in self.present if self._voice(user) != SILENT}

    @property
    def words(self) -> dict[int, str]:
        given = {user: self.cleaned_data[f"words_{key}"] for key, user in self.users.items()}
        return {user.pk: words for user, words in given.items() if words.strip()}

    def _voice(self, user: User) -> str:
        return str(self.cleaned_data[f"voice_{user.public_id}"])
