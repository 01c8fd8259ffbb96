"""Can a person with a browser merge events, split one, take both back, and share what is seen by a link?"""

from __future__ import annotations

import re

from desks import Server
from playwright.sync_api import Browser, Page, expect
from visits import ready, visitor

HEADER, ROW = 38, 35  # pixels, as the page sets the list's height by them


def events(page: Page) -> int:
    """How many events are listed?"""
    told = page.get_by_text(re.compile(r"^\d+ of \d+ events, gravest first"))
    expect(told).to_be_visible()
    ready(page)
    return int(told.inner_text().split()[0])


def listed(page: Page, wanted: int) -> None:
    """Wait until so many events are listed."""
    expect(page.get_by_text(f"{wanted} of {wanted} events, gravest first.")).to_be_visible()
    ready(page)


def open_first(page: Page) -> None:
    """Open the gravest event by a click into its row."""
    click_row(page, 90)
    expect(page.get_by_test_id("event-head")).to_be_visible()
    ready(page)


def click_row(page: Page, x: int) -> None:
    """Click into the first row of the first table: a canvas, so it is found by where it lies."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + x, box["y"] + HEADER + ROW / 2)


def edit(page: Page, kind: str) -> None:
    page.locator(".st-key-event_look button").last.click()
    page.locator(".st-key-edit_kind button").filter(has_text=kind).click()
    ready(page)


def made(page: Page, kind: str) -> None:
    """Press the button that makes the edit."""
    page.locator(f".st-key-make_{kind} button").click()
    ready(page)


def to_all(page: Page) -> None:
    page.get_by_role("button", name="All events").click()
    expect(page.get_by_test_id("event-head")).to_have_count(0)
    ready(page)


def test_events_are_merged_split_restored_and_shared(server: Server, browser: Browser) -> None:
    with visitor(browser, "en-US", afresh=True) as page:
        page.goto(f"{server.address}/events")
        page.get_by_role("button", name="To the latest post").click()
        expect(page.get_by_role("button", name="To the latest post")).to_have_count(0)
        before = events(page)
        assert before > 1
        open_first(page)
        name = page.get_by_test_id("event-head").locator("div").first.inner_text()
        page.get_by_role("button", name="Link").click()
        address = page.get_by_test_id("stCode").inner_text().strip()
        page.keyboard.press("Escape")

        edit(page, "Merge")
        page.get_by_label("Your name").fill("Wang Li")
        page.keyboard.press("Tab")
        ready(page)
        page.locator("[class*='st-key-merge-'] input").click()
        page.locator("[role=option]").first.click()
        expect(page.get_by_text("Posts after")).to_be_visible()
        made(page, "merge")
        to_all(page)
        listed(page, before - 1)

        open_first(page)
        edit(page, "Split")
        click_row(page, 17)
        expect(page.get_by_text("new event", exact=True)).to_be_visible()
        made(page, "split")
        expect(page.get_by_test_id("event-head")).to_contain_text(re.compile(r"\b1 posts"))
        to_all(page)
        listed(page, before)

        page.locator(".st-key-events_part button").last.click()
        for left in (1, 0):
            ready(page)  # a click upon what is about to go is lost
            page.get_by_role("button", name="Undo").first.click()
            expect(page.get_by_role("button", name="Undo")).to_have_count(left)
        page.locator(".st-key-events_part button").first.click()
        listed(page, before)
        open_first(page)
        expect(page.get_by_test_id("event-head")).to_contain_text(name)

    with visitor(browser, "en-US", afresh=True) as page:
        page.goto(address)
        expect(page.get_by_test_id("event-head")).to_contain_text(name)
        page.goto(address.replace("dataset=", "dataset=ffff").replace("&event", "&x=1&event", 1))
        expect(page.get_by_text("This link is damaged")).to_be_visible()
        page.goto(re.sub(r"dataset=\w{4}", "dataset=ffff", address))
        expect(page.get_by_text("their mark begins with ffff")).to_be_visible()
