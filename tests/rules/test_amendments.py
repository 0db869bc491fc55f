import pytest

from ltip.rules.amendments import Affected, require_amendment
from ltip.rules.outcome import Refused

PROGRAM = "P Amendment and Termination"
GRANT = "P Amendment and Termination, GA §15"


def award(holder, state, *, adverse=True, consented=False):
    return Affected(
        holder=holder,
        adverse=adverse,
        earned_unpaid_completed="earned" in state,
        outstanding="outstanding" in state,
        consented=consented,
    )


def amended(*affected, kind="general", frozen=(), consent="both"):
    return require_amendment(
        kind=kind, affected=affected, covered_with_goals_frozen=frozen, consent=consent
    )


def refused(*affected, **more):
    with pytest.raises(Refused) as refusal:
        amended(*affected, **more)
    return refusal.value


@pytest.mark.parametrize("consent", ["both", "program"])
def test_an_award_earned_and_unpaid_needs_its_holders_consent(consent):
    refusal = refused(award("Ann", "earned"), consent=consent)
    assert refusal.place == PROGRAM
    assert "Ann" in refusal.reason
    assert "earned and unpaid" in refusal.reason
    outcome = amended(award("Ann", "earned", consented=True), consent=consent)
    assert outcome.value == ("Ann",)
    assert outcome.steps[0].figure == "Ann"


def test_an_outstanding_grant_needs_its_holders_consent_by_the_grant_agreement():
    refusal = refused(award("Ben", "outstanding"))
    assert refusal.place == GRANT
    assert "outstanding grant without the consent of Ben" in refusal.reason
    outcome = amended(award("Ben", "outstanding", consented=True))
    assert outcome.value == ("Ben",)
    assert outcome.steps[0].place == GRANT


def test_by_the_programs_reading_an_outstanding_grant_needs_none():
    outcome = amended(
        award("Ben", "outstanding"),
        award("Cleo", "earned, outstanding", consented=True),
        consent="program",
    )
    assert outcome.value == ("Cleo",)
    assert outcome.steps[0].place == PROGRAM


def test_an_award_that_is_both_stands_under_the_program():
    assert refused(award("Dan", "earned, outstanding")).place == PROGRAM


def test_only_those_who_did_not_consent_are_named_and_each_once():
    refusal = refused(
        award("Ann", "earned", consented=True),
        award("Ben", "earned"),
        award("Cleo", "earned", adverse=False),
        award("Ben", "earned, outstanding"),
        award("Dan", "earned"),
        award("Eve", "outstanding"),
    )
    assert "the consent of Ben, Dan." in refusal.reason
    assert refusal.place == PROGRAM
    assert "Obtain the consent" in refusal.remedy


def test_a_consent_to_one_award_is_none_to_another_of_the_same_holder():
    refusal = refused(award("Ann", "outstanding", consented=True), award("Ann", "outstanding"))
    assert "Ann" in refusal.reason


def test_the_holders_whose_consent_was_needed_are_named_in_order_and_once():
    outcome = amended(
        award("Cleo", "outstanding", consented=True),
        award("Ann", "earned", consented=True),
        award("Cleo", "earned", consented=True),
        award("Ben", "outstanding", adverse=False),
        award("Dan", ""),
    )
    assert outcome.value == ("Cleo", "Ann")
    assert outcome.steps[0].figure == "Cleo, Ann"
    assert "who are hurt, agreed" in outcome.steps[0].sentence


@pytest.mark.parametrize("kind", ["general", "goals"])
def test_whoever_is_not_hurt_is_not_asked(kind):
    outcome = amended(award("Ann", "earned, outstanding", adverse=False), kind=kind)
    assert outcome.value == ()
    assert outcome.steps[0].sentence == "No holder's consent is needed."


def test_an_amendment_for_409a_needs_no_consent():
    outcome = amended(award("Ann", "earned, outstanding"), kind="409A", frozen=("Ann",))
    assert outcome.value == ()
    assert outcome.steps[0].place == PROGRAM
    assert outcome.steps[0].sentence == "An amendment for §409A needs no holder's consent."


def test_goals_of_covered_employees_are_frozen_whoever_consents():
    refusal = refused(
        award("Ann", "outstanding", consented=True), kind="goals", frozen=("Ann", "Ben")
    )
    assert refusal.place == PROGRAM
    assert "Ann, Ben" in refusal.reason


def test_other_goals_change_with_the_consents_an_amendment_needs():
    assert refused(award("Ben", "outstanding"), kind="goals").place == GRANT
    assert amended(award("Ben", "outstanding", consented=True), kind="goals").value == ("Ben",)


def test_a_general_amendment_does_not_touch_frozen_goals():
    assert amended(kind="general", frozen=("Ann",)).value == ()


def test_unknown_kinds_and_readings_are_refused():
    refusal = refused(kind="price")
    assert refusal.place == PROGRAM
    assert "general, 409A, goals" in refusal.reason
    assert refused(consent="all").place == "P Administration"


def test_by_default_both_the_program_and_the_grant_agreement_ask_for_consent():
    with pytest.raises(Refused) as refusal:
        require_amendment(
            kind="general", affected=[award("Ben", "outstanding")], covered_with_goals_frozen=[]
        )
    assert refusal.value.place == GRANT


def test_the_refusals_read_with_their_remedies():
    assert str(refused(award("Ann", "earned"))) == (
        "P Amendment and Termination: the amendment hurts an award earned and unpaid for a "
        "completed period without the consent of Ann. Obtain the consent first, or leave the "
        "award out of the amendment."
    )
    assert refused(award("Ben", "outstanding")).reason == (
        "the amendment hurts an outstanding grant without the consent of Ben."
    )
    assert refused(kind="goals", frozen=("Ann",)).remedy == (
        "Leave the goals of that period as they are."
    )
    assert refused(consent="all").reason == (
        "'all' is no reading of amendment.consent; it is both or program."
    )


@pytest.mark.parametrize(
    ("consent", "sentence"),
    [
        (
            "both",
            "Holders of outstanding grants and of awards earned and unpaid for a completed "
            "period, who are hurt, agreed.",
        ),
        (
            "program",
            "Holders of awards earned and unpaid for a completed period, who are hurt, agreed.",
        ),
    ],
)
def test_the_step_says_whose_consents_were_asked_for(consent, sentence):
    outcome = amended(award("Ann", "earned", consented=True), consent=consent)
    assert outcome.steps[0].sentence == sentence
