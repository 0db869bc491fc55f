"""PLACEHOLDER by the lead until the colleague's file arrives (overwrite me)."""
from dataclasses import dataclass

WORDING_VERSION = "2026-1"


@dataclass(frozen=True)
class Section:
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Acknowledgement:
    key: str
    words: str
    place: str


ACKNOWLEDGEMENTS = (Acknowledgement("plan", "I accept the plan, the Program and the agreement.", "GN"),)


def acknowledgements_for(country):
    return ACKNOWLEDGEMENTS


def notice_sections(data):
    return [Section("Notice of grant", ("Placeholder.",))]
