"""A goal of total stockholder return against peers: over the whole period, or in segments."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Any

from ltip.rules.calendars import Period, day_text
from ltip.rules.canonical import decimal_text
from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.peers import PeerEvent, PeerGroup, Treatment, treat_peers, treat_peers_in_segment
from ltip.rules.quantities import CONTEXT, number_text
from ltip.rules.ranking import percentile, rank
from ltip.rules.returns import Action, Return, days_until_frozen, total_stockholder_return
from ltip.rules.schedule import check_weights, payout, weighted_payout

PLACE = "P Performance Goals"
MEASUREMENTS = ("cumulative", "annual")
BOTTOM = Decimal(-1)


@dataclass(frozen=True, slots=True)
class Traded:
    """What is kept of one security, read from its texts once."""

    name: str
    closes: Mapping[date, Decimal]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Market:
    """All that a run over a period measures returns from.

    `days` are the trading days, from those of the averaging window before the period to the last
    on or before `until`. The readings are those in force when the inputs were gathered.
    """

    company: str
    traded: Mapping[str, Traded]
    tickers: Mapping[str, str]
    days: tuple[date, ...]
    events: tuple[PeerEvent, ...]
    start: date
    until: date
    reinvestment: str
    ties: str
    rounding: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the period, both days included, and the weight of its payout in per cent."""

    span: Period
    weight: Decimal


def segments_of(*, period: Period, segments: Sequence[tuple[date, Decimal]]) -> tuple[Segment, ...]:
    """Divide a period into the segments that a goal states by last day and weight (rule 3.2).

    Each begins on the day after the one before it. Refuses last days that do not rise or do not
    end with that of the period, and weights that are not above zero each and 100 together.
    Place: P Performance Goals.
    """
    if not segments or segments[-1][0] != period.end:
        raise Refused(
            f"the last segment ends on {day_text(period.end)}, the last day of the period.",
            place=PLACE,
        )
    check_weights(weights=[weight for _, weight in segments])
    found = []
    start = period.start
    for end, weight in segments:
        if end <= start:
            raise Refused(
                f"a segment that begins on {day_text(start)} can't end on {day_text(end)}.",
                place=PLACE,
            )
        found.append(Segment(Period(start, end), weight))
        start = end + timedelta(days=1)
    return tuple(found)


def measure_relative_goal(
    *, goal: Mapping[str, Any], market: Market, period: Period
) -> dict[str, Any]:
    """Measure a goal of relative total stockholder return as it states (rules 3.2, 4.1 to 4.5).

    Cumulative: one rank, percentile and payout over the whole period. Annual: each segment has
    its own base, rank, percentile, payout and cap, the payouts are weighted, and the figures of
    the whole period stand beside them for information. Refuses another measurement, and whatever
    the returns, the ranking and the schedule refuse. Place: GA §2.
    """
    given: dict[str, Any] = {
        "company": market.company,
        "peers": [market.tickers[peer["security"]] for peer in goal["peers"]],
        "events": market.events,
        "treatment": Treatment(**goal["peer_events"]),
        "period_end": market.until,
    }
    whole = _over(goal, market, treat_peers(**given), start=market.start, end=market.until)
    result = {"kind": goal["kind"], "weight": goal["weight"], **whole}
    if goal["measurement"] == "cumulative":
        return result
    if goal["measurement"] != "annual":
        raise Refused(
            f"{goal['measurement']!r} is no way to measure a goal; it is one of "
            f"{', '.join(MEASUREMENTS)}.",
            place=PLACE,
        )
    stated = segments_of(
        period=period,
        segments=[(date.fromisoformat(s["end"]), Decimal(s["weight"])) for s in goal["segments"]],
    )
    begun = [segment for segment in stated if segment.span.start <= market.until]
    measured = []
    for segment in begun:
        end = min(segment.span.end, market.until)
        group = treat_peers_in_segment(**given, segment=segment.span)
        found = _over(goal, market, group, start=segment.span.start, end=end, is_segment=True)
        measured.append(
            {
                "start": segment.span.start.isoformat(),
                "end": end.isoformat(),
                "weight": decimal_text(segment.weight),
                **found,
            }
        )
    with localcontext(CONTEXT):
        begun_weight = sum((segment.weight for segment in begun), Decimal(0))
    weighted = weighted_payout(
        payouts=[
            (segment.weight, Decimal(found["payout"]))
            for segment, found in zip(begun, measured, strict=True)
        ],
        whole=begun_weight,
    )
    return result | {
        "information": True,
        "segments": measured,
        "payout": decimal_text(weighted.value),
        "payout_steps": [
            *(step for found in measured for step in _named_steps(found)),
            *_shortened_steps(stated, begun, begun_weight, market.until),
            *steps_of(weighted),
        ],
    }


def steps_of(outcome: Outcome[Any]) -> list[dict[str, str]]:
    """The steps of an outcome as they are kept."""
    return [asdict(step) for step in outcome.steps]


def _named_steps(found: Mapping[str, Any]) -> list[dict[str, str]]:
    start, end = (date.fromisoformat(found[key]) for key in ("start", "end"))
    span = f"{day_text(start)} to {day_text(end)}"
    return [step | {"sentence": f"{span}: {step['sentence']}"} for step in found["payout_steps"]]


def _shortened_steps(
    stated: Sequence[Segment], begun: Sequence[Segment], begun_weight: Decimal, until: date
) -> list[dict[str, str]]:
    """What a period that was measured only until an earlier day makes of the weights."""
    sentences = []
    if begun[-1].span.end > until:
        sentences.append(
            f"The segment that began on {day_text(begun[-1].span.start)} is measured until "
            f"{day_text(until)}, where the measured period ends."
        )
    if len(begun) < len(stated):
        sentences.append(
            f"Segments that begin after {day_text(until)} fall out, and the weights of the others "
            f"count as shares of their sum, {number_text(begun_weight)} %."
        )
    return [asdict(Step(sentence, "", "P Change in Control")) for sentence in sentences]


def _over(
    goal: Mapping[str, Any],
    market: Market,
    group: Outcome[PeerGroup],
    *,
    start: date,
    end: date,
    is_segment: bool = False,
) -> dict[str, Any]:
    """Rank, percentile and payout over the days from `start` to `end`, as they are kept."""
    own = market.company
    averaging_days = int(goal["averaging_days"])
    days = _days_from_base(market.days, start=start, end=end, averaging_days=averaging_days)
    if is_segment:
        group = _without_untraded(group, market, days, averaging_days)
    measured = _returns(market, group.value, days, averaging_days)
    values = {ticker: outcome.value.value for ticker, outcome in measured.items()}
    values |= {ticker: BOTTOM for ticker in group.value.bottom}
    place = rank(company=own, returns=values, ties=market.ties)
    position = percentile(
        method=goal["percentile"],
        company=own,
        returns=values,
        ties=market.ties,
        rounding=market.rounding,
    )
    cap = goal["negative_tsr_cap"]
    paid = payout(
        percentile=position.value,
        points=[(Decimal(at), Decimal(pays)) for at, pays in goal["schedule"]],
        between_points=goal["between_points"],
        own_return=values[own],
        negative_return_cap=None if cap is None else Decimal(cap),
    )
    frozen = dict(group.value.frozen)
    return {
        "rank": place.value.rank,
        "ranked": place.value.ranked,
        "percentile": decimal_text(position.value),
        "payout": decimal_text(paid.value),
        "own_return": decimal_text(values[own]),
        "table": [
            {
                "rank": number,
                "ticker": ticker,
                "name": market.traded[ticker].name,
                "return": decimal_text(value),
                "own": ticker == own,
                "standing": _standing(ticker, group.value, frozen),
                "steps": steps_of(measured[ticker]) if ticker in measured else [],
                "stand_ins": [day.isoformat() for day in measured[ticker].value.stand_ins]
                if ticker in measured
                else [],
            }
            for number, ticker, value in place.value.table
        ],
        "removed": list(group.value.removed),
        "peer_steps": steps_of(group),
        "rank_steps": steps_of(place),
        "percentile_steps": steps_of(position),
        "payout_steps": steps_of(paid),
    }


def _days_from_base(
    days: tuple[date, ...], *, start: date, end: date, averaging_days: int
) -> tuple[date, ...]:
    before = sum(day < start for day in days)
    if before < averaging_days:
        raise Refused(
            f"only {before} trading days before {day_text(start)} are given, not {averaging_days}.",
            place="GA §2",
        )
    return tuple(day for day in days[before - averaging_days :] if day <= end)


def _without_untraded(
    group: Outcome[PeerGroup], market: Market, days: tuple[date, ...], averaging_days: int
) -> Outcome[PeerGroup]:
    """Leave out a frozen peer that had no trading day in the segment: it has no return there."""
    untraded = [
        peer
        for peer, on in group.value.frozen
        if len(_days_until_frozen(market, peer, days, on)) <= averaging_days
    ]
    if not untraded:
        return group
    left = PeerGroup(
        measured=group.value.measured,
        bottom=group.value.bottom,
        frozen=tuple(each for each in group.value.frozen if each[0] not in untraded),
        removed=tuple(sorted({*group.value.removed, *untraded})),
    )
    steps = [
        Step(f"{peer} did not trade in this segment any more and is not ranked in it.", "", "GA §2")
        for peer in untraded
    ]
    return Outcome(left, (*group.steps, *steps))


def _returns(
    market: Market, group: PeerGroup, days: tuple[date, ...], averaging_days: int
) -> dict[str, Outcome[Return]]:
    spans = {ticker: days for ticker in (market.company, *group.measured)}
    for ticker, on in group.frozen:
        spans[ticker] = _days_until_frozen(market, ticker, days, on)
    return {
        ticker: total_stockholder_return(
            company=ticker,
            closes=market.traded[ticker].closes,
            actions=market.traded[ticker].actions,
            days=span,
            averaging_days=averaging_days,
            reinvestment=market.reinvestment,
        )
        for ticker, span in spans.items()
    }


def _days_until_frozen(
    market: Market, ticker: str, days: tuple[date, ...], on: date
) -> tuple[date, ...]:
    return days_until_frozen(
        company=ticker, closes=market.traded[ticker].closes, days=days, frozen_on=on
    )


def _standing(ticker: str, group: PeerGroup, frozen: Mapping[str, date]) -> str:
    if ticker in group.bottom:
        return "bottom"
    return "frozen" if ticker in frozen else "measured"
