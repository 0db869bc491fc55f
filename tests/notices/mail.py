"""Mail backends that fail as servers and processes do."""

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Locmem


class Killed(BaseException):
    """The process dies: nothing that catches errors catches it."""


class DiesAfterTaking(Locmem):
    """The server takes the message, and the process dies before it can record that."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise Killed


class BreaksOff(BaseEmailBackend):
    """The connection breaks half way."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionResetError("a secret of the server")


class TakesNothing(BaseEmailBackend):
    """The server says neither yes nor no."""

    def send_messages(self, messages: Any) -> int:
        return 0


class Unreachable(BaseEmailBackend):
    """Nobody answers."""

    def open(self) -> bool:
        raise ConnectionRefusedError
