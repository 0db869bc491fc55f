"""Around the signature on a notice: the documents to open, declining, and the receipts."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import address_of, open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.forms import PasswordForm
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.records.models import Document
from ltip.records.services import log_look
from ltip.rules.outcome import Refused
from participants.papers import declining, opening, receipts, selectors
from participants.papers.access import holders_only, own_standing
from participants.papers.wording import sections_of_text

READING_STAFF = (Role.HUMAN_RESOURCES, Role.SECRETARY)


class DeclineForm(PasswordForm):
    """Declining a notice: why, and the password again."""

    shown_digest = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why you decline"),
        max_length=declining.LONGEST_REASON,
        help_text=gettext_lazy("The Committee and those who keep its records read it."),
        widget=forms.Textarea({"rows": 5}),
    )
    field_order = ("reason", "password")


@require_GET
@never_cache
@holders_only
def notice_document(request: HttpRequest, award: UUID, kind: str) -> HttpResponse:
    """A document that the notice incorporates; that its holder opened it is recorded."""
    standing = own_standing(request, award)
    paper, day = standing.award.notice, clock.today()
    shown = opening.document_to_open(paper, kind, on=day)
    if shown is None:
        raise Http404
    opening.record_opening(
        notice=paper, kind=kind, digest=shown.digest, by=signed_in_user(request), at=clock.now()
    )
    if shown.document is not None:
        answer = HttpResponse(bytes(shown.document.content), content_type=shown.document.media_type)
        answer["Content-Disposition"] = f'inline; filename="{kind}.{_ending(shown.document)}"'
        return answer
    text = shown.supplement.text if shown.supplement else ""
    return render(
        request,
        "participants/papers/special_terms.html",
        {"standing": standing, "shown": shown, "sections": sections_of_text(text)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holders_only
def decline_notice(request: HttpRequest, award: UUID) -> HttpResponse:
    """What follows when the holder declines to sign, and the form for the reason."""
    standing = own_standing(request, award)
    paper = standing.award.notice
    form = DeclineForm(
        request.POST if request.method == "POST" else None, initial={"shown_digest": paper.digest}
    )
    if form.is_valid():
        try:
            declined = declining.decline_notice(
                notice=paper,
                shown_digest=form.cleaned_data["shown_digest"],
                reason=form.cleaned_data["reason"],
                by=signed_in_user(request),
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            receipts.request_receipt(declined.seal, by=signed_in_user(request), at=clock.now())
            messages.success(request, _("You declined your notice of grant."))
            return redirect("participants:decline_notice", award)
    on_record = declining.decline_of(paper)
    return render(
        request,
        "participants/papers/decline.html",
        {
            "holding": selectors.Holding(standing, clock.today()),
            "acceptance": selectors.acceptance_of(paper),
            "decline": on_record,
            "follows": declining.told_that_follows(on_record)
            if on_record
            else declining.what_follows(paper),
            "notice": paper,
            "form": form,
        },
    )


@require_GET
@never_cache
@open_to(Role.PARTICIPANT, *READING_STAFF)
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """The receipt of what a holder signed, for the holder and who keeps the papers; a page while
    it is made."""
    seal = receipts.sealed_by_holder(number)
    user = signed_in_user(request)
    is_own = seal is not None and receipts.is_signed_by(seal, user.public_id)
    is_staff = bool(roles_of(request) & {*READING_STAFF, Role.AUDITOR})
    signer = receipts.signer_of(seal) if seal else None
    if seal is None or signer is None or not (is_own or is_staff):
        raise Http404
    if not is_own:
        log_look(
            viewer=user,
            subject=signer.public_id,
            fields=f"receipt of record {number}",
            at=clock.now(),
            address=address_of(request),
        )
    made = receipts.receipt_of(seal)
    if made is None:
        receipts.request_receipt(seal, by=user, at=clock.now())
        return render(
            request,
            "participants/papers/receipt.html",
            {"number": number, "is_own": is_own, "failed": receipts.receipt_failed(seal)},
        )
    answer = HttpResponse(bytes(made.document.content), content_type=made.document.media_type)
    answer["Content-Disposition"] = f'inline; filename="{made.document.name}"'
    return answer


def _ending(document: Document) -> str:
    return {"application/pdf": "pdf", "image/png": "png"}.get(document.media_type, "jpg")
