"""Is every encoding found, is damage kept within its line, and is what is no text refused?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.posts.encoding import ENCODINGS, Decoded, decoded
from analysis.schema import InputError

HEADER = "标题,正文,作者"
ROWS = (
    "取药,今天在医院排队取药等了两个小时，护士说系统坏了,小王",
    "挂号,网上挂号成功以后没有收到短信，问了服务台才知道,阿明",
    "表扬,感谢外科的医生和护士，手术很顺利，父亲已经出院,老李",
)
TEXT = "\n".join([HEADER, *ROWS, ""])
TRADITIONAL = "標題,正文,作者\n取藥,今天在醫院排隊取藥等了兩個小時，護士說系統壞了,小王\n"
MARK = b"\xef\xbb\xbf"


def found(data: bytes, chosen: str = "") -> Decoded:
    return decoded(data, "posts.csv", chosen)


def lines(data: bytes, chosen: str = "") -> list[str]:
    return found(data, chosen).text.decode().split("\n")


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        found(data)
    return str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_each_encoding_is_found_without_a_mark(encoding: str) -> None:
    result = found(TEXT.encode(encoding))
    assert (result.encoding, result.text.decode(), result.replaced, result.cut) == (encoding, TEXT, 0, False)
    assert result.confidence >= 0.98


def test_big5_is_told_from_gb18030() -> None:
    assert found(TRADITIONAL.encode("cp950")).encoding == "big5"
    assert found(TRADITIONAL.encode("gb18030")).encoding == "gb18030"
    assert found(TRADITIONAL.encode("cp950")).text.decode() == TRADITIONAL


def test_a_cantonese_line_in_hong_kong_s_big5_is_read() -> None:
    line = "醫院,護士話佢哋唔喺度，等咗好耐,阿明\n"  # 喺 and 咗 are not in Big5 as Windows knows it
    result = found((TRADITIONAL + line).encode("big5hkscs"))
    assert (result.encoding, result.text.decode(), result.replaced) == ("big5", TRADITIONAL + line, 0)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16-le")],
)
def test_a_mark_is_proof_and_does_not_stay(encoding: str, name: str) -> None:
    result = found(TEXT.encode(encoding))
    assert (result.encoding, result.confidence, result.text.decode()) == (name, 1.0, TEXT)


def test_valid_utf8_is_not_copied() -> None:
    data = TEXT.encode()
    assert found(data).text is data


def test_ascii_is_proof_and_one_chinese_character_is_not() -> None:
    assert found(b"id,text\n1,a\n").confidence == 1.0
    assert found("id,text\n1,医\n".encode()).confidence == 0.5  # one character of several bytes: doubt halved once
    assert found("id,text\n1,医院\n".encode()).confidence == 0.75


def test_ascii_as_utf16_is_not_taken_for_utf8() -> None:
    assert found("id,text\n1,abc\n".encode("utf-16-le")).text == b"id,text\n1,abc\n"
    assert found("id,text\n1,abc\n".encode("utf-16-be")).encoding == "utf-16-be"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_cut_last_character_is_dropped(encoding: str) -> None:
    result = found((TEXT + "医").encode(encoding)[:-1])
    assert (result.encoding, result.text.decode(), result.cut, result.replaced) == (encoding, TEXT, True, 0)


def test_ascii_with_a_cut_tail_is_no_sign_of_utf8() -> None:
    assert found(b"id,text\n1," + "浣".encode("gb18030")).text.decode() == "id,text\n1,浣"  # E4 BD: begins 你 in UTF-8


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("inserted", [True, False])
def test_a_bad_or_lost_byte_spoils_only_its_line(encoding: str, inserted: bool) -> None:
    data = TEXT.encode(encoding)
    place = data.index("两".encode(encoding)) + 1
    result = found(data[:place] + b"\xff" + data[place:] if inserted else data[:place] + data[place + 1 :])
    assert (result.encoding, result.cut) == (encoding, False)
    read = result.text.decode().split("\n")
    assert [read[0], *read[2:]] == [HEADER, *ROWS[1:], ""]
    assert read[1].count("\ufffd") == result.replaced >= 1
    assert read[1].startswith("取药,今天在医院排队取药等了") and read[1].endswith(",小王")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_texts_cut_by_bytes_in_every_row_leave_the_encoding_clear(encoding: str) -> None:
    row = "三甲,".encode(encoding) + "护士说系统坏了".encode(encoding)[:-1] + ",小王\n".encode(encoding)
    result = found(HEADER.encode(encoding) + b"\n" + row * 500)
    assert (result.encoding, result.replaced) == (encoding, 500)
    assert result.text.decode() == HEADER + "\n" + "三甲,护士说系统坏\ufffd,小王\n" * 500


def test_replacement_characters_of_the_file_itself_are_not_counted() -> None:
    result = found("标题,正文\n甲,乱码\ufffd\n乙,医".encode() + b"\xff\n")
    assert (result.text.decode(), result.replaced) == ("标题,正文\n甲,乱码\ufffd\n乙,医\ufffd\n", 1)


@pytest.mark.parametrize(("first", "second"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_appended_lines_are_read_in_their_own_encoding(first: str, second: str) -> None:
    data = "\n".join([HEADER, *ROWS[:2], ""]).encode(first) + (ROWS[2] + "\n").encode(second)
    result = found(data)
    assert (result.encoding, result.text.decode(), result.replaced) == ("mixed", TEXT, 0)


def test_an_appended_block_of_many_lines_is_read() -> None:
    data = (TEXT * 1000).encode("gb18030") + (TEXT * 1000).encode() + (TEXT * 1000).encode("gb18030")
    assert found(data).text.decode() == TEXT * 3000


def test_a_line_that_does_not_say_goes_with_the_line_before_it() -> None:
    data = TEXT.encode() + (ROWS[0] + "\n龘,1\n").encode("gb18030")
    assert lines(data)[-2:] == ["龘,1", ""]


def test_marks_of_appended_files_are_taken_out() -> None:
    sheet = MARK + TEXT.encode()
    assert found(MARK + sheet + sheet).text.decode() == TEXT + TEXT
    appended = found(TEXT.encode("gb18030") + sheet)
    assert (appended.encoding, appended.text.decode()) == ("mixed", TEXT + TEXT)


def test_a_mark_of_utf8_before_gb18030_misleads_nobody() -> None:
    result = found(MARK + TEXT.encode("gb18030"))
    assert (result.encoding, result.text.decode()) == ("gb18030", TEXT)
    assert result.confidence < 1.0


def test_line_ends_of_old_macs_keep_damage_apart() -> None:
    data = TEXT.replace("\n", "\r").encode("gb18030")
    place = data.index("两".encode("gb18030"))
    result = found(data[:place] + b"\xff" + data[place:])
    assert result.text.decode().replace("\r", "\n").split("\n")[2:] == [*ROWS[1:], ""]


def test_a_few_nuls_are_unreadable_characters_and_those_at_the_end_are_none() -> None:
    marked = TEXT.replace(",", "\ufffd,", 2)
    result = found(TEXT.encode().replace(b",", b"\x00,", 2) + bytes(100))
    assert (result.encoding, result.text.decode(), result.replaced) == ("utf-8", marked, 2)
    assert found(TEXT.encode("gb18030").replace(b",", b"\x00,", 2)).text.decode() == marked


def test_a_cell_with_every_control_character_is_text() -> None:
    cell = "".join(map(chr, [*range(1, 9), *range(14, 32), 127]))
    assert found((TEXT + cell).encode()).text.decode() == TEXT + cell


def test_the_user_s_choice_is_followed_and_its_doubt_told() -> None:
    result = found(TEXT.encode("gb18030"), "big5")
    assert (result.encoding, result.confidence) == ("big5", 0.0)
    assert found(TEXT.encode("gb18030"), "gb18030").confidence == 0.99
    assert found(TEXT.encode("gb18030"), "utf-8").replaced > 50
    assert lines("文,é\n".encode(), "gb18030")[0] != "文,é"


@pytest.mark.parametrize("chosen", ENCODINGS)
@given(data=st.binary(max_size=60))
def test_whatever_the_bytes_a_choice_gives_utf8(chosen: str, data: bytes) -> None:
    result = found(b"a" + data, chosen)
    assert "\x00" not in result.text.decode() and 0 <= result.confidence <= 1


@given(data=st.binary(max_size=300))
def test_whatever_the_bytes_it_is_utf8_or_refused(data: bytes) -> None:
    try:
        result = found(data)
    except InputError:
        return
    assert result.text.decode().count("\ufffd") >= result.replaced >= 0
    assert 0 <= result.confidence <= 1


def test_an_encoding_off_the_list_names_the_list() -> None:
    with pytest.raises(InputError, match=r"latin-9 cannot be chosen\. Choose one of utf-8, .*gb18030"):
        found(TEXT.encode(), "latin-9")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "it is a PDF file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "it is a PNG file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "it is a DOC/XLS file"),
        (b"\r\n <HTML><body>", "it begins with <html"),
        ("<table><tr><td>标题".encode("utf-16"), "it begins with <table"),
        (bytes(range(256)) * 20, "full of characters that no text holds"),
        (b"\x7fELF" + bytes(4000), "full of characters that no text holds"),
    ],
)
def test_what_is_no_text_is_refused_by_what_it_is(data: bytes, said: str) -> None:
    assert "posts.csv is " in refusal(data) and said in refusal(data)
