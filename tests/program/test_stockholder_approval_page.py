"""Recording the Stockholder Approval Date on its page."""

from datetime import date

import pytest

from ltip.program.models import StockholderApproval
from tests import cast

ADDRESS = "/market/stockholder-approval/"


@pytest.mark.django_db
def test_the_secretary_records_the_day_once() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    with cast.visit(telling.secretary, date(2012, 6, 4)) as browser:
        assert "No approval is on record." in browser.get(ADDRESS).content.decode()
        late = browser.post(ADDRESS, {"approved_on": "2012-06-05"})
        assert "5 June 2012 has not come yet." in late.content.decode()
        early = browser.post(ADDRESS, {"approved_on": "2012-01-01"})
        assert "lies after the Effective Date" in early.content.decode()
        assert browser.post(ADDRESS, {"approved_on": "2012-05-23"}).status_code == 302
        page = browser.get(ADDRESS).content.decode()
        assert "23 May 2012" in page
        assert "Put on record" not in page
        again = browser.post(ADDRESS, {"approved_on": "2012-05-24"})
        assert "is on record" in again.content.decode()
    assert StockholderApproval.objects.get().approved_on == date(2012, 5, 23)
