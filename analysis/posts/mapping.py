"""Which header of an export holds which column?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256

from analysis.language import _
from analysis.posts.vendors import key, vendors
from analysis.schema import COLUMN_LABELS, COLUMNS, InputError

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
MAX_SHOWN = 40
HEADER_SEARCH_ROWS = 10


def guess(headers: Sequence[str]) -> dict[str, str]:
    """Which header is which column, judged by vendors.toml?

    Returns canonical column -> header as it stands in the file, in the order of `schema.COLUMNS`; a
    column without a known header is left out. A header serves one column, but media_tier may share
    the header of the author or the platform (a medium's name shows its tier).
    """
    known = _by_key(headers)
    shared = set(vendors()["shared"]["columns"])
    taken: set[str] = set()
    found: dict[str, str] = {}
    for column in COLUMNS:
        blocked = set() if column.name in shared else taken
        names = (known.get(name) for name in _known_headers(column.name))
        header = next((name for name in names if name is not None and name not in blocked), None)
        if header is not None:
            found[column.name] = header
            taken |= set() if column.name in shared else {header}
    return found


def resolved(headers: Sequence[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which header is which column, when the user's choices go first?

    `given` maps canonical columns to headers; "" means that the file has no such column. What it does
    not name is guessed from the headers it leaves. Raises InputError as `checked` does.
    """
    choice = checked(headers, given or {})
    guessed = guess([header for header in headers if header not in choice.values()])
    both = guessed | choice
    return {column.name: both[column.name] for column in COLUMNS if both.get(column.name)}


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


def header_position(rows: Sequence[Sequence[str]], given: Mapping[str, str] | None = None) -> int | None:
    """Which of the first rows is the header? None when none is: exports may carry a heading above it."""
    wanted = {key(header) for header in (given or {}).values() if header}
    for position, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        if wanted and wanted <= {key(cell) for cell in row}:
            return position
        found = guess(row)
        if "published_at" in found and ("text" in found or "title" in found):
            return position
    return None


def signature(headers: Sequence[str]) -> str:
    """From which platform does an export with these headers come? "" when they do not tell."""
    present = {key(header) for header in headers}
    for known in vendors()["signature"]:
        if {key(header) for header in known["headers"]} <= present:
            return str(known["platform"])
    return ""


def fingerprint(headers: Sequence[str]) -> str:
    """By which key are the user's choices for exactly these headers kept? The same for the same headers in order."""
    return sha256("\x1f".join(headers).encode("utf-8", "surrogatepass")).hexdigest()


def shown(headers: Sequence[str]) -> tuple[str, ...]:
    """How are a file's columns listed in a message? At most 40 of them, each of at most 40 characters."""
    short = tuple(header.strip()[:MAX_SHOWN] for header in headers if header.strip())
    return short if len(short) <= MAX_SHOWN else (*short[:MAX_SHOWN], "…")


@cache
def _known_headers(column: str) -> tuple[str, ...]:
    return tuple(key(header) for header in vendors()["headers"][column])


def _by_key(headers: Sequence[str]) -> dict[str, str]:
    """Exact names come before names with a remark in brackets and before either side of a slash."""
    found: dict[str, str] = {}
    for header in headers:
        found.setdefault(key(header), header)
    for header in headers:
        bare = BRACKETS.sub("", key(header))
        for part in (bare, *bare.split("/")):
            found.setdefault(part, header)
    found.pop("", None)
    return found
