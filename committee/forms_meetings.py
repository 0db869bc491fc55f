"""Calling a meeting, keeping its agenda, recording what it decided, and certifying that."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.counting import Bench
from committee.judging import TABLED, VOTED, ItemTold, MeetingTold
from committee.models import Act, AgendaItem, Attendance, Vote
from ltip.accounts.forms import PasswordForm
from ltip.records.days import DayField
from ltip.records.uploads import Paper, PaperField

NOTHING, ALL_FOR = "none", "all_for"
DECISIONS = [
    (NOTHING, _("Not decided, for want of a quorum")),
    (ALL_FOR, _("Voted: all present voted for it")),
    (VOTED, _("Voted: each as said below")),
    (TABLED, _("Tabled: put off to another meeting")),
]


def minutes_field(**about: Any) -> PaperField:
    """The minutes, as PDF."""
    field = PaperField(label=_("The minutes, as PDF"), **about)
    field.widget.attrs["accept"] = "application/pdf"
    return field


def _choice(label: Any, choices: list[Any]) -> forms.TypedChoiceField:
    """One of some choices, of which the first stands for nothing."""
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=lambda value: "" if value == NOTHING else value
    )


def _must_be_pdf(paper: Paper | None) -> Paper | None:
    if paper is not None and paper.media_type != "application/pdf":
        raise forms.ValidationError(_("The minutes are a PDF."))
    return paper


class AgendaForm(forms.Form):
    """Which of the open acts go on the agenda."""

    acts = forms.MultipleChoiceField(
        label=_("Acts on the agenda"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose an act.")},
    )

    def __init__(self, *args: Any, acts: Iterable[Act], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_acts = {str(act.public_id): act for act in acts}
        cast(forms.MultipleChoiceField, self.fields["acts"]).choices = [
            (key, f"{act.title} ({act.number})") for key, act in self.open_acts.items()
        ]

    @property
    def chosen(self) -> list[Act]:
        return [self.open_acts[key] for key in self.cleaned_data["acts"]]


class CallForm(AgendaForm):
    """When and where the Committee meets, and what about."""

    held_on = DayField(label=_("Day"))
    begins = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=300,
        help_text=_("A room, or the number or address under which members join."),
    )
    notice = forms.CharField(
        label=_("What the notice says beside that"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("held_on", "begins", "place", "notice", "acts")

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["acts"].required = False
        self.fields["begins"].help_text = _("In the company's time zone, %(zone)s.") % {
            "zone": zone
        }
        if not self.open_acts:
            del self.fields["acts"]

    @property
    def begins_at(self) -> datetime:
        day, time = self.cleaned_data["held_on"], self.cleaned_data["begins"]
        return datetime.combine(day, time, tzinfo=self.zone)

    @property
    def chosen(self) -> list[Act]:
        return super().chosen if self.open_acts else []


class ReasonForm(forms.Form):
    """Why an act is struck from an agenda, or a meeting called off."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The members read it, and it stays in the record."),
    )


class ClosingForm(PasswordForm):
    """Certifying a record: the password again, and the digest of what was shown."""

    shown_digest = forms.CharField(widget=forms.HiddenInput)


class CorrectionForm(PasswordForm):
    """Other minutes in the place of wrong ones, and why."""

    document = minutes_field()
    reason = forms.CharField(
        label=_("What was wrong"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("document", "reason", "password")

    def clean_document(self) -> Paper | None:
        return _must_be_pdf(self.cleaned_data["document"])


class RecordForm(forms.Form):
    """Who was present, and what the meeting made of each act; the members by their identifiers."""

    document = minutes_field(required=False)

    def __init__(
        self,
        *args: Any,
        whole: Bench,
        items: Iterable[AgendaItem],
        benches: Mapping[int, Bench],
        kept: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.whole, self.items, self.benches = whole, list(items), benches
        if kept:
            self.fields["document"].help_text = _(
                "%(name)s is attached; choose a file only to replace it."
            ) % {"name": kept}
        for key, member in whole.members.items():
            self.fields[f"means_{member.user.public_id}"] = _choice(
                whole.names[key], [(NOTHING, _("Not present")), *Attendance.Means.choices]
            )
        for item in self.items:
            self._add_item(item)

    def _add_item(self, item: AgendaItem) -> None:
        act = item.act.public_id
        self.fields[f"decision_{act}"] = _choice(_("What the meeting did"), DECISIONS)
        self.fields[f"reason_{act}"] = forms.CharField(
            label=_("Why it was tabled"), max_length=1000, required=False
        )
        for key, member in self.whole.members.items():
            name = {"name": self.whole.names[key]}
            if member in self.benches[item.act_id].asked:
                self.fields[_vote(act, member.user.public_id)] = _choice(
                    _("Vote of %(name)s") % name, [(NOTHING, _("No vote")), *Vote.Choice.choices]
                )
            self.fields[_words(act, member.user.public_id)] = forms.CharField(
                label=_("Dissent of %(name)s, in words") % name,
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def attendance(self) -> Iterator[dict[str, Any]]:
        """Each member in office that day, with the field for the means."""
        for member in self.whole.members.values():
            yield {"member": member, "means": self[f"means_{member.user.public_id}"]}

    def agenda(self) -> Iterator[dict[str, Any]]:
        """Each act, with its fields, and the members who have an interest in it."""
        for item in self.items:
            act, bench = item.act.public_id, self.benches[item.act_id]
            members = [(key, one.user.public_id) for key, one in self.whole.members.items()]
            words = [self[_words(act, user)] for _key, user in members]
            yield {
                "item": item,
                "decision": self[f"decision_{act}"],
                "reason": self[f"reason_{act}"],
                "votes": [
                    self[_vote(act, user)]
                    for _key, user in members
                    if _vote(act, user) in self.fields
                ],
                "words": words,
                "has_words": any(field.value() for field in words),
                "interested": [bench.names[key] for key in bench.left_out],
            }

    def clean_document(self) -> Paper | None:
        return _must_be_pdf(self.cleaned_data["document"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for item in self.items:
            act = item.act.public_id
            votes = {given.get(_vote(act, user)) for user in self._users().values()}
            if given.get(f"decision_{act}") == ALL_FOR and votes - {None, "", Vote.Choice.FOR}:
                self.add_error(f"decision_{act}", _("Below somebody's vote is another than “For”."))
        return given

    @property
    def told(self) -> MeetingTold:
        """What the form says of the meeting."""
        given, users = self.cleaned_data, self._users()
        present = {key: means for key, user in users.items() if (means := given[f"means_{user}"])}
        items = {item.act_id: self._item_told(item, present) for item in self.items}
        return MeetingTold(present=present, items=items)

    def _item_told(self, item: AgendaItem, present: Mapping[int, str]) -> ItemTold:
        act, given, users = item.act.public_id, self.cleaned_data, self._users()
        decision = given[f"decision_{act}"]
        votes = {key: vote for key, user in users.items() if (vote := given.get(_vote(act, user)))}
        if decision == ALL_FOR:
            asked = {member.user_id for member in self.benches[item.act_id].asked}
            votes = {key: Vote.Choice.FOR.value for key in present if key in asked} | votes
        words = {key: given[_words(act, user)].strip() for key, user in users.items()}
        return ItemTold(
            decision=VOTED if decision == ALL_FOR else decision,
            votes=votes,
            words={key: said for key, said in words.items() if said},
            reason=given[f"reason_{act}"].strip() if decision == TABLED else "",
        )

    def _users(self) -> dict[int, UUID]:
        return {key: member.user.public_id for key, member in self.whole.members.items()}


def recorded_before(content: Mapping[str, Any]) -> dict[str, Any]:
    """What an earlier record says, to begin the form with."""
    initial = {f"means_{one['member']}": one["means"] or NOTHING for one in content["members"]}
    for item in content["items"]:
        act = item["act_id"]
        initial |= {f"decision_{act}": item["decision"] or NOTHING, f"reason_{act}": item["reason"]}
        for voice in item["voices"]:
            initial[_vote(act, voice["member"])] = voice["vote"]
            initial[_words(act, voice["member"])] = voice["words"]
    return initial


def _vote(act: object, user: object) -> str:
    return f"vote_{act}_{user}"


def _words(act: object, user: object) -> str:
    return f"words_{act}_{user}"
