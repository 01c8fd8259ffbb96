"""What does a person with a browser do at the desk: turn to a page, upload, click, read?"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from desks import PATIENCE, ROOT, Server
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

SHOTS = ROOT / "test-artifacts"
WEIBO = ROOT.parent / "shared" / "data" / "exports" / "mediacrawler_weibo.csv"
GB18030 = ROOT / "sample_data" / "posts_gb18030.csv"
TITLES = {
    "zh-CN": {
        "overview": "总览",
        "data": "数据",
        "events": "事件",
        "trends": "趋势",
        "response": "响应",
        "meeting": "会议",
        "papers": "报告",
        "model": "模型",
        "thresholds": "阈值",
    },
    "en-US": {
        "overview": "Overview",
        "data": "Data",
        "events": "Events",
        "trends": "Trends",
        "response": "Response",
        "meeting": "Meeting",
        "papers": "Reports",
        "model": "Model",
        "thresholds": "Thresholds",
    },
}
EMPTY, VIEWPORT = "about:blank", {"width": 1440, "height": 900}
WIDE, NARROW = (1440, 900), (390, 844)
VIEWS = {
    "zh-CN": [("light", *WIDE), ("dark", *NARROW)],
    "en-US": [("light", *NARROW)],
}
SHOWN = {
    "overview": "trend",
    "data": "uploads",
    "events": "events_part",
    "trends": "curves",
    "response": "waterfall",
    "meeting": "meeting_start",
    "papers": "papers_number",
    "model": "model_part",
    "thresholds": "before_after",
}  # by what a page is known
READY = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stStatusWidget"], [data-testid="stSkeleton"], [data-stale="true"]')"""
expect.set_options(timeout=PATIENCE * 1000)


@contextmanager
def visitor(browser: Browser, locale: str = "zh-CN", afresh: bool = False) -> Iterator[Page]:
    """A person at a desk: in the tab that the last visitor in that language left, or in a browser of their own.

    Fails on a request to another machine, a dialog, or an error in the page.
    """
    context = fresh(browser, locale) if afresh else shared(browser, locale)
    page, strange = next((tab for tab in context.pages if tab.url == EMPTY), None) or context.new_page(), []
    heard = {
        "request": lambda request: strange.extend(abroad(request.url)),
        "websocket": lambda socket: strange.extend(abroad(socket.url)),
        "dialog": lambda dialog: (strange.append(f"dialog: {dialog.message}"), dialog.dismiss()),
        "pageerror": lambda error: strange.append(f"error: {error}"),
    }
    for event, told in heard.items():
        page.on(event, told)
    try:
        yield page
        assert strange == []
    except BaseException:
        page.screenshot(path=SHOTS / "failed.png")  # what a person would have seen
        raise
    finally:
        left(page, heard)
        if afresh:
            context.close()


def fresh(browser: Browser, locale: str) -> BrowserContext:
    """A browser in that language that has seen nothing. What moves in a page takes time to draw, and is left out."""
    context = browser.new_context(viewport=VIEWPORT, locale=locale, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1000)
    return context


def shared(browser: Browser, locale: str) -> BrowserContext:
    """The browser of all visitors in that language."""
    for context in browser.contexts:
        if getattr(context, "shared", "") == locale:
            return context
    context = fresh(browser, locale)
    context.shared = locale
    return context


def left(page: Page, heard: dict[str, Callable[..., object]]) -> None:
    """Leave the desk, which ends the session; the next visitor's scripts need not be compiled anew in this tab."""
    for event, told in heard.items():
        page.remove_listener(event, told)
    page.goto(EMPTY)
    page.set_viewport_size(VIEWPORT)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")


def abroad(url: str) -> list[str]:
    """Does this address lead away from the machine? data: and blob: do not."""
    parts = urlsplit(url)
    return [] if parts.scheme in ("data", "blob") or parts.hostname in ("127.0.0.1", "localhost") else [url]


def ready(page: Page) -> None:
    """Wait until nothing runs and nothing on the page is stale."""
    page.wait_for_function(READY)


def turn_to(page: Page, name: str, locale: str = "zh-CN") -> None:
    """Go to a page of the desk by its link."""
    page.get_by_test_id("stSidebarNavLink").filter(has_text=TITLES[locale][name]).click()
    expect(page.locator(f".st-key-{SHOWN[name]}")).to_be_visible()
    ready(page)


def banner(page: Page) -> Locator:
    return page.get_by_test_id("level-banner")


def upload(page: Page, *files: Path | dict[str, object]) -> None:
    """Give files to the uploader on the Data page, in place of those it has."""
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(files)


def loaded(page: Page, name: str) -> None:
    """Wait until the sidebar names this file as what is loaded."""
    expect(page.get_by_test_id("stSidebar").get_by_text(name, exact=True)).to_be_visible()
    ready(page)


def csv(name: str, text: str) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def drawn(page: Page, chart: str) -> dict[str, list]:
    """Which curves does a chart show, by name? The y values, as plotly holds them."""
    expect(page.locator(f".st-key-{chart} .js-plotly-plot .main-svg").first).to_be_visible()
    return page.locator(f".st-key-{chart} .js-plotly-plot").evaluate(
        "chart => Object.fromEntries(chart._fullData.map(trace => [trace.name, Array.from(trace.y)]))"
    )


def opened(page: Page, server: Server) -> float:
    """How many seconds after the server was ready does its first visitor see the overview?"""
    page.goto(server.address)
    banner(page).wait_for(state="visible")
    return time.monotonic() - server.ready


def choose(page: Page, key: str, option: str) -> None:
    """Choose the last such option in a select box, known by its key (roles are slow to find beside large charts)."""
    ready(page)
    box = page.locator(f"[class*='st-key-{key}'] input")
    box.scroll_into_view_if_needed()
    box.click()
    box.fill(option)  # a long list shows but its beginning until something is typed
    page.locator("[role=option]").filter(has_text=option).last.click()


def heading(page: Page, text: str) -> None:
    """Wait for a heading that says exactly this."""
    expect(page.locator("h3").filter(has_text=re.compile(f"^{re.escape(text)}$"))).to_be_visible()


def cells(table: Locator, begins: str = "") -> list[list[str]]:
    """What does a dataframe show? Its cells by row, read from what it tells screen readers.

    Waits until the first cell begins with `begins`."""
    table.scroll_into_view_if_needed()
    expect(table.locator("[role=gridcell]").first).to_have_text(re.compile(rf"^{begins}\S"))
    return table.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('[role=gridcell]')].map(cell => cell.textContent))"
    )


def busiest(page: Page) -> int:
    """At which position has the first curve its greatest value?"""
    expect(page.locator(".st-key-curves .js-plotly-plot .main-svg").first).to_be_visible()
    return page.locator(".st-key-curves .js-plotly-plot").evaluate(
        "chart => { const y = Array.from(chart._fullData[0].y); return y.indexOf(Math.max(...y)); }"
    )


def shown_hour(page: Page, position: int) -> str:
    """Which time stands at a position of the first curve?"""
    return page.locator(".st-key-curves .js-plotly-plot").evaluate(
        "(chart, position) => chart._fullData[0].x[position]", position
    )


def click_point(page: Page, position: int) -> None:
    """Click a point of the first curve of the Trends chart."""
    chart = page.locator(".st-key-curves .js-plotly-plot")
    chart.scroll_into_view_if_needed()
    x, y = chart.evaluate(
        """(chart, position) => {
            const {xaxis, yaxis} = chart._fullLayout, curve = chart._fullData[0], box = chart.getBoundingClientRect();
            return [box.left + xaxis._offset + xaxis.d2p(curve.x[position]),
                    box.top + yaxis._offset + yaxis.d2p(curve.y[position])];
        }""",
        position,
    )
    page.mouse.move(x, y)
    expect(chart.locator(".hoverlayer")).to_contain_text(shown_hour(page, position)[:13])
    page.mouse.click(x, y)


def picture(page: Page, name: str, scheme: str, width: int, height: int) -> None:
    """Take a picture in this theme and size, when everything has come to rest."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(500)  # on a narrow screen the sidebar slides away
    ready(page)
    page.screenshot(path=SHOTS / f"{name}_{scheme}_{width}.png", animations="disabled")
