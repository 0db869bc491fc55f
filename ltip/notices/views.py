"""The log of notices, and the messages of which nobody knows whether they arrived."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ltip import clock
from ltip.accounts.access import address_of, open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.notices import selectors, services
from ltip.notices.models import Message
from ltip.records.services import log_look
from ltip.rules.outcome import Refused

KEEPERS = (Role.SECRETARY, Role.HUMAN_RESOURCES)
ON_A_PAGE = 50


@require_safe
@open_to(*KEEPERS)
def log(request: HttpRequest) -> HttpResponse:
    """Every message, the latest first, and before them those that a person has to decide about."""
    page = Paginator(selectors.messages_by_latest(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "notices/log.html",
        {"in_doubt": list(selectors.in_doubt()), "page": page, "may_decide": _may_decide(request)},
    )


@require_safe
@never_cache
@open_to(*KEEPERS)
def message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One message with its text and the address it went to; the look is logged."""
    found = _message_or_404(public_id)
    _log_look(request, found, "address and text of a notice")
    given = getattr(found, "given", None)
    return render(
        request,
        "notices/message.html",
        {
            "message": found,
            "given": given,
            "fits": given is None or selectors.fits_its_record(given),
            "sent_to": selectors.address_of(found),
            "is_in_doubt": selectors.is_in_doubt(found),
            "may_decide": _may_decide(request),
        },
    )


@require_POST
@open_to(writers=KEEPERS)
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A person decides: the message arrived, or it is sent again."""
    found = _message_or_404(public_id)
    decision = request.POST.get("decision")
    if decision not in ("arrived", "again"):
        messages.error(request, _("Say whether it arrived or is sent again."))
        return redirect("notices:message", public_id)
    try:
        services.decide_doubt(
            message=found,
            arrived=decision == "arrived",
            by=signed_in_user(request),
            at=clock.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        told = {"subject": found.subject, "name": found.recipient_name}
        done = (
            _("“%(subject)s” to %(name)s is recorded as given.")
            if decision == "arrived"
            else _("“%(subject)s” to %(name)s is sent again.")
        )
        messages.success(request, done % told)
    return redirect("notices:log")


@require_safe
@never_cache
@open_to(*KEEPERS)
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The receipt or letter kept with a notice by certified mail; the look is logged."""
    found = _message_or_404(public_id)
    given = getattr(found, "given", None)
    if given is None or given.document is None:
        raise Http404
    _log_look(request, found, "paper of a notice")
    answer = HttpResponse(bytes(given.document.content), content_type=given.document.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, given.document.name)
    return answer


def _message_or_404(public_id: UUID) -> Message:
    found = selectors.message_by_public_id(public_id)
    if found is None:
        raise Http404
    return found


def _may_decide(request: HttpRequest) -> bool:
    return bool(roles_of(request) & set(KEEPERS))


def _log_look(request: HttpRequest, found: Message, fields: str) -> None:
    log_look(
        viewer=signed_in_user(request),
        subject=found.recipient,
        fields=fields,
        at=clock.now(),
        address=address_of(request),
    )
