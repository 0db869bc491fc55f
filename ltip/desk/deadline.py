"""A date of the Program: who must act by it, who knows of it, and where it is met."""

from dataclasses import dataclass
from datetime import date, timedelta

from ltip.accounts.models import Role, User

STAFF = frozenset(Role) - {Role.PARTICIPANT}
# Of what is done outside of here nobody records the end: it is shown for so long after its day.
SHOWN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something is due or happens.

    `key` stays the same when the day moves. `acts` are the roles that must do something by it,
    `knows` those to whom it is information. `subject` names the person it is about, left out
    where no names may stand; `holder` is that person's user, with `holder_acts` where they must.
    `opens_to` are the roles that may open the page at `url`.
    """

    key: str
    day: date
    title: str
    place: str
    remedy: str
    url: str
    acts: frozenset[Role] = frozenset()
    knows: frozenset[Role] = STAFF
    subject: str = ""
    holder: int | None = None
    holder_acts: bool = False
    own_url: str = ""
    opens_to: frozenset[Role] = STAFF

    def url_for(self, user: User, roles: frozenset[Role]) -> str:
        """Where it is looked at: a holder's own date on the holder's own page; "" for nowhere."""
        if self.own_url and self.holder == user.pk:
            return self.own_url
        return self.url if self.url and roles & (self.opens_to | {Role.AUDITOR}) else ""

    def concerns(self, user: User, roles: frozenset[Role]) -> bool:
        """Whether a person finds it on their list: by a role, or because it is theirs."""
        everything = Role.AUDITOR in roles
        return everything or self.holder == user.pk or bool(roles & (self.acts | self.knows))

    def is_asked_of(self, user: User, roles: frozenset[Role]) -> bool:
        """Whether that person must do something by it."""
        return bool(roles & self.acts) or (self.holder_acts and self.holder == user.pk)
