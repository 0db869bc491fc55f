from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ltip.records import selectors


class Command(BaseCommand):
    help = (
        "Walks the whole chain of seals and names the first record that does not fit; "
        "then reads every document and names the first that was altered."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        records, fault = selectors.first_fault()
        fault = fault or selectors.first_missing_seal()
        if fault:
            raise CommandError(f"Record {fault.number} does not fit: {fault.reason}.")
        self.stdout.write(f"{records} records, one unbroken chain.")
        last = selectors.last_seal()
        if last:
            self.stdout.write(f"The last is record {last.number} with digest {last.digest}.")
        documents, altered = selectors.first_altered_document()
        if altered:
            raise CommandError(
                f"Document {altered} does not fit: its content is not what was stored."
            )
        self.stdout.write(f"{documents} documents, each as it was stored.")
