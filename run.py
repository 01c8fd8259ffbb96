"""Run Yanpan: `python3 run.py` serves the desk, `python3 run.py test` runs every check.

The first run makes .venv and trains the classifier; a stamp in .venv lets later runs start at once.
It needs the standard library alone, and prints ASCII alone, which any console can show.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PYTHON = str(ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
STAMP = ROOT / ".venv" / "yanpan-stamp"
LOG = ROOT / ".yanpan" / "setup.log"
MODEL = ".yanpan/model.npz"
CORPUS = "sample_data/training_posts.csv"
BROWSERS = (
    *("chromium", "google-chrome", "microsoft-edge", "chrome", "msedge", "chromium-browser"),
    "${PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",  # which every Windows has
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def step(doing: str, hint: str, *ways: list[list[str]]) -> None:
    """Do a step of the set-up in the first of the ways whose commands all work; a log keeps what they say."""
    print(f"{doing} ...", flush=True)
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("ab") as log:
        out = None if os.environ.get("CI") else log
        for way in ways:
            if all(subprocess.run(line, cwd=ROOT, stdout=out, stderr=out).returncode == 0 for line in way):
                return
    sys.exit(f"{doing} failed. {hint}; details: .yanpan/setup.log")


def stamp_line(name: str, *files: Path) -> str:
    """What a finished step leaves in the stamp: it changes when any of the step's files does."""
    return f"{name} {hashlib.sha256(b''.join(file.read_bytes() for file in files)).hexdigest()}"


def set_up(*requirements: str) -> None:
    """Do the steps that the stamp does not show as done; an interrupted one leaves no line there."""
    python = f"python {sys.version.split()[0]} {sys.base_prefix}"
    packages = [stamp_line(name, ROOT / name) for name in requirements]
    classifier = sorted((ROOT / "analysis" / "classify").glob("**/*.py"))
    model = stamp_line("model", ROOT / CORPUS, ROOT / "requirements.txt", *classifier)
    done = STAMP.read_text("utf-8").splitlines() if STAMP.exists() and Path(PYTHON).exists() else []
    if python not in done:
        hint = "Close Yanpan if it runs; on Debian and Ubuntu, apt install python3-venv; then try again"
        step("Making .venv", hint, [[sys.executable, "-m", "venv", "--clear", ".venv"]])
    if not {python, *packages} <= set(done):
        STAMP.unlink(missing_ok=True)
        pip = [PYTHON, "-m", "pip"]
        settings = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, errors="replace")
        for name, _, value in (line.partition("=") for line in settings.stdout.splitlines()):
            if name.endswith(".index-url"):  # the user's own mirror, which uv would not look for
                os.environ.setdefault("UV_DEFAULT_INDEX", value.strip("'"))
        pip += ["install", "-qq", "--disable-pip-version-check"]
        files = [f"--requirement={name}" for name in requirements]
        uv = [PYTHON, "-m", "uv", "pip", "install", "-q", f"--python={PYTHON}"]
        step(
            "Installing packages",
            "Check the network and try again",
            [[*pip, "uv"], [*uv, *files]],
            [[*pip, *files]],
        )
        done = [python, *packages]
        STAMP.write_text("\n".join(done), "utf-8")
    if model not in done or not (ROOT / MODEL).exists():
        step("Training the model", "Try again", [[PYTHON, "-m", "analysis", "train", CORPUS, "-o", MODEL]])
        STAMP.write_text("\n".join([*done, model]), "utf-8")


def find_browser() -> str:
    """An installed browser of Chromium's kind; else apt, as root, or Playwright ("") brings one."""
    found = next(filter(None, map(shutil.which, map(os.path.expandvars, BROWSERS))), "")
    complete, ways = found != "", [[[PYTHON, "-m", "playwright", "install", "chromium"]]]
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        complete &= Path("/usr/share/doc/fonts-noto-cjk").exists()
        install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y"]
        ways.insert(0, [["apt-get", "-qq", "update"], [*install, "chromium", "fonts-noto-cjk"]])
    if not complete:
        step("Installing a browser", "Install Chrome, Chromium or Edge, then try again", *ways)
    return found or shutil.which("chromium") or ""


def test(pytest_args: list[str]) -> bool:
    set_up("requirements.txt", "requirements-dev.txt")
    os.environ["YANPAN_BROWSER"] = os.environ.get("YANPAN_BROWSER") or find_browser()
    running = []  # at once: the tests begin by compiling, on one core
    for check in ("ruff format --check .", "ruff check .", "mypy", "pytest -n 3 --dist loadfile"):
        command = check.split() + (pytest_args if check.startswith("pytest") else [])
        print("$", *command, flush=True)
        running.append(subprocess.Popen([PYTHON, "-m", *command], cwd=ROOT))
    return sum(process.wait() != 0 for process in running) > 0


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def serve(port: int) -> int:
    if answers(port):
        sys.exit(f"Port {port} is in use. Close the other program or run: python3 run.py --port {port + 1}")
    set_up("requirements.txt")
    streamlit = [PYTHON, "-m", "pages", "run", "dashboard.py", f"--server.port={port}"]
    server = subprocess.Popen(streamlit, cwd=ROOT)  # .streamlit/config.toml says the rest
    try:
        while server.poll() is None and not answers(port):
            time.sleep(0.2)
        if server.poll() is None:
            print(f"Yanpan is at http://127.0.0.1:{port} - press Ctrl-C to stop it.", flush=True)
            if sys.stdin and sys.stdin.isatty() and not os.environ.get("CI"):
                webbrowser.open(f"http://127.0.0.1:{port}")
        return server.wait()
    finally:
        server.terminate()
        server.wait()


def main(args: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets this far, and is told so
        sys.exit("Yanpan needs Python 3.11 or newer. Install it, then run this again with it.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if args[:1] == ["test"]:
            return test(args[1:])
        parser = argparse.ArgumentParser(epilog="`run.py test [pytest arguments]` runs every check")
        parser.add_argument("--port", type=int, default=8501)
        return serve(parser.parse_args(args).port)
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    except (OSError, OverflowError) as error:
        sys.exit(f"Yanpan cannot start: {error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
