"""Early warnings read as a table: named, masked, in the reader's language."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import at

from analysis.language import LANGUAGES
from analysis.report.warning_table import LONGEST, basis_lines, warning_table
from analysis.signals.warning import Past, basis

FOUND = pd.DataFrame(
    {
        "kind": ["thread", "negative"],
        "what": ["请转发\n我电话13812345678" + "长" * 200, ""],
        "platform": ["weibo", ""],
        "started": [at(9), at(7)],
        "age": [1.04, 3.0],
        "so_far": [30, 210],
        "size": [244.6, 1210.2],
        "low": [105.2, 800.0],
        "high": [499.9, 2000.0],
        "decile": [5, 10],
        "reach": [0.0123, 0.61],
        "basis": [basis(Past(12, (), ())), basis(Past(80, (1,) * 80, ()))],
    }
)


def test_a_row_says_what_how_big_and_how_likely() -> None:
    table = warning_table(FOUND, 1000, "en")
    assert table.iloc[1].tolist() == [
        "Event: the running burst of negative posts",
        "–",
        pd.Timestamp("2025-03-03 07:00"),
        3.0,
        210,
        1210,
        "800 to 2,000",
        10,
        0.61,
    ]
    assert table.columns[-1] == "Probability of 1,000 posts"
    assert table["Platform"].tolist() == ["Weibo", "–"]


def test_roots_are_masked_and_cut_to_one_line() -> None:
    text = warning_table(FOUND, 1000, "en").iloc[0, 0]
    assert "13812345678" not in text and "138****5678" in text
    assert "\n" not in text and len(text) == LONGEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_name_of_its_own(language: str) -> None:
    assert warning_table(FOUND, 1000, language).columns.is_unique


def test_what_it_rests_on_is_told_for_threads_and_events_apart() -> None:
    threads, events = map(str, basis_lines(FOUND))
    assert "12 of 50" in threads and "80" in events
    assert len(basis_lines(FOUND.head(1))) == 1
