"""The holders of a story as those who sign in."""

from ltip.accounts import services as accounts
from ltip.accounts.models import Role, User
from ltip.accounts.selectors import roles_of
from ltip.desk.scenarios.telling import LONG_AGO, Telling
from participants.awards.models import Award


def holder(telling: Telling, name: str) -> User:
    """A holder who may sign in on any day of the story, not only after it was told."""
    user: User = telling.holders[name].user
    if Role.PARTICIPANT not in roles_of(user, LONG_AGO):
        told = {"by": accounts.SYSTEM, "at": telling.told_at}
        day = telling.told_at.date()
        accounts.end_role(user=user, role=Role.PARTICIPANT, ends_on=day, **told)
        accounts.assign_role(user=user, role=Role.PARTICIPANT, starts_on=LONG_AGO, **told)
    return user


def award_of(telling: Telling, name: str) -> Award:
    return Award.objects.get(employee=telling.holders[name], period=telling.period)
