"""The minute book as a folder: the kept papers, an index, and what is missing named."""

import csv
import io
import json
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from committee import export_jobs, minute_export
from committee.correcting import correct_minutes
from committee.elsewhere import record_meeting_elsewhere
from committee.export_jobs import EXPORT_JOB, request_export
from committee.minute_book import Succession
from committee.minute_export import folder_of, index_csv, line_of
from committee.models import Act, ActPaper, Adoption, ExportLine, MinuteBookExport
from committee.paper_jobs import make_paper
from committee.services import withdraw_act
from ltip.accounts.models import User
from ltip.desk.scenarios.telling import Telling
from ltip.jobs import services as jobs
from ltip.jobs.models import Job, JobState
from ltip.records.models import PersonalDataLook
from tests import cast
from tests.committee.assembly import held, minutes, reading, voted
from tests.committee.conftest import AFTER_WINDOW, IN_WINDOW, members, page_of
from tests.committee.test_elsewhere import dated, told
from tests.records.test_verifying import as_owner

pytestmark = pytest.mark.django_db

EXPORTS = "/committee/minutes/exports/"


@pytest.fixture
def elsewhere(story: Telling) -> Act:
    """A designation that a meeting of 4 March 2013 carried, with its minutes."""
    act = dated(story)
    chair, second, third = members()
    record_meeting_elsewhere(
        **told(story, act),
        present=[chair, second, third],
        choices={chair.pk: "for", second.pk: "for", third.pk: "against"},
    )
    return act


def goal() -> Act:
    return Act.objects.get(kind="goal", adoption__isnull=False)


def paper_of(act: Act) -> ActPaper:
    return make_paper(Adoption.objects.select_related("seal").get(act=act))


def asked(by: User, **chosen: Any) -> MinuteBookExport:
    return request_export(chosen=chosen, by=by, at=cast.noon(AFTER_WINDOW))


def performed(export: MinuteBookExport) -> Job:
    done = jobs.perform(export.job_id)
    assert done is not None
    return done


def folder(export: MinuteBookExport) -> dict[str, bytes]:
    """The files of the zip, without the name of the folder that holds them all."""
    with ZipFile(io.BytesIO(b"".join(folder_of(export)))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert {name.split("/")[0] for name in names} == {
            f"minute-book-2013-04-01-record-{export.record}"
        }
        return {name.split("/", 1)[1]: archive.read(name) for name in names}


def table(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["index.csv"].decode("utf-8-sig"))))


def test_the_folder_holds_the_kept_papers_the_minutes_and_an_index_of_both(
    story: Telling, elsewhere: Act
) -> None:
    papers = {act.number: paper_of(act) for act in (elsewhere, goal())}
    export = asked(story.secretary)
    assert performed(export).state == JobState.DONE
    files = folder(export)
    adoption = Adoption.objects.get(act=elsewhere)
    minutes = f"minutes/2013-03-04-{adoption.document_id[:12]}.pdf"
    assert sorted(files) == sorted(
        [
            "SHA256SUMS",
            *(f"acts/act-{number}.pdf" for number in papers),
            "index.csv",
            "index.html",
            minutes,
        ]
    )
    assert len(list(folder_of(export))) == len(files) + 1  # sent file by file, and the list at last
    for number, paper in papers.items():
        assert files[f"acts/act-{number}.pdf"] == bytes(paper.document.content)
    assert files[minutes] == b"%PDF-1.7 minutes"
    goal_line, line = table(files)
    assert (goal_line["Date"], line["Date"]) == ("2013-03-31", "2013-03-04")
    assert line == {
        "Act": elsewhere.number,
        "Title": elsewhere.title,
        "Kind": "Designations",
        "About": "2013–2014",
        "Date": "2013-03-04",
        "Outcome": "Adopted elsewhere",
        "Recorded on": "2013-04-01",
        "Decided by": "chair (for); second (for); third (against)",
        "People it is about": "signed",
        "Takes the place of": "",
        "Place taken by": "",
        "Record": str(adoption.seal_id),
        "Digest of the record (SHA-256)": adoption.seal.digest,
        "Paper": f"acts/act-{elsewhere.number}.pdf",
        "Digest of the paper (SHA-256)": papers[elsewhere.number].document_id,
        "Minutes or signed consent": minutes,
        "Digest of these (SHA-256)": adoption.document_id,
        "Missing": "",
    }
    assert goal_line["Decided by"] == "chair; second; third"
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: sha256(files[name]).hexdigest() for name in files if name.endswith(".pdf")
    }


def test_the_page_of_the_index_leads_to_the_files_and_names_what_is_missing(
    story: Telling, elsewhere: Act
) -> None:
    paper_of(elsewhere)
    export = asked(story.secretary)
    performed(export)
    files = folder(export)
    page = " ".join(files["index.html"].decode().split())
    assert f'href="acts/act-{elsewhere.number}.pdf"' in page
    assert f"The paper of one act is missing: {goal().number}" in page
    assert "The paper of this act is not made yet." in page
    assert f"acts/act-{goal().number}.pdf" not in files
    assert table(files)[0]["Missing"] == "The paper of this act is not made yet."
    assert f"as it stood on 1 April 2013, when record {export.record} was the last" in page
    assert "A part of the minute book" not in page


def test_only_what_the_minute_book_was_filtered_by_is_taken(story: Telling, elsewhere: Act) -> None:
    for act in (elsewhere, goal()):
        paper_of(act)
    export = asked(story.secretary, kind="designation", until=date(2013, 3, 4), person="")
    performed(export)
    files = folder(export)
    assert [line["Act"] for line in table(files)] == [elsewhere.number]
    assert f"acts/act-{goal().number}.pdf" not in files
    assert "A part of the minute book" in files["index.html"].decode()


def test_what_was_adopted_after_it_was_asked_for_is_not_in_it(
    story: Telling, designation: Act
) -> None:
    export = asked(story.secretary)
    cast.sign_all(designation, IN_WINDOW)
    performed(export)
    assert [line["Kind"] for line in table(folder(export))] == ["Goals"]


def test_supersession_is_told_on_both_acts(story: Telling) -> None:
    def construed(value: str, on: date) -> Act:
        request = {
            "readings": {"percentile.ties": value},
            "effective_on": on.isoformat(),
            "reason": "As counsel advises.",
        }
        return cast.adopt(story, "reading", request, on)

    first = construed("worse_place", IN_WINDOW)
    second = construed("better_place", date(2013, 3, 5))
    export = asked(story.secretary, kind="reading")
    performed(export)
    later, earlier = table(folder(export))
    assert (later["Takes the place of"], later["Place taken by"]) == (first.number, "")
    assert (earlier["Takes the place of"], earlier["Place taken by"]) == ("", second.number)


def test_an_act_that_ended_otherwise_can_stand_in_it_without_a_paper_that_is_missing(
    story: Telling, designation: Act
) -> None:
    ending = withdraw_act(
        act=designation, explanation="A slip.", by=story.secretary, at=cast.noon(IN_WINDOW)
    )
    line = line_of(designation, Succession(), upto=ending.seal_id)
    assert (line["date"], line["outcome"]) == ("2013-03-04", "Withdrawn")
    assert (line["record"], line["seal"]) == (str(ending.seal_id), ending.seal.digest)
    assert (line["paper"], line["minutes"], line["missing"]) == ("", "", "")
    assert line.keys() == minute_export.COLUMNS.keys()


def test_all_of_it_holds_what_a_meeting_defeated_and_the_minutes_as_they_were_corrected(
    story: Telling,
) -> None:
    act, there = reading(story), members()
    votes = {act: voted(there[:1], against=there[1:])}
    meeting = held(votes, by=story.secretary, on=IN_WINDOW, present=there)
    at = cast.noon(IN_WINDOW + timedelta(days=1))
    corrected = correct_minutes(
        meeting=meeting,
        document=minutes(at, b"%PDF-1.7 better"),
        reason="A name was wrong.",
        by=story.secretary,
        authentication=cast.proof(story.secretary, at),
        at=at,
    )
    whole, part = asked(story.secretary), asked(story.secretary, kind="goal")
    for export in (whole, part):
        assert performed(export).state == JobState.DONE
    files = folder(whole)
    (line,) = [line for line in table(files) if line["Act"] == act.number]
    ending = act.ending
    assert (line["Date"], line["Outcome"]) == (
        "2013-03-04",
        "Defeated: a meeting did not carry it",
    )
    assert (line["Record"], line["Paper"], line["Missing"]) == (str(ending.seal_id), "", "")
    kept = {name: content for name, content in files.items() if name.startswith("minutes/")}
    assert kept[f"minutes/2013-03-04-{corrected.document_id[:12]}.pdf"] == b"%PDF-1.7 better"
    assert sorted(kept.values()) == [b"%PDF-1.7 better", b"%PDF-1.7 minutes"]
    page = files["index.html"].decode()
    assert "A name was wrong." in page
    assert all(f'href="{name}"' in page for name in kept)
    others = folder(part)
    assert not [name for name in others if name.startswith("minutes/")]
    assert act.number not in [line["Act"] for line in table(others)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    line = dict.fromkeys(minute_export.COLUMNS, "") | {"title": f"{start}1+1"}
    _, row = csv.reader(io.StringIO(index_csv([line]), newline=""))
    assert row[1] == f"'{start}1+1"


def test_many_people_are_named_and_the_rest_is_counted(
    story: Telling, designation: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minute_export, "NAMED", 1)
    cast.sign_all(designation, IN_WINDOW)
    export = asked(story.secretary, kind="designation")
    performed(export)
    assert table(folder(export))[0]["People it is about"] == "signed; and 1 more"


def test_an_export_whose_worker_stopped_goes_on_where_it_was(
    story: Telling, elsewhere: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(story.secretary)

    def killed(*told: Any) -> None:
        if ExportLine.objects.exists():
            raise KeyboardInterrupt
        written(*told)

    written = export_jobs._write_line
    with monkeypatch.context() as patch:
        patch.setattr(export_jobs, "_write_line", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.perform(export.job_id)
    first = ExportLine.objects.get(export=export)
    Job.objects.filter(pk=export.job_id).update(state=JobState.REQUESTED)
    assert performed(export).state == JobState.DONE
    assert list(export.lines.values_list("position", flat=True)) == [0, 1]
    assert ExportLine.objects.get(pk=first.pk).told == first.told


def test_a_worker_that_gets_the_job_twice_writes_no_line_twice(
    story: Telling, elsewhere: Act
) -> None:
    export = asked(story.secretary)
    performed(export)
    before = b"".join(folder_of(export))
    paper_of(elsewhere)  # what was missing stays missing in this export
    Job.objects.filter(pk=export.job_id).update(state=JobState.REQUESTED)
    assert performed(export).result == str(export.public_id)
    assert b"".join(folder_of(export)) == before


def test_a_paper_altered_behind_the_application_stops_the_export_and_is_named(
    story: Telling, elsewhere: Act
) -> None:
    digest = paper_of(elsewhere).document_id
    as_owner(
        "UPDATE records_document SET content = %s WHERE digest = %s",
        values=(b"%PDF-1.7 another", digest),
        table="records_document",
    )
    failed = performed(asked(story.secretary))
    assert failed.state == JobState.FAILED
    assert f"A paper of act {elsewhere.number} is not what was stored under {digest}." in (
        failed.message
    )


def test_a_reader_asks_on_the_page_comes_back_and_takes_the_folder(
    story: Telling, elsewhere: Act, on: Any, browser: Any
) -> None:
    auditor = cast.staff("auditor", name="Alan", telling=story)
    with on(AFTER_WINDOW):
        client: Client = browser(auditor)
        minutes = page_of(client.get("/committee/minutes/", {"kind": "designation"}))
        assert f'href="{EXPORTS}?kind=designation' in minutes
        page = page_of(client.get(EXPORTS, {"kind": "designation"}))
        assert "<b>One act</b> as a folder" in page
        answer = client.post(f"{EXPORTS}?kind=designation")
        assert answer["Location"].startswith("/jobs/")
        export = MinuteBookExport.objects.get()
        assert json.loads(export.chosen) == {"kind": "designation"}
        assert "how far it is" in page_of(client.get(EXPORTS))
        assert client.get(f"{EXPORTS}{export.public_id}/").status_code == 404
        performed(export)
        ready = page_of(client.get(EXPORTS, {"job": str(export.job.public_id)}))
        assert "The folder is ready" in ready
        given = client.get(f"{EXPORTS}{export.public_id}/")
        zipped = b"".join(given.streaming_content)  # type: ignore[attr-defined]
        after = " ".join(page_of(client.get(EXPORTS)).split())
    assert zipped == b"".join(folder_of(export))
    name = f"minute-book-2013-04-01-record-{export.record}.zip"
    assert given["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "Alan (1 April 2013, 12:00 UTC)" in after
    assert "Designations" in after
    look = PersonalDataLook.objects.get(subject=str(export.public_id))
    assert (look.viewer, look.fields) == (auditor, "minute book")
    assert Job.objects.filter(kind=EXPORT_JOB).count() == 1
