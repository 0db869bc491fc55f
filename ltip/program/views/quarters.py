"""The company's fiscal quarters: looked at before they are recorded, taken back by a record."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program import quarters, selectors
from ltip.program.forms import QuartersForm, WithdrawalForm
from ltip.program.services import periods
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

READERS = (Role.COMMITTEE_MEMBER, Role.SECRETARY)
WRITERS = (Role.STOCK_ADMINISTRATOR, Role.FINANCE)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def fiscal_quarters(request: HttpRequest) -> HttpResponse:
    """The quarters on record by year, and the form that adds some after a look at them."""
    form = QuartersForm(request.POST if request.method == "POST" else None)
    today = clock.today()
    looked: list[quarters.QuarterLooked] = []
    if form.is_valid() and request.POST.get("step") != "change":
        try:
            looked = quarters.look_at(form.days, on=today)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        if looked and request.POST.get("shown") == quarters.digest_of_look(looked):
            try:
                recorded = periods.record_fiscal_quarter_ends(
                    days=form.days, by=signed_in_user(request), at=clock.now()
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                said = ngettext(
                    "On record: the end of %(count)d fiscal quarter.",
                    "On record: the ends of %(count)d fiscal quarters.",
                    len(recorded),
                )
                messages.success(request, said % {"count": len(recorded)})
                return redirect("program:fiscal_quarters")
    return render(
        request,
        "program/fiscal_quarters.html",
        {
            "form": form,
            "looked": looked,
            "shown": quarters.digest_of_look(looked) if looked else "",
            "years": quarters.quarters_by_year(on=today),
            "may_write": bool(roles_of(request) & set(WRITERS)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def withdraw_fiscal_quarter(request: HttpRequest, day: date) -> HttpResponse:
    """Take back the end of a quarter that was recorded by mistake, with the reason."""
    if day not in selectors.fiscal_quarter_ends():
        raise Http404
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            periods.withdraw_fiscal_quarter_end(
                ends_on=day,
                reason=form.cleaned_data["reason"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(day)s counts no longer.") % {"day": day_text(day)})
            return redirect("program:fiscal_quarters")
    return render(request, "program/withdraw_fiscal_quarter.html", {"form": form, "day": day})
