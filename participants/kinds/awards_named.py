"""What the acts about awards share: the awards they name, their locks, and whom they concern."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from committee.protocol import Check
from ltip.records.locks import lock
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused, Step
from participants.awards.models import Award
from participants.awards.selectors import Standing, standings


def lock_awards(public_ids: Iterable[str]) -> None:
    """Lock the periods and the holders of the awards, as a certification locks them."""
    awards = Award.objects.filter(public_id__in=list(public_ids)).values_list(
        "period__label", "employee_id"
    )
    lock(*[name for label, pk in awards for name in (f"period:{label}", f"employee:{pk}")])


def standings_named(public_ids: Sequence[str], *, place: str) -> list[Standing]:
    """The awards of a request as they stand, by holder's name.

    Refuses a request that names none, one twice, or one that is not on record.
    """
    if not public_ids:
        raise Refused("No award is named.", place=place)
    awards = Award.objects.filter(public_id__in=public_ids).select_related("period")
    if len(awards) != len(public_ids):
        raise Refused("An award named is not on record, or is named twice.", place=place)
    keys = {award.pk for award in awards}
    periods = sorted({award.period for award in awards}, key=lambda period: period.label)
    return [s for period in periods for s in standings(period) if s.award.pk in keys]


def period_and_number(public_id: str, *, place: str) -> str:
    """The subject of an act about one award: its period and its holder's number, so that acts
    about several holders can be open at once. Refused when the award is not on record."""
    award = Award.objects.filter(public_id=public_id).select_related("period", "employee").first()
    if award is None:
        raise Refused("The award named is not on record.", place=place)
    return f"{award.period.label}, {award.employee.number}"


def holder_and_period(standing: Standing) -> str:
    """The award in a few words: whose it is, and of which period."""
    return f"{standing.person.employee.name}, {standing.award.period.label}"


def why_gone(standing: Standing, *, on: date) -> tuple[str, str] | None:
    """Why nothing comes of an award any more, with the place; None while something may."""
    finding = standing.transfer_finding
    if finding is not None and finding.voids_award:
        return "is void: an attempt to transfer it was found", "GA §10"
    if standing.state_on(on) == "void":
        return "has lapsed: its notice was not signed in time", "GN"
    due = standing.entitlement().value if standing.earned else None
    if standing.state_on(on) == "forfeited" or (due is not None and due.forfeited):
        return "is forfeited", "P Termination of Employment"
    return None


def still_stands(
    awards: Sequence[Standing], *, on: date, place: str, settled_stands: bool = False
) -> list[Check]:
    """One check that every award still stands, or one for each that does not, with its place.

    `place` asks that the award be unsettled; with `settled_stands` a settled one will do.
    """
    checks = []
    for standing in awards:
        name = holder_and_period(standing)
        gone = why_gone(standing, on=on)
        if standing.settlement is not None and not settled_stands:
            settled_on = day_text(standing.settlement.settles_on)
            sentence = f"The award of {name} was settled as of {settled_on}."
            checks.append(Check(passed=False, sentence=sentence, place=place))
        elif standing.settlement is None and gone is not None:
            sentence = f"The award of {name} {gone[0]}."
            checks.append(Check(passed=False, sentence=sentence, place=gone[1]))
    if checks:
        return checks
    what = "The award still stands" if len(awards) == 1 else f"All {len(awards)} awards still stand"
    settled = "" if settled_stands else ", and nothing of it is settled"
    return [Check(passed=True, sentence=f"{what}{settled}.", place=place)]


def holders_of(groups: Sequence[Sequence[str]]) -> list[frozenset[str]]:
    """For each group of awards, the accounts of the members who hold one: they have an interest.

    Asked by the few who ever sat on the Committee, not by the thousands that an act may name.
    """
    held = Award.objects.filter(employee__user__memberships__isnull=False).distinct()
    accounts = {
        str(award): str(account)
        for award, account in held.values_list("public_id", "employee__user__public_id")
    }
    return [frozenset(accounts[award] for award in group if award in accounts) for group in groups]


def step(sentence: str, figure: str, place: str) -> dict[str, str]:
    """A step as an exhibit keeps it."""
    return asdict(Step(sentence, figure, place))


def columns(*labels: str, numeric: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The columns of a table of an exhibit."""
    return [{"label": label, "numeric": label in numeric} for label in labels]


def said(text: Any, *, what: str, place: str) -> str:
    """A text of a request, without idle space; refused when it says nothing."""
    words = str(text or "").strip()
    if not words:
        raise Refused(f"{what} is to be said.", place=place)
    return words


def whole(number: Any, *, what: str, place: str) -> int:
    """A whole number of a request, 0 or more; refused when it is anything else."""
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise Refused(f"{what} is a whole number, 0 or more.", place=place)
    return number
