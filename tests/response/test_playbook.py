"""The playbook as a file: written, read back, refused by entry and key, and true to docs/playbook.md."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import Any

import pytest
import tomli_w
from documents import blocks, section, text
from frames import at
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plans import ALARMED, assessed

from analysis.language import LANGUAGES, Text
from analysis.response.clocks import clocks
from analysis.response.plan import FAMILIES, GROUPS, NUMBERS, OWN, STEPS, Kind, Limit, Playbook, Skeleton, Task
from analysis.response.plan_entries import EITHER, NEEDED, OPTIONAL
from analysis.response.playbook import assignments, from_toml, gaps, shipped_playbook, to_toml
from analysis.schema import InputError, Level, Topic

SHIPPED = shipped_playbook()
# One entry of each kind, as short as can be.
TASK: dict[str, Any] = {
    **{"key": "call", "step": 3, "levels": ["MILD"], "family": "service", "hours": 4, "group": "handling"},
    **{"channel": "电话", "text": "致电{当事人}"},
}
LIMIT: dict[str, Any] = {
    **{"name": "院内上报", "hours": 0.5, "from": "discovery", "levels": ["SEVERE"], "family": "all", "source": "本院"}
}
STATEMENT: dict[str, Any] = {
    **{"key": "short", "kind": "internal report", "levels": ["MILD"], "topics": ["privacy"], "title": "简报"},
    **{"parts": ["截至{as_of}，____。"], "checklist": [], "avoid": []},
}
SMALL = {"version": 1, "task": [TASK], "limit": [LIMIT], "statement": [STATEMENT]}


def written(changes: dict[str, Any]) -> str:
    return tomli_w.dumps({**SMALL, **changes})


# --- the shipped plan


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_plan_is_read_back_unchanged_in_every_language(language: str) -> None:
    assert from_toml(to_toml(SHIPPED, language)) == SHIPPED


def test_the_shipped_plan_leaves_no_gap_and_says_so_where_one_is_made() -> None:
    assert gaps(SHIPPED) == ()
    without = replace(SHIPPED, tasks=tuple(task for task in SHIPPED.tasks if task.key != "settle"))
    assert [str(gap) for gap in gaps(without)][:1] == [
        "No task at Mild in step “On site and follow-up” for: Management and integrity, Online rumour, "
        "Communication failure, Policy and charges, Service complaints, Other topics."
    ]
    assert len(gaps(Playbook(()))) == len(ALARMED) * len(STEPS)


@pytest.mark.parametrize("level", ALARMED)
@pytest.mark.parametrize("topic", Topic)
def test_the_shipped_tasks_keep_the_time_limits(level: Level, topic: Topic) -> None:
    tasks = {task.key: task for task in assignments(assessed(level, topic))}
    ends = {str(clock.name): clock.deadline for clock in clocks(assessed(level, topic)) if clock.deadline}
    first = min(task.deadline for task in tasks.values() if task.legal_review)
    kept = {
        "First reaction (golden four hours)": first,
        "Public response": first,
        **{name: tasks[key].deadline for name, key in ANSWERED_BY.items() if name in ends},
    }
    assert set(ends) <= {*kept, *(name for name in ends if name.startswith("Report of"))}
    assert all(kept[name] <= end for name, end in ends.items() if name in kept)
    assert ("grade_safety" in tasks) == any(name.startswith("Report of") for name in ends)


ANSWERED_BY = {
    "Authoritative information": "authoritative",
    "Press conference": "press_conference",
    "Official statement": "official_statement",
}


@pytest.mark.parametrize("topic", Topic)
def test_a_graver_level_never_gives_more_time_to_the_first_word(topic: Topic) -> None:
    first = [
        min(task.deadline for task in assignments(assessed(level, topic)) if task.legal_review) for level in ALARMED
    ]
    assert first == sorted(first, reverse=True)


def test_deadlines_count_from_the_onset() -> None:
    plan = Playbook((replace(SHIPPED.tasks[1], hours=0.0),))
    assert [task.deadline for task in assignments(assessed(Level.SEVERE), plan)] == [at(0)]


# --- written and read back

words = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"]), min_size=1, max_size=20).map(str.strip)
said = words.filter(bool).map(lambda word: Text("{text}", (("text", word),)))
plain = words.filter(lambda word: word and not set(word) & set("{}"))
part = plain.map(lambda word: Text("{text}", (("text", word),)))
counted = st.tuples(plain, st.sampled_from(NUMBERS)).map(lambda both: Text(f"{both[0]}{{{both[1]}}}"))
alarmed = st.sets(st.sampled_from(ALARMED), min_size=1).map(lambda found: tuple(sorted(found)))
topics = st.frozensets(st.sampled_from(Topic), min_size=1) | st.sampled_from(list(FAMILIES.values()))
hours = st.floats(0, 8760) | st.integers(0, 8760).map(float)
lists = st.lists(said, max_size=3).map(tuple)
keys = st.from_regex(r"[\w-]{1,40}", fullmatch=True)
tasks = st.builds(
    *(Task, keys, st.sampled_from(list(STEPS)), alarmed, topics, hours, st.sampled_from(list(GROUPS)), said, said),
    *(lists, st.booleans()),
)
limits = st.builds(Limit, said, hours, words.filter(bool), st.just(OWN), alarmed, topics, st.booleans())
inside = st.lists(part | counted, min_size=1, max_size=3).map(tuple)
outside = st.lists(part, min_size=1, max_size=3).map(tuple)
statements = st.builds(
    Skeleton, keys, st.just(Kind.INTERNAL), alarmed, topics, part | counted, inside, lists, lists
) | st.builds(Skeleton, keys, st.just(Kind.PUBLIC), alarmed, topics, part, outside, lists, lists)
playbooks = st.builds(
    Playbook,
    st.lists(tasks, min_size=1, max_size=3, unique_by=lambda task: task.key).map(tuple),
    st.lists(limits, max_size=2).map(tuple),
    st.lists(statements, max_size=2, unique_by=lambda skeleton: skeleton.key).map(tuple),
)


@settings(max_examples=15, deadline=None)
@given(playbooks, st.sampled_from(list(LANGUAGES)))
def test_a_round_trip_changes_nothing(plan: Playbook, language: str) -> None:
    assert from_toml(to_toml(plan, language)) == plan
    assert from_toml(to_toml(plan, language).replace("\n", "\r\n").encode("utf-8-sig")) == plan


def test_what_the_hospital_writes_reads_the_same_in_every_language_and_the_rest_is_translated() -> None:
    file = to_toml(SHIPPED).replace('"Confirm the level and name one person in charge"', '"Mild"')
    plan = from_toml(file)
    changed = next(task.text for task in plan.tasks if task.key == "confirm_level")
    kept = plan.tasks[0].text
    assert [changed.to(language) for language in LANGUAGES] == ["Mild", "Mild"]  # also where it is a word of the desk
    assert kept.to("zh_CN") == SHIPPED.tasks[0].text.to("zh_CN") != kept.to("en")
    braces = from_toml(written({})).tasks[0].text
    assert braces.to("zh_CN") == braces.to("en") == "致电{当事人}"


def test_signs_that_nobody_sees_are_dropped() -> None:
    found = from_toml(written({"task": [{**TASK, "text": " \u202e致\u200b电\x07\n本人 "}]}))
    assert str(found.tasks[0].text) == "致电\n本人"


# --- refused

REFUSED: list[tuple[str, str, Any, str]] = [
    ("task", "step", 7, "1, 2, 3, 4, 5, 6"),
    ("task", "step", 1.0, "Got 1.0"),
    ("task", "step", True, "Got True"),
    ("task", "levels", ["Mild"], "MILD"),
    ("task", "levels", [], "list"),
    ("task", "levels", "MILD", "list"),
    ("task", "family", "both", "care"),
    ("task", "topics", ["service"], "either family or topics"),
    ("task", "hours", -1, "0 to 8760"),
    ("task", "hours", 8761, "0 to 8760"),
    ("task", "hours", float("nan"), "0 to 8760"),
    ("task", "hours", True, "0 to 8760"),
    ("task", "hours", "4", "0 to 8760"),
    ("task", "group", "police", "leading"),
    ("task", "channel", "", "1 to 2,000"),
    ("task", "text", " \u200b ", "1 to 2,000"),
    ("task", "text", "长" * 2001, "2,001"),
    ("task", "text", 5, "must be text"),
    ("task", "key", "a b", "letters"),
    ("task", "key", "", "letters"),
    ("task", "checklist", "facts", "list"),
    ("task", "checklist", ["x"] * 51, "50"),
    ("task", "legal_review", 1, "true, false"),
    ("task", "owner", "x", "not known"),
    ("limit", "from", "start", "onset, discovery"),
    ("limit", "levels", ["ROUTINE"], "MILD"),
    ("limit", "force", "binding", "not known"),
    ("statement", "kind", "advert", "public statement"),
    ("statement", "parts", [], "at least one"),
    ("statement", "parts", ["{posts.real}"], "{posts.real} is not known"),
    ("statement", "parts", ["{posts!r}"], "not known"),
    ("statement", "parts", ["{posts:,}"], "not known"),
    ("statement", "parts", ["{0}"], "not known"),
    ("statement", "parts", ["{}"], "not known"),
    ("statement", "parts", ["只有一半{"], "brace"),
    ("statement", "title", "{author}", "{as_of}"),
    ("statement", "topics", ["weather"], "medical_quality"),
    ("statement", "legal_review", True, "not known"),
]


@pytest.mark.parametrize(("kind", "key", "value", "said"), REFUSED)
def test_a_wrong_value_is_refused_by_entry_and_key(kind: str, key: str, value: Any, said: str) -> None:
    entry = SMALL[kind][0]
    dropped = {"topics"} if key == "family" else set()
    bad = {name: old for name, old in entry.items() if name not in dropped} | {key: value}
    other = entry if kind == "limit" else {**entry, "key": "other"}
    with pytest.raises(InputError) as refused:
        from_toml(written({kind: [other, bad]}))
    named = "family" if "either family" in said else key
    assert str(refused.value).startswith(f"[[{kind}]] number 2, key {named}: ")
    assert said in str(refused.value)


@pytest.mark.parametrize("kind", NEEDED)
def test_every_missing_key_is_named(kind: str) -> None:
    for key in NEEDED[kind]:
        without = {name: value for name, value in SMALL[kind][0].items() if name != key}
        with pytest.raises(InputError, match=rf"^\[\[{kind}\]\] number 1, key {key}: is missing"):
            from_toml(written({kind: [without]}))


def test_a_public_statement_holds_no_number_of_the_desk() -> None:
    for key, value in (("parts", ["至今帖文{posts}条"]), ("title", "截至{as_of}")):
        public = {**STATEMENT, "kind": "public statement", "parts": ["____"], key: value}
        with pytest.raises(InputError, match=rf"number 1, key {key}: a public statement holds no numbers"):
            from_toml(written({"statement": [public]}))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("", "version = 1"),
        (written({"version": 2}), "version = 1"),
        (written({"version": True}), "version = 1"),
        (written({"tasks": []}), "Unknown in the playbook: tasks"),
        (written({"task": []}), "holds no task"),
        (written({"task": "call"}), "entries under [[task]]"),
        (written({"limit": [1]}), "entries under [[limit]]"),
        (written({"task": [TASK, {**TASK, "step": 1}]}), "number 1 and number 2 have the same key call"),
        (written({"task": [{**TASK, "key": f"t{n}"} for n in range(499)]}), "501 entries"),
        ("version = 1\n[[task]", "not valid TOML"),
        ("version = 1\nx = " + "[" * 50_000, "not valid TOML"),
        ("# " + "长" * 70_000, "200 kB"),
        ("version = 1\n" + "# x\n" * 300_000, "200 kB"),
        ("预案 = 1".encode("gb18030"), "UTF-8"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("\ud800", "UTF-8"),
    ],
)
def test_what_is_no_playbook_is_refused_with_the_reason(file: str | bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        from_toml(file)
    assert said in str(refused.value)


junk = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just([[]]) | st.just({"a": 1})


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["task", "limit", "statement"]), st.data())
def test_junk_is_read_or_refused_and_never_crashes(kind: str, data: st.DataObject) -> None:
    entry = {**SMALL[kind][0]}
    key, value = data.draw(st.sampled_from([*entry, "x", ""])), data.draw(junk)
    entry = {name: old for name, old in entry.items() if name != key} | ({} if value is None else {key: value})
    try:
        assert from_toml(written({kind: [entry]})).tasks
    except InputError as refused:
        assert f"[[{kind}]] number 1" in str(refused)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=60))
@example(b'version = 1\n[[task]]\nkey = "\\ud800"')
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        from_toml(data)


# --- docs/playbook.md


@pytest.mark.parametrize("kind", NEEDED)
def test_every_key_is_explained_and_no_other(kind: str) -> None:
    rows = re.findall(r"^\| (`.+?`) \| (.*) \|$", section("docs/playbook.md", f"## `[[{kind}]]`"), re.M)
    explained = {key for cell, _rest in rows for key in re.findall(r"`([^`]+)`", cell)}
    assert explained == {*NEEDED[kind], *OPTIONAL[kind], *EITHER}
    assert all(len(rest) > 10 for _cell, rest in rows)


def test_the_examples_in_the_docs_are_read() -> None:
    entries = [tomllib.loads(block) for block in blocks("docs/playbook.md", "toml")]
    assert {kind for entry in entries for kind in entry} == {"task", "limit", "statement"}
    for entry in entries:
        from_toml(tomli_w.dumps({"version": 1, "task": [TASK], **entry}))


def test_the_docs_name_every_value_that_can_be_chosen() -> None:
    named = set(re.findall(r"`([^`\n]+)`", text("docs/playbook.md")))
    choices = {*GROUPS, *FAMILIES, *map(str, Kind), *(level.name for level in Level), *(f"{{{n}}}" for n in NUMBERS)}
    assert choices <= named
