"""How many awards of each period are still open, for whoever decides how the Program is read."""

from django.db.models import Count, Q

from committee.touching import OpenAwards
from participants.awards.models import Award


def open_awards() -> dict[str, OpenAwards]:
    """By period, the awards not determined yet and those from which something may be settled."""
    not_void = Q(transfer_finding__isnull=True) | Q(transfer_finding__voids_award=False)
    undetermined = Q(earned__isnull=True)
    unsettled = Q(settlement__isnull=True) & (undetermined | Q(earned__shares__gt=0))
    counted = (
        Award.objects.filter(not_void)
        .values("period__label")
        .annotate(
            not_determined=Count("pk", filter=undetermined, distinct=True),
            not_settled=Count("pk", filter=unsettled, distinct=True),
        )
    )
    return {
        row["period__label"]: OpenAwards(row["not_determined"], row["not_settled"])
        for row in counted.order_by()
    }
