"""The register of the source's places: nothing left out, and nothing named that is not there."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from inspect import isfunction
from pkgutil import iter_modules
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

import ltip.rules
from ltip.desk.traceability import SOURCES, Entry, Place, Treatment
from ltip.desk.traceability.pages import PAGES
from tests import cast
from tests.desk import citing
from tests.desk.citing import PROJECT

PROGRAM_FOLDER = PROJECT.parent / "shared" / "program"
SOURCE = PROGRAM_FOLDER / "source-long-term-incentive-program.txt"
RULEBOOK = PROGRAM_FOLDER / "rulebook.md"

# Every heading and section of the four documents, as the source has them.
PROGRAM = """
Purpose of the Long Term Incentive Program
Effective Date
Eligibility/Participation
Administration
Qualified Performance-Based Compensation
Performance Goals
Grants
Maximum Shares
Award Determination
Tax Withholding
Termination of Employment
Change in Control
Coordination with Plan
Amendment and Termination
Limitation on Payments
No Contract for Employment
Nontransferability
Compensation Subject to Recovery
Nature of Program
Governing Law
"""
NOTICE = """
Holder
Grant Date
Number of Performance Shares
By
Print Name
Title
Address
"""
AGREEMENT = """
recitals Recitals
§1 Grant
§2 Performance Criteria
§3 Consequences of Certain Events
§4 Payout of Performance Shares
§5 Code Section 409A
§6 Tax Withholding
§7 Tax-Related Items
§8 Conditions to Delivery of Common Stock
§8(a)
§8(b)
§8(c)
§8(d)
§8(e)
§9 Compliance with Law
§10 Grant is Not Transferable
§11 Certain Corporate Transactions
§12 No Additional Rights
§12(a)
§12(b)
§12(c)
§13 Rights as a Stockholder
§14 Data Privacy Waiver
§14(a)
§14(b)
§14(c)
§14(d)
§15 Compliance with Plan and Program
§16 Effect of Grant Agreement on Individual Agreements
§17 Binding Agreement
§18 Notices
§19 Titles
§20 Governing Law
"""
EXHIBIT_B = """
United Kingdom
Terms and Conditions
Tax and National Insurance Contributions Acknowledgment
Joint Election for Transfer of Secondary Class 1 National Insurance Contributions to Holder
Joint Election (a)
Joint Election (b)
Joint Election (c)
Joint Election (d)
Joint Election (e)
Schedule 1
Data Protection
"""
# What the register splits off besides: text that stands under no heading of its own.
WITHOUT_A_HEADING = {"GN": {"Opening", "Signature"}, "XB": {"Opening"}}

# How many rules each section of the rulebook has; of the last, two are warnings about the Program.
RULES_OF_SECTIONS = {1: 6, 2: 4, 3: 4, 4: 6, 5: 6, 6: 6, 7: 7, 8: 5, 9: 6, 10: 5, 11: 7}
RULES = [
    f"{section}.{n}" for section, many in RULES_OF_SECTIONS.items() for n in range(1, many + 1)
]
RULES += ["12.3", "12.4"]
# What the law adds outside the Program; not in the source, and not the register's.
OUTSIDE_THE_PROGRAM = ["12.1", "12.2", "12.5", "12.6"]

# Refusals about the installation and its safety, of which the source says nothing: who may sign
# in and prove who they are, who may approve what somebody else prepared, what a worker performs;
# and what the law outside the Program sets.
NOT_OF_THE_SOURCE = {
    "Accounts",
    "Demonstration",
    "Exchange Act Section 16",
    "Form 10-K",
    "Installation",
    "Jobs",
    "Settlement",
    "Signing",
}


def _places() -> list[Place]:
    return [place for source in SOURCES for place in source.places]


def _entries() -> list[tuple[Place, Entry]]:
    return [(place, entry) for place in _places() for entry in place.entries]


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def _headings() -> set[str]:
    return {f"P {heading}" for heading in _lines(PROGRAM)}


def _letters(place: Place) -> list[str]:
    found = (re.match(r"\([a-z]\)", entry.part) for entry in place.entries)
    return [match[0] for match in found if match]


def _citable() -> set[str]:
    """Every place of the register, and every part of it that has a letter."""
    cites = {place.cite for place in _places()}
    return cites | {place.cite + letter for place in _places() for letter in _letters(place)}


def _named(kind: str) -> set[str]:
    return {name for _, entry in _entries() for name in getattr(entry, kind)}


def test_every_heading_of_the_program_stands_in_the_register() -> None:
    program, _, _, _ = SOURCES
    assert [place.heading for place in program.places] == _lines(PROGRAM)
    assert [place.cite for place in program.places] == [f"P {one}" for one in _lines(PROGRAM)]


def test_every_thing_the_notice_holds_stands_in_the_register() -> None:
    _, notice, _, _ = SOURCES
    headings = [place.heading for place in notice.places]
    assert [one for one in headings if one not in WITHOUT_A_HEADING["GN"]] == _lines(NOTICE)
    assert {place.cite for place in notice.places} == {"GN"}


def test_every_section_of_the_grant_agreement_stands_in_the_register() -> None:
    _, _, agreement, _ = SOURCES
    sections = [line.partition(" ") for line in _lines(AGREEMENT)]
    numbered = [(f"GA {number}", heading) for number, _, heading in sections if heading]
    assert [(place.cite, place.heading) for place in agreement.places] == numbered
    lettered = {f"GA {number}" for number, _, heading in sections if not heading}
    assert lettered <= _citable()


def test_every_heading_of_exhibit_b_stands_in_the_register() -> None:
    _, _, _, exhibit = SOURCES
    headings = [place.heading for place in exhibit.places]
    wanted = [line for line in _lines(EXHIBIT_B) if not line.startswith("Joint Election (")]
    assert [one for one in headings if one not in WITHOUT_A_HEADING["XB"]] == wanted
    (election,) = [one for one in exhibit.places if one.heading.startswith("Joint Election")]
    assert _letters(election) == ["(a)", "(b)", "(c)", "(d)", "(e)"]


@pytest.mark.skipif(not SOURCE.exists(), reason="the source lies beside the project, or not at all")
def test_the_source_has_no_other_headings() -> None:
    program, notice, agreement, exhibit = _parts_of_the_source()
    assert list(_program_headings(program)) == _lines(PROGRAM)
    blanks = re.findall(r"\b(Holder|[A-Z][a-z]+(?: [A-Za-z]+)*):(?=\s)", notice)
    assert list(dict.fromkeys(blanks)) == _lines(NOTICE)
    assert list(_agreement_headings(agreement)) == _lines(AGREEMENT)
    assert list(_exhibit_headings(exhibit)) == _lines(EXHIBIT_B)


def _parts_of_the_source() -> list[str]:
    text = SOURCE.read_text("utf-8").replace("\xa0", " ")
    begins = ("Purpose of the Long", "Notice of Grant of\n", "Exhibit A\n", "EXHIBIT B\n")
    at = [text.index(one) for one in begins]
    return [text[start:end] for start, end in zip(at, [*at[1:], len(text)], strict=True)]


def _program_headings(text: str) -> Iterator[str]:
    for line in (one.strip() for one in text.split("\n")):
        running = line.startswith("Page ") or line.endswith("Program Document")
        if line and len(line) < 80 and not running:
            yield line


def _agreement_headings(text: str) -> Iterator[str]:
    section = ""
    for line in (one.strip() for one in text.split("\n")):
        if line == "Recitals":
            yield "recitals Recitals"
        elif numbered := re.match(r"(\d+)\. ([A-Z][\w -]+)\.", line):
            section = numbered[1]
            yield f"§{section} {numbered[2]}"
        elif lettered := re.match(r"([a-z])\. ", line):
            yield f"§{section}({lettered[1]})"


def _exhibit_headings(text: str) -> Iterator[str]:
    for line in (one.strip() for one in text.split("\n")):
        if line == "UNITED KINGDOM":
            yield "United Kingdom"
        elif line in ("Terms and Conditions", "Schedule 1"):
            yield line
        elif lettered := re.match(r"\(([a-h])\) ", line):
            yield f"Joint Election ({lettered[1]})"
        elif headed := re.match(r"((?:Tax|Joint|Data) [\w ]+)\. ", line):
            yield headed[1]


def test_every_number_of_the_rulebook_is_named() -> None:
    named = [number for _, entry in _entries() for number in entry.numbers]
    assert set(named) == set(RULES)


@pytest.mark.skipif(not RULEBOOK.exists(), reason="the rulebook lies beside the project, or not")
def test_the_rulebook_has_no_other_numbers() -> None:
    numbers = re.findall(r"^(\d+\.\d+)\b", RULEBOOK.read_text("utf-8"), flags=re.MULTILINE)
    assert [one for one in numbers if one not in OUTSIDE_THE_PROGRAM] == RULES


def test_every_entry_says_what_it_asks_and_how_that_is_treated() -> None:
    for place, entry in _entries():
        assert entry.asks.endswith("."), (place.cite, entry.part)
        assert len(set(entry.treated)) == len(entry.treated) > 0, (place.cite, entry.part)


def test_what_is_not_encoded_has_a_reason_and_nothing_else_does() -> None:
    for place, entry in _entries():
        left_out = Treatment.NOT_ENCODED in entry.treated
        assert bool(entry.reason) == left_out, (place.cite, entry.part)


def test_what_is_treated_has_the_function_the_test_and_the_page_that_show_it() -> None:
    for place, entry in _entries():
        if entry.treated != (Treatment.NOT_ENCODED,):
            shown = (entry.functions, entry.tests, entry.pages)
            assert all(shown), (place.cite, entry.part)


def test_every_anchor_is_there_once() -> None:
    anchors = [place.anchor for place in _places()] + [source.key for source in SOURCES]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("name", sorted(_named("functions")))
def test_every_function_named_exists_and_says_which_place_it_carries_out(name: str) -> None:
    text = " ".join((_found(name).__doc__ or "").split())
    mentioned = citing.places_mentioned(text, _headings())
    assert set(mentioned) & _citable() or set(citing.rules_mentioned(text)) & set(RULES)


def _found(name: str) -> Any:
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            found: Any = import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            found = getattr(found, part)
        return found
    raise AssertionError(f"{name} is nowhere")


def test_every_rule_that_cites_its_place_stands_in_the_register() -> None:
    cited = []
    for module in iter_modules(ltip.rules.__path__):
        rules = import_module(f"ltip.rules.{module.name}")
        for name, value in vars(rules).items():
            is_rule = isfunction(value) and value.__module__ == rules.__name__ and name[0] != "_"
            text = " ".join((value.__doc__ or "").split())
            cites = citing.places_mentioned(text, _headings()) + citing.rules_mentioned(text)
            if is_rule and cites:
                cited.append(f"{rules.__name__}.{name}")
    assert [name for name in cited if name not in _named("functions")] == []


@pytest.mark.parametrize("name", sorted(_named("tests")))
def test_every_test_named_exists(name: str) -> None:
    file, _, test = name.partition("::")
    tree = ast.parse((PROJECT / file).read_text("utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert test in names if test else any(one.startswith("test_") for one in names)


def test_every_story_is_named_and_every_story_named_exists() -> None:
    folder = PROJECT / "tests" / "scenarios"
    stories = {str(path.relative_to(PROJECT)) for path in folder.glob("*.toml")}
    assert _named("stories") == stories


def test_every_page_named_exists_and_has_a_name() -> None:
    assert _named("pages") == set(PAGES)
    addresses = {
        f"{namespace}:{name}"
        for namespace, (_, resolver) in get_resolver().namespace_dict.items()
        for name in resolver.reverse_dict
        if isinstance(name, str)
    }
    assert set(PAGES) <= addresses


def test_every_place_that_the_code_or_a_page_cites_is_one_of_the_register() -> None:
    known = _citable() | NOT_OF_THE_SOURCE
    wrong = [
        f"{citation.at}: {citation}"
        for citation in citing.placed()
        for place in citing.places_in(citation)
        if place not in known
    ]
    assert wrong == []


def test_every_place_that_is_allowed_besides_is_used() -> None:
    used = {place for citation in citing.placed() for place in citing.places_in(citation)}
    assert used >= NOT_OF_THE_SOURCE


def test_every_place_and_rule_that_a_docstring_cites_is_one_there_is() -> None:
    wrong = []
    for text in citing.docstrings():
        places = set(citing.places_mentioned(text, _headings())) - _citable()
        rules = set(citing.rules_mentioned(text)) - {*RULES, *OUTSIDE_THE_PROGRAM}
        wrong += [f"{text.at}: {one}" for one in sorted(places | rules)]
    assert wrong == []


@pytest.mark.parametrize(
    ("citation", "places"),
    [
        ("P Grants", ["P Grants"]),
        ("P Eligibility", ["P Eligibility/Participation"]),
        ("GA §§8, 9", ["GA §8", "GA §9"]),
        ("GA §§1(b), 2, 4; P Grants", ["GA §1(b)", "GA §2", "GA §4", "P Grants"]),
        ("P Change in Control, GA §§8, 9", ["P Change in Control", "GA §8", "GA §9"]),
        ("GN; GA recitals", ["GN", "GA recitals"]),
        ("P Change in Employment", ["P Change in Employment"]),
    ],
)
def test_a_citation_names_each_of_its_places(citation: str, places: list[str]) -> None:
    assert citing.places_in(citation) == places


@pytest.mark.parametrize(
    ("sentence", "places", "rules"),
    [
        (
            "In time (rule 1.2). Place: P Eligibility.",
            ["P Eligibility/Participation"],
            ["1.2"],
        ),
        (
            "Rules 7.1 to 7.3; P Termination of Employment, GA §§1(b), 2 and 4.",
            ["P Termination of Employment", "GA §1(b)", "GA §2", "GA §4"],
            ["7.1", "7.3"],
        ),
        ("At most two shares (GA recitals; rulebook 4.4).", ["GA recitals"], ["4.4"]),
        ("A heading that is none: P Zebras. And rule 13.1.", ["P Zebras"], ["13.1"]),
    ],
)
def test_a_sentence_mentions_its_places(sentence: str, places: list[str], rules: list[str]) -> None:
    assert citing.places_mentioned(sentence, _headings()) == places
    assert citing.rules_mentioned(sentence) == rules


@pytest.mark.django_db
def test_the_page_shows_every_place_and_counts_how_each_is_treated() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    auditor = cast.staff("auditor", name="Alan", telling=telling)
    with cast.visit(auditor, date(2013, 3, 20)) as browser:
        assert reverse("desk:traceability") in browser.get("/").content.decode()
        page = browser.get(reverse("desk:traceability")).content.decode()
    for place in _places():
        assert f'id="{place.anchor}"' in page
        assert f'href="#{place.anchor}"' in page
    assert page.count('class="entry"') == len(_entries())
    for name in _named("functions") | _named("tests") | _named("stories"):
        assert f"<code>{name}</code>" in page
    for treatment in Treatment:
        entries = sum(treatment in entry.treated for _, entry in _entries())
        assert re.search(
            rf"\?treated={treatment.value}\".*?<td class=\"n\">{entries}</td>", page, re.S
        )


@pytest.mark.django_db
def test_one_treatment_is_shown_alone_and_takes_no_more_queries() -> None:
    telling = cast.told(acts=cast.BEFORE_DESIGNATION)
    with cast.visit(telling.secretary, date(2013, 3, 20)) as browser:
        with CaptureQueriesContext(connection) as whole:
            browser.get(reverse("desk:traceability"))
        with CaptureQueriesContext(connection) as filtered:
            page = browser.get("/traceability/?treated=not_encoded").content.decode()
        assert browser.get("/traceability/?treated=guessed").status_code == 404
    assert len(whole) == len(filtered)
    left_out = [one for _, one in _entries() if Treatment.NOT_ENCODED in one.treated]
    assert page.count('class="entry"') == len(left_out)
    assert "It states aims." in page
    assert 'id="p-grants"' not in page
