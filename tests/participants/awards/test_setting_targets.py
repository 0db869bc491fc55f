"""Target shares for many at once and from a file, and the list as a whole before it is put.

“signed” is in grade Executive 1, “unsigned” in Executive 3; a share closed at 100.00 on 31 December
2012, the only close of that winter.
"""

import io
import re
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from ltip.program.services.limits import record_plan_limit
from ltip.program.services.periods import open_period
from ltip.records.models import Seal
from participants.awards.services import propose_awards
from participants.people.leaving import end_service
from tests import cast
from tests.participants.awards.test_enrolment_pages import address, listed, new_hire
from tests.participants.pages import human_resources, words

ON = date(2013, 3, 4)
SHARES = {"who": "everyone", "unit": "shares"}
MONEY = {"who": "everyone", "unit": "money", "averaging_days": "1", "until": "2013-01-15"}


@pytest.fixture
def helen(before_designation: Telling) -> User:
    return human_resources(before_designation)


def post(visit: Any, telling: Telling, helen: User, name: str, data: dict[str, Any]) -> Any:
    with visit(helen, ON) as browser:
        return browser.post(address(name, telling), data, follow=True)


def shown(answer: Any) -> dict[str, str]:
    """What the page sends back when its preview is confirmed."""
    (digest,) = re.findall(r'name="shown" value="(\w+)"', answer.content.decode())
    return {"shown": digest, "apply": "yes"}


def put_on_list(telling: Telling, **shares: int) -> None:
    propose_awards(
        period=telling.period,
        shares={str(telling.holders[name].public_id): count for name, count in shares.items()},
        by=telling.secretary,
        at=cast.noon(ON),
        on=ON,
    )


def test_one_amount_for_everyone_is_shown_before_it_is_written(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    told = SHARES | {"same": "1,500"}
    preview = post(visit, before_designation, helen, "set_targets", told)
    assert (
        "Executive 1 1 employee, 1 to be written 1,500 1,500 Executive 3 1 employee, 1 to be "
        "written 1,500 1,500"
    ) in words(preview)
    assert "Together, 2 employees 3,000" in words(preview)
    assert "Write 2 changes on the list" in words(preview)
    assert listed(before_designation) == {}
    written = post(visit, before_designation, helen, "set_targets", told | shown(preview))
    assert "The list is saved: 2 changes." in words(written)
    assert "before it is put" in words(written)
    assert listed(before_designation) == {"signed": 1500, "unsigned": 1500}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("everyone", {"signed": 10, "unsigned": 20}),
        ("listed", {"signed": 10}),
        ("unlisted", {"signed": 7, "unsigned": 20}),
    ],
)
def test_amounts_by_grade_reach_those_who_are_meant(
    before_designation: Telling, helen: User, visit: Any, who: str, expected: dict[str, int]
) -> None:
    put_on_list(before_designation, signed=7)
    told = SHARES | {"who": who, "grade-0": "10", "grade-1": "20"}
    preview = post(visit, before_designation, helen, "set_targets", told)
    post(visit, before_designation, helen, "set_targets", told | shown(preview))
    assert listed(before_designation) == expected


def test_a_grade_without_an_amount_is_left_as_it_is(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    told = SHARES | {"grade-1": "20"}
    preview = post(visit, before_designation, helen, "set_targets", told)
    post(visit, before_designation, helen, "set_targets", told | shown(preview))
    assert listed(before_designation) == {"unsigned": 20}


def test_money_is_divided_by_the_average_price_with_its_steps(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    # 100,050 ÷ 100.00 = 1,000.5, rounded down; 200 ÷ 100.00 = 2.
    told = MONEY | {"same": "200", "grade-0": "100,050.00"}
    preview = post(visit, before_designation, helen, "set_targets", told)
    text = words(preview)
    assert "The close of 31 December 2012." in text
    assert "$100,050.00 ÷ 100 a share, rounded down." in text
    post(visit, before_designation, helen, "set_targets", told | shown(preview))
    assert listed(before_designation) == {"signed": 1000, "unsigned": 2}
    sealed = Seal.objects.filter(kind="participants.awards.proposed").latest("number")
    assert "$200.00 ÷ 100 a share, rounded down." in sealed.canonical_text


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (SHARES, "Give an amount for every grade, or for some of them."),
        (SHARES | {"same": "10.5"}, "Whole shares, at most 100,000,000."),
        (SHARES | {"grade-0": "100,000,001"}, "Whole shares, at most 100,000,000."),
        (MONEY | {"same": "99.99"}, "$99.99 come to no whole share at 100 a share."),
        (MONEY | {"same": "200", "until": ""}, "An average needs it."),
        (MONEY | {"same": "200", "until": "2013-03-01"}, "1 trading days before are not on record"),
    ],
)
def test_what_can_not_be_drawn_up_is_said(
    before_designation: Telling, helen: User, visit: Any, told: dict[str, str], reason: str
) -> None:
    answer = post(visit, before_designation, helen, "set_targets", told | {"apply": "yes"})
    assert reason in words(answer)
    assert listed(before_designation) == {}


def test_a_preview_that_no_longer_holds_is_shown_again(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    told = SHARES | {"same": "10"}
    preview = post(visit, before_designation, helen, "set_targets", told)
    new_hire(before_designation, date(2010, 1, 4))
    again = post(visit, before_designation, helen, "set_targets", told | shown(preview))
    assert "This is not what you saw before. Read it again." in words(again)
    assert listed(before_designation) == {}


# From a file


def csv_file(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("targets.csv", "\n".join(lines).encode())


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, written = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def numbers(telling: Telling) -> tuple[str, str]:
    return telling.holders["signed"].number, telling.holders["unsigned"].number


def read(visit: Any, telling: Telling, helen: User, file: SimpleUploadedFile) -> Any:
    return post(visit, telling, helen, "targets_file", {"file": file})


def test_a_csv_file_is_shown_line_by_line_and_then_written(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    put_on_list(before_designation, signed=7)
    one, other = numbers(before_designation)
    file = csv_file("Name;Number;Target shares", f"S;{one};1,500", f"U;{other};41", ";;")
    answer = read(visit, before_designation, helen, file)
    assert f"signed {one} · Executive 1 7 1,500" in words(answer)
    assert f"unsigned {other} · Executive 3 new 41" in words(answer)
    assert listed(before_designation) == {"signed": 7}
    (lines,) = re.findall(r'name="lines" value="([^"]*)"', answer.content.decode())
    written = post(visit, before_designation, helen, "targets_file", {"lines": lines})
    assert "The list is saved: 2 changes." in words(written)
    assert listed(before_designation) == {"signed": 1500, "unsigned": 41}


def test_a_workbook_is_read_and_its_formulas_are_not_worked_out(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    one, other = numbers(before_designation)
    rows = [("number", "target shares"), (one, 300.0), (other, "=1+1")]
    file = SimpleUploadedFile("targets.xlsx", workbook(*rows))
    answer = read(visit, before_designation, helen, file)
    assert "1 line can't be taken, so nothing is" in words(answer)
    assert "line 3: unsigned: “=1+1” is not a whole number of shares above 0" in words(answer)
    file = SimpleUploadedFile("targets.xlsx", workbook(*rows[:2]))
    answer = read(visit, before_designation, helen, file)
    assert f"signed {one} · Executive 1 new 300" in words(answer)


def test_every_line_that_can_not_be_taken_is_named_and_nothing_is_written(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    new_hire(before_designation, date(2013, 1, 1))
    one, other = numbers(before_designation)
    lines = [f"{one},300", f"{one},300", "X1,5", "nina,5", f"{other},0", f"{other},1.5"]
    answer = read(visit, before_designation, helen, csv_file("number,target shares", *lines))
    text = words(answer)
    assert "5 lines can't be taken, so nothing is" in text
    assert "line 3: signed stands in line 2 already." in text
    assert "line 4: No employee has the number “X1”." in text
    assert "line 5: Nina New: Hired on 1 January 2013, not before the period commences" in text
    assert "line 6: unsigned: “0” is not a whole number" in text
    assert "line 7: unsigned stands in line 6 already." in text
    assert 'name="lines"' not in answer.content.decode()


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (51 * 1024 * 1024))
    return packed.getvalue()


def with_macros() -> bytes:
    packed = io.BytesIO(workbook(("number", "target shares")))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"number,shares\n1,2\n", "the first line has no column “target shares”"),
        (b"", "the first line has no column “number”"),
        (b"\xff\xfe\x00", "The file is neither XLSX nor text in UTF-8."),
        (b'number,target shares\n"1,2\n', "The file is not CSV"),
        (b"PK and nothing of a workbook", "The file can't be read as XLSX."),
        (bomb(), "The file unpacks to more than 50 MB."),
        (with_macros(), "The file carries macros."),
        (b"number,target shares\n" + b"1,2\n" * 20_001, "The file has more than 20,000 lines."),
    ],
)
def test_a_file_that_is_none_is_refused(
    before_designation: Telling, helen: User, visit: Any, content: bytes, reason: str
) -> None:
    file = SimpleUploadedFile("targets", content or b"\n")
    assert reason in words(read(visit, before_designation, helen, file))


def test_the_list_as_a_file_holds_no_live_formula(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    put_on_list(before_designation, unsigned=41)
    holder = before_designation.holders["signed"]
    type(holder).objects.filter(pk=holder.pk).update(name="=cmd|x")
    with visit(helen, ON) as browser:
        answer = browser.get(address("enrolment_csv", before_designation))
    assert answer["Content-Disposition"] == 'attachment; filename="enrolment-2013-2014.csv"'
    one, other = numbers(before_designation)
    assert answer.content.decode().splitlines() == [
        "number,name,salary grade,country,target shares",
        f"{one},'=cmd|x,Executive 1,US,",
        f"{other},unsigned,Executive 3,US,41",
    ]


# Before it is put


def test_the_review_sets_the_list_against_the_reserve_and_each_persons_year(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    by, at = before_designation.secretary, cast.noon(ON)
    for kind, shares in (("reserve", 700), ("person_year", 590)):
        record_plan_limit(kind=kind, shares=shares, starts_on=ON, by=by, at=at)
    put_on_list(before_designation, signed=300, unsigned=60)
    with visit(helen, ON) as browser:
        text = words(browser.get(address("review_enrolment", before_designation)))
    assert "At target 360 340 At the maximum counts 720 -20 beyond" in text.replace("−", "-")
    assert "would bring the total to 600, beyond the yearly limit of signed, 590." in text
    assert "would bring the total to 720, beyond the share reserve of the Plan, 700." in text
    assert "signed Executive 1 300 600 −10 beyond" in text


def test_the_review_compares_with_the_same_cycle_a_year_before(
    granted: Telling, visit: Any
) -> None:
    # Granted for 2013–2014: “signed” 300, “unsigned” 41.
    by, at, on = granted.secretary, cast.noon(date(2014, 1, 2)), date(2014, 1, 2)
    period = open_period(start_date=on.replace(day=1), end_date=date(2015, 12, 31), by=by, at=at)
    nina = new_hire(granted, date(2010, 1, 4))
    signed = granted.holders["signed"]
    shares = {str(signed.public_id): 250, str(nina.public_id): 10}
    propose_awards(period=period, shares=shares, by=by, at=at, on=on)
    with visit(human_resources(granted), on) as browser:
        review = reverse("participants:review_enrolment", args=[period])
        text = words(browser.get(review))
        gone = words(browser.get(review, {"change": "gone"}))
        enrolment = words(browser.get(reverse("participants:enrolment", args=[period])))
    assert "all 1 new, +10 1 gone, −41 1 less, −50" in text
    assert "Nina New Executive 1 new 10 20" in text
    assert "signed Executive 1 300 less −50 250 500" in text
    assert "unsigned 41 gone" in text
    assert "Change Target At most unsigned 41 gone Every figure" in gone
    assert "signed Executive 1 · US 300 granted for 2013–2014" in enrolment


def test_who_is_on_the_list_and_no_longer_eligible_is_taken_off_with_one_press(
    before_designation: Telling, helen: User, visit: Any
) -> None:
    put_on_list(before_designation, signed=300, unsigned=41)
    end_service(
        employee=before_designation.holders["unsigned"],
        ended_on=date(2013, 3, 1),
        reason="resignation",
        by=before_designation.secretary,
        at=cast.noon(ON),
    )
    with visit(helen, ON) as browser:
        review = browser.get(address("review_enrolment", before_designation))
        assert "unsigned: The service ended on 1 March 2013. P Eligibility" in words(review)
        (hidden,) = re.findall(r'name="(shares-[^"]+)" value=""', review.content.decode())
        browser.post(address("enrolment", before_designation), {hidden: ""})
    assert listed(before_designation) == {"signed": 300}
