"""Which messages does the program use? Writes them into the catalogues, keeping what is translated.

    python locale/update.py

New messages stand with an empty translation, which a test refuses; messages no longer used go.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FOLDERS = ("analysis", "pages")
SAID = ("name", "text", "channel", "title", "parts", "checklist", "avoid")  # keys of the playbook that people read


def used() -> dict[str, list[tuple[str, int]]]:
    """Which msgids stand in the code and in the playbook, and where?"""
    found: dict[str, list[tuple[str, int]]] = {}
    for folder in FOLDERS:
        for file, line, message, _comments, _context in extract_from_dir(ROOT / folder, keywords={"_": None}):
            found.setdefault(str(message), []).append((f"{folder}/{Path(file).as_posix()}", line))
    for file, line, message, _comments, _context in extract_from_dir(
        ROOT, keywords={"_": None}, directory_filter=lambda path: Path(path) == ROOT
    ):
        found.setdefault(str(message), []).append((file, line))
    playbook = ROOT / "analysis" / "response" / "playbook.toml"
    with playbook.open("rb") as file:
        plan = tomllib.load(file)
    for entry in (entry for kind in ("task", "limit", "statement") for entry in plan.get(kind, [])):
        for told in (entry[key] for key in SAID if key in entry):
            for message in told if isinstance(told, list) else [told]:
                found.setdefault(message, []).append(("analysis/response/playbook.toml", 1))
    return found


def catalogue(language: str) -> Path:
    """Where does a language's catalogue lie?"""
    return Path(__file__).parent / language / "LC_MESSAGES" / "yanpan.po"


def update(language: str) -> int:
    """How many messages of a language still want a translation? Writes its catalogue."""
    path = catalogue(language)
    known = {}
    if path.exists():
        with path.open("rb") as file:
            known = {str(message.id): message.string for message in read_po(file) if message.id}
    new = Catalog(locale=language, project="Yanpan", version="0.1", charset="utf-8", fuzzy=False)
    new.revision_date = new.creation_date
    for msgid, places in sorted(used().items()):
        files = sorted({(file, None) for file, _line in places})
        new.add(msgid, known.get(msgid, ""), locations=files)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=0, omit_header=False)
    return sum(not message.string for message in new if message.id)


if __name__ == "__main__":
    print(update("zh_CN"), "messages want a translation")
