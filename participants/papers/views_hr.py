"""What human resources sees of the holders' papers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.program.models import PerformancePeriod
from ltip.program.selectors import readings_on
from ltip.rules.readings import reading_of
from participants.papers.reminding import remind_to_sign
from participants.papers.selectors import notices_in_the_making
from participants.papers.signatures import reminder_of, signatures_for
from participants.people.views import READERS, WRITERS


@require_GET
@open_to(*READERS)
def signatures(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Who has not signed the notice of grant of a period, with the way to reach them."""
    today = clock.today()
    everyone = signatures_for(period, on=today)
    missing = [holder for holder in everyone if holder.is_missing]
    reminded = {message.occasion for holder in missing for message in holder.reminders}
    unsigned = reading_of(key="notice.unsigned")
    return render(
        request,
        "participants/papers/signatures.html",
        {
            "period": period,
            "today": today,
            "everyone": everyone,
            "may_write": Role.HUMAN_RESOURCES in roles_of(request),
            "making": notices_in_the_making(period),
            "missing": missing,
            "to_remind": [
                holder
                for holder in missing
                if holder.may_be_reminded and reminder_of(holder.award, today) not in reminded
            ],
            "signed": [holder for holder in everyone if holder.signed_on],
            "over": [holder for holder in everyone if holder.is_over and not holder.signed_on],
            "decided": unsigned.meanings[readings_on(today)["notice.unsigned"]],
        },
    )


@require_POST
@open_to(writers=WRITERS)
def remind(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Remind everyone who has not signed, once a day."""
    written = remind_to_sign(period=period, by=signed_in_user(request), at=clock.now())
    if written:
        messages.success(
            request,
            ngettext(
                "%(number)s reminder is on its way; once sent it is a notice given.",
                "%(number)s reminders are on their way; once sent they are notices given.",
                written,
            )
            % {"number": written},
        )
    else:
        messages.info(request, _("Everyone who can sign here was reminded today already."))
    return redirect("participants:signatures", period)
