from typing import Any

from django.core.management.base import BaseCommand

from ltip.desk import demonstration


class Command(BaseCommand):
    help = "Prints who one can be in the demonstration; nothing where there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        sign_ins = demonstration.sign_ins()
        if not sign_ins:
            return
        self.stdout.write("Sign in as (every person and figure is invented):\n")
        for sign_in in sign_ins:
            self.stdout.write(f"  {sign_in.role:<28} {sign_in.email}")
        self.stdout.write(f"The password of each: {sign_ins[0].password}")
