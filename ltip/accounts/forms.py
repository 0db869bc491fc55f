from typing import Any

from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from ltip.accounts.access import has_second_factor, is_asked_for_code


def code_field(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    """A code as phones and browsers fill it in."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=40,
        error_messages={"required": _("A code is asked for here.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "size": 12}
        ),
    )


class PasswordForm(forms.Form):
    """The password given again, before a binding step.

    Who asks is known from the request being answered, so that no form that inherits can forget
    the field for a code.
    """

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if context.request is not None and has_second_factor(context.request):
            self.fields["password"].required = False
            self.fields["one_time_code"] = (
                code_field(
                    _("Code from your app"),
                    help_text=_("The company asks for it here. A recovery code counts as well."),
                )
                if is_asked_for_code(context.request)
                else code_field(
                    _("Code from your app"),
                    help_text=_(
                        "The password or a code is enough. A recovery code counts as well."
                    ),
                    required=False,
                )
            )

    @property
    def proof_fields(self) -> list[forms.BoundField]:
        """What the person proves their identity with, for templates that place it themselves."""
        return [self[name] for name in ("password", "one_time_code") if name in self.fields]


class CodeForm(forms.Form):
    """The code asked for after the password, when signing in."""

    one_time_code = code_field(_("Code from your app, or a recovery code"))


class BothForm(PasswordForm):
    """The password and, where there is a second factor, a code as well: it is to be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
        if "one_time_code" in self.fields:
            self.fields["one_time_code"].help_text = _("A recovery code counts as well.")


class SetUpForm(BothForm):
    """The first code of a new app, which shows that it was set up rightly."""

    new_code = code_field(_("Code that the app shows now"))
    field_order = ("new_code", "password", "one_time_code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "one_time_code" in self.fields:
            self.fields["one_time_code"].label = _("Code from the app you have used so far")
