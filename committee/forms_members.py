"""Seating a member, ending and correcting a term, and recording a finding of independence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.models import Membership
from ltip.records.days import DayField


def _words(label: Any, **about: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=1000, widget=forms.Textarea({"rows": 3}), **about
    )


def _position() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Position"), choices=Membership.Position.choices, widget=forms.RadioSelect
    )


class DayForm(forms.Form):
    """The day to look at."""

    on = DayField(label=_("In office on"))


class SeatForm(forms.Form):
    """Whose term begins, in which position and when."""

    email = forms.EmailField(
        label=_("E-mail address of the member"),
        help_text=_("The address with which the member signs in."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    position = _position()
    starts_on = DayField(label=_("First day of the term"))
    ends_on = DayField(
        label=_("Last day of the term"),
        required=False,
        help_text=_("Only where it is known from the start."),
    )


class EndForm(forms.Form):
    """The last day of a term."""

    ends_on = DayField(
        label=_("Last day of the term"),
        help_text=_("The member still counts toward acts of this day."),
    )
    reason = _words(_("Why it ends"), required=False)


class CorrectEndForm(forms.Form):
    """Another last day in the place of a wrong one."""

    ends_on = DayField(label=_("The right last day"))
    reason = _words(_("What was wrong"))


class CorrectTermForm(forms.Form):
    """The right position and first day in the place of wrong ones."""

    position = _position()
    starts_on = DayField(label=_("The right first day"))
    reason = _words(_("What was wrong"))


class IndependenceForm(forms.Form):
    """Whether a member was found independent, when, and where that is said."""

    is_independent = forms.TypedChoiceField(
        label=_("Was the member found independent?"),
        choices=[("yes", _("Independent")), ("no", _("Not independent"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    determined_on = DayField(label=_("Found on"))
    source = _words(
        _("By whom, and where it is said"),
        help_text=_("For instance the resolution of the Board, with its date."),
    )
