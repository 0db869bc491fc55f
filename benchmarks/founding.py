"""Founds a company that has chosen its exchange's calendar, ready for a first import."""

import django

django.setup()

from ltip import clock  # noqa: E402
from ltip.accounts.services import SYSTEM  # noqa: E402
from ltip.program.services import periods  # noqa: E402
from ltip.records import services as records  # noqa: E402

at = clock.now()
records.found_company(
    name="The company measured",
    state_of_incorporation="Delaware",
    principal_office="1 Measure Lane",
    time_zone="America/Los_Angeles",
    by=SYSTEM,
    at=at,
)
periods.choose_trading_calendar(exchange_code="XNYS", by=SYSTEM, at=at)
