"""The project's own stories come true, and files not understood are refused with the key."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from ltip.desk.scenarios.reading import FileNotUnderstood, read_story
from ltip.desk.scenarios.running import run_story
from ltip.records.models import Seal
from tests.cast import SCENARIOS

SHARED = Path(__file__).parents[2].parent / "shared" / "scenarios"


def _stories(*names: str) -> pytest.MarkDecorator:
    paths = [SCENARIOS / f"{name}.toml" for name in names] or sorted(SCENARIOS.glob("*.toml"))
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


def _comes_true(path: Path) -> None:
    report = run_story(path)
    assert report.findings
    assert [finding for finding in report.findings if not finding.met] == []
    assert not Seal.objects.exists(), "a story leaves nothing behind"


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="on SQLite every story is told, these among them"
)
@_stories(
    "a-change-in-control-and-those-who-left",
    "a-holder-in-the-united-kingdom",
    "each-reason-to-leave-between-the-dates",
    "three-years-in-steps",
    "unsigned-papers",
)
def test_a_few_stories_come_true_on_postgresql(path: Path) -> None:
    _comes_true(path)


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="on PostgreSQL `make drill` tells every story"
)
@_stories()
def test_every_story_comes_true_on_sqlite(path: Path) -> None:
    _comes_true(path)


@pytest.mark.drill
@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="on SQLite `make test` tells every story"
)
@_stories()
def test_every_story_comes_true_on_postgresql(path: Path) -> None:
    _comes_true(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("surprise = 1", "the key surprise is not known"),
        ('scenario = "x"', "the key company is missing"),
        (
            'scenario = "x"\n[company]\nticker="A"\n[period]\nstart=2012-01-01\nend="soon"',
            "period.end is not a date",
        ),
        ("not toml at all", "not a TOML file"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_with_the_key(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "story.toml"
    path.write_text(text)
    with pytest.raises(FileNotUnderstood, match=reason):
        read_story(path)


@pytest.mark.django_db
def test_an_expectation_that_does_not_come_true_is_a_failure_with_both_figures(
    tmp_path: Path,
) -> None:
    text = (SCENARIOS / "unsigned-papers.toml").read_text()
    path = tmp_path / "story.toml"
    path.write_text(text.replace("withheld = 3", "withheld = 4"))
    wrong = [finding for finding in run_story(path).findings if not finding.met]
    assert [(f.what, f.expected, f.came) for f in wrong] == [("unsigned: withheld", "4", "3")]


def test_the_command_needs_no_working_database_and_ends_with_the_count(tmp_path: Path) -> None:
    command = [sys.executable, "manage.py", "scenario", str(SCENARIOS / "unsigned-papers.toml")]
    environment = {"PATH": "/usr/bin:/bin", "LTIP_STATE": str(tmp_path / "absent")}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "11 passed, 0 failed"
    assert not (tmp_path / "absent").exists()


@pytest.mark.drill
@pytest.mark.django_db
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/scenarios is not beside the project")
def test_the_shared_stories_come_true() -> None:
    reports = [run_story(path) for path in sorted(SHARED.glob("*.toml"))]
    assert reports
    wrong = [(r.path.name, f) for r in reports for f in r.findings if not f.met]
    assert wrong == []
