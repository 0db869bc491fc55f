"""The texts of papers: plain text with headings and placeholders, checked before they are kept."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from ltip.records.typesetting import unsettable
from ltip.rules.outcome import Refused

PLACE = "GN"
GOAL, SIGN_BY = "goal", "sign_by"

# Each kind of text with the name of its paper; ours, version 1, is the file of that name.
TITLES: Mapping[str, str] = {
    "notice": "Notice of grant",
    "agreement": "Grant agreement",
    "united-kingdom": "Special terms for the United Kingdom",
}

ALWAYS: Mapping[str, str] = {
    "company_name": "the company's name",
    "state_of_incorporation": "the state whose law the company is founded under",
    "principal_office": "the company's principal office, in one line",
    "holder": "the holder's name",
    "grant_date": "the day of the grant",
    "target_shares": "the Performance Shares, which are the target",
    "most_shares": "the most shares that can be earned",
    "period_label": "what the performance period is called",
    "period_start": "the first day of the period",
    "period_end": "the last day of the period",
    "act": "the number of the Committee's act",
    GOAL: "what the Committee set as the goal, sentence by sentence; stands alone between two "
    "empty lines",
    SIGN_BY: "the last day to sign and what follows without a signature, where the Committee "
    "reads the Program so; stands alone between two empty lines",
}
STAND_ALONE = (GOAL, SIGN_BY)
# What a text can't leave out, for a term of the grant would be said nowhere.
NEEDED: Mapping[str, str] = {"notice": SIGN_BY, "agreement": GOAL}
ON_REQUEST: Mapping[str, str] = {
    "employee_number": "the holder's number in the personnel records",
    "hired_on": "the day on which the holder was hired",
    "grade": "the holder's salary grade on the day of the grant",
}
PLACEHOLDERS: Mapping[str, str] = {**ALWAYS, **ON_REQUEST}

_FOLDER = Path(__file__).with_name("wording")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


def our_text(kind: str) -> str:
    """Our own words for a paper, which are its version 1."""
    return (_FOLDER / f"{kind}.txt").read_text("utf-8")


def used_in(text: str) -> list[str]:
    """The names of the placeholders of a text, each once, in the order written."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def faults_of(kind: str, text: str) -> list[str]:
    """What stands in the way of a text of a kind, in sentences that begin with the line."""
    lines = text.replace("\r\n", "\n").split("\n")
    faults: list[str] = []
    has_heading = False
    for number, line in enumerate(lines, start=1):
        is_heading = line.startswith("#")
        if is_heading and not re.match(r"# +\S", line):
            faults.append(f"Line {number}: a heading is “# ” and its words, on one level only.")
        elif line.strip() and not (is_heading or has_heading):
            faults.append(f"Line {number} stands before the first heading, which begins with “# ”.")
            has_heading = True
        has_heading = has_heading or is_heading
        faults += [
            f"Line {number}: there is no placeholder {{{name}}}."
            for name in used_in(line)
            if name not in PLACEHOLDERS
        ]
        if _BRACE.search(_PLACEHOLDER.sub("", line)):
            faults.append(
                f"Line {number}: a brace stands alone; braces only hold the name of a placeholder."
            )
        if bad := unsettable(line.replace("\t", " ")):
            faults.append(f"Line {number} has characters that the papers can't show: {bad!a}.")
    if not has_heading:
        faults.append("The text has no heading, which begins with “# ”.")
    faults += [
        f"{{{name}}} stands alone between two empty lines, not in “{paragraph[:60]}”."
        for paragraph in tidied(text).split("\n\n")
        for name in STAND_ALONE
        if f"{{{name}}}" in paragraph and paragraph.strip() != f"{{{name}}}"
    ]
    needed = NEEDED.get(kind)
    if needed and needed not in used_in(text):
        faults.append(f"The text leaves out {{{needed}}}: {PLACEHOLDERS[needed]}.")
    return faults


def tidied(text: str) -> str:
    """The text as it is kept: each heading and each paragraph one line, empty lines between."""
    blocks: list[list[str]] = [[]]
    for written in text.replace("\r\n", "\n").split("\n"):
        line = " ".join(written.split())
        if line.startswith("#"):
            blocks += [[line], []]
        elif line:
            blocks[-1].append(line)
        else:
            blocks.append([])
    return "\n\n".join(" ".join(block) for block in blocks if block) + "\n"


def value_from(values: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    """What takes the place of a placeholder; refuses by name one that no value belongs to."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise Refused(
                f"the wording has a placeholder {match[0]} that no value belongs to.",
                place=PLACE,
                remedy="Correct the wording before a notice is made from it.",
            )
        return values[match[1]]

    return value


def filled(paragraph: str, values: Mapping[str, str]) -> str:
    """A paragraph with every placeholder replaced by its value, which is not looked at again."""
    return _PLACEHOLDER.sub(value_from(values), paragraph)
