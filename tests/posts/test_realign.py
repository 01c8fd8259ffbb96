"""A byte lost or added in GB 18030 costs one character, not the rest of the sentence."""

import pytest

from analysis.posts.encoding import decoded
from analysis.posts.realign import askew, realigned

TEXT = "我想问下新小程序里怎么加家里老人？它要本人刷脸，可人在乡下过不来，有弄成功的吗"


@pytest.mark.parametrize("place", range(3, 36))
def test_a_lost_byte_costs_one_character_and_at_most_two_neighbours(place: int) -> None:
    raw = TEXT.encode("gb18030")
    found = realigned(raw[: 2 * place + 1] + raw[2 * place + 2 :])
    assert found.count("\ufffd") == 1
    before, after = found.split("\ufffd")
    assert TEXT.startswith(before[:-1])
    assert TEXT.endswith(after[2:])
    assert len(TEXT) - 3 <= len(found) <= len(TEXT)


@pytest.mark.parametrize("place", range(6, 60))
def test_a_byte_that_was_changed_costs_one_character_and_at_most_its_neighbours(place: int) -> None:
    raw = TEXT.encode("gb18030")
    found = realigned(raw[:place] + b"\xff" + raw[place + 1 :])
    assert found[: place // 2 - 1] == TEXT[: place // 2 - 1]
    assert found.endswith(TEXT[place // 2 + 2 :])
    assert "\ufffd" in found


@pytest.mark.parametrize("place", range(6, 60))
def test_a_byte_that_no_character_has_costs_nothing_but_itself(place: int) -> None:
    raw = TEXT.encode("gb18030")
    found = realigned(raw[:place] + b"\xff" + raw[place:])
    assert found.replace("\ufffd", "") == TEXT


def test_a_bracket_that_was_swallowed_comes_back() -> None:
    raw = "为什么晚[白眼]#医院#".encode("gb18030")
    assert realigned(raw.replace("晚".encode("gb18030"), b"\xcd")) == "为什么\ufffd[白眼]#医院#"


@pytest.mark.parametrize(
    "text", [TEXT, "前总理朱镕基同志，堃哥和喆子都来了医院看病[泪]", "臺灣醫院發佈的資訊", "😀好[笑]"]
)
def test_sound_text_stays_as_it_is(text: str) -> None:
    assert realigned(text.encode("gb18030")) == text


def test_only_texts_with_a_few_strange_characters_are_doubted() -> None:
    assert not askew(TEXT)
    assert not askew("臺灣醫院發佈的資訊")
    assert askew("它要本怂⒘常\ue0da扇嗽谙缦鹿")


def test_a_file_says_that_a_character_was_lost() -> None:
    line = f"2025-10-08,{TEXT}\n".encode("gb18030")
    data = line * 20 + line[:33] + line[34:] + line * 20
    found = decoded(data, "x.csv")
    assert (found.encoding, found.replaced) == ("gb18030", 1)
    assert found.text.decode().count(TEXT) == 40
