"""The secretary changes the text of a resolution that is before the Committee."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committee import selectors
from committee.forms import RevisingForm
from committee.resolutions import figures_beside, written
from committee.revising import NeedsConfirmation, revise_resolution
from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.rules.outcome import Refused


@require_http_methods(["GET", "POST"])
@open_to(writers=(Role.SECRETARY,))
def revise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The text with its figures by name, and the names with their values beside it."""
    act = selectors.act_by_public_id(public_id)
    if act is None or hasattr(act, "adoption") or hasattr(act, "ending"):
        raise Http404
    exhibit = selectors.exhibit_of(act)
    if "wording" not in exhibit:
        raise Http404
    wording = exhibit["wording"]
    asks_to_confirm = "is_meant" in request.POST
    if request.method == "POST":
        form = RevisingForm(request.POST, asks_to_confirm=asks_to_confirm)
    else:
        form = RevisingForm(
            initial={"text": written(wording["text"]), "shown_digest": act.exhibit_digest}
        )
    if form.is_valid():
        try:
            revise_resolution(
                act=act,
                text=form.cleaned_data["text"],
                shown_digest=form.cleaned_data["shown_digest"],
                is_meant=form.cleaned_data.get("is_meant", False),
                by=signed_in_user(request),
                at=clock.now(),
            )
        except NeedsConfirmation as refusal:
            form = RevisingForm(request.POST, asks_to_confirm=True)
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("The text of act %(number)s is changed. Every member reads and signs anew.")
            messages.success(request, said % {"number": act.number})
            return redirect("committee:act", public_id)
    return render(
        request,
        "committee/revise.html",
        {
            "act": act,
            "form": form,
            "figures": figures_beside(wording["text"], wording["figures"]),
            "signed": act.signatures.count(),
            "is_secretary": Role.SECRETARY in roles_of(request),
        },
    )
