"""What an adopted act can be taken away as: its package, and its paper."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from committee import selectors
from committee.models import ActPaper
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


@require_GET
@open_to(*READERS)
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper as it was made; there is none before its job is done."""
    act = selectors.act_by_public_id(public_id)
    made = ActPaper.objects.filter(adoption__act=act).select_related("document").first()
    if act is None or made is None:
        raise Http404
    response = HttpResponse(bytes(made.document.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="act-{act.number}.pdf"'
    return response
