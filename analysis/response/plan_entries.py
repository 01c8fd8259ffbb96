"""Is an entry of a playbook as it must be? Every refusal names the entry by number, and the key."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

from analysis.language import LANGUAGES, Text, _, translated
from analysis.response.plan import ALARMED, FAMILIES, GROUPS, NUMBERS, OWN, STEPS, Kind, Limit, Skeleton, Task
from analysis.schema import InputError, Level, Topic

SHIPPED = Path(__file__).with_name("playbook.toml")
KEY = re.compile(r"[\w-]{1,40}")
MOST_HOURS, LONGEST_TEXT, MOST_TEXTS = 8760, 2000, 50
NEEDED = {
    "task": ("key", "step", "levels", "hours", "group", "channel", "text"),
    "limit": ("name", "hours", "from", "levels", "source"),
    "statement": ("key", "kind", "levels", "title", "parts", "checklist", "avoid"),
}
OPTIONAL: dict[str, tuple[str, ...]] = {"task": ("checklist", "legal_review"), "limit": (), "statement": ()}
EITHER = ("family", "topics")
READ_BY_PEOPLE = ("name", "text", "channel", "title", "parts", "checklist", "avoid")


class Place(NamedTuple):
    """Which entry is meant: the third [[task]]."""

    kind: str
    number: int


def read_task(number: int, entry: dict[str, Any]) -> Task:
    """Which task does this entry describe?"""
    place = Place("task", number)
    refuse_keys(place, entry)
    return Task(
        key=key(place, entry["key"]),
        step=one_of(place, "step", entry["step"], STEPS),
        levels=levels(place, entry["levels"], tuple(Level)),
        topics=topics(place, entry),
        hours=hours(place, entry["hours"]),
        group=one_of(place, "group", entry["group"], GROUPS),
        channel=text(place, "channel", entry["channel"]),
        text=text(place, "text", entry["text"]),
        checklist=texts(place, "checklist", entry.get("checklist", [])),
        legal_review=one_of(place, "legal_review", entry.get("legal_review", False), (True, False)),
    )


def read_limit(number: int, entry: dict[str, Any]) -> Limit:
    """Which time limit of the hospital's own does this entry describe?"""
    place = Place("limit", number)
    refuse_keys(place, entry)
    return Limit(
        name=text(place, "name", entry["name"]),
        hours=hours(place, entry["hours"]),
        source=plain(place, "source", entry["source"]),
        force=OWN,
        levels=levels(place, entry["levels"], ALARMED),
        topics=topics(place, entry),
        from_discovery=one_of(place, "from", entry["from"], ("onset", "discovery")) == "discovery",
    )


def read_statement(number: int, entry: dict[str, Any]) -> Skeleton:
    """Which skeleton of a statement does this entry describe?"""
    place = Place("statement", number)
    refuse_keys(place, entry)
    kind = Kind(one_of(place, "kind", entry["kind"], [str(kind) for kind in Kind]))
    found = texts(place, "parts", entry["parts"], kind)
    if not found:
        raise wrong(place, "parts", _("must hold at least one text."))
    return Skeleton(
        key=key(place, entry["key"]),
        kind=kind,
        levels=levels(place, entry["levels"], ALARMED),
        topics=topics(place, entry),
        title=text(place, "title", entry["title"], kind),
        parts=found,
        checklist=texts(place, "checklist", entry["checklist"]),
        avoid=texts(place, "avoid", entry["avoid"]),
    )


def wrong(place: Place, key: str, reason: Text) -> InputError:
    """Which error says what is wrong with one key of one entry?"""
    words = {"kind": place.kind, "number": place.number, "key": key[:40], "reason": reason}
    return InputError(_("[[{kind}]] number {number}, key {key}: {reason}", **words))


def refuse_keys(place: Place, entry: dict[str, Any]) -> None:
    """Are all keys there, and no other? Of `family` and `topics` there must be one."""
    known = (*NEEDED[place.kind], *OPTIONAL[place.kind], *EITHER)
    for name in sorted(set(entry) - set(known)):
        raise wrong(place, name, _("is not known. Remove it, or write one of {known}.", known=list(known)))
    for name in NEEDED[place.kind]:
        if name not in entry:
            raise wrong(place, name, _("is missing. Add it."))
    if len(set(EITHER) & set(entry)) != 1:
        raise wrong(place, "family", _("write either family or topics, and one of them must be there."))


def key(place: Place, value: object) -> str:
    """Is this a key: 1 to 40 letters, digits, - or _?"""
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise wrong(place, "key", _("must be 1 to 40 letters, digits, - or _. Got {value}.", value=told(value)))
    return value


def one_of(place: Place, key: str, value: Any, known: Collection[Any]) -> Any:
    """Is this one of the known values? Of the same type, too: 1.0 is no step, 1 no switch."""
    if not any(type(value) is type(other) and value == other for other in known):
        names = [str(other).lower() if isinstance(other, bool) else str(other) for other in known]
        raise wrong(place, key, _("must be one of {known}. Got {value}.", known=names, value=told(value)))
    return value


def named(place: Place, key: str, value: object, known: list[str]) -> set[str]:
    """Is this a list of known names, at least one?"""
    if not isinstance(value, list) or not value:
        raise wrong(place, key, _("must be a list of some of {known}. Got {value}.", known=known, value=told(value)))
    return {one_of(place, key, name, known) for name in value}


def levels(place: Place, value: object, known: tuple[Level, ...]) -> tuple[Level, ...]:
    """Which levels are these? Mildest first, each once."""
    return tuple(sorted(Level[name] for name in named(place, "levels", value, [level.name for level in known])))


def topics(place: Place, entry: dict[str, Any]) -> frozenset[Topic]:
    """Which topics are meant: a family, or some by name?"""
    if "family" in entry:
        return FAMILIES[one_of(place, "family", entry["family"], FAMILIES)]
    return frozenset(Topic(name) for name in named(place, "topics", entry["topics"], list(map(str, Topic))))


def hours(place: Place, value: object) -> float:
    """Is this a number of hours, 0 to 8760 (a year)?"""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MOST_HOURS:
        words = {"most": MOST_HOURS, "value": told(value)}
        raise wrong(place, "hours", _("must be a number from 0 to {most}. Got {value}.", **words))
    return float(value)


def texts(place: Place, key: str, value: object, kind: Kind | None = None) -> tuple[Text, ...]:
    """Are these texts, at most 50?"""
    if not isinstance(value, list) or len(value) > MOST_TEXTS:
        words = {"most": MOST_TEXTS, "value": told(value)}
        raise wrong(place, key, _("must be a list of at most {most} texts. Got {value}.", **words))
    return tuple(text(place, key, item, kind) for item in value)


def text(place: Place, key: str, value: object, kind: Kind | None = None) -> Text:
    """Which message is this? One of the shipped plan, else a text that reads the same in every language.

    kind: of a statement, whose title and parts may leave numbers to the desk.
    """
    said = plain(place, key, value)
    if kind is not None and fields(place, key, said, kind):
        return Text(shipped_words().get(said, said))
    return Text(shipped_words()[said]) if said in shipped_words() else Text("{text}", (("text", said),))


def plain(place: Place, key: str, value: object) -> str:
    """Is this text? Without the signs that nobody sees, and the blanks around it."""
    if not isinstance(value, str):
        raise wrong(place, key, _("must be text. Got {value}.", value=told(value)))
    said = "".join(sign for sign in value if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf")).strip()
    if not said or len(said) > LONGEST_TEXT:
        words = {"most": LONGEST_TEXT, "length": len(said)}
        raise wrong(place, key, _("must be text of 1 to {most:,} characters. Got {length:,}.", **words))
    return said


def fields(place: Place, key: str, said: str, kind: Kind) -> list[str]:
    """Which numbers does a text leave to the desk? Raises InputError for others, and for any in a public statement."""
    try:
        parts = [(name, form, turn) for _literal, name, form, turn in Formatter().parse(said) if name is not None]
    except ValueError as error:
        raise wrong(place, key, _("a brace stands alone. Write {example}, or no brace.", example="{posts}")) from error
    if parts and kind == Kind.PUBLIC:
        raise wrong(place, key, _("a public statement holds no numbers of the desk. Write ____ where one is needed."))
    for name, form, turn in parts:
        if name not in NUMBERS or form or turn:
            known = [f"{{{number}}}" for number in NUMBERS]
            reason = _("{value} is not known. Known are: {known}.", value=f"{{{name}}}"[:40], known=known)
            raise wrong(place, key, reason)
    return [name for name, _form, _turn in parts]


def told(value: object) -> str:
    """How is a wrong value shown? Cut short; "…" for a whole number that is too long to be written."""
    try:
        return repr(value)[:40]
    except ValueError:
        return "…"


@cache
def shipped_words() -> dict[str, str]:
    """Which texts stand in the shipped plan? Text in any language → msgid."""
    msgids: list[str] = []
    for entries in tomllib.loads(SHIPPED.read_text(encoding="utf-8")).values():
        for entry in entries if isinstance(entries, list) else []:
            for name in READ_BY_PEOPLE:
                value = entry.get(name, [])
                msgids += value if isinstance(value, list) else [value]
    return {translated(msgid, language): msgid for language in LANGUAGES for msgid in msgids}


def refuse_unknown(unknown: set[str]) -> None:
    """Are there tables that no playbook has? Raises InputError that names them."""
    if unknown:
        names = [name[:40] for name in sorted(unknown)][:10]
        raise InputError(_("Unknown in the playbook: {keys}. Remove it.", keys=names))
