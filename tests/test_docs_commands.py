"""Is the command line what docs/command-line.md says, and do the commands that are shown run?"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import frames
import pandas as pd
import pytest
from documents import READMES, ROOT, blocks, named, section, text

from analysis.__main__ import main, parser
from analysis.classify.evaluate import evaluate
from analysis.classify.model import Model
from analysis.pipeline import brief_cube, told_by_posts
from analysis.posts.read import read
from analysis.report.backtest_json import backtest_json
from analysis.report.briefing import as_json
from analysis.response.backtest import backtest
from analysis.response.incidents import Incident
from analysis.response.profile import Profile
from analysis.schema import Level
from analysis.signals.cube import count

# Their keys are data: headers, topics, labels; those of events are looked at by themselves.
BY_VALUE = {"chances", "topics", "platforms", "regions", "media_tiers", "mapping", "per_class", "sentiment", "events"}


def commands(name: str) -> list[str]:
    lines = [line for block in blocks(name, "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("python -m analysis ")]


def subcommands() -> dict[str, argparse.ArgumentParser]:
    return next(action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction))


@pytest.mark.parametrize("command", subcommands())
def test_every_command_and_option_is_explained(command: str) -> None:
    heading = next(line for line in text("docs/command-line.md").splitlines() if line.startswith(f"## `{command}`"))
    written = section("docs/command-line.md", heading)
    for action in subcommands()[command]._actions:
        for option in set(action.option_strings) - {"-h", "--help"}:
            assert f"| `{option}`" in written, f"{command} {option}"
    assert f"python -m analysis {command} " in written


def keys(value: Any, path: str = "") -> Iterator[str]:
    """Which paths does a JSON value have: `a`, `a.b`, `a[].b`?"""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path}.{key}".lstrip(".")
            if key not in BY_VALUE and not (path == "sources[]" and key == "reasons"):
                yield from keys(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{path}[]")


def briefings() -> Iterator[dict[str, Any]]:
    """A quiet one, which has margins, a grave one, which has red lines, flags, clocks and tasks, and a story of posts.

    The story is passed on from one platform to another, bursts, and can be forecast; its two events are alike.
    """
    _posts, report = read("时间,正文\n2025-03-03 08:00,挂号排队\n".encode(), "a.csv", frames.at(24))
    death = {"topic": "medical_quality", "claim": "death_blamed", "reposts": 900}
    quiet: dict[str, Any] = {}
    for rows in ([quiet], [death] * 15):
        cube = count(frames.posts(*rows))
        yield as_json(brief_cube(cube, Profile(), frames.at(1)), (report,), "en")
    daily = [{"hour": hour, "platform": "weibo", "text": "挂号排队"} for hour in range(240)]
    burst = {"platform": "douyin", "text": "产科手术失误", "parent_id": "p0"}
    first = [burst | {"hour": 20 + hour / 5, "event_id": "a"} for hour in range(50)]
    second = [burst | {"hour": 200 + 40 * (n / 300) ** 0.5, "event_id": "b"} for n in range(300)]
    story = frames.posts(*sorted([*daily, *first, *second], key=lambda row: row["hour"]))
    known = {"began": [frames.at(20), frames.at(200)], "exists": [frames.at(21), frames.at(201)]}
    events = pd.DataFrame({"id": ["a", "b"], **known, "spam": False})
    told = brief_cube(count(story), Profile(), frames.at(240), events=events)
    yield as_json(replace(told, from_posts=told_by_posts(story, told)), (report,), "en")


def test_every_key_of_brief_and_read_is_explained() -> None:
    written = named("docs/command-line.md")
    seen: set[str] = set()
    for briefing in briefings():
        seen |= set(keys(briefing))
    assert {"margins[].change", "red_lines[].name", "clocks[].force", "tasks[].channel"} <= seen
    seen = {path.removeprefix("sources[].") for path in seen}
    assert seen <= written, sorted(seen - written)


def test_no_key_of_brief_is_explained_that_does_not_exist() -> None:
    rows = re.findall(
        r"^\| (`.+?`) \| ", section("docs/command-line.md", "## `brief`: which level, why, and what now?"), re.M
    )
    written = {key for row in rows for key in re.findall(r"`([^`]+)`", row) if not key.startswith("-")}
    seen = {path for briefing in briefings() for path in keys(briefing) if not path.startswith("sources[]")}
    assert written == seen


def test_every_key_of_events_is_explained_and_no_other() -> None:
    rows = re.findall(r"^\| (`.+?`) \| ", section("docs/command-line.md", "## `events`: what is going on?"), re.M)
    written = {key for row in rows for key in re.findall(r"`([^`]+)`", row) if not key.startswith("-")}
    seen = {path for found in briefings() for path in keys(found["events"], "events")}
    assert written == seen | {"as_of", "events"}


def test_every_key_of_backtest_is_explained_and_no_other() -> None:
    hours = pd.DataFrame({"level": [1]}, index=pd.DatetimeIndex([frames.at(0)]))
    curve = pd.DataFrame({"threshold": [1.0], "false_alarms_per_30d": 2.0, "median_delay_hours": 3.0, "missed": 0})
    incident = Incident("a", frames.at(0), frames.at(0), Level.MILD)
    tested = (backtest(hours, incidents) for incidents in ((), (incident,)))  # a false alarm, and a right one
    seen = {path for found in tested for path in keys(backtest_json(found, curve))}
    written = section("docs/command-line.md", "## `backtest`: how late, and how often in vain?").split("| JSON key")[1]
    rows = re.findall(r"^\| (`.+?`) \| ", written, re.M)
    assert {key for row in rows for key in re.findall(r"`([^`]+)`", row)} == seen


def test_every_key_of_evaluate_is_explained(tiny: Model) -> None:
    labelled = pd.DataFrame({"text": ["排队太久"], "topic": ["service"], "sentiment": ["negative"]}, dtype="str")
    found = evaluate(labelled, tiny, "snownlp")
    figures = found["topic"]["per_class"]["service"]
    seen = {path.rpartition(".")[2] for path in (*keys(found), *keys(figures))}
    written = section("docs/command-line.md", "## `evaluate`: how right is the classifier?")
    assert {key for key in seen if f"`{key}`" not in written} == set()


def test_the_commands_that_are_shown_run(
    shipped: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown_commands = [commands(name) for name in (*READMES, "docs/command-line.md", "CONTRIBUTING.md")]
    assert all(shown_commands)
    sample = tmp_path / "sample_data"
    sample.mkdir()
    for file, encoding, rows in (
        ("posts.csv", "utf-8-sig", 3600),
        ("posts_gb18030.csv", "gb18030", 300),
        ("training_posts.csv", "utf-8-sig", 600),
        ("incidents.csv", "utf-8", 2),  # of the posts above only the first incident is told
        ("incident_levels.csv", "utf-8", 202),
    ):
        lines = (ROOT / "sample_data" / file).read_text(encoding=encoding).splitlines(keepends=True)
        (sample / file).write_text("".join(lines[:rows]), encoding=encoding)
    labelled = pd.read_csv(sample / "training_posts.csv", encoding="utf-8-sig").head(40)
    labelled.assign(发布时间="2025-03-03 08:00").to_csv(tmp_path / "labelled.csv", index=False, encoding="utf-8-sig")
    shutil.copyfile(ROOT / "docs" / "profiles" / "county.toml", tmp_path / "profile.toml")
    monkeypatch.chdir(tmp_path)
    for command in dict.fromkeys(chain.from_iterable(shown_commands)):  # what several show runs once
        assert main(shlex.split(command, comments=True)[3:]) == 0, f"{command}: {capsys.readouterr().err}"
