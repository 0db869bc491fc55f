"""The invented minutes of the one meeting at which the invented Committee acted elsewhere."""

from datetime import date
from typing import cast

import typst

from ltip.desk.demonstration import company

HELD_ON = date(2026, 3, 5)
DISSENT = (
    "I would have set the goal against a wider group; thirteen companies are few to be ranked "
    "among."
)
VOTES = {
    company.COMMITTEE[0][0]: "for",
    company.COMMITTEE[1][0]: "for",
    company.COMMITTEE[2][0]: "against",
}
TEXT = """
#set document(title: "Minutes of 5 March 2026", date: datetime(year: 2026, month: 3, day: 5))
#set page(paper: "us-letter", margin: 1in)
#set text(font: "Libertinus Serif", size: 11pt)
= Minutes of a meeting of the Committee

Held on 5 March 2026. Invented, like the company and everybody in it.

Present: {present}. A quorum was present.

The secretary laid before the meeting the goal of the 2026–2027 performance period, with its peer
group and its schedule, as in the exhibit of the act. On motion duly made it was

*RESOLVED*, that the goal is set as the exhibit states it.

For: {votes_for}. Against: {against}, who asked that this be recorded: “{dissent}”

{secretary}, secretary
"""


def minutes() -> bytes:
    """The minutes as a PDF, the same bytes each time."""
    named = {
        choice: ", ".join(name for name, vote in VOTES.items() if vote == choice)
        for choice in ("for", "against")
    }
    text = TEXT.format(
        present=", ".join(VOTES),
        votes_for=named["for"],
        against=named["against"],
        dissent=DISSENT,
        secretary=company.SECRETARY,
    )
    compiler = typst.Compiler(text.encode(), ignore_system_fonts=True)
    return cast(bytes, compiler.compile(format="pdf"))
