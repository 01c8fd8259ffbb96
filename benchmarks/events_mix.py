"""Which posts of another invented city are hard to sort into events? Six incidents at once, in much daily talk.

The texts in events_texts/ were invented for this benchmark alone: nothing is tuned on them. Two incidents are of one
topic in one week, two are about children, one is slow, one has 85 posts. As in life some comments name nothing
("太难受了"); 85% of these are replies whose parent is known. The daily talk is that of the same hospital
(sample_data/texts/daily.csv), most of it replaced by training posts of everyday kinds, none used more than twice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.posts.read import read_many
from analysis.schema import TIMEZONE
from sample_data.authors import author_pool
from sample_data.export import HEADERS, table
from sample_data.generate import _story_rows as story_rows
from sample_data.rows import DELAY_MEDIAN_S, DELAY_SIGMA
from sample_data.stories import ROUTINE, Fact, Story, Wave
from sample_data.timing import arrival_seconds, daily_intensity, story_intensity
from sample_data.wording import Template, read_templates

TEXTS = Path(__file__).parent / "events_texts"
CORPUS = Path(__file__).parents[1] / "sample_data" / "training_posts.csv"
DAYS, PLANNED = 21, 20_000
NAMES = {
    "青禾市第一人民医院": "云岫市中心医院",
    "青禾市一院": "云岫市中心医院",
    "青禾一院": "云岫中心医院",
    "市一院": "市中心医院",
    "青禾": "云岫",
}
HEADLINES = ("headlines", "news")
EVERYDAY = ("first", "everyday", "comments", "feelings", "plain", "stories", "letters", "vocabulary")
EPIDEMIC = ("rumour", "public_health", "disaster")  # the corpus tells of real outbreaks, which would be events
WITH_PARENT, REPLACED, OURS, RETOLD, KEPT = 0.85, 0.85, 0.5, 0.6, 0.65
HOSPITAL = re.compile(r"(?:(?<=[在去到从离出进往，。！？、 ])|^)医院")
TITLED = ("问政", "12345", "新闻", "微信", "小红书")


def _incident(key: str, topic: str, day: int, hour: int, end: int, loudness: float, **rest: object) -> Story:
    """Which story is it? Levels and the planned peak are not asked here."""
    shared = {"name": key, "level": ROUTINE, "peak": 0, "reposts": 0.2, "home": (0.9, 0.6)}
    return Story(key=key, topic=topic, day=day, hour=hour, end=end, loudness=loudness, **{**shared, **rest})  # type: ignore[arg-type]


INCIDENTS = (
    _incident(
        *("infusion", "medical_quality", 7, 22, 190, 1.6),
        facts=(
            Fact(0, "母亲发文", None, "relative", "我儿子满满，四岁半", 5.0),
            Fact(26, "医院说明", None, "hospital", "情况说明：前日晚", 2.0),
            Fact(72, "调查进展", None, "hospital", "关于患儿死亡事件的调查进展", 2.0),
            Fact(74, "主管部门通报", None, "health_commission", "责令{short}暂停", 1.0),
        ),
        waves=(Wave(0, 60, 1.0, 5.0), Wave(9, 300, 3.0, 9.0), Wave(24, 260, 2.0, 10.0), Wave(72, 180, 1.5, 10.0)),
        phases=((0, "start"), (8, "spread"), (22, "peak"), (72, "response"), (110, "decline")),
        tags=("#四岁男童输液后死亡#", "#青禾生活#"),
        provincial=10,
    ),
    _incident(
        *("knee", "medical_quality", 9, 15, 200, 0.6),
        facts=(
            Fact(0, "女儿发文", None, "relative", "我爸老庞", 4.0),
            Fact(40, "医院通报", None, "hospital", "手术侧别错误。我院", 1.0),
            Fact(96, "整改公告", None, "hospital", "清醒状态下主刀亲自标记", 1.0),
        ),
        waves=(Wave(0, 30, 2.0, 8.0), Wave(18, 70, 3.0, 10.0), Wave(40, 50, 2.0, 12.0), Wave(96, 30, 3.0, 20.0)),
        phases=((0, "start"), (14, "spread"), (38, "peak"), (96, "response"), (150, "decline")),
        tags=("#青禾生活#", "#看病日常#"),
    ),
    _incident(
        *("scalpers", "service", 2, 0, 330, 0.3),
        facts=(
            Fact(190, "警情通报", None, "police", "警情通报：近日，我局联合", 2.0),
            Fact(216, "医院公告", None, "hospital", "关于加强号源管理的公告", 1.0),
        ),
        waves=(Wave(0, 90, 40.0, 60.0), Wave(96, 120, 20.0, 50.0), Wave(190, 100, 2.0, 14.0), Wave(230, 30, 5.0, 30.0)),
        phases=((0, "start"), (72, "spread"), (188, "peak"), (215, "response"), (280, "decline")),
        tags=("#青禾#", "#看病日常#"),
    ),
    _incident(
        *("vaccine", "public_health", 5, 20, 260, 0.9),
        facts=(
            Fact(0, "母亲发文", None, "relative", "给我家三个月的小汤圆", 4.0),
            Fact(70, "疾控通报", None, "disease_control", "关于接种过期疫苗情况的通报", 2.0),
            Fact(120, "致歉信", None, "hospital", "致歉信：我院", 1.0),
        ),
        waves=(Wave(0, 50, 3.0, 12.0), Wave(24, 110, 6.0, 20.0), Wave(70, 90, 2.0, 16.0), Wave(120, 50, 4.0, 24.0)),
        phases=((0, "start"), (18, "spread"), (70, "peak"), (118, "response"), (190, "decline")),
        tags=("#婴儿接种过期五联疫苗#", "#青禾生活#"),
    ),
    _incident(
        *("bullying", "management", 12, 21, 130, 0.8),
        facts=(
            Fact(0, "护士发文", None, "relative", "我是{short}心内监护室的护士", 4.0),
            Fact(24, "医院说明", None, "hospital", "关于网传我院职工反映问题", 1.0),
            Fact(60, "处理通报", None, "hospital", "处理通报：经查，贺某", 1.0),
        ),
        waves=(Wave(0, 50, 2.0, 10.0), Wave(20, 40, 3.0, 14.0), Wave(60, 20, 3.0, 14.0)),
        phases=((0, "start"), (6, "spread"), (24, "peak"), (60, "response"), (100, "decline")),
        tags=("#青禾#", "#青禾生活#"),
    ),
    _incident(
        *("flood", "disaster", 10, 2, 100, 0.4),
        facts=(
            Fact(8, "医院通报", None, "hospital", "情况通报：今日2时10分许", 1.0),
            Fact(14, "警情通报", None, "police", "警情通报：针对网上", 1.0),
            Fact(34, "后续说明", None, "hospital", "后续说明：经第三方检测"),
        ),
        waves=(Wave(0, 25, 0.5, 3.0), Wave(5, 40, 1.5, 6.0), Wave(30, 20, 3.0, 12.0)),
        phases=((0, "start"), (3, "spread"), (8, "peak"), (30, "response"), (70, "decline")),
        tags=("#青禾#", "#青禾生活#"),
    ),
)


def mix(seed: int, posts: int = PLANNED, talk: pd.Series | None = None) -> pd.DataFrame:
    """Which posts are there, and of which incident is each? About ten posts of daily talk for one of an incident.

    Returns canonical posts, read as any export is, and `true`: the incident's number, -1 = daily talk. `talk`: other
    texts instead of the training posts.
    """
    dice = np.random.default_rng([seed, 10])
    stories = tuple(_scheduled(dice, story, posts / PLANNED) for story in INCIDENTS)
    templates, replies = _templates()
    pool = author_pool(np.random.default_rng([seed, 11]), 4000 + posts // 10)
    rows = _rows(seed, posts, stories, templates, pool)
    vendor = table(rows, pool, stories, templates, DAYS)
    told = _told(dice, vendor, rows["story"].to_numpy(), talk if talk is not None else training(EVERYDAY))
    told = _answering(dice, told, rows, np.isin(rows["template"], replies))
    told = told.assign(**{name: _renamed(told[name]) for name in ("标题", "正文", "作者", "媒体名称")})
    data = told[list(HEADERS)].to_csv(index=False).encode("utf-8-sig")
    read = read_many([("mix.csv", data)], pd.Timestamp("2026-01-01", tz=TIMEZONE)).posts
    true = dict(zip(told["文章ID"], rows["story"].astype(int), strict=True))
    return read.assign(true=read["post_id"].map(true).to_numpy(np.int64))


def training(voices: tuple[str, ...]) -> pd.Series:
    """Which training posts speak in these voices of everyday things?"""
    corpus = pd.read_csv(CORPUS, encoding="utf-8-sig", dtype=str)
    return corpus.loc[corpus["voice"].isin(voices) & ~corpus["topic"].isin(EPIDEMIC), "text"]


def _scheduled(dice: np.random.Generator, story: Story, scale: float) -> Story:
    """When does this seed's incident start (a day earlier or later), and how large is it?"""
    size = scale * float(dice.lognormal(0.0, 0.25))
    waves = tuple(replace(wave, posts=wave.posts * size) for wave in story.waves)
    return replace(story, day=story.day + int(dice.integers(-1, 2)), waves=waves)


def _templates() -> tuple[tuple[Template, ...], np.ndarray]:
    """Which texts are there, and which (their numbers) are replies that name nothing?"""
    frame = pd.concat([pd.read_csv(TEXTS / f"{s.key}.csv", encoding="utf-8-sig", dtype=str) for s in INCIDENTS])
    daily = tuple(template for template in read_templates() if template.use == "daily")
    reply = (frame["voice"] == "reply").to_numpy()
    frame["voice"] = frame["voice"].where(~reply, "comment")
    ours = frame[["use", "phase", "voice", "sentiment", "text"]].itertuples(index=False)
    return daily + tuple(Template(*row) for row in ours), np.flatnonzero(reply) + len(daily)


def _rows(
    seed: int, posts: int, stories: tuple[Story, ...], templates: tuple[Template, ...], pool: pd.DataFrame
) -> pd.DataFrame:
    """Which posts come when, from whom, in which text (numbers only, as in the sample data)?"""
    parts, rest = [], posts - sum(story.posts for story in stories)
    for number, story in enumerate((None, *stories), start=-1):
        rng = np.random.default_rng([seed, 12 + number])
        intensity = story_intensity(story) if story else daily_intensity(rng, DAYS, rest)
        seconds = arrival_seconds(rng, intensity)
        parts.append(story_rows(rng, story, seconds, templates, pool).assign(story=np.int8(number)))
    return pd.concat(parts).sort_values(["second", "draw"], kind="stable", ignore_index=True)


def _told(dice: np.random.Generator, posts: pd.DataFrame, story: np.ndarray, talk: pd.Series) -> pd.DataFrame:
    """What do the posts say when most are told in fewer words, and most of daily talk says something else?

    So the few hundred texts of daily talk are not told over and over. Reposts pass on what their parent now says.
    """
    texts, headline = posts["正文"].to_numpy(object).copy(), (posts["标题"] == posts["正文"]).to_numpy()
    own = (posts["原帖ID"] == "").to_numpy()
    retold = own & ~posts["平台"].isin(TITLED).to_numpy() & (dice.random(len(posts)) < RETOLD)
    texts[retold] = [_retold(dice, text) for text in texts[retold]]
    parent = posts["文章ID"].isin(posts["原帖ID"]).to_numpy()
    other = own & (story < 0) & ~parent & (dice.random(len(posts)) < REPLACED)
    for places, pool in ((other & headline, training(HEADLINES)), (other & ~headline, talk)):
        drawn = _drawn(dice, pool.to_numpy(object), int(places.sum()))
        texts[np.flatnonzero(places)[: len(drawn)]] = drawn
    said = dict(zip(posts["文章ID"], texts, strict=True))
    for at in np.flatnonzero(posts["原帖ID"].isin(said)):
        before, _colon, _text = texts[at].partition(":")
        texts[at] = f"{before}:{said[posts['原帖ID'].iat[at]]}"
    return posts.assign(标题=np.where(other, np.where(headline, texts, ""), posts["标题"]), 正文=texts)


def _drawn(dice: np.random.Generator, pool: np.ndarray, number: int) -> list[str]:
    """Which texts does daily talk take: each once, then again in fewer words? Half of the hospitals are ours."""
    again = [_retold(dice, text) for text in dice.permutation(pool)]
    drawn = [*dice.permutation(pool), *again][:number]
    ours = dice.random(len(drawn)) < OURS
    return [HOSPITAL.sub("市中心医院", text) if here else text for text, here in zip(drawn, ours, strict=True)]


def _retold(dice: np.random.Generator, text: str) -> str:
    """How does the text read with some of its clauses left out (of three or more; one stays at least)?"""
    clauses = re.findall(r"[^，。！？\n]+[，。！？\n]*", text)
    if len(clauses) < 3:
        return text
    kept = dice.random(len(clauses)) < KEPT
    kept[dice.integers(len(clauses))] = True
    return "".join(clause for clause, keep in zip(clauses, kept, strict=True) if keep)


def _answering(dice: np.random.Generator, posts: pd.DataFrame, rows: pd.DataFrame, reply: np.ndarray) -> pd.DataFrame:
    """Which earlier, popular post of its incident and platform does each reply answer (some: unknown)?"""
    parents, second, likes = posts["原帖ID"].to_numpy(object).copy(), rows["second"].to_numpy(), rows["likes"]
    original = (parents == "") & ~reply
    ids = posts["文章ID"].to_numpy(object)
    for at in np.flatnonzero(reply & (dice.random(len(posts)) < WITH_PARENT)):
        same = (rows["story"].to_numpy() == rows["story"].iat[at]) & (posts["平台"] == posts["平台"].iat[at]).to_numpy()
        can = np.flatnonzero(original & same & (second < second[at]))
        if len(can):
            delay = np.log((second[at] - second[can]) / DELAY_MEDIAN_S)
            weight = np.exp(-0.5 * (delay / DELAY_SIGMA) ** 2) * (likes.to_numpy()[can] + 10.0) ** 0.8
            parents[at] = ids[dice.choice(can, p=weight / weight.sum())]
    return posts.assign(原帖ID=parents)


def _renamed(texts: pd.Series) -> pd.Series:
    """How do they read in the other city?"""
    for old, new in NAMES.items():
        texts = texts.str.replace(old, new, regex=False)
    return texts
