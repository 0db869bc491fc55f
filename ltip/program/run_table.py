"""A run's result as a table to take away: a line for each company and each measure."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from ltip.records.spreadsheets import harmless

COLUMNS = (
    "goal",
    "kind",
    "weight",
    "from",
    "until",
    "rank",
    "ranked",
    "what",
    "name",
    "standing",
    "return",
    "value",
    "percentile",
    "payout",
)


def run_as_csv(*, inputs: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    """Every digit of a run: ranked companies, financial measures, the payout of all (GA §2).

    Returns are fractions, percentiles and payouts per cent; each stands in full. A ranking's
    percentile and payout stand in the company's own line.
    """
    file = StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for number, found in enumerate(result["goals"], start=1):
        lines = _measure_lines(found) if found["kind"] == "financial" else _lines(found, inputs)
        for line in lines:
            writer.writerow({"goal": number, "kind": found["kind"], **line})
    span = {"from": inputs["period"]["start"], "until": inputs["until"]}
    writer.writerow({"what": "whole period", **span, "payout": result["payout"]})
    return file.getvalue()


def _measure_lines(found: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    yield {
        "weight": found["weight"],
        "what": harmless(found["measure"]),
        "value": found["value"],
        "payout": found["payout"],
    }


def _lines(found: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    whole = {"start": inputs["period"]["start"], "end": inputs["until"]}
    for part in found.get("segments", [found]):
        for row in part["table"]:
            line = {
                "weight": part["weight"],
                "from": part.get("start", whole["start"]),
                "until": part.get("end", whole["end"]),
                "rank": row["rank"],
                "ranked": part["ranked"],
                "what": harmless(row["ticker"]),
                "name": harmless(row["name"]),
                "standing": row["standing"],
                "return": row["return"],
            }
            if row["own"]:
                line |= {"percentile": part["percentile"], "payout": part["payout"]}
            yield line
