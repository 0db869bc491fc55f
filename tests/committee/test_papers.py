"""The paper of an act: drawn from its record alone, archival, the same each time."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from committee.elsewhere import record_consent_elsewhere, record_meeting_elsewhere
from committee.models import Act, Adoption
from committee.paper_jobs import sealed_act
from committee.papers import Sealed, render_paper
from ltip.desk.scenarios.telling import Telling
from tests import cast
from tests.committee.conftest import CERTIFYING, members
from tests.committee.test_elsewhere import dated, told

pytestmark = pytest.mark.django_db


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def words_of(content: bytes) -> str:
    pages = (page.extract_text() for page in read(content).pages)
    return re.sub(r"\s+", " ", " ".join(pages))


def changed(sealed: Sealed, change: Callable[[Any], object]) -> Sealed:
    """The same record with something else in it."""
    record = json.loads(sealed.text)
    change(record)
    return replace(sealed, text=json.dumps(record))


@pytest.fixture
def certified(certification: Act) -> Sealed:
    """We are second of three, and two awards earn 300 and 41."""
    cast.sign_all(certification, CERTIFYING)
    return sealed_act(Adoption.objects.select_related("seal").get(act=certification))


def test_it_says_what_was_decided_with_the_figures_the_ranking_and_each_holders_shares(
    certified: Sealed,
) -> None:
    words = words_of(render_paper(certified))
    assert "The company of the story" in words
    assert "Act 2015-01 of the Compensation Committee, 24 February 2015" in words
    assert "Adopted in writing on 24 February 2015." in words
    assert "its rank 2 of 3 and its percentile 50" in words
    assert "Rank 2 of 3 Percentile 50 Earned 100 % Shares in all 341" in words
    assert "1 HIGH +50.00 % 2 OURS +30.00 % 3 LOW +10.00 %" in words
    assert "signed 300 300 unsigned 41 41" in words


def test_it_says_how_the_act_was_adopted_and_who_signed_when_and_how(certified: Sealed) -> None:
    words = words_of(render_paper(certified))
    assert (
        "Unanimous written consent. Every one of 3 members in office signs; all have. "
        "(P Administration)"
    ) in words
    assert words.count("I consent in writing to its adoption without a meeting.") == 1
    for name, position in (("chair", "Chair"), ("second", "Member"), ("third", "Member")):
        assert (
            f"{name}, {position} Signed 24 February 2015, 12:00:00 UTC "
            "Identity proved by password, from 192.0.2.7, with a test"
        ) in words


def test_a_signature_given_in_another_zone_is_told_in_both(certified: Sealed) -> None:
    def signed_at_night(record: Any) -> None:
        record["content"]["signatures"][0] |= {
            "signed_at": "2015-02-24T23:30:00.000000Z",
            "zone": "Europe/Berlin",
        }

    assert (
        "Signed 24 February 2015, 23:30:00 UTC (25 February 2015, 00:30:00 in Europe/Berlin)"
    ) in words_of(render_paper(changed(certified, signed_at_night)))


def test_it_names_its_record_and_says_that_the_record_is_the_original(
    certified: Sealed, certification: Act
) -> None:
    seal = Adoption.objects.get(act=certification).seal
    words = words_of(render_paper(certified))
    assert "The original of this act is its record in the Company's chain of records" in words
    assert f"Record {seal.number} Sealed 24 February 2015, 12:00:00 UTC" in words
    assert f"Digest of the record (SHA-256) {seal.digest}" in words
    assert f"Digest of the record before {seal.previous_digest}" in words
    assert f"Digest of what the members were shown {certification.exhibit_digest}" in words


def test_the_same_record_gives_the_same_bytes_and_another_gives_others(certified: Sealed) -> None:
    paper = render_paper(certified)
    assert render_paper(changed(certified, lambda record: None)) == paper
    assert render_paper(replace(certified, digest="0" * 64)) != paper


def test_it_is_archival_accessible_and_dated_by_the_act(certified: Sealed) -> None:
    paper = read(render_paper(certified))
    claims = paper.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert paper.metadata is not None
    assert paper.metadata.creation_date is not None
    assert paper.metadata.creation_date.date() == CERTIFYING
    assert paper.metadata.title == "Certify the 2013–2014 performance period"


def test_every_page_of_a_demonstrations_paper_says_so_and_of_no_other(certified: Sealed) -> None:
    demonstration = read(render_paper(changed(certified, lambda r: r.update(demonstration=True))))
    assert len(demonstration.pages) > 1
    assert all("DEMONSTRATION" in page.extract_text() for page in demonstration.pages)
    assert "a key that the demonstration made for itself signed it" in re.sub(
        r"\s+", " ", demonstration.pages[0].extract_text()
    )
    assert "demonstration" not in words_of(render_paper(certified)).lower()


def test_every_page_has_the_acts_number_and_its_own(certified: Sealed) -> None:
    pages = read(render_paper(certified)).pages
    for number, page in enumerate(pages, start=1):
        words = re.sub(r"\s+", " ", page.extract_text())
        assert f"Act 2015-01 · record 53 · {certified.digest[:16]}" in words
        assert f"page {number} of {len(pages)}" in words


def test_a_character_that_the_fonts_lack_is_written_as_its_code_point(certified: Sealed) -> None:
    def renamed(record: Any) -> None:
        record["content"]["signatures"][0]["name"] = "中 Li"
        record["content"]["exhibit"]["tables"][1]["rows"][0]["cells"][0] = "\u202eLi"

    words = words_of(render_paper(changed(certified, renamed)))
    assert "[U+4E2D] Li, Chair" in words
    assert "[U+202E]Li 300 300" in words


def test_a_note_stands_with_its_row(certified: Sealed) -> None:
    def noted(record: Any) -> None:
        record["content"]["exhibit"]["tables"][0]["rows"][2]["note"] = "delisted on 3 March 2014"

    assert "3 LOW +10.00 % delisted on 3 March 2014" in words_of(
        render_paper(changed(certified, noted))
    )


def test_what_was_recorded_later_shows_both_dates_the_minutes_and_who_recorded_it(
    story: Telling,
) -> None:
    act = dated(story)
    recorded = told(story, act)
    adoption = record_consent_elsewhere(**recorded, signed_by=members())
    words = words_of(render_paper(sealed_act(adoption)))
    assert (
        "Adopted elsewhere on 4 March 2013 and recorded here on 1 April 2013, 28 days later."
    ) in words
    assert f"Digest of the minutes {recorded['document'].digest}" in words
    assert "chair Voted: for second Voted: for third Voted: for" in words
    assert f"{story.secretary.name}, Recorded it Recorded 1 April 2013" in words


def test_the_votes_of_a_meeting_are_told(story: Telling) -> None:
    act = dated(story)
    chair, second, third = members()
    adoption = record_meeting_elsewhere(
        **told(story, act),
        present=[chair, second, third],
        choices={chair.pk: "for", second.pk: "for", third.pk: "abstaining"},
    )
    sealed = sealed_act(adoption)
    words = words_of(render_paper(sealed))
    assert "chair Voted: for second Voted: for third Voted: abstaining" in words

    def interested(record: Any) -> None:
        record["content"]["procedure"]["voices"][2]["vote"] = ""

    assert "third Present, and has no vote on this act" in words_of(
        render_paper(changed(sealed, interested))
    )


def test_a_record_of_the_first_schema_has_a_paper_too(certified: Sealed) -> None:
    def older(record: Any) -> None:
        content = record["content"]
        content["procedure"] = "unanimous written consent"
        for newer in ("rules", "document", "recorded_on", "recorded_days_later"):
            del content[newer]

    words = words_of(render_paper(changed(certified, older)))
    assert "Procedure Unanimous written consent. Who acted" in words
