"""What the receipt of a signed thing says, and the form of a designation to be signed by hand:
drawn from the seal alone, so that it comes out the same for ever."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ltip.records.models import Seal
from ltip.records.typesetting import compiled, spelled_out, unsettable
from ltip.rules.calendars import day_text
from participants.papers.typesetting import DEMONSTRATION_MARK

Content = Mapping[str, Any]
Section = dict[str, Any]

DEMONSTRATION_WORDS = "Demonstration: the company and its people are invented."
ORIGINAL_WORDS = (
    "The original is the record in the Company's chain of records, a text in JSON with the digest "
    "below. This receipt was set from that record; should the two differ, the record counts."
)
HOW_PROVED = {"password": "by the password of the account, given again"}
DOCUMENTS = {
    "notice": "Notice of grant with its grant agreement",
    "program": "Long Term Incentive Program",
    "plan": "Plan",
    "insider_trading_policy": "Insider Trading Policy",
    "prospectus": "Prospectus of the Plan",
    "special_terms": "Special terms for the holder's country",
}
SPOUSE_WORDS = (
    "In some places the law lets a spouse or registered partner share in what is earned during the "
    "marriage, and a designation of somebody else then needs that person's consent. Where this is "
    "so, the spouse or partner signs below, before the witness or notary that the law asks for."
)
_TEMPLATE = Path(__file__).with_name("wording") / "receipt.typ"


def render_receipt(seal: Seal, *, company: str) -> bytes:
    """Set the receipt of what was sealed as PDF/A-2b and PDF/UA-1; one seal gives one paper."""
    record = json.loads(seal.canonical_text)
    title, sections = TOLD[record["kind"]](record["content"])
    return _set(
        record,
        company=company,
        title=title,
        subtitle=f"Receipt, {_moment(record['sealed_at'], _zone(record))}",
        sections=[_signed(record), *sections, _record(record, seal.digest)],
    )


def render_designation_form(seal: Seal, *, company: str) -> bytes:
    """Set a designation of beneficiaries as a form with lines for the signatures of the holder, a
    spouse or partner, and a witness (GA §4). Drawn whenever it is asked for, and not kept."""
    record = json.loads(seal.canonical_text)
    _, sections = _named(record["content"])
    consent = _section(
        "Consent of a spouse or partner",
        paragraphs=(
            SPOUSE_WORDS,
            "I know whom the holder names above and with which parts, and I agree.",
        ),
    )
    return _set(
        record,
        company=company,
        title="Designation of beneficiaries",
        subtitle=f"As the holder named them on {_day(record['content']['designated_on'])}",
        sections=[*sections, consent],
        lines=["Holder", "Spouse or partner", "Witness or notary, with name and office"],
    )


def _set(
    record: Content,
    *,
    company: str,
    title: str,
    subtitle: str,
    sections: list[Section],
    lines: list[str] | None = None,
) -> bytes:
    signed = date.fromisoformat(record["legal_date"])
    paper = {
        "company": company,
        "holder": record["by"]["name"],
        "title": title,
        "subtitle": subtitle,
        "date": {"year": signed.year, "month": signed.month, "day": signed.day},
        "demonstration": record["demonstration"],
        "demonstration_mark": DEMONSTRATION_MARK,
        "demonstration_words": DEMONSTRATION_WORDS,
        "footer": f"{company} · record {record['number']}",
        "sections": sections,
        "lines": lines or [],
        "lines_heading": "Signatures",
        "day_word": "Day",
    }
    return compiled(_TEMPLATE.read_bytes(), {"paper": json.dumps(_settable(paper))})


def _signed(record: Content) -> Section:
    content = record["content"]
    pairs = [
        ["By", record["by"]["name"]],
        ["When", _moment(record["sealed_at"], _zone(record))],
        ["Legal date", _day(record["legal_date"])],
    ]
    if "method" in content:
        pairs += [
            ["Identity proved", HOW_PROVED.get(content["method"], f"by {content['method']}")],
            ["From the address", content["address"] or "not known"],
        ]
    if "device" in content:
        pairs += [
            ["With the device", content["device"] or "not told"],
            ["Proof given", _moment(content["authenticated_at"], content["zone"])],
        ]
    return _section("Signed", pairs=pairs)


def _notice_signed(content: Content) -> tuple[str, list[Section]]:
    words = [item["words"] for item in content["agreed_to"]]
    return "Notice of grant: signed", [
        *_shown(content),
        _section("Words agreed to", items=words),
    ]


def _notice_declined(content: Content) -> tuple[str, list[Section]]:
    return "Notice of grant: declined", [
        *_shown(content),
        _section("The reason given", paragraphs=tuple(content["reason"].split("\n"))),
        _section("What the holder was told that follows", items=content["follows"]),
    ]


def _shown(content: Content) -> list[Section]:
    pairs = [
        ["Period", content.get("period", "")],
        [DOCUMENTS["notice"], content["notice"]],
    ]
    for opened in content.get("opened", []):
        name = DOCUMENTS[opened["kind"]]
        pairs += [[name, opened["digest"]], ["opened", _moment(opened["opened_at"], "UTC")]]
    return [
        _section(
            "What was shown",
            paragraphs=("Each document by the SHA-256 digest of what was shown.",),
            pairs=[pair for pair in pairs if pair[1]],
        )
    ]


def _election(content: Content) -> tuple[str, list[Section]]:
    return "Joint election: signed", [
        _section(
            "What was shown",
            pairs=[
                ["Award", content["award"]],
                ["Special terms", f"{content['country']}, version {content['version']}"],
                ["Record of the terms", str(content["supplement"])],
            ],
        ),
        _section("Words agreed to", paragraphs=(content["words"],)),
    ]


def _tax_choice(content: Content) -> tuple[str, list[Section]]:
    pairs = [
        ["Award", content["award"]],
        ["In shares", f"{content['shares_percent']} %"],
        ["From wages or in cash", f"{content['cash_percent']} %"],
        ["From a sale of shares", f"{content['sale_percent']} %"],
    ]
    if content["is_standing_instruction"]:
        pairs.append(["Standing instruction to sell", "given"])
    return "How the tax is paid: chosen", [_section("The choice", pairs=pairs)]


def _named(content: Content) -> tuple[str, list[Section]]:
    ranks = (("Primary beneficiaries", False), ("Contingent beneficiaries", True))
    sections = []
    for heading, is_contingent in ranks:
        pairs = [
            [_who(row), f"{row['percent']} %"]
            for row in content["beneficiaries"]
            if row.get("contingent", False) == is_contingent
        ]
        if pairs:
            sections.append(_section(heading, pairs=pairs))
    if not sections:
        words = "The holder took back every beneficiary named before, and names nobody."
        return "Beneficiaries: revoked", [_section("What was declared", paragraphs=(words,))]
    if content.get("supersedes"):
        words = f"It takes the place of the designation in record {content['supersedes']}."
        sections.append(_section("The one before", paragraphs=(words,)))
    return "Beneficiaries: named", sections


def _address(content: Content) -> tuple[str, list[Section]]:
    words = (
        "The holder gave notice of another address for notices. The address itself is kept "
        "encrypted; the record holds its fingerprint.",
    )
    return "Address for notices: changed", [
        _section(
            "What was declared", paragraphs=words, pairs=[["Fingerprint", content["fingerprint"]]]
        )
    ]


def _consent(content: Content) -> tuple[str, list[Section]]:
    given = "agreed" if content["is_given"] else "refused"
    return f"Amendment: {given}", [
        _section("What was shown", pairs=[["Text of the amendment", content["draft"]]]),
        _section("Words", paragraphs=(content["words"],)),
    ]


TOLD: Mapping[str, Callable[[Content], tuple[str, list[Section]]]] = {
    "participants.notice.signed": _notice_signed,
    "participants.notice.declined": _notice_declined,
    "participants.joint_election.signed": _election,
    "participants.withholding.elected": _tax_choice,
    "participants.beneficiaries.named": _named,
    "participants.amendment.answered": _consent,
    "participants.address.changed": _address,
}


def _who(row: Content) -> str:
    return f"{row['name']} ({row['relationship']})" if row["relationship"] else str(row["name"])


def _record(record: Content, digest: str) -> Section:
    return _section(
        "The record",
        paragraphs=(ORIGINAL_WORDS,),
        pairs=[
            ["Record", str(record["number"])],
            ["Digest of the record", digest],
            ["Digest of the record before", record["previous"]],
        ],
    )


def _section(
    heading: str,
    *,
    paragraphs: tuple[str, ...] = (),
    pairs: list[list[str]] | None = None,
    items: list[str] | None = None,
) -> Section:
    return {
        "heading": heading,
        "paragraphs": list(paragraphs),
        "pairs": pairs or [],
        "items": items or [],
    }


def _zone(record: Content) -> str:
    return str(record["content"].get("zone", "UTC"))


def _moment(told: str, zone: str) -> str:
    """A sealed moment in UTC, and in the zone of whoever signed."""
    at = datetime.fromisoformat(told).astimezone(UTC)
    words = f"{day_text(at)}, {at:%H:%M:%S} UTC"
    if zone == "UTC":
        return words
    local = at.astimezone(ZoneInfo(zone))
    return f"{words} ({day_text(local)}, {local:%H:%M:%S} in {zone})"


def _day(told: str) -> str:
    return day_text(date.fromisoformat(told))


def _settable(paper: Mapping[str, Any]) -> Any:
    """The paper with each character that the fonts lack written as its code point."""
    text = json.dumps(paper, ensure_ascii=False)
    if not unsettable("".join(dict.fromkeys(text))):
        return paper
    return _spelled(paper)


def _spelled(value: Any) -> Any:
    if isinstance(value, str):
        return spelled_out(value)
    if isinstance(value, Mapping):
        return {key: _spelled(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_spelled(part) for part in value]
    return value
