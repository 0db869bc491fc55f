"""The day on which an act was adopted elsewhere, in the address of the page that puts it."""

from datetime import date

from django.http import Http404, HttpRequest

from ltip import clock

FIELD = "adopted_on"


def adopted_on(request: HttpRequest) -> date | None:
    """The day of the adoption elsewhere that the page carries, if any (rulebook 1.4)."""
    written = request.GET.get(FIELD, "")
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Http404 from error


def day_of(request: HttpRequest) -> date:
    """The day as of which an act is drawn up: that of its adoption elsewhere, else today."""
    return adopted_on(request) or clock.today()
