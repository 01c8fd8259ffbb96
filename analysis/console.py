"""What do the commands share: how files are read, profiles chosen, and answers printed?"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from analysis.classify.correct import corrected
from analysis.classify.model import Model
from analysis.classify.train import current_model
from analysis.dataset import default_as_of
from analysis.language import DEFAULT, Text, _
from analysis.posts.read import Choices, Reading, read_many
from analysis.posts.report import ImportReport
from analysis.response.profile import Profile, from_toml
from analysis.schema import TIMEZONE, InputError
from analysis.workspace.corrections import corrections
from analysis.workspace.places import corpus_files, model_path, store_url
from analysis.workspace.store import open_store

LANGUAGE = "en" if os.environ.get("YANPAN_LANGUAGE", DEFAULT).startswith("en") else DEFAULT


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong with a call."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def failed(message: str, code: int) -> int:
    """How does a command say that it failed? One line on stderr."""
    print(" ".join(message.split()), file=sys.stderr)
    return code


def say(text: Text) -> str:
    """How does a message read in the console's language (YANPAN_LANGUAGE)?"""
    return text.to(LANGUAGE)


def looked_from(read: Reading, told: str | None = None) -> pd.Timestamp:
    """As of which time is it to be said? The latest post, if no time is told."""
    return moment(told) if told is not None else default_as_of(read.posts, now())


def chosen_profile(options: argparse.Namespace) -> Profile:
    """Which profile is asked for? The shipped one if none is."""
    return from_toml(text_of(options.profile)) if options.profile else Profile()


def read_files(options: argparse.Namespace, personal: bool = False) -> Reading:
    """Which posts are in these files? Received when the newest of them was last changed."""
    data = [(file.name, bytes_of(file)) for file in options.files]
    columns = dict(column.partition("=")[::2] for column in options.column)
    changed = [file.stat().st_mtime for file in options.files]
    received = pd.Timestamp(max(changed), unit="s", tz=TIMEZONE)
    chosen = {name: Choices(columns, options.encoding) for name, _data in data}
    return read_many(data, received, chosen, personal=personal)


def bytes_of(path: Path) -> bytes:
    """What does a file hold? Raises InputError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(_("{file} cannot be read: {reason}.", file=str(path), reason=error.strerror)) from error


def shipped_model() -> Model:
    """Which classifier serves? The desk's own: trained anew when the corpus has changed, moved by its corrections."""
    store = open_store(store_url())
    return corrected(current_model(model_path(), corpus_files(), tell), corrections(store))


def tell(share: float, text: Text) -> None:
    """How is progress shown on a console? On stderr, a line a step."""
    print(f"{share:.0%} {text.to(LANGUAGE)}", file=sys.stderr)


def text_of(path: Path) -> str:
    """What does a text file hold? Raises InputError if it is not there or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(_("{file} cannot be read: {reason}.", file=str(path), reason=str(error))) from error


def moment(text: str) -> pd.Timestamp:
    """Which time does an ISO text mean? Naive times are Asia/Shanghai."""
    try:
        time = pd.Timestamp(text)
        if pd.isna(time):
            raise ValueError(text)
        return time.tz_localize(TIMEZONE) if time.tzinfo is None else time.tz_convert(TIMEZONE)
    except (ValueError, TypeError) as error:
        raise InputError(_("--as-of needs an ISO time like 2025-10-08T20:00. Got {text}.", text=text)) from error


def now() -> pd.Timestamp:
    """What time is it at the hospital?"""
    return pd.Timestamp.now(tz=TIMEZONE)


def print_report(report: ImportReport) -> None:
    """How does an import report read in a terminal?"""
    found = report.as_json(LANGUAGE)
    for key, value in found.items():
        print(f"{key}: {json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value}")


def show_json(value: Any) -> None:
    """How is JSON printed? As readable UTF-8, or escaped where the console speaks another encoding."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not utf8, indent=2))
