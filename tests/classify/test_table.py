"""A labelled file is read however it was written, and one that cannot be read is refused with the reason."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.classify.labelled import labelled_posts
from analysis.schema import InputError

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(str.strip)


def rows(content: str) -> list[tuple[str, str, str]]:
    posts = labelled_posts("mine.csv", content.encode()).posts
    return list(posts[["text", "topic", "sentiment"]].itertuples(index=False, name=None))


def refusal(content: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        labelled_posts("mine.csv", content.encode() if isinstance(content, str) else content)
    return str(caught.value)


def written(texts: list[str], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([("正文", "topic"), *((text, "service") for text in texts)])
    return out.getvalue()


@given(
    st.lists(TEXTS, min_size=1, max_size=6),
    st.sampled_from(",\t;"),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_encoding_and_separator_do_not_matter(table: list[str], separator: str, encoding: str) -> None:
    found = labelled_posts("mine.csv", written(table, separator).encode(encoding)).posts
    assert found["text"].tolist() == list(dict.fromkeys(text.strip() for text in table))
    assert (found["topic"] == "service").all()


def test_marks_and_lines_within_a_text_stay() -> None:
    assert rows('text,topic\r\n"排队,很久\n“真的”",service\r\n\r\n手术,\r\n') == [
        ("排队,很久\n“真的”", "service", ""),
        ("手术", "", ""),
    ]


def test_in_a_tab_separated_file_lone_quotation_marks_are_letters() -> None:
    found = rows('label\ttext_a\n1\t"真好" 谢谢\n0\t"排队\n1\t感谢"\n')
    assert found == [('"真好" 谢谢', "", "positive"), ('"排队', "", "negative"), ('感谢"', "", "positive")]
    found = rows('label\ttext_a\n0\t"排队\n1\t感谢"\n')  # read as a pair they would make one row of two
    assert found == [('"排队', "", "negative"), ('感谢"', "", "positive")]


def test_words_that_mean_nothing_to_pandas_stay_words() -> None:
    assert [text for text, _, _ in rows("text,topic\nnan,other\nNone,other\nNULL,other\n")] == [
        "nan",
        "None",
        "NULL",
    ]


def test_a_text_of_200_000_characters_is_read() -> None:
    assert rows(f"text,topic\n{'排' * 200_000},service\n") == [("排" * 200_000, "service", "")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "mine.csv is empty."),
        (" \n\n", "mine.csv is empty."),
        (
            "正 文x,topic\n一,service\n",
            "has no column of texts (text, content, review, 正文, 内容). Its columns: 正 文x, topic.",
        ),
        ("text,author\n一,甲\n", "holds no labels: it has no column of them (topic, "),
        ("这只是一段话,没有表头\n一,二,三\n", "has no column of texts"),
        ("text,topic\n", "hold no text: mine.csv"),
        ("text,topic\n ,service\n", "hold no text: mine.csv"),
        ("text,topic\n排队,很久,service\n", "row 2: 3 cells under 2 headers"),
        ('text,topic\n"排队,service\n手术,other\n', "no proper CSV: unexpected end of data"),
        (bytes(range(256)) * 20, "not text in UTF-8, UTF-16 or GB18030"),
        (b"\xef\xbb\xbftext,topic\n\xc5\xc5\xb6\xd3,service\n", "not text in UTF-8, UTF-16 or GB18030"),
        ("text,topic\n排队,service\n".encode("utf-16-le"), "not text in UTF-8, UTF-16 or GB18030"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: str | bytes, message: str) -> None:
    assert message in refusal(content)
