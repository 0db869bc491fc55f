"""The words of the notice: what they must say, how they are filled, and whose they are."""

import copy
import re
import warnings
from pathlib import Path
from typing import Any

import pytest

from ltip.rules.canonical import digest_of
from ltip.rules.outcome import Refused
from participants.papers import placeholders
from participants.papers.placeholders import our_text
from participants.papers.wording import (
    ACKNOWLEDGEMENTS,
    WORDING_VERSION,
    acknowledgements_for,
    key_facts,
    notice_sections,
)

LONGEST_SHARED_RUN = 8
SHARED_PROGRAM = Path(__file__).parents[3] / "shared" / "program"
SOURCE = SHARED_PROGRAM / "source-long-term-incentive-program.txt"

NOTICE: dict[str, Any] = {
    "company": {
        "name": "Larkspur Networks, Inc.",
        "state_of_incorporation": "Nevada",
        "principal_office": "100 Invented Way,\nPetaluma, California",
    },
    "holder": "Zoë Ó Néill",
    "country": "US",
    "grant_date": "2012-02-27",
    "target_shares": 9375,
    "most_shares": 18750,
    "period": {"label": "2012–2013", "start": "2012-01-01", "end": "2013-12-31"},
    "goal": ["The peers are fifteen.", "Percentile 50 pays 100 % of target."],
    "act": "2012-03",
    "demonstration": True,
    "wording_version": WORDING_VERSION,
}


def changed(name: str, value: object) -> dict[str, Any]:
    data = copy.deepcopy(NOTICE)
    *path, last = name.split(".")
    inner = data
    for key in path:
        inner = inner[key]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return data


def text_of(data: dict[str, Any]) -> str:
    return "\n".join(
        f"{section.heading}\n" + "\n".join(section.paragraphs) for section in notice_sections(data)
    )


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def runs_of(text: str, *, length: int) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


@pytest.mark.parametrize(
    "filled",
    [
        "Larkspur Networks, Inc., incorporated in Nevada",
        "to Zoë Ó Néill",
        "by its act 2012-03",
        "The Grant Date is 27 February 2012",
        "You are granted 9,375 Performance Shares; that number is the target",
        "can therefore earn no more than 18,750 shares",
        "The Performance Period, 2012–2013, runs from 1 January 2012 to 31 December 2013",
        "at its principal office, 100 Invented Way, Petaluma, California.",
        "\nThe peers are fifteen.\nPercentile 50 pays 100 % of target.\n",
    ],
)
def test_each_value_of_the_data_stands_in_the_notice(filled: str) -> None:
    assert filled in text_of(NOTICE)


@pytest.mark.parametrize("country", ["US", "GB"])
def test_no_placeholder_no_empty_paragraph_and_no_bare_heading_is_left(country: str) -> None:
    sections = notice_sections(changed("country", country))
    assert "{{" not in text_of(changed("country", country))
    for section in sections:
        assert section.heading
        assert section.paragraphs
        assert all(section.paragraphs)


def test_the_numbered_sections_run_from_1_to_26_as_the_notice_says() -> None:
    numbers = [
        int(section.heading.split(".")[0])
        for section in notice_sections(NOTICE)
        if section.heading[0].isdigit()
    ]
    assert numbers == list(range(1, 27))
    assert "Sections 1 to 26 are the grant agreement" in text_of(NOTICE)


@pytest.mark.parametrize(
    ("mention", "heading"),
    [
        ("section 5 and section 6 explain", "5. When your employment ends"),
        ("change in control under section 6", "6. Change in control"),
        ("as section 12 explains", "12. How tax is withheld"),
        ("by an adjustment under section 17", "17. Adjustments"),
        ("an amendment under section 19", "19. Amendment and consent"),
        ("Within the limits of section 15", "15. Not transferable"),
    ],
)
def test_a_section_that_is_pointed_to_is_about_that(mention: str, heading: str) -> None:
    assert mention in text_of(NOTICE)
    assert heading in [section.heading for section in notice_sections(NOTICE)]


@pytest.mark.parametrize(
    "term",
    [
        pytest.param("earn up to two shares of common stock", id="GA recitals: two shares"),
        pytest.param("that number is the target", id="GA 1: the target"),
        pytest.param("set against the TSR of the Company’s peer group", id="GA 2: the measure"),
        pytest.param("up to and including the Settlement Date", id="GA 2: employment"),
        pytest.param("annual report on Form 10-K", id="GA 4: after the 10-K"),
        pytest.param(
            "The Settlement Date is the thirtieth day after the Determination Date",
            id="GA 4: thirtieth day",
        ),
        pytest.param("Without that certificate nothing is settled", id="P Award Determination"),
        pytest.param("The Committee may reduce any award", id="P Award Determination: less"),
        pytest.param("rounded down to a whole share", id="P Termination: proration"),
        pytest.param("the whole grant is forfeited on that day", id="P Termination: forfeited"),
        pytest.param("on the thirtieth day after your employment ended", id="P Termination: after"),
        pytest.param(
            "last business day of the last fiscal quarter", id="P Change in Control: shortened"
        ),
        pytest.param(
            "executive change in control and severance plan does not apply",
            id="P Change in Control: severance plan",
        ),
        pytest.param("rounded up to the next whole share", id="GA 6: rounding up"),
        pytest.param("is paid back to you in cash", id="P Tax Withholding: the minimum"),
        pytest.param("You indemnify the Company", id="GA 7"),
        pytest.param("admitted to every exchange", id="GA 8"),
        pytest.param("Securities Act of 1933", id="GA 9"),
        pytest.param("as far as the law lets it", id="GA 9: severability"),
        pytest.param("may not be transferred, assigned, pledged", id="GA 10"),
        pytest.param("an extraordinary cash dividend", id="GA 11"),
        pytest.param("a right to stay employed", id="GA 12"),
        pytest.param("you have no vote and receive no dividends", id="GA 13"),
        pytest.param("your date of birth, your tax number", id="GA 14"),
        pytest.param("may harm this grant or this agreement without your consent", id="GA 15"),
        pytest.param("stands above any individual agreement", id="GA 16"),
        pytest.param("successors and assigns of both sides", id="GA 17"),
        pytest.param("posted in the United States by certified mail", id="GA 18"),
        pytest.param("Titles are there for convenience", id="GA 19"),
        pytest.param("The laws of the State of Delaware govern this agreement", id="GA 20"),
        pytest.param(
            "The laws of the State of California govern the Program", id="P Governing Law"
        ),
        pytest.param("an unsecured promise of the Company", id="P Nature of Program"),
        pytest.param("policies on the recovery of compensation", id="P Recovery"),
        pytest.param("within 15 calendar days", id="P Limitation on Payments"),
        pytest.param("until six months have passed since the separation", id="GA 5"),
        pytest.param("is in the end yours to bear", id="P Tax Withholding"),
        pytest.param("Insider Trading Policy", id="GN: policy"),
        pytest.param("This notice binds both sides once", id="GN: signatures"),
    ],
)
def test_the_notice_says_each_operative_term(term: str) -> None:
    assert term in text_of(NOTICE)


@pytest.mark.parametrize(
    "term",
    [
        "Section 222(1)(c)",
        "official rate of HMRC",
        "officer or executive director in the sense of Section 13(k)",
        "in each of the ways that section 12 of the agreement names",
        "enter into the Election before any of your Performance Shares vest",
        "Larkspur Networks, Inc., 100 Invented Way, Petaluma, California, which may",
        "within 14 days after the end of the tax month",
        "HMRC withdraws its approval",
        "outside the European Economic Area",
    ],
)
def test_the_united_kingdom_terms_are_for_its_holders_only(term: str) -> None:
    assert term in text_of(changed("country", "GB"))
    assert term not in text_of(NOTICE)


def test_the_united_kingdom_terms_follow_the_agreement_unchanged() -> None:
    assert notice_sections(changed("country", "GB"))[: len(notice_sections(NOTICE))] == (
        notice_sections(NOTICE)
    )


@pytest.mark.parametrize(
    "name",
    [
        "company",
        "company.name",
        "company.state_of_incorporation",
        "company.principal_office",
        "holder",
        "country",
        "grant_date",
        "target_shares",
        "most_shares",
        "period.label",
        "period.start",
        "period.end",
        "goal",
        "act",
        "wording_version",
    ],
)
def test_a_missing_value_is_refused_by_name(name: str) -> None:
    with pytest.raises(Refused, match=name) as refusal:
        notice_sections(changed(name, None))
    assert refusal.value.place == "GN"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("holder", " "),
        ("holder", 7),
        ("company.principal_office", "\n"),
        ("goal", []),
        ("goal", ["The peers are fifteen.", ""]),
        ("goal", "The peers are fifteen."),
        ("target_shares", 0),
        ("target_shares", True),
        ("most_shares", "18750"),
        ("grant_date", "27 February 2012"),
        ("period.end", "2013-02-29"),
    ],
)
def test_an_empty_or_wrong_value_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(Refused, match=name) as refusal:
        notice_sections(changed(name, value))
    assert refusal.value.place == "GN"


def test_more_than_two_shares_for_each_performance_share_is_refused() -> None:
    with pytest.raises(Refused, match="18,751") as refusal:
        notice_sections(changed("most_shares", 18_751))
    assert refusal.value.place == "GA recitals"


def test_a_lower_cap_than_two_shares_is_printed() -> None:
    assert "no more than 14,062 shares" in text_of(changed("most_shares", 14_062))


def test_a_notice_in_another_wording_is_refused() -> None:
    with pytest.raises(Refused, match="1999-1"):
        notice_sections(changed("wording_version", "1999-1"))


def test_a_placeholder_that_no_value_belongs_to_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "notice.txt").write_text("# One\n\nPaid to {bank_account}.\n", "utf-8")
    monkeypatch.setattr(placeholders, "_FOLDER", tmp_path)
    with pytest.raises(Refused, match=r"\{bank_account\}") as refusal:
        notice_sections(NOTICE)
    assert refusal.value.place == "GN"


@pytest.mark.parametrize("name", ["{act}", "Ann\n\n# 27. More", r"Ann \1 \g<0>"])
def test_a_name_cannot_become_a_placeholder_or_a_heading(name: str) -> None:
    sections = notice_sections(changed("holder", name))
    assert [section.heading for section in sections] == [
        section.heading for section in notice_sections(NOTICE)
    ]
    assert f"grants Performance Shares to {name} (" in sections[0].paragraphs[0]


def test_the_key_facts_say_who_how_many_and_over_which_days() -> None:
    assert key_facts(NOTICE) == [
        ("Holder", "Zoë Ó Néill"),
        ("Company", "Larkspur Networks, Inc."),
        ("Grant Date", "27 February 2012"),
        ("Performance Shares (the target)", "9,375"),
        ("Most shares that can be earned", "18,750"),
        ("Performance Period", "2012–2013, 1 January 2012 to 31 December 2013"),
        ("Act of the Committee", "2012-03"),
    ]


def test_each_thing_that_a_signature_accepts_is_asked_once() -> None:
    assert [item.key for item in ACKNOWLEDGEMENTS] == [
        "agreement",
        "program",
        "plan",
        "insider_trading_policy",
        "prospectus",
        "tax",
        "withholding",
        "decisions",
        "personal_data",
    ]
    assert acknowledgements_for("US") == ACKNOWLEDGEMENTS


def test_a_holder_in_the_united_kingdom_also_agrees_to_sign_the_joint_election() -> None:
    *others, last = acknowledgements_for("GB")
    assert tuple(others) == ACKNOWLEDGEMENTS
    assert last.key == "united_kingdom"
    assert last.place == "XB"
    assert "joint election before anything vests" in last.words


@pytest.mark.parametrize(
    ("kind", "digest"),
    [
        ("notice", "ac8a1686ebeeed624cebb151a4cde6366c7984beb901cfd5bfe3ebec5a744a4b"),
        ("agreement", "c134e1193d5e8964dedd28f7fa2a321f03a009f6cea19344f473924d2598c9b3"),
        ("united-kingdom", "3aadf358f9a255fbb0fff5a2ddb824129334ac407ba1d7ad5cb44bc6f135b1b6"),
    ],
)
def test_our_words_change_only_with_their_version(kind: str, digest: str) -> None:
    """Whoever changes a word gives it another version here, or old notices would read otherwise."""
    assert (WORDING_VERSION, digest_of(our_text(kind))) == ("2026-1", digest)


def test_the_wording_is_our_own_and_not_the_sources() -> None:
    if not SOURCE.exists():
        message = f"NOT CHECKED against the source's own sentences: {SOURCE.name} is not at hand."
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    ours = [text_of(changed("country", "GB"))]
    ours += [item.words for item in acknowledgements_for("GB")]
    length = LONGEST_SHARED_RUN + 1
    theirs = runs_of(SOURCE.read_text("utf-8"), length=length)
    repeated = {run for text in ours for run in runs_of(text, length=length)} & theirs
    assert sorted(" ".join(run) for run in repeated) == []
