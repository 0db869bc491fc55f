"""Stored papers as they are handed out."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from ltip.records.models import Document


def as_download(document: Document) -> HttpResponse:
    """A stored paper, byte for byte, as a file to keep."""
    return HttpResponse(
        bytes(document.content),
        content_type=document.media_type,
        headers={"Content-Disposition": content_disposition_header(True, document.name) or ""},
    )


def paper_of(rows: QuerySet[Any], *, number: int) -> HttpResponse:
    """The paper kept with the row that was sealed under a number; not found where there is none."""
    kept = rows.filter(seal_id=number, document__isnull=False).select_related("document").first()
    if kept is None:
        raise Http404
    return as_download(kept.document)
