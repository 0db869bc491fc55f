"""What the stock administrator and finance do at the desk, through the browser."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from ltip.accounts.models import User
from ltip.desk.scenarios.telling import PASSWORD, Telling
from participants.settlement import services
from participants.settlement.models import DeliveryCondition, SettlementBatch
from participants.settlement.selectors import unticked_conditions
from tests import cast
from tests.participants.holders import award_of

STORY = "whole-shares-withheld.toml"
BEFORE_REPORT, BEFORE_SETTLEMENT = 4, 6
FRIDAY, SATURDAY, MONDAY = date(2014, 3, 21), date(2014, 3, 22), date(2014, 3, 24)
TAX = {"ann": "45,281.46", "carol": "0.01", "dave": "100.00"}


def address(telling: Telling, name: str = "settlement") -> str:
    return reverse(f"participants:{name}", args=[telling.period])


def preparation(telling: Telling, tax: dict[str, str], **by_hand: str) -> dict[str, str]:
    """The form of the desk as it is sent: the tax of each holder, by name."""
    taxes = {f"tax_{award_of(telling, name).public_id}": money for name, money in tax.items()}
    return {**taxes, **by_hand}


def prepare(browser: Client, telling: Telling, form: dict[str, str] | None = None) -> Any:
    form = preparation(telling, TAX) if form is None else form
    return browser.post(address(telling, "prepare_settlement"), form, follow=True)


def approve(browser: Client, telling: Telling, **changes: str) -> Any:
    """Approve the latest batch as its page was shown."""
    batch = SettlementBatch.objects.latest("pk")
    form = {"batch": str(batch.public_id), "shown_digest": batch.digest, "password": PASSWORD}
    return browser.post(address(telling, "approve_settlement"), form | changes, follow=True)


def tick_all(telling: Telling, on: date) -> None:
    for condition in unticked_conditions(telling.period):
        services.tick_condition(
            period=telling.period,
            condition=condition,
            by=telling.administrator,
            at=cast.noon(on),
        )


def ticked(telling: Telling) -> list[tuple[str, User]]:
    rows = DeliveryCondition.objects.filter(period=telling.period).select_related("ticked_by")
    return [(row.condition, row.ticked_by) for row in rows]
