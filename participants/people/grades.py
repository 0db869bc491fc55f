"""How a salary grade is written."""

import re


def grade_named(text: str) -> str:
    """The grade as the rules call it: “executive 2” is “Executive 2”; others stand as they are."""
    executive = re.fullmatch(r"executive\s*([1-9][0-9]*)", text, re.IGNORECASE | re.ASCII)
    return f"Executive {executive[1]}" if executive else text
