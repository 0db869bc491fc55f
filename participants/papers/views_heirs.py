"""Recording the paper on which a dead holder's heirs signed the notice of grant."""

from typing import Any
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
from ltip.accounts.access import address_of, open_to, signed_in_user
from ltip.records.days import DayField
from ltip.records.downloads import as_download
from ltip.records.services import log_look, store_document
from ltip.records.uploads import PaperField
from ltip.rules.outcome import Refused
from participants.awards.selectors import standing_of
from participants.papers.access import notice_for_staff
from participants.papers.elections import election_standing
from participants.papers.heirs_signing import record_heirs_election, record_heirs_signature
from participants.papers.models import HeirsAcceptance
from participants.people.forms_leaving import PAPER_HINT
from participants.people.heirs import Heirs, heirs_of
from participants.people.selectors import person
from participants.people.views import READERS, WRITERS


class HeirsSignatureForm(forms.Form):
    """Who signed the notice, when, and the paper itself."""

    signed_by = forms.MultipleChoiceField(
        label=gettext_lazy("Whose signature the paper bears"),
        help_text=gettext_lazy("Everyone who takes shares has to sign."),
        widget=forms.CheckboxSelectMultiple,
    )
    signed_on = DayField(
        label=gettext_lazy("Signed on"),
        help_text=gettext_lazy("The day of the last signature."),
    )
    document = PaperField(label=gettext_lazy("The signed paper"), help_text=PAPER_HINT)

    def __init__(self, *args: Any, heirs: Heirs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names: Any = self.fields["signed_by"]
        names.choices = [(name, name) for name in heirs.names]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def heirs_signature(request: HttpRequest, award: UUID) -> HttpResponse:
    """The forms for what the heirs signed on paper: the notice, and a joint election where one is
    asked for; or why there is nothing to record."""
    notice = notice_for_staff(award)
    employee = notice.award.employee
    heirs = heirs_of([employee])[employee.pk]
    election = election_standing(standing_of(notice.award), on=clock.today())
    is_of_election = request.POST.get("what") == "election"
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = HeirsSignatureForm(*(() if is_of_election else sent), heirs=heirs)
    electing = HeirsSignatureForm(
        *(sent if is_of_election else ()), heirs=heirs, auto_id="id_election_%s"
    )
    bound = electing if is_of_election else form
    if bound.is_valid():
        given, paper, at = bound.cleaned_data, bound.cleaned_data["document"], clock.now()
        told: dict[str, Any] = {
            "signed_by": given["signed_by"],
            "signed_on": given["signed_on"],
            "document": store_document(
                content=paper.content, name=paper.name, media_type=paper.media_type, at=at
            ),
            "by": signed_in_user(request),
            "at": at,
        }
        try:
            if is_of_election:
                record_heirs_election(award=notice.award, **told)
            else:
                record_heirs_signature(notice=notice, **told)
        except Refused as refusal:
            bound.add_error(None, str(refusal))
        else:
            messages.success(request, _("The heirs' signature is on record."))
            if election and (is_of_election or not election.is_in_force):
                return redirect("participants:heirs_signature", award)
            return redirect("participants:signatures", notice.award.period)
    return render(
        request,
        "participants/papers/heirs_signature.html",
        {
            "award": notice.award,
            "employee": employee,
            "died_on": person(employee).died_on,
            "heirs": heirs,
            "signed": notice.signed,
            "form": form,
            "election": election,
            "electing": electing,
        },
    )


@require_GET
@never_cache
@open_to(*READERS)
def heirs_paper(request: HttpRequest, award: UUID) -> HttpResponse:
    """The paper that the heirs signed, as it was uploaded; the look is logged."""
    acceptance = (
        HeirsAcceptance.objects.filter(notice__award__public_id=award)
        .select_related("document", "notice__award__employee")
        .first()
    )
    if acceptance is None:
        raise Http404
    log_look(
        viewer=signed_in_user(request),
        subject=acceptance.notice.award.employee.public_id,
        fields=f"heirs' signature {acceptance.document_id[:12]}",
        at=clock.now(),
        address=address_of(request),
    )
    return as_download(acceptance.document)
