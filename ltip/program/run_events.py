"""What a peer event did to a goal: the figures of a run without the event beside those with it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from ltip.program.models import SecurityEvent
from ltip.program.words import EVENTS
from ltip.records.templatetags import figures
from ltip.rules.calendars import day_text
from ltip.rules.measurement import measure
from ltip.rules.outcome import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Compared(NamedTuple):
    """A figure of a goal as it would be without an event, and as it is with it."""

    label: str
    before: str
    after: str


class EventCompared(NamedTuple):
    """An event of a run, how the goal treated it, its record, and what it changed.

    `refusal` says why the goal can't be measured without the event, and is empty where it can.
    """

    on: date
    ticker: str
    words: "StrOrPromise"
    other: str
    steps: list[dict[str, str]]
    record: SecurityEvent | None
    rows: list[Compared]
    refusal: str

    @property
    def other_words(self) -> str:
        return f" ({self.other})" if self.other else ""


def compared_events(
    *,
    found: Mapping[str, Any],
    terms: Mapping[str, Any],
    inputs: Mapping[str, Any],
    recorded: Mapping[int, SecurityEvent],
) -> list[EventCompared]:
    """Each event of a goal's peers in a run, in the order in which it treated them (rule 4.5).

    `found` and `terms` are the goal's in the result and in the kept inputs; what it would be
    without an event is measured anew from these, by leaving that one event out.
    """
    tickers = {security["security"]: security["ticker"] for security in inputs["securities"]}
    peers = {tickers[peer["security"]] for peer in terms["peers"]}
    of_peers = [event for event in inputs["events"] if event["ticker"] in peers]
    of_peers.sort(key=lambda e: (e["on"], e["ticker"], e["kind"], e["other"] or ""))
    compared = []
    for event, step in zip(of_peers, found["peer_steps"][:-1], strict=True):
        before, refusal = _figures_without(event, terms, inputs)
        after = _figures(found)
        compared.append(
            EventCompared(
                on=date.fromisoformat(event["on"]),
                ticker=event["ticker"],
                words=EVENTS[event["kind"]],
                other=event["other"] or "" if event["kind"] != "renamed" else "",
                steps=[step],
                record=recorded.get(event.get("seal")),
                rows=[
                    Compared(label, before.get(label, ""), said) for label, said in after.items()
                ],
                refusal=refusal,
            )
        )
    return compared


def _figures_without(
    event: Mapping[str, Any], terms: Mapping[str, Any], inputs: Mapping[str, Any]
) -> tuple[dict[str, str], str]:
    """The goal's figures without one event, or else why they can't be measured."""
    left = [each for each in inputs["events"] if each != event]
    alone = {**inputs, "events": left, "goals": [{**terms, "weight": "100"}]}
    try:
        return _figures(measure(alone)["goals"][0]), ""
    except Refused as refusal:
        return {}, str(refusal)


def _figures(found: Mapping[str, Any]) -> dict[str, str]:
    """Rank, percentile and payout, of each segment where the goal has segments."""
    said = {}
    for part in found.get("segments", [found]):
        span = ""
        if "segments" in found:
            start, end = (day_text(date.fromisoformat(part[key])) for key in ("start", "end"))
            span = _("%(start)s to %(end)s: ") % {"start": start, "end": end}
        said[span + _("Rank")] = _("%(rank)s of %(ranked)s") % part
        said[span + _("Percentile")] = figures.percent(part["percentile"])
        said[span + _("Payout, of target")] = figures.percent(part["payout"])
    if "segments" in found:
        said[_("Payout of all segments, of target")] = figures.percent(found["payout"])
    return said
