"""Who paints the pictures and prints the pages? An installed browser: started once, reused, never waited for forever.

The only door to kaleido and choreographer. The browser works as root and offline: it finds no address but files.
"""

from __future__ import annotations

import asyncio
import atexit
import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import CancelledError, wait
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, TypeVar

import plotly.graph_objects as go
from choreographer import Browser, Tab
from choreographer.browsers import BrowserClosedError, BrowserFailedError
from choreographer.browsers.chromium import Chromium
from choreographer.channels import ChannelClosedError
from kaleido import PageGenerator

from analysis.language import Text, _
from analysis.schema import InputError

PLACES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"),
    "${PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
    "${PROGRAMFILES(X86)}/Google/Chrome/Application/chrome.exe",
    "${LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "${PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",  # which every Windows has
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Of the flags that choreographer sets, these let a page read other files: no page of ours needs that.
LAX = {"--disable-web-security", "--allow-file-access-from-files"}
QUIET = [
    *("--disable-quic", "--disable-background-networking", "--disable-default-apps", "--disable-domain-reliability"),
    *("--no-pings", "--dns-prefetch-disable", "--disable-extensions", "--mute-audio"),
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
START, PICTURE, PRINT, END = 20.0, 10.0, 30.0, 8.0  # seconds to wait at most
LOOK = 0.2  # seconds between two looks whether it still runs
# How a browser shows that it has gone, never was one, or hangs (TimeoutError is an OSError).
GONE = (BrowserClosedError, BrowserFailedError, ChannelClosedError, OSError, asyncio.CancelledError, CancelledError)
INDEX = "index.html"  # the page of kaleido, in which plotly draws
Answer = TypeVar("Answer")
FOOTER = (
    "<div style='width:100%;font-size:8px;color:#555;text-align:center'>"
    "<span class='pageNumber'></span> / <span class='totalPages'></span></div>"
)
PAPER = {  # A4, inches
    "printBackground": True,
    "paperWidth": 8.27,
    "paperHeight": 11.69,
    "marginTop": 0.6,
    "marginBottom": 0.7,
    "marginLeft": 0.7,
    "marginRight": 0.7,
    "displayHeaderFooter": True,
    "headerTemplate": "<span></span>",
    "footerTemplate": FOOTER,
    "generateDocumentOutline": True,
    "generateTaggedPDF": True,
}


class NoBrowser(InputError):
    """There is no browser that could paint: none is installed, or it does not start."""

    def __init__(self, why: Text) -> None:
        super().__init__(
            _(
                "{why} Install Chrome, Chromium or Edge, or set YANPAN_BROWSER to its program file. "
                "Slides and documents can be made without.",
                why=why,
            )
        )


class QuietChromium(Chromium):
    """An installed browser that is kept from the network and from other files."""

    def get_cli(self) -> list[str]:
        """How is it called?"""
        return [part for part in super().get_cli() if part not in LAX] + QUIET


def find_browser() -> str:
    """Which browser is installed? YANPAN_BROWSER first, then Chromium, Chrome and Edge; "" = none.

    What YANPAN_BROWSER names is taken at its word: it fails aloud if it is none.
    """
    named = os.environ.get("YANPAN_BROWSER", "")
    return shutil.which(named) or named or next(filter(None, map(shutil.which, map(os.path.expandvars, PLACES))), "")


@dataclass(frozen=True)
class Running:
    """A browser with the loop that talks to it, in a thread of its own, and the folder of its profile and pages."""

    program: Browser
    loop: asyncio.AbstractEventLoop
    folder: Path

    def waited(self, work: Coroutine[Any, Any, Answer], seconds: float) -> Answer:
        """What comes of it? Raises TimeoutError after so many seconds, BrowserClosedError as soon as it has gone."""
        asked, until = asyncio.run_coroutine_threadsafe(work, self.loop), monotonic() + seconds
        while True:
            done, _open = wait([asked], min(LOOK, max(until - monotonic(), 0)))
            if done:
                return asked.result()
            gone = self.process is not None and self.process.poll() is not None
            if gone or monotonic() >= until:
                asked.cancel()
                raise BrowserClosedError if gone else TimeoutError

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """What runs? None until it has been started."""
        return getattr(self.program, "subprocess", None)


class Painter:
    """Paints figures and prints pages, for all who ask, one after the other.

    The browser starts when it is first needed and lives until `close`, the end of a `with`, or of the program; with it
    goes its profile. One that has gone is started once more. program: "" = the one that is installed. start, picture,
    printing: seconds that are waited at most. Raises NoBrowser where there is none, or it fails twice.
    """

    def __init__(
        self, program: str = "", start: float = START, picture: float = PICTURE, printing: float = PRINT
    ) -> None:
        self.program, self.start, self.picture, self.printing = program, start, picture, printing
        self._lock = threading.RLock()
        self._running: Running | None = None

    def pictures(
        self, figures: Sequence[go.Figure], width: int, height: int | None = None, scale: float = 2.0
    ) -> list[bytes]:
        """What do figures look like? A PNG each, `scale` times width x height pixels; height None = as each has it."""
        options = {"format": "png", "width": width, "scale": scale} | ({"height": height} if height else {})
        return self._asked(lambda browser: painted(browser, figures, options), self.picture * max(len(figures), 1))

    def pdf(self, page: bytes) -> bytes:
        """How is a page printed? On A4, numbered, as soon as the promise `ready` of its window is kept."""
        return self._asked(lambda browser: printed(browser, page), self.printing)

    def close(self) -> None:
        """Let the browser end, and its profile go; it starts again when it is needed."""
        self._end(kindly=True)

    def _asked(self, work: Callable[[Running], Coroutine[Any, Any, Answer]], seconds: float) -> Answer:
        with self._lock:
            for _again in range(2):
                browser = self._started()
                try:
                    return browser.waited(work(browser), seconds)
                except GONE:
                    self._end(kindly=False)
            raise NoBrowser(_("The browser does not answer; perhaps the disk is full."))

    def _started(self) -> Running:
        if self._running is None:
            program = self.program or find_browser()
            if not program:
                raise NoBrowser(_("No browser was found."))
            atexit.register(self.close)
            try:
                self._running = prepared(program)
                self._running.waited(self._running.program.open(), self.start)
            except (*GONE, RuntimeError) as error:
                self._end(kindly=False)
                raise NoBrowser(_("The browser {program} does not start.", program=program)) from error
        return self._running

    def _end(self, kindly: bool) -> None:
        with self._lock:
            browser, self._running = self._running, None
            atexit.unregister(self.close)
            if browser is not None:
                ended(browser, kindly)

    def __enter__(self) -> Painter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def prepared(program: str) -> Running:
    """What does a browser need before it starts? A folder, the page that draws, and a loop. Raises RuntimeError."""
    isolated = "snap" in program  # such a browser sees no /tmp
    folder = Path(tempfile.mkdtemp(prefix=".yanpan-" if isolated else "yanpan-", dir=Path.home() if isolated else None))
    (folder / INDEX).write_text(PageGenerator(mathjax=False).generate_index(), "utf-8")
    sandbox = sys.platform != "linux"  # where root and containers have none
    try:
        made = Browser(program, browser_cls=QuietChromium, tmp_dir=str(folder), enable_sandbox=sandbox)
    except RuntimeError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="painter", daemon=True).start()
    return Running(made, loop, folder)


def ended(browser: Running, kindly: bool) -> None:
    """Let a browser end: it is asked first when that is kind, and killed where it does not listen."""
    browser.loop.set_exception_handler(lambda _loop, _context: None)  # what breaks from here on was to end anyway
    if not kindly:
        kill(browser.process)
    with suppress(*GONE, RuntimeError):
        browser.waited(browser.program.close(), END)
    kill(browser.process)
    browser.loop.call_soon_threadsafe(browser.loop.stop)
    shutil.rmtree(browser.folder, ignore_errors=True)


def kill(process: subprocess.Popen[bytes] | None) -> None:
    """End a browser with all the processes that it started."""
    if process is None or process.poll() is not None:
        return
    if os.name == "nt":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, timeout=END, check=False
        )
    else:
        os.killpg(process.pid, signal.SIGKILL)  # it leads a session of its own
    process.wait(END)


async def painted(browser: Running, figures: Sequence[go.Figure], options: dict[str, object]) -> list[bytes]:
    """How do figures look? All are drawn on one page: kaleido itself would load it anew for each, for 0.6 s."""
    async with opened(browser, browser.folder / INDEX) as tab:
        return [base64.b64decode(await drawn(tab, figure, options)) for figure in figures]


async def drawn(tab: Tab, figure: go.Figure, options: dict[str, object]) -> str:
    """What does kaleido's page make of a figure? The PNG in base64. Raises RuntimeError if it cannot."""
    wanted = json.dumps({**options, "data": json.loads(figure.to_json())})
    script = {
        "expression": f"kaleido_scopes.plotly({wanted}, null, false)",
        "awaitPromise": True,
        "returnByValue": True,
    }
    made: dict[str, Any] = (await told(tab, "Runtime.evaluate", script))["result"]["value"]
    if made["code"]:
        raise RuntimeError(str(made["message"]))
    return str(made["result"])


async def printed(browser: Running, page: bytes) -> bytes:
    """How does a page look on paper? A PDF whose text is text."""
    file = browser.folder / "page.html"
    file.write_bytes(page)
    async with opened(browser, file) as tab:
        await told(tab, "Runtime.evaluate", {"expression": "window.ready", "awaitPromise": True})
        return base64.b64decode((await told(tab, "Page.printToPDF", PAPER))["data"])


@asynccontextmanager
async def opened(browser: Running, file: Path) -> AsyncIterator[Tab]:
    """A tab in which a file has been loaded, for as long as it is needed."""
    tab = await browser.program.create_tab("")
    try:
        loaded = tab.subscribe_once("Page.loadEventFired")
        await told(tab, "Page.enable", {})
        await told(tab, "Page.navigate", {"url": file.as_uri()})
        await loaded
        yield tab
    finally:
        await tab.close()


async def told(tab: Tab, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """What does a tab answer? Raises RuntimeError with what went wrong in it."""
    answer = await tab.send_command(command, parameters)
    result: dict[str, Any] = answer.get("result", {})
    if "error" in answer or "exceptionDetails" in result or "errorText" in result:
        raise RuntimeError(f"{command}: {answer}")
    return result
