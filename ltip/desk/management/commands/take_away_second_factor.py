from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ltip import clock
from ltip.accounts.models import User
from ltip.desk import second_factor
from ltip.rules.outcome import Refused


class Command(BaseCommand):
    help = (
        "Takes away the second factor of somebody who lost phone and recovery codes. Make sure "
        "first, by voice or in person, that it is they. It is sealed, and told to them by e-mail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the e-mail address that they sign in with")
        parser.add_argument(
            "--reason", required=True, help="why, and how you made sure that it is they"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        try:
            second_factor.take_away(user=user, reason=options["reason"], at=clock.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user.name} signs in with the password alone, and is told by e-mail.")
