"""PLACEHOLDER by the lead until the colleague's package arrives (overwrite me, keep the names)."""

from datetime import timedelta

from ltip.records.services import move_demonstration_day


def advance(*, to, by, at):
    move_demonstration_day(to=to, by=by, at=at)


def next_day(today):
    return today + timedelta(days=1)


def sign_ins():
    return []
