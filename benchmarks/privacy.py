"""How much of the personal data is masked, how much else is, and how fast?

    python benchmarks/privacy.py [--seed 7] [--show KIND]

Made-up numbers of each kind, in every form and phrase of privacy_forms.py and privacy_phrases.py, are put into
texts; the names stand in privacy_names.txt (〔…〕 marks them). Forms, phrases and sentences are parted in two
halves: the rules were made with one, `held out` is the other. A number counts as found only if all of it is
masked. Then: what is masked of things that only look like personal data, and of real posts where
../shared is present. --show prints what was missed or masked in the half that may be looked at.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from privacy_forms import forms, held_out  # noqa: E402
from privacy_phrases import LOOKALIKES, PHRASES  # noqa: E402

from analysis.posts.privacy import counted, found, masked_series  # noqa: E402

REAL = ROOT.parent / "shared" / "data"
NAMES = Path(__file__).with_name("privacy_names.txt")
EACH = 3  # numbers of one form in one phrase
COUNTRY = re.compile(r"^(?:\+?(?:00)?86[ -]?|0)")  # what dials ahead of a mobile number is not personal
HALVES = {False: "seen", True: "held out"}


def carriers() -> list[str]:
    """Into which texts are the numbers put? The sample's, and real ones where there are any."""
    texts = pd.read_csv(ROOT / "sample_data" / "posts.csv", encoding="utf-8-sig")["正文"].dropna().tolist()
    return texts + real_texts()


def real_texts() -> list[str]:
    """Which real posts are there to look for false alarms in? None without ../shared."""
    if not REAL.exists():
        return []
    frames = [pd.read_csv(file) for file in [REAL / "gold" / "dev.csv", *sorted((REAL / "sentiment").glob("*.csv"))]]
    return [text for frame in frames for text in frame["text"].dropna().astype("str")]


def put(text: str, phrase: str, random: Random) -> tuple[str, int]:
    """The phrase at some place of a text, not between two letters or digits of it; and where it begins."""
    places = [place for place in range(len(text) + 1) if not _latin(text[max(place - 1, 0) : place + 1])]
    place = random.choice(places or [len(text)])
    return text[:place] + phrase + text[place:], place


def _latin(letters: str) -> bool:
    return any(letter.isascii() and letter.isalnum() for letter in letters)


def made(seed: int) -> Iterator[tuple[str, bool, str, str, str, int]]:
    """Kind, held out?, form, text, number, where it stands."""
    random, texts = Random(seed), carriers()
    for kind, writers in forms().items():
        for half in (False, True):
            for form in filter(lambda form: held_out(form) == half, writers):
                for phrase in filter(lambda phrase: held_out(phrase) == half, PHRASES[kind] * EACH):
                    number = writers[form](random)
                    text, place = put(random.choice(texts), phrase.format(number), random)
                    core = COUNTRY.sub("", number) if kind == "mobile" else number
                    yield kind, half, form, text, core, place + phrase.index("{}") + len(number) - len(core)


def covered(text: str, start: int, end: int) -> bool:
    """Is all of this masked, whichever kind it is taken for?"""
    spans = [(first, last) for first, last, _kind in found(text)]
    return any(first <= start and end <= last for first, last in spans)


def numbers(seed: int, show: str) -> None:
    """What share of the numbers is found, by kind?"""
    hits: Counter[tuple[str, bool]] = Counter()
    total: Counter[tuple[str, bool]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    for kind, half, form, text, number, start in made(seed):
        hit = covered(text, start, start + len(number))
        hits[kind, half] += hit
        total[kind, half] += 1
        if not hit and not half:
            missed[kind, form] += 1
            if show == kind:
                print(f"   {form}: {text[max(start - 12, 0) : start + len(number) + 8]!r}")
    for half in HALVES:
        for kind in forms():
            print(f"{kind:10} {HALVES[half]}: {hits[kind, half] / total[kind, half]:7.2%} of {total[kind, half]:,}")
        every = sum(hits[kind, half] for kind in forms()), sum(total[kind, half] for kind in forms())
        print(f"all        {HALVES[half]}: {every[0] / every[1]:7.2%} of {every[1]:,}")
    print("missed in the seen half:", missed.most_common(12))


def lookalikes(seed: int, show: str) -> None:
    """What is masked of that which is no personal data?"""
    random, texts = Random(seed), [text for text in carriers()[:20000] if not found(text)]
    for half in HALVES:
        wrong: Counter[str] = Counter()
        total = 0
        for form in filter(lambda form: held_out(form) == half, LOOKALIKES):
            for _time in range(60):
                text, place = put(random.choice(texts), "，" + (phrase := LOOKALIKES[form](random)) + "，", random)
                total += 1
                wrong[form] += bool(found(text))
                if found(text) and show == "lookalike" and not half:
                    print(f"   {form}: {text[place : place + len(phrase) + 2]!r} {found(text)[0][2]}")
        shown = {form: count for form, count in wrong.items() if count} if not half else ""
        print(f"looks like one, {HALVES[half]}: {sum(wrong.values()) / total:.2%} of {total:,} masked {shown}")


def names(show: str) -> None:
    """How many names are found, and how much of what is taken for one is one?"""
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    for half in HALVES:
        right, names, alarms, plain = 0, 0, 0, 0
        for line in (line for line in lines if held_out(line) == half):
            text = line.replace("〔", "").replace("〕", "")
            spans = [(start, end) for start, end, kind in found(text) if kind == "name"]
            wanted = [(line.index("〔"), line.index("〕") - 1)] if line.count("〔") == 1 else []
            if "〔" in line:
                wanted = wanted or _marked(line)
                good = sum(any(s <= a and b <= e for s, e in spans) for a, b in wanted)
                right, names = right + good, names + len(wanted)
                alarms += sum(not any(s < b and a < e for a, b in wanted) for s, e in spans)
            else:
                plain += 1
                alarms += bool(spans)
            if show == "name" and not half and (("〔" in line) != bool(spans) or set(wanted) - set(spans)):
                print("  ", line, [text[s:e] for s, e in spans])
        precision = right / max(right + alarms, 1)
        print(f"names, {HALVES[half]}: recall {right / names:.1%} of {names}, precision {precision:.1%}", end="")
        print(f", {alarms} false alarms beside them and in {plain} sentences without a name")


def _marked(line: str) -> list[tuple[int, int]]:
    """Where do marked names stand once the marks are gone?"""
    spans, gone, start = [], 0, 0
    for place, letter in enumerate(line):
        if letter == "〔":
            start, gone = place - gone, gone + 1
        elif letter == "〕":
            spans.append((start, place - gone))
            gone += 1
    return spans


def real(show: str) -> None:
    """In what share of real posts is something masked? Most hold no personal data."""
    texts = real_texts()
    if not texts:
        print("real posts: ../shared is not here, nothing measured")
        return
    touched = sum(bool(found(text)) for text in texts)
    print(f"real posts: something masked in {touched / len(texts):.2%} of {len(texts):,}; {counted(pd.Series(texts))}")
    for text in texts if show else []:
        for start, end, kind in found(text):
            if show in (f"real-{kind}", "real"):
                print(
                    f"   {kind}: {text[max(start - 14, 0) : start]}〔{text[start:end]}〕{text[end : end + 10]}".replace(
                        "\n", " "
                    )
                )


def speed() -> None:
    """How many texts a second are masked?"""
    texts = pd.read_csv(ROOT / "sample_data" / "posts.csv", encoding="utf-8-sig")["正文"].dropna().astype("str")
    begin = time.process_time()
    masked_series(texts)
    each = (time.process_time() - begin) / len(texts)
    print(f"masked {1 / each:,.0f} texts/s; a million in {each * 1e6:.1f} s")
    plain = "今天去医院看病，排队很久，但是医生很耐心，谢谢" * 2
    begin = time.process_time()
    for _time in range(20_000):
        found(plain)
    print(f"a text of {len(plain)} plain characters: {(time.process_time() - begin) / 20_000 * 1e6:.2f} µs")


def main() -> None:
    """How well, and how fast?"""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", default="", metavar="KIND", help="a kind, name, lookalike, real or real-KIND")
    options = parser.parse_args()
    numbers(options.seed, options.show)
    lookalikes(options.seed, options.show)
    names(options.show)
    real(options.show)
    speed()


if __name__ == "__main__":
    main()
