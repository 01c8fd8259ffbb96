"""How near the truth is the corrected share of negative posts, and does its interval hold it?

    python benchmarks/negative_share.py [--mixtures 200]

For each set of labelled real posts in ../shared/data: 100 random posts teach the error rates, and a mixture of
500 of the others, of a random share of negatives (10% to 70%), is estimated; this again for every mixture, with
the shipped classifier. Prints the mean absolute error in points and how often the 90% interval holds the truth
for plain counting, for rates straight from the corrections (adjusted count), for EM on the posteriors, and for
analysis/classify/prevalence.py on answers alone and on leanings; then the line between the log-odds told and true,
from which the prior in prevalence.py was set, and the time for 17,000 windows.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.classify.predict import predict  # noqa: E402
from analysis.classify.prevalence import ErrorRates, error_rates, leaning, log_odds, negative_share  # noqa: E402
from analysis.classify.train import current_model, read_labelled  # noqa: E402
from analysis.workspace.places import CORPUS, model_path  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
SETS = ("gold/dev.csv", *(f"sentiment/{name}.csv" for name in ("ewect_virus_train", "ewect_usual", "weibo2018_train")))
CORRECTIONS, POSTS, MOST, SEED = 100, 500, 5_000, 20260101
WAYS = ("counted", "adjusted count", "EM", "ours, answers", "ours, leanings")


def told(file: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What is true of these posts, and what does the classifier tell? (negative, answered negative, p_negative)"""
    posts = read_labelled([file])
    posts = posts[posts["sentiment"] != ""]
    posts = posts.sample(min(len(posts), MOST), random_state=SEED).reset_index(drop=True)
    answers = predict(posts["text"], current_model(model_path(), CORPUS))
    negative, answered = (np.asarray(frame["sentiment"] == "negative") for frame in (posts, answers))
    return negative, answered, answers["p_negative"].to_numpy()


def straight(answered: np.ndarray, truth: np.ndarray) -> ErrorRates:
    """Which rates do the corrections show by themselves?"""
    high, low = answered[truth].mean(), answered[~truth].mean()
    spread = high * (1 - high), low * (1 - low)
    doubt = spread[0] / truth.sum(), spread[1] / (~truth).sum()
    return ErrorRates(len(truth), high, low, *spread, truth.mean(), *doubt, 0.0)


def em(p: np.ndarray, trained: float) -> float:
    """Which share makes the posteriors consistent with their own mean? (Saerens, Latinne & Decaestecker 2002)"""
    share = trained
    for _round in range(200):
        ours, others = p * share / trained, (1 - p) * (1 - share) / (1 - trained)
        share = float((ours / (ours + others)).mean())
    return share


def mixture(truth: np.ndarray, answered: np.ndarray, p: np.ndarray, dice: np.random.Generator) -> list[tuple]:
    """What does each way say of one mixture? (error, whether the interval holds the truth or None), a way each."""
    order = dice.permutation(len(truth))
    shown, rest = order[:CORRECTIONS], order[CORRECTIONS:]
    negatives = round(dice.uniform(0.1, 0.7) * POSTS)
    inside = [dice.choice(rest[truth[rest]], negatives), dice.choice(rest[~truth[rest]], POSTS - negatives)]
    drawn, true, lean = np.concatenate(inside), negatives / POSTS, leaning(p, answered)

    def judged(sums: np.ndarray, rates: ErrorRates | None) -> tuple:
        window = np.array([float(sums[drawn].sum())])
        share, low, high = negative_share(window, window, np.array([POSTS]), rates)
        return share[0] - true, low[0] <= true <= high[0]

    return [
        judged(answered, None),
        judged(answered, straight(answered[shown], truth[shown])),
        (em(p[drawn], p.mean()) - true, None),
        judged(answered, error_rates(p[shown], truth[shown], p, answered.astype(float))),
        judged(lean, error_rates(p[shown], truth[shown], p, lean)),
    ]


def line(truth: np.ndarray, p: np.ndarray) -> tuple[float, float]:
    """Which line, without a prior, turns the log-odds told into the true ones? (offset, slope)"""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6).fit(log_odds(p)[:, None], truth)
    return float(fitted.intercept_[0]), float(fitted.coef_[0, 0])


def speed() -> float:
    """How many milliseconds do 17,000 windows take?"""
    rates = ErrorRates(100, 0.7, 0.2, 0.05, 0.04, 0.3, 0.002, 0.001, 0.0)
    posts = np.random.default_rng(SEED).integers(0, 500, 17_000)
    begin = time.perf_counter()
    negative_share(posts * 0.3, posts * 0.4, posts, rates)
    return (time.perf_counter() - begin) * 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mixtures", type=int, default=200)
    mixtures = parser.parse_args().mixtures
    present = [name for name in SETS if (DATA / name).exists()]
    if not present:
        print(f"skipped: there are no labelled real posts in {DATA}")
        return
    rows = []
    for name in present:
        truth, answered, p = told(DATA / name)
        dice = np.random.default_rng(SEED)
        found = [mixture(truth, answered, p, dice) for _round in range(mixtures)]
        offset, slope = line(truth, p)
        for at, way in enumerate(WAYS):
            errors = np.array([one[at][0] for one in found]) * 100
            held = [one[at][1] for one in found]
            cover = "-" if held[0] is None else f"{np.mean(held):.2f}"
            rows.append((Path(name).stem, way, f"{np.abs(errors).mean():.1f}", f"{errors.mean():+.1f}", cover))
        print(f"{Path(name).stem}: {len(truth)} posts, true log-odds = {offset:.2f} + {slope:.2f} × told")
    table = pd.DataFrame(rows, columns=["posts", "way", "error", "bias", "coverage"])
    print(f"{mixtures} mixtures of {POSTS} posts, {CORRECTIONS} corrections each; error and bias in points")
    print(table.pivot(index="way", columns="posts", values=["error", "bias", "coverage"]).loc[list(WAYS)].to_string())
    print(f"17,000 windows: {speed():.1f} ms")


if __name__ == "__main__":
    main()
