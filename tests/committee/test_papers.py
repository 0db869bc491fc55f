"""The paper of an act: drawn from its record alone, archival, signed once and kept."""

import io
import json
import re
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from committee.elsewhere import record_meeting_elsewhere
from committee.models import Act, Adoption
from committee.paper_jobs import sealed_act
from committee.papers import Sealed, render_paper
from ltip.desk.scenarios.telling import Telling
from tests import cast
from tests.committee.conftest import CERTIFYING, IN_WINDOW, members, propose
from tests.committee.test_elsewhere import dated, told

pytestmark = pytest.mark.django_db


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def words_of(content: bytes) -> str:
    pages = (page.extract_text() for page in read(content).pages)
    return re.sub(r"\s+", " ", " ".join(pages).replace("\u200b", ""))


def adopted(act: Act, **on: Any) -> Adoption:
    cast.sign_all(act, **on)
    return Adoption.objects.select_related("seal").get(act=act)


@pytest.fixture
def certified(certification: Act) -> Sealed:
    """We are second of three, and two awards earn 300 and 41."""
    return sealed_act(adopted(certification, on=CERTIFYING))

def test_x(certified):
    import time
    t=time.time(); c=render_paper(certified); print(time.time()-t, len(c))
    open("/tmp/sealing-cert.pdf","wb").write(c)
    print(words_of(c))
    assert 0
