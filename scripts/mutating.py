"""`make mutate`: changes the rules one expression at a time; a test must notice each change."""

import ast
import difflib
import json
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from installing import PROJECT, PYTHON, STATE, environment, prepare_environment, stop

RULES = Path("ltip/rules")
COPIED = ("ltip/__init__.py", "ltip/rules", "tests/__init__.py", "tests/rules", "pyproject.toml")
EXPLAINED = PROJECT / "docs" / "mutation-survivors.txt"
NO_MUTANTS = "no mutants: "
MOST_ALIVE_PERCENT = 5
# As the tool reports them: a test failed, pytest stopped at an error, time ran out.
NOTICED = {1, 3, 24, 36, 152, 255, -24}
ALIVE = {0, 5, 33}


@dataclass
class Function:
    """One function of the rules: how many mutants it had, and what the living ones changed."""

    mutants: int = 0
    alive: list[str] = field(default_factory=list)


def mutate() -> int:
    """Mutate a copy of the rules, run their tests on each mutant, judge what lives."""
    prepare_environment("mutation")
    work = STATE / "mutation"
    _copy(work)
    words = [PYTHON, "-m", "mutmut", "run", "--max-children", "2"]
    if subprocess.run(words, cwd=work, env=environment(HYPOTHESIS_PROFILE="mutation")).returncode:
        stop("The mutants could not be run; mutmut says why above.")
    functions: dict[str, Function] = {}
    for source in sorted((PROJECT / RULES).glob("*.py")):
        functions |= _functions(source, work / "mutants" / RULES / source.name)
    _print_table(functions)
    complaints = _complaints(functions, EXPLAINED.read_text(encoding="utf-8").splitlines())
    print("\n".join(["", *complaints]) if complaints else "\nEvery survivor is explained.")
    return 1 if complaints else 0


def _copy(work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    for name in COPIED:
        target = work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, target)


def _functions(source: Path, mutated: Path) -> dict[str, Function]:
    """Each function of a module; private ones only where the tool made mutants of them."""
    functions = {
        f"{source.stem}.{name}": Function()
        for name in _definitions(ast.parse(source.read_text(encoding="utf-8")))
        if not name.rpartition(".")[2].startswith("_")
    }
    codes = json.loads(mutated.with_name(f"{mutated.name}.meta").read_text())["exit_code_by_key"]
    text = mutated.read_text(encoding="utf-8")
    lines, spans = text.splitlines(), _definitions(ast.parse(text)) if codes else {}
    for key, code in codes.items():
        if code not in NOTICED | ALIVE:
            stop(f"The mutant {key} was not judged: its tests ended with {code}.")
        mutant = key.rpartition(".")[2]
        original = mutant.rpartition("__mutmut_")[0]
        name = f"{source.stem}.{original[2:].replace('ǁ', '.')}"
        function = functions.setdefault(name, Function())
        function.mutants += 1
        if code in ALIVE:
            pair = (_span(lines, spans, f"{original}__mutmut_orig"), _span(lines, spans, mutant))
            function.alive.append(f"{name}: {_change(*pair)}")
    return functions


def _definitions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.ClassDef):
            methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
            found |= {f"{node.name}.{each.name}": each for each in methods}
    return found


def _span(lines: list[str], spans: dict[str, ast.FunctionDef], mangled: str) -> list[str]:
    of_class = f"{mangled.split('ǁ')[1]}.{mangled}" if "ǁ" in mangled else mangled
    function = spans[of_class]
    source = lines[function.lineno - 1 : function.end_lineno]
    return [line.strip().replace(mangled, "") for line in source]


def _change(before: list[str], after: list[str]) -> str:
    changes = list(difflib.ndiff(before, after))
    removed = " ".join(line[2:] for line in changes if line.startswith("- "))
    added = " ".join(line[2:] for line in changes if line.startswith("+ "))
    return f"{removed} → {added}"


def _print_table(functions: dict[str, Function]) -> None:
    print(f"\n{'':58}{'mutants':>8}{'killed':>8}{'survived':>9}")
    for name, each in sorted(functions.items()):
        killed = each.mutants - len(each.alive)
        print(f"{name:58}{each.mutants:8}{killed:8}{len(each.alive):9}")
    mutants = sum(each.mutants for each in functions.values())
    alive = sum(len(each.alive) for each in functions.values())
    print(f"{'all':58}{mutants:8}{mutants - alive:8}{alive:9}")
    print("\nSurvivors")
    for each in functions.values():
        for change in each.alive:
            print(f"  {change}")


def _complaints(functions: dict[str, Function], lines: list[str]) -> list[str]:
    """What makes the run fail: an unexplained survivor, a function left alone, too many alive."""
    complaints = []
    for name, each in functions.items():
        if not each.mutants and not _explained(f"{NO_MUTANTS}{name}", lines):
            complaints.append(f"{name} has no mutants, and {EXPLAINED.name} does not say why.")
        complaints += [
            f"Survived, and {EXPLAINED.name} does not say why: {change}"
            for change in each.alive
            if not _explained(change, lines)
        ]
    mutants = sum(each.mutants for each in functions.values())
    alive = sum(len(each.alive) for each in functions.values())
    if alive * 100 > mutants * MOST_ALIVE_PERCENT:
        complaints.append(f"{alive} of {mutants} live, more than {MOST_ALIVE_PERCENT} %.")
    return complaints


def _explained(what: str, lines: list[str]) -> bool:
    """A line says what lives and then, after a dash, why that is right."""
    return any(line.startswith(f"{what} — ") and line.strip() != f"{what} —" for line in lines)
