"""The act that determines what is recovered of an award (P Compensation Subject to Recovery)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from ltip.rules.quantities import money_text, shares_text
from participants.awards import changing
from participants.awards.changing import PLACE_OF_RECOVERY as PLACE
from participants.awards.life import most_shares
from participants.awards.models import Recovery
from participants.awards.selectors import Standing
from participants.kinds.awards_named import (
    holders_of,
    lock_awards,
    period_and_number,
    said,
    standings_named,
    step,
    still_stands,
    whole,
)


class RecoveryKind:
    key = "recovery"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return period_and_number(str(request["award"]), place=PLACE)

    def lock(self, request: Request) -> None:
        lock_awards([str(request["award"])])

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        (standing,) = standings_named([str(request["award"])], place=PLACE)
        asked = _asked(request)
        is_claim, there = standing.settlement is not None, recoverable(standing)
        name, label = standing.person.employee.name, standing.award.period.label
        what = _what(asked)
        how = (
            "They were settled: the holder owes them to the company."
            if is_claim
            else "They are taken off what is issued."
        )
        left = max(0, there.shares - asked["shares"])
        return {
            "title": f"Recover {what} of {name} for {label}"[:200],
            "ask": (
                f"You are asked to determine that {what} of the award of {name} for {label} are "
                f"recovered. {how if asked['shares'] else ''}"
            ).strip(),
            "facts": [
                {"label": there.label, "value": shares_text(there.shares), "steps": there.steps},
                {
                    "label": "To be recovered",
                    "value": what,
                    "steps": [
                        step(f"Under {asked['policy']}", what, PLACE),
                        step(asked["reason"], "", PLACE),
                    ],
                },
                {
                    "label": "Left to the holder",
                    "value": shares_text(left),
                    "steps": [
                        step(
                            f"{shares_text(there.shares)} less {shares_text(asked['shares'])}",
                            shares_text(left),
                            PLACE,
                        )
                    ],
                },
            ],
            "tables": [],
            "charts": [],
            "consequences": [
                "What comes back is recorded against this determination until nothing is "
                "outstanding."
                if is_claim or asked["amount_minor"]
                else "Fewer shares are issued; nothing has to be paid back.",
                "The holder reads what was decided, and why.",
            ],
            **drafted(
                [
                    "RESOLVED, that under {policy} the Committee determines that {recovered} of "
                    "the award of {holder} for the performance period {period} are recovered. The "
                    "reason: {reason}"
                ],
                {
                    "policy": asked["policy"],
                    "recovered": what,
                    "holder": name,
                    "period": label,
                    "reason": asked["reason"],
                },
            ),
            "data": {
                **asked,
                "award": str(standing.award.public_id),
                "is_claim": is_claim,
                "there": there.shares,
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        awards = standings_named([data["award"]], place=PLACE)
        checks = still_stands(awards, on=on, place=PLACE, settled_stands=True)
        shares, there = data["shares"], recoverable(awards[0]).shares
        checks.append(
            Check(
                passed=shares <= there,
                sentence=f"The award holds {shares_text(there)} shares that can be recovered."
                if shares <= there
                else f"Only {shares_text(there)} shares can be recovered, not "
                f"{shares_text(shares)}.",
                place=PLACE,
            )
        )
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return holders_of([[exhibit["data"]["award"]] for exhibit in exhibits])

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        changing.determine_recovery(
            award=data["award"],
            shares=data["shares"],
            amount_minor=data["amount_minor"],
            currency=data["currency"],
            policy=data["policy"],
            reason=data["reason"],
            determined_on=adopted.act_date,
            seal=adopted.seal,
        )


KIND = RecoveryKind()


@dataclass(frozen=True, slots=True)
class Recoverable:
    """The shares of an award that can be recovered, what they are, and why so many."""

    label: str
    shares: int
    steps: list[dict[str, str]]


def recoverable(standing: Standing) -> Recoverable:
    """What was settled, is due, or can be earned at most, less what was recovered before."""
    before: Iterable[Recovery] = ()
    if standing.settlement is not None:
        label, shares = "Settled", standing.settlement.shares
        before = [row for row in standing.recoveries if row.seal_id > standing.settlement.seal_id]
        steps = [step("Settled, before shares were withheld", shares_text(shares), "GA §4")]
    elif standing.earned is not None:
        # What was recovered before the settlement is off what is due already.
        label, shares = "Due", standing.entitlement().value.shares
        steps = [step("Due at the settlement", shares_text(shares), "GA §4")]
    else:
        label, shares, before = "Can be earned, at most", most_shares(standing), standing.recoveries
        steps = [step("The most that the award can earn", shares_text(shares), "GA recitals")]
    for row in before:
        shares = max(0, shares - row.shares)
        sentence = f"Less {shares_text(row.shares)} recovered on {day_text(row.determined_on)}"
        steps.append(step(sentence, shares_text(shares), PLACE))
    return Recoverable(label, shares, steps)


def _asked(request: Request) -> dict[str, Any]:
    shares = whole(request.get("shares") or 0, what="The number of shares", place=PLACE)
    amount = whole(request.get("amount_minor") or 0, what="The amount", place=PLACE)
    currency = str(request.get("currency") or "USD")
    if not shares and not amount:
        raise Refused("Nothing is to be recovered.", place=PLACE, remedy="Say shares or an amount.")
    money_text(amount, currency)
    return {
        "shares": shares,
        "amount_minor": amount or None,
        "currency": currency,
        "policy": said(request["policy"], what="The recovery policy", place=PLACE),
        "reason": said(request["reason"], what="The reason", place=PLACE),
    }


def _what(asked: dict[str, Any]) -> str:
    parts = []
    if asked["shares"]:
        word = "share" if asked["shares"] == 1 else "shares"
        parts.append(f"{shares_text(asked['shares'])} {word}")
    if asked["amount_minor"]:
        parts.append(money_text(asked["amount_minor"], asked["currency"]))
    return " and ".join(parts)
