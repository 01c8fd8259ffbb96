"""Which header of an export holds which column, and what tells it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from analysis.language import Text, _
from analysis.posts.content import Content, agrees, contents, objection, told
from analysis.posts.header import header_position as header_position
from analysis.posts.header import headerless as headerless
from analysis.posts.kinds import Kind
from analysis.posts.spelling import bare, named, not_ours, plain, similar
from analysis.posts.vendors import key, vendors
from analysis.schema import COLUMN_LABELS, COLUMNS, InputError

MAX_SHOWN = 40
TOLD = ("published_at", "url", "platform", "region", "text")
# Columns that may hold anything: a known name keeps them although its cells surprise, when nothing else is there.
ANYTHING = ("post_id", "platform", "author", "author_verified", "media_tier", "title", "text", "parent_id")


class How(StrEnum):
    """How is it known which header holds a column?"""

    CHOSEN = "chosen"
    PRESET = "preset"
    NAME = "name"
    SIMILAR = "similar"
    CONTENT = "content"


@dataclass(frozen=True)
class Evidence:
    """Which header holds a column, and why. `header`: "" when none does and `detail` says why not."""

    column: str
    header: str
    how: How
    detail: Text


def proposed(
    headers: Sequence[str], sample: Sequence[Sequence[str]], given: Mapping[str, str] | None = None
) -> tuple[Evidence, ...]:
    """Which header holds which column, and what tells it?

    `headers`: unique names. `sample`: some of the rows under them, at most 300 are looked at; without any
    nothing but names tells. `given`: canonical column -> header as the user chose it, "" = the file has none.

    In this order: the user's choice, the preset, known names, similar names whose cells agree, cells alone. A
    known name whose cells say otherwise gives way to the next that fits. One header serves one column, but
    media_tier may share the header of the author or the platform. In the order of `schema.COLUMNS`. Raises
    InputError as `checked` does.
    """
    found = {column: _chosen(column, header) for column, header in checked(headers, given or {}).items()}
    held = contents(headers, sample)
    preset = _preset(headers)
    refused = _by_name(headers, held, preset, found)
    if not preset.get("complete", False):
        _by_similar_name(held, found, refused)
        _by_content(held, found, refused)
    _kept_or_left(held, found, refused)
    return tuple(found[column.name] for column in COLUMNS if column.name in found)


def mapped(evidence: Sequence[Evidence]) -> dict[str, str]:
    """Which header is read for which column? Without the columns that no header holds."""
    return {item.column: item.header for item in evidence if item.header}


def guess(headers: Sequence[str]) -> dict[str, str]:
    """Which header is which column, judged by names alone?"""
    return mapped(proposed(headers, ()))


def checked(headers: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Does this mapping name columns of ours and headers of the file? Returns it with the file's spelling.

    Raises InputError for an unknown column, a header that the file lacks.
    """
    known = {key(header): header for header in reversed(headers)}
    answer = {}
    for column, header in given.items():
        if column not in COLUMN_LABELS:
            names = tuple(COLUMN_LABELS)
            raise InputError(_('There is no column "{column}". Use one of: {names}.', column=column, names=names))
        if header and header not in headers and key(header) not in known:
            raise InputError(
                _(
                    'The column "{header}", chosen for "{label}", is not in the file. '
                    "The file's columns: {columns}. Choose another on the Data page.",
                    header=header,
                    label=COLUMN_LABELS[column],
                    columns=shown(headers),
                )
            )
        answer[column] = header if header in headers or not header else known[key(header)]
    return answer


def required(headers: Sequence[str], chosen: Mapping[str, str]) -> None:
    """Are the columns there without which no post can be read: a time, and a text or a title?

    Raises InputError that lists the file's headers.
    """
    if "published_at" not in chosen:
        raise InputError(
            _(
                'No time column was found. The file\'s columns: {columns}. Choose one for "{label}" on the Data page.',
                columns=shown(headers),
                label=COLUMN_LABELS["published_at"],
            )
        )
    if "text" not in chosen and "title" not in chosen:
        raise InputError(
            _(
                'No text column was found. The file\'s columns: {columns}. Choose one for "{label}" on the Data page.',
                columns=shown(headers),
                label=COLUMN_LABELS["text"],
            )
        )


def preset_of(headers: Sequence[str]) -> str:
    """Which known export has these headers ("weibo-search", …)? "" when none has."""
    return str(_preset(headers).get("name", ""))


def signature(headers: Sequence[str]) -> str:
    """From which platform does an export with these headers come? "" when they do not tell."""
    return str(_preset(headers).get("platform", ""))


def fingerprint(headers: Sequence[str], kinds: Sequence[Kind] = ()) -> str:
    """By which key are the user's choices for exactly these headers kept? The same for the same headers in order.

    `kinds`: of the columns of a file without header, whose names are ours: then its width and kinds are the key.
    """
    parts = ("", "no header", str(len(headers)), *kinds) if kinds else headers
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def shown(headers: Sequence[str]) -> tuple[str, ...]:
    """How are a file's columns listed in a message? At most 40 of them, each of at most 40 characters."""
    short = tuple(header.strip()[:MAX_SHOWN] for header in headers if header.strip())
    return short if len(short) <= MAX_SHOWN else (*short[:MAX_SHOWN], "…")


def _chosen(column: str, header: str) -> Evidence:
    return Evidence(column, header, How.CHOSEN, _("chosen by you") if header else _("left out by you"))


def _preset(headers: Sequence[str]) -> Mapping[str, Any]:
    present = {plain(header) for header in headers} | {bare(header) for header in headers}
    for preset in vendors()["preset"]:
        wanted = ([name] if isinstance(name, str) else name for name in preset["headers"])
        if all(any(plain(name) in present for name in names) for names in wanted):
            return dict(preset)
    return {}


def _taken(found: Mapping[str, Evidence], column: str) -> set[str]:
    """A choice of the user's keeps its header to itself, also where columns may share one."""
    shared = vendors()["shared"]["columns"]
    others = [item for item in found.values() if item.column not in shared or item.how is How.CHOSEN]
    return {item.header for item in others if column not in shared or item.how is How.CHOSEN}


def _by_name(
    headers: Sequence[str], held: Mapping[str, Content], preset: Mapping[str, Any], found: dict[str, Evidence]
) -> dict[str, list[Evidence]]:
    """Adds what presets and known names tell; returns the names that were passed over, with the reason."""
    spelled = {name: header for header in reversed(headers) if (name := plain(header))}
    by_name = named(headers)
    refused: dict[str, list[Evidence]] = {}
    for column in (column.name for column in COLUMNS if column.name not in found):
        ours = spelled.get(plain(preset.get("columns", {}).get(column, "")), "")
        for header in dict.fromkeys([*([ours] if ours else []), *by_name.get(column, ())]):
            if header in _taken(found, column):
                continue
            how = How.PRESET if header == ours else How.NAME
            why = objection(column, held[header])
            if why is None:
                detail = _("known header")
                if how is How.PRESET:
                    detail = _("known from exports of {preset}", preset=preset["name"])
                found[column] = _instead(Evidence(column, header, how, detail), refused)
                break
            refused.setdefault(column, []).append(Evidence(column, header, how, why))
    return refused


def _by_similar_name(
    held: Mapping[str, Content], found: dict[str, Evidence], refused: Mapping[str, list[Evidence]]
) -> None:
    taken = {item.header for item in found.values()}
    near = [(header, *match) for header in held if header not in taken and (match := similar(header))]
    for header, column, name, score in sorted(near, key=lambda match: -match[3]):
        if column not in found and agrees(column, held[header]):
            detail = _('similar to "{name}" ({score})', name=name, score=f"{score:.2f}")
            found[column] = _instead(Evidence(column, header, How.SIMILAR, detail), refused)


def _by_content(held: Mapping[str, Content], found: dict[str, Evidence], refused: Mapping[str, list[Evidence]]) -> None:
    title = found.get("title")
    shortest = held[title.header].length if title and title.header else 0
    for column in (column for column in TOLD if column not in found):
        taken = {item.header for item in found.values()}
        free = {header: content for header, content in held.items() if header not in taken and not not_ours(header)}
        answer = told(column, free, shortest)
        if answer is not None:
            found[column] = _instead(Evidence(column, answer[0], How.CONTENT, answer[1]), refused)


def _instead(chosen: Evidence, refused: Mapping[str, list[Evidence]]) -> Evidence:
    """The evidence also says which header of the right name gave way, and why."""
    passed = refused.get(chosen.column)
    if not passed:
        return chosen
    return replace(chosen, detail=_("{detail}; {other}", detail=chosen.detail, other=_unused(passed[0])))


def _unused(refused: Evidence) -> Text:
    return _('"{header}" is not used: {why}', header=refused.header, why=refused.detail)


def _kept_or_left(
    held: Mapping[str, Content], found: dict[str, Evidence], refused: Mapping[str, list[Evidence]]
) -> None:
    """What no other header took: an empty or surprising column of that name where anything may stand, else nothing."""
    for column, passed in refused.items():
        if column in found:
            continue
        free = [item for item in passed if item.header not in _taken(found, column)]
        kept = [item for item in free if column in ANYTHING or not held[item.header].filled]
        if kept:
            detail = _("known header, but {why}", why=kept[0].detail)
            found[column] = Evidence(column, kept[0].header, kept[0].how, detail)
        elif free:
            found[column] = Evidence(column, "", free[0].how, _unused(free[0]))
