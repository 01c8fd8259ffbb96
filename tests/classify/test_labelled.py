"""Labelled files of one's own are read in the layouts that are common, and what is not understood is said."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.evaluate import evaluate
from analysis.classify.labelled import Labelled, in_words, labelled_files, labelled_posts, read_labelled
from analysis.classify.model import Model
from analysis.schema import InputError, Topic

TONES = ["negative", "neutral", "positive"]


def read(content: str) -> Labelled:
    return labelled_posts("mine.csv", content.encode())


def rows(found: Labelled) -> list[tuple[str, str, str]]:
    return list(found.posts[["text", "topic", "sentiment"]].itertuples(index=False, name=None))


def tones(header: str, *labels: str) -> list[str]:
    """Which sentiments do these labels stand for, one text each?"""
    lines = [f"第{at}句,{label}" for at, label in enumerate(labels)]
    return read("\n".join([f"text,{header}", *lines])).posts["sentiment"].tolist()


def said(found: Labelled) -> str:
    return " ".join(map(str, in_words(found)))


def refusal(content: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        labelled_posts("mine.csv", content.encode() if isinstance(content, str) else content)
    return str(caught.value)


# --- layouts


@pytest.mark.parametrize(
    "header", ["text", "Review", " content ", "微博正文", "正文", "微博中文内容", "评论", "ｔｅｘｔ"]
)
def test_the_column_of_texts_has_many_names(header: str) -> None:
    assert rows(read(f"id,{header},topic\n7,排队很久,service\n")) == [("排队很久", "service", "")]


def test_where_two_columns_could_hold_the_text_the_surer_name_does() -> None:
    found = read("评论,内容,情感\n69,排队很久,负面\n")  # in an export 评论 counts comments
    assert rows(found) == [("排队很久", "", "negative")]
    assert "Text is read from 内容." in said(found)


@pytest.mark.parametrize("header", ["sentiment", "Polarity", "情感倾向", "倾向性", "label", "标签"])
def test_the_column_of_sentiments_has_many_names(header: str) -> None:
    assert tones(header, "负面", "", "正面") == ["negative", "", "positive"]


@pytest.mark.parametrize("header", ["topic", "风险类型", "主题", "话题", "label", "标签"])
def test_topics_go_by_their_key_and_their_name_in_both_languages(header: str) -> None:
    found = read(f"text,{header}\n甲,doctor_patient\n乙,医患冲突\n丙,Doctor-Patient conflict\n丁, OTHER \n")
    assert found.posts["topic"].tolist() == ["doctor_patient"] * 3 + ["other"]
    assert found.posts["sentiment"].tolist() == [""] * 4


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_is_known_by_its_labels(topic: Topic) -> None:
    content = f'text,topic\n甲,"{topic.label.to("en")}"\n乙,{topic.label.to("zh_CN")}\n丙,{topic}\n'
    assert read(content).posts["topic"].tolist() == [str(topic)] * 3


def test_two_columns_of_labels_may_stand_side_by_side() -> None:
    assert rows(read("正文,标签,label\n排队很久,service,0\n")) == [("排队很久", "service", "negative")]


def test_hashtags_are_no_topics_and_that_is_said() -> None:
    found = read("微博正文,话题,情感倾向\n排队很久,北京医院,-1\n真好,,1\n")
    assert found.posts["sentiment"].tolist() == ["negative", "positive"]
    assert found.posts["topic"].tolist() == ["", ""]
    assert "话题 was not read as labels." in said(found)


def test_a_clear_header_goes_before_one_that_may_mean_anything() -> None:
    found = read("text,label,sentiment\n排队很久,1,负面\n")
    assert rows(found) == [("排队很久", "", "negative")]
    assert "label was not read as labels." in said(found)


def test_the_voice_of_the_corpus_is_passed_through() -> None:
    assert read("text,topic,voice\n甲,other,letter\n乙,other,\n").posts["voice"].tolist() == ["letter", ""]
    assert read("text,topic\n甲,other\n").posts["voice"].tolist() == [""]


# --- what the labels of a sentiment may look like


@pytest.mark.parametrize(
    "written",
    [
        ("negative", "neutral", "positive"),
        ("NEG", "Neu", "pos"),
        ("负面", "中性", "正面"),
        ("消极", "中立", "积极"),
        ("负", "中", "正"),
        ("負向", "中性", "正向"),
        ("-1", "0", "1"),
        ("-1.0", "0.0", "1.0"),
        ("－１", "０", "+1"),
        ("0", "1", "2"),
        ("0.0", "1", "2.0"),
    ],
)
@pytest.mark.parametrize("header", ["sentiment", "label"])
def test_three_sentiments_are_written_in_many_ways(header: str, written: tuple[str, ...]) -> None:
    assert tones(header, *written) == TONES


def test_0_and_1_alone_are_negative_and_positive() -> None:
    assert tones("label", "0", "1", "1.0") == ["negative", "positive", "positive"]


def test_the_coding_that_was_assumed_is_said() -> None:
    two = read("label,review\n0,排队\n1,真好\n")
    assert "Sentiments are read from label, taken as 0 = Negative, 1 = Positive." in said(two)
    three = read("text,label\n甲,0\n乙,1\n丙,2\n")
    assert "taken as 0 = Negative, 1 = Neutral, 2 = Positive." in said(three)
    below = read("text,label\n甲,-1\n乙,1\n")
    assert "taken as -1 = Negative, 1 = Positive." in said(below)
    assert "taken" not in said(read("text,label\n甲,负面\n"))


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["0", "1", "0.0", "１"]), min_size=1, max_size=6))
def test_numbers_never_change_sides_when_a_minus_one_joins(labels: list[str]) -> None:
    before, after = tones("label", *labels), tones("label", *labels, "-1")
    assert after[-1] == "negative"
    assert [tone == "positive" for tone in before] == [tone == "positive" for tone in after[:-1]]


# --- one text, one answer

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(str.strip)
LABELS = st.sampled_from(["", *TONES])
TOPICS = st.sampled_from(["", "service", "policy"])
ROWS = st.lists(st.tuples(TEXTS, TOPICS, LABELS), min_size=1, max_size=6)


def written(table: list[tuple[str, str, str]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([("正文", "topic", "sentiment"), *table])
    return out.getvalue()


@settings(max_examples=25)
@given(ROWS)
def test_every_row_is_accounted_for(table: list[tuple[str, str, str]]) -> None:
    found = read(written([*table, ("  ", "service", "")]))
    assert len(found.posts) + found.repeats + found.without_text == len(table) + 1
    assert found.posts["text"].is_unique
    assert found.posts["text"].tolist() == list(dict.fromkeys(text.strip() for text, _, _ in table))


@settings(max_examples=25)
@given(ROWS.flatmap(lambda table: st.tuples(st.just(table), st.permutations(table))))
def test_the_order_of_rows_does_not_matter(tables: tuple[list[tuple[str, str, str]], ...]) -> None:
    table, mixed = tables
    assert sorted(rows(read(written(table)))) == sorted(rows(read(written(mixed))))


@settings(max_examples=25)
@given(ROWS, st.integers(0, 6))
def test_cutting_a_file_in_two_changes_nothing(table: list[tuple[str, str, str]], cut: int) -> None:
    with TemporaryDirectory() as folder:
        parts = [Path(folder) / "a.csv", Path(folder) / "b.csv"]
        for part, half in zip(parts, (table[:cut], table[cut:]), strict=True):
            part.write_text(written(half), encoding="utf-8")
        pd.testing.assert_frame_equal(read_labelled(parts), read(written(table)).posts)


def test_labels_of_one_text_that_disagree_are_no_label() -> None:
    found = read("text,topic,sentiment\n甲,service,负面\n 甲 ,service,正面\n乙,policy,负面\n")
    assert rows(found) == [("甲", "service", ""), ("乙", "policy", "negative")]
    assert (found.contradictory, found.repeats) == (1, 1)
    assert "contradictory labels: 1." in said(found)


def test_a_text_that_disagrees_twice_is_counted_once() -> None:
    found = read("text,topic,sentiment\n甲,service,负面\n甲,policy,正面\n")
    assert (rows(found), found.contradictory) == ([("甲", "", "")], 1)


def test_repeats_are_folded_and_fill_each_other() -> None:
    found = read("text,topic,sentiment\n甲,service,\n甲,,负面\n甲,service,负面\n")
    assert rows(found) == [("甲", "service", "negative")]
    assert (found.contradictory, found.repeats) == (0, 2)
    assert "folded into it: 2." in said(found)


def test_rows_without_text_are_left_out_and_counted() -> None:
    found = read("text,label\n,1\n  ,0\n甲,1\n")
    assert (rows(found), found.without_text) == ([("甲", "", "positive")], 2)
    assert "without text, left out: 2." in said(found)


# --- what is refused


def test_unknown_labels_are_named_counted_and_nothing_is_taken() -> None:
    message = refusal("text,topic\n一,servcie\n二,servcie\n三,bad\n四,service\n")
    assert "mine.csv: unknown labels in topic: servcie ×2, bad ×1. Known are: medical_quality (Medical" in message
    message = refusal("text,label\n一,1\n二,5\n三,0\n")
    assert "unknown labels in label: 5 ×1. Known are: negative/neutral/positive, 负面/中性/正面" in message


def test_ten_unknown_labels_are_named_of_many() -> None:
    message = refusal("text,sentiment\n" + "\n".join(f"句{at},x{at:02}" for at in range(12)))
    assert "x09 ×1, …. Known" in message
    assert "x10" not in message


def test_labels_of_neither_task_are_unknown_in_both() -> None:
    message = refusal("text,label\n一,喜悦\n二,愤怒\n")
    assert "unknown labels in label: 喜悦 ×1, 愤怒 ×1" in message or "愤怒 ×1, 喜悦 ×1" in message
    assert "0/1/2" in message and "service (Service complaints)" in message


def test_numbers_that_may_count_from_1_are_not_guessed() -> None:
    assert "unknown labels in label: 2 ×1" in refusal("text,label\n一,1\n二,2\n")
    assert "unknown labels in label: 3 ×1" in refusal("text,label\n一,0\n二,1\n三,2\n四,3\n")
    assert "unknown labels in 情感倾向: 10 ×1" in refusal("微博中文内容,情感倾向\n一,-1\n二,10\n三,0\n")


def test_two_columns_for_one_task_are_refused() -> None:
    message = refusal("text,sentiment,情感\n一,0,1\n")
    assert "several columns could hold sentiment: sentiment, 情感. Keep one." in message


# --- files of the command line


def file(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_several_files_are_read_as_one(tmp_path: Path) -> None:
    first = file(tmp_path, "a.csv", "text,topic,voice\n甲,service,letter\n乙,policy,\n")
    second = file(tmp_path, "b.csv", "review,label\n甲,0\n丙,1\n")
    third = file(tmp_path, "c.csv", "内容;风险类型\n乙;服务投诉\n甲;服务投诉\n")
    found = labelled_files([first, second, third])
    assert found.posts.to_dict("records") == [
        {"text": "甲", "topic": "service", "sentiment": "negative", "voice": "letter"},
        {"text": "乙", "topic": "", "sentiment": "", "voice": ""},
        {"text": "丙", "topic": "", "sentiment": "positive", "voice": ""},
    ]
    assert (found.contradictory, found.repeats) == (1, 3)
    pd.testing.assert_frame_equal(read_labelled([first, second, third]), found.posts)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    good = file(tmp_path, "good.csv", "text,topic\n甲,service\n")
    with pytest.raises(InputError, match=r"There is no file .*none\.csv"):
        read_labelled([good, tmp_path / "none.csv"])
    with pytest.raises(InputError, match="cannot be read: "):
        read_labelled([tmp_path])


def test_an_empty_file_beside_a_full_one_is_no_obstacle(tmp_path: Path) -> None:
    files = [file(tmp_path, "a.csv", "text,topic\n"), file(tmp_path, "b.csv", "text,topic\n甲,service\n")]
    assert len(read_labelled(files)) == 1
    with pytest.raises(InputError, match=r"hold no text: a\.csv, a\.csv"):
        read_labelled([files[0], files[0]])


def test_a_file_without_labels_cannot_be_evaluated(tmp_path: Path, tiny: Model) -> None:
    with pytest.raises(InputError, match="holds no labels"):
        evaluate(read_labelled([file(tmp_path, "blank.csv", "text,topic,label\n甲,,\n")]), tiny)
    with pytest.raises(InputError, match="holds no labels"):
        evaluate(read_labelled([file(tmp_path, "none.csv", "text,likes\n甲,3\n")]), tiny)


def test_the_message_speaks_the_readers_language() -> None:
    with pytest.raises(InputError) as caught:
        read("text,topic\n一,servcie\n")
    assert "service（服务投诉）" in caught.value.text.to("zh_CN")
