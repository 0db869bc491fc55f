"""Reading what is in doubt about the prices that a run uses, and what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value

from ltip.program.models import (
    CorporateAction,
    DailyClose,
    DoubtConfirmation,
    PriceCorrection,
    Security,
)
from ltip.rules.canonical import canonical_text, digest_of
from ltip.rules.doubts import Doubt, Told, doubts_about
from ltip.rules.returns import Action

ENDS_LISTING = ("acquired", "bankrupt", "delisted", "merged")


@dataclass(frozen=True, slots=True)
class DoubtFound:
    """A doubt about a company, and who confirmed what it is about, if anybody did."""

    key: str
    security_id: int
    ticker: str
    doubt: Doubt
    confirmation: DoubtConfirmation | None


def doubts_in(inputs: Mapping[str, Any]) -> list[DoubtFound]:
    """What is in doubt about the prices that a run uses, by company and then by day.

    The closes, actions and trading days are those of the kept inputs; volumes, and what other
    files said, are read here.
    """
    days = [date.fromisoformat(day) for day in inputs["trading_days"]]
    if not days:
        return []
    by_identifier = {str(row.public_id): row for row in _securities(inputs)}
    ids = [row.pk for row in by_identifier.values()]
    volumes, told = _zero_volumes(ids, days), _told(ids, days)
    last_days = {
        event["ticker"]: date.fromisoformat(event["on"]) - timedelta(days=1)
        for event in inputs["events"]
        if event["kind"] in ENDS_LISTING
    }
    found: list[tuple[str, int, str, Doubt]] = []
    for each in inputs["securities"]:
        security = by_identifier[each["security"]]
        for doubt in doubts_about(
            company=each["ticker"],
            closes={date.fromisoformat(day): Decimal(text) for day, text in each["closes"]},
            volumes=volumes[security.pk],
            actions=[
                Action(on=date.fromisoformat(day), kind=kind, amount=Decimal(amount))
                for day, kind, amount in each["actions"]
            ],
            days=days,
            listed_until=last_days.get(each["ticker"], days[-1]),
            told=told[security.pk],
        ):
            key = _key_of(each["security"], doubt)
            found.append((key, security.pk, each["ticker"], doubt))
    confirmed = _confirmations(ids)
    return [
        DoubtFound(key, security_id, ticker, doubt, confirmed.get(key))
        for key, security_id, ticker, doubt in found
    ]


def corrections_in(inputs: Mapping[str, Any]) -> list[PriceCorrection]:
    """The values that persons put right among the prices that a run uses."""
    if not inputs["trading_days"]:
        return []
    first, last = (date.fromisoformat(inputs["trading_days"][end]) for end in (0, -1))
    rows = PriceCorrection.objects.filter(
        security__public_id__in=[each["security"] for each in inputs["securities"]],
        date__range=(first, last),
    )
    return list(rows.select_related("seal", "security").order_by("pk"))


def _securities(inputs: Mapping[str, Any]) -> QuerySet[Security]:
    return Security.objects.filter(
        public_id__in=[each["security"] for each in inputs["securities"]]
    )


def _key_of(security: str, doubt: Doubt) -> str:
    """One key as long as the doubt and its values are the same, whatever the words."""
    return digest_of(
        canonical_text(
            {
                "security": security,
                "kind": doubt.kind,
                "on": doubt.on,
                "until": doubt.until,
                "facts": doubt.facts,
            }
        )
    )


def _confirmations(ids: Iterable[int]) -> dict[str, DoubtConfirmation]:
    rows = DoubtConfirmation.objects.filter(security__in=ids).select_related("seal")
    return {row.key: row for row in rows.defer("seal__canonical_text")}


def _zero_volumes(ids: list[int], days: list[date]) -> dict[int, dict[date, int]]:
    later = DailyClose.objects.filter(
        security=OuterRef("security"), date=OuterRef("date"), revision=OuterRef("revision") + 1
    )
    rows = DailyClose.objects.filter(
        ~Exists(later), security__in=ids, date__range=(days[0], days[-1]), volume=0
    )
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for security_id, day in rows.values_list("security_id", "date"):
        found[security_id][day] = 0
    return found


def _told(ids: list[int], days: list[date]) -> dict[int, list[Told]]:
    """What files said differently, by security; what a person put right is settled."""
    span = (days[0], days[-1])
    closes = DailyClose.objects.filter(security__in=ids, date__range=span, revision__gt=0)
    actions = CorporateAction.objects.filter(security__in=ids, ex_date__range=span, revision__gt=0)
    before_close = DailyClose.objects.filter(
        security=OuterRef("security"), date=OuterRef("date"), revision=OuterRef("revision") - 1
    )
    before_action = CorporateAction.objects.filter(
        security=OuterRef("security"),
        ex_date=OuterRef("ex_date"),
        kind=OuterRef("kind"),
        revision=OuterRef("revision") - 1,
    )
    rows = [
        *_with_the_one_before(
            closes.annotate(on=F("date"), what=Value("close"), value=F("close")),
            before_close,
            "close",
        ),
        *_with_the_one_before(
            actions.annotate(on=F("ex_date"), what=F("kind"), value=F("amount")),
            before_action,
            "amount",
        ),
    ]
    told: dict[tuple[int, date, str], list[Told]] = {}
    for security_id, on, what, value, source, correction, before, source_before in rows:
        if correction is not None:
            said = [Told(on, what, Decimal(value), source)]
        else:
            earlier = [Told(on, what, Decimal(before), source_before)]
            said = told.get((security_id, on, what), earlier)
            said = [*said, Told(on, what, Decimal(value), source)]
        told[security_id, on, what] = said
    by_security: dict[int, list[Told]] = defaultdict(list)
    for (security_id, *_), said in told.items():
        by_security[security_id] += said
    return by_security


def _with_the_one_before(
    rows: QuerySet[Any], before: QuerySet[Any], value: str
) -> Iterable[tuple[Any, ...]]:
    """Each later value with its source, and the value that it took the place of with its."""
    return (
        rows.order_by("revision")
        .annotate(
            before=Subquery(before.values(value)[:1]),
            source_before=Subquery(before.values("source__document__name")[:1]),
        )
        .values_list(
            "security_id",
            "on",
            "what",
            "value",
            "source__document__name",
            "source__correction",
            "before",
            "source_before",
        )
    )
