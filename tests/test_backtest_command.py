"""The back-test on the command line: what cron and scripts get, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.classify.model import Model
from analysis.response.profile import Profile, to_toml

POSTS = """发布时间,平台,作者,正文
2025-03-03 08:05,微博,张三,排队两小时
2025-03-03 09:10,微博,李四,窗口没人
2025-03-03 10:20,抖音,王五,挂号太慢
2025-03-03 11:30,抖音,赵六,谢谢医生
"""
WHOLE = (
    "名称,开始,结束,级别\n投诉,2025-03-03 10:00,2025-03-03 11:00,轻度\n演练,2025-03-03 08:00,2025-03-03 09:00,常态\n"
)
BY_HOUR = "小时,名称,级别\n2025-03-03 10:00,投诉,常态\n2025-03-03 11:00,投诉,轻度\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "posts.csv").write_text(POSTS, encoding="utf-8")
    (tmp_path / "whole.csv").write_text(WHOLE, encoding="gb18030")
    (tmp_path / "by_hour.csv").write_text(BY_HOUR, encoding="utf-8-sig")
    always = Profile().with_values("thresholds", {"mild": 0})
    (tmp_path / "always.toml").write_text(to_toml(always), encoding="utf-8")
    return tmp_path


def command(folder: Path, *more: str) -> list[str]:
    return ["backtest", str(folder / "posts.csv"), "--incidents", str(folder / "whole.csv"), *more]


def test_a_back_test_answers_as_json_and_in_words(
    shipped: Model, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    always = ["--incidents", str(folder / "by_hour.csv"), "--profile", str(folder / "always.toml")]
    assert main(command(folder, *always, "--json")) == 0
    found = json.loads(capsys.readouterr().out)
    # A threshold of 0 is always reached. It is due in the last hour, and said from the first.
    assert found["incidents"] == [
        {
            "name": "投诉",
            "start": "2025-03-03T10:00:00+08:00",
            "due": "2025-03-03T11:00:00+08:00",
            "detected": "2025-03-03T10:00:00+08:00",
            "delay_hours": 0,
            "level_true": "MILD",
            "level_reached": "MILD",
            "missed": False,
        }
    ]
    assert (found["below"], found["missed"], found["false_alarms"], found["flaps"]) == (["演练"], 0, [], 0)
    assert found["agreement"] == 0.25  # of four hours inside incidents the last is as it was
    assert (len(found["curve"]), found["curve"][-1]["median_delay_hours"], found["curve"][-1]["missed"]) == (
        200,
        None,
        1,
    )

    assert main(command(folder)) == 0
    words = capsys.readouterr().out
    assert "投诉" in words and "2025-03-03 10:00" in words and "演练" in words and "{" not in words


@pytest.mark.parametrize(
    ("incidents", "said"),
    [
        ("name,start,end,level\n投诉,2025-03-03,2025-03-04,3\n", "3"),
        ("name,start,end,level\n投诉,2025-03-04 10:00,2025-03-04 11:00,MILD\n", "投诉"),
        (None, "whole.csv"),
    ],
    ids=["number", "outside", "no file"],
)
def test_incidents_that_cannot_be_judged_are_refused_in_one_line(
    shipped: Model, folder: Path, capsys: pytest.CaptureFixture[str], incidents: str | None, said: str
) -> None:
    (folder / "whole.csv").unlink()
    if incidents:
        (folder / "whole.csv").write_text(incidents, encoding="utf-8")
    assert main(command(folder)) == 2
    out, err = capsys.readouterr()
    assert out == "" and said in err and err.count("\n") == 1
