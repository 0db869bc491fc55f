"""A run's result as pictures: lines of all companies, the schedule, bars beside a table."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ltip.program.charts import Line, Skin, return_bar, return_chart, schedule_chart
from ltip.program.goal_words import amount_text
from ltip.records.templatetags import figures


def returns(
    result: Mapping[str, Any], events: Sequence[Mapping[str, Any]], *, skin: Skin = "page"
) -> str:
    """Every company's return over the period, as a chart; empty without any path."""
    if not result["paths"]:
        return ""
    goal = next(goal for goal in result["goals"] if goal["kind"] == "relative_tsr")
    own_return = goal["own_return"]
    happened = {event["ticker"]: event["kind"] for event in events if event["kind"] != "renamed"}
    lines = [
        Line(
            label=path["ticker"],
            points=[(date.fromisoformat(day), Decimal(value)) for day, value in path["points"]],
            own=path["own"],
            ends=figures.return_percent(own_return, 1)
            if path["own"]
            else happened.get(path["ticker"]),
        )
        for path in result["paths"]
    ]
    best, last = goal["table"][0], goal["table"][-1]
    return return_chart(
        lines=lines,
        skin=skin,
        title=_("Total stockholder return of %(company)s and its peers")
        % {"company": result["company"]},
        description=_(
            "%(company)s returned %(own)s. The best was %(best)s with %(best_return)s, the last "
            "%(last)s with %(last_return)s. The table says every figure."
        )
        % {
            "company": result["company"],
            "own": figures.return_percent(own_return),
            "best": best["ticker"],
            "best_return": figures.return_percent(best["return"]),
            "last": last["ticker"],
            "last_return": figures.return_percent(last["return"]),
        },
    )


def schedule(found: Mapping[str, Any], terms: Mapping[str, Any]) -> str:
    """The goal's schedule with the result on it, as a chart for the page.

    `found` is what a run found of the whole goal, or of one of its segments.
    """
    payout = Decimal(found["payout"])
    words = {"payout": figures.percent(payout)}
    if terms["kind"] == "financial":
        reached = Decimal(found["value"])
        title = _("Payout by %(measure)s") % {"measure": terms["measure"]}
        words["value"] = amount_text(found["value"], terms["unit"])
        description = _("%(value)s pays %(payout)s of target.") % words
        axis = terms["unit"] or terms["measure"]
    else:
        reached = Decimal(found["percentile"])
        title = _("Payout by percentile")
        words["percentile"] = figures.percent(reached)
        description = _("Percentile %(percentile)s pays %(payout)s of target.") % words
        axis = _("percentile")
    return schedule_chart(
        points=[(Decimal(at), Decimal(pays)) for at, pays in terms["schedule"]],
        between_points=terms["between_points"],
        result=(reached, payout),
        skin="page",
        title=title,
        description=description,
        axis=axis,
        over_amounts=terms["kind"] == "financial",
    )


def bar(value: str, all_returns: Sequence[Decimal]) -> str:
    """One company's return as a bar on the scale of all."""
    return return_bar(value=Decimal(value), lowest=min(all_returns), highest=max(all_returns))
