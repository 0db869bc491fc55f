from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ltip.desk import demonstration
from ltip.records.services import Refused


class Command(BaseCommand):
    help = "Loads the invented company of the demonstration into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="leave a database alone that is not empty, instead of refusing it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not demonstration.is_empty():
            return
        try:
            demonstration.load()
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
