"""The rules' source: its digest is one that anyone can make, and it is kept once."""

import subprocess
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from ltip.program.models import TsrRun
from ltip.records.models import Document
from ltip.records.rules_source import keep_rules, kept_rules, listing_of, rules_digest
from ltip.records.selectors import content_of
from tests import cast

AT = datetime(2015, 2, 24, 12, tzinfo=UTC)
PROJECT = Path(__file__).parents[2]


def test_the_digest_is_that_of_what_sha256sum_writes() -> None:
    command = "find ltip/__init__.py ltip/rules -name '*.py' | LC_ALL=C sort | xargs sha256sum"
    told = subprocess.run(["bash", "-c", command], cwd=PROJECT, capture_output=True, check=True)
    assert rules_digest() == sha256(told.stdout).hexdigest()


def test_a_line_more_in_one_rule_changes_the_listing() -> None:
    before = listing_of({"a.py": b"1\n", "b.py": b"2\n"})
    after = listing_of({"a.py": b"1\n", "b.py": b"2\n\n"})
    assert before.splitlines()[0] == after.splitlines()[0]
    assert before.splitlines()[1] != after.splitlines()[1]


@pytest.mark.django_db
def test_the_rules_are_stored_once_and_read_back_whole() -> None:
    digest = keep_rules(at=AT)
    stored = Document.objects.count()
    assert keep_rules(at=AT) == digest
    assert Document.objects.count() == stored
    kept = kept_rules(digest)
    path = "ltip/rules/returns.py"
    assert kept[path] == (PROJECT / path).read_bytes()
    assert sha256(kept["rules.sha256"]).hexdigest() == digest


@pytest.mark.django_db
def test_a_run_and_an_adopted_act_name_the_rules_that_computed_them() -> None:
    telling = cast.told(acts=cast.BEFORE_CERTIFICATION)
    run = telling.final_run()
    request = {"period": telling.period.label, "run": str(run.public_id)}
    act = cast.adopt(telling, "certification", request, AT.date())
    for seal, schema in ((TsrRun.objects.get().seal, 2), (act.adoption.seal, 3)):
        assert seal.schema_version == schema
        assert content_of(seal)["rules"] == rules_digest()
    assert content_of(act.adoption.seal)["exhibit_schema"] == 3
