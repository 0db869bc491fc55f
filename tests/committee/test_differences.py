"""What differs between two exhibits is said in words, and never passed over."""

from copy import deepcopy
from typing import Any

from committee.differences import differences

EXHIBIT: dict[str, Any] = {
    "title": "Grant",
    "ask": "You are asked to grant 500 Performance Shares at target to 2 participants.",
    "facts": [{"label": "At target", "value": "500", "steps": [{"sentence": "a"}]}],
    "tables": [
        {
            "caption": "What is granted",
            "columns": [
                {"label": "Place", "numeric": True},
                {"label": "Participant", "numeric": False},
                {"label": "Target", "numeric": True},
            ],
            "rows": [
                {"cells": ["1", "Ann", "300"], "own": False, "note": "", "steps": []},
                {"cells": ["2", "Ann", "200"], "own": False, "note": "left", "steps": []},
            ],
        }
    ],
    "charts": [],
    "consequences": ["The notices go to the holders."],
    "resolution": [
        "RESOLVED, that in all 500 Performance Shares at target are granted to the 2 "
        "participants named in the exhibit, each the number beside the name."
    ],
    "data": {"awards": [{"shares": 300}, {"shares": 200}]},
}


def changed() -> dict[str, Any]:
    return deepcopy(EXHIBIT)


def test_equal_exhibits_differ_in_nothing() -> None:
    assert differences(EXHIBIT, changed()) == []


def test_a_figure_is_told_with_its_row_and_its_column() -> None:
    other = changed()
    other["tables"][0]["rows"][0]["cells"][2] = "301"
    assert differences(EXHIBIT, other) == ["What is granted, Ann, target: “300” is now “301”."]


def test_namesakes_are_kept_apart() -> None:
    other = changed()
    other["tables"][0]["rows"][1]["note"] = ""
    other["tables"][0]["rows"].append(
        {"cells": ["3", "Bob", "1"], "own": False, "note": "", "steps": []}
    )
    assert differences(EXHIBIT, other) == [
        "What is granted, Ann (2): it no longer says “left”.",
        "What is granted, Bob: new.",
    ]


def test_a_person_who_is_gone_and_a_table_that_is_new_are_told() -> None:
    other = changed()
    del other["tables"][0]["rows"][1]
    other["tables"].append({"caption": "Leavers", "columns": [], "rows": []})
    assert differences(EXHIBIT, other) == [
        "What is granted, Ann (2): no longer there.",
        "“Leavers” is new.",
    ]


def test_a_fact_and_the_steps_behind_it_are_told() -> None:
    figure, steps = changed(), changed()
    figure["facts"][0]["value"] = "501"
    steps["facts"][0]["steps"] = []
    assert differences(EXHIBIT, figure) == ["At target: “500” is now “501”."]
    assert differences(EXHIBIT, steps) == ["At target: the steps behind it are others."]


def test_of_a_long_text_only_the_words_around_the_change_are_told() -> None:
    other = changed()
    other["resolution"][0] = other["resolution"][0].replace("the 2 ", "the 3 ")
    assert differences(EXHIBIT, other) == [
        "The resolution: “… are granted to the 2 participants named in the …” is now "
        "“… are granted to the 3 participants named in the …”."
    ]


def test_a_value_that_no_page_shows_is_told_with_its_path() -> None:
    other = changed()
    other["data"]["awards"][1]["shares"] = 201
    assert differences(EXHIBIT, other) == [
        "An exact value behind the page (data › awards › 2 › shares): “200” is now “201”."
    ]


def test_more_than_twenty_are_counted() -> None:
    other = changed()
    other["tables"][0]["rows"] += [
        {"cells": [str(at), f"P{at}", "1"], "own": False, "note": "", "steps": []}
        for at in range(25)
    ]
    told = differences(EXHIBIT, other)
    assert len(told) == 21
    assert told[-1] == "And 5 more."
