"""The secretary changes the text of an open act: signatures so far are void, and it is said."""

import json
from typing import Any

import pytest

from committee import selectors
from committee.models import Act, Adoption, Revision
from committee.revising import NeedsConfirmation, revise_resolution
from ltip.desk.scenarios.telling import Telling
from ltip.records.selectors import first_fault
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.outcome import Refused
from tests import cast
from tests.committee.conftest import IN_WINDOW, address, members, page_of, sign

pytestmark = pytest.mark.django_db

AT = cast.noon(IN_WINDOW)
TEXT = [
    "RESOLVED, that on the advice of counsel the {participants} employees named are designated "
    "as participants from {period_start} to {period_end}."
]


def revise(story: Telling, act: Act, text: list[str] = TEXT, **changes: Any) -> Revision:
    asked = {"text": text, "shown_digest": act.exhibit_digest, "is_meant": False}
    return revise_resolution(act=act, by=story.secretary, at=AT, **(asked | changes))


def test_the_new_text_is_filled_from_the_exhibit_and_signed_by_another_digest(
    story: Telling, designation: Act
) -> None:
    before = designation.exhibit_digest
    revise(story, designation)
    exhibit = selectors.exhibit_of(designation)
    assert exhibit["resolution"] == [
        "RESOLVED, that on the advice of counsel the 2 employees named are designated as "
        "participants from 1 January 2013 to 31 December 2014."
    ]
    assert designation.exhibit_digest == digest_of(canonical_text(exhibit)) != before


def test_signatures_given_so_far_are_void_and_stay_on_record(
    story: Telling, designation: Act
) -> None:
    chair, second, third = members()
    cast.sign(designation, chair, AT)
    cast.sign(designation, second, AT)
    revision = revise(story, designation)
    assert not designation.signatures.exists()
    assert [s.membership.user for s in selectors.void_signatures_of(designation)] == [chair, second]
    told = json.loads(revision.seal.canonical_text)["content"]
    assert [one["member"] for one in told["void"]] == [str(chair.public_id), str(second.public_id)]
    assert not cast.sign(designation, third, AT).adopted
    assert not cast.sign(designation, chair, AT).adopted
    assert cast.sign(designation, second, AT).adopted


def test_the_seal_of_the_adopted_act_has_the_text_that_was_signed(
    story: Telling, designation: Act
) -> None:
    cast.sign(designation, members()[0], AT)
    revise(story, designation)
    cast.sign_all(designation, IN_WINDOW)
    content = json.loads(Adoption.objects.get(act=designation).seal.canonical_text)["content"]
    assert "on the advice of counsel" in content["exhibit"]["resolution"][0]
    assert content["exhibit_digest"] == digest_of(canonical_text(content["exhibit"]))
    assert {one["exhibit"] for one in content["signatures"]} == {content["exhibit_digest"]}
    assert len(content["signatures"]) == 3
    assert first_fault()[1] is None


def test_the_first_text_put_back_does_not_bring_its_signatures_back(
    story: Telling, designation: Act
) -> None:
    original = selectors.exhibit_of(designation)["wording"]["text"]
    cast.sign(designation, members()[0], AT)
    revise(story, designation)
    revise(story, designation, original)
    assert not designation.signatures.exists()
    mine = selectors.signers_of(designation, on=IN_WINDOW)[0]
    assert mine.is_awaited
    assert mine.voided_by is not None
    assert mine.voided_by.number == 1


def test_who_signs_the_earlier_text_is_refused_aloud(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    shown = designation.exhibit_digest
    with on(IN_WINDOW):
        client = browser(members()[0])
        revise(story, designation)
        page = page_of(sign(client, designation, shown_digest=shown))
    assert (
        f"The text of act {designation.number} was changed on 4 March 2013 after your page was "
        "made; you have not signed." in page
    )
    assert not designation.all_signatures.exists()


def test_a_typed_figure_is_refused_by_its_word_unless_it_is_meant(
    story: Telling, designation: Act
) -> None:
    text = [TEXT[0] + " They number 2."]
    with pytest.raises(NeedsConfirmation) as refused:
        revise(story, designation, text)
    assert refused.value.reason == ("These figures are typed and do not follow the exhibit: 2.")
    assert revise(story, designation, text, is_meant=True).number == 1


def test_a_figure_left_out_is_refused_by_name_unless_it_is_meant(
    story: Telling, designation: Act
) -> None:
    with pytest.raises(NeedsConfirmation) as refused:
        revise(story, designation, ["RESOLVED, that {participants} employees are designated."])
    assert refused.value.reason == "The text no longer says {period_start}, {period_end}."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ([], "A resolution without a text resolves nothing."),
        (["{particpants} employees"], "The exhibit has no figure named {particpants}."),
    ],
)
def test_a_text_that_can_not_stand_is_refused(
    story: Telling, designation: Act, text: list[str], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        revise(story, designation, text, is_meant=True)
    assert refused.value.reason == reason


def test_the_same_text_is_refused(story: Telling, designation: Act) -> None:
    same = selectors.exhibit_of(designation)["wording"]["text"]
    with pytest.raises(Refused, match="The text is as it was."):
        revise(story, designation, same)


def test_a_text_that_someone_changed_meanwhile_is_refused(story: Telling, designation: Act) -> None:
    shown = designation.exhibit_digest
    revise(story, designation)
    with pytest.raises(Refused, match="was changed while you wrote"):
        revise(story, designation, ["Other {participants} words."], shown_digest=shown)


def test_an_adopted_act_keeps_its_text(story: Telling, designation: Act) -> None:
    cast.sign_all(designation, IN_WINDOW)
    with pytest.raises(Refused, match="conclusive"):
        revise(story, designation)


def test_docket_and_act_tell_who_had_signed_and_show_what_changed(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    chair, second, _ = members()
    cast.sign(designation, chair, AT)
    with on(IN_WINDOW):
        revise(story, designation)
        told, untold = browser(chair), browser(second)
        docket, act = (page_of(told.get(path)) for path in ("/committee/", address(designation)))
        for page in (docket, act):
            assert "4 March 2013, 12:00 UTC, after you signed" in " ".join(page.split())
        assert "Please read it again" in act
        assert "that the 2 employees named in the exhibit are designated" in act
        assert "on the advice of counsel the 2 employees" in act
        assert "after you signed" not in page_of(untold.get("/committee/"))
        sign(told, designation)
        assert "after you signed" not in page_of(told.get("/committee/"))


def test_the_secretary_changes_the_text_on_a_page_and_confirms_what_is_flagged(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    form = {"text": TEXT[0] + "\n\nThey number 2.", "shown_digest": designation.exhibit_digest}
    with on(IN_WINDOW):
        client = browser(story.secretary)
        page = page_of(client.get(address(designation, "text/")))
        assert "{participants}" in page
        assert "31 December 2014" in page
        assert "It is meant so" not in page
        flagged = page_of(client.post(address(designation, "text/"), form))
        assert "These figures are typed and do not follow the exhibit: 2." in flagged
        assert "It is meant so" in flagged
        assert not Revision.objects.exists()
        client.post(address(designation, "text/"), form | {"is_meant": "on"})
    assert selectors.exhibit_of(designation)["resolution"][1] == "They number 2."
