"""The invented employees: who came when, in which grade, and what changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from participants.people.succession import Named


@dataclass(frozen=True, slots=True)
class Hire:
    """An employee as hired; `flags` are the statuses held from that day on."""

    name: str
    grade: str
    hired_on: date
    country: str = "US"
    kind: str = "regular"
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A status that changed on a day."""

    on: date
    name: str
    subject: str
    value: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """The last day of someone's service, and why it ended."""

    on: date
    name: str
    reason: str


OFFICER = ("covered", "specified", "officer")

HIRES = (
    Hire("Helena Marsh", "Executive 4", date(2015, 4, 6), flags=OFFICER),
    Hire("Victor Adeyemi", "Executive 3", date(2016, 9, 12), flags=OFFICER),
    Hire("Ingrid Solberg", "Executive 3", date(2017, 3, 20), flags=OFFICER),
    Hire("Marcus Bell", "Executive 3", date(2019, 1, 7), flags=("specified", "officer")),
    Hire("Alice Renner", "Executive 2", date(2017, 9, 5)),
    Hire("Oliver Pemberton", "Executive 2", date(2018, 2, 12), country="GB"),
    Hire("Samuel Whitlock", "Executive 2", date(2014, 6, 2)),
    Hire("Diane Forsythe", "Executive 2", date(2016, 11, 14)),
    Hire("Beatrice Nolan", "Executive 2", date(2018, 8, 27)),
    Hire("Rosalind Peake", "Executive 2", date(2019, 10, 1), country="GB"),
    Hire("Joanna Kettering", "Executive 1", date(2020, 3, 2), country="GB"),
    Hire("Raymond Castello", "Executive 1", date(2019, 5, 13)),
    Hire("Howard Lindley", "Executive 1", date(2010, 2, 15)),
    Hire("Francesca Duarte", "Executive 1", date(2020, 7, 6)),
    Hire("Gareth Prowse", "Executive 1", date(2021, 1, 18), country="GB"),
    Hire("Leonard Crowe", "Executive 1", date(2020, 10, 5)),
    Hire("Patrick Oyelaran", "Executive 1", date(2021, 6, 14)),
    Hire("Nadine Brookes", "Executive 2", date(2021, 3, 1), kind="contract"),
    Hire("Duncan Abercorn", "Senior Manager", date(2018, 5, 21), country="GB"),
    Hire("Leah Goldwyn", "Senior Manager", date(2019, 9, 16)),
    Hire("Stuart Penrose", "Senior Manager", date(2017, 4, 3), country="GB"),
    Hire("Camille Arden", "Senior Manager", date(2018, 10, 22)),
    Hire("Julian Thorne", "Senior Manager", date(2020, 1, 13)),
    Hire("Vera Mistlethwaite", "Senior Manager", date(2016, 2, 8), country="GB"),
    Hire("Andre Colville", "Senior Manager", date(2021, 8, 30)),
    Hire("Tessa Harcombe", "Manager 2", date(2019, 3, 11)),
    Hire("Milton Graves", "Manager 2", date(2020, 6, 1)),
    Hire("Odette Farrow", "Manager 2", date(2021, 2, 22), country="GB"),
    Hire("Clive Rushworth", "Manager 2", date(2018, 7, 9), country="GB"),
    Hire("Paloma Teague", "Manager 2", date(2017, 11, 27)),
    Hire("Everett Sloan", "Manager 2", date(2021, 10, 4)),
    Hire("Winifred Oakes", "Manager 2", date(2020, 9, 21), kind="temporary"),
    Hire("Yasmin Haddad", "Executive 1", date(2022, 6, 1)),
    Hire("Bruno Hartigan", "Manager 2", date(2022, 9, 6)),
    # One day before the cycle begins, and the day it begins.
    Hire("Theodore Vance", "Executive 2", date(2023, 12, 31)),
    Hire("Monica Reyes", "Executive 1", date(2024, 1, 1)),
    Hire("Walter Ames", "Executive 1", date(2024, 8, 5), kind="temporary"),
    Hire("Hugo Lanyon", "Manager 2", date(2025, 3, 10), country="GB"),
    Hire("Simone Laurent", "Executive 1", date(2025, 12, 31)),
    Hire("Curtis Hale", "Executive 2", date(2026, 1, 1)),
)

CHANGES = (
    Change(date(2023, 12, 31), "Duncan Abercorn", "grade", "Executive 1"),
    Change(date(2024, 7, 1), "Patrick Oyelaran", "grade", "Executive 2"),
    Change(date(2025, 1, 1), "Leah Goldwyn", "grade", "Executive 1"),
    Change(date(2025, 7, 1), "Walter Ames", "kind", "regular"),
    Change(date(2026, 1, 1), "Camille Arden", "grade", "Executive 1"),
)

LEAVINGS = (
    Leaving(date(2022, 11, 14), "Leonard Crowe", "cause"),
    Leaving(date(2023, 6, 30), "Diane Forsythe", "without_cause"),
    Leaving(date(2023, 8, 19), "Samuel Whitlock", "death"),
    Leaving(date(2024, 5, 17), "Raymond Castello", "resignation"),
    # After the Determination Date of 2023–2024, before its Settlement Date.
    Leaving(date(2025, 3, 7), "Gareth Prowse", "resignation"),
    Leaving(date(2025, 4, 30), "Rosalind Peake", "disability"),
    Leaving(date(2025, 12, 31), "Howard Lindley", "retirement"),
    # After the Determination Date of 2024–2025, before its Settlement Date.
    Leaving(date(2026, 3, 2), "Beatrice Nolan", "without_cause"),
)

CAUSE = "Invented expenses, claimed over eleven months and found by the internal audit."
BENEFICIARIES = {
    "Samuel Whitlock": (
        Named("Margery Whitlock", "wife", Decimal(60)),
        Named("Edwin Whitlock", "son", Decimal(40)),
    ),
}
NAMED_BY = (
    "Alice Renner",
    (
        Named("Theodore Renner", "husband", Decimal(100)),
        Named("June Renner", "sister", Decimal(50), is_contingent=True),
        Named("Clara Renner", "niece", Decimal(50), is_contingent=True),
    ),
)

# Target Performance Shares for a period of two years.
TARGETS = {
    "Executive 1": 1_200,
    "Executive 2": 2_400,
    "Executive 3": 5_000,
    "Executive 4": 12_000,
}


def number_of(hire: Hire) -> str:
    """The employee's number."""
    return f"L{HIRES.index(hire) + 1:03d}"


def personal_data_of(hire: Hire) -> dict[str, str]:
    """An invented address, birth date and tax number, of kinds that are never given out."""
    number = HIRES.index(hire) + 1
    born = date(1958 + number * 7 % 37, 1 + number * 5 % 12, 1 + number * 11 % 28)
    if hire.country == "GB":
        address = f"{number} Imaginary Row, Nowhere-on-Sea, ZZ99 {number % 10}ZZ"
        tax_number = f"QQ {number:02d} 00 {number:02d} C"
    else:
        address = f"{100 + number} Imaginary Street, Nowhere, California 00000"
        tax_number = f"000-{number:02d}-{1000 + number}"
    return {"address": address, "birth_date": born.isoformat(), "tax_number": tax_number}
