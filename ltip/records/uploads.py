"""Papers that are uploaded as evidence: what is taken, and keeping it by its digest."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ltip.records.models import Document
from ltip.records.services import store_document

LARGEST_PAPER_MB = 20
LONGEST_NAME = 200
KINDS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was uploaded; its media type is what its first bytes say."""

    name: str
    media_type: str
    content: bytes


class PaperField(forms.FileField):
    """A PDF or a picture of a paper, up to 20 MB; its value is a `Paper`, or None where none was
    given."""

    widget = forms.FileInput(attrs={"accept": ",".join(KINDS.values())})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST_PAPER_MB * 1024 * 1024:
            raise forms.ValidationError(_("At most 20 MB, please."), code="large")
        content = file.read()
        for start, media_type in KINDS.items():
            if content.startswith(start):
                return Paper(PurePath(file.name).name[-LONGEST_NAME:], media_type, content)
        raise forms.ValidationError(_("A PDF, PNG or JPEG file, please."), code="kind")


def keep(paper: Paper | None, *, at: datetime) -> Document | None:
    """Store an uploaded paper, if there is one."""
    if paper is None:
        return None
    return store_document(
        content=paper.content, name=paper.name, media_type=paper.media_type, at=at
    )
