"""How is a page operated and read without a browser?"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

PAGES = ("overview", "data", "events", "trends", "response", "meeting", "papers", "model", "thresholds")
LOCALES = {"zh-CN": "zh_CN", "en-GB": "en"}
CHINESE = re.compile("[一-鿿]")
# What is no word of ours in a Chinese page: formats, file names, formulas, names of products and encodings.
NAMES = re.compile(
    r"<[^>]*>|\{\{.*?\}\}|F11|PageDown|PageUp|Home|End|Esc|PPTX|DOCX|HTML|PDF|Word|WPS|BCI|CSV|PNG|SVG|TSV|XLSX?|JSON|Parquet|ZIP|GZ|Excel|TOML|UTF-8|utf-8(-sig)?|gb18030|csv|SnowNLP|English|model|posts|ln|h|×|Σ|https?\S*|\w+\.\w+"
)
# Chinese documents that a clock rests on, and names of events, which are made of their posts
CITED = re.compile(r"[^ ,]*〔\d+〕[^ ,]*|黄金4小时|医院预案通行做法|“[^”]*”|<b>[^<]*</b>")
GOOD = "发布时间,正文\n2025-03-03 08:00,挂号排队两小时，窗口没人\n"


def wellness(app: AppTest) -> None:
    """No page shows an error of its own making."""
    assert [error.value for error in app.exception] == []


def html(app: AppTest) -> str:
    return " ".join(node.proto.body for node in app.get("html"))


def banner(app: AppTest) -> str:
    """What does the banner say, without its tags?"""
    return re.sub(r"<[^>]+>", " ", html(app))


def upload(app: AppTest, *files: tuple[str, str | bytes]) -> AppTest:
    """Give these files to the uploader of the Data page."""
    given = [(name, data.encode() if isinstance(data, str) else data, "text/csv") for name, data in files]
    return app.file_uploader(key="uploads").set_value(given).run()


def loaded(app: AppTest) -> str:
    """What does the sidebar say is loaded?"""
    return " ".join(text.value for text in [*app.sidebar.text, *app.sidebar.caption])


def turn_to(app: AppTest, page: str) -> AppTest:
    return app.switch_page(f"pages/{page}.py").run()


def go_to(app: AppTest, day: str, hour: int) -> AppTest:
    """Choose a time in the sidebar."""
    app.date_input[0].set_value(datetime.date.fromisoformat(day))
    return app.select_slider[0].set_value(hour).run()


def jump_box(app: AppTest) -> Selectbox:
    """Where a place in time to jump to is chosen."""
    return next(box for box in app.sidebar.selectbox if box.label in ("Jump to", "跳转至"))


def errors(app: AppTest) -> str:
    return " ".join(error.value for error in app.error).replace("\\", "")


def nameless(app: AppTest, text: str) -> str:
    """What does a text say beside the names of events, which are made of their posts?"""
    for name in app.session_state["held-event_names"][2].values() if "held-event_names" in app.session_state else ():
        text = text.replace(name, "")
    return text


def words(app: AppTest) -> Iterator[str]:
    """Which words of ours does a page show? Labels, help, options, headings, tables, figures; not posts, not names."""
    kinds = ("subheader", "caption", "info", "error", "success", "warning", "markdown", "expander")
    for kind in kinds:
        for node in app.get(kind):
            yield getattr(node, "value", None) or getattr(node, "label", "")
    for kind in ("selectbox", "slider", "number_input", "toggle", "date_input", "text_input", "button_group"):
        for node in app.get(kind):
            yield node.label
            yield getattr(node, "help", "") or ""
    for node in app.get("button_group"):
        yield from node.options
    for node in [*app.button, *app.checkbox]:
        yield node.label
    for node in app.metric:
        yield from (node.label, node.value, node.delta, node.help or "")
    for node in app.table:
        yield from map(str, node.value.columns)
        yield from (str(cell) for row in node.value.values for cell in row)
    for node in app.get("plotly_chart"):
        figure = json.loads(node.proto.spec)
        yield from (trace.get("name", "") for trace in figure["data"])
        for axis in ("xaxis", "yaxis"):
            yield figure["layout"].get(axis, {}).get("title", {}).get("text", "")
        yield from (note["text"] for note in figure["layout"].get("annotations", []))
    if "paper-head" not in html(app):  # a report has a language of its own
        yield banner(app)
