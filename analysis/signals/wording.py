"""Which words and which posts explain a burst? The only door to jieba."""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import jieba  # type: ignore[import-untyped]
import numpy as np
import pandas as pd

from analysis.posts.privacy import masked_series
from analysis.schema import Sentiment, full_text

CUT = 2000  # texts in all that are cut into words, however many posts there are
FEWEST_CUT = 60  # texts a side of each burst, however many bursts there are
LENGTH = 100  # characters of a text that are read: an article says first what it is about
BEFORE = pd.Timedelta(days=7)
HOUR = pd.Timedelta(hours=1)
PRIOR = 0.1  # share of what a word has in all texts that it is believed to have on either side beforehand
LEAST_Z, LEAST_TEXTS = 1.28, 3  # a telling word is likely more frequent (90%), and not said by one or two
MOST, POSTS = 8, 3
SHOWN = ["published_at", "platform", "author", "text"]
READ = ["post_id", *SHOWN, "title", "sentiment"]
CLAUSE = re.compile(r"[^\w]+")
NOISE = re.compile(r"//@.*|@[^\s:：,，。]+|https?://\S+|\[[^\]]{1,8}\]|[\w.+-]+@[\w.-]+", re.S)
TAG = re.compile(r"#[^#\s]{2,30}#")
WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{2,12}")
STOP = frozenset(
    """
    一个 一些 一下 一样 一直 一定 一次 一点 一起 一边 一般 上面 下面 不会 不同 不少
    不得 不想 不敢 不是 不用 不管 不能 不要 不说 不过 不如 不好 不了 不到 不行 不管怎么
    了解 事情 什么 使用 值得 出来 出去 出现 别人 到底 到了 包括 可以 可能 告诉 图片
    视频 在于 大家 好像 好多 好了 希望 开始 应该 得到 得了 微博 想想 意思 感觉 成为
    所有 文字 新闻 方面 无法 是不是 有人 有些 有点 有的 有没有 有关 本来 来说 没人 没有
    照片 看到 看看 看见 看来 觉得 认为 记者 让人 说明 说是 说话 请问 起来 转发 进行
    还有 表示 要求 要是 通过 部分 问题 网友 网页 全文 展开 评论 属于 关于 根据 相关
    不知 不知道 知道 谁知 上去 下来 过来 过去 回来 回去 进去 继续 特此 敬请 谢谢 您好
    你好 请求 帮忙 需要 必须 得以 啊啊啊 哈哈 哈哈哈 呵呵 人家 是从 就是 还是 不断 东西
    地方 情况 时候 大概 意见 那条 那位 这份 这种 非得 有事 没事 去取 出门 心里 发出
    打开 一步 礼拜 钟头
    """.split()  # noqa: SIM905
)
KINDS = ("n", "v", "a", "i", "l", "j", "b", "s", "z")  # of words in the dictionary: no pronouns, adverbs, numerals …
GENERAL = 5_000  # words of general Chinese that every side is believed to hold beforehand


@dataclass(frozen=True)
class ExplainedBurst:
    """A burst (see `burst.bursts`) with the words that set it apart from the week before and its most telling posts.

    posts: published_at, platform, author, text (personal data masked) of up to three posts.
    """

    of: str
    onset: pd.Timestamp
    peak: pd.Timestamp
    end: pd.Timestamp
    strength: float
    running: bool
    terms: tuple[str, ...]
    posts: pd.DataFrame


def explained(bursts: pd.DataFrame, posts: pd.DataFrame, as_of: pd.Timestamp) -> tuple[ExplainedBurst, ...]:
    """What is each burst about, as far as is known at as_of?

    bursts: as from `burst.bursts`; of == "negative" is explained by negative posts. posts: annotated; only those up
    to as_of are read. Copies of a text count once. About 2,000 texts are cut into words, evenly spaced in time: half
    of them within the bursts, half in the weeks before.
    """
    if bursts.empty:
        return ()
    known = posts.loc[posts["published_at"] <= as_of, READ].sort_values(["published_at", "post_id"], kind="stable")
    each = max(FEWEST_CUT, CUT // 2 // len(bursts))
    weeks = between(known, bursts["onset"].min() - BEFORE, bursts["onset"].max())
    read: dict[str, tuple[str, ...]] = {}
    background = spoken(weeks, CUT // 2, read)
    out = []
    for row in bursts.itertuples(index=False):
        mine = spoken(of_tone(between(known, row.onset, row.end + HOUR), row.of), each, read)
        before = of_tone(between(background, row.onset - BEFORE, row.onset), row.of)
        weights = telling(mine["words"].tolist(), before["words"].tolist())
        first = mine[~mine["copy"]]
        told = first.iloc[most_telling(first["words"].tolist(), weights)][SHOWN].reset_index(drop=True)
        out.append(
            ExplainedBurst(row.of, row.onset, row.peak, row.end, row.strength, row.running, tuple(weights)[:MOST], told)
        )
    return tuple(out)


def between(posts: pd.DataFrame, begin: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Which posts (in order of time) came from `begin` on, before `end`?"""
    first, last = posts["published_at"].searchsorted([begin, end])
    return posts.iloc[first:last]


def of_tone(posts: pd.DataFrame, of: str) -> pd.DataFrame:
    """Which posts does a series count: all of them, or the negative ones?"""
    return posts[posts["sentiment"] == Sentiment.NEGATIVE] if of == "negative" else posts


def spoken(posts: pd.DataFrame, most: int, read: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """What do posts say? At most `most` of different wording, evenly spaced, and as many altered copies of them.

    Gives the posts with text (title and text, masked), copy (whether its wording stood before), words; of
    an altered copy only its hashtags. `read` keeps what was cut: posts of an event say the same things again.
    """
    different = np.flatnonzero(~posts["text"].duplicated())
    rows = posts.iloc[different[evenly(len(different), 4 * most)]]
    text = full_text(rows)
    copy = wording(text).duplicated().to_numpy()
    first, again = np.flatnonzero(~copy), np.flatnonzero(copy)
    kept = np.sort(np.concatenate([places[evenly(len(places), most)] for places in (first, again)]))
    text = masked_series(text.iloc[kept])
    said = [tags(t) if again else words(t, read) for t, again in zip(text, copy[kept], strict=True)]
    told = pd.Series(said, index=text.index, dtype=object)
    return rows.iloc[kept].assign(text=text, copy=copy[kept], words=told)


def wording(texts: pd.Series) -> pd.Series:
    """By which clause are copies of a text known, whatever was put before, behind or into it? By its longest."""
    said = [max(CLAUSE.split(NOISE.sub(" ", text[: 2 * LENGTH])), key=len) for text in texts]
    return pd.Series(said, index=texts.index, dtype="str")


def evenly(there: int, most: int) -> np.ndarray:
    """Which positions are left when at most so many of those that are there are taken, evenly spaced?"""
    return np.linspace(0, there - 1, min(there, most)).round().astype(int)


def telling_terms(texts_in: pd.Series, texts_before: pd.Series, most: int = MOST) -> tuple[str, ...]:
    """Which words set these texts apart from those before, most telling first?

    Words of two characters or more and hashtags; no stop words, no numbers, no personal data. Copies of a text
    count once.
    """
    sides = [masked_series(texts[~wording(texts).duplicated()]) for texts in (texts_in, texts_before)]
    read: dict[str, tuple[str, ...]] = {}
    return tuple(telling(*([words(text, read) for text in texts] for texts in sides)))[:most]


def telling(inside: list[tuple[str, ...]], before: list[tuple[str, ...]]) -> dict[str, float]:
    """How much does each word tell of these texts against those before? Word → z, largest first.

    Log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, eq. 22): the prior is a tenth of
    what a word has on both sides together, and what it has in general Chinese, so rare words and words of every
    day are drawn to "no difference". A word counts once a text. Words under 3 texts or z 1.64 are left out.
    """
    here, there = (Counter(word for words in side for word in words) for side in (inside, before))
    names = [word for word, n in here.items() if n >= LEAST_TEXTS]
    x, y = (np.array([side[word] for word in names], dtype=float) for side in (here, there))
    general = np.array([cutter().FREQ.get(word) or 0 for word in names]) / max(cutter().total, 1)
    prior = PRIOR * (x + y) + 0.01 + GENERAL * general
    rest = PRIOR * (here.total() + there.total()) + GENERAL
    odds = [np.log((n + prior) / (side.total() + rest - n - prior)) for n, side in ((x, here), (y, there))]
    z = (odds[0] - odds[1]) / np.sqrt(1 / (x + prior) + 1 / (y + prior))
    ranked = sorted(((float(score), word) for score, word in zip(z, names, strict=True)), key=lambda p: (-p[0], p[1]))
    return {word: score for score, word in ranked if score >= LEAST_Z}


def most_telling(texts: list[tuple[str, ...]], weights: dict[str, float]) -> list[int]:
    """Which texts say most of what is telling, in fewest words? Up to three positions; each adds what is new."""
    left, out = dict(list(weights.items())[:20]), []
    for _round in range(min(POSTS, len(texts))):
        scores = [
            -1.0 if at in out else sum(left.get(word, 0.0) for word in words) / (5 + len(words)) ** 0.5
            for at, words in enumerate(texts)
        ]
        best = int(np.argmax(scores))
        out.append(best)
        left = {word: weight / 2 if word in texts[best] else weight for word, weight in left.items()}
    return out


def words(text: str, read: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Which different words and hashtags stand in a text, in order? Quoted posts, names and links are left out."""
    runs = WORD.findall(TAG.sub(" ", NOISE.sub(" ", text[: 2 * LENGTH]))[:LENGTH])
    for run in runs:
        if run not in read:
            read[run] = tuple(word for word in cutter().cut(run, HMM=False) if len(word) > 1 and showable(word))
    return tuple(dict.fromkeys([*tags(text), *(word for run in runs for word in read[run])]))


def tags(text: str) -> tuple[str, ...]:
    """Which different hashtags stand in a text?"""
    return tuple(dict.fromkeys(TAG.findall(NOISE.sub(" ", text[: 2 * LENGTH]))))


def showable(word: str) -> bool:
    """Is this a word that says something by itself?"""
    return word.isascii() or (word in kinds() and word not in STOP)


def load_words() -> None:
    """How is the dictionary made ready before anybody waits for it? It takes a second or two, once a process."""
    cutter()
    kinds()


@cache
def cutter() -> jieba.Tokenizer:
    """What cuts Chinese into words? Loaded once, silently, when it is needed."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


@cache
def kinds() -> frozenset[str]:
    """Which words of the dictionary are nouns, verbs, adjectives, or set phrases?"""
    with cutter().get_dict_file() as file:
        entries = (line.decode("utf-8").split(" ") for line in file)
        return frozenset(word for word, _often, kind in entries if len(word) > 1 and kind.startswith(KINDS))
