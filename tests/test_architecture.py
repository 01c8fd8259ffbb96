"""Does every import keep to the directions of the house, and every file to its size?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("analysis", "pages", "sample_data", "locale", "dashboard.py", "run.py")
STAGES = ("posts", "classify", "signals", "response", "events", "report", "workspace")
COMMON = {"analysis.schema", "analysis.language"}

# What a stage may take from another, and why. A new line here is a decision.
SAME_FORMULA = "the level must read the same formula as the charts, also for a what-if hour"
LAST = "report is the last stage: it shows what the others found"
LEANING = "its input is the annotated posts; the error rates are learnt from the same leaning"
ALLOWED = {
    ("signals", "analysis.classify.prevalence", "leaning"): LEANING,
    ("response", "analysis.classify.prevalence", "ErrorRates"): "its input is how the classifier errs",
    ("response", "analysis.classify.prevalence", "negative_share"): SAME_FORMULA,
    ("response", "analysis.signals", "*"): "its input is the situation, and a what-if hour reads the same formulas",
    ("response", "analysis.classify.prevalence", "LEAST_GAP"): SAME_FORMULA,
    ("response", "analysis.classify.table", "*"): "incidents come in small tables, like labelled posts",
    ("response", "analysis.posts", "*"): "incidents come in files like posts do: encodings, times, cells",
    ("workspace", "analysis.response", "*"): "it keeps profiles and the playbook",
    ("workspace", "analysis.report.papers.house", "*"): "it keeps whose papers these are",
    ("workspace", "analysis.report.papers.safe", "file_name"): "and the hospital's own templates, by safe names",
    ("report", "analysis.standing", "Standing"): LAST,
    ("signals", "analysis.posts.clean", "normalised"): "the same text in another spelling goes the same way",
    ("signals", "analysis.posts.privacy", "masked_series"): "no telling word may be somebody's number",
    ("events", "analysis.parts", "Part"): "its input is an event as of a time",
    ("events", "analysis.parts", "REST"): "its input is an event as of a time",
    ("events", "analysis.parts", "AFTER"): "its input is an event as of a time",
    ("events", "analysis.classify.prevalence", "negative_share"): SAME_FORMULA,
    ("events", "analysis.posts", "*"): "what is the same text, what is a name, and what must be masked, is known there",
    ("events", "analysis.signals", "*"): "an event is described by the same words, sources and accounts as everything",
    ("events", "analysis.workspace.places", "CORPUS"): "what is said every day is learnt from the corpus",
    ("report", "analysis.parts", "Part"): LAST,
    ("report", "analysis.parts", "REST"): LAST,
    ("report", "analysis.parts", "AFTER"): LAST,
    ("report", "analysis.pipeline", "ToldEvent"): LAST,
    ("report", "analysis.events", "*"): LAST,
    ("workspace", "analysis.events.edits", "Edit"): "it keeps what the analysts changed",
    ("workspace", "analysis.events.edits", "next_id"): "it keeps what the analysts changed",
    ("report", "analysis.pipeline", "Briefing"): LAST,
    ("report", "analysis.pipeline", "Later"): LAST,
    ("report", "analysis.posts.report", "ImportReport"): LAST,
    ("report", "analysis.posts.privacy", "masked_series"): "whatever is shown is masked",
    ("report", "analysis.posts.privacy", "Personal"): LAST,
    ("report", "analysis.posts.privacy", "PERSONAL_LABELS"): LAST,
    ("report", "analysis.posts.privacy", "personal_data_are_shown"): "it says whether they are masked",
    ("report", "analysis.response", "*"): LAST,
    ("workspace", "analysis.posts.privacy", "masked_series"): "whatever is kept is masked",
    ("report", "analysis.signals", "*"): LAST,
}
# The only way in to each heavy library.
DOORS = {
    "streamlit": ("dashboard.py", "pages/"),
    "plotly": (
        *("analysis/report/charts.py", "analysis/report/model_charts.py", "analysis/report/reach_charts.py"),
        *("analysis/report/signal_charts.py", "analysis/report/event_charts.py"),
        *("analysis/report/threshold_charts.py", "analysis/report/backtest_charts.py"),
        *("analysis/report/papers/figures.py", "analysis/report/papers/page.py", "analysis/report/papers/browser.py"),
    ),
    "pptx": ("analysis/report/papers/slides",),
    "docx": ("analysis/report/papers/document",),
    "docxtpl": ("analysis/report/papers/document",),
    "xlsxwriter": ("analysis/report/papers/appendix",),
    "choreographer": ("analysis/report/papers/browser.py",),
    "lxml": ("analysis/report/papers/document",),
    "jinja2": ("analysis/report/papers/document",),
    "kaleido": ("analysis/report/papers/browser.py",),
    "PIL": ("analysis/report/papers/house.py",),
    "jieba": ("analysis/signals/wording.py",),
    "sqlalchemy": ("analysis/workspace/",),
    "snownlp": ("analysis/classify/snow.py",),
    "sklearn": ("analysis/classify/",),
    "numba": ("analysis/classify/kernel.py", "analysis/events/terms.py"),
    "python_calamine": ("analysis/posts/workbook_child.py",),
    "opencc": ("analysis/posts/vendors.py", "analysis/classify/features.py"),
    "rapidfuzz": ("analysis/posts/spelling.py",),
    "babel": ("analysis/language.py", "locale/update.py"),
    "tomli_w": ("analysis/response/profile.py",),
}


def files(*places: str) -> list[Path]:
    """Which Python files are there in these folders (or are these files)?"""
    found = [ROOT / place for place in places]
    return sorted(file for place in found for file in ([place] if place.suffix == ".py" else place.rglob("*.py")))


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports(file: Path) -> tuple[tuple[str, str], ...]:
    """Which modules does a file import, and what of them? `import x` gives (x, "")."""
    return tuple(found_imports(file))


def found_imports(file: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(file)}: relative import"
            for alias in node.names:
                inner = ROOT.joinpath(*(node.module or "").split("."), f"{alias.name}.py")
                package = inner.with_suffix("").is_dir()
                yield (
                    (f"{node.module}.{alias.name}", "")
                    if inner.exists() or package
                    else (node.module or "", alias.name)
                )


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def imported(*places: str) -> Iterator[tuple[Path, str, str]]:
    for file in files(*places):
        yield from ((file, module, what) for module, what in imports(file))


# --- directions


def test_dashboard_reads_pages_read_analysis_and_never_back() -> None:
    back = [
        (name(file), module)
        for file, module, _what in imported("analysis")
        if module.split(".")[0] in ("pages", "dashboard", "sample_data", "run")
    ]
    back += [
        (name(f), m) for f, m, _what in imported("pages") if m.split(".")[0] in ("dashboard", "sample_data", "run")
    ]
    assert back == []


def test_pages_import_what_they_share_and_no_page() -> None:
    pages = {f"pages.{file.stem}" for file in files("pages") if runs(file)}
    assert pages == {
        f"pages.{page}"
        for page in ("overview", "data", "events", "trends", "response", "meeting", "papers", "model", "thresholds")
    }
    assert [(name(file), module) for file, module, _what in imported("pages", "dashboard.py") if module in pages] == []


def runs(file: Path) -> bool:
    """Is this a page: does it draw when it is run?"""
    return any(isinstance(node, ast.Try) for node in tree(file).body)


def test_sample_data_imports_nothing_of_the_desk() -> None:
    desk = ("analysis", "pages", "dashboard")
    assert [(name(f), m) for f, m, _what in imported("sample_data") if m.split(".")[0] in desk] == []


def permitted(stage: str, module: str, what: str) -> bool:
    if module in COMMON or within(module, f"analysis.{stage}"):
        return True
    return (stage, module, what) in ALLOWED or any(
        (owner, part) == (stage, "*") and within(module, package) for owner, package, part in ALLOWED
    )


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_the_schema_and_no_other_stages_inside(stage: str) -> None:
    foreign = [
        (name(file), module, what)
        for file, module, what in imported(f"analysis/{stage}")
        if within(module, "analysis") and not permitted(stage, module, what)
    ]
    assert foreign == []


def test_no_permission_is_left_over() -> None:
    used = {(stage, module, what) for stage in STAGES for _file, module, what in imported(f"analysis/{stage}")}
    unused = [
        entry
        for entry in ALLOWED
        if entry not in used
        and not (entry[2] == "*" and any(s == entry[0] and within(m, entry[1]) for s, m, _what in used))
    ]
    assert unused == []


def test_the_ground_imports_nothing_above_it() -> None:
    above = [
        (name(file), module)
        for file, module, _what in imported("analysis/schema.py", "analysis/language.py")
        if within(module, "analysis") and module != "analysis.language"
    ]
    above += [
        (name(file), module)
        for file, module, _what in imported("analysis/pipeline.py")
        if within(module, "analysis.report") or within(module, "analysis.workspace") or module == "analysis.__main__"
    ]
    assert above == []


@pytest.mark.parametrize("library", DOORS)
def test_a_heavy_library_has_one_door(library: str) -> None:
    users = {name(file) for file, module, _what in imported(*SHIPPED) if within(module, library)}
    assert {user for user in users if not user.startswith(DOORS[library])} == set()
    assert users, f"{library} is not used any more: drop it"


@pytest.mark.parametrize(
    ("owner", "attributes"),
    [("pages/session.py", {"session_state"}), ("pages/kept.py", {"cache_data", "cache_resource"})],
    ids=["what one session holds", "what all sessions share"],
)
def test_state_and_caches_have_one_place_each(owner: str, attributes: set[str]) -> None:
    touching = {
        name(file)
        for file in files("pages", "dashboard.py", "analysis")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in attributes
    }
    assert touching == {owner}


def test_what_all_share_knows_no_session() -> None:
    assert [module for _file, module, _what in imported("pages/kept.py") if within(module, "pages")] == []


def test_nothing_reaches_for_the_network() -> None:
    clients = {"requests", "urllib.request", "httpx", "aiohttp", "http.client", "ftplib", "smtplib", "urllib3"}
    assert [
        (name(f), m)
        for f, m, what in imported("analysis", "pages", "dashboard.py", "sample_data")
        if m in clients or f"{m}.{what}" in clients
    ] == []


# --- size


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    names = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "manager.py", "service.py"}
    assert [name(file) for file in files(*SHIPPED, "tests") if file.name in names] == []


def test_files_stay_under_300_lines() -> None:
    lengths = {name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files(*SHIPPED, "tests")}
    assert {file: length for file, length in lengths.items() if length >= 300} == {}


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines has a function, its docstring not counted?"""
    first = function.body[0]
    documented = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    lines = (function.end_lineno or 0) - function.lineno + 1
    return lines - ((first.end_lineno or 0) - first.lineno + 1 if documented else 0)


def test_no_function_is_over_50_lines() -> None:
    lengths = {
        f"{name(file)}:{node.name}": code_lines(node)
        for file in files(*SHIPPED, "tests")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {function: length for function, length in lengths.items() if length > 50} == {}


def test_these_checks_know_all_folders() -> None:
    packages = {file.parent.name for file in files("analysis") if file.parent.parent.name == "analysis"}
    assert packages == set(STAGES)
