"""Do uploads come in, and do broken ones leave what was loaded?"""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from desks import OpenDesk
from operating import GOOD, errors, loaded, turn_to, upload, wellness
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button, Selectbox


def captions(app: AppTest) -> str:
    return " ".join(caption.value for caption in app.caption).replace("\\", "")


def table(app: AppTest, column: str) -> pd.DataFrame:
    """What does the first table say that has this column?"""
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def box(app: AppTest, label: str) -> Selectbox:
    """The select box with this label."""
    return next(found for found in app.selectbox if found.label == label)


def named(app: AppTest, label: str) -> Button:
    return next(button for button in app.button if button.label == label)


def test_an_upload_becomes_the_dataset_and_opens_at_its_latest_post(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("good.csv", GOOD))
    wellness(app)
    assert loaded(app) == "good.csv"
    assert [metric.value for metric in app.metric] == [*"11000"]  # rows, good, repaired, set aside, duplicates
    assert app.date_input[0].value == datetime.date(2025, 3, 3)
    assert app.select_slider[0].value == 8


def test_files_with_the_same_headers_are_loaded_together(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("one.csv", GOOD), ("two.csv", GOOD.replace("08:00", "09:00")), ("again.csv", GOOD))
    wellness(app)
    assert loaded(app) == "one.csv, two.csv, again.csv"
    assert [metric.value for metric in app.metric] == [*"11000", *"11000", *"10001"]


def test_rows_that_cannot_be_read_are_shown_with_their_reason_and_masked(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("some.csv", GOOD + "昨天下午某时,请打13812345678\n"))
    wellness(app)
    assert [metric.value for metric in app.metric] == [*"21010"]
    assert "有效1 + 修复0 + 搁置1 + 重复0 = 共2行" in captions(app)
    aside = table(app, "原因")
    assert aside["行号"].astype(str).tolist() == ["3"]
    assert aside["原因"].tolist() == ["此行无法识别时间"]
    assert "138****5678" in aside.iloc[0, 2] and "13812345678" not in aside.iloc[0, 2]


BROKEN = {
    "junk.csv": bytes(range(256)) * 40,
    "empty.csv": b"",
    "header.csv": "发布时间,正文\n".encode(),
    "false.xlsx": b"PK\x03\x04 this is no workbook",
    "timeless.csv": "正文,作者\n排队太久,甲\n".encode(),
    "textless.csv": "发布时间,作者\n2025-03-03 08:00,甲\n".encode(),
    "tomorrow.csv": "发布时间,正文\n2999-03-03 08:00,排队太久\n".encode(),
    "unreadable.csv": "发布时间,正文\n不知道,排队太久\n".encode(),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_file_is_named_and_what_was_loaded_stays(desk: OpenDesk, name: str) -> None:
    app = upload(desk("data", "en-GB"), ("good.csv", GOOD))
    upload(app, (name, BROKEN[name]))
    wellness(app)
    assert len(app.error) == 1
    # "every post is dated after now" says what is wrong with all that was loaded together
    assert name in errors(app) or name == "tomorrow.csv"
    assert "What was loaded before is still here." in [caption.value for caption in app.caption]
    assert loaded(app) == "good.csv"
    wellness(turn_to(app, "overview"))
    assert (loaded(app), len(app.error), app.metric[0].value) == ("good.csv", 0, "1")


@pytest.mark.parametrize(
    "rows",
    [
        "2025-03-03 08:00,😷😷😷\n2025-03-03 08:00,！！！\n",
        "2025-03-03 08:00,一\n2025-03-03 08:00,二\n2025-03-03 08:00,三\n",
        "2025-03-03 08:00,一\n2999-01-01 00:00,以后\n",
        "2019-01-01 00:00,从前\n2025-03-03 08:00,现在\n",
        f"2025-03-03 08:00,{'排队' * 100_000}\n",
    ],
    ids=["emoji", "one minute", "a future date", "a date long past", "a huge cell"],
)
def test_odd_posts_give_a_sensible_result_on_every_page(desk: OpenDesk, rows: str) -> None:
    app = upload(desk("data"), ("odd.csv", f"发布时间,正文\n{rows}"))
    wellness(app)
    assert (loaded(app), len(app.error)) == ("odd.csv", 0)
    for page in ("overview", "trends", "response"):
        turn_to(app, page)
        wellness(app)
        assert len(app.error) == 0


STRANGE = "编号甲,何日,说了什么\n1,2025-03-03 08:00,挂号排队两小时\n"


def correct(app: AppTest) -> AppTest:
    """Say which column of STRANGE holds the time, and which the text."""
    for label, header in (("发布时间", "何日"), ("正文", "说了什么")):
        box(app, label).set_value(header).run()
    return app


def test_a_header_is_put_right_and_remembered_for_the_next_upload(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("strange.csv", STRANGE))
    assert "何日" in errors(app) and "synthetic" not in loaded(app)
    correct(app)
    wellness(app)
    assert (loaded(app), len(app.error)) == ("strange.csv", 0)
    later = upload(desk("data"), ("later.csv", STRANGE.replace("03-03", "03-04")))
    assert (loaded(later), len(later.error)) == ("later.csv", 0)


def test_a_correction_holds_for_those_headers_alone(desk: OpenDesk) -> None:
    correct(upload(desk("data"), ("strange.csv", STRANGE)))
    other = upload(desk("data"), ("good.csv", GOOD))
    assert (loaded(other), len(other.error)) == ("good.csv", 0)


def test_the_sample_comes_back_by_its_button_and_the_file_by_another_upload(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("good.csv", GOOD))
    named(app, "载入示例数据").click().run()
    wellness(app)
    assert "合成数据" in loaded(app)
    app.file_uploader(key="uploads").set_value(None).run()
    assert loaded(upload(app, ("good.csv", GOOD))) == "good.csv"
