"""A holder's address for notices, and notices by certified mail (GA §18)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ltip import clock
from ltip.accounts.access import address_of, open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.accounts.services import WrongPassword
from ltip.notices.selectors import notices_given_to
from ltip.notices.services import Recipient, record_certified_mail
from ltip.records.selectors import company
from ltip.records.services import log_look
from ltip.records.uploads import keep
from ltip.rules.outcome import Refused
from participants.people import addresses
from participants.people.forms_addresses import LetterForm, OwnAddressForm, ReceivedAddressForm
from participants.people.models import Employee
from participants.people.views import WRITERS, employee_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_address(request: HttpRequest) -> HttpResponse:
    """The holder's own address for notices, the company's, and the notices given to the holder."""
    if Role.PARTICIPANT not in roles_of(request):
        raise PermissionDenied
    user = signed_in_user(request)
    employee = Employee.objects.filter(user=user).first()
    if employee is None:
        raise Http404
    form = OwnAddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            addresses.change_own_address(
                employee=employee,
                email=form.cleaned_data["email"],
                postal=form.cleaned_data["postal"],
                authentication=proof_from(request, form.cleaned_data["password"]),
                by=user,
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Notices go to your new address from now on."))
            return redirect("participants:my_address")
    log_look(
        viewer=user,
        subject=employee.public_id,
        fields="address for notices",
        at=clock.now(),
        address=address_of(request),
    )
    return render(
        request,
        "participants/people/my_address.html",
        {
            "on_record": addresses.address_on_record(employee),
            "company": company(),
            "notices": notices_given_to(employee.public_id),
            "form": form,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def record_address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record a holder's notice of another address that came by mail."""
    employee, is_sent = employee_or_404(public_id), request.method == "POST"
    form = ReceivedAddressForm(
        request.POST if is_sent else None, request.FILES if is_sent else None
    )
    if form.is_valid():
        told, at = form.cleaned_data, clock.now()
        try:
            addresses.record_received_address(
                employee=employee,
                email=told["email"],
                postal=told["postal"],
                given_on=told["given_on"],
                document=keep(told["document"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The address is on record."))
            return redirect("participants:employee", public_id)
    return render(
        request,
        "participants/people/record_address.html",
        {
            "employee": employee,
            "form": form,
            "heading": _("A new address for notices"),
            "ask": _("What the holder wrote by mail; the earlier addresses are kept."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def record_letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record a notice sent by certified mail to the postal address on record."""
    employee, is_sent = employee_or_404(public_id), request.method == "POST"
    form = LetterForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial={"subject": request.GET.get("subject", "")},
    )
    if form.is_valid():
        told, at = form.cleaned_data, clock.now()
        postal = addresses.address_on_record(employee).postal
        try:
            record_certified_mail(
                to=Recipient(str(employee.public_id), employee.name, postal),
                number=told["number"],
                posted_on=told["posted_on"],
                subject=told["subject"],
                text=told["text"],
                document=keep(told["document"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The notice is on record as given."))
            return redirect("participants:employee", public_id)
    return render(
        request,
        "participants/people/record_address.html",
        {
            "employee": employee,
            "form": form,
            "heading": _("A notice by certified mail"),
            "ask": _("It counts as given on the day it was posted, to the address on record."),
        },
    )
