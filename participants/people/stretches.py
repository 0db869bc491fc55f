"""Keeping the stretches of the dated records, by which the database filters employees.

They follow from the records alone. Every one of these names its seal, and seals are numbered in
the order in which they come to be seen: what is new is what has a later one.
"""

from collections.abc import Iterable
from datetime import date
from itertools import chain

from django.db import transaction
from django.db.models import Q, QuerySet

from ltip.records.locks import lock
from ltip.records.models import Seal
from ltip.rules.stretches import Stretch, eligible_stretches, stretches_of
from participants.people.models import (
    Employee,
    EmployeeStatus,
    EndOfService,
    StatusStretch,
    StretchesKnown,
)
from participants.people.selectors import Person, persons

Subject = StatusStretch.Subject
AT_ONCE = 500


def stretches_on(day: date, subject: str) -> QuerySet[StatusStretch]:
    """What holds of a subject on a day: one stretch of each employee at most."""
    return StatusStretch.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=day), subject=subject, since__lte=day
    )


def keep_stretches() -> int:
    """Bring the stretches up to the records; how many employees that concerned.

    Safe to call at any time, and cheap where nothing is new.
    """
    if not _changed_since(_known_through()).exists():
        return 0
    with transaction.atomic():
        lock("stretches")
        newest = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
        changed = list(_changed_since(_known_through()))
        for first in range(0, len(changed), AT_ONCE):
            _make_again(changed[first : first + AT_ONCE])
        StretchesKnown.objects.update_or_create(singleton=True, defaults={"through_seal": newest})
    return len(changed)


def _known_through() -> int:
    return StretchesKnown.objects.values_list("through_seal", flat=True).first() or 0


def _changed_since(seal: int) -> QuerySet[Employee, int]:
    """The keys of employees about whom something was sealed since."""
    return (
        Employee.objects.filter(seal__gt=seal)
        .values_list("pk", flat=True)
        .union(
            EmployeeStatus.objects.filter(seal__gt=seal).values_list("employee_id", flat=True),
            EndOfService.objects.filter(seal__gt=seal).values_list("employee_id", flat=True),
        )
    )


def _make_again(keys: list[int]) -> None:
    people = persons(Employee.objects.filter(pk__in=keys))
    StatusStretch.objects.filter(employee__in=keys).delete()
    StatusStretch.objects.bulk_create(chain.from_iterable(_rows(person) for person in people))


def _rows(person: Person) -> Iterable[StatusStretch]:
    eligible = eligible_stretches(
        hired=person.employee.hired_on,
        kinds=person.statuses.get(EmployeeStatus.Subject.KIND, ()),
        grades=person.statuses.get(EmployeeStatus.Subject.GRADE, ()),
        service_ended=person.service_end.ended_on if person.service_end else None,
    )
    yield from (_row(person, Subject.ELIGIBLE, stretch) for stretch in eligible)
    for subject in (Subject.GRADE, Subject.COUNTRY, Subject.COVERED):
        history = person.statuses.get(subject.value, ())
        yield from (_row(person, subject, stretch) for stretch in stretches_of(history))


def _row(person: Person, subject: str, stretch: Stretch) -> StatusStretch:
    return StatusStretch(
        employee=person.employee,
        subject=subject,
        value=stretch.value,
        since=stretch.since,
        ends_before=stretch.ends_before,
    )
