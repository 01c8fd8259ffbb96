"""How is a message shown in the reader's language?

Code writes English msgids through `_()`; a `Text` stays untranslated until somebody shows it, so
that no stage needs to know who reads. Catalogues are gettext .po files, read as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "locale"
LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
DEFAULT = "zh_CN"


@dataclass(frozen=True)
class Text:
    """A message that knows its values but not yet its language; `values` may hold further Texts."""

    msgid: str
    values: tuple[tuple[str, object], ...] = ()

    def to(self, language: str) -> str:
        """How does this read in `language` ("en" or "zh_CN")? A msgid without translation stays English."""
        shown = {name: show(value, language) for name, value in self.values}
        return translated(self.msgid, language).format(**shown) if shown else translated(self.msgid, language)

    def __str__(self) -> str:
        return self.to("en")


def _(msgid: str, **values: object) -> Text:
    """Which message is meant? `values` fill the {names} in the msgid when it is shown."""
    return Text(msgid, tuple(values.items()))


def show(value: object, language: str) -> object:
    """How is a value shown inside a message? Texts are translated, sequences joined, others untouched."""
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, (tuple, list)):
        return ("、" if language == "zh_CN" else ", ").join(str(show(item, language)) for item in value)
    return value


def translated(msgid: str, language: str) -> str:
    """What is this msgid in `language`?"""
    if language == "en":
        return msgid
    message = catalogue(language).get(msgid)
    return str(message.string) if message and message.string else msgid


@cache
def catalogue(language: str) -> Catalog:
    """Which translations are there? Reads locale/<language>/LC_MESSAGES/yanpan.po once."""
    with (LOCALE / language / "LC_MESSAGES" / "yanpan.po").open("rb") as file:
        return read_po(file, locale=language)


def nearest(locale: str | None) -> str:
    """Which of our languages serves a browser locale such as "zh-TW" or "en-GB"? Unknown: Chinese."""
    return "en" if locale and not locale.lower().startswith("zh") else DEFAULT
