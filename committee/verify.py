"""Checks the package of an act and computes its figures again. Needs Python 3.11 and nothing else.

    python verify.py                   checks the folder in which this file lies
    python verify.py --folder FOLDER   checks another one, with a copy of this file that you trust
    python verify.py --digest DIGEST   also compares the act's digest with one you have elsewhere

It prints a line for everything that agrees, stops at the first thing that does not and names it,
and ends with 0 only when everything agrees. It reads files of the package, and runs the copy of
the rules in it after their digests agreed with the one that was sealed with the act.
"""

import argparse
import importlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

FORMAT = 1
NOTHING_BEFORE = "0" * 64
READINGS = {
    "on_determination_date": "termination.on_determination_date",
    "month_full": "month.full",
    "proration_cap": "proration.cap",
    "proration_rounding": "proration.rounding",
    "shares_rounding": "shares.rounding",
}


class Disagrees(Exception):
    """Something in the package does not fit: what, and why."""


class Package:
    """The folder: its files, and the records of the chain that it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = self.json("package.json")
        if self.index.get("format") != FORMAT:
            raise Disagrees("package.json: this is no package that this program can read")
        self.records: dict[int, dict[str, Any]] = {}

    def content(self, name: str) -> bytes:
        path = self.folder / name
        if not path.is_file():
            raise Disagrees(f"{name}: the file is missing")
        return path.read_bytes()

    def json(self, name: str) -> Any:
        try:
            return json.loads(self.content(name))
        except ValueError:
            raise Disagrees(f"{name}: this is no JSON in UTF-8") from None

    def require_digest(self, name: str, digest: str, said_by: str) -> None:
        if sha256(self.content(name)).hexdigest() != digest:
            raise Disagrees(f"{name}: its digest is not the one that {said_by} names")

    def record_of(self, kind: str, **content: Any) -> tuple[int, dict[str, Any]]:
        """The record of a kind whose content says these things."""
        for number, told in self.records.items():
            said = told["content"]
            if told["kind"] == kind and all(said.get(k) == v for k, v in content.items()):
                return number, said
        raise Disagrees(f"chain: no record of the kind {kind} says {content}")


def agrees(sentence: str, mark: str = "agrees") -> None:
    print(f"{mark:9}{sentence}")


def digest_of(value: Any) -> str:
    """The digest of a content's canonical text: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def check_chain(package: Package) -> None:
    """Every record has its digest and names that of the record before it."""
    previous, expected = None, package.index["chain"][0][0]
    for number, digest in package.index["chain"]:
        name = record_name(number)
        package.require_digest(name, digest, "package.json")
        told = package.json(name)
        if not number == told["number"] == expected:
            raise Disagrees(f"{name}: it is not the next record of the chain")
        if told["previous"] != (previous or (told["previous"] if number > 1 else NOTHING_BEFORE)):
            raise Disagrees(f"{name}: it does not follow the record before it")
        package.records[number] = told
        previous, expected = digest, number + 1
    agrees(f"{len(package.records)} records, each with its digest and that of the one before")


def record_name(number: int) -> str:
    return f"chain/{number:08}.json"


def check_act(package: Package, digest: str | None) -> dict[str, Any]:
    """The act's own record: its digest, its exhibit, and who signed which exhibit."""
    number = package.index["record"]
    if number not in package.records:
        raise Disagrees(f"package.json: record {number} is not in the chain of the package")
    told, name = package.records[number], record_name(number)
    act = told["content"]
    if digest and digest != dict(package.index["chain"])[number]:
        raise Disagrees(f"{name}: its digest is not the one you gave")
    if not re.fullmatch(r"committee\.\w+\.adopted", told["kind"]):
        raise Disagrees(f"{name}: this is no adopted act")
    agrees(f"act {act['act']}, {act['exhibit']['title']}, of {told['legal_date']}: record {number}")
    if digest_of(act["exhibit"]) != act["exhibit_digest"]:
        raise Disagrees(f"{name}: the exhibit does not have the digest that was signed")
    for signature in act["signatures"]:
        if signature["exhibit"] != act["exhibit_digest"]:
            raise Disagrees(f"{name}: {signature['name']} signed another exhibit")
        agrees(f"signed by {signature['name']} at {signature['signed_at']}")
    if "revision" in act["exhibit"]:
        package.record_of("committee.act.revised", exhibit=act["exhibit_digest"])
        agrees("the exhibit whose text was last changed is the one that was signed and adopted")
    else:
        package.record_of("committee.act.proposed", exhibit=act["exhibit_digest"])
        agrees("the exhibit that was proposed is the one that was signed and adopted")
    return told


def check_rules(package: Package, digest: str, said_by: str) -> Path:
    """The copy of the rules is the one that a record names; gives the folder that holds it."""
    place = f"rules/{digest[:12]}"
    listing = f"{place}/rules.sha256"
    package.require_digest(listing, digest, said_by)
    listed = dict(
        line.split("  ", 1)[::-1] for line in package.content(listing).decode().splitlines()
    )
    for path, expected in listed.items():
        package.require_digest(f"{place}/{path}", expected, listing)
    folder = package.folder / place
    for found in sorted(folder.rglob("*")):
        path = found.relative_to(folder).as_posix()
        if found.is_file() and path not in {*listed, "rules.sha256"}:
            raise Disagrees(f"{place}/{path}: the rules that were sealed have no such file")
    agrees(f"{place}: {len(listed)} files of rules, whose digest stands in {said_by}")
    return folder


def rule_module(folder: Path, name: str) -> ModuleType:
    """A module of the rules in a folder, and of no other copy."""
    for loaded in [key for key in sys.modules if key == "ltip" or key.startswith("ltip.")]:
        if not str(sys.modules[loaded].__file__).startswith(str(folder)):
            del sys.modules[loaded]
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(f"ltip.rules.{name}")
    finally:
        sys.path.remove(str(folder))


def check_run(package: Package, data: dict[str, Any], act_name: str) -> None:
    """The run's kept inputs give its kept result again, to the last digit."""
    package.require_digest("run/inputs.json", data["inputs_digest"], act_name)
    package.require_digest("run/result.json", data["result_digest"], act_name)
    number, run = package.record_of("program.run.made", result=data["result_digest"])
    name = record_name(number)
    if run["inputs"] != data["inputs_digest"]:
        raise Disagrees(f"{name}: the run was made from other inputs than the act says")
    agrees(f"run/inputs.json and run/result.json: their digests stand in the act and in {name}")
    if "rules" not in run:
        agrees(f"{name} was sealed before the digest of the rules was recorded", "SKIPPED")
        return
    folder = check_rules(package, run["rules"], name)
    found = rule_module(folder, "measurement").measure(package.json("run/inputs.json"))
    kept = package.json("run/result.json")
    for where, was, now in differences("", kept, found):
        raise Disagrees(f"run/result.json: {where} is {was}, computed again it is {now}")
    for goal in found["goals"]:
        say_goal(goal)
    if found["payout"] != data["payout"]:
        raise Disagrees(f"{act_name}: the payout is {data['payout']}, not {found['payout']}")
    agrees(f"payout {found['payout']} % of target")


def say_goal(goal: dict[str, Any]) -> None:
    if goal["kind"] == "financial":
        agrees(f"{goal['measure']}: {goal['value']}, which pays {goal['payout']} %")
        return
    for part in goal.get("segments", [goal]):
        for row in part["table"]:
            agrees(f"total stockholder return of {row['ticker']}: {row['return']}")
        agrees(f"rank {part['rank']} of {part['ranked']}, percentile {part['percentile']}")
    agrees(f"total stockholder return pays {goal['payout']} %")


def differences(where: str, kept: Any, found: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(kept, dict) and isinstance(found, dict):
        for key in sorted({*kept, *found}):
            yield from differences(f"{where}.{key}".strip("."), kept.get(key), found.get(key))
    elif isinstance(kept, list) and isinstance(found, list | tuple) and len(kept) == len(found):
        for at, (was, now) in enumerate(zip(kept, found, strict=True)):
            yield from differences(f"{where}[{at}]", was, now)
    elif kept != found:
        yield where, kept, found


def check_shares(package: Package, told: dict[str, Any], act_name: str) -> None:
    """Each award's shares follow from the payout and from the facts that were sealed with it."""
    act = told["content"]
    data = act["exhibit"]["data"]
    if "rules" not in act or any("facts" not in line for line in data["earned"]):
        agrees(f"{act_name} was sealed before the facts of each award were recorded", "SKIPPED")
        return
    folder = check_rules(package, act["rules"], act_name)
    inputs = package.json("run/inputs.json")["period"]
    period = rule_module(folder, "calendars").Period(day(inputs["start"]), day(inputs["end"]))
    determined = rule_module(folder, "settling").determination_date(
        certified_on=day(told["legal_date"]),
        filed_on=day(data["filed_on"]),
        reading=data["readings"]["determination.date"],
    )
    for line in data["earned"]:
        shares = shares_of(line["facts"], data, period, determined, folder)
        said = f"award {line['award']} earns {line['shares']} shares"
        if shares != line["shares"]:
            raise Disagrees(f"{act_name}: {said} there, computed again {shares}")
        agrees(said)
    agrees(f"all {len(data['earned'])} awards earn {sum(x['shares'] for x in data['earned'])}")


def shares_of(
    facts: dict[str, Any], data: dict[str, Any], period: Any, determined: date, folder: Path
) -> int:
    if facts["void"]:
        return 0
    awards, earning = rule_module(folder, "awards"), rule_module(folder, "earning")
    changes = tuple(
        awards.Change(day(change["on"]), change["kind"], Decimal(change["amount"]))
        for change in facts["changes"]
    )
    if "reduced_to" in facts:  # by the certification itself
        changes += (awards.Change(determined, "reduced", Decimal(facts["reduced_to"])),)
    end = facts["end_of_service"]
    for key in ("on", "separated_on", "died_on") if end else ():
        end = end | {key: end[key] and day(end[key])}
    earned = earning.shares_earned(
        target=awards.adjusted_target(target=facts["granted"], changes=changes).value,
        payout=Decimal(data["payout"]),
        period=period,
        determination_date=determined,
        end_of_service=end and earning.EndOfService(**end),
        **{argument: data["readings"][key] for argument, key in READINGS.items()},
    )
    most = awards.most_after_reduction(changes=changes)
    shares: int = awards.capped(shares=earned, most=most).value
    return shares


def day(text: str) -> date:
    return date.fromisoformat(text)


def main() -> int:
    sys.dont_write_bytecode = True
    parser = argparse.ArgumentParser(description="Checks the package of an act.")
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--digest", help="the act's digest, as you have it from elsewhere")
    asked = parser.parse_args()
    try:
        package = Package(asked.folder.resolve())
        check_chain(package)
        told = check_act(package, asked.digest)
        name = record_name(told["number"])
        data = told["content"]["exhibit"]["data"]
        if "result_digest" in data:
            check_run(package, data, name)
            check_shares(package, told, name)
        else:
            agrees("an act of this kind states what was decided and computes nothing", "SKIPPED")
    except (Disagrees, KeyError, TypeError, ValueError, AttributeError) as reason:
        print(f"DISAGREES {reason if isinstance(reason, Disagrees) else repr(reason)}")
        return 1
    print(
        f"Everything agrees. The digest of the act: {dict(package.index['chain'])[told['number']]}"
    )
    if not asked.digest:
        print("Compare it with the one on the page of the act.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
