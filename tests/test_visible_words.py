"""Does every word that a user sees on a page go through `_()`?

A literal with letters in it that is given to Streamlit is refused, save ids, icons, formats and file names; so is
whatever reads like a sentence, wherever it stands in a page.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted(f"pages/{file.name}" for file in (ROOT / "pages").glob("*.py")), "dashboard.py"]

TECHNICAL = {  # keywords of Streamlit that nobody reads
    *("key", "icon", "page_icon", "type", "width", "height", "gap", "border", "layout", "format", "theme", "url_path"),
    *("vertical_alignment", "horizontal_alignment", "delta_color", "chart_type", "on_select", "selection_mode", "mime"),
    *(
        "label_visibility",
        "initial_sidebar_state",
        "config",
        "color",
        "accept_multiple_files",
        "position",
        "row_height",
    ),
    *(
        "on_change",
        "on_click",
        "persist_state",
        "step",
        "bind",
        "file_name",
        "language",
        "anchor",
        "orientation",
        "delta_arrow",
        "disabled",
        "shortcut",
        "num_rows",
    ),
}
IDENTIFIED = {"options", "default", "value", "index"}  # ids when format_func says how they read
BRAND = {"研判台 Yanpan"}
NOT_WORDS = re.compile(r"|%[.\d]*[a-z]×?|:[a-z]+/?\w*:|[\w./-]+\.(?:py|toml|csv)|[a-z]+/[a-z.+-]+")
LETTERS = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(r"[一-鿿]|[^\W\d_] [^\W\d_]")


def literals(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Which strings stand in an expression, outside `_()`, subscripts, comparisons and nested calls' own check?"""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node
        return
    if isinstance(node, ast.JoinedStr):
        yield node
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from literals(part.value)
        return
    if isinstance(node, ast.Subscript):
        yield from literals(node.value)
        return
    if isinstance(node, ast.Compare):
        return
    if isinstance(node, ast.Call):
        yield from from_call(node)
        return
    for child in ast.iter_child_nodes(node):
        yield from literals(child)


def from_call(call: ast.Call) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Which strings of a call may be read by the user?"""
    named = {keyword.arg for keyword in call.keywords}
    for at, argument in enumerate(call.args):
        if at == 0 or "format_func" not in named:
            yield from literals(argument)
    for keyword in call.keywords:
        if keyword.arg in TECHNICAL or ("format_func" in named and keyword.arg in IDENTIFIED):
            continue
        if keyword.arg == "column_config" and isinstance(keyword.value, ast.Dict):
            for value in keyword.value.values:  # its keys are ids of columns
                yield from literals(value)
            continue
        yield from literals(keyword.value)


def written(node: ast.Constant | ast.JoinedStr) -> str:
    """What does a literal say, what is filled in left out?"""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def draws(call: ast.Call, modules: set[str]) -> bool:
    """Is this a call of Streamlit's, on `st` or on a column, a container, the sidebar?"""
    if not isinstance(call.func, ast.Attribute):
        return False
    inner: ast.AST = call.func
    chain = []
    while isinstance(inner, ast.Attribute | ast.Call | ast.Subscript):
        chain += [inner.attr] if isinstance(inner, ast.Attribute) else []
        inner = inner.func if isinstance(inner, ast.Call) else inner.value
    root = inner.id if isinstance(inner, ast.Name) else ""
    if {"session_state", "context", "query_params"} & set(chain):
        return False
    return root == "st" or (bool(root) and root not in modules and callable(getattr(streamlit, call.func.attr, None)))


def unspoken(source: str) -> list[str]:
    """Which visible literals of a page do not go through `_()`?"""
    module = ast.parse(source)
    names = [
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    found = [
        f"{node.lineno}: {written(node)}"
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and draws(call, set(names) - {"st"})
        for node in from_call(call)
        if LETTERS.search(written(node)) and not NOT_WORDS.fullmatch(written(node)) and written(node) not in BRAND
    ]
    return sorted({*found, *sentences(module)})


def sentences(module: ast.Module) -> Iterator[str]:
    """Which literals, wherever they stand, read like words for people? Docstrings and `_()` left out."""
    quiet: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "Text"):
            quiet |= {id(inner) for inner in ast.walk(node)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet.add(id(node.value))
        elif isinstance(node, ast.keyword) and node.arg in TECHNICAL:
            quiet |= {id(inner) for inner in ast.walk(node.value)}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
            quiet |= {id(inner) for inner in ast.walk(node)}  # a pattern is not shown
    for node in ast.walk(module):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in quiet:
            continue
        if SENTENCE.search(node.value) and node.value not in BRAND:
            yield f"{node.lineno}: {node.value}"


@pytest.mark.parametrize("page", PAGES)
def test_every_visible_word_goes_through_the_catalogue(page: str) -> None:
    assert unspoken((ROOT / page).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        'st.title("Hello")',
        'st.caption(f"{n} posts")',
        'left.metric("Posts", 3)',
        'column.metric(_("Posts"), 3, help="All posts")',
        'st.sidebar.button(label="Go")',
        'st.container().markdown("总览")',
        'st.selectbox(_("Span"), ["Day", "Week"])',
        'st.columns(2)[0].text("Day")',
        'st.text(session.plain("Day"))',
        'st.dataframe({"Posts": [1]})',
        'st.text("Day" if x else _("Night"))',
        'NAMES = {"d": "Last day"}',
        'place.progress(0.5, text="Reading")',
    ],
)
def test_the_check_refuses_a_word_of_its_own(line: str) -> None:
    assert unspoken(f"import streamlit as st\n{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        'st.title(_("Hello"))',
        'st.info(_("Hello {name}", name="x"), icon=":material/gavel:", key="a key")',
        'st.selectbox(_("Span"), ["d", "w"], format_func=names.get, default="d", key="span")',
        'st.Page(f"pages/{name}.py", title=title, icon=icon)',
        'st.session_state.get("dataset")',
        'st.text(f"{report.first:%Y-%m-%d %H:%M}")',
        'st.dataframe(posts, column_config={"text": st.column_config.TextColumn(_("Text"), width="large")})',
        'session.save("profile")',
        'st.text(names["day"])',
        'st.set_page_config(page_title="研判台 Yanpan", page_icon="🩺", layout="wide")',
        'place.download_button(_("Download"), toml, "profile.toml", "application/toml", width="stretch")',
    ],
)
def test_the_check_lets_keys_and_formats_pass(line: str) -> None:
    assert unspoken(f"import streamlit as st\nfrom pages import session\n{line}\n") == []
