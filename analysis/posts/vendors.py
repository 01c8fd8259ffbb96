"""What do vendors.toml's lists say, and when are two names the same?"""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.language import Text, _
from analysis.schema import InputError

INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x1f\x7f]+")
IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
EXTENDED = ("headers", "platforms", "platforms_within", "media_tiers", "verified")
PRESET_KEYS = {"name": str, "platform": str, "headers": list, "columns": dict, "complete": bool}
LINE = re.compile(r"line (\d+)")


@cache
def vendors() -> dict[str, Any]:
    """Which headers and names are known? Those of vendors.toml, and before them those of the user's own file.

    YANPAN_VENDORS names the user's file; it is read once, when a name is first looked up. Treat the answer as
    read-only. Raises InputError as `extended` does.
    """
    with Path(__file__).with_name("vendors.toml").open("rb") as file:
        shipped = tomllib.load(file)
    own = os.environ.get("YANPAN_VENDORS")
    return extended(shipped, Path(own)) if own else shipped


def extended(shipped: Mapping[str, Any], own: Path) -> dict[str, Any]:
    """What do the lists say together with the user's own file? The user's names win.

    The file may hold [headers], [platforms], [platforms_within], [media_tiers], [verified] and [[preset]] as
    vendors.toml does. A name in it is taken out of every other list of that section. Raises InputError that
    names the file, the line and the remedy.
    """
    added = _loaded(own)
    _checked(added, shipped, own)
    merged = dict(shipped)
    for section in EXTENDED:
        merged[section] = _merged(shipped[section], added.get(section, {}))
    return merged | {"preset": [*added.get("preset", ()), *shipped["preset"]]}


@cache
def characters() -> dict[int, str]:
    """Which simplified character does each traditional one stand for? One for one, by OpenCC's table."""
    import opencc  # its dictionaries are loaded when a name is first compared, not with the program

    known = [chr(number) for block in IDEOGRAPHS for number in block]
    # Line breaks between them: OpenCC would read neighbours as a word.
    answers = opencc.OpenCC("t2s").convert("\n".join(known)).split("\n")
    return {ord(old): new for old, new in zip(known, answers, strict=True) if old != new}


def simplified(text: str) -> str:
    """How does this read in NFKC, lower case and simplified characters? Spaces at the ends go."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return (folded if folded.isascii() else folded.translate(characters())).strip()


def key(name: str) -> str:
    """By which key is a name looked up? Simplified, without spaces, BOM and invisible characters."""
    return INVISIBLE.sub("", simplified(name))


@cache
def lookup(section: str) -> dict[str, str]:
    """Which answer belongs to which key in a section such as "platforms"? The first list wins."""
    found: dict[str, str] = {}
    for answer, names in vendors()[section].items():
        for name in names:
            found.setdefault(key(name), answer)
    return found


def _merged(shipped: Mapping[str, list[str]], added: Mapping[str, list[str]]) -> dict[str, list[str]]:
    own = {key(name) for names in added.values() for name in names}
    kept = {answer: [name for name in names if key(name) not in own] for answer, names in shipped.items()}
    return {answer: [*added.get(answer, ()), *names] for answer, names in kept.items()}


def _loaded(own: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(own.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problem = _("it cannot be opened ({problem})", problem=error.strerror or "?")
        raise _refused(own, 0, problem) from error
    except UnicodeDecodeError as error:
        raise _refused(own, 0, _("it is not UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        found = LINE.search(str(error))
        line = int(found[1]) if found else len(own.read_text(encoding="utf-8-sig").splitlines())
        raise _refused(own, line, _("this is no TOML ({problem})", problem=str(error))) from error


def _checked(added: Mapping[str, Any], shipped: Mapping[str, Any], own: Path) -> None:
    for section, lists in added.items():
        if section == "preset":
            _presets_checked(lists, shipped, own)
            continue
        if section not in EXTENDED:
            sections = tuple(f"[{name}]" for name in EXTENDED)
            raise _refused(
                own,
                _line(own, section),
                _("[{section}] is unknown, use {sections} or [[preset]]", section=section, sections=sections),
            )
        for name, names in lists.items() if isinstance(lists, dict) else [(section, None)]:
            if name not in shipped[section]:
                problem = _(
                    '[{section}] has no "{name}", use {names}',
                    section=section,
                    name=name,
                    names=tuple(shipped[section]),
                )
                raise _refused(own, _line(own, name), problem)
            if not _are_names(names):
                problem = _('"{name}" must be a list of names such as ["甲", "乙"]', name=name)
                raise _refused(own, _line(own, name), problem)


def _presets_checked(presets: Any, shipped: Mapping[str, Any], own: Path) -> None:
    for preset in presets if isinstance(presets, list) else [presets]:
        whole = isinstance(preset, dict) and {"name", "headers"} <= set(preset) <= set(PRESET_KEYS)
        whole = whole and all(isinstance(preset[name], PRESET_KEYS[name]) for name in preset)
        whole = whole and preset.get("platform", "") in ("", *shipped["platforms"])
        whole = whole and set(preset.get("columns", ())) <= set(shipped["headers"])
        whole = whole and all(isinstance(name, str) or _are_names(name) for name in preset["headers"])
        whole = whole and _are_names(list(preset.get("columns", {}).values())) and bool(preset["headers"])
        if not whole:
            problem = _("a [[preset]] needs a name and headers, and may have a platform, [preset.columns] and complete")
            raise _refused(own, _line(own, "preset"), problem)


def _are_names(names: Any) -> bool:
    return isinstance(names, list) and all(isinstance(name, str) for name in names)


def _line(own: Path, name: str) -> int:
    lines = own.read_text(encoding="utf-8-sig").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if line.strip(" \t[\"'").startswith(name)), 1)


def _refused(own: Path, line: int, problem: Text) -> InputError:
    return InputError(
        _(
            "{name}, line {line}: {problem}. Correct the file, or unset YANPAN_VENDORS to do without it.",
            name=str(own),
            line=line,
            problem=problem,
        )
    )
