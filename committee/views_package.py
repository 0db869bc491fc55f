"""The package of an adopted act, to be verified and computed again elsewhere."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from committee import selectors
from committee.package import package_of
from committee.views import READERS
from ltip.accounts.access import open_to


@require_GET
@open_to(*READERS)
def package(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The package as one zip; only an adopted act has one."""
    act = selectors.act_by_public_id(public_id)
    if act is None or not hasattr(act, "adoption"):
        raise Http404
    response = HttpResponse(package_of(act), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="act-{act.number}.zip"'
    return response
