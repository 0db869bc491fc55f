"""The package of an act: verified and computed again by plain Python, and every change named."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from committee.models import Act, Adoption
from committee.package import package_of
from committee.paper_jobs import make_paper
from ltip.desk.scenarios.telling import Telling
from ltip.rules.outcome import Refused
from tests import cast
from tests.committee.conftest import CERTIFYING, IN_WINDOW, address, members

pytestmark = pytest.mark.django_db

RUN, ACT = "chain/00000049.json", "chain/00000053.json"


def verify(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the package's own program, without this software, its libraries or its settings."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *words]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False)


def unpacked(act: Act, folder: Path) -> Path:
    act.refresh_from_db()
    with zipfile.ZipFile(BytesIO(package_of(act))) as archive:
        archive.extractall(folder)
    (unpacked_in,) = folder.iterdir()
    return unpacked_in


@pytest.fixture
def package(certification: Act, tmp_path: Path) -> Path:
    """The certification, adopted: we are second of three, and two awards earn 300 and 41."""
    cast.sign_all(certification, CERTIFYING)
    return unpacked(certification, tmp_path)


def rewritten(path: Path, change: Callable[[Any], None]) -> None:
    told = json.loads(path.read_text())
    change(told)
    path.write_text(json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def forged_act(package: Path, change: Callable[[Any], None]) -> None:
    """Change the act's record and everything that names its digest, as a forger would."""
    rewritten(package / ACT, lambda told: change(told["content"]))
    told = json.loads((package / ACT).read_text())
    exhibit = json.dumps(
        told["content"]["exhibit"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    digest = sha256(exhibit.encode()).hexdigest()

    def resigned(told: Any) -> None:
        told["content"]["exhibit_digest"] = digest
        for signature in told["content"]["signatures"]:
            signature["exhibit"] = digest

    rewritten(package / ACT, resigned)

    def reproposed(told: Any) -> None:
        told["content"]["exhibit"] = digest

    rewritten(package / "chain/00000050.json", reproposed)
    index = json.loads((package / "package.json").read_text())
    previous = None
    for line in index["chain"]:
        path = package / f"chain/{line[0]:08}.json"
        if previous:
            rewritten(path, lambda told, before=previous: told.update(previous=before))
        previous = line[1] = sha256(path.read_bytes()).hexdigest()
    (package / "package.json").write_text(json.dumps(index))


def test_an_untouched_package_agrees_line_by_line(package: Path) -> None:
    done = verify(package)
    assert done.returncode == 0, done.stdout + done.stderr
    for line in (
        "5 records, each with its digest and that of the one before",
        "signed by second at 2015-02-24T12:00:00.000000Z",
        "total stockholder return of OURS: 0.3",
        "rank 2 of 3, percentile 50",
        "payout 100 % of target",
        "all 2 awards earn 341",
    ):
        assert f"agrees   {line}\n" in done.stdout
    assert "Everything agrees." in done.stdout
    assert not list(package.rglob("__pycache__"))


def test_the_digest_that_someone_has_elsewhere_is_compared(
    package: Path, certification: Act
) -> None:
    digest = certification.adoption.seal.digest
    assert verify(package, "--digest", digest).returncode == 0
    done = verify(package, "--digest", "0" * 64)
    assert done.returncode == 1
    assert f"DISAGREES {ACT}: its digest is not the one you gave" in done.stdout


@pytest.mark.parametrize(
    ("name", "was", "becomes"),
    [
        ("run/inputs.json", '"130"', '"160"'),
        ("run/result.json", '"rank":2', '"rank":1'),
        (ACT, '"shares":41', '"shares":42'),
        (RUN, "program.run.made", "program.run.Made"),
        ("chain/00000051.json", "committee.act.signed", "committee.act.sinned"),
        ("rules/*/ltip/rules/returns.py", "def ", "def  "),
        ("rules/*/ltip/rules/earning.py", "HUNDRED", "HUNDRED "),
        ("rules/*/rules.sha256", "returns.py", "return.py"),
    ],
)
def test_a_changed_file_is_named(package: Path, name: str, was: str, becomes: str) -> None:
    (path,) = package.glob(name)
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, becomes, 1))
    done = verify(package)
    assert done.returncode == 1, done.stdout
    assert f"DISAGREES {path.relative_to(package).as_posix()}: its digest is not" in done.stdout


def test_a_link_taken_out_or_put_elsewhere_is_named(package: Path) -> None:
    index = json.loads((package / "package.json").read_text())
    del index["chain"][2]
    (package / "package.json").write_text(json.dumps(index))
    done = verify(package)
    assert done.returncode == 1
    assert "DISAGREES chain/00000052.json: it is not the next record" in done.stdout


def test_a_link_changed_together_with_the_list_of_digests_breaks_the_chain(package: Path) -> None:
    path = package / "chain/00000051.json"
    path.write_text(path.read_text().replace("act.signed", "act.sinned"))
    index = json.loads((package / "package.json").read_text())
    index["chain"][2][1] = sha256(path.read_bytes()).hexdigest()
    (package / "package.json").write_text(json.dumps(index))
    done = verify(package)
    assert done.returncode == 1
    assert "chain/00000052.json: it does not follow the record before it" in done.stdout


def test_a_missing_file_and_one_too_many_are_named(package: Path) -> None:
    (rules,) = package.glob("rules/*/ltip/rules")
    (rules / "surprise.py").write_text("")
    done = verify(package)
    assert done.returncode == 1
    assert "surprise.py: the rules that were sealed have no such file" in done.stdout
    (rules / "surprise.py").unlink()
    (package / "run" / "inputs.json").unlink()
    assert "DISAGREES run/inputs.json: the file is missing" in verify(package).stdout


def test_shares_forged_with_every_digest_are_found_by_computing(package: Path) -> None:
    def more(content: Any) -> None:
        content["exhibit"]["data"]["earned"][0]["shares"] = 301

    forged_act(package, more)
    done = verify(package)
    assert done.returncode == 1
    assert f"DISAGREES {ACT}: award " in done.stdout
    assert "earns 301 shares there, computed again 300" in done.stdout


def test_a_payout_forged_with_every_digest_is_found_by_computing(package: Path) -> None:
    def more(content: Any) -> None:
        content["exhibit"]["data"]["payout"] = "200"

    forged_act(package, more)
    done = verify(package)
    assert done.returncode == 1
    assert f"DISAGREES {ACT}: the payout is 200, not 100" in done.stdout


def test_a_signature_on_another_exhibit_is_named(package: Path) -> None:
    def other(told: Any) -> None:
        told["content"]["signatures"][1]["exhibit"] = "0" * 64

    rewritten(package / ACT, other)
    index = json.loads((package / "package.json").read_text())
    index["chain"][-1][1] = sha256((package / ACT).read_bytes()).hexdigest()
    (package / "package.json").write_text(json.dumps(index))
    done = verify(package)
    assert done.returncode == 1
    assert f"DISAGREES {ACT}: second signed another exhibit" in done.stdout


def test_an_act_that_computes_nothing_is_verified_and_says_so(
    story: Telling, designation: Act, tmp_path: Path
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    done = verify(unpacked(designation, tmp_path))
    assert done.returncode == 0, done.stdout
    assert (
        "SKIPPED  an act of this kind states what was decided and computes nothing" in done.stdout
    )


def test_the_same_act_gives_the_same_bytes(package: Path, certification: Act) -> None:
    assert package_of(certification) == package_of(Act.objects.get(pk=certification.pk))


def test_the_paper_lies_in_it_once_it_is_made(
    story: Telling, designation: Act, tmp_path: Path
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    assert not (unpacked(designation, tmp_path / "before") / "paper.pdf").exists()
    paper = make_paper(Adoption.objects.get(act=designation))
    package = unpacked(Act.objects.get(pk=designation.pk), tmp_path / "after")
    assert (package / "paper.pdf").read_bytes() == bytes(paper.document.content)
    assert verify(package).returncode == 0


def test_an_act_that_is_open_has_no_package(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    with pytest.raises(Refused, match="is not adopted"):
        package_of(designation)
    with on(IN_WINDOW):
        assert browser(members()[0]).get(address(designation, "package/")).status_code == 404


def test_the_page_of_an_adopted_act_gives_it(
    story: Telling, designation: Act, on: Any, browser: Any
) -> None:
    cast.sign_all(designation, IN_WINDOW)
    with on(IN_WINDOW):
        client = browser(members()[0])
        page = client.get(address(designation)).content.decode()
        answer = client.get(address(designation, "package/"))
    assert f'href="{address(designation, "package/")}"' in page
    assert answer["Content-Type"] == "application/zip"
    assert zipfile.ZipFile(BytesIO(answer.content)).testzip() is None


def test_the_program_in_it_is_short() -> None:
    program = Path(__file__).parents[2] / "committee" / "verify.py"
    assert len(program.read_text().splitlines()) < 300
