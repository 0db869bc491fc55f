"""What the company does about the holders' papers: documents, signing officers, its signature on
the notices of a period, and what holders are shown."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, proof_from, roles_of, signed_in_user
from ltip.accounts.forms import PasswordForm
from ltip.accounts.models import Role, User
from ltip.accounts.selectors import holders_of
from ltip.accounts.services import WrongPassword
from ltip.program.models import PerformancePeriod
from ltip.records.days import DayField
from ltip.records.downloads import paper_of
from ltip.records.uploads import PaperField, keep
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from participants.papers import company_signing, deciding_pages, opening
from participants.papers.models_signing import (
    IncorporatedDocument,
    PagesDecision,
    SigningAuthority,
)

READERS = (Role.SECRETARY, Role.HUMAN_RESOURCES, Role.STOCK_ADMINISTRATOR, Role.FINANCE)
WRITERS = (Role.SECRETARY,)
DECIDERS = {
    PagesDecision.Subject.STANDING.value: (Role.SECRETARY, Role.STOCK_ADMINISTRATOR),
    PagesDecision.Subject.OFFICER.value: (Role.SECRETARY,),
}
SUBJECTS = {
    PagesDecision.Subject.STANDING.value: gettext_lazy(
        "Holders see how their period stands so far"
    ),
    PagesDecision.Subject.OFFICER.value: gettext_lazy(
        "An officer signs each notice for the company before anything is delivered"
    ),
}
OFFICERS = (Role.SECRETARY, Role.HUMAN_RESOURCES, Role.FINANCE, Role.STOCK_ADMINISTRATOR)


class DocumentForm(forms.Form):
    """A version of a document that the notice incorporates."""

    kind = forms.ChoiceField(label=gettext_lazy("Document"), choices=[*opening.LABELS.items()])
    effective_on = DayField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Whoever signs from this day on opens this version."),
    )
    paper = PaperField(label=gettext_lazy("The document, as PDF"))


class DecisionForm(forms.Form):
    """What is switched on or off, from when on."""

    subject = forms.ChoiceField(
        label=gettext_lazy("What"), choices=[*SUBJECTS.items()], widget=forms.RadioSelect
    )
    is_on = forms.TypedChoiceField(
        label=gettext_lazy("Switch it"),
        choices=[("yes", gettext_lazy("on")), ("no", gettext_lazy("off"))],
        coerce=lambda told: told == "yes",
        widget=forms.RadioSelect,
    )
    starts_on = DayField(label=gettext_lazy("From"), help_text=gettext_lazy("Today or later."))


class AuthorityForm(forms.Form):
    """Who may sign notices for the company, as what, from when on."""

    user = forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=User.objects.none())
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=100,
        help_text=gettext_lazy("Printed with the signature, such as Chief Financial Officer."),
    )
    is_given = forms.TypedChoiceField(
        label=gettext_lazy("May sign for the company"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No longer"))],
        coerce=lambda told: told == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    starts_on = DayField(label=gettext_lazy("From"), help_text=gettext_lazy("Today or later."))
    paper = PaperField(label=gettext_lazy("The paper that says so"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = clock.today()
        users = User.objects.filter(
            pk__in={user.pk for role in OFFICERS for user in holders_of(role, on)}
        )
        who: Any = self.fields["user"]
        who.queryset = users.order_by("name", "pk")


class CompanySigningForm(PasswordForm):
    """Signing for the company: the password again."""

    shown_digest = forms.CharField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def incorporated_documents(request: HttpRequest) -> HttpResponse:
    """Every version of the documents that the notice incorporates, and the form for another."""
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else None
    if form is not None and form.is_valid():
        told, at = form.cleaned_data, clock.now()
        document = keep(told["paper"], at=at)
        try:
            if document is not None:
                opening.record_incorporated_document(
                    kind=told["kind"],
                    effective_on=told["effective_on"],
                    document=document,
                    by=signed_in_user(request),
                    at=at,
                )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The document is on record."))
            return redirect("participants:incorporated_documents")
    return render(
        request,
        "participants/papers/incorporated_documents.html",
        {
            "versions": [
                (version, opening.LABELS[version.kind])
                for version in opening.incorporated_documents()
            ],
            "form": form or DocumentForm(),
            "may_write": bool(roles_of(request) & {*WRITERS}),
        },
    )


@require_GET
@open_to(*READERS)
def incorporated_document_paper(request: HttpRequest, number: int) -> HttpResponse:
    """A version of a document, as it was uploaded."""
    return paper_of(IncorporatedDocument.objects.all(), number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=(Role.SECRETARY, Role.STOCK_ADMINISTRATOR))
def holder_pages(request: HttpRequest) -> HttpResponse:
    """What holders are shown and whether an officer signs: what holds, and the next decision."""
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        if not roles_of(request) & {*DECIDERS[told["subject"]]}:
            raise PermissionDenied
        try:
            deciding_pages.decide_pages(**told, by=signed_in_user(request), at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("It holds from %(day)s on.") % {"day": day_text(told["starts_on"])}
            )
            return redirect("participants:holder_pages")
    history, day = deciding_pages.pages_history(), clock.today()
    return render(
        request,
        "participants/papers/holder_pages.html",
        {
            "now": [
                (label, history.is_on(subject, day), history.latest(subject, day))
                for subject, label in SUBJECTS.items()
            ],
            "decisions": [(row, SUBJECTS[row.subject]) for row in reversed(history.decisions)],
            "form": form,
            "may_write": bool(roles_of(request) & {Role.SECRETARY, Role.STOCK_ADMINISTRATOR}),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def signing_officers(request: HttpRequest) -> HttpResponse:
    """Who may sign notices for the company, and the form that gives or ends an authority."""
    form = AuthorityForm(request.POST, request.FILES) if request.method == "POST" else None
    if form is not None and form.is_valid():
        told, at = form.cleaned_data, clock.now()
        try:
            company_signing.record_authority(
                user=told["user"],
                title=told["title"],
                is_given=told["is_given"],
                starts_on=told["starts_on"],
                document=keep(told["paper"], at=at),
                by=signed_in_user(request),
                at=at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The authority is on record."))
            return redirect("participants:signing_officers")
    return render(
        request,
        "participants/papers/signing_officers.html",
        {
            "authorities": company_signing.authorities(),
            "form": form or AuthorityForm(),
            "may_write": bool(roles_of(request) & {*WRITERS}),
        },
    )


@require_GET
@open_to(*READERS)
def signing_officer_paper(request: HttpRequest, number: int) -> HttpResponse:
    """The paper that shows an authority, as it was uploaded."""
    return paper_of(SigningAuthority.objects.all(), number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(*READERS, writers=OFFICERS)
def company_signature(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """The notices of a period that wait for an officer's signature; only an officer signs."""
    user, day = signed_in_user(request), clock.today()
    authority = company_signing.authority_of(user, on=day)
    if request.method == "POST" and authority is None:
        raise PermissionDenied
    form = CompanySigningForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            company_signing.sign_for_company(
                period=period,
                shown_digest=form.cleaned_data["shown_digest"],
                by=user,
                authentication=proof_from(request, form.cleaned_data["password"]),
                at=clock.now(),
            )
        except WrongPassword as refusal:
            form.add_error("password", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You signed these notices for the company."))
            return redirect("participants:company_signature", period)
    notices = company_signing.notices_to_sign_for(period, user)
    return render(
        request,
        "participants/papers/company_signature.html",
        {
            "period": period,
            "authority": authority,
            "notices": notices,
            "shown_digest": company_signing.digest_of_batch(notices),
            "signings": company_signing.signings_of(period),
            "is_asked_for": deciding_pages.pages_history().is_on(
                PagesDecision.Subject.OFFICER, day
            ),
            "form": form,
        },
    )
