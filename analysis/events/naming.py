"""What is an event called? By a hashtag of its own, else by its most central headline or clause: its own words.

A name is made of the event's first posts alone and of what had been said by then: at 1, 3, 10, 30, 100 and 300 posts it
is made anew, and then it stands. So it does not change from hour to hour, and never after the 300th post.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import prod

import numpy as np
import pandas as pd

from analysis.events.sample import drawn, first_posts
from analysis.posts.people import names
from analysis.posts.privacy import masked_series, personal_data_are_shown
from analysis.schema import MediaTier, Platform, full_text
from analysis.signals.wording import NOISE, TAG, cutter, tags, wording, words

STEPS = (1, 3, 10, 30, 100, 300)  # numbers of posts at which a name is made anew
READ, READ_BEFORE = 40, 100  # different texts of the event, and posts from before it, whose words are counted
BEFORE = pd.Timedelta(days=7)
LONGEST, SHORTEST, SHORTEST_TAG = 24, 5, 4  # characters of a name, of a clause and of a hashtag that can be one
FEWEST_ACCOUNTS, LEAST_SHARE = 3, 0.02  # accounts, and share of all accounts, that must use a hashtag
OWN = 0.8  # share of the posts with a hashtag that must be the event's own
A_TEXT, RARE = 30, 0.01  # words of a text; share of texts that any word is believed to stand in
KEY_TERMS = 20  # so many words weigh how central a clause is
LENGTH = 400  # characters of a text whose clauses can be a name
HEADLINE, BRACKETS, CLAUSE = 1.6, 1.3, 1.0  # how much a medium's title, what stands in 【】, and a clause count,
SPOKEN, ASKED, BEGGED = 0.5, 0.6, 0.2  # and how much less what is said as in talk, what asks, and what begs
HEADLINES = frozenset(map(str, (Platform.NEWS, Platform.TOUTIAO, Platform.WECHAT)))  # platforms whose titles are ones
MADE_OF = ["post_id", "published_at", "platform", "author", "media_tier", "title", "text"]  # columns that make a name
LINK = re.compile(r"(?:https?://|www\.)[!-~]+|[a-z0-9-]+\.(?:com|cn|net|org|top|xyz|cc|example)(?![a-z])[!-~]*", re.I)
BRACKET = re.compile(r"【([^【】]{4,80})】")
# Sentences end at these signs, and at emoji.
SENTENCE = re.compile("[。！？!?…\n\r;；|~～【】]+|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d\u203c]+")
PIECE = re.compile(r"[^,，:：\s]+[,，:：\s]*")
TALK = re.compile(
    "[我俺咱你您他她呜哈啊呀吧呢嘛哦啥咋谁]|大家|姐妹|宝子|家人们|谢谢|请问|有没有|有人知道|真的|麻烦|看看|实话|说句|说真的|讲真|路过|别的不说"
)
BEGGING = re.compile("求求|求扩|求转|转转|帮转|转发|扩散|帮忙|顶上去")
QUESTION = re.compile("[吗么]$|什么|怎么|为何|多少|哪")
NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|\d{1,2}[.、)）]\s*)")  # of an entry in a list
ENDS = " ,，、:：.。·-—“”\"'‘’《》()（）「」[]/"
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("「", "」"), ("‘", "’"))
# Hashtags that name an institution or a column, and nothing that happened.
COLUMN = re.compile(
    ".*(?:医院|[一二三四]院|大学|卫健委|日报|晚报|新闻|超话|身边事|热搜|头条|视频|日常|生活|资讯|vlog)$", re.I
)


def name_of(
    first: pd.DataFrame,
    secret: frozenset[str],
    before: list[tuple[str, ...]],
    elsewhere: Sequence[str],
    read: dict[str, tuple[str, ...]],
) -> str:
    """What is an event called whose first posts these are? At most 24 characters; personal data masked.

    first, secret: see `settling`; before: the words of posts before it (see `said_before`); elsewhere: the texts of
    other posts up to the last of `first`, which tell whether a hashtag is its own; `read` keeps what was cut.
    In this order: a hashtag that 3 accounts and 2% of all accounts use, and hardly anybody elsewhere; the headline or
    clause that says most of what is telling; its most telling words, joined by "、"; month, day and platform of its
    first post ("10-07 weibo").
    """
    table = readable(first, read)
    terms = weights(table["words"].tolist(), before)
    return (
        hashtag(first, elsewhere, secret)
        or headline(table, terms, secret)
        or joined([term for term in terms if not any(name in term for name in secret)])
        or f"{first['published_at'].iloc[0]:%m-%d} {first['platform'].iloc[0]}"
    )


def settling(posts: pd.DataFrame) -> tuple[pd.DataFrame, frozenset[str]]:
    """Which of an event's posts make its name: the first 1, 3, 10, 30, 100 or 300? And which names are secret?

    What the first 300 posts give away of a patient's name is secret, so that a name can also change, once, because it
    held one.
    """
    first = first_posts(posts, STEPS[-1])
    return first.head(max((step for step in STEPS if step <= len(first)), default=1)), private_names(first)


def said_before(posts: pd.DataFrame, began: pd.Timestamp, read: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Which words had been said in the week before an event began? Of a sample; posts: in order of time."""
    start, end = posts["published_at"].searchsorted([began - BEFORE, began])
    return [words(text, read) for text in full_text(drawn(posts.iloc[start:end], READ_BEFORE))]


def readable(first: pd.DataFrame, read: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """Which different texts can be read for a name? Title and text masked, headline (bool), copies, words.

    Copies count as one, also where something was put before or behind. Of more than READ, headlines of media come
    first, then what was copied most, then what came first.
    """
    whole = full_text(first)
    clause = wording(whole)
    copies = clause.map(clause.value_counts())
    table = first.assign(whole=whole, copies=copies, headline=is_headline(first))
    table = table.assign(headline=table["headline"].groupby(clause).transform("max"))[~clause.duplicated()]
    table = table.sort_values(["headline", "copies"], ascending=False, kind="stable").head(READ)
    table = table.assign(whole=masked_series(table["whole"]), title=masked_series(table["title"]))
    told = pd.Series([words(text, read) for text in table["whole"]], index=table.index, dtype=object)
    return table[["title", "whole", "copies", "headline"]].assign(words=told)


def is_headline(posts: pd.DataFrame) -> np.ndarray:
    """Which posts (bool) bear a headline: a whole title of a medium, or on a platform whose titles are headlines?"""
    media = ~posts["media_tier"].isin(["", str(MediaTier.SELF_MEDIA)])
    whole = (posts["title"] != "") & ~posts["title"].str.endswith(("…", "...", ".."))
    return (whole & (media | posts["platform"].isin(HEADLINES))).to_numpy(dtype=bool)


def weights(texts: list[tuple[str, ...]], before: list[tuple[str, ...]]) -> dict[str, float]:
    """How much does each word say of what these texts have in common? Word → weight, the KEY_TERMS largest first.

    The share of the texts that say it, times how much more often that is than before and in general Chinese (the
    logarithm of the ratio). Unlike `wording.telling` it answers for a single text too. Hashtags are left out.
    """
    here, there = (Counter(word for said in side for word in said) for side in (texts, before))
    found = {}
    for word, n in here.items():
        share = n / len(texts)
        usual = max((cutter().FREQ.get(word) or 0) / cutter().total * A_TEXT, there[word] / max(len(before), 1))
        weight = share * np.log(share / (usual + RARE))
        if weight > 0 and not TAG.fullmatch(word):
            found[word] = float(weight)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:KEY_TERMS])


def private_names(posts: pd.DataFrame) -> frozenset[str]:
    """Which names of patients and relatives stand in these posts? One that a word gives away once is secret."""
    if personal_data_are_shown():
        return frozenset()
    return frozenset(text[start:end] for text in full_text(posts).unique() for start, end in names(text))


# --- a hashtag


def hashtag(first: pd.DataFrame, elsewhere: Sequence[str], secret: frozenset[str]) -> str:
    """Which hashtag is the event's own? Without its signs; the one that most accounts use, "" = none."""
    account = np.where(first["author"] == "", first["text"], first["platform"] + "\x1f" + first["author"])
    said = [tags(text) for text in first["text"]]
    uses = {(tag, who) for tagged, who in zip(said, account, strict=True) for tag in tagged}
    least = max(FEWEST_ACCOUNTS, LEAST_SHARE * len(set(account)))
    accounts = Counter(tag for tag, _who in uses)
    ranked = sorted((tag for tag in accounts if accounts[tag] >= least), key=lambda tag: (-accounts[tag], tag))
    for tag in ranked:
        own = sum(tag in tagged for tagged in said)
        if can_name(tag.strip("#"), secret) and own >= OWN * (own + sum(tag in text for text in elsewhere)):
            return tag.strip("#")
    return ""


def can_name(tag: str, secret: frozenset[str]) -> bool:
    """Can this hashtag name an event: neither too short nor too long, no institution, nothing personal in it?"""
    masked = masked_series(pd.Series([tag], dtype="str")).iloc[0]
    fits = SHORTEST_TAG <= len(tag) <= LONGEST and masked == tag and not LINK.search(tag)
    return fits and not COLUMN.fullmatch(tag) and not any(name in tag for name in secret)


# --- a headline or a clause


def headline(table: pd.DataFrame, terms: dict[str, float], secret: frozenset[str]) -> str:
    """Which headline or clause says most of what is telling, in fewest characters? "" = none says anything of it."""
    best, name = 0.0, ""
    for row in table.itertuples():
        for kind, text in parts(row):
            for clause in clauses(text, kind > CLAUSE):
                score = kind * central(clause, terms) * (1 + 0.25 * np.log(row.copies))
                if score > best and "*" not in clause and not any(secret_name in clause for secret_name in secret):
                    best, name = score, clause
    return name


def parts(row: object) -> Iterator[tuple[float, str]]:
    """Which parts of a text can hold a name, and how much does each kind count?"""
    title, whole = str(row.title), str(row.whole)[:LENGTH]  # type: ignore[attr-defined]
    if row.headline:  # type: ignore[attr-defined]
        yield HEADLINE, title
    for found in BRACKET.finditer(whole):
        yield BRACKETS, found[1]
    yield CLAUSE, TAG.sub("\n", whole)


def clauses(text: str, from_start: bool) -> Iterator[str]:
    """Which runs of clauses, 5 to 24 characters, stand in a text? Without links, names of accounts and emoticons.

    from_start: those alone with which a sentence begins, as headlines say first what matters. None ends before a
    colon, where what was announced would be missing.
    """
    for sentence in SENTENCE.split(LINK.sub("\n", NOISE.sub(" ", text))):
        pieces = PIECE.findall(sentence)
        for start in range(1 if from_start else len(pieces)):
            run = ""
            for piece in pieces[start:]:
                run += piece
                if len(run.strip(ENDS)) > LONGEST:
                    break
                clause = balanced(NUMBER.sub("", run.strip(ENDS)))
                if len(clause) >= SHORTEST and not piece.rstrip().endswith((":", "：")):
                    yield clause


def balanced(clause: str) -> str:
    """How does a clause read without the quotation marks and brackets of which it has only one?"""
    for left, right in PAIRS:
        if clause.count(left) != clause.count(right):
            clause = clause.replace(left, "").replace(right, "")
    return clause


def central(clause: str, terms: dict[str, float]) -> float:
    """How much of what is telling does a clause say, for its length? Talk and questions count less."""
    said = sum(weight for term, weight in terms.items() if term in clause)
    tones = ((TALK, SPOKEN), (QUESTION, ASKED), (BEGGING, BEGGED))
    tone = prod(less for pattern, less in tones if pattern.search(clause))
    return tone * said / (15 + len(clause)) ** 0.5


def joined(terms: Sequence[str]) -> str:
    """How do words read as a name? As many of the first three as fit, with 、 between them."""
    for most in (3, 2, 1):
        name = "、".join(terms[:most])
        if len(name) <= LONGEST:
            return name
    return ""
