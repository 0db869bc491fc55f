"""What human resources sees of the holders' papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ltip import clock
from ltip.accounts.access import open_to, roles_of
from ltip.accounts.models import Role
from ltip.program.models import PerformancePeriod
from participants.papers.signatures import signatures_for
from participants.people.views import READERS


@require_GET
@open_to(*READERS)
def signatures(request: HttpRequest, period: PerformancePeriod) -> HttpResponse:
    """Who has not signed the notice of grant of a period, with the way to reach them."""
    today = clock.today()
    everyone = signatures_for(period, on=today)
    return render(
        request,
        "participants/papers/signatures.html",
        {
            "period": period,
            "today": today,
            "everyone": everyone,
            "may_write": Role.HUMAN_RESOURCES in roles_of(request),
            "missing": [holder for holder in everyone if holder.is_missing],
            "signed": [holder for holder in everyone if holder.signed_on],
            "forfeited": [
                holder for holder in everyone if holder.is_forfeited and not holder.signed_on
            ],
        },
    )
