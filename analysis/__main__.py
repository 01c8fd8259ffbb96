"""The command line: the same functions as the pages, for cron, scripts and tests.

Errors are one line on stderr; exit 2 for bad input, 1 for anything else.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from analysis.classify.correct import corrected
from analysis.classify.evaluate import BASELINES, evaluate
from analysis.classify.labelled import Labelled, labelled_files
from analysis.classify.labelled import in_words as label_words
from analysis.classify.model import Model, corpus_hash, load, save
from analysis.classify.predict import ENGINES, annotate
from analysis.classify.train import current_model, train
from analysis.dataset import default_as_of, with_events
from analysis.language import DEFAULT, Text, _
from analysis.pipeline import brief, brief_counts, told_events
from analysis.posts.about import matched_terms
from analysis.posts.clean import text_keys
from analysis.posts.encoding import ENCODINGS
from analysis.posts.export import masked, writable, written
from analysis.posts.read import Choices, Reading, read_many
from analysis.posts.report import ImportReport, aside_rows
from analysis.report.briefing import as_json, in_words
from analysis.report.evaluation import figure_words
from analysis.report.events_json import events_json, events_words
from analysis.report.reach_tables import iso
from analysis.response.profile import Profile, from_toml
from analysis.schema import TIMEZONE, InputError
from analysis.workspace.corrections import corrections
from analysis.workspace.places import CORPUS, corpus_files, model_path, store_url
from analysis.workspace.store import open_store

LANGUAGE = "en" if os.environ.get("YANPAN_LANGUAGE", DEFAULT).startswith("en") else DEFAULT


def main(arguments: list[str] | None = None) -> int:
    """What does a command answer? Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a GBK console must not end a report at an emoji
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except InputError as error:
        return failed(error.text.to(LANGUAGE), 2)
    except KeyboardInterrupt:
        return failed(_("Stopped.").to(LANGUAGE), 1)
    except Exception as error:  # the contract of the command line: one line, whatever happens
        return failed(f"{type(error).__name__}: {error}", 1)
    return 0


def failed(message: str, code: int) -> int:
    """How does a command say that it failed? One line on stderr."""
    print(" ".join(message.split()), file=sys.stderr)
    return code


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong with a call."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """Which commands and options are there?"""
    top = Parser(prog="python -m analysis", description=say(_("A public-opinion desk for hospitals")))
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Any, text: Text, files: Text) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text.to(LANGUAGE), description=text.to(LANGUAGE))
        sub.add_argument("files", nargs="+", type=Path, metavar="FILE", help=files.to(LANGUAGE))
        sub.set_defaults(run=run)
        return sub

    def exports(name: str, run: Any, text: Text) -> argparse.ArgumentParser:
        file = _("a post export: CSV, TSV, XLSX, XLS, JSON, JSON lines, Parquet, or a .zip or .gz of those")
        sub = command(name, run, text, file)
        sub.add_argument("--encoding", choices=ENCODINGS, default="", help=say(_("read text files in this encoding")))
        sub.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="NAME=HEADER",
            help=say(_("read this column from this header; nothing after = means that there is none")),
        )
        return sub

    labelled = _("a CSV of labelled texts: text, topic, sentiment, or a common public layout")
    sub = exports("read", run_read, _("Read post exports and report what was found"))
    sub.add_argument("-o", type=Path, metavar="OUT.parquet", help=say(_("write the canonical posts here")))
    sub.add_argument("--json", action="store_true", help=say(_("print the report as JSON")))
    sub = exports("annotate", run_annotate, _("Add topic and sentiment to each post"))
    sub.add_argument("-o", type=Path, required=True, metavar="OUT", help=say(_("write here: .csv or .parquet")))
    sub.add_argument("--engine", choices=list(ENGINES), default="model", help=say(_("what decides the sentiment")))
    sub.add_argument("--profile", type=Path, metavar="P.toml", help=say(_("whose names tell which posts are about us")))
    sub = exports("brief", run_brief, _("Say level, reasons, margins, clocks and tasks"))
    sub.add_argument("--as-of", metavar="ISO", help=say(_("look from this time (naive: Asia/Shanghai)")))
    sub.add_argument("--profile", type=Path, metavar="P.toml", help=say(_("use these thresholds")))
    sub.add_argument("--json", action="store_true", help=say(_("print the briefing as JSON")))
    sub = exports("events", run_events, _("Say which events there are, how grave each is, and what it is about"))
    sub.add_argument("--as-of", metavar="ISO", help=say(_("look from this time (naive: Asia/Shanghai)")))
    sub.add_argument("--profile", type=Path, metavar="P.toml", help=say(_("use these thresholds")))
    sub.add_argument("--json", action="store_true", help=say(_("print the events as JSON")))
    sub = command("train", run_train, _("Train the classifier from labelled posts"), labelled)
    sub.add_argument("-o", type=Path, required=True, metavar="MODEL", help=say(_("write the model here")))
    sub = command("evaluate", run_evaluate, _("Measure the classifier on labelled posts"), labelled)
    sub.add_argument("--model", type=Path, metavar="M", help=say(_("measure this model instead of the shipped one")))
    sub.add_argument("--baseline", choices=BASELINES, help=say(_("measure this beside it")))
    sub.add_argument("--json", action="store_true", help=say(_("print the figures as JSON")))
    return top


def say(text: Text) -> str:
    """How does a message read in the console's language (YANPAN_LANGUAGE)?"""
    return text.to(LANGUAGE)


def run_read(options: argparse.Namespace) -> None:
    """What does `read` do? Reports on the files, and keeps the canonical posts if asked to."""
    if options.o:
        writable(options.o, (".parquet",))
    read = read_files(options, personal=True)
    if options.o:
        written(masked(read.posts), options.o)
        aside = aside_rows(read.reports, LANGUAGE)
        for name, rows in (("set_aside.csv", aside), ("history.parquet", read.history)):
            if len(rows):
                written(rows, options.o.with_suffix(f".{name}"))
    reports = read.reports
    found = [report.as_json(LANGUAGE) for report in reports]
    if options.json:
        show_json(found[0] if len(found) == 1 else found)
        return
    for report in reports:
        print_report(report)


def run_annotate(options: argparse.Namespace) -> None:
    """What does `annotate` do? Writes the posts with topic, sentiment, text_key and event_id."""
    writable(options.o, (".csv", ".parquet"))
    profile = chosen_profile(options)
    posts = read_files(options).posts
    told = annotate(posts, shipped_model(), options.engine).assign(text_key=text_keys(posts["text"]))
    terms = matched_terms(posts, profile.about, profile.not_about)
    ours = (terms != "") | (not profile.about)
    told = told.assign(about_us=ours, about_terms=terms, event_id=with_events(told[ours])[0]["event_id"])
    told = told.fillna({"event_id": ""})
    written(masked(told), options.o)


def run_brief(options: argparse.Namespace) -> None:
    """What does `brief` do? The whole path, as of a time."""
    profile = chosen_profile(options)
    read = read_files(options)
    briefing = brief(read.posts, shipped_model(), profile, looked_from(options, read), read.history)
    if options.json:
        show_json(as_json(briefing, read.reports, LANGUAGE))
        return
    for line in in_words(briefing):
        print(line.to(LANGUAGE))


def run_events(options: argparse.Namespace) -> None:
    """What does `events` do? Finds and describes them, as of a time."""
    profile = chosen_profile(options)
    read = read_files(options)
    told, briefing = brief_counts(read.posts, shipped_model(), profile, looked_from(options, read), read.history)
    events = told_events(told, briefing)
    if options.json:
        show_json({"as_of": iso(briefing.as_of), "events": events_json(events, profile, LANGUAGE)})
        return
    for line in events_words(events, briefing):
        print(line.to(LANGUAGE))


def looked_from(options: argparse.Namespace, read: Reading) -> pd.Timestamp:
    """As of which time is it to be said? The latest post, if no time is given."""
    return moment(options.as_of) if options.as_of is not None else default_as_of(read.posts, now())


def run_train(options: argparse.Namespace) -> None:
    """What does `train` do? Learns from labelled posts and writes the model.

    The shipped corpus brings its list of topic words along, so that this makes the shipped model.
    """
    files = CORPUS if [file.resolve() for file in options.files] == [CORPUS[0]] else options.files
    save(train(taught(labelled_files(files)), corpus_hash(files), tell), options.o)


def run_evaluate(options: argparse.Namespace) -> None:
    """What does `evaluate` do? Prints how right and how fast the model is."""
    labelled = labelled_files(options.files)
    model = load(options.model) if options.model else shipped_model()
    found = evaluate(taught(labelled), model, options.baseline)
    if options.json:
        show_json(found)
        return
    for line in figure_words(found):
        print(line.to(LANGUAGE))


def taught(labelled: Labelled) -> pd.DataFrame:
    """Which labelled posts are these? What had to be settled in their files is said on stderr."""
    named = all(dict(text.values).get("column") in ("text", "topic", "sentiment") for text in labelled.coding)
    if labelled.contradictory or labelled.repeats or labelled.without_text or not named:
        for line in label_words(labelled):
            print(line.to(LANGUAGE), file=sys.stderr)
    return labelled.posts


def chosen_profile(options: argparse.Namespace) -> Profile:
    """Which profile is asked for? The shipped one if none is."""
    return from_toml(text_of(options.profile)) if options.profile else Profile()


def read_files(options: argparse.Namespace, personal: bool = False) -> Reading:
    """Which posts are in these files? Received when the newest of them was last changed."""
    data, changed = [], []
    columns = dict(column.partition("=")[::2] for column in options.column)
    for file in options.files:
        try:
            data.append((file.name, file.read_bytes()))
            changed.append(file.stat().st_mtime)
        except OSError as error:
            raise InputError(_("{file} cannot be read: {reason}.", file=str(file), reason=error.strerror)) from error
    received = pd.Timestamp(max(changed), unit="s", tz=TIMEZONE)
    chosen = {name: Choices(columns, options.encoding) for name, _data in data}
    return read_many(data, received, chosen, personal=personal)


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


if __name__ == "__main__":
    sys.exit(main())
