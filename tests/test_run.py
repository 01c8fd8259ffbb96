"""run.py, and the requirements that it installs."""

import ast
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parent.parent


def names(requirements: str) -> set[str]:
    """The packages that a requirements file asks for, comments and options left out."""
    found = re.findall(r"^[A-Za-z0-9][\w.-]*", (ROOT / requirements).read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


def test_a_stamp_changes_with_what_it_stands_for(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("pandas==3.1.0\n", "utf-8")
    before = run.stamp_line("requirements.txt", requirements)
    assert before == run.stamp_line("requirements.txt", requirements)
    requirements.write_text("pandas==3.1.1\n", "utf-8")
    assert before != run.stamp_line("requirements.txt", requirements)
    assert run.stamp_line("requirements-dev.txt", requirements) != run.stamp_line("model", requirements)


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A project of its own whose steps are noted down instead of done."""
    for name in ("requirements.txt", "requirements-dev.txt", run.CORPUS, run.MODEL, ".venv/python"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    noted: list[str] = []
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "yanpan-stamp")
    monkeypatch.setattr(run, "step", lambda doing, hint, *ways: noted.append(doing))
    monkeypatch.setenv("UV_DEFAULT_INDEX", "")
    return noted


def test_a_step_is_done_once_and_again_when_its_files_change(steps: list[str], tmp_path: Path) -> None:
    everything = ["Making .venv", "Installing packages", "Training the model"]
    run.set_up("requirements.txt")
    assert steps == everything
    run.set_up("requirements.txt")
    assert steps == everything

    steps.clear()
    run.set_up("requirements.txt", "requirements-dev.txt")
    run.set_up("requirements.txt")
    assert steps == ["Installing packages", "Training the model"]

    steps.clear()
    (tmp_path / run.CORPUS).write_text("more posts", "utf-8")
    run.set_up("requirements.txt")
    assert steps == ["Training the model"]

    steps.clear()
    (tmp_path / run.MODEL).unlink()
    run.set_up("requirements.txt")
    assert steps == ["Training the model"]


def test_an_interrupted_installation_starts_afresh(
    steps: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(doing: str, hint: str, *ways: list[list[str]]) -> None:
        steps.append(doing)
        if doing == "Installing packages":
            raise KeyboardInterrupt

    run.set_up("requirements.txt")
    (tmp_path / "requirements.txt").write_text("pandas==3.1.1", "utf-8")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(run, "step", interrupted)
        run.set_up("requirements.txt")
    steps.clear()
    run.set_up("requirements.txt")
    assert steps == ["Making .venv", "Installing packages", "Training the model"]


def test_a_step_takes_the_first_way_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "LOG", tmp_path / "logs" / "setup.log")
    monkeypatch.delenv("CI", raising=False)
    good = [sys.executable, "-c", "open('made', 'a').write('x')"]
    bad = [sys.executable, "-c", "import sys; sys.exit('no network')"]
    run.step("Installing", "Try again", [good, bad], [good], [good])
    assert (tmp_path / "made").read_text() == "xx"
    with pytest.raises(SystemExit, match=r"^Installing failed\. Try again; details: \.yanpan/setup\.log$"):
        run.step("Installing", "Try again", [bad, good], [bad])
    assert "no network" in (tmp_path / "logs" / "setup.log").read_text()
    assert "Traceback" not in capsys.readouterr().out


def test_a_taken_port_is_said_in_one_line_before_anything_slow() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, str(ROOT / "run.py"), "--port", str(port)],
            env=os.environ | {"PYTHONIOENCODING": "gbk"},
            capture_output=True,
            timeout=30,
        )
    said = f"Port {port} is in use. Close the other program or run: python3 run.py --port {port + 1}"
    assert done.returncode != 0
    assert done.stdout == b""
    assert done.stderr.decode("gbk").splitlines() == [said]


def test_run_needs_the_standard_library_alone_and_stays_small() -> None:
    source = (ROOT / "run.py").read_text("ascii")
    imported = set()
    for node in ast.walk(ast.parse(source, feature_version=(3, 8))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported <= sys.stdlib_module_names
    assert len(source.splitlines()) < 150


@pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])
def test_every_requirement_is_pinned_and_no_index_is_named(stem: str) -> None:
    compiled = (ROOT / f"{stem}.txt").read_text("utf-8")
    assert "://" not in compiled
    assert "index" not in compiled
    lines = [line for line in compiled.splitlines() if line and not line.lstrip().startswith("#")]
    assert all(re.match(r"[\w.-]+==[\w.]+( ; |$)", line) for line in lines)
    assert names(f"{stem}.in") <= names(f"{stem}.txt")


def test_development_installs_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return {line for line in (ROOT / name).read_text("utf-8").splitlines() if "==" in line}

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
