import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from ltip.jobs import services, timetable


class Command(BaseCommand):
    help = "Performs waiting jobs and keeps the timetable, without a broker, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="perform what waits, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        services.prepare_worker()
        kept_at = 0.0
        while not self.stopping:
            if time.monotonic() - kept_at >= timetable.KEPT_EVERY_SECONDS or not kept_at:
                timetable.keep()
                kept_at = time.monotonic()
            performed = services.perform_waiting()
            if options["once"] and not performed:
                return
            close_old_connections()
            if not performed:
                time.sleep(0.5)

    def stop(self, *_: Any) -> None:
        self.stopping = True
