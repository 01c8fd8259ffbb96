"""Can a person with a browser correct ten posts, see what that changes, accept it, and take it back?"""

from __future__ import annotations

import re
import time

from desks import PATIENCE, Server
from playwright.sync_api import Browser, Page, expect
from visits import SHOTS, csv, loaded, picture, ready, turn_to, upload, visitor

POSTS = "发布时间,正文,阅读数,转发数\n" + "".join(
    f"2025-03-03 {n:02d}:05,{text}，这是第{n}次了,{100 + n},{n}\n"
    for n, text in enumerate(["挂号排队两小时窗口没人", "感谢医生护士", "明天下午义诊", "食堂的饭菜涨价了"] * 5)
)
WIDTHS = {
    "text": 360,
    "topic": 220,
    "sentiment": 110,
    "checked": 100,
}  # pixels, as the page sets them when there are both counters
HEADER, ROW = 36, 90


def click_cell(page: Page, column: str, row: int) -> None:
    """Click a cell of the table of posts: a canvas, so it is found by where it lies."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    before = list(WIDTHS)[: list(WIDTHS).index(column)]
    at = sum(WIDTHS[name] for name in before) + WIDTHS[column] / 2
    page.mouse.click(box["x"] + at, box["y"] + HEADER + ROW * row + ROW / 2)


def holds(page: Page, column: str, row: int, value: str) -> bool:
    """Does a cell hold this, by what the table tells screen readers?"""
    cell = page.get_by_test_id("stDataFrame").first.locator("tbody tr").nth(row).locator("[role=gridcell]")
    for _moment in range(10):
        if cell.nth(list(WIDTHS).index(column)).text_content() == value:
            return True
        page.wait_for_timeout(100)
    return False


def tick(page: Page, row: int) -> None:
    click_cell(page, "checked", row)
    while not holds(page, "checked", row, "true"):
        click_cell(page, "checked", row)


def change(page: Page, column: str, row: int, label: str, key: str) -> None:
    """Choose a label in the select box of a cell; again if a click came while the menu before was going."""
    menu = page.locator("#portal [role=option]").filter(has_text=re.compile(f"^{label}$"))
    until = time.monotonic() + PATIENCE
    while not holds(page, column, row, key) and time.monotonic() < until:
        page.keyboard.press("Escape")
        click_cell(page, column, row)
        page.wait_for_timeout(500)
        page.keyboard.press("Enter")
        page.wait_for_timeout(1000)
        if menu.count():
            menu.click()
    assert holds(page, column, row, key)


def accept(page: Page, corrections: int) -> None:
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text(f"Corrections learnt: {corrections}. They can be undone.")).to_be_visible()
    ready(page)


def test_ten_posts_are_corrected_the_difference_is_seen_and_undone(server: Server, browser: Browser) -> None:
    SHOTS.mkdir(exist_ok=True)
    with visitor(browser, "en-US") as page:
        page.goto(f"{server.address}/data")
        upload(page, csv("twenty.csv", POSTS))
        loaded(page, "twenty.csv")
        turn_to(page, "model", "en-US")
        for row, label in ((0, "Disaster and emergency rescue"), (1, "Communication failure")):
            change(page, "topic", row, label, label.split()[0].lower())
        for row, label in ((2, "Negative"), (3, "Positive")):
            change(page, "sentiment", row, label, label.lower())
        for row in range(7):  # that a changed row is ticked besides makes no difference
            tick(page, row)
        page.get_by_label("Your name").fill("Wang Li")
        page.get_by_role("button", name="Learn from these").click()
        expect(page.get_by_text("New corrections: 7. With the earlier ones: 7.")).to_be_visible()
        expect(page.get_by_text(re.compile(r"^\d+ of 20 posts get another answer\.$"))).to_be_visible()
        for scheme, width in (("light", 1280), ("dark", 390)):
            picture(page, "model_difference", scheme, width, 900)
        page.set_viewport_size({"width": 1440, "height": 900})
        accept(page, 7)

        for row in (0, 1, 2):
            tick(page, row)
        page.get_by_role("button", name="Learn from these").click()
        expect(page.get_by_text("New corrections: 3. With the earlier ones: 10.")).to_be_visible()
        accept(page, 3)

        page.get_by_text("Corrections so far", exact=True).click()
        expect(page.get_by_role("button", name="Undo the last (3)")).to_be_visible()
        turn_to(page, "overview", "en-US")
        turn_to(page, "model", "en-US")
        for made in (3, 7):
            page.get_by_role("button", name=f"Undo the last ({made})").click()
        expect(page.get_by_text("No post has been corrected yet.")).to_be_visible()
