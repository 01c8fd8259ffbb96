"""What stands on this hospital's papers, and in which templates of its own does it write? As this desk keeps them."""

from __future__ import annotations

import base64
from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import Engine

from analysis.language import _
from analysis.report.papers.house import House, checked, ready_logo
from analysis.report.papers.safe import file_name
from analysis.schema import InputError
from analysis.workspace import store as records

KIND, KEY, TEMPLATES = "house", "desk", "template"
MOST = 20  # templates
LARGEST = 20 * 2**20  # bytes of a template


def house(store: Engine) -> House:
    """Whose papers are these? House() where nothing was set. Raises InputError if what was kept reads no longer."""
    kept = records.load(store, KIND, KEY)
    try:
        return House() if kept is None else checked(read(kept))
    except (ValueError, TypeError, AttributeError) as error:  # InputError, a colour that is none, and base64 too
        raise InputError(
            _("The hospital's name, logo and colours that were kept no longer read. Set them anew on the Reports page.")
        ) from error


def read(kept: Any) -> House:
    """Which house does a record hold? Raises ValueError, TypeError or AttributeError for what is none."""
    if set(kept) != {part.name for part in fields(House)}:
        raise ValueError(sorted(kept))
    return House(**{**kept, "logo": base64.b64decode(kept["logo"], validate=True)})


def save_house(store: Engine, house: House) -> None:
    """How is it kept whose papers these are? Checked; raises InputError for what cannot stand on paper."""
    logo = ready_logo(house.logo) if house.logo else b""
    told = asdict(checked(replace(house, logo=logo)))
    records.save(store, KIND, KEY, {**told, "logo": base64.b64encode(logo).decode()})


def templates(store: Engine) -> list[str]:
    """Which templates of one's own are kept? Their names, which end in .docx, in alphabetical order."""
    return records.keys(store, TEMPLATES)


def template(store: Engine, name: str) -> bytes:
    """Which document is the template of this name? Raises InputError if none is kept, or it reads no longer."""
    kept = records.load(store, TEMPLATES, name)
    if kept is None:
        raise InputError(_("No template {name} is kept on this desk.", name=name[:80]))
    try:
        return base64.b64decode(kept, validate=True)
    except (ValueError, TypeError) as error:
        raise InputError(_("The template {name} no longer reads. Hand it in again.", name=name[:80])) from error


def save_template(store: Engine, name: str, data: bytes) -> None:
    """How is a template kept? Under a name that every system takes, instead of the one of that name; its words are
    not looked at. Raises InputError for one of more than 20 MB, and for more than 20 templates."""
    if len(data) > LARGEST:
        words = {"size": len(data) / 2**20, "most": LARGEST // 2**20}
        raise InputError(_("The template has {size:.1f} MB. At most {most} MB: take pictures out of it.", **words))
    called = template_name(name)
    there = templates(store)
    if called not in there and len(there) >= MOST:
        raise InputError(_("{n} templates are kept already. Remove one that is not used any more.", n=MOST))
    records.save(store, TEMPLATES, called, base64.b64encode(data).decode())


def template_name(name: str) -> str:
    """Under which name is a template kept that came as a file of this name?"""
    return file_name((name[:-5] if name.lower().endswith(".docx") else name,), "docx")


def delete_template(store: Engine, name: str) -> None:
    """How is a template given up? Nothing happens if there was none."""
    records.delete(store, TEMPLATES, name)
