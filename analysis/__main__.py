"""The command line: the same functions as the pages, for cron, scripts and tests.

Errors are one line on stderr; exit 2 for bad input, 1 for anything else.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.backtesting import backtested
from analysis.classify.evaluate import BASELINES, evaluate
from analysis.classify.labelled import Labelled, labelled_files
from analysis.classify.labelled import in_words as label_words
from analysis.classify.model import corpus_hash, load, save
from analysis.classify.predict import ENGINES, annotate
from analysis.classify.train import train
from analysis.console import (
    LANGUAGE,
    Parser,
    bytes_of,
    chosen_profile,
    failed,
    looked_from,
    print_report,
    read_files,
    say,
    shipped_model,
    show_json,
    tell,
)
from analysis.dataset import with_events, with_media
from analysis.language import Text, _
from analysis.pipeline import brief, brief_counts, told_events
from analysis.posts.about import matched_terms
from analysis.posts.clean import text_keys
from analysis.posts.encoding import ENCODINGS
from analysis.posts.export import masked, writable, written
from analysis.posts.report import aside_rows
from analysis.report.backtest_json import backtest_json, backtest_words
from analysis.report.briefing import as_json, in_words
from analysis.report.evaluation import figure_words
from analysis.report.events_json import events_json, events_words
from analysis.report.reach_tables import iso
from analysis.response.incidents import read_incidents
from analysis.schema import InputError, Level
from analysis.workspace.places import CORPUS


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


def parser() -> argparse.ArgumentParser:
    """Which commands and options are there?"""
    top = Parser(prog="python -m analysis", description=say(_("A public-opinion desk for hospitals")))
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    sub = exports(commands, "read", run_read, _("Read post exports and report what was found"))
    sub.add_argument("-o", type=Path, metavar="OUT.parquet", help=say(_("write the canonical posts here")))
    as_json_too(sub, _("print the report as JSON"))
    sub = exports(commands, "annotate", run_annotate, _("Add topic and sentiment to each post"))
    sub.add_argument("-o", type=Path, required=True, metavar="OUT", help=say(_("write here: .csv or .parquet")))
    sub.add_argument("--engine", choices=list(ENGINES), default="model", help=say(_("what decides the sentiment")))
    sub.add_argument("--profile", type=Path, metavar="P.toml", help=say(_("whose names tell which posts are about us")))
    sub = exports(commands, "brief", run_brief, _("Say level, reasons, margins, clocks and tasks"))
    sub.add_argument("--as-of", metavar="ISO", help=say(_("look from this time (naive: Asia/Shanghai)")))
    judging(sub, _("print the briefing as JSON"))
    told = _("Say which events there are, how grave each is, and what it is about")
    sub = exports(commands, "events", run_events, told)
    sub.add_argument("--as-of", metavar="ISO", help=say(_("look from this time (naive: Asia/Shanghai)")))
    judging(sub, _("print the events as JSON"))
    back_test_command(commands)
    report_command(commands)
    labelled = _("a CSV of labelled texts: text, topic, sentiment, or a common public layout")
    sub = command(commands, "train", run_train, _("Train the classifier from labelled posts"), labelled)
    sub.add_argument("-o", type=Path, required=True, metavar="MODEL", help=say(_("write the model here")))
    sub = command(commands, "evaluate", run_evaluate, _("Measure the classifier on labelled posts"), labelled)
    sub.add_argument("--model", type=Path, metavar="M", help=say(_("measure this model instead of the shipped one")))
    sub.add_argument("--baseline", choices=BASELINES, help=say(_("measure this beside it")))
    as_json_too(sub, _("print the figures as JSON"))
    return top


def back_test_command(commands: Any) -> None:
    """Which options has `backtest`?"""
    told = _("Say how late and how often in vain past incidents would have been told")
    sub = exports(commands, "backtest", run_backtest, told)
    given = _("the incidents: name, start, end, level; and their levels by hour: hour, name, level")
    sub.add_argument("--incidents", type=Path, action="append", required=True, metavar="I.csv", help=say(given))
    alarms = [level.name for level in Level if level > Level.ROUTINE]
    sub.add_argument("--alarm", choices=alarms, default="MILD", help=say(_("from which level on it is an alarm")))
    judging(sub, _("print the back-test as JSON"))


def report_command(commands: Any) -> None:
    """Which options has `report`?"""
    told = _("Write the report: slides, document, page or the sheet behind its numbers")
    sub = exports(commands, "report", run_report, told)
    kinds = _("write here: .pptx, .docx, .html, .pdf or .xlsx")
    sub.add_argument("-o", type=Path, required=True, metavar="OUT", help=say(kinds))
    sub.add_argument("--as-of", metavar="ISO", help=say(_("look from this time (naive: Asia/Shanghai)")))
    sub.add_argument("--event", metavar="ID", help=say(_("report on this event (`events` lists them)")))
    kinds = _("daily, weekly or event; or a document (.docx) of your own with placeholders")
    sub.add_argument("--template", metavar="T", default="", help=say(kinds))
    sub.add_argument("--number", metavar="N", default="", help=say(_("number of the report, to stand at its head")))
    sub.add_argument("--profile", type=Path, metavar="P.toml", help=say(_("use these thresholds")))


def command(commands: Any, name: str, run: Any, text: Text, files: Text) -> argparse.ArgumentParser:
    """Which command is this? It takes files, and `run` does it."""
    sub: argparse.ArgumentParser = commands.add_parser(name, help=text.to(LANGUAGE), description=text.to(LANGUAGE))
    sub.add_argument("files", nargs="+", type=Path, metavar="FILE", help=files.to(LANGUAGE))
    sub.set_defaults(run=run)
    return sub


def exports(commands: Any, name: str, run: Any, text: Text) -> argparse.ArgumentParser:
    """Which command is this? Its files are exports of posts."""
    file = _("a post export: CSV, TSV, XLSX, XLS, JSON, JSON lines, Parquet, or a .zip or .gz of those")
    sub = command(commands, name, run, text, file)
    sub.add_argument("--encoding", choices=ENCODINGS, default="", help=say(_("read text files in this encoding")))
    header = _("read this column from this header; nothing after = means that there is none")
    sub.add_argument("--column", action="append", default=[], metavar="NAME=HEADER", help=say(header))
    return sub


def judging(sub: argparse.ArgumentParser, text: Text) -> None:
    """Which options has a command that judges by a profile?"""
    sub.add_argument("--profile", type=Path, metavar="P.toml", help=say(_("use these thresholds")))
    as_json_too(sub, text)


def as_json_too(sub: argparse.ArgumentParser, text: Text) -> None:
    """How is JSON asked for?"""
    sub.add_argument("--json", action="store_true", help=say(text))


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
    posts = with_media(read_files(options).posts, profile.media_names)
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
    briefing = brief(read.posts, shipped_model(), profile, looked_from(read, options.as_of), read.history)
    if options.json:
        show_json(as_json(briefing, read.reports, LANGUAGE))
        return
    for line in in_words(briefing):
        print(line.to(LANGUAGE))


def run_events(options: argparse.Namespace) -> None:
    """What does `events` do? Finds and describes them, as of a time."""
    profile = chosen_profile(options)
    read = read_files(options)
    found, briefing = brief_counts(read.posts, shipped_model(), profile, looked_from(read, options.as_of), read.history)
    events = told_events(found.posts, briefing)
    if options.json:
        show_json({"as_of": iso(briefing.as_of), "events": events_json(events, profile, LANGUAGE)})
        return
    for line in events_words(events, briefing):
        print(line.to(LANGUAGE))


def run_backtest(options: argparse.Namespace) -> None:
    """What does `backtest` do? Replays the level hour by hour and holds it against past incidents."""
    profile, alarm = chosen_profile(options), Level[options.alarm]
    incidents = read_incidents([(file.name, bytes_of(file)) for file in options.incidents])
    read = read_files(options)
    tested, costs = backtested(read, shipped_model(), profile, looked_from(read), incidents, alarm)
    if options.json:
        show_json(backtest_json(tested, costs))
        return
    for line in backtest_words(tested, costs, profile):
        print(line.to(LANGUAGE))


def run_report(options: argparse.Namespace) -> None:
    """What does `report` do? Tells the report as of a time and writes it in the format that the file's ending names."""
    from analysis import reporting  # writes five formats: their libraries would slow down every other command

    reporting.run(options)


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


if __name__ == "__main__":
    sys.exit(main())
