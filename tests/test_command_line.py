"""The command line as cron and scripts use it: exit codes, one line on stderr, JSON, files that open in Excel."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from frames import LABELLED

from analysis.__main__ import main
from analysis.classify.model import Model, load
from analysis.response.profile import Profile, to_toml
from analysis.schema import COLUMNS

ROOT = Path(__file__).resolve().parents[1]
HEADER = "发布时间,平台,作者,正文,转发数"
ROWS = (
    "2025-03-03 08:05,微博,张三,手术失误致病人死亡，谁负责😡,12",
    '2025-03-03 09:10,微博,=cmd,"=HYPERLINK(""http://x"")点我",3',
    "2025-03-03 10:20,抖音,李四,排队两小时，有事打13812345678,0",
    "2025-03-03 11:30,抖音,王五,谢谢医生😀👍🏽 点赞,1",
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    return path


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.csv"
    LABELLED.to_csv(path, index=False)
    return path


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=240,
    )


def one_line(stderr: str) -> str:
    assert stderr.count("\n") == 1, stderr
    return stderr.strip()


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Which line does a command say that ends with exit code 2 and prints nothing else?"""
    assert main([str(argument) for argument in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return one_line(err)


def answered(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_read_reports_on_a_file(capsys: pytest.CaptureFixture[str], export: Path) -> None:
    found = json.loads(answered(capsys, "read", export, "--json"))
    assert (found["rows"], found["good"], found["set_aside"], found["duplicates"]) == (4, 4, 0, 0)
    assert found["mapping"]["published_at"] == "发布时间"
    assert found["first"].startswith("2025-03-03T08:05")


def test_a_gbk_console_gets_the_whole_briefing(shipped: Model, export: Path) -> None:
    twice = "import sys; from analysis.__main__ import main; sys.exit(any(main(['brief', *sys.argv[1:], *more]) "
    twice += "for more in ([], ['--json'])))"  # in one process, which takes seconds to start
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", twice, str(export)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=240)
    assert (done.returncode, done.stderr) == (0, b"")
    words, brace, told = done.stdout.decode("gbk").partition("{")
    assert "共4条" in words
    assert json.loads(brace + told)["posts"] == 4


def test_a_gbk_console_gets_emoji_of_a_report_and_of_an_error(tmp_path: Path) -> None:
    path = tmp_path / "😀.csv"
    path.write_text("发布时间,正文,😀\n2025-03-03,甲,乙\n", encoding="utf-8")
    done = run("read", path, PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert "\\U0001f600" in done.stdout.decode("gbk")
    failed = run("read", tmp_path / "👍.csv", PYTHONIOENCODING="gbk")
    assert failed.returncode == 2
    assert "\\U0001f44d" in one_line(failed.stderr.decode("gbk").replace("\r\n", "\n"))


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("read", "annotate", "brief", "events", "backtest", "train", "evaluate"):
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0
        assert "FILE" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [[], ["brief"], ["frob", "x"], ["brief", "x.csv", "--frob"], ["annotate", "x.csv", "-o"]]
)
def test_a_wrong_call_is_told_in_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert one_line(capsys.readouterr().err)


@pytest.mark.parametrize("command", ["read", "annotate", "brief", "train", "evaluate"])
def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    options = ["-o", tmp_path / "out.csv"] if command in ("annotate", "train") else []
    assert "none.csv" in refused(capsys, command, tmp_path / "none.csv", *options)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "x.csv"),
        (bytes(range(256)) * 40, "x.csv"),
        ("标题\n甲\n".encode(), "标题"),
        (HEADER.encode(), "x.csv"),
    ],
)
@pytest.mark.parametrize("command", ["read", "brief"])
def test_a_bad_file_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, content: bytes, said: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    assert said in refused(capsys, command, path)


@pytest.mark.parametrize("when", ["gestern", "2025-13-01", "nat", "", "2025-03-03T25:00", "1999-01-01"])
def test_a_time_that_cannot_be_looked_from_is_refused(
    capsys: pytest.CaptureFixture[str], shipped: Model, export: Path, when: str
) -> None:
    assert refused(capsys, "brief", export, f"--as-of={when}")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by Linux here")
def test_a_time_thousands_of_years_off_does_not_eat_the_memory(shipped: Model, export: Path) -> None:
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30)); "
    limited += "from analysis.__main__ import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", limited, "brief", str(export), "--as-of", "9999-12-31", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=240)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["level"], found["posts"], found["posts_24h"]) == ("ROUTINE", 4, 0)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (to_toml(Profile()).replace("heat = 30", "heat = -3"), "weights.heat"),
        ("version = 1", "version 1"),
        ("[", "TOML"),
        (None, "p.toml"),
        ("\udcff", "p.toml"),
    ],
)
def test_a_bad_profile_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, export: Path, toml: str | None, said: str
) -> None:
    path = tmp_path / "p.toml"
    if toml is not None:
        path.write_text(toml, encoding="utf-8", errors="surrogateescape")
    assert said in refused(capsys, "brief", export, "--profile", path)


def test_brief_looks_from_the_given_time(capsys: pytest.CaptureFixture[str], shipped: Model, export: Path) -> None:
    found = json.loads(answered(capsys, "brief", export, "--json", "--as-of", "2025-03-03T09:10"))
    assert (found["as_of"], found["posts"]) == ("2025-03-03T09:10:00+08:00", 2)
    assert found["sources"][0]["rows"] == 4
    in_london = json.loads(answered(capsys, "brief", export, "--json", "--as-of", "2025-03-03T01:10:00+00:00"))
    assert in_london == found
    latest = json.loads(answered(capsys, "brief", export, "--json"))
    assert (latest["as_of"], latest["posts"]) == ("2025-03-03T11:30:00+08:00", 4)


def test_brief_uses_the_given_thresholds(
    capsys: pytest.CaptureFixture[str], shipped: Model, tmp_path: Path, export: Path
) -> None:
    path = tmp_path / "p.toml"
    chosen = Profile().with_scheme("severe-first").with_values("thresholds", {"mild": 0})
    path.write_text(to_toml(chosen), encoding="utf-8")
    found = json.loads(answered(capsys, "brief", export, "--json", "--profile", path))
    assert found["level"] == "MILD"
    assert found["level_label"] == "轻度（三级）"
    assert json.loads(answered(capsys, "brief", export, "--json"))["level"] == "ROUTINE"


def test_posts_of_several_files_are_briefed_together(
    capsys: pytest.CaptureFixture[str], shipped: Model, tmp_path: Path, export: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("\n".join([HEADER, ROWS[0], "2025-03-03 12:00,微博,赵六,停车费太贵,0", ""]), encoding="utf-8")
    found = json.loads(answered(capsys, "brief", export, other, "--json"))
    assert found["posts"] == 5
    assert [source["duplicates"] for source in found["sources"]] == [0, 1]


def test_annotated_posts_open_safely_in_a_spreadsheet(
    capsys: pytest.CaptureFixture[str], shipped: Model, tmp_path: Path, export: Path
) -> None:
    out = tmp_path / "out.csv"
    answered(capsys, "annotate", export, "-o", out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    canonical = [column.name for column in COLUMNS]
    added = ["topic", "topic_probability", "sentiment", "p_negative", "p_neutral", "p_positive", "text_key"]
    assert list(rows[0])[: len(canonical)] == canonical
    assert set(added) <= set(rows[0])
    assert [row["text"] for row in rows][1:3] == ['\'=HYPERLINK("http://x")点我', "排队两小时，有事打138****5678"]
    assert rows[1]["author"] == "'=cmd"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert rows[3]["text"] == "谢谢医生😀👍🏽 点赞"
    for row in rows:
        assert sum(float(row[tone]) for tone in added[3:6]) == pytest.approx(1)


def test_annotated_posts_as_parquet_and_posts_as_read(
    capsys: pytest.CaptureFixture[str], shipped: Model, tmp_path: Path, export: Path
) -> None:
    answered(capsys, "annotate", export, "-o", tmp_path / "a.parquet")
    answered(capsys, "read", export, "-o", tmp_path / "r.parquet")
    annotated, as_read = (pd.read_parquet(tmp_path / name) for name in ("a.parquet", "r.parquet"))
    assert list(as_read) == [column.name for column in COLUMNS]
    pd.testing.assert_frame_equal(annotated[list(as_read)], as_read)
    assert as_read["text"].iloc[2].endswith("138****5678")
    assert as_read["reposts"].tolist() == [12, 3, 0, 1]


def test_where_it_cannot_be_written_is_said(
    capsys: pytest.CaptureFixture[str], shipped: Model, tmp_path: Path, export: Path
) -> None:
    assert ".csv" in refused(capsys, "annotate", export, "-o", tmp_path / "out.docx")
    said = refused(capsys, "annotate", export, "-o", tmp_path / "none" / "out.csv")
    assert "out.csv" in said and "None" not in said
    assert "out.parquet" in refused(capsys, "read", export, "-o", tmp_path / "none" / "out.parquet")


def test_train_and_evaluate(capsys: pytest.CaptureFixture[str], labelled: Path, tmp_path: Path) -> None:
    kept = tmp_path / "model.npz"
    assert answered(capsys, "train", labelled, "-o", kept) == ""
    assert load(kept).posts == 6
    done = run("evaluate", labelled, "--model", kept, "--json", PYTHONIOENCODING="gbk")
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert list(found) == ["n", "posts_per_second", "topic", "sentiment"]
    assert (found["n"], found["topic"]["accuracy"]) == (6, 1)
    assert list(found["topic"]) == ["n", "accuracy", "macro_f1", "macro_f1_interval", "per_class"]
    assert found["topic"]["per_class"]["service"] == {"precision": 1, "recall": 1, "f1": 1, "n": 3}


def test_a_baseline_is_measured_beside(capsys: pytest.CaptureFixture[str], labelled: Path, tmp_path: Path) -> None:
    kept = tmp_path / "model.npz"
    answered(capsys, "train", labelled, "-o", kept)
    found = json.loads(answered(capsys, "evaluate", labelled, "--model", kept, "--baseline", "snownlp", "--json"))
    assert list(found["baseline"]) == ["name", "posts_per_second", "sentiment"]
    assert (found["baseline"]["name"], found["baseline"]["sentiment"]["n"]) == ("snownlp", 6)
    said = answered(capsys, "evaluate", labelled, "--model", kept, "--baseline", "snownlp")
    assert "1.000" in said and "snownlp" in said


def test_what_cannot_be_trained_or_measured_is_said(
    capsys: pytest.CaptureFixture[str], labelled: Path, tmp_path: Path, export: Path
) -> None:
    few = tmp_path / "few.csv"
    few.write_text("text,topic,sentiment\n甲,service,negative\n", encoding="utf-8")
    assert main(["train", str(few), "-o", str(tmp_path / "m.npz")]) == 2
    assert "service 1" in capsys.readouterr().err
    assert "labelled.csv" in refused(capsys, "evaluate", labelled, "--model", labelled)
    assert "发布时间" in refused(capsys, "evaluate", export)


def test_an_unforeseen_error_is_one_line_and_exit_1(
    capsys: pytest.CaptureFixture[str], export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("analysis.console.read_many", broken)
    assert main(["read", str(export)]) == 1
    assert one_line(capsys.readouterr().err) == "RuntimeError: two lines"
