"""A tax before the Settlement Date is met by forfeiting shares: drawn up, approved, then fewer due.

Certified on 20 February 2014, Ann is due 15,000 shares on 22 March. A tax of $1,000.00 falls due
on Friday, 21 March, at a close of 8.23: 121.5, so 122 shares, worth $1,004.06.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from ltip.desk.scenarios.telling import PASSWORD, Telling
from ltip.rules.outcome import Refused
from participants.awards.models import EarlyTax, EarlyTaxApproval
from participants.awards.selectors import standing_of
from participants.settlement import early_taxes
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of
from tests.participants.pages import words
from tests.participants.settlement.desk import (
    BEFORE_REPORT,
    FRIDAY,
    MONDAY,
    SATURDAY,
    STORY,
    address,
    prepare,
)


def draw_up(telling: Telling, on: date = FRIDAY, name: str = "ann", **changes: Any) -> EarlyTax:
    told = {"taxed_on": on, "tax_minor": 100_000, "by": telling.administrator}
    return early_taxes.draw_up_early_tax(
        award=award_of(telling, name), at=cast.noon(MONDAY), **(told | changes)
    )


def approve(telling: Telling, early: EarlyTax, by: Any = None) -> EarlyTaxApproval:
    by, at = by or telling.approver, cast.noon(MONDAY)
    return early_taxes.approve_early_tax(
        early=early, by=by, authentication=cast.proof(by, at), at=at
    )


def due_to(telling: Telling) -> int:
    shares: int = standing_of(award_of(telling, "ann")).entitlement().value.shares
    return shares


def test_it_takes_shares_once_another_person_has_approved_it(due: Telling) -> None:
    early = draw_up(due)
    assert (early.forfeited, early.returned_minor, due_to(due)) == (122, 406, 15_000)
    approve(due, early)
    assert due_to(due) == 14_878
    with pytest.raises(Refused, match="approved already"):
        approve(due, early)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EarlyTax.objects.update(forfeited=0)


def test_whoever_drew_it_up_does_not_approve_it(due: Telling) -> None:
    early = draw_up(due, by=due.approver)
    with pytest.raises(Refused, match="Whoever drew up an earlier tax does not approve it"):
        approve(due, early)
    assert due_to(due) == 15_000


def test_two_in_turn_are_each_counted_on_what_is_left(due: Telling) -> None:
    """Ten shares of Dave at 8.23 are 82.30: a tax of 80.00 takes all ten, another finds none."""
    first = draw_up(due, name="dave", tax_minor=8_000)
    with pytest.raises(Refused, match="waits for approval"):
        draw_up(due, name="dave", tax_minor=100)
    assert (first.forfeited, first.returned_minor) == (10, 230)
    approve(due, first)
    with pytest.raises(Refused, match="has no shares due"):
        draw_up(due, name="dave", tax_minor=100)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"taxed_on": SATURDAY}, "a tax of 22 March 2014 is not earlier"),
        ({"taxed_on": MONDAY + timedelta(days=1)}, "has not come yet"),
        ({"tax_minor": 0}, "There is no tax to meet"),
    ],
)
def test_what_does_not_fit_is_refused(due: Telling, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        draw_up(due, **changes)
    assert not EarlyTax.objects.exists()


def test_before_the_determination_there_are_no_shares_to_forfeit(db: None) -> None:
    telling = cast.told(acts=BEFORE_REPORT, name=STORY)
    with pytest.raises(Refused, match="is not determined: there are no shares to forfeit"):
        draw_up(telling)


def test_a_batch_prepared_before_is_prepared_again(due: Telling, visit: Visit) -> None:
    with visit(due.administrator, MONDAY) as browser:
        prepare(browser, due)
        approve(due, draw_up(due))
        said = words(browser.get(address(due)))
    assert "What is due changed for ann: prepare the settlement again." in said


def test_it_is_drawn_up_and_approved_on_the_page(due: Telling, visit: Visit) -> None:
    form = {
        "award": str(award_of(due, "ann").public_id),
        "taxed_on": "2014-03-21",
        "tax": "1,000.00",
    }
    with visit(due.administrator, MONDAY) as browser:
        drawn = words(browser.post(address(due, "draw_up_early_tax"), form, follow=True))
    early = EarlyTax.objects.get()
    asked = {"early_tax": str(early.public_id), "password": PASSWORD}
    with visit(due.approver, MONDAY) as browser:
        wrong = words(
            browser.post(address(due, "approve_early_tax"), asked | {"password": "wrong"})
        )
        assert not EarlyTaxApproval.objects.exists()
        done = words(browser.post(address(due, "approve_early_tax"), asked, follow=True))
    assert "It is drawn up and waits for finance." in drawn
    assert "A tax of $1,000.00 fell due on 21 March 2014, before the Settlement Date" in drawn
    assert "Fair Market Value: the close on 21 March 2014. 15,000 shares were due before." in drawn
    assert "This is not your password." in wrong
    assert "It is approved, and the shares are forfeited." in done
    assert due_to(due) == 14_878
