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

from analysis.classify.evaluate import BASELINES, evaluate
from analysis.classify.model import Model, corpus_hash, load, save
from analysis.classify.predict import ENGINES, annotate
from analysis.classify.train import current_model, read_labelled, train
from analysis.language import DEFAULT, Text, _
from analysis.pipeline import brief, default_as_of
from analysis.posts.clean import spreadsheet_safe, text_keys
from analysis.posts.privacy import masked_series
from analysis.posts.read import ImportReport, read_many
from analysis.report.briefing import as_json, in_words
from analysis.response.profile import Profile, from_toml
from analysis.schema import TIMEZONE, InputError
from analysis.workspace.places import CORPUS, model_path

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

    export, labelled = _("a post export: CSV, TSV or XLSX"), _("a CSV with text, topic, sentiment")
    sub = command("read", run_read, _("Read post exports and report what was found"), export)
    sub.add_argument("-o", type=Path, metavar="OUT.parquet", help=say(_("write the canonical posts here")))
    sub.add_argument("--json", action="store_true", help=say(_("print the report as JSON")))
    sub = command("annotate", run_annotate, _("Add topic and sentiment to each post"), export)
    sub.add_argument("-o", type=Path, required=True, metavar="OUT", help=say(_("write here: .csv or .parquet")))
    sub.add_argument("--engine", choices=list(ENGINES), default="model", help=say(_("what decides the sentiment")))
    sub = command("brief", run_brief, _("Say level, reasons, margins, clocks and tasks"), export)
    sub.add_argument("--as-of", metavar="ISO", help=say(_("look from this time (naive: Asia/Shanghai)")))
    sub.add_argument("--profile", type=Path, metavar="P.toml", help=say(_("use these thresholds")))
    sub.add_argument("--json", action="store_true", help=say(_("print the briefing as JSON")))
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
    posts, reports = read_files(options.files)
    if options.o:
        written(masked(posts), options.o)
    found = [report.as_json(LANGUAGE) for report in reports]
    if options.json:
        show_json(found[0] if len(found) == 1 else found)
        return
    for report in reports:
        print_report(report)


def run_annotate(options: argparse.Namespace) -> None:
    """What does `annotate` do? Writes the posts with topic, sentiment and text_key."""
    writable(options.o, (".csv", ".parquet"))
    posts, _reports = read_files(options.files)
    told = annotate(posts, shipped_model(), options.engine).assign(text_key=text_keys(posts["text"]))
    written(masked(told), options.o)


def run_brief(options: argparse.Namespace) -> None:
    """What does `brief` do? The whole path, as of a time."""
    profile = Profile()
    if options.profile:
        profile = from_toml(text_of(options.profile))
    posts, reports = read_files(options.files)
    as_of = moment(options.as_of) if options.as_of is not None else default_as_of(posts, now())
    briefing = brief(posts, shipped_model(), profile, as_of)
    if options.json:
        show_json(as_json(briefing, reports, LANGUAGE))
        return
    for line in in_words(briefing):
        print(line.to(LANGUAGE))


def run_train(options: argparse.Namespace) -> None:
    """What does `train` do? Learns from labelled posts and writes the model.

    The shipped corpus brings its list of topic words along, so that this makes the shipped model.
    """
    files = CORPUS if [file.resolve() for file in options.files] == [CORPUS[0]] else options.files
    save(train(read_labelled(files), corpus_hash(files), tell), options.o)


def run_evaluate(options: argparse.Namespace) -> None:
    """What does `evaluate` do? Prints how right and how fast the model is."""
    labelled = read_labelled(options.files)
    model = load(options.model) if options.model else shipped_model()
    found = evaluate(labelled, model, options.baseline)
    if options.json:
        show_json(found)
        return
    for line in in_figures(found):
        print(line.to(LANGUAGE))


def in_figures(found: dict[str, Any]) -> list[Text]:
    """How do the figures of `evaluate` read?"""
    lines = [_("{n:,} posts, {speed:,.0f} posts a second", n=found["n"], speed=found["posts_per_second"])]
    rows = [(task, found[task]) for task in ("topic", "sentiment")]
    if "baseline" in found:
        rows.append((f"{found['baseline']['name']} sentiment", found["baseline"]["sentiment"]))
    for name, result in rows:
        if result["n"]:
            lines.append(
                _(
                    "{name}: accuracy {accuracy:.3f}, macro-F1 {f1:.3f}, n {n}",
                    name=name,
                    accuracy=result["accuracy"],
                    f1=result["macro_f1"],
                    n=result["n"],
                )
            )
        lines += [
            _(
                "  {label}: precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}, n {n}",
                label=label,
                **per_class,
            )
            for label, per_class in result["per_class"].items()
        ]
    return lines


def read_files(files: list[Path]) -> tuple[pd.DataFrame, tuple[ImportReport, ...]]:
    """Which posts are in these files? Received when the newest of them was last changed."""
    data, changed = [], []
    for file in files:
        try:
            data.append((file.name, file.read_bytes()))
            changed.append(file.stat().st_mtime)
        except OSError as error:
            raise InputError(_("{file} cannot be read: {reason}.", file=str(file), reason=error.strerror)) from error
    received = pd.Timestamp(max(changed), unit="s", tz=TIMEZONE)
    return read_many(data, received)


def shipped_model() -> Model:
    """Which classifier serves? The kept one, trained anew when the corpus has changed."""
    return current_model(model_path(), CORPUS, tell)


def tell(share: float, text: Text) -> None:
    """How is progress shown on a console? On stderr, a line a step."""
    print(f"{share:.0%} {text.to(LANGUAGE)}", file=sys.stderr)


def masked(posts: pd.DataFrame) -> pd.DataFrame:
    """How do posts leave the desk? With personal numbers masked."""
    return posts.assign(title=masked_series(posts["title"]), text=masked_series(posts["text"]))


def writable(path: Path, kinds: tuple[str, ...]) -> None:
    """Can the posts be written there? Raises InputError, before any work, for another ending or a missing folder."""
    if path.suffix.lower() not in kinds:
        raise InputError(_("{file} must end in {kinds}.", file=path.name, kinds=list(kinds)))
    if not path.absolute().parent.is_dir():
        folder = str(path.absolute().parent)
        raise InputError(_("{file} cannot be written: there is no folder {folder}.", file=path.name, folder=folder))


def written(posts: pd.DataFrame, path: Path) -> None:
    """How are posts written? By the file's ending; a CSV is utf-8-sig and holds no live formula."""
    try:
        if path.suffix.lower() == ".parquet":
            posts.to_parquet(path, index=False)
        else:
            spreadsheet_safe(posts).to_csv(path, index=False, encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            _("{file} cannot be written: {reason}.", file=str(path), reason=error.strerror or str(error))
        ) from error


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
