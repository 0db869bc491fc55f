"""Stored papers as they are handed out."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from ltip.records.models import Document


def as_download(document: Document) -> HttpResponse:
    """A stored paper, byte for byte, as a file to keep."""
    return HttpResponse(
        bytes(document.content),
        content_type=document.media_type,
        headers={"Content-Disposition": content_disposition_header(True, document.name) or ""},
    )
