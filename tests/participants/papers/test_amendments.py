"""Amendments of the Program: whose consent they need, how it is given, and what they do."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import services as committee
from committee.models import Act
from committee.selectors import checks_of
from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.program import selectors as program
from ltip.program.services.periods import record_stockholder_approval
from ltip.rules.outcome import Refused
from participants.awards.amendments import amendments_of
from participants.awards.models import Amendment, AmendmentDraft
from participants.papers import amending
from participants.papers.models import AmendmentConsent
from participants.people import services as people
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import human_resources, words

DAY = date(2013, 6, 3)
OVER = date(2015, 2, 2)
PLAN_ONLY = "P Amendment and Termination"
BOTH = "P Amendment and Termination, GA §15"


def draft(
    telling: Telling, *adverse_to: str, kind: str = "general", on: date = DAY, goals: str = ""
) -> AmendmentDraft:
    return amending.draft_amendment(
        kind=kind,
        title="Shares are delivered later",
        text="The Settlement Date is the 60th day.\n\nNothing else changes.",
        goals=goals,
        adverse_to=[str(award_of(telling, name).public_id) for name in adverse_to],
        by=telling.secretary,
        at=cast.noon(on),
    )


def answer(
    telling: Telling, paper: AmendmentDraft, name: str, *, agrees: bool, on: date = DAY
) -> list[AmendmentConsent]:
    employee, at = telling.holders[name], cast.noon(on)
    return amending.answer_draft(
        draft=paper,
        employee=employee,
        is_given=agrees,
        by=employee.user,
        authentication=cast.proof(employee.user, at),
        at=at,
    )


def propose(telling: Telling, paper: AmendmentDraft, on: date = DAY) -> Act:
    return committee.propose_act(
        kind="amendment",
        request={"draft": str(paper.public_id)},
        by=telling.secretary,
        at=cast.noon(on),
    )


def said(act: Act, on: date = DAY) -> list[tuple[bool, str, str]]:
    return [(check.passed, check.sentence, check.place) for check in checks_of(act, on=on)]


def test_an_amendment_that_hurts_nobody_needs_no_consent(granted: Telling) -> None:
    act = propose(granted, draft(granted))
    assert said(act) == [(True, "2 awards need no consent.", PLAN_ONLY)]
    assert cast.sign_all(act, DAY).adopted
    (adopted,) = amendments_of(award_of(granted, "signed"))
    assert (adopted.amended_on, adopted.draft.title) == (DAY, "Shares are delivered later")


# The period ends on 31 December 2014; the day after, it is completed.
@pytest.mark.parametrize(
    ("on", "place"),
    [
        (date(2014, 12, 30), BOTH),
        (date(2014, 12, 31), BOTH),
        (date(2015, 1, 1), PLAN_ONLY),
    ],
)
def test_without_the_consent_of_a_holder_it_hurts_the_last_signature_is_refused(
    granted: Telling, on: date, place: str
) -> None:
    act = propose(granted, draft(granted, "signed", on=on), on)
    for member in granted.members[:-1]:
        cast.sign(act, member, cast.noon(on))
    with pytest.raises(Refused) as refusal:
        cast.sign(act, granted.members[-1], cast.noon(on))
    assert refusal.value.place == place
    assert "without the consent of signed" in refusal.value.reason
    assert not Amendment.objects.exists()


def test_a_consent_may_come_after_the_proposal_but_before_the_last_signature(
    granted: Telling,
) -> None:
    paper = draft(granted, "signed", "unsigned")
    answer(granted, paper, "signed", agrees=True)
    act = propose(granted, paper)
    assert [passed for passed, _sentence, _place in said(act)] == [True, False]
    assert (True, "signed, 2013–2014: the holder has consented.", BOTH) in said(act)
    for member in granted.members[:-1]:
        cast.sign(act, member, cast.noon(DAY))
    answer(granted, paper, "unsigned", agrees=True)
    signing = cast.sign(act, granted.members[-1], cast.noon(DAY))
    assert signing.adopted
    with pytest.raises(Refused, match="^P Amendment and Termination: This amendment was adopted"):
        answer(granted, paper, "unsigned", agrees=True)


def test_a_refusal_stands_in_the_way_of_the_proposal_and_of_every_signature(
    granted: Telling,
) -> None:
    paper = draft(granted, "signed", "unsigned")
    act = propose(granted, paper)
    answer(granted, paper, "signed", agrees=True)
    answer(granted, paper, "unsigned", agrees=False)
    with pytest.raises(Refused, match="unsigned, 2013–2014: the holder refused to consent"):
        cast.sign(act, granted.members[0], cast.noon(DAY))
    committee.withdraw_act(act=act, explanation="Refused.", by=granted.secretary, at=cast.noon(DAY))
    with pytest.raises(Refused) as refusal:
        propose(granted, paper)
    assert refusal.value.place == BOTH


def test_an_answer_is_given_once_by_the_holder_and_only_where_the_draft_hurts(
    granted: Telling,
) -> None:
    paper = draft(granted, "signed")
    (consent,) = answer(granted, paper, "signed", agrees=False)
    assert consent.words == amending.WORDS_OF_REFUSAL
    assert consent.shown_digest == paper.digest
    with pytest.raises(Refused, match="You have answered already"):
        answer(granted, paper, "signed", agrees=True)
    with pytest.raises(Refused, match="hurts none of your awards"):
        answer(granted, paper, "unsigned", agrees=True)
    other, at = granted.holders["unsigned"].user, cast.noon(DAY)
    with pytest.raises(Refused, match="Only the holder answers"):
        amending.answer_draft(
            draft=paper,
            employee=granted.holders["signed"],
            is_given=True,
            by=other,
            authentication=cast.proof(other, at),
            at=at,
        )


def test_an_amendment_for_section_409a_needs_no_consent(granted: Telling) -> None:
    paper = draft(granted, "signed", kind="409A")
    assert amending.drafts_to_answer(granted.holders["signed"]) == []
    assert cast.sign_all(propose(granted, paper), DAY).adopted


def test_by_the_other_reading_only_what_is_earned_and_unpaid_needs_consent(
    granted: Telling,
) -> None:
    reading = {
        "readings": {"amendment.consent": "program"},
        "effective_on": "2013-05-02",
        "reason": "The Program asks for no more.",
    }
    cast.adopt(granted, "reading", reading, date(2013, 5, 2))
    assert cast.sign_all(propose(granted, draft(granted, "signed")), DAY).adopted
    later = draft(granted, "signed", on=OVER)
    act = propose(granted, later, OVER)
    assert (False, PLAN_ONLY) in [(passed, place) for passed, _, place in said(act, OVER)]


# The period began on 1 January 2013: after, on, and before the Stockholder Approval Date.
@pytest.mark.parametrize(
    ("approved_on", "frozen"),
    [(date(2012, 12, 31), True), (date(2013, 1, 1), True), (date(2013, 1, 2), False)],
)
def test_goals_of_a_covered_employee_are_never_changed_after_the_approval(
    granted: Telling, approved_on: date, frozen: bool
) -> None:
    by, at = granted.secretary, cast.noon(DAY)
    record_stockholder_approval(approved_on=approved_on, by=by, at=at)
    people.change_status(
        employee=granted.holders["signed"],
        subject="covered",
        value="yes",
        starts_on=date(2013, 5, 1),
        by=by,
        at=at,
    )
    paper = draft(granted, kind="goals")
    if frozen:
        with pytest.raises(Refused, match="goals of Covered Employees .*: signed") as refusal:
            propose(granted, paper)
        assert refusal.value.place == PLAN_ONLY
    else:
        assert cast.sign_all(propose(granted, paper), DAY).adopted


def test_the_status_of_the_day_decides_who_is_covered(granted: Telling) -> None:
    by, at = granted.secretary, cast.noon(DAY)
    record_stockholder_approval(approved_on=date(2012, 6, 1), by=by, at=at)
    act = propose(granted, draft(granted, kind="goals"))
    people.change_status(
        employee=granted.holders["unsigned"],
        subject="covered",
        value="yes",
        starts_on=DAY,
        by=by,
        at=at,
    )
    with pytest.raises(Refused, match="goals of Covered Employees .*: unsigned"):
        cast.sign(act, granted.members[0], cast.noon(DAY))


def new_goals() -> str:
    return json.dumps(cast.goal_request("2013–2014", schedule=[[50, 100], [90, 200]]))


def test_an_amendment_of_goals_sets_the_new_ones_under_its_own_seal(granted: Telling) -> None:
    paper = draft(granted, kind="goals", goals=new_goals())
    act = propose(granted, paper)
    assert cast.sign_all(act, DAY).adopted
    (goal,) = program.goals_of(granted.period)
    assert goal.seal_id == act.adoption.seal_id
    assert goal.set_on == DAY
    assert program.terms_of(goal)["schedule"] == [["50", "100"], ["90", "200"]]


@pytest.mark.parametrize(
    ("kind", "goals", "because"),
    [
        ("general", "{}", "P Amendment and Termination: Only an amendment of the goals"),
        ("goals", "no goals", "P Performance Goals: The new goals can't be read"),
        ("goals", '{"goals": []}', "P Performance Goals: The new goals can't be read"),
        ("poem", "", "P Amendment and Termination: “poem” is no kind of amendment"),
    ],
)
def test_a_draft_that_can_not_be_is_refused(
    granted: Telling, kind: str, goals: str, because: str
) -> None:
    with pytest.raises(Refused, match=f"^{because}"):
        draft(granted, kind=kind, goals=goals)
    assert not AmendmentDraft.objects.exists()


def test_goals_of_a_certified_period_stand(db: None) -> None:
    telling = cast.told(acts=cast.BEFORE_SETTLEMENT)
    on = date(2015, 3, 2)
    paper = draft(telling, kind="goals", goals=new_goals(), on=on)
    with pytest.raises(Refused, match="^P Administration: 2013–2014 was certified on 24 February"):
        propose(telling, paper, on)


def test_who_leaves_while_the_act_is_open_voids_it(granted: Telling) -> None:
    act = propose(granted, draft(granted))
    cast.sign(act, granted.members[0], cast.noon(DAY))
    people.end_service(
        employee=granted.holders["unsigned"],
        ended_on=DAY,
        reason="resignation",
        by=granted.secretary,
        at=cast.noon(DAY),
    )
    signing = cast.sign(act, granted.members[1], cast.noon(DAY))
    assert signing.voided
    assert not Amendment.objects.exists()


def test_an_award_granted_after_the_draft_asks_for_another_draft(db: None) -> None:
    # Only “signed” holds an award when the amendment is drafted; “unsigned” gets one the day after.
    telling = cast.told(acts=cast.BEFORE_GRANTS + 1)
    first, second = date(2013, 2, 4), date(2013, 2, 5)
    paper = draft(telling, on=first)
    request = {
        "period": telling.period.label,
        "awards": [{"employee": str(telling.holders["unsigned"].public_id), "shares": 41}],
    }
    cast.adopt(telling, "grant", request, second)
    with pytest.raises(Refused, match="unsigned was granted an award after the amendment was"):
        propose(telling, paper, second)


def test_a_draft_is_adopted_once(granted: Telling) -> None:
    paper = draft(granted)
    assert cast.sign_all(propose(granted, paper), DAY).adopted
    with pytest.raises(Refused, match="This draft was adopted already"):
        propose(granted, paper)


def where(name: str, paper: AmendmentDraft) -> str:
    return reverse(f"participants:{name}", args=[paper.public_id])


def test_the_secretary_drafts_and_puts_it_before_the_committee(
    granted: Telling, visit: Visit
) -> None:
    told = {
        "kind": "general",
        "title": "Shares are delivered later",
        "text": "On the 60th day.",
        "adverse_to": [str(award_of(granted, "signed").public_id)],
    }
    with visit(granted.secretary, DAY) as browser:
        drafted = words(browser.post(reverse("participants:draft_amendment"), told, follow=True))
        paper = AmendmentDraft.objects.get()
        sent = browser.post(where("amendment", paper))
        listed = words(browser.get(reverse("participants:amendments")))
    assert "A draft that hurts 1 award." in drafted
    assert "signed 2013–2014 has not answered" in drafted
    assert "1 more award is concerned, and not hurt unsigned, 2013–2014" in drafted
    act = Act.objects.get(kind="amendment", adoption__isnull=True)
    assert sent["Location"] == reverse("committee:act", args=[act.public_id])
    assert "Shares are delivered later A general amendment" in listed


def test_the_secretary_drafts_new_goals_beginning_with_those_in_force(
    granted: Telling, visit: Visit
) -> None:
    page = reverse("participants:draft_goals", args=[granted.period])
    with visit(granted.secretary, DAY) as browser:
        opened = browser.get(page)
        (goal,) = opened.context["stated"].goals
        filled = {
            name: goal.form[name].value()
            for name in goal.form.fields
            if goal.form[name].value() not in (None, "", False)
        }
        text = {"title": "A lower bar", "text": "The first point moves.", "order": "1:relative_tsr"}
        told = {**filled, **text, "at_1": "30", "change": "add:financial"}
        grown = browser.post(page, told)
        del told["change"]
        drafted = words(browser.post(page, told, follow=True))
    assert "Goal 2: a financial measure" in words(grown)
    assert grown.context["form"]["title"].value() == "A lower bar"
    assert "A draft that hurts no award." in drafted
    kept = json.loads(AmendmentDraft.objects.get().goals)
    assert kept["period"] == "2013–2014"
    assert kept["goals"][0]["schedule"][0] == ["30", "50"]
    assert "percentile 30 earns 50 % of target" in drafted


def test_the_holder_reads_and_agrees_with_the_password(granted: Telling, visit: Visit) -> None:
    paper = draft(granted, "signed")
    with visit(holder(granted, "signed"), DAY) as browser:
        home = words(browser.get("/"))
        page = words(browser.get(where("consent", paper)))
        wrong = browser.post(
            where("consent", paper), {"answer": "agree", "password": "another"}, follow=True
        )
        silent = browser.post(where("consent", paper), {"password": PASSWORD}, follow=True)
        assert not AmendmentConsent.objects.exists()
        done = words(
            browser.post(
                where("consent", paper), {"answer": "agree", "password": PASSWORD}, follow=True
            )
        )
    assert "Answer: Shares are delivered later" in home
    assert "It binds you only if you agree." in page
    assert "2013–2014 300 hurts it" in page
    assert "The Settlement Date is the 60th day." in page
    assert list(wrong.context["form"].errors) == ["password"]
    assert list(silent.context["form"].errors) == ["answer"]
    assert "You agreed to this amendment." in done
    assert AmendmentConsent.objects.get().is_given


def test_a_holder_can_refuse_and_one_who_is_not_hurt_has_nothing_to_answer(
    granted: Telling, visit: Visit
) -> None:
    paper = draft(granted, "signed")
    form = {"answer": "refuse", "password": PASSWORD}
    with visit(holder(granted, "signed"), DAY) as browser:
        done = words(browser.post(where("consent", paper), form, follow=True))
    with visit(holder(granted, "unsigned"), DAY) as browser:
        other = words(browser.get(where("consent", paper)))
    assert "You did not agree to this amendment. Your award stays as it is." in done
    assert "It needs no consent of yours." in other
    assert "Your answer" not in other


def test_a_holder_whom_no_draft_concerns_finds_no_page(db: None, visit: Visit) -> None:
    telling = cast.told(acts=cast.BEFORE_GRANTS + 1)
    paper = draft(telling, on=date(2013, 2, 4))
    with visit(holder(telling, "unsigned"), date(2013, 2, 4)) as browser:
        assert browser.get(where("consent", paper)).status_code == 404


def test_more_answers_ask_no_more_of_the_database(granted: Telling, visit: Visit) -> None:
    helen = human_resources(granted)
    few = _queries(visit, helen, draft(granted, "signed"))
    paper = draft(granted, "signed", "unsigned")
    answer(granted, paper, "signed", agrees=True)
    answer(granted, paper, "unsigned", agrees=False)
    assert _queries(visit, helen, paper) == few


def _queries(visit: Visit, user: Any, paper: AmendmentDraft) -> int:
    with visit(user, DAY) as browser, CaptureQueriesContext(connection) as queries:
        assert browser.get(where("amendment", paper)).status_code == 200
    return len(queries)
