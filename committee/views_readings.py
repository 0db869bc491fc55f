"""The register of readings, and the secretary's proposal to construe one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from committee import construing
from committee.dating import day_of
from committee.forms_readings import ConstruingForm
from committee.kinds.reading import SUBJECT
from committee.models import Act
from committee.proposing import proposed_or_shown
from committee.selectors import open_acts
from committee.touching import touching_on
from ltip import clock
from ltip.accounts.access import open_to, roles_of
from ltip.accounts.models import Role
from ltip.rules.readings import REGISTER

READERS = (
    Role.COMMITTEE_MEMBER,
    Role.SECRETARY,
    Role.HUMAN_RESOURCES,
    Role.STOCK_ADMINISTRATOR,
    Role.FINANCE,
)
READS_ACTS = frozenset({Role.COMMITTEE_MEMBER, Role.SECRETARY, Role.AUDITOR})


@require_GET
@open_to(*READERS)
def readings(request: HttpRequest) -> HttpResponse:
    """Every question the source leaves open, how it is read today, and what was decided on it."""
    today, decided, roles = clock.today(), construing.decisions(), roles_of(request)
    return render(
        request,
        "committee/readings.html",
        {
            "today": today,
            "sections": construing.register_on(today, decided=decided, touching=touching_on(today)),
            "questions": len(REGISTER),
            "decided": decided[::-1],
            "open_act": open_acts().filter(kind="reading", subject=SUBJECT).first(),
            "may_propose": Role.SECRETARY in roles,
            "reads_acts": bool(roles & READS_ACTS),
        },
    )


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def construe(request: HttpRequest) -> HttpResponse:
    """The secretary chooses a question, then states how it is to be read, from when on and why."""
    today, decided = day_of(request), construing.decisions()
    open_act = open_acts().filter(kind="reading", subject=SUBJECT).first()
    key = request.GET.get("reading")
    reading = next((reading for reading in REGISTER if reading.key == key), None)
    if key and reading is None:
        raise Http404
    context: dict[str, Any] = {
        "today": today,
        "open_act": open_act,
        "is_secretary": Role.SECRETARY in roles_of(request),
    }
    if reading is None:
        context["sections"] = construing.register_on(today, decided=decided)
        return render(request, "committee/construe_which.html", context)
    entry = construing.entry_on(today, reading, decided=decided, touching=touching_on(today))
    given = request.POST if request.method == "POST" else None
    form = ConstruingForm(given, entry=entry, today=today, initial={"value": entry.value})
    if form.is_valid():
        found = proposed_or_shown(
            request,
            kind="reading",
            form=form,
            asked=lambda: {
                "readings": {reading.key: form.cleaned_data["value"]},
                "effective_on": form.cleaned_data["effective_on"],
                "reason": form.cleaned_data["reason"],
            },
            at_once=True,
        )
        if isinstance(found, Act):
            said = _("The reading is before the Committee as act %(number)s.")
            messages.success(request, said % {"number": found.number})
            return redirect("committee:act", found.public_id)
        context["preview"] = found
    return render(request, "committee/construe.html", {**context, "form": form, "entry": entry})
