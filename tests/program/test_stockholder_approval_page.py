"""Recording the Stockholder Approval Date on its page, with the paper that shows it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ltip.program.models import StockholderApproval
from ltip.program.services.periods import record_stockholder_approval
from tests import cast

ADDRESS = "/market/stockholder-approval/"
REPORT = b"%PDF-1.7 the inspector of elections reports"


def _sent(approved_on: str, content: bytes = REPORT) -> dict[str, object]:
    paper = SimpleUploadedFile("report.pdf", content, "application/pdf")
    return {"approved_on": approved_on, "paper": paper}


@pytest.mark.django_db
def test_the_secretary_records_the_day_once() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    with cast.visit(telling.secretary, date(2012, 6, 4)) as browser:
        assert "No approval is on record." in browser.get(ADDRESS).content.decode()
        late = browser.post(ADDRESS, _sent("2012-06-05"))
        assert "5 June 2012 has not come yet." in late.content.decode()
        early = browser.post(ADDRESS, _sent("2012-01-01"))
        assert "lies after the Effective Date" in early.content.decode()
        assert browser.post(ADDRESS, _sent("2012-05-23")).status_code == 302
        page = browser.get(ADDRESS).content.decode()
        assert "23 May 2012" in page
        assert "Put on record" not in page
        again = browser.post(ADDRESS, _sent("2012-05-24"))
        assert "is on record" in again.content.decode()
    assert StockholderApproval.objects.get().approved_on == date(2012, 5, 23)


@pytest.mark.django_db
def test_the_paper_that_shows_the_vote_is_asked_for_and_kept() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    with cast.visit(telling.secretary, date(2012, 6, 4)) as browser:
        assert browser.get(f"{ADDRESS}paper/").status_code == 404
        without = browser.post(ADDRESS, {"approved_on": "2012-05-23"}).content.decode()
        assert "This field is required." in without
        assert 'value="2012-05-23"' in without
        wrong = browser.post(ADDRESS, _sent("2012-05-23", b"a letter")).content.decode()
        assert "A PDF, PNG or JPEG file, please." in wrong
        assert not StockholderApproval.objects.exists()
        browser.post(ADDRESS, _sent("2012-05-23"))
        assert "report.pdf" in browser.get(ADDRESS).content.decode()
        assert browser.get(f"{ADDRESS}paper/").content == REPORT
    approval = StockholderApproval.objects.select_related("document").get()
    assert approval.document is not None
    assert approval.document.digest in approval.seal.canonical_text


@pytest.mark.django_db
def test_an_approval_recorded_without_a_paper_says_so() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    record_stockholder_approval(
        approved_on=date(2012, 5, 23), by=telling.secretary, at=cast.noon(date(2012, 6, 4))
    )
    with cast.visit(telling.secretary, date(2012, 6, 4)) as browser:
        assert "No paper was kept with it." in browser.get(ADDRESS).content.decode()
        assert browser.get(f"{ADDRESS}paper/").status_code == 404
