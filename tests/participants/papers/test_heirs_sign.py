"""A holder dies before signing the notice: whoever takes the shares signs it on paper.

“unsigned” holds 41 Performance Shares and died on 29 June 2013, before the determination:
everything that performance earns is due (7.1), and nothing is delivered until signed (11.1).
"""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ltip.desk.scenarios.telling import Telling
from ltip.records.models import Document, PersonalDataLook
from ltip.records.services import store_document
from ltip.rules.outcome import Refused
from participants.awards.selectors import standings
from participants.papers.heirs_signing import record_heirs_election, record_heirs_signature
from participants.papers.models import HeirsAcceptance
from participants.papers.selectors import unsigned_notices
from participants.people import succession
from participants.people.succession import Named
from participants.settlement.holding_back import held_back
from tests import cast
from tests.participants.holders import award_of
from tests.participants.leavers import leave
from tests.participants.pages import auditor, human_resources, words
from tests.participants.papers.test_elections import move
from tests.participants.papers.test_elections import record as record_terms

DIED, SIGNED, DAY = date(2013, 6, 29), date(2014, 3, 3), date(2014, 3, 24)
PDF = b"%PDF-1.7 signed by Ida and by Otto"


@pytest.fixture
def dead(db: None) -> Telling:
    """Ida and Otto were named, half and half; the holder died with the notice unsigned."""
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    succession.name_beneficiaries(
        employee=telling.holders["unsigned"],
        designated_on=date(2013, 5, 2),
        beneficiaries=[Named("Ida", "", Decimal(50)), Named("Otto", "", Decimal(50))],
        by=telling.secretary,
        at=cast.noon(DIED),
    )
    leave(telling, "unsigned", DIED, "death")
    return telling


def succeed(telling: Telling, *survivors: int, representative: str = "") -> None:
    succession.record_succession(
        employee=telling.holders["unsigned"],
        survivors=survivors,
        estate_representative=representative,
        by=telling.secretary,
        at=cast.noon(SIGNED),
    )


def scan(telling: Telling) -> Document:
    return store_document(
        content=PDF, name="signed.pdf", media_type="application/pdf", at=cast.noon(SIGNED)
    )


def record(telling: Telling, *names: str, name: str = "unsigned", on: date = SIGNED) -> Any:
    return record_heirs_signature(
        notice=award_of(telling, name).notice,
        signed_by=names,
        signed_on=on,
        document=scan(telling),
        by=telling.secretary,
        at=cast.noon(DAY),
    )


def obstacle(telling: Telling) -> Any:
    award = award_of(telling, "unsigned")
    return held_back(standings(telling.period), on=DAY).get(award.pk)


def test_their_signature_frees_the_award_for_delivery(dead: Telling) -> None:
    succeed(dead, 1, 2)
    held = obstacle(dead)
    assert (held.sentence, held.place) == (
        "unsigned died without signing the notice of grant",
        "GN; GA §4",
    )
    assert held.remedy == (
        "Human resources records the paper that the heirs signed, under Signatures."
    )
    assert len(unsigned_notices(dead.holders["unsigned"])) == 1
    acceptance = record(dead, "Otto", "Ida")
    assert obstacle(dead) is None
    assert unsigned_notices(dead.holders["unsigned"]) == []
    assert json.loads(acceptance.signed_by) == ["Ida", "Otto"]
    sealed = json.loads(acceptance.seal.canonical_text)["content"]
    assert sealed["signed_by"] == ["Ida", "Otto"]
    assert sealed["notice"] == acceptance.notice.digest
    assert sealed["document"] == acceptance.document_id


def test_everyone_who_takes_shares_has_to_sign_and_nobody_else(dead: Telling) -> None:
    succeed(dead, 1, 2)
    with pytest.raises(Refused, match="Otto takes shares and has not signed") as refusal:
        record(dead, "Ida")
    assert refusal.value.place == "GN; GA §4"
    succeed(dead, 2)
    record(dead, "Otto")
    assert obstacle(dead) is None


def test_where_nobody_named_survived_the_estates_representative_signs(dead: Telling) -> None:
    succeed(dead, representative="Eve Executor")
    with pytest.raises(Refused, match="Eve Executor takes shares and has not signed"):
        record(dead, "Ida", "Otto")
    assert json.loads(record(dead, "Eve Executor").signed_by) == ["Eve Executor"]


def test_nobody_signs_before_it_is_recorded_who_takes_the_shares(dead: Telling) -> None:
    with pytest.raises(Refused, match="It is not recorded who takes the shares of unsigned"):
        record(dead, "Ida", "Otto")


def test_a_holder_who_lives_signs_for_nobody_else(dead: Telling) -> None:
    with pytest.raises(Refused, match="No death of signed is on record: the holder signs"):
        record(dead, "Ida", name="signed")


def test_a_notice_is_signed_once(dead: Telling) -> None:
    succeed(dead, 1, 2)
    record(dead, "Ida", "Otto")
    with pytest.raises(Refused, match="This notice is signed already"):
        record(dead, "Ida", "Otto")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2013, 6, 28), "unsigned died on 29 June 2013; before that day nobody else signs."),
        (DIED, None),
        (DAY, None),
        (date(2014, 3, 25), "25 March 2014 has not come yet."),
    ],
)
def test_they_sign_from_the_day_of_death_until_today(
    dead: Telling, on: date, said: str | None
) -> None:
    succeed(dead, 1, 2)
    if said is None:
        assert record(dead, "Ida", "Otto", on=on).signed_on == on
    else:
        with pytest.raises(Refused, match=said):
            record(dead, "Ida", "Otto", on=on)


def address(telling: Telling, name: str = "heirs_signature") -> str:
    return reverse(f"participants:{name}", args=[award_of(telling, "unsigned").public_id])


def form(**changes: Any) -> dict[str, Any]:
    return {
        "signed_by": ["Ida", "Otto"],
        "signed_on": "2014-03-03",
        "document": SimpleUploadedFile("signed.pdf", PDF),
    } | changes


def test_human_resources_records_the_paper_from_the_list_of_signatures(
    dead: Telling, visit: Any
) -> None:
    listed = reverse("participants:signatures", args=[dead.period])
    with visit(human_resources(dead), DAY) as browser:
        before = browser.get(listed)
        died = "unsigned target 41 5 Feb 2013 412 days ago no last day died on 29 June 2013"
        assert died in words(before)
        assert address(dead) in before.content.decode()
        assert "It is not recorded who takes the shares" in words(browser.get(address(dead)))
        succeed(dead, 1, 2)
        assert "died on 29 June 2013 without signing" in words(browser.get(address(dead)))
        said = words(browser.post(address(dead), form(), follow=True))
        assert "The heirs' signature is on record." in said
        assert "unsigned 3 March 2014 by the heirs, on paper" in said
        assert browser.get(address(dead, "heirs_paper")).content == PDF
        assert "There is nothing more to record." in words(browser.get(address(dead)))
    assert PersonalDataLook.objects.filter(fields__startswith="heirs' signature").count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"signed_by": ["Ida"]}, "GN; GA §4: Otto takes shares and has not signed."),
        ({"signed_by": []}, "This field is required."),
        ({"signed_on": "3 March"}, "Enter a valid date."),
        ({"document": ""}, "This field is required."),
        ({"document": SimpleUploadedFile("a.pdf", b"MZ")}, "A PDF, PNG or JPEG file, please."),
    ],
)
def test_a_form_that_is_not_right_comes_back_and_saves_nothing(
    dead: Telling, visit: Any, changes: dict[str, Any], said: str
) -> None:
    succeed(dead, 1, 2)
    with visit(human_resources(dead), DAY) as browser:
        answer = browser.post(address(dead), form(**changes))
    assert said in words(answer)
    assert not HeirsAcceptance.objects.exists()


def test_the_employees_page_says_what_is_still_to_sign_and_the_award_that_it_was(
    dead: Telling, visit: Any
) -> None:
    succeed(dead, 1, 2)
    employee = reverse("participants:employee", args=[dead.holders["unsigned"].public_id])
    award = reverse("participants:award", args=[award_of(dead, "unsigned").public_id])
    unsigned = "The notice of grant for 2013–2014 is not signed."
    with visit(human_resources(dead), DAY) as browser:
        assert unsigned in words(browser.get(employee))
        record(dead, "Ida", "Otto")
        assert unsigned not in words(browser.get(employee))
        assert "The heirs signed the notice of grant on paper." in words(browser.get(award))


def test_the_auditor_reads_the_paper_and_records_nothing(dead: Telling, visit: Any) -> None:
    succeed(dead, 1, 2)
    with visit(auditor(dead), DAY) as browser:
        assert browser.get(address(dead, "heirs_paper")).status_code == 404
        assert browser.post(address(dead), form()).status_code == 403
        record(dead, "Ida", "Otto")
        assert browser.get(address(dead, "heirs_paper")).content == PDF


def test_the_list_of_signatures_asks_as_often_with_heirs_as_without(
    dead: Telling, visit: Any
) -> None:
    succeed(dead, 1, 2)
    listed = reverse("participants:signatures", args=[dead.period])
    counts = []
    with visit(human_resources(dead), DAY) as browser:
        browser.get(listed)
        for step in (lambda: None, lambda: record(dead, "Ida", "Otto")):
            step()
            with CaptureQueriesContext(connection) as queries:
                browser.get(listed)
            counts.append(len(queries))
    assert counts[0] == counts[1]


ELECTED = date(2014, 3, 10)


def elect(telling: Telling, *names: str, name: str = "unsigned", on: date = ELECTED) -> Any:
    return record_heirs_election(
        award=award_of(telling, name),
        signed_by=names,
        signed_on=on,
        document=scan(telling),
        by=telling.secretary,
        at=cast.noon(DAY),
    )


@pytest.fixture
def dead_abroad(dead: Telling) -> Telling:
    """The holder worked in the United Kingdom; the heirs, Ida and Otto, signed the notice."""
    record_terms(dead)
    move(dead, "unsigned", on=date(2013, 3, 4))
    succeed(dead, 1, 2)
    record(dead, "Ida", "Otto")
    return dead


def test_nothing_vests_before_the_heirs_signed_the_joint_election_that_the_holder_left_unsigned(
    dead_abroad: Telling,
) -> None:
    held = obstacle(dead_abroad)
    assert (held.reason, held.place) == ("died without signing the joint election", "XB; GA §17")
    election = elect(dead_abroad, "Otto", "Ida")
    assert obstacle(dead_abroad) is None
    assert json.loads(election.signed_by) == ["Ida", "Otto"]
    sealed = json.loads(election.seal.canonical_text)["content"]
    assert (sealed["country"], sealed["signed_on"]) == ("GB", "2014-03-10")
    assert sealed["succession"] == election.succession.seal_id
    with pytest.raises(Refused, match="The joint election is signed already"):
        elect(dead_abroad, "Ida", "Otto")


def test_an_election_asks_for_every_heir_a_death_and_terms_that_ask_for_one(
    dead_abroad: Telling,
) -> None:
    with pytest.raises(Refused, match="^XB; GA §17: Otto takes shares and has not signed"):
        elect(dead_abroad, "Ida")
    with pytest.raises(Refused, match="before that day nobody else signs"):
        elect(dead_abroad, "Ida", "Otto", on=date(2013, 6, 28))
    with pytest.raises(Refused, match="No death of signed is on record"):
        elect(dead_abroad, "Ida", name="signed")
    move(dead_abroad, "unsigned", "US", on=date(2013, 5, 6))
    with pytest.raises(Refused, match="The terms for this award ask for no joint election"):
        elect(dead_abroad, "Ida", "Otto")


def test_human_resources_records_the_election_beside_the_notice(
    dead_abroad: Telling, visit: Any
) -> None:
    page = reverse(
        "participants:heirs_signature", args=[award_of(dead_abroad, "unsigned").public_id]
    )
    with visit(human_resources(dead_abroad), DAY) as browser:
        assert "nothing vests before it is signed" in words(browser.get(page))
        sent = {
            "what": "election",
            "signed_by": ["Ida", "Otto"],
            "signed_on": "2014-03-10",
            "document": SimpleUploadedFile("signed.pdf", PDF, "application/pdf"),
        }
        done = words(browser.post(page, sent, follow=True))
    assert "It was signed on 10 March 2014." in done
    assert obstacle(dead_abroad) is None
