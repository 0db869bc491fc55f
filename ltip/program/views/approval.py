"""The Stockholder Approval Date: whether there is one, and recording it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program.models import StockholderApproval
from ltip.program.services.periods import record_stockholder_approval
from ltip.records.days import DayField
from ltip.records.downloads import as_download
from ltip.records.uploads import PaperField, keep
from ltip.rules.outcome import Refused

READERS = (Role.COMMITTEE_MEMBER, Role.HUMAN_RESOURCES, Role.STOCK_ADMINISTRATOR, Role.FINANCE)
WRITERS = (Role.SECRETARY,)


class ApprovalForm(forms.Form):
    """The day on which the stockholders first approved a material amendment to the Plan."""

    approved_on = DayField(
        label=gettext_lazy("Approved on"),
        help_text=gettext_lazy("The first such day after 1 January 2012. It is recorded once."),
    )
    paper = PaperField(
        label=gettext_lazy("The paper that shows it"),
        help_text=gettext_lazy(
            "The inspector's report, the minutes or the Form 8-K, as PDF or picture."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def stockholder_approval(request: HttpRequest) -> HttpResponse:
    """What hangs on the approval, the day on record, and the form while there is none."""
    is_sent = request.method == "POST"
    form = ApprovalForm(request.POST, request.FILES) if is_sent else ApprovalForm()
    if form.is_valid():
        at = clock.now()
        try:
            record_stockholder_approval(
                approved_on=form.cleaned_data["approved_on"],
                document=keep(form.cleaned_data["paper"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The Stockholder Approval Date is on record."))
            return redirect("program:stockholder_approval")
    approval = StockholderApproval.objects.select_related("seal", "document").first()
    return render(
        request,
        "program/stockholder_approval.html",
        {
            "approval": approval,
            "form": form,
            "may_record": Role.SECRETARY in roles_of(request)
            and (approval is None or bool(form.errors)),
        },
    )


@require_GET
@open_to(*READERS, *WRITERS)
def stockholder_approval_paper(request: HttpRequest) -> HttpResponse:
    """The paper that shows the approval, as it was uploaded."""
    approval = StockholderApproval.objects.select_related("document").first()
    if approval is None or approval.document is None:
        raise Http404
    return as_download(approval.document)
