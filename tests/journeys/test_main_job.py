"""The main job in a real browser: from the list of participants to the shares delivered."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "an invented company"  # noqa: S105 - printed on the demonstration's own sign-in page
MEMBERS = ("margaret.holloway", "daniel.osei", "priya.raman")


@contextmanager
def signed_in(page: "Page", name: str) -> Iterator[None]:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(f"{name}@larkfield.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/$"))
    yield
    page.get_by_role("button", name="Sign out").click()


def nothing_is_wrong_with(page: "Page") -> None:
    """No fault that axe finds, and nothing that scrolls sideways on a phone."""
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["target"]) for v in found] == [], page.url
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def every_member_signs(page: "Page", *titles: str) -> None:
    for member in MEMBERS:
        with signed_in(page, member):
            for title in titles:
                page.goto("/committee/")
                page.get_by_role("link", name=title).first.click()
                page.locator("#id_password").fill(PASSWORD)
                page.locator("#sign button.go").first.click()
                page.wait_for_load_state()


def moved_to(page: "Page", day: str) -> None:
    for _ in range(20):
        if day in page.locator(".demo").inner_text():
            return
        page.get_by_role("button", name="On to the next deadline").click()
        page.wait_for_load_state()
    raise AssertionError(f"never came to {day}")


def test_from_enrolment_to_delivery(page: "Page") -> None:
    with signed_in(page, "tom.ashby"):
        nothing_is_wrong_with(page)
        page.goto("/enrolment/2026-2028/")
        nothing_is_wrong_with(page)
        for name, shares in (("Alice Renner", "1500"), ("Duncan Abercorn", "700")):
            page.get_by_role("checkbox", name=re.compile(name)).check()
            page.get_by_label(re.compile(f"{name}.*|.*{name}")).and_(
                page.locator("input:not([type=checkbox])")
            ).fill(shares)
        page.get_by_role("button", name="Save these rows").click()
        nothing_is_wrong_with(page)

    with signed_in(page, "nadia.farouk"):
        page.goto("/market/runs/2025/")
        page.get_by_role("button", name="Make the final run").click()
        page.wait_for_url(re.compile(r"/jobs/"))
        page.get_by_text("It is done").wait_for(timeout=30_000)
        nothing_is_wrong_with(page)
        page.goto("/market/runs/2025/")
        page.locator("main a[href*='/market/runs/2025/']").first.click()
        nothing_is_wrong_with(page)

    with signed_in(page, "claire.whitcombe"):
        page.goto("/enrolment/2026-2028/")
        page.get_by_role("link", name="Review the list").click()
        nothing_is_wrong_with(page)
        page.get_by_role("button", name="Put before the Committee").click()
        page.wait_for_url("**/committee/")
        nothing_is_wrong_with(page)
        page.goto("/certify/2025/")
        nothing_is_wrong_with(page)
        page.locator("main form button.go").click()
        page.wait_for_url(re.compile(r"/committee/acts/"))
        nothing_is_wrong_with(page)

    every_member_signs(
        page,
        "Set the goal of the 2026–2028",
        "Designate participants for the 2026–2028",
        "Grant Performance Shares for the 2026–2028",
        "Certify the 2025 performance period",
    )

    with signed_in(page, "alice.renner"):
        page.goto("/my/")
        nothing_is_wrong_with(page)
        page.get_by_role("link", name="2026–2028").first.click()
        page.get_by_role("link", name=re.compile("notice", re.IGNORECASE)).first.click()
        nothing_is_wrong_with(page)
        for document in page.locator(".checks .look a").all():
            assert page.request.get(str(document.get_attribute("href"))).ok
        page.reload()
        assert page.locator(".checks .look").count() == 0
        for box in page.get_by_role("checkbox").all():
            box.check()
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Sign the notice").click()
        page.wait_for_load_state()
        assert "1,500" in page.locator("main").inner_text()
        assert page.get_by_role("button", name="Sign the notice").count() == 0

    with signed_in(page, "nadia.farouk"):
        moved_to(page, "23 April 2026")
        page.goto("/settlement/2025/")
        nothing_is_wrong_with(page)
        while page.get_by_role("button", name=re.compile("^Tick")).count():
            page.get_by_role("button", name=re.compile("^Tick")).first.click()
            page.wait_for_load_state()
        taxes = page.locator(".prepare tbody td:nth-child(3) input")
        for tax in taxes.all():
            tax.fill("100.00")
        page.get_by_role("button", name="Prepare the settlement").click()
        page.wait_for_load_state()
        nothing_is_wrong_with(page)

    with signed_in(page, "peter.lindqvist"):
        page.goto("/settlement/2025/")
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Approve the settlement").click()
        page.wait_for_load_state()
        nothing_is_wrong_with(page)

    with signed_in(page, "duncan.abercorn"):
        page.goto("/my/")
        page.get_by_role("link", name="Settlement statement").first.click()
        nothing_is_wrong_with(page)
        assert "$100.00" in page.locator("main").inner_text()
