"""Does what is written stand in the code, and does what the code offers stand in what is written?"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from documents import DOCS, READMES, ROOT, named, section, text

from analysis.classify.evaluate import evaluate
from analysis.classify.model import Model
from analysis.classify.predict import ADDED
from analysis.classify.train import read_labelled
from analysis.posts.values import parse_counts, parse_times
from analysis.response.clocks import LIMITS
from analysis.response.profile import SCHEMES, Profile, from_toml, to_toml
from analysis.response.shipped import DEVIATIONS, SHIPPED, why
from analysis.schema import COLUMNS, Claim, Level, MediaTier, Platform, Sentiment, Stage, Topic
from analysis.signals.arrival import AGES, SHARES

ALL = (*READMES, *DOCS, "CONTRIBUTING.md", "CHANGELOG.md")
GOLD = ROOT.parent / "shared" / "data" / "gold" / "dev.csv"


def shown(number: float) -> str:
    return f"{number:,.15g}"


# --- settings


@pytest.mark.parametrize("group", Profile().groups())
def test_every_number_of_the_profile_is_explained_with_its_value_and_range(group: str) -> None:
    rows = dict(re.findall(r"^\| `([\w.]+)` \| (.+) \|$", text("docs/settings.md"), re.M))
    settings = Profile().groups()[group]
    for setting in fields(settings):
        value, allowed, meaning = rows[f"{group}.{setting.name}"].split(" | ")
        low, high = setting.metadata["low"], setting.metadata["high"]
        assert value == shown(getattr(settings, setting.name)), setting.name
        assert allowed == f"{shown(low)} to {shown(high)}", setting.name
        assert len(meaning) > 4, setting.name


def test_no_setting_is_explained_that_does_not_exist() -> None:
    groups = Profile().groups()
    written = re.findall(r"^\| `(\w+)\.(\w+)` \|", text("docs/settings.md"), re.M)
    assert {group for group, _name in written} == set(groups)
    assert all(hasattr(groups[group], name) for group, name in written)


def test_the_text_settings_are_explained() -> None:
    plain = {part.name for part in fields(Profile)} - set(Profile().groups())
    assert plain <= named("docs/settings.md")
    assert all(scheme in section("docs/settings.md", "## The profile") for scheme in SCHEMES)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_profiles_to_begin_with_are_the_shipped_ones(name: str) -> None:
    written = text(f"docs/profiles/{name}.toml")
    assert from_toml(written) == SHIPPED[name] and written == to_toml(SHIPPED[name])


def test_the_example_shows_how_a_profile_begins() -> None:
    example = section("docs/settings.md", "## The profile").split("```")[1].split()
    assert (
        example
        == to_toml(SHIPPED["tertiary"].with_name("Night shift").with_scheme("severe-first")).split()[: len(example)]
    )


def test_each_number_of_the_three_profiles_stands_with_its_reason() -> None:
    rows = dict(re.findall(r"^\| (\w+\.\w+) \| (.+) \|$", section("docs/settings.md", "### Numbers and reasons"), re.M))
    assert list(rows) == list(Profile().numbers())
    for key, row in rows.items():
        *values, reason = row.split(" | ")
        assert values == [shown(profile.numbers()[key]) for profile in SHIPPED.values()]
        others = [("County", "county"), ("Commission", "commission")]
        told = [f" *{title}*: {why(key, name)}" for title, name in others if key in DEVIATIONS[name]]
        assert reason == str(why(key, "tertiary")) + "".join(told)


def test_every_environment_variable_is_explained() -> None:
    sources = [*(ROOT / "analysis").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "run.py"]
    used = {name for file in sources for name in re.findall(r"YANPAN_[A-Z_]+", file.read_text(encoding="utf-8"))}
    assert {"YANPAN_HOME", "YANPAN_MODEL", "YANPAN_STORE", "YANPAN_LANGUAGE", "YANPAN_BROWSER"} <= used
    assert used <= named("docs/settings.md")


# --- formulas


def test_the_arrival_curve_is_the_one_in_the_code() -> None:
    rows = re.findall(r"^\| (age in hours|share that has come) \| (.+) \|$", text("docs/formulas.md"), re.M)
    ages, shares = ([float(cell) for cell in row.split(" | ")] for _name, row in rows)
    assert ages == AGES.tolist() and shares == SHARES.tolist()


def test_every_time_limit_stands_with_hours_and_source() -> None:
    rows = section("docs/formulas.md", "## Time limits").splitlines()
    for limit in LIMITS:
        row = next(row for row in rows if row.startswith(f"| {limit.name} |"))
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert float(cells[1].split()[0]) == limit.hours
        assert cells[2] == ("discovery" if limit.from_discovery else "onset")
        assert limit.source in cells[3] and cells[4] == str(limit.force)


def test_gravity_and_red_lines_are_those_of_the_shipped_profile() -> None:
    written = text("docs/formulas.md")
    profile = Profile()
    assert all(f"{topic} {getattr(profile.gravity, topic):g}" in written for topic in Topic)
    for line in fields(profile.red_lines):
        assert re.search(rf"^\| `{line.name}`.* \| {getattr(profile.red_lines, line.name):g} \|", written, re.M)


# --- data


def test_every_column_is_explained() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", section("docs/data.md", "## Columns"), re.M)
    assert rows == [column.name for column in COLUMNS]


def test_every_column_that_annotate_adds_is_explained() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", section("docs/data.md", "## Columns that annotate adds"), re.M)
    assert rows == [*ADDED, "text_key", "about_us", "about_terms", "event_id"]


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("## Topics", list(Topic)),
        ("## Sentiments", list(Sentiment)),
        ("## Claims", list(Claim)),
        ("## Platforms", list(Platform)),
        ("## Media tiers", list(MediaTier)),
        ("## Levels", list(Level)),
        ("## Stages", list(Stage)),
    ],
)
def test_every_value_is_named_in_both_languages(heading: str, values: list[Any]) -> None:
    written = section("docs/data.md", heading)
    for value in values:
        key = value.name if isinstance(value, Level) else str(value)
        assert f"`{key}`" in written, key
        assert value.label.to("zh_CN") in written, key
        assert value.label.to("en") in written or heading == "## Platforms", key


def test_the_times_that_are_shown_are_read() -> None:
    cells = re.findall(r"^\| [^|]+ \| (`.+`) \|$", section("docs/data.md", "## Times"), re.M)
    times = pd.Series([form for cell in cells for form in re.findall(r"`([^`]+)`", cell)], dtype="str")
    assert len(times) > 15
    unread = times[parse_times(times, pd.Timestamp("2025-11-20 12:00", tz="Asia/Shanghai")).isna()]
    assert unread.empty, unread.tolist()


def test_the_counts_that_are_shown_are_read() -> None:
    known, unknown = section("docs/data.md", "## Counts").split("Empty, ")
    forms = pd.Series(re.findall(r"`([^`]+)`", known), dtype="str")
    assert parse_counts(forms).notna().all(), forms[parse_counts(forms).isna()].tolist()
    assert parse_counts(pd.Series(re.findall(r"`([^`]+)`", unknown), dtype="str")).isna().all()


# --- all of it


@pytest.mark.parametrize("name", ALL)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", text(name)):
        if "://" in target:
            continue
        path, _hash, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        assert file.exists(), f"{name} links to {target}"
        if anchor:
            assert anchor in anchors(file), f"{name} links to {target}"


def anchors(file: Path) -> set[str]:
    """Which anchors do a file's headings get?"""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", READMES)
def test_a_readme_shows_the_pages_overview_first_and_says_that_the_data_are_synthetic(name: str) -> None:
    images = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text(name))
    assert images[0] == "docs/images/overview.png"
    assert len(images) == len(set(images)) == 9
    assert [image for image in images if not (ROOT / image).exists()] == []
    assert ("synthetic" if name == "README.md" else "合成") in text(name)
    assert all(command in text(name) for command in ("python3 run.py  ", "python3 run.py test"))


def test_both_readmes_say_the_same_in_numbers_and_links() -> None:
    english, chinese = (text(name) for name in READMES)
    for pattern in (r"^\|.*\| (\d+) \| ([\d.]+) \| ([\d.]+) \|$", r"\]\((docs/[^)]+)\)", r"^python.*"):
        found = [re.findall(pattern, written, re.M) for written in (english, chinese)]
        strip = [[line.split("#")[0].strip() if isinstance(line, str) else line for line in lines] for lines in found]
        assert strip[0] == strip[1] and strip[0]


@pytest.mark.skipif(not GOLD.exists(), reason="../shared, real data that is not part of the project, is not here")
def test_the_figures_in_the_readme_are_those_that_are_measured(shipped: Model) -> None:
    found = evaluate(read_labelled([GOLD]), shipped)
    rows = re.findall(r"^\| (topic|sentiment) \(.*\| (\d+) \| ([\d.]+) \| ([\d.]+) \|$", text("README.md"), re.M)
    assert [row[0] for row in rows] == ["topic", "sentiment"]
    for task, n, accuracy, macro_f1 in rows:
        assert int(n) == found[task]["n"]
        assert float(accuracy) == pytest.approx(found[task]["accuracy"], abs=0.006)
        assert float(macro_f1) == pytest.approx(found[task]["macro_f1"], abs=0.006)


def test_every_dependency_is_justified() -> None:
    direct = set()
    for name in ("requirements.in", "requirements-dev.in"):
        direct |= set(re.findall(r"^([a-z][a-z0-9-]*)", text(name), re.M))
    rows = set(re.findall(r"^\| `([\w-]+)` \|", section("CONTRIBUTING.md", "## Why each dependency"), re.M))
    assert rows == direct


def test_the_changelog_begins_with_the_version_of_the_project() -> None:
    version = re.search(r'^version = "(.+)"', text("pyproject.toml"), re.M)
    assert version and re.findall(r"^## (.+)$", text("CHANGELOG.md"), re.M)[0] == version[1]
