"""Archives are opened in memory and within limits; what is no archive is left alone."""

import gzip
import io
import struct
import tarfile
import time
import zipfile

import openpyxl
import pytest

from analysis.posts import containers
from analysis.posts.containers import unpacked
from analysis.schema import InputError


def zipped(*entries: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def refusal(data: bytes, name: str = "a.zip") -> str:
    with pytest.raises(InputError) as caught:
        unpacked(name, data)
    return str(caught.value)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", workbook(), b"%PDF-1.4"])
def test_what_is_no_archive_holds_itself(data: bytes) -> None:
    assert unpacked("x.zip", data) == [("x.zip", data)]


def test_a_zip_holds_its_files_in_order_without_hidden_ones() -> None:
    book = workbook()
    data = zipped(
        ("b.csv", b"1"),
        ("2024/", b""),
        ("2024/a.csv", b"2"),
        ("__MACOSX/._b.csv", b"x"),
        (".DS_Store", b"x"),
        ("2024/.hidden/c.csv", b"x"),
        ("Thumbs.db", b"x"),
        ("book.xlsx", book),
    )
    assert unpacked("all.zip", data) == [
        ("all.zip/b.csv", b"1"),
        ("all.zip/2024_a.csv", b"2"),
        ("all.zip/book.xlsx", book),
    ]


def test_a_link_in_a_zip_is_not_followed() -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.csv", "1")
    assert unpacked("a.zip", file.getvalue()) == [("a.zip/a.csv", b"1")]


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        ("../../etc/passwd", "etc_passwd"),
        ("/etc/passwd", "etc_passwd"),
        ("C:\\temp\\a.csv", "C__temp_a.csv"),
        ("a\x1b[31m\u202egnp.csv", "a_[31m_gnp.csv"),
        ("x" * 500 + ".csv", "…" + "x" * 146 + ".csv"),
    ],
)
def test_entry_names_are_only_shown_and_made_harmless(entry: str, shown: str) -> None:
    assert unpacked("a.zip", zipped((entry, b"1"))) == [(f"a.zip/{shown}", b"1")]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_without_their_mark_are_read(encoding: str) -> None:
    real = "舆情".encode(encoding)
    data = zipped(("Q" * len(real) + ".csv", b"1")).replace(b"Q" * len(real), real)
    assert b"QQ" not in data
    assert unpacked("a.zip", data) == [("a.zip/舆情.csv", b"1")]


def test_two_entries_of_one_name_stay_two_files() -> None:
    assert unpacked("a.zip", zipped(("a/b.csv", b"1"), ("a_b.csv", b"2"))) == [
        ("a.zip/a_b.csv", b"1"),
        ("a.zip/a_b.csv (2)", b"2"),
    ]


def test_gzip_by_content_also_of_a_workbook_and_in_several_members() -> None:
    assert unpacked("x.csv", gzip.compress(b"a") + gzip.compress(b"b")) == [("x.csv", b"ab")]
    assert unpacked("x.gz", gzip.compress(workbook()))[0][1][:2] == b"PK"


def test_an_archive_inside_an_archive_is_refused() -> None:
    inner = zipped(("a.csv", b"1"))
    for data in (zipped(("b.zip", inner)), gzip.compress(inner), gzip.compress(gzip.compress(b"1"))):
        assert "inside an archive" in refusal(data)
    assert "a.zip/b.gz is an archive inside" in refusal(zipped(("b.gz", gzip.compress(b"1"))))


def test_other_archives_are_named_as_such() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"))
    for data in (b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c\x00", file.getvalue()):
        assert "pack them as ZIP" in refusal(data)


def test_empty_damaged_encrypted_and_crowded_archives_are_refused() -> None:
    sound = zipped(("posts.csv", b"a,b\n" * 500), packing=zipfile.ZIP_STORED)
    assert "without files" in refusal(zipped())
    assert "without files" in refusal(zipped((".hidden", b"1")))
    assert "damaged or incomplete" in refusal(sound[: len(sound) // 2])
    assert "damaged or incomplete" in refusal(sound.replace(b"a,b\na,b", b"a,c\na,c", 1))
    assert "damaged or incomplete" in refusal(gzip.compress(b"a" * 10_000)[:-12], "x.csv.gz")
    assert "more than 200 files" in refusal(zipped(*((f"{number}.csv", b"1") for number in range(201))))
    encrypted = bytearray(sound)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", encrypted, encrypted.index(mark) + flags, 1)
    assert "a.zip/posts.csv is encrypted" in refusal(bytes(encrypted))


def test_a_truncated_workbook_is_left_to_the_reader_of_workbooks() -> None:
    data = workbook()[:2000]
    assert unpacked("x.xlsx", data) == [("x.xlsx", data)]


def test_a_bomb_is_stopped_whatever_its_header_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "FREELY", 10_000_000)
    zeros = bytes(15_000_000)
    assert "larger unpacked" in refusal(gzip.compress(zeros), "x.gz")
    bomb = bytearray(zipped(("a.csv", zeros)))
    assert "a.zip/a.csv is far larger unpacked" in refusal(bytes(bomb))
    for mark, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", bomb, bomb.index(mark) + size, 10)
    assert "damaged" in refusal(bytes(bomb))
    monkeypatch.setattr(containers, "LARGEST", 1000)
    assert "larger unpacked" in refusal(zipped(("a.csv", b"1" * 600), ("b.csv", b"1" * 600)))


def test_many_directory_entries_cost_no_time() -> None:
    started = time.monotonic()
    assert "more than 200 files" in refusal(zipped(("a.csv", b"1")) + b"PK\x01\x02" * 1_000_000)
    assert time.monotonic() - started < 2
