from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ltip import clock
from ltip.accounts.services import SYSTEM
from ltip.program.services.imports import import_prices
from ltip.program.services.price_files import FileRefused
from ltip.rules.outcome import Refused


class Command(BaseCommand):
    help = "Takes in files of daily closes and corporate actions, each in whole or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            metavar="FILE",
            help="closes, CSV or XLSX: date,ticker,close[,volume], or a column a ticker",
        )
        parser.add_argument(
            "--actions",
            type=Path,
            metavar="FILE",
            help="dividends and splits: date,ticker,kind,amount",
        )
        parser.add_argument(
            "--new-securities",
            action="store_true",
            help="register tickers that are not on record, from their first day in the files on",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        closes, actions = options["file"], options["actions"]
        try:
            taken = import_prices(
                closes=_content(closes),
                actions=_content(actions) if actions else None,
                by=SYSTEM,
                at=clock.now(),
                closes_name=closes.name,
                actions_name=actions.name if actions else "",
                new_securities=options["new_securities"],
            )
        except FileRefused as refusal:
            paths = {"closes": closes, "actions": actions}
            for fault in refusal.faults:
                self.stderr.write(f"{paths[fault.file]}, line {fault.line}: {fault.reason}")
            raise CommandError(f"{len(refusal.faults):,} faults; nothing was taken.") from None
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        for source in taken:
            self.stdout.write(
                f"{source.what}: {source.lines:,} taken ({source.new:,} new, "
                f"{source.corrected:,} corrected, {source.unchanged:,} unchanged), "
                f"SHA-256 {source.document_id}"
            )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from None
