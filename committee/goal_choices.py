"""What a goal may be set from: the periods whose window is open, the peers, the goals set last."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ltip.program import selectors as program
from ltip.program.models import Goal, PerformancePeriod, Security


@dataclass(frozen=True, slots=True)
class PossiblePeer:
    """A registered security that can stand in the peer group of a period."""

    public_id: str
    ticker: str
    name: str


def possible_peers(period: PerformancePeriod) -> list[PossiblePeer]:
    """Every security but the company's own that bears a ticker when the period begins."""
    tickers = {
        span.security_id: span.ticker
        for span in program.symbol_spans()
        if span.holds_on(period.start_date)
    }
    securities = Security.objects.filter(pk__in=tickers, is_company=False)
    peers = [PossiblePeer(str(s.public_id), tickers[s.pk], s.name) for s in securities]
    return sorted(peers, key=lambda peer: peer.ticker)


def latest_goals_terms() -> list[dict[str, Any]]:
    """What the goals set last state, of whichever period."""
    goals = list(Goal.objects.order_by("-seal_id", "position"))
    return [program.terms_of(goal) for goal in goals if goal.seal_id == goals[0].seal_id]


def periods_in_window(on: date) -> list[PerformancePeriod]:
    """The periods whose window is open on a day."""
    history = program.reading_history()
    periods = PerformancePeriod.objects.filter(end_date__gte=on)
    if history.on(on)["window.opening"] == "first_day":
        periods = periods.filter(start_date__lte=on)
    return [
        period
        for period in periods.order_by("start_date", "end_date")
        if on <= program.window_closing_date(period, history=history).value
    ]
