"""The rules stand on the standard library alone, and no float comes near what pays."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import ltip.rules

FOLDER = Path(ltip.rules.__file__).parent
SOURCES = sorted(FOLDER.glob("*.py"))
MODULES = [f"ltip.rules.{path.stem}" for path in SOURCES if path.stem != "__init__"]


def test_importing_every_rule_loads_no_framework():
    program = (
        f"import importlib, sys\n"
        f"for name in {MODULES!r}:\n"
        f"    importlib.import_module(name)\n"
        f"print(sorted({{'django', 'celery', 'numpy'}} & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=FOLDER.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(MODULES) >= 12
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_rule_knows_no_float_and_no_clock(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert "float" not in called
    assert not [name for name in called if name.endswith((".now", ".today", ".utcnow"))]
    assert not [value for value in constants if isinstance(value, float)]
