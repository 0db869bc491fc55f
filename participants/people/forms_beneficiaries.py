"""Whom a holder names to take the shares: rows that the holder fills in, or human resources."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ltip.accounts.forms import PasswordForm
from ltip.records.days import DayField
from ltip.records.uploads import PaperField
from participants.people.forms_leaving import PAPER_HINT
from participants.people.heirs import Heirs
from participants.people.succession import Named

PRIMARY, CONTINGENT = "", "contingent-"
ROWS = {PRIMARY: 6, CONTINGENT: 4}
VISIBLE = 3  # primary rows that are not folded away
Row = tuple[BoundField, BoundField, BoundField]


def _in_use(rows: list[Row]) -> bool:
    return any(field.value() or field.errors for row in rows for field in row)


class RowsForm(forms.Form):
    """Rows of primary and of contingent beneficiaries; rows left empty count for nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rank, row in self._places():
            words = {"row": row}
            self.fields[f"{rank}name-{row}"] = forms.CharField(
                label=_("Name %(row)s") % words, required=False, max_length=200
            )
            self.fields[f"{rank}relationship-{row}"] = forms.CharField(
                label=_("Relationship %(row)s") % words, required=False, max_length=100
            )
            self.fields[f"{rank}percent-{row}"] = forms.DecimalField(
                label=_("Part %(row)s in percent") % words,
                required=False,
                max_digits=5,
                decimal_places=2,
                widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
            )

    @property
    def primary_rows(self) -> list[Row]:
        return self._rows(PRIMARY)

    @property
    def contingent_rows(self) -> list[Row]:
        return self._rows(CONTINGENT)

    @property
    def has_many_primary(self) -> bool:
        """Whether the rows that stand folded away are in use."""
        return _in_use(self.primary_rows[VISIBLE:])

    @property
    def has_contingent(self) -> bool:
        return _in_use(self.contingent_rows)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for rank, row in self._places():
            if f"{rank}percent-{row}" not in told:
                continue
            name, percent = told.get(f"{rank}name-{row}"), told[f"{rank}percent-{row}"]
            if name and percent is None:
                self.add_error(f"{rank}percent-{row}", _("Say the part in percent."))
            if not name and (percent is not None or told.get(f"{rank}relationship-{row}")):
                self.add_error(f"{rank}name-{row}", _("Say who it is."))
        return told

    @property
    def beneficiaries(self) -> list[Named]:
        """The rows filled in, as the services are given them: the primary ones first."""
        told = self.cleaned_data
        return [
            Named(
                told[f"{rank}name-{row}"],
                told[f"{rank}relationship-{row}"],
                told[f"{rank}percent-{row}"],
                is_contingent=rank == CONTINGENT,
            )
            for rank, row in self._places()
            if told[f"{rank}name-{row}"]
        ]

    def _rows(self, rank: str) -> list[Row]:
        return [
            (
                self[f"{rank}name-{row}"],
                self[f"{rank}relationship-{row}"],
                self[f"{rank}percent-{row}"],
            )
            for row in range(1, ROWS[rank] + 1)
        ]

    @staticmethod
    def _places() -> Iterator[tuple[str, int]]:
        for rank, rows in ROWS.items():
            for row in range(1, rows + 1):
                yield rank, row


class BeneficiariesForm(RowsForm):
    """Whom a holder named on a paper that was filed."""

    designated_on = DayField(
        label=_("Day of the holder's paper"),
        help_text=_("The designation of the latest day holds."),
    )
    document = PaperField(label=_("What the holder filed"), help_text=PAPER_HINT)


class OwnBeneficiariesForm(RowsForm, PasswordForm):
    """Whom the holder names from today on, with the password again."""

    def __init__(self, *args: Any, heirs: Heirs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rank, named in ((PRIMARY, heirs.primary), (CONTINGENT, heirs.contingent)):
            for row, beneficiary in enumerate(named[: ROWS[rank]], start=1):
                self.initial[f"{rank}name-{row}"] = beneficiary.name
                self.initial[f"{rank}relationship-{row}"] = beneficiary.relationship
                self.initial[f"{rank}percent-{row}"] = f"{beneficiary.percent.normalize():f}"

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not self.errors and not self.beneficiaries:
            self.add_error("name-1", _("Name at least one, or revoke below what you named."))
        return told


class RevocationForm(PasswordForm):
    """Taking back every beneficiary, with the password again."""


class DesignationPaperForm(forms.Form):
    """A signed paper that belongs to what the holder named."""

    received_on = DayField(label=_("Received on"))
    paper = PaperField(label=_("The signed paper"), help_text=PAPER_HINT)
