"""Recognising a file of adjusted closes by what its closes do on the days of splits."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from ltip.program.models import CorporateAction
from ltip.program.services.price_files import ActionLine, CloseLine, Fault
from ltip.rules.calendars import day_text
from ltip.rules.doubts import is_adjusted_at
from ltip.rules.returns import Action

Find = Callable[[str, date], int | None]
By = int | str


def refuse_adjusted(
    closes: Sequence[CloseLine],
    actions: Iterable[ActionLine],
    *,
    find: Find,
    faults: list[Fault],
) -> None:
    """Add a fault for each close that shows its series to be adjusted (rule 4.1; GA §2).

    Looked at are the file's own closes around the splits, dividends and spin-offs that are on
    record or come with it; `find` gives the security that bears a ticker on a day.
    """

    def security_of(line: CloseLine | ActionLine) -> By:
        return find(line.ticker, line.day) or line.ticker

    by_security: dict[By, list[CloseLine]] = defaultdict(list)
    for line in closes:
        by_security[security_of(line)].append(line)
    for security, happened in _actions(by_security, actions, security_of).items():
        lines = sorted(by_security.get(security, ()), key=lambda line: line.day)
        days = [line.day for line in lines]
        ends = {bisect_left(days, action.on) for action in happened}
        for position in sorted(ends & set(range(1, len(days)))):
            before, after = lines[position - 1], lines[position]
            between = [action for action in happened if before.day < action.on <= after.day]
            if is_adjusted_at(before=before.close, close=after.close, actions=between):
                faults.append(Fault("closes", after.line, _reason(before, after, between)))


def _actions(
    securities: Iterable[By],
    lines: Iterable[ActionLine],
    security_of: Callable[[ActionLine], By],
) -> dict[By, list[Action]]:
    """What happened to each security, on record and as the file that came along corrects it."""
    on_record = CorporateAction.objects.filter(
        security_id__in=[each for each in securities if isinstance(each, int)]
    )
    amounts: dict[tuple[By, date, str], Decimal] = {
        (row.security_id, row.ex_date, row.kind): Decimal(row.amount)
        for row in on_record.order_by("revision")
    }
    for line in lines:
        amounts[security_of(line), line.day, line.kind] = line.amount
    found: dict[By, list[Action]] = defaultdict(list)
    for (security, day, kind), amount in amounts.items():
        found[security].append(Action(on=day, kind=kind, amount=amount))
    return found


def _reason(before: CloseLine, after: CloseLine, between: Sequence[Action]) -> str:
    happened = " and ".join(f"{each.kind.replace('_', '-')} of {each.amount}" for each in between)
    return (
        f"{after.ticker} closed at {before.close} on {day_text(before.day)} and at {after.close} "
        f"on {day_text(after.day)}, as if its {happened} had not been: an adjusted series; closes "
        "are taken as they were traded"
    )
