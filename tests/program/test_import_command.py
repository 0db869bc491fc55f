"""`manage.py import_prices`: what it prints, and that it changes all or nothing."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from ltip.program.models import DailyClose, PriceImport
from tests import cast
from tests.program.conftest import IMPORTED_ON


def run(*words: Any, **options: Any) -> tuple[str, str, str]:
    """What it printed, the faults it named, and with which sentence it failed."""
    out, err, failed = StringIO(), StringIO(), ""
    with time_machine.travel(cast.noon(IMPORTED_ON)):
        try:
            call_command("import_prices", *map(str, words), stdout=out, stderr=err, **options)
        except CommandError as error:
            failed = str(error)
    return out.getvalue(), err.getvalue(), failed


@pytest.fixture
def closes(tmp_path: Path) -> Path:
    path = tmp_path / "closes.csv"
    path.write_text("date,ticker,close\n2014-01-02,OURS,5.00\n2014-01-02,NEW,7.50\n")
    return path


@pytest.fixture
def actions(tmp_path: Path) -> Path:
    path = tmp_path / "actions.csv"
    path.write_text("date,ticker,kind,amount\n2014-01-03,OURS,dividend,0.1\n")
    return path


@pytest.mark.usefixtures("exchange")
def test_it_takes_both_files_as_the_system_and_says_what_it_took(
    closes: Path, actions: Path
) -> None:
    out, err, failed = run(closes, "--actions", actions, "--new-securities")
    assert (err, failed) == ("", "")
    sources = PriceImport.objects.order_by("pk")
    assert out.splitlines() == [
        f"closes: 2 taken (2 new, 0 corrected, 0 unchanged), SHA-256 {sources[0].document_id}",
        f"actions: 1 taken (1 new, 0 corrected, 0 unchanged), SHA-256 {sources[1].document_id}",
    ]
    assert {source.seal.actor for source in sources} == {"system"}
    assert sources[0].document.name == "closes.csv"


@pytest.mark.usefixtures("exchange")
def test_it_names_every_fault_by_file_and_line_and_takes_nothing(
    closes: Path, actions: Path
) -> None:
    actions.write_text("date,ticker,kind,amount\n2014-01-03,OURS,bonus,0.1\n")
    out, err, failed = run(closes, "--actions", actions)
    assert (out, failed) == ("", "2 faults; nothing was taken.")
    assert err.splitlines() == [
        f"{actions}, line 2: “bonus” is not dividend, split or spin_off",
        f"{closes}, line 3: no security bears the ticker NEW on 2 January 2014",
    ]
    assert not DailyClose.objects.exists()


@pytest.mark.django_db
def test_it_says_so_when_no_trading_calendar_is_chosen(closes: Path) -> None:
    assert run(closes)[2] == (
        "GA §2: No trading calendar is chosen. "
        "The operator chooses it first: manage.py choose_trading_calendar XNYS."
    )


@pytest.mark.django_db
def test_it_says_so_when_the_file_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    assert run(missing)[2] == f"{missing} can't be read: No such file or directory."


@pytest.mark.django_db
def test_once_the_calendar_is_chosen_the_same_file_is_taken(tmp_path: Path) -> None:
    closes = tmp_path / "closes.csv"
    closes.write_text("date,ticker,close\n2014-01-02,NEW,7.50\n")
    with pytest.raises(CommandError, match="The calendar of the exchange NOWHERE is not known"):
        call_command("choose_trading_calendar", "NOWHERE")
    call_command("choose_trading_calendar", "XNYS", stdout=StringIO())
    assert run(closes, new_securities=True)[2] == ""
    assert DailyClose.objects.count() == 1
