from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ltip.records import selectors


class Command(BaseCommand):
    help = "Walks the whole chain of seals and names the first record that does not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        count, fault = selectors.first_fault()
        if fault:
            raise CommandError(f"Record {fault.number} does not fit: {fault.reason}.")
        self.stdout.write(f"{count} records, one unbroken chain.")
