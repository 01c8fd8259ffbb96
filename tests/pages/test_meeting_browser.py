"""Can a presenter go through all scenes by keyboard, on the wall and on the projector, with nothing to scroll to?"""

from __future__ import annotations

import re

from desks import Server
from playwright.sync_api import Browser, Page, expect
from visits import ready, visitor

WALL, PROJECTOR = {"width": 1920, "height": 1080}, {"width": 1280, "height": 720}
TOO_LARGE = """() => [...document.querySelectorAll('.wall-words, .wall-lead, .wall-title, .wall-table')]
    .filter(part => part.scrollHeight > part.clientHeight + 2 || part.scrollWidth > part.clientWidth + 2)
    .map(part => part.className)"""
SCROLLS = """() => document.scrollingElement.scrollHeight > innerHeight
    || document.querySelector('[data-testid="stMain"]').scrollHeight > innerHeight"""
CHARTS_OUTSIDE = """() => [...document.querySelectorAll('.st-key-wall_chart .main-svg')]
    .map(chart => chart.getBoundingClientRect())
    .filter(at => at.left < 0 || at.right > innerWidth || at.bottom > innerHeight || at.width < innerWidth / 4)
    .length"""


def at(page: Page, scene: int) -> int:
    """Wait until this scene stands on the wall; of how many?"""
    foot = page.get_by_test_id("wall-foot")
    expect(foot).to_contain_text(re.compile(rf"Scene {scene} of \d+"))
    ready(page)
    return int(re.findall(r"Scene \d+ of (\d+)", foot.inner_text())[0])


def check(page: Page) -> None:
    """Nothing but the scene is seen, and all of it: on the wall and on the projector."""
    for screen in (PROJECTOR, WALL):
        page.set_viewport_size(screen)
        page.wait_for_function("wide => innerWidth === wide", arg=screen["width"])
        assert page.evaluate(TOO_LARGE) == []
        assert not page.evaluate(SCROLLS)
        assert page.evaluate(CHARTS_OUTSIDE) == 0


def test_all_scenes_by_keyboard_and_what_if(server: Server, browser: Browser) -> None:
    with visitor(browser, "en-US", afresh=True) as page:
        page.set_viewport_size(WALL)
        page.goto(f"{server.address}/meeting")
        page.locator(".st-key-meeting_start button").click()
        every = at(page, 1)
        assert every >= 6
        for hidden in ("stSidebar", "stHeader"):
            expect(page.get_by_test_id(hidden)).to_be_hidden()
        check(page)
        for scene in range(2, every + 1):
            page.keyboard.press("PageDown" if scene % 2 else "ArrowRight")
            at(page, scene)
            check(page)
        page.keyboard.press("Space")  # there is no next one
        page.keyboard.press("ArrowLeft")
        at(page, every - 1)
        page.keyboard.press("Home")
        at(page, 1)

        page.keyboard.press("t")
        change = page.get_by_test_id("whatif-change")
        expect(change).to_be_visible()
        expect(page.get_by_test_id("wall-foot")).to_contain_text("not in force")
        ready(page)
        thumb = page.locator(".st-key-wall_ask input[type=range]").first
        before = float(thumb.input_value())
        thumb.focus()
        page.keyboard.press("ArrowRight")  # moves the slider, not the scene
        expect(thumb).to_have_value(f"{before + 1:g}")
        ready(page)
        check(page)
        page.keyboard.press("Escape")
        expect(change).to_have_count(0)
        at(page, 1)
        page.keyboard.press("Escape")
        expect(page.locator(".st-key-meeting_start")).to_be_visible()
        expect(page.get_by_test_id("stSidebar")).to_be_visible()
