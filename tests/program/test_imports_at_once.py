"""Two files at the same moment, on connections of their own: one after the other, none lost."""

from datetime import date
from decimal import Decimal

import pytest

from ltip.accounts.services import SYSTEM
from ltip.program.models import DailyClose
from ltip.program.services import imports
from ltip.records import selectors as records_reading
from tests import cast
from tests.program.conftest import AFTER_PERIOD, five_companies, told
from tests.test_exactly_once import at_once


@pytest.mark.usefixtures("fresh_database")
def test_two_corrections_of_one_close_at_once_are_two_revisions() -> None:
    told(five_companies())

    def correct(close: str) -> None:
        imports.import_prices(
            closes=f"date,ticker,close\n2014-12-31,OURS,{close}\n".encode(),
            actions=None,
            by=SYSTEM,
            at=cast.noon(AFTER_PERIOD),
        )

    results = at_once(lambda: correct("15.10"), lambda: correct("15.20"))
    assert results == [None, None]
    rows = DailyClose.objects.filter(date=date(2014, 12, 31), security__is_company=True)
    assert [row.revision for row in rows.order_by("revision")] == [0, 1, 2]
    assert {row.close for row in rows} == {Decimal("15.00"), Decimal("15.10"), Decimal("15.20")}
    assert records_reading.first_fault()[1] is None
