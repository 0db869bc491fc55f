"""What statuses, kinds of employment and reasons for leaving are called on a page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ltip.rules.calendars import day_text
from participants.people.models import EmployeeStatus, EndOfService

Subject = EmployeeStatus.Subject
Reason = EndOfService.Reason

SUBJECTS = {
    Subject.NAME.value: _("Name"),
    Subject.GRADE.value: _("Salary grade"),
    Subject.KIND.value: _("Kind"),
    Subject.COUNTRY.value: _("Country"),
    Subject.COVERED.value: _("Covered Employee"),
    Subject.SPECIFIED.value: _("Specified employee"),
    Subject.OFFICER.value: _("Section 16 officer"),
    Subject.LEAVE.value: _("Leave of absence"),
}
KINDS = {
    "regular": _("Regular"),
    "temporary": _("Temporary"),
    "contract": _("Contract"),
}
LEAVES = {
    "leave": _("On leave, with a right to return"),
    "leave_without_right": _("On leave, without a right to return"),
    "none": _("At work"),
}
YES_OR_NO = {"yes": _("Yes"), "no": _("No")}
REASONS = {
    Reason.DEATH.value: _("Death"),
    Reason.DISABILITY.value: _("Disability"),
    Reason.WITHOUT_CAUSE.value: _("By the company, other than for Cause"),
    Reason.CAUSE.value: _("By the company, for Cause"),
    Reason.RESIGNATION.value: _("Resignation"),
    Reason.RETIREMENT.value: _("Retirement"),
}
END_OF_SERVICE = {
    "ended_on": _("Last day of service"),
    "reason": _("Why it ended"),
    "is_totally_disabled": _("Total and permanent disability"),
    "is_disabled_under_plan": _("Disability in the Plan's sense"),
    "is_deferred": _("Non-exempt deferred compensation"),
    "separated_on": _("Separation from service on another day"),
}


def value_label(value: str) -> str:
    """A status as a page says it; grades and countries stand as they are."""
    return str({**KINDS, **YES_OR_NO, **LEAVES}.get(value, value))


@dataclass(frozen=True, slots=True)
class Difference:
    """What a correction says otherwise; an empty side: nothing was said."""

    what: str
    before: str
    after: str


def differences(earlier: EndOfService, later: EndOfService) -> list[Difference]:
    """What a later record of an end of service says otherwise than the earlier one."""
    return [
        Difference(str(label), before, after)
        for name, label in END_OF_SERVICE.items()
        if (before := _said(earlier, name)) != (after := _said(later, name))
    ]


def _said(end: EndOfService, name: str) -> str:
    value: Any = getattr(end, name)
    if name == "reason":
        return str(REASONS[value])
    if isinstance(value, bool):
        return str(YES_OR_NO["yes" if value else "no"])
    return day_text(value) if isinstance(value, date) else ""
