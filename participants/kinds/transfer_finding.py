"""The act by which the Committee finds that a holder tried to transfer an award (GA §10)."""

from collections.abc import Sequence
from datetime import date

from committee.protocol import Adopted, Check, Exhibit, Request
from committee.resolutions import drafted
from ltip.program.selectors import readings_on
from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused
from ltip.rules.quantities import shares_text
from participants.awards import changing
from participants.kinds.awards_named import (
    holder_and_period,
    holders_of,
    lock_awards,
    period_and_number,
    said,
    standings_named,
    step,
    still_stands,
)

PLACE = "GA §10"


class TransferFindingKind:
    key = "transfer_finding"
    schema_version = 1

    def subject(self, request: Request) -> str:
        return period_and_number(str(request["award"]), place=PLACE)

    def lock(self, request: Request) -> None:
        lock_awards([str(request["award"])])

    def prepare(self, request: Request, *, on: date) -> Exhibit:
        (standing,) = standings_named([str(request["award"])], place=PLACE)
        attempted_on = date.fromisoformat(str(request["attempted_on"]))
        if attempted_on < standing.award.grant_date:
            raise Refused(
                f"The award was granted on {day_text(standing.award.grant_date)}; nobody could "
                f"transfer it on {day_text(attempted_on)}.",
                place=PLACE,
            )
        description = said(request["description"], what="What the holder did", place=PLACE)
        voids = readings_on(on)["transfer.effect"] == "void"
        name, label = standing.person.employee.name, standing.award.period.label
        target = shares_text(standing.target)
        effect = "The award is void with it." if voids else "The award itself stands."
        return {
            "title": f"Find an attempt of {name} to transfer the award for {label}"[:200],
            "ask": (
                f"You are asked to find that {name} tried to transfer the award for {label}, "
                f"{target} Performance Shares at target. {effect}"
            ),
            "facts": [
                {
                    "label": "Attempted on",
                    "value": day_text(attempted_on),
                    "steps": [step(description, day_text(attempted_on), PLACE)],
                },
                {
                    "label": "Performance Shares",
                    "value": target,
                    "steps": [
                        step(
                            f"Granted on {day_text(standing.award.grant_date)}",
                            shares_text(standing.award.target_shares),
                            "P Grants",
                        ),
                        *[step(s.sentence, s.figure, s.place) for s in standing.target_steps],
                    ],
                },
                {
                    "label": "After this act",
                    "value": "void" if voids else "unchanged",
                    "steps": [
                        step(
                            "By the reading in force an attempted transfer voids the Performance "
                            "Shares"
                            if voids
                            else "By the reading in force only the attempt is void",
                            "void" if voids else "stands",
                            "GA §10, P Nontransferability",
                        )
                    ],
                },
            ],
            "tables": [],
            "charts": [],
            "consequences": [
                "The attempted transfer has no effect in any case.",
                "Nothing is ever issued for this award." if voids else "The award goes on.",
            ],
            **drafted(
                [
                    "RESOLVED, that the Committee finds that {holder} attempted on {attempted_on} "
                    "to transfer the award for the performance period {period}, as follows: "
                    "{description}",
                    "RESOLVED FURTHER, that the attempt is void"
                    f"{' and the Performance Shares are void with it' if voids else ''}.",
                ],
                {
                    "holder": name,
                    "attempted_on": day_text(attempted_on),
                    "period": label,
                    "description": description,
                },
            ),
            "data": {
                "award": str(standing.award.public_id),
                "holder": holder_and_period(standing),
                "attempted_on": attempted_on,
                "description": description,
                "voids_award": voids,
            },
        }

    def checks(self, exhibit: Exhibit, *, on: date) -> list[Check]:
        data = exhibit["data"]
        awards = standings_named([data["award"]], place=PLACE)
        checks = still_stands(awards, on=on, place=PLACE)
        finding = awards[0].transfer_finding
        if finding is not None and not finding.voids_award:
            checks.append(
                Check(
                    passed=False,
                    sentence=f"An attempt was found on {day_text(finding.found_on)} already.",
                    place=PLACE,
                )
            )
        attempted_on = date.fromisoformat(data["attempted_on"])
        checks.append(
            Check(
                passed=attempted_on <= on,
                sentence=f"The attempt was made on {day_text(attempted_on)}.",
                place=PLACE,
            )
        )
        return checks

    def interested(self, exhibits: Sequence[Exhibit]) -> list[frozenset[str]]:
        return holders_of([[exhibit["data"]["award"]] for exhibit in exhibits])

    def apply(self, exhibit: Exhibit, adopted: Adopted) -> None:
        data = exhibit["data"]
        changing.find_transfer(
            award=data["award"],
            attempted_on=date.fromisoformat(data["attempted_on"]),
            description=data["description"],
            voids_award=data["voids_award"],
            found_on=adopted.act_date,
            seal=adopted.seal,
        )


KIND = TransferFindingKind()
