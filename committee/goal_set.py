"""The goals of a period as they stand on the secretary's form, one or several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from committee.goal_choices import PossiblePeer
from committee.goal_forms import AnyGoalForm
from committee.goal_forms_financial import FinancialGoalForm
from committee.goal_forms_relative import GoalForm, year_ends
from ltip.program.models import PerformancePeriod

MOST_GOALS = 9
KINDS: dict[str, type[AnyGoalForm]] = {form.KIND: form for form in (GoalForm, FinancialGoalForm)}


@dataclass(frozen=True, slots=True)
class Stated:
    """One goal of the set, under the key that its fields bear."""

    key: int
    form: AnyGoalForm

    @property
    def is_financial(self) -> bool:
        return isinstance(self.form, FinancialGoalForm)


class GoalSet:
    """The goals of a period as they stand on the form; each is added or removed by a button.

    The hidden field `order` says which goals there are: "1:relative_tsr 3:financial". The fields
    of the first ever stand plain, those of the others under their key.
    """

    def __init__(
        self,
        order: Sequence[tuple[int, str]],
        *,
        period: PerformancePeriod,
        peers: Sequence[PossiblePeer],
        data: QueryDict | None = None,
        initial: Mapping[int, Mapping[str, Any]],
    ) -> None:
        self.goals = [
            Stated(
                key,
                KINDS[kind](
                    data,
                    prefix=None if key == 1 else f"goal-{key}",
                    initial=dict(initial.get(key, {})),
                    is_one=len(order) == 1,
                    period=period,
                    peers=peers,
                ),
            )
            for key, kind in order
        ]

    @property
    def order(self) -> str:
        return " ".join(f"{goal.key}:{goal.form.KIND}" for goal in self.goals)

    @property
    def is_one(self) -> bool:
        return len(self.goals) == 1

    @property
    def may_grow(self) -> bool:
        return len(self.goals) < MOST_GOALS

    @property
    def weights_so_far(self) -> Decimal:
        """What the weights on the form add up to; those not yet given count nothing."""
        return sum((_weight(goal.form["weight"].value()) for goal in self.goals), Decimal(0))

    def is_valid(self) -> bool:
        valid = [goal.form.is_valid() for goal in self.goals]
        if all(valid) and not self.is_one and self.weights_so_far != 100:
            self.goals[0].form.add_error(
                "weight",
                _("The weights add up to %(sum)s %%, and must add up to 100 %%.")
                % {"sum": self.weights_so_far},
            )
            return False
        return all(valid)

    def terms(self) -> list[dict[str, Any]]:
        """The goals as an act asks for them."""
        return [goal.form.terms() for goal in self.goals]


def goals_to_start_from(
    latest: Sequence[Mapping[str, Any]],
    *,
    period: PerformancePeriod,
    peers: Sequence[PossiblePeer],
    measurement: str,
) -> GoalSet:
    """What the form shows first: the goals set last, else the defaults and no figures."""
    if not latest:
        initial = {1: _defaults(GoalForm.KIND, period, measurement)}
        return GoalSet([(1, GoalForm.KIND)], period=period, peers=peers, initial=initial)
    order = [(key, terms["kind"]) for key, terms in enumerate(latest, start=1)]
    initial = {
        key: _defaults(terms["kind"], period, "cumulative") | _shown(terms, peers)
        for key, terms in enumerate(latest, start=1)
    }
    return GoalSet(order, period=period, peers=peers, initial=initial)


def goals_sent(
    data: QueryDict, *, period: PerformancePeriod, peers: Sequence[PossiblePeer]
) -> GoalSet:
    """The goals as they were sent, to be checked."""
    order = _order_in(data)
    initial = {key: _defaults(kind, period, "cumulative") for key, kind in order}
    return GoalSet(order, period=period, peers=peers, data=data, initial=initial)


def goals_rearranged(
    data: QueryDict,
    change: str,
    *,
    period: PerformancePeriod,
    peers: Sequence[PossiblePeer],
    measurement: str,
) -> GoalSet:
    """The goals as they were typed, one more or one less: "add:financial", "remove:2"."""
    order = _order_in(data)
    typed = {
        goal.key: {
            name: field.widget.value_from_datadict(data, {}, goal.form.add_prefix(name))
            for name, field in goal.form.fields.items()
        }
        for goal in goals_sent(data, period=period, peers=peers).goals
    }
    what, _colon, which = change.partition(":")
    if what == "add" and which in KINDS and len(order) < MOST_GOALS:
        key = max(key for key, _kind in order) + 1
        order.append((key, which))
        typed[key] = _defaults(which, period, measurement)
    elif what == "remove" and len(order) > 1:
        order = [(key, kind) for key, kind in order if str(key) != which]
    return GoalSet(order, period=period, peers=peers, initial=typed)


def _order_in(data: QueryDict) -> list[tuple[int, str]]:
    order: list[tuple[int, str]] = []
    for token in data.get("order", "").split()[:MOST_GOALS]:
        key, _colon, kind = token.partition(":")
        if key.isdecimal() and kind in KINDS and int(key) not in [known for known, _k in order]:
            order.append((int(key), kind))
    return order or [(1, GoalForm.KIND)]


def _defaults(kind: str, period: PerformancePeriod, measurement: str) -> dict[str, Any]:
    if kind == FinancialGoalForm.KIND:
        return {"between_points": "line"}
    ends = {f"end_{number}": end for number, end in enumerate(year_ends(period), start=1)}
    return {
        "percentile": "discrete",
        "between_points": "line",
        "measurement": measurement,
        "acquired": "remove",
        "bankrupt": "bottom",
        "merged": "survivor_stays",
        **ends,
    }


def _shown(terms: Mapping[str, Any], peers: Sequence[PossiblePeer]) -> dict[str, Any]:
    """A goal set before, as the form of another period shows it."""
    shown: dict[str, Any] = {key: terms[key] for key in ("weight", "between_points")}
    for row, (at, pays) in enumerate(terms["schedule"], start=1):
        shown |= {f"at_{row}": at, f"pays_{row}": pays}
    if terms["kind"] == FinancialGoalForm.KIND:
        return shown | {
            "measure": terms["measure"],
            "unit": terms["unit"],
            "adjustments": "\n".join(terms["adjustments"]),
        }
    tickers = {peer.public_id: peer.ticker for peer in peers}
    for number, segment in enumerate(terms.get("segments", []), start=1):
        shown[f"share_{number}"] = segment["weight"]
    return shown | {
        "peers": [tickers[p["security"]] for p in terms["peers"] if p["security"] in tickers],
        **{
            key: terms[key]
            for key in ("averaging_days", "percentile", "measurement", "negative_tsr_cap")
        },
        **terms["peer_events"],
    }


def _weight(value: Any) -> Decimal:
    try:
        weight = Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)
    return weight if weight.is_finite() else Decimal(0)
