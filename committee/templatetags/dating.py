"""Saying on every page that proposes an act that it was adopted elsewhere, and on which day."""

from typing import Any

from django import template

from committee import dating
from ltip import clock
from ltip.accounts.access import roles_of
from ltip.accounts.models import Role

PREPARERS = frozenset({Role.SECRETARY, Role.HUMAN_RESOURCES})
register = template.Library()


@register.inclusion_tag("committee/dated.html", takes_context=True)
def adopted_elsewhere(context: dict[str, Any]) -> dict[str, Any]:
    """The day that the page carries, or the question for it, before the form of an act."""
    request = context["request"]
    kept = request.GET.copy()
    kept.pop(dating.FIELD, None)
    return {
        "adopted_on": dating.adopted_on(request),
        "today": clock.today(),
        "may_say": bool(roles_of(request) & PREPARERS),
        "path": request.path,
        "kept": [(name, value) for name, values in kept.lists() for value in values],
        "back": f"{request.path}?{kept.urlencode()}" if kept else request.path,
    }


@register.simple_tag(takes_context=True)
def dated_query(context: dict[str, Any]) -> str:
    """The same day for the address of a form that is sent to another page."""
    day = dating.adopted_on(context["request"])
    return f"?{dating.FIELD}={day.isoformat()}" if day else ""
