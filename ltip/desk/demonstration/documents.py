"""The invented documents that the notice incorporates: one page each, saying that they are so."""

from typing import cast

import typst

TITLES = {
    "program": "Long Term Incentive Program",
    "plan": "Equity Plan",
    "insider_trading_policy": "Insider Trading Policy",
    "prospectus": "Prospectus of the Equity Plan",
}
TEXT = """
#set document(title: "{title}", date: datetime(year: 2022, month: 1, day: 3))
#set page(paper: "us-letter", margin: 1in)
#set text(font: "Libertinus Serif", size: 11pt)
= {title}

Invented, like the company. In earnest the company's own document stands here; whoever signs a
notice of grant opens it first, and the signature keeps the digest of what was opened.
"""


def incorporated() -> dict[str, bytes]:
    """Each document as a PDF, the same bytes each time."""
    return {kind: _set(TEXT.format(title=title)) for kind, title in TITLES.items()}


def _set(text: str) -> bytes:
    compiler = typst.Compiler(text.encode(), ignore_system_fonts=True)
    return cast(bytes, compiler.compile(format="pdf"))
