"""How right, how honest and how fast is the classifier, beside SnowNLP and what is usually done?

    python benchmarks/classify.py [--only accuracy|corrections|share|speed|training] [--quick]

The classifier is trained anew from the shipped corpus, so that the figures are those of what ships. It is judged on
real posts in ../shared/data; without them, by cross-validation of the corpus, and the rest is left out.

accuracy: macro-F1 of topic (over the classes with 10 posts or more) and sentiment on gold/dev.csv, with a 90%
bootstrap interval over posts, beside SnowNLP and the most frequent label; by class; expected calibration error (10
bins of the answer's probability); then sentiment on weibo of other subjects. Where only positive and negative
posts are labelled, the likelier of the two is the answer, for SnowNLP too.
corrections: the same figures after 50, 100 and 200 random gold posts were corrected, means over draws; the posts
judged are those that are in none of a draw's corrections, and the topics those that have 10 posts in the file.
share: the negative share of mixtures of 500 gold posts, resampled from those not corrected, of 10% to 70% negative;
100 random corrections, fresh for every 10 mixtures, teach the classifier and its error rates.
speed: posts a second, both tasks, one process, normalising included. training: seconds, and those of the processor,
which a busy machine leaves alone.

`--quick`: fewer draws, mixtures, rounds and posts; to see that it works. Goals stand beside the figures.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.classify.correct import corrected  # noqa: E402
from analysis.classify.evaluate import scores  # noqa: E402
from analysis.classify.model import Model  # noqa: E402
from analysis.classify.predict import predict  # noqa: E402
from analysis.classify.prevalence import error_rates, leaning, negative_share  # noqa: E402
from analysis.classify.snow import snow_probabilities  # noqa: E402
from analysis.classify.train import read_labelled, train  # noqa: E402
from analysis.schema import Sentiment  # noqa: E402
from analysis.workspace.places import CORPUS  # noqa: E402
from benchmarks.classify_speed import seconds, speeds  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
GOLD = DATA / "gold" / "dev.csv"
OTHERS = ("ewect_virus_train", "ewect_usual", "weibo2018_train")
PARTS = ("accuracy", "corrections", "share", "speed", "training")
TASKS, TONES = ("topic", "sentiment"), list(map(str, Sentiment))
LEAST = 10  # posts that a topic needs to be counted
SIZES, SHARE_CORRECTIONS, SHARE_POSTS, SAME_CORRECTIONS = (50, 100, 200), 100, 500, 10
TRAINING_POSTS, SEED = 4_000, 20260101


@dataclass(frozen=True)
class Effort:
    """How thoroughly is it measured?"""

    resamples: int = 1_000
    snow_posts: int = 1_000
    draws: int = 5
    mixtures: int = 200
    posts: int = 120_000
    rounds: int = 5
    trainings: int = 3


QUICK = Effort(resamples=200, snow_posts=100, draws=2, mixtures=40, posts=30_000, rounds=2, trainings=1)


def goal(found: float, at_least: float | None = None, at_most: float | None = None) -> str:
    """Is the goal reached?"""
    reached = found >= at_least if at_least is not None else at_most is not None and found <= at_most
    bound = f">= {at_least:,g}" if at_least is not None else f"<= {at_most:,g}"
    return f"goal {bound}: {'reached' if reached else 'MISSED'}"


def counted(truth: pd.Series) -> list[str]:
    """Which labels have enough posts to be counted?"""
    sizes = truth[truth != ""].value_counts()
    return sorted(sizes[sizes >= LEAST].index)


def macro_f1(truth: pd.Series, answers: pd.Series, labels: list[str], resamples: int = 0) -> np.ndarray:
    """How right are the answers over these labels: the plain mean of their F1? For the posts as they are or, with
    `resamples`, for so many bootstrap samples of them. A label that a sample lacks is left out of its mean."""
    known = (truth != "").to_numpy()
    right, given = truth[known].to_numpy(dtype=object), answers[known].to_numpy(dtype=object)
    dice, n = np.random.default_rng(SEED), int(known.sum())
    times = dice.multinomial(n, np.full(n, 1 / n), resamples) if resamples else np.ones((1, n), dtype=int)
    true, told = (np.column_stack([side == label for label in labels]) for side in (right, given))
    hits, both = times @ (true & told).astype(int), times @ true.astype(int) + times @ told.astype(int)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nanmean(2 * hits / both, axis=1))


def calibration_error(probability: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """How far is the probability told from the share of right answers? Mean over bins, weighted by their posts."""
    place = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [abs((probability[place == at] - right[place == at]).sum()) for at in range(bins)]
    return float(sum(gaps) / len(right))


def snow(texts: pd.Series, tones: list[str] = TONES) -> pd.Series:
    """Which of these tones does SnowNLP hear?"""
    heard = snow_probabilities(texts)[:, [TONES.index(tone) for tone in tones]]
    return pd.Series([tones[at] for at in heard.argmax(axis=1)], index=texts.index, dtype="str")


def line(name: str, truth: pd.Series, answers: pd.Series, labels: list[str], effort: Effort) -> float:
    """Prints how right one way of answering is; returns its macro-F1."""
    known = truth != ""
    found = float(macro_f1(truth, answers, labels)[0])
    low, high = np.quantile(macro_f1(truth, answers, labels, effort.resamples), [0.05, 0.95])
    right = (truth[known] == answers[known]).mean()
    print(f"  {name:24} {known.sum():5} posts, accuracy {right:.3f}, macro-F1 {found:.3f} ({low:.3f} to {high:.3f})")
    return found


def by_task(truth: pd.DataFrame, answers: pd.DataFrame, effort: Effort) -> dict[str, float]:
    """Prints both tasks: as a whole, by class, and how honest the probabilities are; returns the macro-F1."""
    found = {}
    for task in TASKS:
        known = truth[task] != ""
        labels = counted(truth[task])
        print(f"{task}, over {len(labels)} classes with {LEAST} posts or more; 90% interval by bootstrap over posts")
        found[task] = line("this classifier", truth[task], answers[task], labels, effort)
        if task == "sentiment":
            some = truth[known].sample(min(known.sum(), effort.snow_posts), random_state=SEED)
            line("SnowNLP", some[task], snow(some["text"]), labels, effort)
        most = truth[task][known].mode()[0]
        line(f"always {most}", truth[task], pd.Series(most, index=truth.index), labels, effort)
        for label, each in scores(truth[task], answers[task])["per_class"].items():
            rates = ", ".join(f"{name} {each[name]:.2f}" for name in ("precision", "recall", "f1"))
            print(f"    {label:16} {each['n']:5} posts, {rates}{'' if label in labels else ' (not counted)'}")
        sure = answers["topic_probability"] if task == "topic" else answers[[f"p_{t}" for t in TONES]].max(axis=1)
        told, right = sure[known].to_numpy(), (truth[task] == answers[task])[known].to_numpy()
        error = calibration_error(told, right)
        print(f"  expected calibration error {error:.3f}; told {told.mean():.3f}, right {right.mean():.3f} on average")
    return found


def accuracy(model: Model, corpus: pd.DataFrame, gold: pd.DataFrame | None, effort: Effort) -> None:
    """How right is it, on posts of this kind and of others?"""
    if gold is None:
        from analysis.classify.validate import cross_validated

        print(f"There is no {GOLD}: cross-validation of the corpus, which flatters.")
        answers = cross_validated(corpus)
        if not answers["by_voice"].all():
            print("Posts of one voice stand on both sides, which flatters more.")
        by_task(corpus.loc[answers.index], answers, effort)
    else:
        found = by_task(gold, predict(gold["text"], model).set_index(gold.index), effort)
        print(f"  sentiment: {goal(found['sentiment'], at_least=0.75)}; topic: {goal(found['topic'], at_least=0.64)}")
    for name in OTHERS:
        other_posts(name, model, effort)


def other_posts(name: str, model: Model, effort: Effort) -> None:
    """How right is the sentiment on weibo of other subjects?"""
    file = DATA / "sentiment" / f"{name}.csv"
    if not file.exists():
        print(f"skipped: there is no {file}")
        return
    posts = read_labelled([file])
    posts = posts[posts["sentiment"] != ""]
    tones = [tone for tone in TONES if tone in set(posts["sentiment"])]
    heard = predict(posts["text"], model)[[f"p_{tone}" for tone in tones]].to_numpy()
    answers = pd.Series([tones[at] for at in heard.argmax(axis=1)], index=posts.index, dtype="str")
    some = posts.sample(min(len(posts), effort.snow_posts), random_state=SEED)
    print(f"sentiment of {name}: {', '.join(tones)}")
    found = line("this classifier", posts["sentiment"], answers, tones, effort)
    line("this one, on the draw", some["sentiment"], answers[some.index], tones, effort)
    line("SnowNLP, on the draw", some["sentiment"], snow(some["text"], tones), tones, effort)
    if name == "ewect_virus_train":
        print(f"  {goal(found, at_least=0.70)}")


def corrections(model: Model, gold: pd.DataFrame, effort: Effort) -> None:
    """What do random corrections teach?"""
    rows = []
    for draw in range(effort.draws):
        order = gold.sample(frac=1, random_state=SEED + draw)
        rest = order.iloc[max(SIZES) :]
        for size in (0, *SIZES):
            better = corrected(model, order.head(size).assign(random=True))
            answers = predict(rest["text"], better).set_index(rest.index)
            f1 = [macro_f1(rest[task], answers[task], counted(gold[task]))[0] for task in TASKS]
            rows.append((size, *f1))
    table = pd.DataFrame(rows, columns=["corrections", *TASKS]).groupby("corrections").agg(["mean", "min", "max"])
    print(f"Macro-F1 on the {len(gold) - max(SIZES)} posts that are not corrected, {effort.draws} draws")
    for size, row in table.iterrows():
        told = ", ".join(f"{t} {row[t, 'mean']:.3f} ({row[t, 'min']:.3f} to {row[t, 'max']:.3f})" for t in TASKS)
        print(f"  {size:3} corrections: {told}")
    last = table.loc[max(SIZES)].xs("mean", level=1)
    print(f"  sentiment: {goal(last['sentiment'], at_least=0.78)}; topic: {goal(last['topic'], at_least=0.68)}")


def share(model: Model, gold: pd.DataFrame, effort: Effort) -> None:
    """How near the truth is the share of negative posts, and does its interval hold it?"""
    known = gold[gold["sentiment"] != ""].reset_index(drop=True)
    truth, dice = (known["sentiment"] == "negative").to_numpy(), np.random.default_rng(SEED)
    first = (predict(known["text"], model)["sentiment"] == "negative").to_numpy()
    found, none = [], 0
    for mixture in range(effort.mixtures):
        if mixture % SAME_CORRECTIONS == 0:
            order = dice.permutation(len(known))
            rest = order[SHARE_CORRECTIONS:]
            better = corrected(model, known.iloc[order[:SHARE_CORRECTIONS]].assign(random=True))
            answers = predict(known["text"], better)
            negative, p = (answers["sentiment"] == "negative").to_numpy(), answers["p_negative"].to_numpy()
            lean = leaning(p, negative)
            p_checked, negative_checked = map(np.array, zip(*better.checked, strict=True))
            rates = error_rates(p_checked, negative_checked, p, lean)
            none += rates is None
        wanted = round(dice.uniform(0.1, 0.7) * SHARE_POSTS)
        drawn = np.concatenate(
            [dice.choice(rest[truth[rest]], wanted), dice.choice(rest[~truth[rest]], SHARE_POSTS - wanted)]
        )
        for way, one, using in (
            ("error-corrected", negative, rates),
            ("counted, corrections learnt", negative, None),
            ("counted", first, None),
        ):
            sums = (np.array([side[drawn].sum()]) for side in (one, lean))
            middle, low, high = negative_share(*sums, np.array([SHARE_POSTS]), using)
            true = wanted / SHARE_POSTS
            found.append((way, (middle[0] - true) * 100, low[0] <= true <= high[0], (high[0] - low[0]) * 100))
    print(f"{effort.mixtures} mixtures of {SHARE_POSTS} posts, {SHARE_CORRECTIONS} corrections; in points")
    if none:
        print(f"  {none} draws of corrections taught no rates: plain counting stands in for them")
    for way, rows in pd.DataFrame(found, columns=["way", "off", "held", "width"]).groupby("way", sort=False):
        error, cover = rows["off"].abs().mean(), rows["held"].mean()
        told = f"{way:28} mean error {error:4.1f} (bias {rows['off'].mean():+5.1f}), 90% interval holds {cover:.2f}"
        print(f"  {told}, {rows['width'].mean():.0f} wide")
        if way == "error-corrected":
            print(f"    error: {goal(error, at_most=3)}; interval: {goal(cover, at_least=0.88)}")


def speed(model: Model, corpus: pd.DataFrame, effort: Effort) -> None:
    """How fast is it, beside its peers?"""
    found = speeds(model, corpus, effort.posts, effort.rounds)
    ours = found["ours"]
    print(f"  this classifier          {ours:12,.0f} posts/s, both tasks; one process, {os.cpu_count()} threads")
    print(f"  with claims and frame    {found['whole']:12,.0f} posts/s")
    print(f"  this one without numba   {found['plain']:12,.0f} posts/s")
    times = ours / found["snownlp"]
    print(f"  SnowNLP, sentiment alone {found['snownlp']:12,.0f} posts/s: {times:,.0f} x, {goal(times, at_least=3000)}")
    if "jieba" not in found:
        print("  jieba is not installed: pip install -r requirements-dev.txt")
        return
    times = ours / found["jieba"]
    print(f"  jieba + TF-IDF + LR      {found['jieba']:12,.0f} posts/s: {times:,.0f} x, {goal(times, at_least=100)}")


def training(model: Model, corpus: pd.DataFrame, gold: pd.DataFrame | None, effort: Effort) -> None:
    """How long does learning take?"""
    some = corpus.sample(min(TRAINING_POSTS, len(corpus)), random_state=SEED)
    begin = time.process_time()
    taken = seconds(lambda: train(some), effort.trainings)
    busy = (time.process_time() - begin) / (effort.trainings + 1)
    print(f"  training on {len(some):,} posts: {taken:.1f} s ({busy:.1f} s of processor), {goal(taken, at_most=5)}")
    taught = (corpus if gold is None else gold).sample(max(SIZES), random_state=SEED).assign(random=True)
    taken = seconds(lambda: corrected(model, taught), effort.trainings)
    print(f"  learning {len(taught)} corrections, error rates included: {taken:.2f} s")


def main() -> None:
    """What are the figures?"""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", choices=PARTS)
    options.add_argument("--quick", action="store_true")
    chosen = options.parse_args()
    effort, parts = QUICK if chosen.quick else Effort(), (chosen.only,) if chosen.only else PARTS
    corpus = read_labelled(CORPUS)
    gold = read_labelled([GOLD]) if GOLD.exists() else None
    begin = time.perf_counter()
    model = train(corpus)
    print(f"Trained on {len(corpus):,} posts of the corpus in {time.perf_counter() - begin:.1f} s (first time)")
    for part in parts:
        print(f"\n{part}")
        if part == "accuracy":
            accuracy(model, corpus, gold, effort)
        elif part == "speed":
            speed(model, corpus, effort)
        elif part == "training":
            training(model, corpus, gold, effort)
        elif gold is None:
            print(f"skipped: there is no {GOLD}")
        else:
            {"corrections": corrections, "share": share}[part](model, gold, effort)


if __name__ == "__main__":
    main()
