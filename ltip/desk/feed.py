"""The dates as an iCalendar file (RFC 5545), without the name of anybody they are about."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from ltip.accounts.models import Role, User
from ltip.desk.deadline import Deadline
from ltip.site_address import link_to

# Any fixed one: it makes the identifiers of the same dates the same in every feed.
NAMESPACE = UUID("b8c3b7de-5d0c-4c53-9d1f-6f0e7c1c2a54")
FETCHED_EVERY = timedelta(hours=6)


def calendar_text(
    dates: Iterable[Deadline], *, user: User, roles: frozenset[Role], at: datetime
) -> bytes:
    """Write the dates as whole-day events, each with the way to the page where it is met."""
    calendar = Calendar()
    calendar.add("prodid", "-//Long Term Incentive Program//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Long Term Incentive Program"))
    calendar.add("refresh-interval", FETCHED_EVERY, parameters={"VALUE": "DURATION"})
    for one in dates:
        event = Event()
        event.add("uid", f"{uuid5(NAMESPACE, one.key)}@ltip")
        event.add("dtstamp", at)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.title)
        if one.place:
            event.add("description", one.place)
        if address := one.url_for(user, roles):
            event.add("url", link_to(address))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()
