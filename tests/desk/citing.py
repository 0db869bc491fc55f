"""Citations of the source in the code: where they stand, and which places they name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
CODE = ("ltip", "committee", "participants")
# A short form that the rulebook uses itself.
SHORT = {"P Eligibility": "P Eligibility/Participation"}
_LIKE_A_CITATION = re.compile(r"(P [A-Z][a-z]|GA (§|recitals)|GN\b|XB\b)")
_MENTIONED = re.compile(
    r"\bP (?P<heading>[A-Z][a-z][\w/ -]*)"
    r"|\bGA §+ ?(?P<sections>\d+(?:\([a-z]\))?(?:(?:, | and )\d+(?:\([a-z]\))?)*)"
    r"|\bGA (?P<recitals>recitals)"
    r"|\b(?P<short>GN|XB)\b"
)
_RULES = re.compile(r"\b[Rr]ule(?:book|s)? (\d+\.\d+(?:(?:, | and | to )\d+\.\d+)*)")


class Citation(str):
    """A place as it is written, with where it stands."""

    at: str

    def __new__(cls, place: str, at: str) -> "Citation":
        made = super().__new__(cls, place)
        made.at = at
        return made


def trees() -> Iterator[tuple[str, ast.Module]]:
    for root in CODE:
        for path in sorted((PROJECT / root).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(PROJECT)), ast.parse(path.read_text("utf-8"))


def placed() -> Iterator[Citation]:
    """Whatever is given as a place: by name, in a constant, or where it looks like a citation."""
    for file, tree in trees():
        spoken = _docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword | ast.Assign) and _gives_a_place(node):
                yield from _text(node.value, file)
            elif isinstance(node, ast.Call) and _is_sentence_with_place(node):
                yield from _text(node.args[2], file)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                is_one = _LIKE_A_CITATION.match(node.value) and len(node.value) < 90
                if is_one and id(node) not in spoken:
                    yield Citation(node.value, f"{file}:{node.lineno}")
    for path in sorted((PROJECT / "templates").rglob("*.html")):
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
            for found in re.findall(r"<cite>([^<{]+)</cite>|\bplace=\"([^\"{]+)\"", line):
                yield Citation(found[0] or found[1], f"{path.relative_to(PROJECT)}:{number}")


def docstrings() -> Iterator[Citation]:
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = ast.get_docstring(node)
                if text:
                    at = f"{file}: {getattr(node, 'name', 'the module')}"
                    yield Citation(" ".join(text.split()), at)


def places_in(citation: str) -> list[str]:
    """The places that a citation names, a list of them parted by commas or semicolons."""
    named: list[str] = []
    for item in re.split(r"[;,]\s*", citation):
        if named and named[-1].startswith("GA §") and re.fullmatch(r"\d+(\([a-z]\))?", item):
            named.append(f"GA §{item}")
        elif match := re.fullmatch(r"GA §§?(\d+(?:\([a-z]\))?)", item):
            named.append(f"GA §{match[1]}")
        else:
            named.append(SHORT.get(item, item))
    return named


def places_mentioned(text: str, headings: set[str]) -> list[str]:
    """The places that a sentence mentions; a heading counts as far as its words are written."""
    named = []
    for match in _MENTIONED.finditer(text):
        if match["heading"]:
            named.append(_heading(match["heading"], headings))
        elif match["sections"]:
            parts = re.split(r", | and ", match["sections"])
            named += [f"GA §{part}" for part in parts]
        else:
            named.append("GA recitals" if match["recitals"] else match["short"])
    return named


def rules_mentioned(text: str) -> list[str]:
    """The rulebook's numbers that a sentence mentions, the ends of "7.1 to 7.3" included."""
    return [number for found in _RULES.findall(text) for number in re.findall(r"\d+\.\d+", found)]


def _heading(written: str, headings: set[str]) -> str:
    """The heading that shares the most words, from the first on, with what is written."""
    words = re.findall(r"[\w-]+", written)
    best = max(headings, key=lambda one: _shared(one, words))
    return best if _shared(best, words) else f"P {words[0]}"


def _shared(heading: str, words: list[str]) -> int:
    own = re.findall(r"[\w-]+", heading.removeprefix("P "))
    for count, (mine, theirs) in enumerate(zip(own, words, strict=False)):
        if mine != theirs:
            return count
    return min(len(own), len(words))


def _gives_a_place(node: ast.keyword | ast.Assign) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg == "place"
    names = [one.id for one in node.targets if isinstance(one, ast.Name)]
    return any("PLACE" in name.upper().split("_") for name in names)


def _is_sentence_with_place(node: ast.Call) -> bool:
    """A step or a check, whose third argument is its place."""
    named = isinstance(node.func, ast.Name) and node.func.id in ("Step", "Check")
    return named and len(node.args) > 2


def _text(node: ast.expr, file: str) -> Iterator[Citation]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield Citation(node.value, f"{file}:{node.lineno}")


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
