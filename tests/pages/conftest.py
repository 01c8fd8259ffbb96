"""What do the tests of the pages share? Desks without a browser, and a server with one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit.testing.v1.app_test
from desks import PATIENCE, ROOT, OpenDesk, Server, served
from playwright.sync_api import Browser, Error, sync_playwright
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from analysis.classify.model import Model


@pytest.fixture
def desk(shipped: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenDesk:
    """How is a desk opened without a browser? `desk(page, locale)`; its store is empty at first."""
    monkeypatch.setenv("YANPAN_STORE", f"sqlite:///{(tmp_path / 'yanpan.db').as_posix()}")
    # AppTest would take the folder pages/ for a multipage app of the old kind, which dashboard.py is not.
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(streamlit.testing.v1.app_test, "PagesManager", type("Navigated", (PagesManager,), {}))
    # Each run of an AppTest would look through all installed packages for components, of which the desk uses none.
    monkeypatch.setattr(BidiComponentManager, "discover_and_register_components", lambda manager, **_more: None)

    def opened(page: str = "overview", locale: str = "zh-CN", theme: str = "light") -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=PATIENCE)
        app.context["locale"], app.context["theme"] = locale, theme
        return (app if page == "overview" else app.switch_page(f"pages/{page}.py")).run()

    return opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: YANPAN_BROWSER, which run.py sets, else an installed one, else Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge", "chrome", "msedge")
    found = os.environ.get("YANPAN_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync"]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        quiet.append("--no-sandbox")
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(executable_path=found, headless=True, args=quiet)
        except Error as error:
            pytest.fail(
                f"No browser could be started ({found or 'none found'}). Install Chromium, Chrome or Edge,\n{error}"
            )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def server(browser: Browser, shipped: Model, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The desk, served as run.py serves it, at home in a folder of its own: one for all files, whose tests leave
    nothing there that another's would see. The browser has been started before."""
    with served(tmp_path_factory.mktemp("served")) as serving:
        yield serving
