"""Who has not signed the notice of grant, for human resources."""

import re
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from ltip.desk.scenarios.telling import Telling
from ltip.notices.models import Message
from ltip.notices.services import Recipient, record_certified_mail
from participants.papers.reminding import remind_to_sign
from participants.papers.signatures import REMINDER
from participants.people import services as people
from participants.people.models import Employee
from tests import cast
from tests.participants.pages import human_resources, words

DAY = date(2013, 2, 15)


def page(visit: Any, telling: Telling) -> str:
    with visit(human_resources(telling), DAY) as browser:
        return words(browser.get(reverse("participants:signatures", args=[telling.period])))


def test_it_names_who_has_not_signed_and_since_when(granted: Telling, visit: Any) -> None:
    text = page(visit, granted)
    assert "1 of 2 holders has not signed the notice of grant." in text
    assert "unsigned target 41 5 Feb 2013 10 days ago no last day unsigned@story.example" in text
    assert "1 signed Holder Signed signed 6 February 2013" in text


def test_who_forfeited_the_award_has_nothing_left_to_sign(granted: Telling, visit: Any) -> None:
    people.end_service(
        employee=granted.holders["unsigned"],
        ended_on=date(2013, 2, 10),
        reason="resignation",
        by=granted.secretary,
        at=cast.noon(DAY),
    )
    text = page(visit, granted)
    assert "Every holder who can still be delivered shares has signed" in text
    assert "Forfeited, void or lapsed: nothing left to sign for unsigned" in text


def test_before_the_grants_it_says_what_will_be_here(
    before_designation: Telling, visit: Any
) -> None:
    assert "No award has been granted for this period" in page(visit, before_designation)


def test_a_holder_does_not_see_it(granted: Telling, visit: Any) -> None:
    with visit(granted.holders["signed"].user, DAY) as browser:
        answer = browser.get(reverse("participants:signatures", args=[granted.period]))
    assert answer.status_code == 403


def reminders() -> list[tuple[str, str]]:
    return [(m.recipient_name, m.subject) for m in Message.objects.filter(why=REMINDER)]


def test_one_press_reminds_everyone_once_a_day(granted: Telling, visit: Any) -> None:
    address = reverse("participants:remind_to_sign", args=[granted.period])
    helen = human_resources(granted)
    told = ("unsigned", "Your notice of grant for 2013–2014 waits for your signature")
    with visit(helen, DAY) as browser:
        first = words(browser.post(address, follow=True))
        again = words(browser.post(address, follow=True))
    assert "1 reminder is on its way; once sent it is a notice given." in first
    assert "a reminder is on its way" in first
    assert "Everyone who can sign here was reminded today already." in again
    assert "Everyone who can sign here was reminded today. Tomorrow" in again
    assert reminders() == [told]
    assert "nothing is delivered before you have signed. (GN)" in Message.objects.get().text
    with visit(helen, DAY + timedelta(days=1)) as browser:
        browser.post(address)
    assert reminders() == [told, told]


def test_who_has_no_account_is_named_and_not_reminded(granted: Telling, visit: Any) -> None:
    Employee.objects.filter(pk=granted.holders["unsigned"].pk).update(user=None)
    assert "no account" in page(visit, granted)
    remind = {"period": granted.period, "by": granted.secretary, "at": cast.noon(DAY)}
    assert remind_to_sign(**remind) == 0


def test_a_certified_letter_stands_beside_the_holder_with_its_number(
    granted: Telling, visit: Any
) -> None:
    unsigned = granted.holders["unsigned"]
    record_certified_mail(
        to=Recipient(str(unsigned.public_id), unsigned.name, "1 Elm Street"),
        number="7019 0160 0000 1234",
        posted_on=date(2013, 2, 12),
        subject="Your notice of grant for 2013–2014",
        text="",
        document=None,
        by=granted.secretary,
        at=cast.noon(DAY),
    )
    helen = human_resources(granted)
    with visit(helen, DAY) as browser:
        signatures = browser.get(reverse("participants:signatures", args=[granted.period]))
        (link,) = re.findall(r'href="([^"]*/letter/[^"]*)"', signatures.content.decode())
        letter = browser.get(link)
    text = words(signatures)
    assert "12 Feb 2013 certified mail 7019 0160 0000 1234" in text
    assert 'value="Your notice of grant for 2013–2014"' in letter.content.decode()


def test_by_default_the_page_says_that_an_unsigned_award_stands(
    granted: Telling, visit: Any
) -> None:
    assert (
        "What becomes of an unsigned award It stands, but nothing is delivered until the holder "
        "has signed. GN"
    ) in page(visit, granted)
