"""The enrolment list as forms: whom to show, who is on it, and what the secretary confirms."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from participants.awards.candidates import (
    DECIDED,
    ELIGIBLE,
    LATER,
    LISTED,
    NOT_ELIGIBLE,
    Candidates,
    Wanted,
)
from participants.awards.enrolment import Candidate
from participants.awards.services import LARGEST_TARGET

STATUSES = {
    ELIGIBLE: _("Eligible"),
    LISTED: _("On the list"),
    DECIDED: _("Granted or before the Committee"),
    LATER: _("Eligible from a later cycle"),
    NOT_ELIGIBLE: _("Not eligible"),
}
SHARES = "shares-"


class WantedForm(forms.Form):
    """Whom the page shows; anything it doesn't know asks for nothing."""

    status = forms.ChoiceField(label=_("Who"), required=False)
    text = forms.CharField(label=_("Name or number"), required=False, max_length=200)
    grade = forms.ChoiceField(label=_("Salary grade"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(
        self, data: Mapping[str, Any], *, candidates: Candidates, counts: Mapping[str, int]
    ) -> None:
        told = {name: data.get(name, "") for name in ("status", "text", "grade", "country")}
        first = DECIDED if candidates.window.is_over else ELIGIBLE
        super().__init__({**told, "status": told["status"] or first})
        offered: dict[str, list[tuple[Any, Any]]] = {
            "status": [(key, f"{label} ({counts[key]:,})") for key, label in STATUSES.items()],
            "grade": [("", _("all")), *((grade, grade) for grade in candidates.grades())],
            "country": [("", _("all")), *((one, one) for one in candidates.countries())],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    @property
    def wanted(self) -> Wanted:
        self.full_clean()
        told = {name: value for name, value in self.cleaned_data.items() if value}
        return Wanted(**told)


class Row(NamedTuple):
    """A candidate with the two fields of the row, where the candidate may be chosen."""

    candidate: Candidate
    chosen: BoundField | None
    shares: BoundField | None


class EnrolmentForm(forms.Form):
    """For each employee of a page who may be chosen: whether, and with how many target shares."""

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for candidate in candidates:
            if not candidate.may_be_chosen:
                continue
            self.fields[f"chosen-{candidate.public_id}"] = forms.BooleanField(
                label=candidate.name,
                required=False,
                initial=candidate.listed_shares is not None,
            )
            self.fields[f"{SHARES}{candidate.public_id}"] = forms.IntegerField(
                label=_("Target shares of %(name)s") % {"name": candidate.name},
                required=False,
                min_value=1,
                max_value=LARGEST_TARGET,
                initial=candidate.listed_shares,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )

    @staticmethod
    def named_in(data: Mapping[str, Any]) -> list[str]:
        """The employees whose rows were sent, whatever the page would show now."""
        return [name.removeprefix(SHARES) for name in data if name.startswith(SHARES)]

    def rows(self) -> Iterator[Row]:
        for candidate in self.candidates:
            public_id = candidate.public_id
            if candidate.may_be_chosen:
                fields = self[f"chosen-{public_id}"], self[f"{SHARES}{public_id}"]
                yield Row(candidate, *fields)
            else:
                yield Row(candidate, None, None)

    @property
    def may_be_saved(self) -> bool:
        return bool(self.fields)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for candidate in self.candidates:
            chosen, shares = f"chosen-{candidate.public_id}", f"{SHARES}{candidate.public_id}"
            if chosen not in self.fields:
                if chosen in self.data:
                    self.add_error(None, _no_longer(candidate))
            elif shares in told and told[chosen] and told[shares] is None:
                self.add_error(shares, _("Say how many, or take the tick away."))
            elif shares in told and not told[chosen] and told[shares] != candidate.listed_shares:
                self.add_error(shares, _("Tick the name too, or leave the number out."))
        return told

    @property
    def changes(self) -> dict[str, int | None]:
        """What `propose_awards` is given: the rows that say otherwise than the list does."""
        found = {}
        for candidate in self.candidates:
            if candidate.is_decided:
                continue
            told, key = self.cleaned_data, candidate.public_id
            count = told[f"{SHARES}{key}"] if told.get(f"chosen-{key}") else None
            if count != candidate.listed_shares:
                found[key] = count
        return found


def _no_longer(candidate: Candidate) -> str:
    decided = candidate.eligibility
    reason = f"{decided.place}: {decided.because}"
    if candidate.is_decided:
        reason = str(_("The award is granted, or before the Committee."))
    return str(_("%(name)s can no longer be chosen.") % {"name": candidate.name}) + f" {reason}"


class ProposalForm(forms.Form):
    """What the secretary read before putting it before the Committee, by its digest."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
