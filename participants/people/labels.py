"""What statuses, kinds of employment and reasons for leaving are called on a page."""

from django.utils.translation import gettext_lazy as _

from participants.people.models import EmployeeStatus, EndOfService

Subject = EmployeeStatus.Subject
Reason = EndOfService.Reason

SUBJECTS = {
    Subject.GRADE.value: _("Salary grade"),
    Subject.KIND.value: _("Kind"),
    Subject.COUNTRY.value: _("Country"),
    Subject.COVERED.value: _("Covered Employee"),
    Subject.SPECIFIED.value: _("Specified employee"),
    Subject.OFFICER.value: _("Section 16 officer"),
}
KINDS = {
    "regular": _("Regular"),
    "temporary": _("Temporary"),
    "contract": _("Contract"),
}
YES_OR_NO = {"yes": _("Yes"), "no": _("No")}
REASONS = {
    Reason.DEATH.value: _("Death"),
    Reason.DISABILITY.value: _("Total and permanent disability"),
    Reason.WITHOUT_CAUSE.value: _("By the company, other than for Cause"),
    Reason.CAUSE.value: _("By the company, for Cause"),
    Reason.RESIGNATION.value: _("Resignation"),
    Reason.RETIREMENT.value: _("Retirement"),
}


def value_label(value: str) -> str:
    """A status as a page says it; grades and countries stand as they are."""
    return str({**KINDS, **YES_OR_NO}.get(value, value))
