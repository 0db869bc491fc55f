from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ltip import clock
from ltip.accounts.services import SYSTEM
from ltip.program.services import periods
from ltip.rules.outcome import Refused


class Command(BaseCommand):
    help = "Chooses the exchange whose calendar says on which days there is trading."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("exchange", help="its code, as XNYS for New York")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            periods.choose_trading_calendar(
                exchange_code=options["exchange"], by=SYSTEM, at=clock.now()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Trading days are those of {options['exchange']} from now on.")
