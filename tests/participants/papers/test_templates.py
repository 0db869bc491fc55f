"""The texts of papers: written by the secretary, approved by an act, kept with each notice."""

import json
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from committee import services as committee
from committee.models import Act
from committee.selectors import checks_of
from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.rules.outcome import Refused
from participants.kinds.grant import KIND as GRANT
from participants.papers.drafting import draft_template
from participants.papers.models import Notice, PaperTemplate, TemplateDraft
from participants.papers.placeholders import our_text
from participants.papers.selectors import rendering_of, sections_of
from participants.people import services as people
from tests import cast
from tests.papers.test_typesetting import text_of
from tests.participants.conftest import Visit
from tests.participants.holders import award_of
from tests.participants.pages import auditor, words

DRAFTED, FIRST_DAY = date(2013, 1, 10), date(2013, 2, 5)
COUNSELS = """# Award letter

Dear {holder}, number {employee_number},
this letter grants you {target_shares} units on {grant_date}.

{sign_by}
"""


def drafted(
    telling: Telling,
    text: str = COUNSELS,
    *,
    kind: str = "notice",
    effective_on: date = FIRST_DAY,
    on: date = DRAFTED,
) -> TemplateDraft:
    return draft_template(
        kind=kind, text=text, effective_on=effective_on, by=telling.secretary, at=cast.noon(on)
    )


def approved(telling: Telling, draft: TemplateDraft, on: date = DRAFTED) -> PaperTemplate:
    cast.adopt(telling, "paper_template", {"draft": str(draft.public_id)}, on)
    return PaperTemplate.objects.get(draft=draft)


def grant(telling: Telling, name: str, on: date, shares: int = 10) -> Act:
    employee = str(telling.holders[name].public_id)
    asked = {"period": telling.period.label, "awards": [{"employee": employee, "shares": shares}]}
    return cast.adopt(telling, "grant", asked, on)


@pytest.fixture
def designated(db: None) -> Telling:
    """Both are designated, and nobody holds an award."""
    return cast.told(acts=cast.BEFORE_GRANTS)


def data_of(telling: Telling, name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(award_of(telling, name).notice.data)
    return told


def test_a_notice_is_written_in_the_text_in_force_on_its_grant_date_and_keeps_it(
    designated: Telling,
) -> None:
    version = approved(designated, drafted(designated))
    assert (version.version, version.language) == (2, "en")
    assert (version.approved_on, version.effective_on) == (DRAFTED, FIRST_DAY)
    grant(designated, "signed", date(2013, 2, 4))
    grant(designated, "unsigned", FIRST_DAY)
    assert not {"templates", "more"} & data_of(designated, "signed").keys()
    told = data_of(designated, "unsigned")
    assert told["templates"] == {"notice": {"version": 2, "digest": version.draft.digest}}
    assert told["more"] == {"employee_number": designated.holders["unsigned"].number}
    later = approved(designated, drafted(designated, COUNSELS.replace("units", "rights")))
    assert later.version == 3
    jobs.perform_waiting()
    before, after = (award_of(designated, name).notice for name in ("signed", "unsigned"))
    assert sections_of(before)[0].heading == "Notice of grant"
    number = designated.holders["unsigned"].number
    letter = f"Dear unsigned, number {number}, this letter grants you 10 units on 5 February 2013."
    assert (sections_of(after)[0].heading, sections_of(after)[0].paragraphs) == (
        "Award letter",
        (letter,),
    )
    assert sections_of(after)[1].heading == "1. What is granted"
    shown = text_of(bytes(_pdf(after)))
    assert letter in shown
    assert "wording 2026-1, notice of grant version 2" in shown
    assert "wording 2026-1 " in text_of(bytes(_pdf(before)))


def _pdf(notice: Notice) -> bytes:
    rendering = rendering_of(notice)
    assert rendering is not None
    return bytes(rendering.document.content)


def test_a_text_that_is_approved_after_its_day_holds_from_the_adoption_on(
    designated: Telling,
) -> None:
    draft = drafted(designated, effective_on=date(2013, 1, 1))
    assert approved(designated, draft, date(2013, 1, 20)).effective_on == date(2013, 1, 20)


def test_the_exhibit_holds_the_whole_text_and_what_differs(designated: Telling) -> None:
    text = our_text("agreement").replace("It is not property and not a trust fund.", "So it is.")
    draft = drafted(designated, text, kind="agreement")
    act = committee.propose_act(
        kind="paper_template",
        request={"draft": str(draft.public_id)},
        by=designated.secretary,
        at=cast.noon(DRAFTED),
    )
    exhibit = json.loads(act.exhibit)
    assert exhibit["ask"] == (
        "You are asked to approve version 2 of the text “Grant agreement” for grants made from "
        "5 February 2013 on. 1 paragraph of it differs from version 1."
    )
    differing, whole = (table["rows"] for table in exhibit["tables"])
    ((before, after),) = [row["cells"] for row in differing]
    assert before.endswith("It is not property and not a trust fund.")
    assert after.endswith("So it is.")
    assert whole[0]["cells"] == ["1. What is granted", after]
    assert exhibit["data"]["text"] == draft.text
    assert exhibit["resolution"] == [
        "RESOLVED, that version 2 of the text “Grant agreement”, set out in full in the exhibit, "
        f"digest {draft.digest}, is approved and takes the place of version 1 for grants made on "
        "or after 5 February 2013."
    ]
    assert [(c.passed, c.sentence) for c in checks_of(act, on=DRAFTED)] == [
        (True, "Every placeholder in the text is one that the papers know.")
    ]


def test_one_text_of_a_paper_is_before_the_committee_at_a_time(designated: Telling) -> None:
    first, second = drafted(designated), drafted(designated, COUNSELS.replace("units", "rights"))
    for draft, refusal in ((first, ""), (second, "Act .* for Notice of grant is before the")):
        with pytest.raises(Refused, match=refusal) if refusal else nullcontext():
            committee.propose_act(
                kind="paper_template",
                request={"draft": str(draft.public_id)},
                by=designated.secretary,
                at=cast.noon(DRAFTED),
            )


def test_a_draft_is_approved_once(designated: Telling) -> None:
    draft = drafted(designated)
    approved(designated, draft)
    with pytest.raises(Refused, match="This draft was approved already"):
        cast.adopt(designated, "paper_template", {"draft": str(draft.public_id)}, DRAFTED)


def test_a_value_that_is_missing_for_one_holder_stops_the_whole_grant(
    before_designation: Telling,
) -> None:
    telling = before_designation
    approved(telling, drafted(telling, COUNSELS + "\nYour grade is {grade}.\n"))
    ann = people.record_employee(
        number="77",
        name="Ann Arbor",  # nothing is on record of her before June
        email="ann@story.example",
        hired_on=date(2013, 6, 3),
        statuses={"grade": "Executive 1", "kind": "regular", "country": "US"},
        by=telling.secretary,
        at=telling.told_at,
    )
    asked = {
        "period": telling.period.label,
        "awards": [
            {"employee": str(one.public_id), "shares": 10}
            for one in (telling.holders["signed"], ann)
        ],
    }
    checks = GRANT.checks(GRANT.prepare(asked, on=FIRST_DAY), on=FIRST_DAY)
    assert [check.sentence for check in checks if "papers of" in check.sentence] == [
        "The papers of Ann Arbor need {grade}, the holder's salary grade on the day of the grant, "
        "which is not on record."
    ]
    with pytest.raises(Refused):
        committee.propose_act(
            kind="grant", request=asked, by=telling.secretary, at=cast.noon(FIRST_DAY)
        )


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (
            "notice",
            COUNSELS + "\nYou also get\n{bonus}.\n",
            "Line 9: there is no placeholder {bonus}.",
        ),
        ("notice", COUNSELS + "\n{holder\n", "Line 8: a brace stands alone"),
        ("notice", "Dear {holder}\n" + COUNSELS, "Line 1 stands before the first heading"),
        ("notice", COUNSELS + "\n## More\n", "Line 8: a heading is “# ” and its words"),
        (
            "notice",
            COUNSELS + "\n李\n",
            "Line 8 has characters that the papers can't show: '\\u674e'",
        ),
        ("notice", COUNSELS + "\nSign: {sign_by}\n", "{sign_by} stands alone between two empty"),
        ("notice", "# Award\n\nDear {holder}\n", "The text leaves out {sign_by}: the last day"),
        ("agreement", "# Award\n\nDear {holder}\n", "The text leaves out {goal}: what the"),
        ("notice", "  \n", "The text has no heading"),
        ("statement", COUNSELS, "There is no paper of the kind “statement”."),
    ],
)
def test_a_text_with_a_fault_is_not_kept_and_the_fault_is_named_with_its_line(
    before_designation: Telling, kind: str, text: str, said: str
) -> None:
    with pytest.raises(Refused) as refusal:
        drafted(before_designation, text, kind=kind)
    assert said in str(refusal.value)
    assert not TemplateDraft.objects.exists()


@pytest.mark.parametrize("kind", ["notice", "agreement", "united-kingdom"])
def test_our_own_texts_have_no_fault_and_are_kept_as_they_stand(
    before_designation: Telling, kind: str
) -> None:
    assert drafted(before_designation, our_text(kind), kind=kind).text == our_text(kind)


def test_the_secretary_writes_looks_and_puts_a_text_before_the_committee(
    designated: Telling, visit: Visit
) -> None:
    page = reverse("participants:draft_template", args=["notice"])
    sent = {"text": COUNSELS.replace("{holder}", "{name}"), "effective_on": "2013-02-05"}
    with visit(designated.secretary, DRAFTED) as browser:
        assert "# Notice of grant" in browser.get(page).content.decode()
        assert "Line 3: there is no placeholder {name}." in words(browser.post(page, sent))
        kept = browser.post(page, {**sent, "text": COUNSELS}, follow=True)
        assert "A draft, to be in force from 5 February 2013." in words(kept)
        draft = TemplateDraft.objects.get()
        sample = browser.get(reverse("participants:template_sample", args=[draft.public_id]))
        assert "Dear A. Sample, number 00000, this letter" in text_of(sample.content)
        address = reverse("participants:template_draft", args=[draft.public_id])
        act = browser.post(address, follow=True)
    assert "approve version 2 of the text “Notice of grant”" in words(act)
    cast.sign_all(Act.objects.get(kind="paper_template"), DRAFTED)
    with visit(auditor(designated), DRAFTED) as browser:
        listed = words(browser.get(reverse("participants:templates")))
        shown = words(browser.get(address))
    assert "Notice of grant version 1 our own words version 2 from 5 February 2013" in listed
    assert "approved this text as version 2, in force from 5 February 2013" in shown
    assert "Put before the Committee" not in shown
