"""Two runs line by line: what differs in their inputs, and what each difference alone does.

Each difference is put into the first run's inputs, the others left as they were, and the run is
measured anew: nothing is stored and nothing follows from it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ltip.program.run_facts import ORDER, Facts, Key, day_of, facts_of, inputs_from, named, said
from ltip.records.templatetags import figures
from ltip.rules.calendars import day_text
from ltip.rules.measurement import measure_undrawn
from ltip.rules.outcome import Refused

MOST_ALONE = 20
# Terms of a goal that mean something only together, the one that names them first.
MEASURED_BY = ("measurement", "begin_window", "end_window", "segments")
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a goal in one run and in the other, where the two differ."""

    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts that differ, what they say in either run, and what they change alone.

    `refusal` says why the run can't be measured with this difference alone; `is_measured` is
    false for those beyond the number that is taken one by one.
    """

    label: str
    first: str
    second: str
    effects: tuple[Figure, ...] = ()
    refusal: str = ""
    is_measured: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures that two runs found differently, and the differences of their inputs."""

    figures: tuple[Figure, ...]
    differences: tuple[Difference, ...]
    same_inputs: bool


@dataclass(frozen=True, slots=True)
class _Group:
    keys: tuple[Key, ...]
    label: str
    first: str
    second: str


def compare_runs(
    *,
    first_inputs: Mapping[str, Any],
    second_inputs: Mapping[str, Any],
    first_result: Mapping[str, Any],
    second_result: Mapping[str, Any],
) -> Comparison:
    """Compare what two runs of a period found and used (GA §2)."""
    first, second = facts_of(_renamed(first_inputs, second_inputs)), facts_of(second_inputs)
    _share_what_only_one_reaches(first, second, first_inputs, second_inputs)
    groups = _groups(first, second)
    before = measure_undrawn(inputs_from(first)) if groups else {}
    differences = [
        _alone(group, first, second, before)
        if number < MOST_ALONE
        else Difference(group.label, group.first, group.second, is_measured=False)
        for number, group in enumerate(groups)
    ]
    return Comparison(
        figures=_differing(
            figures_of(_renamed_result(first_result, first_inputs, second_inputs)),
            figures_of(second_result),
        ),
        differences=tuple(differences),
        same_inputs=not groups,
    )


def figures_of(result: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Every figure of a result by its name: as it is kept, and as it is shown."""
    found: dict[str, tuple[str, str]] = {}
    for number, goal in enumerate(result["goals"], start=1):
        of_goal = _("Goal %(number)s: ") % {"number": number} if len(result["goals"]) > 1 else ""
        if goal["kind"] == "financial":
            found[of_goal + goal["measure"]] = (goal["value"], goal["value"])
            found[of_goal + _("payout, of target")] = _percent(goal["payout"])
            continue
        for part in goal.get("segments", [goal]):
            span = ""
            if "segments" in goal:
                days = [day_text(date.fromisoformat(part[key])) for key in ("start", "end")]
                span = _("%(start)s to %(end)s: ") % {"start": days[0], "end": days[1]}
            for row in sorted(part["table"], key=lambda row: (not row["own"], row["ticker"])):
                label = _("return of %(ticker)s") % {"ticker": row["ticker"]}
                shown = figures.return_percent(row["return"])
                found[of_goal + span + label] = (row["return"], shown)
            rank = _("%(rank)s of %(ranked)s") % part
            found[of_goal + span + _("rank")] = (rank, rank)
            found[of_goal + span + _("percentile")] = _percent(part["percentile"])
            if of_goal or span:
                found[of_goal + span + _("payout, of target")] = _percent(part["payout"])
    found[_("payout of the period, of target")] = _percent(result["payout"])
    return found


def _percent(kept: str) -> tuple[str, str]:
    return kept, figures.percent(kept)


def _differing(
    first: Mapping[str, tuple[str, str]], second: Mapping[str, tuple[str, str]]
) -> tuple[Figure, ...]:
    """The figures that differ; with all their digits where the shown ones are the same."""
    rows = []
    for label in {**first, **second}:
        (kept, shown), (other_kept, other_shown) = (
            each.get(label, ("", "")) for each in (first, second)
        )
        if kept != other_kept:
            pair = (kept, other_kept) if shown == other_shown else (shown, other_shown)
            rows.append(Figure(label, *pair))
    return tuple(rows)


def _alone(group: _Group, first: Facts, second: Facts, before: Mapping[str, Any]) -> Difference:
    """What becomes of the first run when these facts of it are those of the second."""
    exchanged = dict(first)
    for key in group.keys:
        exchanged.pop(key, None)
        if key in second:
            exchanged[key] = second[key]
    effects: tuple[Figure, ...] = ()
    refusal = ""
    try:
        effects = _differing(
            figures_of(before), figures_of(measure_undrawn(inputs_from(exchanged)))
        )
    except Refused as refused:
        refusal = str(refused)
    return Difference(group.label, group.first, group.second, effects, refusal)


def _share_what_only_one_reaches(
    first: Facts, second: Facts, first_inputs: Mapping[str, Any], second_inputs: Mapping[str, Any]
) -> None:
    """Give either run the days before and after that only the other one needed, and its peers.

    They change nothing by themselves: what makes a run look there is its last day, its averaging
    window, its peer group, and these are compared.
    """
    ends = min(first_inputs["until"], second_inputs["until"])
    begins = [inputs["trading_days"][:1] for inputs in (first_inputs, second_inputs)]
    begin = max(begins)[0] if all(begins) and begins[0] != begins[1] else ""
    tickers = [{key for key in facts if key[0] == "security"} for facts in (first, second)]
    one_sided = {key[1] for key in tickers[0] ^ tickers[1]}
    for facts, others in ((first, second), (second, first)):
        for key, value in others.items():
            day = day_of(key)
            outside = day is not None and (day > ends or day < begin)
            of_one = key[0] in ("security", "close", "action") and key[1] in one_sided
            if (outside or of_one) and key not in facts:
                facts[key] = value


def _groups(first: Facts, second: Facts) -> list[_Group]:
    """What differs, fact by fact; what has a meaning only together stands together, and so do
    the closes and the actions of a company where there are too many of them."""
    keys = [
        key for key in {**first, **second} if first.get(key, _ABSENT) != second.get(key, _ABSENT)
    ]
    keys.sort(key=lambda key: (ORDER.index(key[0]), [str(part) for part in key[1:]]))
    other_goals = {key[1] for key in keys if key[0] == "goal"}
    together: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        if key[0] in ("goal", "term") and key[1] in other_goals:
            together["goal", key[1]].append(key)
        elif key[0] == "term" and key[2] in MEASURED_BY:
            together["term", key[1], MEASURED_BY[0]].append(key)
        elif key[0] in ("close", "action") and len(keys) > MOST_ALONE:
            together[key[0], key[1]].append(key)
        else:
            together[key].append(key)
    both = {**second, **first}
    return [_group(its, first, second, both) for its in together.values()]


def _group(keys: Sequence[Key], first: Facts, second: Facts, both: Facts) -> _Group:
    """Facts that are exchanged together, named after the first of them."""
    label = named(keys[0], both)
    if len(keys) > 1 and keys[0][0] in ("close", "action"):
        more = len(keys) - 1
        label = ngettext("%(label)s and %(more)s more", "%(label)s and %(more)s more", more) % {
            "label": label,
            "more": more,
        }
    values = (said(keys[0], facts.get(keys[0]), both) for facts in (first, second))
    return _Group(tuple(keys), label, *values)


def _renamed(inputs: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs under the tickers by which another run knows the same securities."""
    names = _new_names(inputs, later)
    return {
        **inputs,
        "company": names.get(inputs["company"], inputs["company"]),
        "securities": [
            {**each, "ticker": names.get(each["ticker"], each["ticker"])}
            for each in inputs["securities"]
        ],
        "events": [
            {
                **event,
                "ticker": names.get(event["ticker"], event["ticker"]),
                "other": names.get(event["other"], event["other"]),
            }
            for event in inputs["events"]
        ],
    }


def _renamed_result(
    result: Mapping[str, Any], inputs: Mapping[str, Any], later: Mapping[str, Any]
) -> dict[str, Any]:
    names = _new_names(inputs, later)

    def part(found: Mapping[str, Any]) -> dict[str, Any]:
        table = [
            {**row, "ticker": names.get(row["ticker"], row["ticker"])}
            for row in found.get("table", [])
        ]
        changed = {**found, "table": table}
        if "segments" in found:
            changed["segments"] = [part(segment) for segment in found["segments"]]
        return changed

    return {**result, "goals": [part(goal) for goal in result["goals"]]}


def _new_names(inputs: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, str]:
    now = {each["security"]: each["ticker"] for each in later["securities"]}
    return {
        each["ticker"]: now.get(each["security"], each["ticker"]) for each in inputs["securities"]
    }
