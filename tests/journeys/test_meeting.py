"""A meeting in a real browser: called, read by the chair, recorded, certified, in the book."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.journeys.test_main_job import PASSWORD, nothing_is_wrong_with, signed_in

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_from_the_call_to_the_minute_book(page: "Page") -> None:
    with signed_in(page, "claire.whitcombe"):
        page.goto("/committee/")
        page.get_by_role("link", name="Call a meeting").click()
        nothing_is_wrong_with(page)
        today = datetime.strptime(page.locator(".demo b").inner_text(), "%d %B %Y")  # noqa: DTZ007
        page.get_by_label("Day").fill((today + timedelta(days=1)).date().isoformat())
        page.get_by_label("Time").fill("00:15")
        page.get_by_label("Place").fill("The board room")
        page.get_by_role("checkbox", name=re.compile("Certify the 2023–2025")).check()
        page.get_by_role("button", name="Call the meeting").click()
        page.wait_for_url(re.compile(r"/committee/meetings/[0-9a-f-]+/$"))
        meeting = page.url
        nothing_is_wrong_with(page)

    with signed_in(page, "margaret.holloway"):
        page.goto("/committee/")
        nothing_is_wrong_with(page)
        page.get_by_role("link", name=re.compile("Certify the 2023–2025")).click()
        nothing_is_wrong_with(page)
        assert page.locator("input[type=password]").count() == 0

    with signed_in(page, "claire.whitcombe"):
        page.get_by_role("button", name="Next day").click()
        page.goto(meeting)
        page.get_by_role("link", name="Record the meeting").click()
        for means in page.locator("select[name^=means_]").all():
            means.select_option("video")
        page.get_by_label("What the meeting did").select_option("all_for")
        page.get_by_role("button", name="Record it").click()
        page.get_by_text("A meeting is recorded with its minutes").wait_for()
        nothing_is_wrong_with(page)
        paper = {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
        page.get_by_label("The minutes").set_input_files(paper)
        page.get_by_role("button", name="Record it").click()
        page.get_by_text("Carried, to be certified").wait_for()
        nothing_is_wrong_with(page)

    with signed_in(page, "margaret.holloway"):
        page.goto(meeting)
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Certify and close").click()
        page.get_by_text("The meeting is closed").wait_for()
        nothing_is_wrong_with(page)
        page.goto("/committee/meetings/")
        nothing_is_wrong_with(page)
        assert page.locator("main .tag", has_text="Adopted").count() == 1
