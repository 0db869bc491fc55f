"""Nothing that is committed may depend on where it was made."""

import re
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# Written in two parts, so that this file does not find itself.
FORBIDDEN = re.compile(
    "|".join(
        (
            "--(extra-)?index" + "-url",
            "--find" + "-links",
            "https?://[^ ]*/simp" + "le/",
            "https?://[^ ]*[.](whl|tar[.]gz)" + r"\b",
            "file:" + "//",
            "(?<![a-z.])/ro" + "ot/",
            "(?<![a-z.])/ho" + "me/[a-z]",
            "(?<![a-z.])/Us" + "ers/[a-z]",
        )
    )
)


def committed_texts() -> dict[str, str]:
    """The files of the project that are or would be committed, without those that are not text."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=PROJECT, capture_output=True, check=True, text=True)
    texts = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = PROJECT / name
        if path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                texts[name] = content.decode()
    return texts


def test_no_committed_file_names_a_package_index_or_a_place_on_someones_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in committed_texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert found == []


def test_the_locks_hold_names_versions_and_hashes_and_no_address() -> None:
    package = re.compile(r"^[a-z0-9-]+==[^ ]+( ; [^\\]+)? \\$")
    digest = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
    for name in ("runtime", "test", "lint"):
        lines = (PROJECT / "requirements" / f"{name}.txt").read_text().splitlines()
        assert len(lines) > 100
        assert [n for n in lines if not package.match(n) and not digest.match(n)] == []


def test_each_lock_holds_the_one_before_it_in_the_same_versions() -> None:
    def packages(name: str) -> set[str]:
        text = (PROJECT / "requirements" / f"{name}.txt").read_text()
        return set(re.findall(r"^[a-z0-9-]+==.*?(?= \\)", text, re.MULTILINE))

    assert packages("runtime") < packages("test") < packages("lint")
