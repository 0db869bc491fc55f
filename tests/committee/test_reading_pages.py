"""The register of readings as it is read, and the page on which the secretary proposes one."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from committee import construing
from committee.models import Act
from ltip.desk.scenarios.telling import Telling
from ltip.desk.traceability import SOURCES
from tests import cast
from tests.committee.conftest import IN_WINDOW, page_of

pytestmark = pytest.mark.django_db

REGISTER = "/committee/readings/"
CONSTRUE = "/committee/readings/construe/"
EFFECTIVE = date(2013, 3, 20)
DOWN, NEAREST = "They are rounded down.", "They are rounded to the nearest whole share, a half up."


def adopt(story: Telling, readings: dict[str, str], *, effective_on: date = EFFECTIVE) -> Act:
    asked = {
        "readings": readings,
        "effective_on": effective_on.isoformat(),
        "reason": "Counsel's letter of 1 March.",
    }
    return cast.adopt(story, "reading", asked, IN_WINDOW)


def form(**changes: str) -> dict[str, str]:
    filled_in = {
        "value": "nearest",
        "effective_on": "2013-03-20",
        "reason": "So the Plan does it elsewhere.",
    }
    return filled_in | changes


def entry_of(page: str, key: str) -> str:
    """The part of the register about one reading."""
    return page.split(f'<article id="{key}">')[1].split("</article>")[0]


def test_the_register_answers_every_question_by_its_default(story: Telling) -> None:
    with cast.visit(story.members[0], IN_WINDOW) as browser:
        page = page_of(browser.get(REGISTER))
    assert "<b>36 questions</b>" in page
    assert page.count("The default\n") == 36
    assert "Decided</span>" not in page
    rounding = entry_of(page, "shares.rounding")
    assert f"<b>{DOWN}</b>" in rounding
    assert "It could be read otherwise:" in rounding
    assert NEAREST in rounding
    assert "Nothing yet: every question is answered by its default." in page
    assert "Propose another reading" not in page


def test_it_says_what_is_decided_since_when_by_which_act_and_what_is_coming(
    story: Telling,
) -> None:
    act = adopt(story, {"shares.rounding": "nearest"})
    with cast.visit(story.members[0], date(2013, 3, 19)) as browser:
        before = entry_of(page_of(browser.get(REGISTER)), "shares.rounding")
    with cast.visit(story.members[0], EFFECTIVE) as browser:
        page = page_of(browser.get(REGISTER))
    assert f"<b>{DOWN}</b>" in before
    assert f"From 20 March 2013 on: {NEAREST}" in before
    after = entry_of(page, "shares.rounding")
    assert f"<b>{NEAREST}</b>" in after
    assert "Since 20 March 2013, by" in after
    assert f"/committee/acts/{act.public_id}/" in after
    assert "The default:" in after
    assert escape("Counsel's letter of 1 March.") in page


def test_who_may_not_read_acts_reads_their_number(story: Telling) -> None:
    act = adopt(story, {"shares.rounding": "nearest"})
    with cast.visit(story.administrator, EFFECTIVE) as browser:
        page = page_of(browser.get(REGISTER))
    assert f"act {act.number}" in entry_of(page, "shares.rounding")
    assert str(act.public_id) not in page


def test_more_decisions_ask_no_more_of_the_database(story: Telling) -> None:
    adopt(story, {"shares.rounding": "nearest"})
    counts = []
    with cast.visit(story.members[0], EFFECTIVE) as browser:
        for more in ("limits.count", "parachute.equality"):
            browser.get(REGISTER)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                page_of(browser.get(REGISTER))
            counts.append(len(queries))
            adopt(story, {more: {"limits.count": "target", "parachute.equality": "cut"}[more]})
    assert counts[0] == counts[1]


def test_the_secretary_chooses_a_question_states_the_answer_and_the_act_shows_both(
    story: Telling,
) -> None:
    with cast.visit(story.secretary, IN_WINDOW) as browser:
        assert CONSTRUE in page_of(browser.get(REGISTER))
        assert f"{CONSTRUE}?reading=shares.rounding" in page_of(browser.get(CONSTRUE))
        address = f"{CONSTRUE}?reading=shares.rounding"
        asked = page_of(browser.get(address))
        assert f"<b>{DOWN}</b>" in asked
        page = page_of(browser.post(address, form(), follow=True))
    act = Act.objects.get(kind="reading")
    assert f"The reading is before the Committee as act {act.number}." in page
    assert "How are earned shares made whole?" in page
    assert page.index("Until then") < page.index(DOWN) < page.index("From 20 March 2013 on")
    assert page.index("From 20 March 2013 on") < page.index(NEAREST)
    assert "Nothing that is sealed changes" in page
    assert "The Committee&#x27;s reason: So the Plan does it elsewhere." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "blue"}, "Select a valid choice"),
        ({"value": ""}, "This field is required."),
        ({"value": "down"}, "This reading holds then already."),
        ({"effective_on": "2013-03-03"}, "A reading does not reach back"),
        ({"reason": "   "}, "This field is required."),
    ],
)
def test_what_cannot_be_proposed_is_said_on_the_form(
    story: Telling, changes: dict[str, str], words: str
) -> None:
    with cast.visit(story.secretary, IN_WINDOW) as browser:
        answer = browser.post(f"{CONSTRUE}?reading=shares.rounding", form(**changes))
    assert words in page_of(answer)
    assert not Act.objects.filter(kind="reading").exists()


def test_an_open_act_is_shown_instead_of_the_form(story: Telling) -> None:
    address = f"{CONSTRUE}?reading=limits.count"
    with cast.visit(story.secretary, IN_WINDOW) as browser:
        browser.post(f"{CONSTRUE}?reading=shares.rounding", form())
        act = Act.objects.get(kind="reading")
        for where in (REGISTER, CONSTRUE, address):
            page = page_of(browser.get(where))
            assert f"Act {act.number} would change how the Program is read" in page
            assert "Put before the Committee</button>" not in page


def test_a_question_with_one_answer_offers_none_and_says_what_the_committee_does(
    story: Telling,
) -> None:
    with cast.visit(story.secretary, IN_WINDOW) as browser:
        page = page_of(browser.get(CONSTRUE))
    assert "?reading=cic.no_completed_quarter" not in page
    assert "The Committee decides in writing what each holder receives." in page


def test_a_question_that_the_register_does_not_know_is_not_found(story: Telling) -> None:
    with cast.visit(story.secretary, IN_WINDOW) as browser:
        assert browser.get(f"{CONSTRUE}?reading=window.colour").status_code == 404


def test_the_auditor_reads_the_proposal_and_does_not_make_one(story: Telling) -> None:
    auditor: Any = cast.staff("auditor", name="Alan", telling=story)
    address = f"{CONSTRUE}?reading=shares.rounding"
    with cast.visit(auditor, IN_WINDOW) as browser:
        page = page_of(browser.get(address))
        assert "Only the secretary puts a reading before the Committee." in page
        assert browser.post(address, form()).status_code == 403


@pytest.mark.parametrize("address", ["/committee/", "/program/"])
def test_the_docket_and_the_programs_page_lead_to_the_register(
    story: Telling, address: str
) -> None:
    with cast.visit(story.members[0], IN_WINDOW) as browser:
        page = page_of(browser.get(address))
    assert page.count(f'href="{REGISTER}"') == 1


def _touches(page: str, question: str) -> str:
    """What an entry says of whom deciding otherwise touches."""
    article = page.split(f'id="{question}"')[1].split("</article>")[0]
    return " ".join(article.split("Deciding otherwise touches")[1].split("</p>")[0].split())


def test_a_question_of_the_window_touches_the_periods_whose_window_is_open(
    story: Telling, on: Any, browser: Any
) -> None:
    with on(IN_WINDOW):
        page = page_of(browser(story.secretary).get(REGISTER))
    assert _touches(page, "window.counting") == "2013–2014 (no award yet)."
    assert _touches(page, "shares.rounding") == "no open period or award today."


def test_a_question_of_the_measurement_touches_awards_until_they_are_certified(
    db: None, on: Any, browser: Any
) -> None:
    before = cast.told(acts=cast.BEFORE_CERTIFICATION)
    with on(date(2015, 2, 24)):
        page = page_of(browser(before.secretary).get(REGISTER))
        construe = page_of(browser(before.secretary).get(f"{CONSTRUE}?reading=percentile.ties"))
    assert _touches(page, "percentile.ties") == "2013–2014 (2 awards)."
    assert _touches(page, "window.counting") == "no open period or award today."
    assert "Deciding otherwise touches" in construe
    assert 'href="/traceability/#ga-2"' in construe


def test_a_certified_award_is_touched_by_questions_of_its_settlement_only(
    db: None, on: Any, browser: Any
) -> None:
    certified = cast.told(acts=cast.BEFORE_SETTLEMENT)
    with on(date(2015, 3, 1)):
        page = page_of(browser(certified.secretary).get(REGISTER))
    assert _touches(page, "percentile.ties") == "no open period or award today."
    assert _touches(page, "withholding.rounding") == "2013–2014 (2 awards)."


def test_every_place_of_a_reading_leads_to_what_the_source_asks_there() -> None:
    anchors = {place.anchor for source in SOURCES for place in source.places}
    led = {
        anchor
        for section in construing.register_on(IN_WINDOW, decided=[])
        for entry in section.entries
        for _, anchor in entry.places
        if anchor
    }
    assert {"p-grants", "ga-2", "ga-recitals"} <= led <= anchors
