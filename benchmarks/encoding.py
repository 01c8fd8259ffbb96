"""How often is a file's encoding found, whole and damaged, against trial and against charset-normalizer?

    python benchmarks/encoding.py [--quick] [--posts FILE] [--speed MB]

Pieces of the sample posts, from random lines on, in each encoding and of 200 bytes to 64 kB, whole and with
one kind of damage. Per row: the share of pieces whose encoding is named rightly by us; by UTF-8 then GB18030
by trial, strictly; by charset-normalizer where it is installed (any of its names for the family counts). Then
ours alone: the share of lines without damage of their own that are read right, and the mean confidence in
right and in wrong answers. `--posts`: another UTF-8 file to take the text from. `--speed`: MB/s on
files so large.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from opencc import OpenCC  # noqa: E402

from analysis.posts.encoding import Decoded, decoded  # noqa: E402
from analysis.schema import InputError  # noqa: E402

SIZES = (200, 1_000, 4_000, 64_000)
ENCODINGS = {
    "utf-8": "utf-8",
    "gb18030": "gb18030",
    "big5": "cp950",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}
FAMILIES = {
    "ascii": "utf-8",
    "utf_8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "gb18030",
    "big5": "big5",
    "big5hkscs": "big5",
    "cp950": "big5",
    "utf_16_le": "utf-16-le",
    "utf_16_be": "utf-16-be",
}


@dataclass(frozen=True)
class Case:
    """One damaged piece: the encoding that is right, and the lines that the damage did not touch."""

    data: bytes
    encoding: str
    lines: tuple[str, ...]


@dataclass
class Tally:
    """What came out for one kind and size."""

    ours: list[bool] = field(default_factory=list)
    trial: list[bool] = field(default_factory=list)
    normalizer: list[bool] = field(default_factory=list)
    lines: list[float] = field(default_factory=list)
    sure: dict[bool, list[float]] = field(default_factory=lambda: defaultdict(list))


def piece_of(text: str, codec: str, size: int, rng: random.Random) -> list[str]:
    """Whole lines from a random one on, the last cut so that the bytes are about `size`; some Chinese in it."""
    while True:
        start = text.find("\n", rng.randrange(len(text) - size)) + 1
        piece = text[start : start + size]
        while len(encoded := piece.encode(codec)) > size:
            piece = piece[: min(len(piece) - 1, len(piece) * size // len(encoded))]
        if sum(character > "\x7f" for character in piece) >= 5:
            return piece.split("\n")


def whole(lines: list[str], codec: str, rng: random.Random) -> tuple[bytes, list[str]]:
    """No damage."""
    return "\n".join(lines).encode(codec), lines


def cut(lines: list[str], codec: str, rng: random.Random) -> tuple[bytes, list[str]]:
    """The last byte of a last Chinese character is missing."""
    return ("\n".join(lines) + "院").encode(codec)[:-1], lines[:-1]


def bad_byte(lines: list[str], codec: str, rng: random.Random) -> tuple[bytes, list[str]]:
    """A byte FF stands somewhere."""
    return at_random(lines, codec, rng, lambda data, place: data[:place] + b"\xff" + data[place:])


def lost_byte(lines: list[str], codec: str, rng: random.Random) -> tuple[bytes, list[str]]:
    """One byte beyond ASCII is missing."""
    return at_random(lines, codec, rng, lambda data, place: data[:place] + data[place + 1 :])


def at_random(
    lines: list[str], codec: str, rng: random.Random, damage: Callable[[bytes, int], bytes]
) -> tuple[bytes, list[str]]:
    """Damage to one line, inside a character beyond ASCII."""
    row = rng.choice([row for row, line in enumerate(lines) if not line.isascii()])
    parts = [line.encode(codec) for line in lines]
    column = rng.choice([column for column, character in enumerate(lines[row]) if not character.isascii()])
    place = len(lines[row][:column].encode(codec)) + rng.randrange(len(lines[row][column].encode(codec)))
    parts[row] = damage(parts[row], place)
    return "\n".encode(codec).join(parts), lines[:row] + lines[row + 1 :]


KINDS: dict[str, Callable[[list[str], str, random.Random], tuple[bytes, list[str]]]] = {
    "whole": whole,
    "cut": cut,
    "bad byte": bad_byte,
    "lost byte": lost_byte,
}


def mixed(texts: dict[str, str], size: int, rng: random.Random) -> Case:
    """A piece in UTF-8 or GB18030 and one in the other appended, each half the size."""
    codecs_ = ["utf-8", "gb18030"]
    rng.shuffle(codecs_)
    halves = [piece_of(texts["utf-8"], codec, size // 2, rng) for codec in codecs_]
    data = b"\n".join("\n".join(half).encode(codec) for half, codec in zip(halves, codecs_, strict=True))
    return Case(data, "mixed", tuple(halves[0] + halves[1]))


def trial(data: bytes) -> str:
    """The named peer: strict UTF-8, then strict GB18030."""
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return ""


def normalizer(data: bytes) -> str:
    """The other peer: charset-normalizer's best guess, by family."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return FAMILIES.get(best.encoding, best.encoding) if best else ""


def ours(data: bytes) -> Decoded:
    """Our reading; a refusal counts as wrong."""
    try:
        return decoded(data, "piece")
    except InputError:
        return Decoded(b"", "refused", 0.0, 0, False)


def measure(case: Case, tally: Tally, with_normalizer: bool) -> None:
    """Add one case to a tally."""
    found = ours(case.data)
    right = found.encoding == case.encoding
    tally.ours.append(right)
    tally.trial.append(trial(case.data) == case.encoding)
    if with_normalizer:
        tally.normalizer.append(normalizer(case.data) == case.encoding)
    read = set(found.text.decode().split("\n"))
    if case.lines:
        tally.lines.append(mean(line in read for line in case.lines))
    tally.sure[right].append(found.confidence)


def tallies(texts: dict[str, str], times: int, seed: int) -> dict[tuple[str, str, int], Tally]:
    """All kinds, encodings and sizes, `times` each; charset-normalizer on the first 10 of each, for it is slow."""
    rng = random.Random(seed)
    installed = importlib.util.find_spec("charset_normalizer") is not None
    found: dict[tuple[str, str, int], Tally] = defaultdict(Tally)
    for size in SIZES:
        for number in range(times):
            for encoding, codec in ENCODINGS.items():
                for kind, damage in KINDS.items():
                    lines = piece_of(texts[encoding], codec, size, rng)
                    data, untouched = damage(lines, codec, rng)
                    case = Case(data, encoding, tuple(untouched))
                    measure(case, found[encoding, kind, size], installed and number < 10)
            measure(mixed(texts, size, rng), found["mixed", "appended", size], installed and number < 10)
    return found


def shown(values: list[float] | list[bool]) -> str:
    """A mean, or a dash."""
    return f"{mean(values):7.3f}" if values else "      -"


def report(found: dict[tuple[str, str, int], Tally]) -> None:
    """Print the table, then one row per size over everything."""
    sums: dict[int, Tally] = defaultdict(Tally)
    print(f"{'encoding':10} {'damage':10} {'size':>6}    ours   trial  normal   lines  sure: right  wrong")
    for (encoding, kind, size), tally in sorted(found.items()):
        line(encoding, kind, size, tally)
        for name in ("ours", "trial", "normalizer", "lines"):
            getattr(sums[size], name).extend(getattr(tally, name))
        for right in (True, False):
            sums[size].sure[right] += tally.sure[right]
    for size, tally in sums.items():
        line("all", "", size, tally)


def line(encoding: str, kind: str, size: int, tally: Tally) -> None:
    """Print one row."""
    shares = " ".join(shown(values) for values in (tally.ours, tally.trial, tally.normalizer, tally.lines))
    print(f"{encoding:10} {kind:10} {size:6} {shares}     {shown(tally.sure[True])} {shown(tally.sure[False])}")


def speed(text: str, megabytes: int) -> None:
    """Print the processor's seconds for one large file per encoding, and those of the codec alone; best of three."""
    for codec in ("utf-8", "gb18030", "cp950", "utf-16-le"):
        data = text.encode(codec, "ignore")
        data *= max(1, megabytes * 1_000_000 // len(data))
        took = min(timed(partial(decoded, data, "large")) for _ in range(3))
        alone = min(timed(partial(recoded, data, codec)) for _ in range(3))
        size = len(data) / 1e6
        print(f"{codec:10} {size:.0f} MB in {took:.2f} s: {size / took:.0f} MB/s; decode, encode alone {alone:.2f} s")


def recoded(data: bytes, codec: str) -> bytes:
    """The peer: an encoding that is known, and no damage."""
    return data.decode(codec).encode()


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor, which a busy machine spoils least."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Which share is found, and how fast?"""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10 of each instead of 100")
    parser.add_argument("--posts", type=Path, default=ROOT / "sample_data" / "posts.csv")
    parser.add_argument("--speed", type=int, default=0, metavar="MB")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    text = options.posts.read_text(encoding="utf-8-sig")
    if options.speed:
        return speed(text, options.speed)
    traditional = OpenCC("s2t").convert(text).encode("cp950", "ignore").decode("cp950")
    texts = {encoding: traditional if encoding == "big5" else text for encoding in ENCODINGS}
    report(tallies(texts, 10 if options.quick else 100, options.seed))
    return None


if __name__ == "__main__":
    main()
