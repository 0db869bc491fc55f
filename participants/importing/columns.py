"""What a file may say of an employee, under which headings it is known, and what is remembered."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ltip.accounts.models import User
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.canonical import canonical_text
from ltip.rules.outcome import Refused
from participants.importing.models import ColumnMapping
from participants.importing.sheets import PLACE


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a file may say: `heading` is that of our template, `known_as` others' words."""

    key: str
    label: Any
    heading: str
    known_as: tuple[str, ...] = ()
    is_needed: bool = False
    hint: Any = ""


FACTS = (
    Fact(
        "number",
        _("Employee number"),
        "Employee number",
        ("employee id", "personnel number", "number", "id"),
        True,
        _("By it the file and the record find each other."),
    ),
    Fact("name", _("Name"), "Name", ("full name", "employee name"), True),
    Fact("email", _("E-mail"), "E-mail", ("email", "email address", "work email"), True),
    Fact(
        "hired_on",
        _("Hired on"),
        "Hired on",
        ("hire date", "date of hire", "start date"),
        True,
    ),
    Fact("grade", _("Salary grade"), "Salary grade", ("grade", "pay grade", "level"), True),
    Fact(
        "kind",
        _("Kind of employment"),
        "Kind of employment",
        ("employment kind", "employment type", "kind", "type"),
        True,
        _("regular, temporary or contract"),
    ),
    Fact("country", _("Country"), "Country", ("country code",), True, _("Two letters: US, GB.")),
    Fact(
        "holds_from",
        _("Holds from"),
        "Holds from",
        ("effective date", "valid from"),
        False,
        _("The day from which on the line holds; where it is empty, the day said with the file."),
    ),
    Fact("covered", _("Covered Employee"), "Covered Employee", (), False, _("yes or no")),
    Fact("specified", _("Specified employee"), "Specified employee", (), False, _("yes or no")),
    Fact(
        "officer",
        _("Section 16 officer"),
        "Section 16 officer",
        ("section 16",),
        False,
        _("yes or no"),
    ),
    Fact(
        "ended_on",
        _("Last day of service"),
        "Last day of service",
        ("termination date", "end date", "last day"),
    ),
    Fact(
        "end_reason",
        _("Why it ended"),
        "Why it ended",
        ("termination reason", "reason for leaving"),
        False,
        _("death, disability, without cause, cause, resignation or retirement"),
    ),
    Fact("address", _("Home address"), "Home address", ("address",), False, _("Kept encrypted.")),
    Fact(
        "birth_date",
        _("Birth date"),
        "Birth date",
        ("date of birth",),
        False,
        _("Kept encrypted."),
    ),
    Fact(
        "tax_number",
        _("Tax number"),
        "Tax number",
        ("ssn", "social security number", "national insurance number"),
        False,
        _("Kept encrypted."),
    ),
)
LABELS = {fact.key: fact.label for fact in FACTS}
NEEDED = tuple(fact.key for fact in FACTS if fact.is_needed)
PERSONAL = ("address", "birth_date", "tax_number")
EXAMPLE = (
    ("00042", "Ann Example", "ann@example.com", "2010-05-03", "Executive 2", "regular", "US"),
    ("00043", "Zoë Müller", "zoe@example.com", "2012-01-09", "Director", "regular", "GB"),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each fact stands in a file, and how days are written there."""

    index: dict[str, int]
    heading: tuple[str, ...]
    day_order: str

    def heading_of(self, fact: str) -> str:
        return self.heading[self.index[fact]]


def columns_of(mapping: ColumnMapping) -> dict[str, str]:
    """The heading of each mapped fact."""
    read: dict[str, str] = json.loads(mapping.columns)
    return read


def remembered() -> ColumnMapping | None:
    """The mapping that holds for the next file."""
    return ColumnMapping.objects.order_by("-pk").first()


def missing_headings(mapping: ColumnMapping, heading: list[str]) -> dict[str, str]:
    """The mapped facts whose heading a file does not have: renamed or left out."""
    there = {cell.casefold() for cell in heading}
    return {
        fact: named for fact, named in columns_of(mapping).items() if named.casefold() not in there
    }


def placed(mapping: ColumnMapping, heading: list[str]) -> Columns:
    """Where the mapped facts stand in a file with that heading; refuses a renamed column."""
    missing = missing_headings(mapping, heading)
    if missing:
        named = ", ".join(f"“{cell}”" for cell in missing.values())
        raise Refused(
            f"The file has no column {named}.",
            place=PLACE,
            remedy="Say under which heading it stands now.",
        )
    there = {cell.casefold(): index for index, cell in enumerate(heading)}
    found = {fact: there[named.casefold()] for fact, named in columns_of(mapping).items()}
    return Columns(found, tuple(heading), mapping.day_order)


def proposed(heading: list[str]) -> dict[str, str]:
    """A first mapping: what is remembered and there, else what a heading is known as."""
    there = {cell.casefold(): cell for cell in heading if cell}
    mapping = remembered()
    known = columns_of(mapping) if mapping else {}
    found: dict[str, str] = {}
    for fact in FACTS:
        names = [known.get(fact.key, ""), fact.heading, *fact.known_as]
        match = next((there[name.casefold()] for name in names if name.casefold() in there), "")
        if match and match not in found.values():
            found[fact.key] = match
    return found


@transaction.atomic
def map_columns(
    *, columns: dict[str, str], day_order: str, by: User, at: datetime
) -> ColumnMapping:
    """Remember under which heading each fact stands; refuses one heading for two facts, and a
    mapping without what everyone on record has (P Eligibility)."""
    columns = {fact.key: columns[fact.key] for fact in FACTS if columns.get(fact.key)}
    for fact in NEEDED:
        if fact not in columns:
            raise Refused(f"Say which column holds: {LABELS[fact]}.", place=PLACE)
    for fact, named in columns.items():
        twice = [other for other, heading in columns.items() if heading == named]
        if twice[0] != fact:
            raise Refused(
                f"The column “{named}” is chosen twice: {LABELS[twice[0]]}, {LABELS[fact]}.",
                place=PLACE,
            )
    if ("ended_on" in columns) != ("end_reason" in columns):
        raise Refused(
            "The last day of service and why it ended go together: what becomes of awards hangs "
            "on the reason.",
            place="P Termination of Employment",
            remedy="Map both columns, or neither.",
        )
    lock("employee columns")
    seal = records.seal(
        kind="participants.employee_columns.mapped",
        content={"columns": columns, "day_order": day_order},
        by=by,
        at=at,
    )
    return ColumnMapping.objects.create(
        columns=canonical_text(columns), day_order=day_order, seal=seal
    )


def template_rows(today: date) -> list[tuple[str, ...]]:
    """The template: our headings, and two invented employees to write over."""
    rest = len(FACTS) - len(EXAMPLE[0]) - 1
    return [
        tuple(fact.heading for fact in FACTS),
        *((*row, today.isoformat(), *[""] * rest) for row in EXAMPLE),
    ]
