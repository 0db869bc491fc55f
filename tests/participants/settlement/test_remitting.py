"""The company remits what a settlement abroad made due, and somebody records it.

Delivered on 26 March 2015; the tax month ends on 5 April, so it is remitted by 19 April 2015.
"""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from ltip.desk.deadlines import deadlines
from ltip.desk.scenarios.telling import Telling
from ltip.desk.selectors import situations
from ltip.records.selectors import content_of
from ltip.rules.outcome import Refused
from participants.settlement.abroad import record_remittance, tax_abroad
from participants.settlement.electing import elect_withholding
from participants.settlement.models import Settlement, TaxRemittance
from tests import cast
from tests.participants.conftest import Visit
from tests.participants.holders import award_of, holder
from tests.participants.pages import words
from tests.participants.papers.test_elections import elect, record
from tests.participants.settlement.test_abroad import due as due
from tests.participants.settlement.test_abroad import settle

DONE = date(2015, 4, 17)


@pytest.fixture
def settled(due: Telling) -> Telling:
    record(due)
    elect(due, "signed", on=date(2014, 2, 3))
    settle(due, signed=310_000, unsigned=0)
    return due


def remit(telling: Telling, name: str = "signed", **changes: Any) -> TaxRemittance:
    told = {
        "settlement": Settlement.objects.get(award=award_of(telling, name)),
        "remitted_on": DONE,
        "reference": "PAYE 2015/12",
        "by": telling.approver,
        "at": cast.noon(DONE),
    }
    return record_remittance(**(told | changes))


def test_a_remittance_is_recorded_with_who_when_and_its_reference(settled: Telling) -> None:
    done = remit(settled)
    (found,) = tax_abroad(Settlement.objects.all())
    assert found.remittance == done
    assert (done.remitted_on, done.reference) == (DONE, "PAYE 2015/12")
    assert done.recorded_by == settled.approver
    assert content_of(done.seal)["remitted_on"] == "2015-04-17"


def test_a_later_record_takes_the_place_of_the_earlier_one(settled: Telling) -> None:
    first = remit(settled)
    second = remit(settled, reference="PAYE 2015/13")
    assert second.supersedes == first
    (found,) = tax_abroad(Settlement.objects.all())
    assert found.remittance == second
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        second.delete()


def test_the_deadline_is_gone_once_it_is_recorded(settled: Telling) -> None:
    def titles() -> list[str]:
        return [
            one.title for one in deadlines(DONE, situations(DONE)) if one.day == date(2015, 4, 19)
        ]

    title = f"Remit the employer's insurance abroad for {settled.period.label}"
    assert titles() == [title]
    remit(settled)
    assert titles() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"remitted_on": date(2015, 3, 25)}, "lies before the delivery on 26 March 2015"),
        ({"remitted_on": date(2015, 4, 18)}, "18 April 2015 lies before .* or after today"),
        ({"reference": "  "}, "A remittance needs the reference of its payment"),
    ],
)
def test_what_is_no_remittance_is_refused(
    settled: Telling, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        remit(settled, **changes)
    assert not TaxRemittance.objects.exists()


def test_on_the_day_of_the_delivery_it_may_be_remitted(settled: Telling) -> None:
    assert remit(settled, remitted_on=date(2015, 3, 26)).remitted_on == date(2015, 3, 26)


def test_where_no_terms_set_a_day_nothing_is_remitted(settled: Telling) -> None:
    with pytest.raises(Refused, match=r"^XB: Nothing is remitted abroad for unsigned\."):
        remit(settled, "unsigned")


def test_finance_records_it_on_the_page_beside_its_day(settled: Telling, visit: Visit) -> None:
    desk = reverse("participants:settlement", args=[settled.period])
    award = award_of(settled, "signed").public_id
    where = reverse("participants:record_remittance", args=[settled.period, award])
    other = award_of(settled, "unsigned").public_id
    form = {"remitted_on": "2015-04-17", "reference": "PAYE 2015/12"}
    with visit(settled.approver, date(2015, 4, 21)) as browser:
        before = browser.get(desk)
        asked = words(browser.get(where))
        early = words(browser.post(where, form | {"remitted_on": "2015-03-01"}))
        done = words(browser.post(where, form, follow=True))
        again = words(browser.get(where))
        nobody = browser.get(where.replace(str(award), str(other)))
    assert "19 April 2015 not recorded as remitted" in words(before)
    assert where in before.content.decode()
    assert "remits the holder's tax and insurance by 19 April 2015" in asked
    assert "lies before the delivery" in early
    said = f"remitted on 17 April 2015, reference PAYE 2015/12, recorded by {settled.approver.name}"
    assert said in done
    assert "What you record now takes its place." in again
    assert nobody.status_code == 404


def test_what_a_holder_abroad_owes_from_wages_is_to_be_made_good_too(due: Telling) -> None:
    """Of a tax of 900.00, half is paid in shares and 450.00 from wages."""
    record(due)
    elect(due, "signed", on=date(2014, 2, 3))
    user, at = holder(due, "signed"), cast.noon(date(2015, 3, 20))
    elect_withholding(
        award=award_of(due, "signed"),
        shares_percent=50,
        cash_percent=50,
        by=user,
        authentication=cast.proof(user, at),
        at=at,
    )
    (found,) = tax_abroad(settle(due, signed=90_000, unsigned=0).values())
    assert found.owed_minor == 45_000
