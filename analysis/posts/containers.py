"""Which files does this upload hold? Archives are opened in memory, within limits, and never onto the disk."""

from __future__ import annotations

import gzip
import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from typing import IO

from analysis.language import _
from analysis.schema import InputError

ZIP, EMPTY_ZIP, GZIP, DIRECTORY_ENTRY = b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"PK\x01\x02"
OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
TAR, TAR_AT = b"ustar", 257
OFFICE = ("[Content_Types].xml", "xl/workbook.xml", "xl/workbook.bin", "word/document.xml", "content.xml")
OFFICE_STARTS = ("[Content_Types].xml", "_rels/", "docProps/", "xl/", "mimetype")
IGNORED = {"__macosx", "thumbs.db", "desktop.ini"}

FILES = 200
DIRECTORY_ENTRIES = 20_000
LARGEST = 2 * 2**30
FREELY = 100_000_000
RATIO = 200
CHUNK = 2**20
SHOWN = 150
DAMAGE = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, OSError, ValueError, NotImplementedError)


def unpacked(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """Which files does this hold? Name and content of each; a file that is no archive holds itself.

    The content decides, not the name. A ZIP's files are called "archive.zip/folder_entry.csv"; hidden ones
    and what macOS adds are left out. A workbook, a ZIP inside, counts as one file. Raises InputError for an
    archive that is empty, damaged, encrypted, of another kind, inside another one, or too large unpacked
    (2 GiB, or above 100 MB more than 200 times the archive).
    """
    if data.startswith((ZIP, EMPTY_ZIP)) and not _is_office(data):
        return _unzipped(name, data)
    if data.startswith(GZIP):
        content = _read(lambda: gzip.GzipFile(fileobj=io.BytesIO(data)), name, len(data), 0)
        _refuse_archive(name, content)
        return [(name, content)]
    if _is_other_archive(data):
        raise InputError(
            _(
                "{name} is an archive of a kind that is not read here. "
                "Unpack it and load the files, or pack them as ZIP.",
                name=name,
            )
        )
    return [(name, data)]


def _is_office(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(entry in archive.NameToInfo for entry in OFFICE)
    except DAMAGE:
        # A damaged workbook is told from a damaged archive by its first entry.
        length = int.from_bytes(data[26:28], "little")
        return data[30 : 30 + length].decode("cp437").startswith(OFFICE_STARTS)


def _is_other_archive(data: bytes) -> bool:
    return data.startswith(OTHER_ARCHIVES) or data[TAR_AT : TAR_AT + len(TAR)] == TAR


def _refuse_archive(name: str, content: bytes) -> None:
    is_zip = content.startswith((ZIP, EMPTY_ZIP)) and not _is_office(content)
    if is_zip or content.startswith(GZIP) or _is_other_archive(content):
        raise InputError(
            _("{name} is an archive inside an archive. Unpack the outer one and load what it holds.", name=name)
        )


def _unzipped(name: str, data: bytes) -> list[tuple[str, bytes]]:
    if data.count(DIRECTORY_ENTRY) > DIRECTORY_ENTRIES:
        raise _too_many(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE as error:
        raise _damaged(name) from error
    with archive:
        entries = [entry for entry in archive.infolist() if _is_wanted(entry)]
        if not entries:
            raise InputError(_("{name} is an archive without files. Pack the exports again.", name=name))
        if len(entries) > FILES:
            raise _too_many(name)
        return _contents(name, archive, entries, len(data))


def _contents(
    name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int
) -> list[tuple[str, bytes]]:
    found: dict[str, bytes] = {}
    size = 0
    for entry in entries:
        shown = _unused(f"{name}/{_safe(_entry_name(entry))}", found)
        if entry.flag_bits & 0x1:
            problem = _("{name} is encrypted. Unpack it with its password and load what it holds.", name=shown)
            raise InputError(problem)
        content = _read(lambda entry=entry: archive.open(entry), shown, packed, size)  # type: ignore[misc]
        _refuse_archive(shown, content)
        size += len(content)
        found[shown] = content
    return list(found.items())


def _read(opened: Callable[[], IO[bytes] | gzip.GzipFile], name: str, packed: int, already: int) -> bytes:
    """The content of one entry, counted while it is unpacked: what an archive says of its sizes may be a lie."""
    content = io.BytesIO()
    try:
        with opened() as stream:
            while chunk := stream.read(CHUNK):
                content.write(chunk)
                size = already + content.tell()
                if size > LARGEST or size > max(FREELY, RATIO * packed):
                    raise _too_large(name)
    except InputError:
        raise
    except DAMAGE as error:
        raise _damaged(name) from error
    return content.getvalue()


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    """A regular file that somebody put there: no folder, link, hidden file or leftover of a system."""
    mode = entry.external_attr >> 16
    parts = [part for part in _parts(entry.filename) if part not in (".", "..")]
    hidden = any(part.startswith(".") or part.lower() in IGNORED for part in parts)
    return bool(parts) and not entry.is_dir() and not stat.S_ISLNK(mode) and not hidden


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Without its UTF-8 mark a name was read as code page 437; Chinese systems wrote GBK, some tools UTF-8."""
    if entry.flag_bits & 0x800:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return entry.filename


def _parts(path: str) -> list[str]:
    return [part for part in re.split(r"[\\/]+", path) if part]


def _safe(path: str) -> str:
    """A name that is only shown: "../a/b.csv" is "a_b.csv", marks that steer a terminal or screen are "_"."""
    kept = "_".join(part for part in _parts(path) if part not in (".", ".."))
    plain = "".join("_" if unicodedata.category(sign)[0] == "C" or sign == ":" else sign for sign in kept)
    return plain if len(plain) <= SHOWN else "…" + plain[-SHOWN:]


def _unused(name: str, taken: dict[str, bytes]) -> str:
    number = 2
    shown = name
    while shown in taken:
        shown = f"{name} ({number})"
        number += 1
    return shown


def _too_many(name: str) -> InputError:
    return InputError(
        _("{name} holds more than {limit} files. Load it in several smaller archives.", name=name, limit=FILES)
    )


def _too_large(name: str) -> InputError:
    return InputError(
        _(
            "{name} is far larger unpacked than an export is: it was stopped at the limit. "
            "Unpack it, look at what it holds, and load the exports themselves.",
            name=name,
        )
    )


def _damaged(name: str) -> InputError:
    return InputError(
        _("{name} cannot be unpacked: the archive is damaged or incomplete. Load or pack it again.", name=name)
    )
