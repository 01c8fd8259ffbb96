"""Does the analyst teach the classifier on the Model page, see what changes, and take it back?"""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
import streamlit
from desks import OpenDesk
from hypothesis import example, given
from hypothesis import strategies as st
from operating import errors, turn_to, upload, wellness
from streamlit.testing.v1 import AppTest

from analysis.classify.model import Model
from analysis.report.marks import marked_text
from analysis.workspace import corrections, training
from analysis.workspace.places import model_path, store_url, training_folder
from analysis.workspace.store import open_store

POSTS = "发布时间,正文,阅读数\n" + "".join(
    f"2025-03-03 0{hour}:{minute:02d},{text}第{hour}{minute:02d}号,{hour * 100}\n"
    for hour in range(8)
    for minute, text in ((5, "排队两小时窗口没人"), (25, "感谢医生护士"), (45, "明天下午义诊，电话13812345678，"))
)


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shipped: Model) -> None:
    """A home of one's own, with the trained model in it: what is taught here is taught to nobody else."""
    trained = model_path()
    monkeypatch.setenv("YANPAN_HOME", str(tmp_path))
    shutil.copyfile(trained, model_path())


class Editing:
    """Stands for the person at the table: says what each row's cells become (`st.data_editor` cannot be operated)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows: dict[int, dict[str, object]] = {}
        self.shown = pd.DataFrame()
        monkeypatch.setattr(streamlit, "data_editor", self.edited)

    def edited(self, data: pd.DataFrame, **_settings: object) -> pd.DataFrame:
        self.shown = data
        answered = data.copy()
        for row, cells in self.rows.items() if len(data) > max(self.rows, default=0) else ():
            for name, value in cells.items():
                answered.loc[row, name] = value
        return answered


@pytest.fixture
def editing(monkeypatch: pytest.MonkeyPatch) -> Editing:
    return Editing(monkeypatch)


def opened(desk: OpenDesk, part: str = "", posts: str = POSTS) -> AppTest:
    app = turn_to(upload(desk("data", "en-GB"), ("posts.csv", posts)), "model")
    return choose(app, part) if part else app


def choose(app: AppTest, part: str) -> AppTest:
    return app.button_group(key="model_part").set_value(part).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label.startswith(label)).click().run()


def made() -> pd.DataFrame:
    return corrections.corrections(open_store(store_url()))


def said(app: AppTest) -> str:
    kinds = ("caption", "info", "warning", "success", "text", "markdown")
    return " ".join(str(node.value) for kind in kinds for node in app.get(kind)).replace("\\", "")


def fact(app: AppTest, label: str) -> str:
    """What stands under a caption at the top of the page?"""
    captions = [node.value for node in app.main.caption]
    return app.main.text[captions.index(label)].value


def learn(app: AppTest, name: str = "王") -> AppTest:
    app.text_input(key="analyst").set_value(name)
    return press(app, "Learn from these")


def test_a_correction_is_seen_before_it_is_accepted_kept_masked_and_undone(desk: OpenDesk, editing: Editing) -> None:
    app = opened(desk)
    wellness(app)
    assert fact(app, "Corrections") == "0"
    shown = editing.shown
    assert len(shown) == 20 and shown["reads"].notna().all()
    assert not shown["text"].str.contains("13812345678").any() and shown["text"].str.contains("138\\*{4}5678").any()
    row = int(shown.index[shown["text"].str.contains("义诊")][0])
    editing.rows = {row: {"topic": "policy", "sentiment": "negative"}}
    wellness(learn(app))
    assert "New corrections: 1. With the earlier ones: 1." in said(app)
    table = app.table[0].value
    assert table["Posts judged"].tolist() == ["1", "1"]
    assert made().empty  # not before it is accepted
    editing.rows = {}
    wellness(press(app, "Accept"))
    kept = made()
    assert kept[["topic", "sentiment", "random", "by"]].values.tolist() == [["policy", "negative", False, "王"]]
    assert "138****5678" in kept["text"][0]
    assert fact(app, "Corrections") == "1" and "Corrections learnt: 1" in said(app)
    assert not editing.shown["text"].str.fullmatch(re.escape(kept["text"][0])).any()  # asked once

    choose(app, "corrections")
    assert app.dataframe[0].value["Who"].tolist() == ["王"]
    wellness(press(app, "Undo the last (1)"))
    assert made().empty and fact(app, "Corrections") == "0"
    assert "No post has been corrected yet." in said(app)


def test_what_was_learnt_shows_on_every_page_and_is_taken_back_when_undone(desk: OpenDesk, editing: Editing) -> None:
    app = opened(desk)
    before = turn_to(app, "overview").metric[1].value  # the negative share
    turn_to(app, "model")
    editing.rows = {row: {"topic": "service", "sentiment": "negative"} for row in range(20)}
    learn(app)
    editing.rows = {}
    press(app, "Accept")
    assert turn_to(app, "overview").metric[1].value != before
    choose(turn_to(app, "model"), "corrections")
    press(app, "Undo the last (20)")
    assert turn_to(app, "overview").metric[1].value == before


def test_ticks_on_a_random_draw_confirm_and_are_counted(desk: OpenDesk, editing: Editing) -> None:
    app = opened(desk)
    app.button_group(key="correct_kind").set_value("random").run()
    assert "0 of about 100 done" in " ".join(node.proto.text for node in app.get("progress"))
    answers = editing.shown[["topic", "sentiment"]].values.tolist()
    editing.rows = {0: {"checked": True}, 1: {"checked": True}}
    learn(app)
    editing.rows = {}
    wellness(press(app, "Accept"))
    kept = made()
    assert kept["random"].tolist() == [True, True]
    assert sorted(kept[["topic", "sentiment"]].values.tolist()) == sorted(answers[:2])
    assert "2 of about 100 done" in " ".join(node.proto.text for node in app.get("progress"))


def test_without_a_name_or_a_mark_nothing_is_learnt(desk: OpenDesk, editing: Editing) -> None:
    app = opened(desk)
    wellness(learn(app))
    assert "nothing to learn" in said(app)
    editing.rows = {0: {"checked": True}}
    wellness(learn(app, " "))
    assert "Write your name" in said(app) and "What would change" not in [node.value for node in app.subheader]


def test_a_discarded_lesson_leaves_no_trace(desk: OpenDesk, editing: Editing) -> None:
    app = opened(desk)
    editing.rows = {0: {"sentiment": "negative"}, 1: {"sentiment": "positive"}}
    learn(app)
    wellness(press(app, "Discard"))
    assert made().empty and fact(app, "Corrections") == "0"
    assert "What would change" not in [node.value for node in app.subheader]


@pytest.mark.parametrize("posts", ["2025-03-03 08:00,😷\n", "2025-03-03 08:00,一\n2025-03-03 08:01,一\n"])
def test_few_and_odd_posts_can_be_corrected(desk: OpenDesk, editing: Editing, posts: str) -> None:
    app = opened(desk, posts=f"发布时间,正文\n{posts}")
    assert len(editing.shown) == 1 and "reads" not in editing.shown
    editing.rows = {0: {"checked": True}}
    learn(app)
    editing.rows = {}
    wellness(press(app, "Accept"))
    assert "Every loaded post has been looked at." in said(app)


# --- training sets of one's own


def give(app: AppTest, key: str, data: str, name: str = "mine.csv") -> AppTest:
    return app.file_uploader(key=key).set_value([(name, data.encode(), "text/csv")]).run()


@pytest.mark.usefixtures("own")
def test_an_unknown_label_is_named_and_nothing_is_learnt(desk: OpenDesk) -> None:
    app = give(opened(desk, "training"), "training-0", "text,label\n好,1\n坏,吐槽\n")
    wellness(app)
    assert "吐槽" in errors(app) and "Nothing of this file was learnt." in said(app)
    assert not any(button.label == "Learn from this file" for button in app.button)


@pytest.mark.usefixtures("own")
def test_a_training_set_is_learnt_listed_and_removed(desk: OpenDesk) -> None:
    app = opened(desk, "training")
    texts = int(fact(app, "Labelled texts").replace(",", ""))
    data = "text,label\n" + "".join(f"义诊好极了第{n}回,负面\n" for n in range(30))
    give(app, "training-0", data, "义诊 标注.csv")
    assert "30 labelled texts." in said(app) and training.sets(training_folder()) == []  # asks first
    wellness(press(app, "Learn from this file"))
    assert fact(app, "Own training sets") == "1"
    assert fact(app, "Labelled texts") == f"{texts + 30:,}"
    assert "30 labelled texts, taken in" in said(app)
    wellness(press(app, "Remove"))
    assert fact(app, "Own training sets") == "0" and fact(app, "Labelled texts") == f"{texts:,}"


# --- how good it is


def test_a_labelled_file_is_measured_and_one_without_labels_is_refused(desk: OpenDesk) -> None:
    app = opened(desk, "measure")
    app.selectbox(key="measured_on").set_value("file").run()
    wellness(give(app, "measured_file", "正文\n排队\n"))
    assert "mine.csv" in errors(app)
    give(app, "measured_file", "text,sentiment\n排队两小时窗口没人骗钱,负面\n感谢医生护士,正面\n明天下午义诊,中性\n")
    wellness(press(app, "Measure"))
    assert app.table[0].value["Posts judged"].tolist() == ["0", "3"]
    assert app.table[1].value["Classifier"].tolist() == ["Yanpan's classifier", "SnowNLP"]


def test_corrections_are_measured_once_there_are_any(desk: OpenDesk, editing: Editing) -> None:
    app = opened(desk, "measure")
    app.selectbox(key="measured_on").set_value("corrections").run()
    wellness(press(app, "Measure"))
    assert "no such corrections yet" in errors(app)
    choose(app, "correct")
    editing.rows = {row: {"checked": True} for row in range(12)}
    learn(app)
    press(app, "Accept")
    app = choose(app, "measure")
    app.selectbox(key="measured_on").set_value("corrections").run()
    wellness(press(app, "Measure"))
    assert app.table[0].value["Posts judged"].tolist() == ["12", "12"]


# --- why it answers so


def marks(app: AppTest) -> str:
    return " ".join(node.proto.body for node in app.get("html"))


class Read(HTMLParser):
    """Which tags and attributes has a piece of HTML, and which text?"""

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[tuple[str, str]] = set()
        self.text = ""
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags |= {(tag, name) for name, _value in attrs} or {(tag, "")}

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = (
    "<script>alert(1)</script> [x](javascript:alert(1)) :red[no] \\ `$x$` &lt;b&gt; \" ' <img src=x onerror=a> </div>"
)


@given(st.lists(st.tuples(st.text(max_size=12), st.floats(-9, 9)), max_size=6))
@example([(HOSTILE, 1.0)])
@example([('"><img src=x onerror=alert(1)>', -1.0), ("<!--", 0.5), ("</span>", 2.0)])
def test_marked_text_is_nothing_but_text(pieces: list[tuple[str, float]]) -> None:
    pieces = [(re.sub("[\x00\r\ud800-\udfff]", "", text), push) for text, push in pieces]
    read = Read(marked_text(pieces))
    assert read.tags <= {("div", "style"), ("span", "style")}
    assert len(read.text) == sum(len(text) for text, _push in pieces)


def test_a_hostile_text_is_explained_as_it_reads(desk: OpenDesk) -> None:
    app = opened(desk, "explain")
    assert "Choose a post or write a text" in said(app)
    app.text_area(key="explain_text").set_value(HOSTILE + "排队太久，电话13812345678").run()
    wellness(app)
    shown = marks(app)
    assert "<script" not in shown and "<img" not in shown and "13812345678" not in shown
    assert HOSTILE + "排队太久，电话138****5678" in Read(shown).text
    assert {metric.label for metric in app.metric} == {"Topic", "Sentiment"}
    assert all(re.fullmatch(r"\d+% sure", metric.delta) for metric in app.metric)


def test_a_loaded_post_is_explained_for_an_answer_that_was_not_given(desk: OpenDesk) -> None:
    app = opened(desk, "explain")
    app.selectbox(key="explain_post").set_value(0).run()
    wellness(app)
    before = marks(app)
    app.selectbox(key="explain_topic").set_value("disaster").run()
    wellness(app)
    assert marks(app) != before
