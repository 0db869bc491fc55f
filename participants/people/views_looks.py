"""Who looked at whose personal data: for the auditor, and nobody who might be in it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ltip import clock
from ltip.accounts.access import open_to
from ltip.records.selectors import looks_at_personal_data
from participants.people.selectors import employees_by_public_id, employees_found

ON_A_PAGE = 50
MOST_NAMED = 200


@require_GET
@open_to()
def looks(request: HttpRequest) -> HttpResponse:
    """Every look at personal data, the latest first."""
    name = request.GET.get("name", "")[:200].strip()
    named = employees_found(on=clock.today(), name=name)[:MOST_NAMED] if name else ()
    found = looks_at_personal_data(
        viewer_named=name, subjects=[str(employee.public_id) for employee in named]
    )
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    people = employees_by_public_id(row.subject for row in rows if _is_identifier(row.subject))
    return render(
        request,
        "participants/people/looks.html",
        {
            "page": page,
            "rows": [(row, people.get(row.subject)) for row in rows],
            "name": name,
        },
    )


def _is_identifier(subject: str) -> bool:
    try:
        UUID(subject)
    except ValueError:
        return False
    return True
