"""A run's result as pictures: lines of all companies, the schedule, bars beside a table."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ltip.program.charts import Line, return_bar, return_chart, schedule_chart
from ltip.records.templatetags import figures


def returns(result: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> str:
    """Every company's return over the period, as a chart for the page; empty without any path."""
    if not result["paths"]:
        return ""
    own_return = result["goals"][0]["own_return"]
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
    best, last = result["goals"][0]["table"][0], result["goals"][0]["table"][-1]
    return return_chart(
        lines=lines,
        skin="page",
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
    """The goal's schedule with the result on it, as a chart for the page."""
    percentile, payout = Decimal(found["percentile"]), Decimal(found["payout"])
    return schedule_chart(
        points=[(Decimal(at), Decimal(pays)) for at, pays in terms["schedule"]],
        between_points=terms["between_points"],
        result=(percentile, payout),
        skin="page",
        title=_("Payout by percentile"),
        description=_("Percentile %(percentile)s pays %(payout)s of target.")
        % {"percentile": figures.percent(percentile), "payout": figures.percent(payout)},
        axis=_("percentile"),
    )


def bar(value: str, all_returns: Sequence[Decimal]) -> str:
    """One company's return as a bar on the scale of all."""
    return return_bar(value=Decimal(value), lowest=min(all_returns), highest=max(all_returns))
