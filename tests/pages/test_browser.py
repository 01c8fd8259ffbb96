"""Does the desk work for a person with a browser, and does nothing leave the machine?"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import PATIENCE, ROOT, Server
from playwright.sync_api import Browser, Locator, Page, expect

SHOTS = ROOT / "test-artifacts"
WEIBO = ROOT.parent / "shared" / "data" / "exports" / "mediacrawler_weibo.csv"
GB18030 = ROOT / "sample_data" / "posts_gb18030.csv"
TITLES = {
    "zh-CN": {"overview": "总览", "data": "数据", "trends": "趋势", "response": "响应", "thresholds": "阈值"},
    "en-US": {
        "overview": "Overview",
        "data": "Data",
        "trends": "Trends",
        "response": "Response",
        "thresholds": "Thresholds",
    },
}
READY = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stStatusWidget"]') && !document.querySelector('[data-stale="true"]')"""
expect.set_options(timeout=PATIENCE * 1000)


@contextmanager
def visitor(browser: Browser, locale: str = "zh-CN", scheme: str = "light") -> Iterator[Page]:
    """A person with a browser of their own. Fails on a request to another machine, a dialog, an error in the page."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale=locale, color_scheme=scheme, timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(PATIENCE * 1000)
    page, strange = context.new_page(), []
    page.on("request", lambda request: strange.extend(abroad(request.url)))
    page.on("websocket", lambda socket: strange.extend(abroad(socket.url)))
    page.on("dialog", lambda dialog: (strange.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: strange.append(f"error: {error}"))
    try:
        yield page
        assert strange == []
    finally:
        context.close()


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
    page.wait_for_url(re.compile(r"/$" if name == "overview" else f"/{name}$"))
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


@pytest.fixture(scope="module")
def opening(server: Server, browser: Browser) -> Iterator[tuple[Page, float]]:
    """The first visitor of a server, and the seconds from its being ready to the overview's being seen."""
    with visitor(browser) as page:
        page.goto(server.address)
        banner(page).wait_for(state="visible")
        yield page, time.monotonic() - server.ready


def test_the_overview_of_the_sample_is_seen_within_five_seconds(opening: tuple[Page, float]) -> None:
    page, seconds = opening
    print(f"\noverview of the sample seen {seconds:.2f} s after the server was ready")
    expect(banner(page)).to_contain_text("重度")
    expect(page.get_by_test_id("stMetric").first).to_contain_text("24小时帖文数")
    assert sum(map(sum, drawn(page, "trend").values())) > 1000
    assert seconds < 5


@pytest.mark.usefixtures("opening")
class TestDesk:
    """With the server warm."""

    def test_a_page_is_found_by_its_address(self, server: Server, browser: Browser) -> None:
        with visitor(browser) as page:
            page.goto(f"{server.address}/response")
            expect(page.get_by_text("各指标得分", exact=True)).to_be_visible()
            expect(page.get_by_test_id("stSidebarNavLink")).to_have_text(
                [re.compile(title) for title in TITLES["zh-CN"].values()]
            )
