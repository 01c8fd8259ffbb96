"""Which labelled posts are in a file? Training sets of one's own, in the layouts that are in common use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.classify.model import TASKS
from analysis.classify.table import Table, plain, table_of
from analysis.language import LANGUAGES, Text, _
from analysis.schema import InputError, Sentiment, Topic

NAMED = 10  # unknown labels that a message lists

# As `plain` writes them; where several columns could hold the text, the first in this order does.
TEXT_HEADERS = (
    *("text", "微博正文", "微博中文内容", "正文", "内容", "content", "文本", "review", "sentence", "texta", "微博内容"),
    *("帖子内容", "评论内容", "body", "tweet", "comment", "评论"),
)
HEADERS = {
    "topic": {"topic", "risktopic", "主题", "风险主题", "风险类型", "舆情类型"},
    "sentiment": {
        *("sentiment", "sentimentvalue", "sentimentlabel", "polarity", "tone", "情感", "情感倾向", "情感倾向性"),
        *("情感极性", "情感标签", "情感类别", "情感分类", "情感属性", "倾向", "倾向性", "极性"),
    },
}
# Headers that say less than what stands under them: 话题 holds hashtags in exports, a label may be of either task.
EITHER_HEADERS = {"label", "labels", "category", "class", "标签", "标注", "类别", "分类", "话题", "情绪", "emotion"}
KNOWN_HEADERS = EITHER_HEADERS.union(TEXT_HEADERS, *HEADERS.values())

WORDS = {
    Sentiment.NEGATIVE: ("negative", "neg", "负面", "負面", "消极", "消極", "负", "負", "负向", "負向", "差评"),
    Sentiment.NEUTRAL: ("neutral", "neu", "中性", "中立", "中", "中评"),
    Sentiment.POSITIVE: ("positive", "pos", "正面", "积极", "積極", "正", "正向", "好评"),
}
TONES = {word: str(tone) for tone, words in WORDS.items() for word in words}
KNOWN_TONES = ("negative/neutral/positive", "负面/中性/正面", "消极/中立/积极", "-1/0/1", "0/1", "0/1/2")
NUMBER = re.compile(r"([+-]?\d{1,9})(?:\.0*)?")


@dataclass(frozen=True)
class Labelled:
    """What a file teaches.

    posts: text (stripped; each text once, in the order of the file), topic, sentiment ("" = no label) and
    voice ("" = not told), all str. coding: one sentence a column, which one was read as what, and what its
    numbers were taken to mean. contradictory: texts whose labels of a task disagree; they carry no label
    for it. repeats: rows folded into an earlier one of the same text. without_text: rows left out.
    """

    posts: pd.DataFrame
    coding: tuple[Text, ...]
    contradictory: int = 0
    repeats: int = 0
    without_text: int = 0


def labelled_posts(name: str, data: bytes) -> Labelled:
    """Which labelled posts does a CSV hold?

    UTF-8, UTF-16 with a byte order mark, or GB18030; comma, tab or semicolon; headers and labels in the
    forms listed above and the names of the topics in either language, case and blanks ignored. Raises
    InputError for a file that is no such text, lacks a column of texts or of labels, holds no text, or an
    unknown label (named and counted; nothing of the file is taken then).
    """
    rows, coding = rows_of(table_of(name, data, KNOWN_HEADERS))
    return settled(rows, coding, [name])


def labelled_files(files: list[Path]) -> Labelled:
    """Which labelled posts do these files hold together? As if they were one file: see `labelled_posts`."""
    parts = [rows_of(table_of(file.name, content(file), KNOWN_HEADERS)) for file in files]
    rows = pd.concat([rows for rows, coding in parts], ignore_index=True)
    return settled(rows, tuple(dict.fromkeys(said for rows, coding in parts for said in coding)), files)


def read_labelled(files: list[Path]) -> pd.DataFrame:
    """Which labelled posts are in these files? text, topic, sentiment, voice: see `Labelled.posts`."""
    return labelled_files(files).posts


def in_words(found: Labelled) -> list[Text]:
    """How was the file read? Sentences: the columns, the coding, and what was left out or settled."""
    lines = [_("{n:,} labelled texts.", n=len(found.posts)), *found.coding]
    if found.contradictory:
        said = _(
            "Texts with contradictory labels: {n:,}. They teach nothing where they disagree.", n=found.contradictory
        )
        lines.append(said)
    if found.repeats:
        lines.append(_("Rows that repeat an earlier text, folded into it: {n:,}.", n=found.repeats))
    if found.without_text:
        lines.append(_("Rows without text, left out: {n:,}.", n=found.without_text))
    return lines


def content(file: Path) -> bytes:
    """Which bytes does a file hold? Raises InputError where it cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise InputError(_("There is no file {file}.", file=str(file))) from error
    except OSError as error:
        raise InputError(_("{file} cannot be read: {reason}.", file=str(file), reason=error.strerror)) from error


def settled(rows: pd.DataFrame, coding: tuple[Text, ...], files: list[str] | list[Path]) -> Labelled:
    """What do these rows say of each text? Labels of one text that disagree are no label."""
    told = rows[rows["text"] != ""]
    if told.empty:
        names = [Path(file).name for file in files]
        raise InputError(_("The labelled files hold no text: {files}.", files=names))
    # A missing label neither contradicts another nor hides one.
    groups = told.where(told != "").groupby("text", sort=False)
    posts = groups.first().fillna("")
    disagree = groups[list(TASKS)].nunique() > 1
    posts[list(TASKS)] = posts[list(TASKS)].mask(disagree, "")
    posts = posts.reset_index().astype("str")[["text", *TASKS, "voice"]]
    contradictory = int(disagree.any(axis=1).sum())
    return Labelled(posts, coding, contradictory, len(told) - len(posts), len(rows) - len(told))


def rows_of(table: Table) -> tuple[pd.DataFrame, tuple[Text, ...]]:
    """Which text, labels and voice does each row carry, and how was that read?"""
    headers = [plain(header) for header in table.headers]
    text = next((headers.index(wanted) for wanted in TEXT_HEADERS if wanted in headers), None)
    columns = label_columns(table, headers)
    if text is None or not columns:
        raise InputError(lack(table, text is None))
    rows = pd.DataFrame({"text": table.cells[text].str.strip(), "topic": "", "sentiment": "", "voice": ""}, dtype="str")
    coding = [_("Text is read from {column}.", column=table.headers[text])]
    for task, at in columns.items():
        known, meaning = names_of(task, table.cells[at])
        refuse_unknown(table, at, known, task)
        rows[task] = plainly(table.cells[at]).map(known).fillna("").astype("str")
        coding.append(reading(task, table.headers[at], meaning))
    if "voice" in headers:
        rows["voice"] = table.cells[headers.index("voice")].str.strip()
    return rows, (*coding, *passed_over(table, headers, columns))


def lack(table: Table, of_text: bool) -> Text:
    """Which column is missing, and which are there?"""
    there = [header[:30] for header in table.headers[:30]]
    if of_text:
        names = ["text", "content", "review", "正文", "内容"]
        return _(
            "{file} has no column of texts ({names}). Its columns: {columns}.",
            file=table.name,
            names=names,
            columns=there,
        )
    names = ["topic", "sentiment", "label", "主题", "情感", "标签"]
    return _(
        "{file} holds no labels: it has no column of them ({names}). Its columns: {columns}.",
        file=table.name,
        names=names,
        columns=there,
    )


def reading(task: str, column: str, meaning: dict[int, Sentiment]) -> Text:
    """How was a column of labels read?"""
    if task == "topic":
        return _("Topics are read from {column}.", column=column)
    if not meaning:
        return _("Sentiments are read from {column}.", column=column)
    coding = tuple(_("{number} = {label}", number=number, label=tone.label) for number, tone in meaning.items())
    return _("Sentiments are read from {column}, taken as {coding}.", column=column, coding=coding)


def passed_over(table: Table, headers: list[str], columns: dict[str, int]) -> Iterator[Text]:
    """Which columns might have been meant as labels, and are not read?"""
    for at, header in enumerate(headers):
        if header in EITHER_HEADERS and at not in columns.values() and (table.cells[at].str.strip() != "").any():
            yield _("{column} was not read as labels.", column=table.headers[at])


def label_columns(table: Table, headers: list[str]) -> dict[str, int]:
    """Which column holds the labels of which task?

    A header that says its task goes first; one that may mean either is judged by the labels under it. Raises
    InputError where two columns could hold the same task.
    """
    either = [at for at, header in enumerate(headers) if header in EITHER_HEADERS]
    told = {at: task_of(table.cells[at]) for at in either}
    found = {}
    for task in TASKS:
        clear = [at for at, header in enumerate(headers) if header in HEADERS[task]]
        candidates = clear or [at for at in either if told[at] == task]
        if len(candidates) > 1:
            names = [table.headers[at] for at in candidates]
            said = _(
                "{file}: several columns could hold {task}: {columns}. Keep one.",
                task=task,
                columns=names,
                file=table.name,
            )
            raise InputError(said)
        if candidates:
            found[task] = candidates[0]
    if not found and either:  # none of its labels is known: the message that says so needs a task
        found["sentiment"] = either[0]
    return found


def task_of(cells: pd.Series) -> str:
    """Which task do most of these labels belong to? "" if none is known."""
    values = plainly(cells)
    known = {task: int(values.isin(list(names_of(task, cells)[0])).sum()) for task in TASKS}
    return max(known, key=lambda task: known[task]) if any(known.values()) else ""


def names_of(task: str, cells: pd.Series) -> tuple[dict[str, str], dict[int, Sentiment]]:
    """Which label does each plain name stand for, and which sentiment each number that occurs?"""
    if task == "topic":
        return topic_names(), {}
    written = {value: int(match[1]) for value in set(plainly(cells)) if (match := NUMBER.fullmatch(value))}
    scale = scale_of(set(written.values()))
    meaning = {number: tone for number, tone in scale.items() if number in written.values()}
    return TONES | {value: str(scale[n]) for value, n in written.items() if n in scale}, meaning


def scale_of(numbers: set[int]) -> dict[int, Sentiment]:
    """Which sentiment does each number stand for?

    -1/0/1 where -1 occurs, 0/1/2 where 0 and 2 do, else 0/1. (1 and 2 without 0 may as well be a count from
    1, with 1 as negative: then 2 is not known.)
    """
    if -1 in numbers:
        return {-1: Sentiment.NEGATIVE, 0: Sentiment.NEUTRAL, 1: Sentiment.POSITIVE}
    if {0, 2} <= numbers:
        return {0: Sentiment.NEGATIVE, 1: Sentiment.NEUTRAL, 2: Sentiment.POSITIVE}
    return {0: Sentiment.NEGATIVE, 1: Sentiment.POSITIVE}


@cache
def topic_names() -> dict[str, str]:
    """Which topic does each plain name stand for: its key, and its label in each language?"""
    return {
        plain(name): str(topic) for topic in Topic for name in (topic, *(topic.label.to(code) for code in LANGUAGES))
    }


def plainly(cells: pd.Series) -> pd.Series:
    """What is left of each cell? Labels are few, however many rows carry them."""
    return cells.map({cell: plain(cell) for cell in cells.unique()})


def refuse_unknown(table: Table, at: int, known: dict[str, str], task: str) -> None:
    """Are there labels that nobody knows? Then nothing of the file is taken."""
    cells = table.cells[at].str.strip()
    told = plainly(cells).isin(list(known))
    counts = cells[(cells != "") & ~told].value_counts()
    if counts.empty:
        return
    listed = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    topics = [_("{key} ({label})", key=str(topic), label=topic.label) for topic in Topic]
    either = plain(table.headers[at]) in EITHER_HEADERS and not told.any()
    raise InputError(
        _(
            "{file}: unknown labels in {task}: {unknown}. Known are: {known}.",
            file=table.name,
            task=table.headers[at],
            unknown=[f"{label[:30]} ×{n}" for label, n in listed[:NAMED]] + ["…"] * (len(listed) > NAMED),
            known=[*KNOWN_TONES, *topics] if either else topics if task == "topic" else KNOWN_TONES,
        )
    )
