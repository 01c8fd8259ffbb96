"""Are terms those of the text, whatever its spelling, and are copies known as copies?"""

from __future__ import annotations

import zlib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.events import grouping
from analysis.events.terms import Terms, everyday, terms


def of(read: Terms, text: int) -> list[int]:
    """Which terms has this text?"""
    return read.term[read.start[text] : read.start[text + 1]].tolist()


def test_a_term_is_a_pair_of_characters_a_word_or_a_number() -> None:
    """产妇, 妇死, 死亡 | ICU | 120; none reaches over punctuation."""
    read = terms(["产妇死亡，ICU 120"])
    alone = terms(["产妇", "妇死", "死亡", "icu", "120"])
    assert of(read, 0) == [of(alone, place)[0] for place in range(5)]


def test_a_term_counts_once_and_one_sign_is_none() -> None:
    read = terms(["哈哈哈哈", "转", "", "5"])
    assert [len(of(read, text)) for text in range(4)] == [1, 0, 0, 0]


def test_spelling_does_not_matter() -> None:
    read = terms(["医院ICU收了５个病人！", "醫院 icu收了5个病人"])
    assert read.key[0] != read.key[1]  # a blank parts what punctuation does not
    assert set(of(read, 1)) <= set(of(read, 0)) | set(of(terms(["院"]), 0))


def test_copies_have_one_key_and_near_copies_one_twin() -> None:
    read = terms(
        [
            "护士五个都中招了还说没事？今晚不敢下楼",
            "护士五个都中招了还说没事！今晚不敢下楼[泪]",
            "护士说没事，今晚不敢下楼",
        ]
    )
    assert read.twin[0] == read.twin[1] != read.twin[2]
    assert len(set(read.key.tolist())) == 3


def test_reposts_have_the_key_of_what_they_pass_on() -> None:
    original = "产妇死亡家属要求封存病历"
    read = terms([original, f"转发微博//@晚报:{original}", f"心疼//@甲:太惨//@晚报:{original}"])
    assert read.key[0] == read.key[1] == read.key[2]
    assert set(of(read, 0)) <= set(of(read, 2)) != set(of(read, 0))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=40))
def test_what_a_text_holds_does_not_depend_on_its_neighbours(others: list[str], text: str) -> None:
    alone, among = terms([text]), terms([*others, text])
    assert of(alone, 0) == of(among, len(others))
    assert alone.key[0] == among.key[-1] and alone.twin[0] == among.twin[-1]


def test_everyday_terms_are_shares() -> None:
    shares = everyday()
    (hospital,), (rare,) = of(terms(["医院"]), 0), of(terms(["鼍鼐"]), 0)
    assert shares.min() >= 0 and shares.max() <= 1
    assert shares[hospital] > 0.05 > shares[rare]


def test_compiled_code_is_thrown_away_when_what_it_calls_changes() -> None:
    """Only a change of grouping.py itself makes numba compile it again."""
    folder = Path(grouping.__file__).parent
    sources = [(folder / name).read_text(encoding="utf-8") for name in ("terms.py", "state.py", "founding.py")]
    mark = zlib.crc32("".join(sources).encode())
    assert mark == grouping.COMPILED_IN, f"write COMPILED_IN = {mark} in grouping.py, or users keep old compiled code"
