"""Every text of the holder's pages comes from the catalogue; what is a record stays in English."""

import re
from datetime import date
from html import unescape

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from ltip.desk.scenarios.telling import Telling
from participants.papers.deciding_pages import decide_pages
from tests import cast
from tests.participants.holders import award_of, holder

DAY = date(2015, 3, 1)
# Records are marked as English; citations, digests and the boxes' sealed words are none either.
RECORDS = (
    r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>',
    r"<fieldset>\s*<legend>⟦I agree⟧</legend>.*?</fieldset>",
    r"<cite>.*?</cite>",
    r'<span class="digest">.*?</span>',
    r"<svg.*?</svg>",
)
NAMES = {"signed", "unsigned", "OURS", "UTC", "Ida", "Act"}


def left_over(page: bytes) -> list[str]:
    """Words on a page that stand in no message, names and records left out."""
    body = page.decode().partition("<body>")[2]
    for record in RECORDS:
        body = re.sub(record, " ", body, flags=re.DOTALL)
    text = unescape(strip_tags(body))
    while re.search("⟦[^⟦⟧]*⟧", text):
        text = re.sub("⟦[^⟦⟧]*⟧", " ", text)
    return [word for word in re.findall("[A-Za-z]{3,}", text) if word not in NAMES]


@pytest.mark.django_db
def test_no_text_of_the_holders_pages_is_left_out_of_the_catalogue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telling: Telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    on = date(2015, 2, 26)
    decide_pages(
        subject="standing", is_on=True, starts_on=on, by=telling.secretary, at=cast.noon(on)
    )
    award = f"/my/awards/{award_of(telling, 'signed').public_id}/"
    unsigned = f"/my/awards/{award_of(telling, 'unsigned').public_id}/"
    pages = {
        "unsigned": (f"{unsigned}notice/", f"{unsigned}notice/decline/"),
        "signed": (
            "/my/",
            "/my/history/",
            "/my/beneficiaries/",
            award,
            f"{award}granted/",
            f"{award}certified/",
            f"{award}tax/",
            f"{award}notice/",
        ),
    }
    untold: dict[str, list[str]] = {}
    for name, paths in pages.items():
        with cast.visit(holder(telling, name), DAY) as browser, monkeypatch.context() as patched:
            _mark_messages(patched)
            untold |= {path: left_over(browser.get(path).content) for path in paths}
    assert {path: words for path, words in untold.items() if words} == {}


def _mark_messages(patched: pytest.MonkeyPatch) -> None:
    def one_of(one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"

    patched.setattr(translation._trans, "gettext", lambda message: f"⟦{message}⟧")
    patched.setattr(translation._trans, "ngettext", one_of)
