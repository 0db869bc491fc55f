import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ltip import clock


class Command(BaseCommand):
    help = "Makes the key with which a demonstration signs its papers, where it has none."

    def handle(self, *args: Any, **options: Any) -> None:
        from ltip.records.signing import demonstration_key

        if not settings.DEMONSTRATION_ALLOWED or not settings.SIGNING_KEY_FILE:
            raise CommandError("Only a demonstration makes its own key, in SIGNING_KEY_FILE.")
        file = Path(settings.SIGNING_KEY_FILE)
        if file.exists():
            return
        # Written beside its place and moved there whole: stopped half way, it never was.
        making = file.with_suffix(".making")
        making.unlink(missing_ok=True)
        descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as written:
            written.write(demonstration_key(at=clock.machine_now()))
        making.replace(file)
