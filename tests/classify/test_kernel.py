"""Compiled or plain, the classifier gives the same scores to every text, however odd."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify import kernel, predict
from analysis.classify.features import FORMS, LONGEST, WIDTH, form, ngram_counts, tokens
from analysis.classify.model import Model, Task
from analysis.schema import Sentiment, Topic

# A character whose hash is also that of the pair of it: a long run of it counts twice as often as the run is long.
TWICE = "\U000b382d"
SURROGATE = "\ud83d"

NASTY = {
    "empty": "",
    "one character": "医",
    "one letter": "a",
    "one blank": " ",
    "100,000 characters": "医院排队太久，没有人管。" * 8_334,
    "one character without end": "啊" * 100_000,
    "as long as is read": "医" * (LONGEST - 1) + "院",
    "longer by one": "医" * LONGEST + "院",
    "a link where reading ends": "医" * (LONGEST - 7) + "http://a.cn",
    "an emoticon where reading ends": "医" * (LONGEST - 2) + "[泪]",
    "a hash that is counted twice": TWICE * LONGEST,
    "emoji alone": "😡😡👨‍⚕️🏳️‍🌈1️⃣🇨🇳✋🏿",
    "emoji and words": "医院😡排队😭😭太久",
    "Arabic": "المستشفى ٠١٢٣",
    "Korean": "병원 대기시간이 너무 길어요",
    "Kana": "ﾋﾞｮｳｲﾝ びょういん 病院",
    "Cyrillic": "БОЛЬНИЦА больница",
    "letters with many forms": "ßẞİıſKÅﬁǆẛ̣①½㍿﷽",
    "a lone surrogate": f"医{SURROGATE}院",
    "lone surrogates alone": "\ud800\udfff\udc00",
    "a surrogate inside a link": f"ht{SURROGATE}tp://a.cn",
    "a surrogate inside an emoticon": f"[泪{SURROGATE}]",
    "two emoticons": "[泪][泪]",
    "three kinds of emoticon": "太感人了[泪][心][泪]加油[加油]",
    "an emoticon in wide brackets": "［泪］",
    "an empty emoticon": "[]",
    "an emoticon in an emoticon": "[[泪]]",
    "a bracket that is not closed": "[泪",
    "a bracket that closes none": "泪]",
    "a bracket at the end": "医院[",
    "an emoticon of eight": "[一二三四五六七八]",
    "an emoticon of nine": "[一二三四五六七八九]",
    "an emoticon with a blank": "[泪 泪]",
    "an emoticon with a line break": "[泪\n泪]",
    "an emoticon of emoji": "[😡]",
    "an emoticon around a link": "[http://]",
    "an emoticon with a joiner": "[泪\u200d\ufe0f]",
    "a reply": "回复@小明:不是的",
    "a reply in traditional characters": "回覆@小明 回復@小明",
    "passed on": "转发//@小明:好//@小红:坏",
    "almost passed on": "好/ /@小明 //小明",
    "news": "【医院回应】已停职",
    "a headline late in the text": "医" * 59 + "【院】",
    "a headline too late in the text": "医" * 60 + "【院】",
    "a headline": "医院回应排队三小时",
    "the longest headline": "医" * 28,
    "longer than a headline": "医" * 29,
    "a headline with a stance": "医院回应排队三小时!",
    "the longest short text": "医，" * 20,
    "the shortest middle one": "医，" * 20 + "院",
    "the longest middle one": "医" * 100,
    "a long one": "医" * 101,
    "at alone": "@",
    "at the end": "谢谢@",
    "two of them": "@@名字",
    "at and a blank": "@ 名字",
    "a name of 20": "@" + "名" * 20 + "！",
    "a name of 25": "@" + "名字" * 12 + "好",
    "a name with marks": "@市医院_官方-1号：你好",
    "a name with an emoji": "@名😡字",
    "a name in a wide form": "＠名字",
    "a name with combining marks": "@cafe\u0301 x",
    "a name before a name": "@甲@乙",
    "a link at the end": "看这里http://",
    "a link with nothing": "https://",
    "almost a link": "http:/a http:a httpx://a htt",
    "h at the end": "医院h",
    "a long link": "https://a.cn/" + "x" * 400 + "医",
    "a link of 200": "http://" + "x" * 200 + "y",
    "a link in capitals": "HTTP://A.CN/B",
    "a link in a wide form": "ｈｔｔｐｓ：／／ａ．ｃｎ",
    "a link in Chinese": "链接http://a.cn，点开",
    "a link in a link": "http://http://https://",
    "NULs": "\x00医\x00\x00院\x00",
    "controls": "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0)))),
    "many kinds of blank": "医 \t\n\u3000\u00a0\u2003  院",
    "blanks alone": " \n\u3000 ",
    "blanks around a dropped mark": "医 \u200b 院",
    "wide forms": "ＩＣＵ１２３！？（）",
    "digits of many kinds": "1１٣۴߅᠑𝟙①",
    "traditional": "醫院護士態度極差，掛號費亂收",
    "combining marks": "医" + "\u0301\u0316\u0360" * 50 + "e\u0301é",
    "marks that are left out": "\u200b\u200d\ufeff\ufe0f\u00ad\u202e",
    "private characters": "\ue000\ue001\uf8ff医\U000f0000\U0010ffff",
    "four bytes": "𠮷𠜎𝕳𝖔𝖘\U0001fffe",
    "edges of the encoding": "\x7f\x80\u07ff\u0800\uffff\U00010000\U0010ffff",
}
PIECES = [
    *("[", "]", "［", "］", "@", "＠", "h", "http", "https", "://", "http://", "https://", "ＨＴＴＰ", ":", "/"),
    *(" ", "  ", "\u3000", "\n", "\x00", "\t", "\u200b", "\u200d", "\ufe0f", "\ufeff", "\ue000", "\ue001", "\u0301"),
    *("医", "醫", "泪", "院", "a", "A", "Ａ", "_", "-", "1", "１", "٣", "é", "ß", "İ", "ﬁ", "😡", "𠮷", TWICE),
    *("\U000f0000", "\ud83d", "\udc00", "x" * 199, "名" * 19, "七" * 7, "[泪]", "@名字"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=()), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("回复@小明:不是的", 0),
        ("转发//@小明:好", 0),
        ("【医院回应】已停职", 1),
        ("医院回应排队三小时", 2),
        ("医院回应排队三小时!", 3),
        ("谢谢医生[心]", 3),
        ("", 2),
        ("医，" * 21, 4),
        ("医" * 101, 5),
    ],
)
def test_a_text_has_one_form(text: str, wanted: int) -> None:
    """Reply, news, headline, short, middle, long."""
    (read,) = tokens(series([text]))
    assert form(read) == wanted


@pytest.fixture(scope="module")
def model() -> Model:
    """A classifier that knows half of all hashed n-grams, and of them something at random."""
    dice = np.random.default_rng(7)
    columns = np.flatnonzero(dice.random(WIDTH) < 0.5).astype(np.int32)
    forms = np.arange(WIDTH, WIDTH + FORMS - 1, dtype=np.int32)  # the last it does not know
    twice = np.flatnonzero(ngram_counts(pd.Series([TWICE])).toarray()[0]).astype(np.int32)
    columns = np.union1d(np.union1d(columns, twice), forms)

    def task(labels: tuple[str, ...]) -> Task:
        weights = dice.normal(0, 3, (len(labels), len(columns))).astype(np.float32)
        return Task(labels, weights, dice.normal(0, 1, len(labels)).astype(np.float32))

    idf = np.where(columns < WIDTH, dice.uniform(1, 10, len(columns)), 1).astype(np.float32)
    return Model(columns, idf, task(tuple(map(str, Topic))), task(tuple(map(str, Sentiment))), "", 2)


def series(texts: list[str]) -> pd.Series:
    """Texts as a column; lone surrogates fit into one of Python's strings alone."""
    return pd.Series(texts, dtype=object)


def assert_same(texts: pd.Series, model: Model) -> None:
    compiled, plain = predict.compiled_scores(texts, model), predict.plain_scores(texts, model)
    assert compiled.shape == plain.shape == (len(texts), 14)
    np.testing.assert_allclose(compiled, plain, atol=1e-4, rtol=0)


# --- the same scores


@pytest.mark.parametrize("kind", NASTY)
def test_a_nasty_text_gets_the_same_scores(kind: str, model: Model) -> None:
    assert_same(series([NASTY[kind]]), model)


def test_a_text_gets_the_same_scores_whatever_stands_beside_it(model: Model) -> None:
    texts = series(list(NASTY.values()))
    alone = np.vstack([predict.compiled_scores(texts.iloc[[row]], model) for row in range(len(texts))])
    np.testing.assert_allclose(predict.compiled_scores(texts, model), alone, atol=1e-5, rtol=0)
    assert_same(texts, model)


def test_no_text_gets_no_score(model: Model) -> None:
    assert predict.compiled_scores(pd.Series([], dtype="str"), model).shape == (0, 14)


def test_every_character_gets_the_same_scores(model: Model) -> None:
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert_same(pd.Series(["".join(characters[at : at + 64]) for at in range(0, len(characters), 64)]), model)


@settings(max_examples=30)
@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_any_texts_get_the_same_scores(model: Model, texts: list[str]) -> None:
    assert_same(series(texts), model)


@settings(max_examples=20)
@given(TEXTS, st.integers(LONGEST - 60, LONGEST + 5))
def test_any_text_gets_the_same_scores_where_reading_ends(model: Model, end: str, before: int) -> None:
    assert_same(series(["医" * before + end.encode("utf-8", "ignore").decode()]), model)


def test_more_texts_than_one_thread_takes_get_the_same_scores(model: Model) -> None:
    count = 2 * kernel.PART + 5
    assert_same(pd.Series([f"第{row}位[泪] @名字 http://a.cn/{row}" for row in range(count)], dtype="str"), model)


# --- Arrow's own ways


def test_a_part_of_a_column_gets_its_own_scores(model: Model) -> None:
    texts = pd.Series(["排队太久", "医院😡", "", "[泪][泪]", "谢谢医生", "http://a.cn"], dtype="str")
    whole = predict.plain_scores(texts, model)
    np.testing.assert_allclose(predict.compiled_scores(texts.iloc[2:5], model), whole[2:5], atol=1e-4)
    sliced = pa.array(texts, type=pa.large_string()).slice(3, 2)
    assert sliced.offset == 3
    np.testing.assert_allclose(arrow_scores(sliced, model), whole[3:5], atol=1e-4)


def test_a_column_in_several_pieces_gets_the_same_scores(model: Model) -> None:
    texts = pd.concat([pd.Series([text], dtype="str") for text in ("排队太久", "", "[泪]")], ignore_index=True)
    assert_same(texts, model)


def test_a_missing_text_counts_as_empty(model: Model) -> None:
    texts = pa.array(["医院", None, "排队"], type=pa.large_string())
    expected = predict.plain_scores(series(["医院", "", "排队"]), model)
    np.testing.assert_allclose(arrow_scores(texts, model), expected, atol=1e-4)
    column = pd.Series(["医院", None, "排队"], dtype="str")
    np.testing.assert_allclose(predict.compiled_scores(column, model), expected, atol=1e-4)


def test_the_bytes_under_a_missing_text_are_not_read(model: Model) -> None:
    _valid, offsets, letters = pa.array(["医院", "密", "排队"], type=pa.large_string()).buffers()
    hidden = pa.LargeStringArray.from_buffers(3, offsets, letters, pa.py_buffer(bytes([0b101])))
    assert hidden.to_pylist() == ["医院", None, "排队"]
    expected = predict.plain_scores(series(["医院", "", "排队"]), model)
    np.testing.assert_allclose(arrow_scores(hidden, model), expected, atol=1e-4)


def arrow_scores(texts: pa.LargeStringArray, model: Model) -> np.ndarray:
    """Which scores does the kernel give to an Arrow array as it is?"""
    slots = np.full(WIDTH + FORMS, kernel.UNKNOWN, dtype=np.uint32)
    slots[model.columns] = np.arange(len(model.columns), dtype=np.uint32)
    weights = np.vstack([model.topic.weights, model.sentiment.weights]).T * model.idf[:, None]
    return kernel.linear_scores(
        texts, slots, model.idf, weights, np.concatenate([model.topic.bias, model.sentiment.bias])
    )
