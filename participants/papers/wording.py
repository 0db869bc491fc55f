"""The words of the notice of grant and of its signature, filled from a notice's data."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ltip.rules.calendars import day_text
from ltip.rules.outcome import Refused

WORDING_VERSION = "2026-1"
MOST_SHARES_PER_PERFORMANCE_SHARE = 2
UNITED_KINGDOM = "GB"

_PLACE = "GN"
_FOLDER = Path(__file__).with_name("wording")
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_GOAL_PARAGRAPH = "{{goal}}"
_SIGN_BY_PARAGRAPH = "{{sign_by}}"
_SIGN_BY = (
    "You have until {{sign_by}} to sign. If you have not signed by the end of that day, this award "
    "lapses on the day after, and nothing more comes of it. It does not lapse if you have died by "
    "then, for your heirs may sign in your place, nor if by then the Committee has certified the "
    "period or a change in control has ended it."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs under it, as the holder reads them."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One thing the holder agrees to by signing, and where the source asks for it."""

    key: str
    words: str
    place: str


ACKNOWLEDGEMENTS: tuple[Acknowledgement, ...] = (
    Acknowledgement(
        "agreement",
        "I have read and understand this notice and its grant agreement, with the special terms "
        "for my country where there are any, and I am bound by them.",
        "GN",
    ),
    Acknowledgement(
        "program",
        "I have read and understand the Long Term Incentive Program, and I am bound by it.",
        "GN; GA §15",
    ),
    Acknowledgement(
        "plan",
        "I have read and understand the Plan, and I am bound by it.",
        "GN; GA §15",
    ),
    Acknowledgement(
        "insider_trading_policy",
        "I have read and understand the Company’s Insider Trading Policy, and I will keep to it.",
        "GN",
    ),
    Acknowledgement(
        "prospectus",
        "I have read and understand the Plan’s prospectus and any supplement to it.",
        "GN",
    ),
    Acknowledgement(
        "tax",
        "All tax and social insurance on this grant is mine to bear in the end and may come to "
        "more than is withheld. The Company promises no tax result, need not arrange the grant "
        "to lower my tax, and may have to withhold in more than one place.",
        "P Tax Withholding",
    ),
    Acknowledgement(
        "withholding",
        "The Company may choose how tax is withheld: by keeping back shares, by having a broker "
        "sell shares for me, or by any other way that the agreement or the Plan allows.",
        "GN; GA §6",
    ),
    Acknowledgement(
        "decisions",
        "Whatever the Committee decides or construes about the Plan, the Program and these "
        "papers is final and binds me.",
        "GN",
    ),
    Acknowledgement(
        "personal_data",
        "I consent to the use of my personal data (name, address and telephone number, birth "
        "date, tax number, employee information, and what I hold under the Plan) by the Company, "
        "its subsidiaries and third parties, to administer the Plan.",
        "GA §14",
    ),
)

_UNITED_KINGDOM_ACKNOWLEDGEMENT = Acknowledgement(
    "united_kingdom",
    "I accept the special terms for the United Kingdom. I take over the employer’s national "
    "insurance on this grant and will sign the joint election before anything vests.",
    "XB",
)


def acknowledgements_for(country: str) -> tuple[Acknowledgement, ...]:
    """Give what a holder in this country agrees to by signing, in the order it is shown.

    Rulebook 10.1 and 11.2; for the United Kingdom also the joint election that has to be signed
    before anything vests (10.4). `country` is the two-letter code. Place: GN, GA §14, XB.
    """
    if country == UNITED_KINGDOM:
        return (*ACKNOWLEDGEMENTS, _UNITED_KINGDOM_ACKNOWLEDGEMENT)
    return ACKNOWLEDGEMENTS


def notice_sections(data: Mapping[str, Any]) -> list[Section]:
    """Fill the notice of grant and its agreement from a notice's data, section by section.

    Where the notice sets a last day to sign, it says what follows without a signature (rule 11.1).
    A holder in the United Kingdom also gets the special terms for that country. Refuses another
    version of the wording, a value that is missing, empty or of the wrong kind, and a maximum
    above two shares for each Performance Share, each by name. Place: GN, GA recitals.
    """
    version = _text(data, "wording_version")
    if version != WORDING_VERSION:
        raise Refused(
            f"the notice was written in wording {version}, and this is wording {WORDING_VERSION}.",
            place=_PLACE,
            remedy="Read the PDF that was kept when the notice was made.",
        )
    values = _values(data)
    added = {
        _GOAL_PARAGRAPH: _goal_sentences(data),
        _SIGN_BY_PARAGRAPH: (_SIGN_BY,) if "sign_by" in data else (),
    }
    sections = _filled((_FOLDER / "notice.txt").read_text("utf-8"), values=values, added=added)
    if _text(data, "country") == UNITED_KINGDOM:
        supplement = (_FOLDER / "united-kingdom.txt").read_text("utf-8")
        sections += _filled(supplement, values=values, added=added)
    return sections


def united_kingdom_text(*, company_name: str, principal_office: str) -> str:
    """Give our words for the special terms of the United Kingdom, filled, as one text (XB)."""
    values = {"company_name": company_name, "principal_office": one_line(principal_office)}
    text = (_FOLDER / "united-kingdom.txt").read_text("utf-8").strip()
    return _PLACEHOLDER.sub(_value_from(values), text)


def sections_of_text(text: str) -> list[Section]:
    """Split a text that was entered into its sections: "# " begins a heading, an empty line a
    paragraph. What stands before the first heading has none."""
    sections = []
    lines = text.replace("\r\n", "\n")
    for index, part in enumerate(re.split(r"^# ", lines, flags=re.MULTILINE)):
        blocks = [block.strip() for block in part.strip().split("\n\n") if block.strip()]
        if index:
            sections.append(Section(blocks[0] if blocks else "", tuple(blocks[1:])))
        elif blocks:
            sections.append(Section("", tuple(blocks)))
    return sections


def key_facts(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give what a holder looks for first, as labels and values. Refuses as `notice_sections`."""
    values = _values(data)
    return [
        ("Holder", values["holder"]),
        ("Company", values["company_name"]),
        ("Grant Date", values["grant_date"]),
        ("Performance Shares (the target)", values["target_shares"]),
        ("Most shares that can be earned", values["most_shares"]),
        (
            "Performance Period",
            f"{values['period_label']}, {values['period_start']} to {values['period_end']}",
        ),
        ("Act of the Committee", values["act"]),
        *([("To be signed by", values["sign_by"])] if "sign_by" in values else []),
    ]


def one_line(address: str) -> str:
    """Write an address that was kept in lines as one line, its parts parted by commas."""
    lines = (line.strip().rstrip(",") for line in address.splitlines())
    return ", ".join(line for line in lines if line)


def _values(data: Mapping[str, Any]) -> dict[str, str]:
    target, most = _whole_number(data, "target_shares"), _whole_number(data, "most_shares")
    if most > MOST_SHARES_PER_PERFORMANCE_SHARE * target:
        raise Refused(
            f"{most:,} shares cannot be earned from a target of {target:,}: a Performance Share "
            f"earns at most {MOST_SHARES_PER_PERFORMANCE_SHARE} shares.",
            place="GA recitals",
        )
    return {
        "company_name": _text(data, "company.name"),
        "state_of_incorporation": _text(data, "company.state_of_incorporation"),
        "principal_office": one_line(_text(data, "company.principal_office")),
        "holder": _text(data, "holder"),
        "grant_date": day_text(_day(data, "grant_date")),
        "target_shares": f"{target:,}",
        "most_shares": f"{most:,}",
        "period_label": _text(data, "period.label"),
        "period_start": day_text(_day(data, "period.start")),
        "period_end": day_text(_day(data, "period.end")),
        "act": _text(data, "act"),
        **({"sign_by": day_text(_day(data, "sign_by"))} if "sign_by" in data else {}),
    }


def _filled(
    text: str, *, values: Mapping[str, str], added: Mapping[str, tuple[str, ...]]
) -> list[Section]:
    """Split first and fill afterwards, so that no value can become a heading or a placeholder."""
    sections = []
    for part in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        heading, *paragraphs = (block.strip() for block in part.strip().split("\n\n"))
        filled: list[str] = []
        for paragraph in paragraphs:
            if paragraph == _GOAL_PARAGRAPH:
                filled.extend(added[paragraph])
                continue
            for words in added.get(paragraph, (paragraph,)):
                filled.append(_PLACEHOLDER.sub(_value_from(values), words))
        sections.append(Section(heading, tuple(filled)))
    return sections


def _value_from(values: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise Refused(
                f"the wording has a placeholder {match[0]} that no value belongs to.",
                place=_PLACE,
                remedy="Correct the wording before a notice is made from it.",
            )
        return values[match[1]]

    return value


def _given(data: Mapping[str, Any], name: str) -> object:
    value: Any = data
    for key in name.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if value is None:
        raise Refused(f"the notice's data has no {name}.", place=_PLACE)
    return value


def _text(data: Mapping[str, Any], name: str) -> str:
    value = _given(data, name)
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"{name} in the notice's data is empty or not a text.", place=_PLACE)
    return value


def _whole_number(data: Mapping[str, Any], name: str) -> int:
    value = _given(data, name)
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise Refused(
            f"{name} in the notice's data is {value!r}, not a whole number above zero.",
            place=_PLACE,
        )
    return value


def _day(data: Mapping[str, Any], name: str) -> date:
    text = _text(data, name)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{name} in the notice's data, {text}, is not a day.", place=_PLACE) from None


def _goal_sentences(data: Mapping[str, Any]) -> tuple[str, ...]:
    sentences = _given(data, "goal")
    if not isinstance(sentences, list) or not sentences:
        raise Refused("goal in the notice's data holds no sentence.", place=_PLACE)
    if any(not isinstance(sentence, str) or not sentence.strip() for sentence in sentences):
        raise Refused("goal in the notice's data has an empty sentence.", place=_PLACE)
    return tuple(sentences)
