from typing import Any

from django.core.management.base import BaseCommand

from ltip import clock
from ltip.accounts.services import SYSTEM
from participants.importing.services import rotate_kept_files
from participants.people import services


class Command(BaseCommand):
    help = "Encrypts all personal data again with the first of FIELD_ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        count = services.rotate_personal_data(by=SYSTEM, at=clock.now())
        rotate_kept_files()
        self.stdout.write(f"The personal data of {count} employees is under the first key.")
