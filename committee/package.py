"""The package of an adopted act: everything needed to verify and compute it again elsewhere."""

import json
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from committee.exhibits import exhibit_of
from committee.models import Act
from committee.protocol import Evidenced, kind_named
from ltip.records.models import Seal
from ltip.records.rules_source import kept_rules
from ltip.records.selectors import content_of
from ltip.rules.outcome import Refused

FORMAT = 1
NOON = time(12)
VERIFIER = Path(__file__).with_name("verify.py")
READ_ME = """\
Act {act} of the Compensation Committee: {title}

To verify it, with Python 3.11 or later and nothing else:

    python verify.py

It checks every digest and the chain of records, and computes the figures of the act again with
the copy of the rules in this folder. It names the first thing that does not agree, if any.

chain/      the records from the first that the act rests on to the last about it, each the exact
            text that was sealed: record {record} is the act
run/        what a certification was measured from, and what was found
paper.pdf   the act as a paper, where it was made: the records are the original
rules/      the source of the rules that computed it
"""


def package_of(act: Act) -> bytes:
    """One zip of an adopted act: its records, what it rests on, the rules, and the verifier.

    The same act gives the same bytes, once its paper is made. Refuses an act that was not adopted.
    """
    if not hasattr(act, "adoption"):
        raise Refused(f"Act {act.number} is not adopted.", place="P Administration")
    kind, exhibit, adoption = kind_named(act.kind), exhibit_of(act), act.adoption
    files = {"verify.py": VERIFIER.read_bytes()}
    if hasattr(adoption, "paper"):
        files["paper.pdf"] = bytes(adoption.paper.document.content)
    rests_on = [act.seal_id, adoption.seal_id]
    if isinstance(kind, Evidenced):
        evidence = kind.evidence(exhibit)
        files |= evidence.files
        rests_on += evidence.seals
    chain = list(Seal.objects.filter(number__range=(min(rests_on), max(rests_on))).order_by("pk"))
    for link in chain:
        files[f"chain/{link.number:08}.json"] = link.canonical_text.encode()
    for digest in {content_of(link).get("rules") for link in chain if link.number in rests_on}:
        if digest:
            files |= _under(f"rules/{digest[:12]}", kept_rules(digest))
    index = {
        "format": FORMAT,
        "act": act.number,
        "record": adoption.seal_id,
        "chain": [[link.number, link.digest] for link in chain],
    }
    files["package.json"] = json.dumps(index, indent=1).encode()
    read_me = READ_ME.format(act=act.number, title=act.title, record=adoption.seal_id)
    files["README.txt"] = read_me.encode()
    return zipped(_under(f"act-{act.number}", files), at=datetime.combine(adoption.act_date, NOON))


def zipped(files: dict[str, bytes], *, at: datetime) -> bytes:
    """Files as one zip, by name, all dated alike: the same files give the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in sorted(files.items()):
            archive.writestr(entry_of_zip(name, at=at), content)
    return packed.getvalue()


def entry_of_zip(name: str, *, at: datetime) -> ZipInfo:
    """A file of a zip, dated as it is told and readable by all."""
    info = ZipInfo(name, date_time=(at.year, at.month, at.day, at.hour, at.minute, at.second))
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
    return info


def _under(folder: str, files: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files.items()}
