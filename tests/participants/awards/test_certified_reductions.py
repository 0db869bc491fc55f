"""Awards reduced as they are certified: entered with a reason, shown, decided by the same act.

By the result “signed” earns 300 shares and “unsigned” 41.
"""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from committee.exhibits import exhibit_of
from committee.models import Act
from committee.services import propose_act
from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from participants.awards.life import life_of
from participants.awards.models import Certificate, Discretion
from tests import cast
from tests.committee.test_package import unpacked, verify
from tests.participants.awards.deciding import CERTIFIED_ON, public_id, shares_due, standing
from tests.participants.pages import words

pytestmark = pytest.mark.django_db
REASON = "The safety record of the year."


@pytest.fixture
def measured() -> Telling:
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    telling.final_run()
    return telling


def asked(telling: Telling, *reductions: dict[str, Any]) -> dict[str, Any]:
    run = str(telling.final_run().public_id)
    return {"period": telling.period.label, "run": run, "reductions": list(reductions)}


def reduced(telling: Telling, to: int, name: str = "signed", **changes: str) -> dict[str, Any]:
    return {"award": public_id(telling, name), "to": to, "reason": REASON} | changes


def sent(telling: Telling, **more: str) -> dict[str, str]:
    """The page as the secretary sends it with one row filled in."""
    return {
        "run": str(telling.final_run().public_id),
        "reductions-TOTAL_FORMS": "1",
        "reductions-INITIAL_FORMS": "0",
        "reductions-0-award": public_id(telling),
        "reductions-0-to": "180",
        "reductions-0-reason": REASON,
    } | more


def test_what_is_left_is_certified_and_who_how_much_and_why_is_recorded(measured: Telling) -> None:
    act = cast.adopt(
        measured, "certification", asked(measured, reduced(measured, 180)), CERTIFIED_ON
    )
    assert shares_due(measured) == 180
    assert shares_due(measured, "unsigned") == 41
    decision = Discretion.objects.get()
    assert (decision.direction, decision.to_shares, decision.reason) == ("reduce", 180, REASON)
    assert decision.decided_on == CERTIFIED_ON
    assert decision.seal == Certificate.objects.get().seal == act.adoption.seal
    earned = standing(measured).earned
    assert earned is not None
    assert earned.shares == 180
    life = life_of(standing(measured).award.public_id, today=CERTIFIED_ON)
    assert life is not None
    told = {record.what: record for record in life.records}
    assert REASON in told["Reduced"].sentence
    assert (told["Certified"].figure, told["Reduced"].figure) == ("180", "180")


def test_the_members_read_from_how_much_to_how_much_and_why(measured: Telling) -> None:
    act = propose_act(
        kind="certification",
        request=asked(measured, reduced(measured, 180)),
        by=measured.secretary,
        at=cast.noon(CERTIFIED_ON),
    )
    exhibit = exhibit_of(act)
    assert exhibit["ask"].endswith(
        "341 shares for 2 of 2 holders. You are also asked to reduce the award of signed."
    )
    assert exhibit["resolution"][1] == (
        "RESOLVED FURTHER, that the award of signed, which the result pays 300 shares, is reduced "
        f"to 180 shares. The reason: {REASON}"
    )
    assert "have earned 221 shares" in exhibit["resolution"][2]
    (table,) = [t for t in exhibit["tables"] if t["caption"] == "What each award earns"]
    rows = {row["cells"][0]: row for row in table["rows"]}
    assert rows["signed"]["cells"] == ["signed", "300", "180"]
    assert rows["signed"]["note"] == f"reduced from 300: {REASON}"
    assert rows["signed"]["steps"][-1]["figure"] == "180"
    assert rows["unsigned"]["note"] == ""


def test_the_package_computes_the_reduced_shares_again(measured: Telling, tmp_path: Path) -> None:
    act = cast.adopt(
        measured, "certification", asked(measured, reduced(measured, 180)), CERTIFIED_ON
    )
    done = verify(unpacked(act, tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"award {public_id(measured)} earns 180 shares" in done.stdout
    assert "all 2 awards earn 221" in done.stdout


@pytest.mark.parametrize(("to", "refused"), [(299, ""), (300, "not fewer"), (301, "not fewer")])
def test_a_reduction_leaves_fewer_shares_than_the_result_pays(
    measured: Telling, to: int, refused: str
) -> None:
    request = asked(measured, reduced(measured, to))
    told = {"kind": "certification", "by": measured.secretary, "at": cast.noon(CERTIFIED_ON)}
    if not refused:
        assert propose_act(request=request, **told)
        return
    with pytest.raises(Refused, match=f"^P Award Determination: signed: {to} shares are {refused}"):
        propose_act(request=request, **told)


def test_an_award_of_another_period_one_named_twice_and_one_without_a_reason_are_refused(
    measured: Telling,
) -> None:
    once = reduced(measured, 180)
    for reductions, said in (
        ([reduced(measured, 1, award="00000000-0000-4000-8000-000000000000")], "not one of the"),
        ([once, once], "named twice"),
        ([reduced(measured, 180, reason=" ")], "signed: the reason is to be said"),
    ):
        with pytest.raises(Refused, match=said):
            propose_act(
                kind="certification",
                request=asked(measured, *reductions),
                by=measured.secretary,
                at=cast.noon(CERTIFIED_ON),
            )


def test_the_secretary_enters_it_where_the_certification_is_put(
    measured: Telling, visit: Any
) -> None:
    address = reverse("participants:propose_certification", args=[measured.period])
    with visit(measured.secretary, CERTIFIED_ON) as browser:
        page = browser.get(address).content.decode()
        assert "Reduce an award as it is certified" in page
        assert "Shares that are left" not in page
        none_yet = {"reductions-TOTAL_FORMS": "0", "change": "another"}
        first = browser.post(address, sent(measured, **none_yet)).content.decode()
        assert 'name="reductions-0-to"' in first
        looked = words(browser.post(address, sent(measured, look="first")))
        assert f"reduced from 300: {REASON}" in looked
        unsaid = browser.post(address, sent(measured, **{"reductions-0-reason": ""}))
        assert not Act.objects.filter(kind="certification").exists()
        assert "This field is required." in words(unsaid)
        more = browser.post(address, sent(measured, change="another")).content.decode()
        assert 'name="reductions-1-to"' in more
        assert REASON in more
        assert not Act.objects.filter(kind="certification").exists()
        two = {"reductions-TOTAL_FORMS": "2", "reductions-1-award": "", "reductions-1-to": ""}
        browser.post(address, sent(measured, **two))
    act = Act.objects.get(kind="certification")
    (kept,) = exhibit_of(act)["data"]["reductions"]
    assert (kept["holder"], kept["from"], kept["to"]) == ("signed", 300, 180)
