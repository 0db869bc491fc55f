"""The holder's own page to name beneficiaries, the form to sign by hand, and its signed paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ltip import clock
from ltip.accounts.access import open_to, proof_from, signed_in_user
from ltip.accounts.services import WrongPassword
from ltip.records.selectors import company
from ltip.records.uploads import keep
from ltip.rules.outcome import Refused
from participants.papers.access import holders_only, own_employee
from participants.papers.receipt_words import render_designation_form
from participants.people import succession
from participants.people.forms_beneficiaries import (
    DesignationPaperForm,
    OwnBeneficiariesForm,
    RevocationForm,
)
from participants.people.heirs import designations_of, heirs_of
from participants.people.models import Employee
from participants.people.views import WRITERS, employee_or_404

REVOKE = "revoke_%s"  # the page has two forms with a password


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holders_only
def my_beneficiaries(request: HttpRequest) -> HttpResponse:
    """Whom the holder named to take the shares at death, and the form to name others."""
    employee = own_employee(request)
    heirs = heirs_of([employee])[employee.pk]
    form = OwnBeneficiariesForm(request.POST if request.method == "POST" else None, heirs=heirs)
    if form.is_valid() and _designated(request, employee, form, form.beneficiaries):
        messages.success(request, _("Your beneficiaries are on record from today on."))
        return redirect("participants:my_beneficiaries")
    return _page(request, employee, form, RevocationForm(auto_id=REVOKE))


@require_POST
@never_cache
@holders_only
def revoke_beneficiaries(request: HttpRequest) -> HttpResponse:
    """The holder takes back everyone named, and names nobody."""
    employee = own_employee(request)
    form = RevocationForm(request.POST, auto_id=REVOKE)
    if form.is_valid() and _designated(request, employee, form, []):
        messages.success(request, _("What you named is revoked from today on."))
        return redirect("participants:my_beneficiaries")
    heirs = heirs_of([employee])[employee.pk]
    return _page(request, employee, OwnBeneficiariesForm(heirs=heirs), form)


@require_GET
@never_cache
@holders_only
def designation_form(request: HttpRequest, number: int) -> HttpResponse:
    """A designation as a PDF with lines to sign by hand, where the law asks for signatures."""
    employee = own_employee(request)
    found = next((d for d in designations_of(employee) if d.seal_id == number), None)
    if found is None or not found.beneficiaries.all():
        raise Http404
    issuer = company()
    content = render_designation_form(found.seal, company=issuer.name if issuer else "")
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="beneficiaries-{number}.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def designation_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record a signed paper that belongs to what the holder named, such as a spouse's consent."""
    employee = employee_or_404(public_id)
    heirs = heirs_of([employee])[employee.pk]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DesignationPaperForm(*sent)
    if form.is_valid() and heirs.designation is not None:
        at = clock.now()
        document = keep(form.cleaned_data["paper"], at=at)
        try:
            if document is not None:
                succession.record_designation_paper(
                    designation=heirs.designation,
                    received_on=form.cleaned_data["received_on"],
                    document=document,
                    by=signed_in_user(request),
                    at=at,
                )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The signed paper is on record."))
            return redirect("participants:employee", public_id)
    return render(
        request,
        "participants/people/designation_paper.html",
        {"employee": employee, "heirs": heirs, "form": form},
    )


def _designated(
    request: HttpRequest,
    employee: Employee,
    form: OwnBeneficiariesForm | RevocationForm,
    named: list[succession.Named],
) -> bool:
    try:
        succession.name_own_beneficiaries(
            employee=employee,
            beneficiaries=named,
            by=signed_in_user(request),
            authentication=proof_from(request, form.cleaned_data["password"]),
            at=clock.now(),
        )
    except WrongPassword as refusal:
        form.add_error("password", str(refusal))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


def _page(
    request: HttpRequest,
    employee: Employee,
    form: OwnBeneficiariesForm,
    revocation: RevocationForm,
) -> HttpResponse:
    designations = designations_of(employee)
    return render(
        request,
        "participants/papers/my_beneficiaries.html",
        {
            "employee": employee,
            "heirs": heirs_of([employee])[employee.pk],
            "designations": designations,
            "form": form,
            "revocation": revocation,
        },
    )
