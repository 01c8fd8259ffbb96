"""How much of a damaged export is read right, and how much silently wrong?

    python benchmarks/mess.py [--seed 1] [--files 400] [--kind truncated [--kind big5]] [--verbose]

Writes sample posts as CSV files, damages them (each kind alone, then two at a time) and judges what `read` makes
of each post: right; repaired right; set aside rightly (it was damaged); silently wrong; unknown (a column is
empty that the file tells); lost (it was not damaged); vanished (damaged, and not reported). Beside it, by the same
rule, pandas.read_csv, told whether the file is UTF-8 or GB18030 by trial. Goals: silently wrong 0 in files with
one kind of damage and at most 0.5% of the rows with two; no good row lost; the encoding right in 99% of files.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.posts.read import read  # noqa: E402
from analysis.schema import InputError  # noqa: E402
from benchmarks.damage import KINDS, Kind, damaged, pairs  # noqa: E402
from benchmarks.export import BREAKS, ID, PUBLISHED, TEXT, Export, Post, sample_posts  # noqa: E402
from benchmarks.judge import COLUMNS as HEADERS  # noqa: E402
from benchmarks.judge import NUMBERS, Tally, expected, judged, plain  # noqa: E402

RECEIVED = pd.Timestamp("2025-11-26 10:00", tz="Asia/Shanghai")
ROWS = (200, 400)
SINGLES = 3
SIZES = (1_000, 2_000, 4_000, 16_000)
ENCODING_SEEDS = 3
SHOWN = 5
COLUMNS = (
    ("files", "files"), ("rows", "rows"), ("right", "right"), ("repaired_right", "repaired"), ("set_aside", "aside"),
    ("wrong", "WRONG"), ("repaired_wrong", "(repaired)"), ("unknown", "unknown"), ("lost", "LOST"),
    ("vanished", "vanished"), ("refused", "refused"),
)  # fmt: skip

Reader = Callable[[Export], Tally]


def ours(export: Export) -> Tally:
    """How does the desk read it?"""
    try:
        posts, report = read(export.data, "posts.csv", RECEIVED)
    except InputError as error:
        return Tally(files=1, rows=len(export.truth), refused=len(export.truth), examples=[f"refused: {error}"])
    repaired, aside = (frozenset(one.row for one in rows) for rows in (report.repaired, report.set_aside))
    return judged(export, plain(posts), repaired, aside)


def peer(export: Export) -> Tally:
    """How does pandas.read_csv read it, once somebody has tried UTF-8, then GB18030?"""
    refused = Tally(files=1, rows=len(export.truth), refused=len(export.truth))
    try:
        frame = pd.read_csv(
            io.BytesIO(export.data), sep=None, engine="python", dtype=str, keep_default_na=False, on_bad_lines="skip",
            encoding=trial(export.data), encoding_errors="replace",
        )  # fmt: skip
    except (ValueError, csv.Error):
        return refused
    if not {ID, PUBLISHED, TEXT} <= set(frame.columns):
        return refused
    rows = [row for record in frame.to_dict("records") if (row := as_post(record)) is not None]
    return judged(export, rows, frozenset(), frozenset())


def as_post(record: dict[str, object]) -> dict[str, object] | None:
    """What does a row of the peer hold, by the judge's own table? None without a time; no number is unknown."""
    post = {name: str(record.get(name) or "") for name in HEADERS.values()}
    post |= {HEADERS[name]: "" for name in NUMBERS if not post[HEADERS[name]].isdecimal()}
    try:
        return expected(post)
    except ValueError:
        return None


def trial(data: bytes) -> str:
    """Which encoding does the usual trial find: a mark, UTF-8, else GB18030?"""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def export_of(posts: Sequence[Post], kinds: Sequence[Kind], seed: str) -> Export:
    """Which damaged file has this seed?"""
    dice = Random(seed)
    return damaged(dice.sample(posts, dice.randint(*ROWS)), kinds, dice)


def measured(files: Iterable[tuple[str, Export]], readers: Sequence[Reader], verbose: bool) -> list[dict[str, Tally]]:
    """How does each reader do, by the name of the damage?"""
    tallies: list[dict[str, Tally]] = [{} for _reader in readers]
    for name, export in files:
        for reader, tally in zip(readers, tallies, strict=True):
            one = reader(export)
            tally.setdefault(name, Tally()).add(one)
            if verbose and reader is ours and one.examples:
                print(f"-- {name}", *one.examples[:SHOWN], sep="\n   ")
    return tallies


def encodings_right(posts: Sequence[Post], seed: int, verbose: bool) -> tuple[int, int, int]:
    """In how many small files is every undamaged row as it was: of how many, ours, by the usual trial?"""
    kinds = [kind for kind in KINDS if kind.axis == "encoding" or kind.name == "cut_in_character"]
    files = right = tried = 0
    for kind in kinds:
        for size in SIZES:
            for number in range(ENCODING_SEEDS):
                export = at_least(size, posts, kind, Random(f"{seed} {kind.name} {size} {number}"))
                tally = ours(export)
                fine = tally.spoilt == tally.lost == tally.refused == 0
                files, right, tried = files + 1, right + fine, tried + trial_is_right(export)
                if verbose and not fine:
                    print(f"-- encoding {kind.name}, {len(export.data)} bytes", *tally.examples[:1], sep="\n   ")
    return files, right, tried


def at_least(size: int, posts: Sequence[Post], kind: Kind, dice: Random) -> Export:
    """Which is the smallest of these files that has so many bytes?"""
    count, order = 2, dice.sample(posts, min(len(posts), 200))
    while len((export := damaged(order[:count], [kind], Random(size))).data) < size:
        count += max(1, count // 4)
    return export


def trial_is_right(export: Export) -> bool:
    """Does the usual trial show every text of an undamaged row?"""
    text = BREAKS.sub("\n", export.data.decode(trial(export.data), errors="replace"))
    return all(post[TEXT] in text for key, post in export.truth.items() if key not in export.damaged)


def shown(tallies: dict[str, Tally], heading: str) -> Tally:
    """Prints a line a kind; which is the total?"""
    total = Tally()
    print(f"\n{heading:<42}" + "".join(f"{title:>11}" for _name, title in COLUMNS))
    for name, tally in tallies.items():
        print(f"{name:<42}" + "".join(f"{getattr(tally, column):>11,}" for column, _title in COLUMNS))
        total.add(tally)
    print(f"{'total':<42}" + "".join(f"{getattr(total, column):>11,}" for column, _title in COLUMNS))
    return total


def verdict(total: Tally, name: str, goal: str) -> None:
    """Prints the shares that count, beside their goal."""
    wrong, lost = total.wrong / total.rows, total.lost / max(total.rows - total.refused, 1)
    print(
        f"{name}: silently wrong {total.wrong:,} of {total.rows:,} rows ({wrong:.2%}; goal {goal}), good rows lost "
        f"{total.lost:,} ({lost:.2%}; goal 0), refused {total.refused / total.rows:.1%}"
    )


def worst(tallies: dict[str, Tally]) -> dict[str, Tally]:
    """Which damage gave most rows wrong, lost or refused? The first twenty."""
    order = sorted(tallies, key=lambda name: -(tallies[name].wrong * 10 + tallies[name].lost + tallies[name].refused))
    bad = [name for name in order if tallies[name].wrong + tallies[name].lost + tallies[name].refused]
    return {name: tallies[name] for name in bad[:20]}


def arguments() -> argparse.Namespace:
    """Which seed, how many files, which kinds?"""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=400, help="about so many, pairs included")
    parser.add_argument("--kind", action="append", choices=[kind.name for kind in KINDS], help="only this one")
    parser.add_argument("--verbose", action="store_true", help="show the first wrong cells")
    return parser.parse_args()


def main() -> None:
    """How does the desk read damaged files?"""
    given = arguments()
    posts, began = sample_posts(), time.perf_counter()
    if given.kind:
        kinds = [kind for kind in KINDS if kind.name in given.kind]
        files = [(" + ".join(given.kind), export_of(posts, kinds, f"{given.seed} {n}")) for n in range(SINGLES * 3)]
        shown(measured(files, [ours], given.verbose)[0], "kind")
        return
    alone = (
        (kind.name, export_of(posts, [kind], f"{given.seed} {kind.name} {n}")) for kind in KINDS for n in range(SINGLES)
    )
    single, single_peer = measured(alone, [ours, peer], given.verbose)
    some = Random(given.seed).sample(pairs(), max(1, given.files - SINGLES * len(KINDS)))
    both = ((f"{a.name} + {b.name}", export_of(posts, [a, b], f"{given.seed} {a.name} {b.name}")) for a, b in some)
    double, double_peer = measured(both, [ours, peer], given.verbose)
    one = shown(single, "one kind of damage")
    one_peer = shown({"pandas.read_csv": total_of(single_peer)}, "the same files")
    shown(worst(double), "two kinds: the worst twenty")
    two = total_of(double)
    shown({"ours": two}, "two kinds: all")
    two_peer = shown({"pandas.read_csv": total_of(double_peer)}, "the same files")
    print()
    verdict(one, "one kind, ours", "0")
    verdict(one_peer, "one kind, pandas.read_csv", "none")
    verdict(two, "two kinds, ours", "0.5%")
    verdict(two_peer, "two kinds, pandas.read_csv", "none")
    number, right, tried = encodings_right(posts, given.seed, given.verbose)
    print(
        f"encoding right in {right / number:.1%} of {number} files of 1 to 16 kB (goal 99%); "
        f"by trial of UTF-8, then GB18030: {tried / number:.1%}"
    )
    print(f"{time.perf_counter() - began:.0f} s")


def total_of(tallies: dict[str, Tally]) -> Tally:
    """What do these come to?"""
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    return total


if __name__ == "__main__":
    main()
