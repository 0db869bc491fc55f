import pytest

from ltip.rules.outcome import Outcome, Refused, Step


def test_a_refusal_reads_place_then_reason_then_remedy():
    refusal = Refused(
        "the window for grants closed on 30 March 2012.", place="P Grants", remedy="Wait."
    )
    assert str(refusal) == "P Grants: the window for grants closed on 30 March 2012. Wait."


def test_a_refusal_without_a_remedy_ends_with_its_reason():
    assert str(Refused("no.", place="GA §4")) == "GA §4: no."


def test_a_refusal_must_name_its_place():
    with pytest.raises(TypeError):
        Refused("no.")


def test_an_outcome_keeps_its_steps_in_order_and_cannot_be_changed():
    outcome = Outcome(3, (Step("One.", "1", "GA §2"), Step("Then three.", "3", "GA §4")))
    assert [step.figure for step in outcome.steps] == ["1", "3"]
    with pytest.raises(AttributeError):
        outcome.value = 4
