"""The training posts are broad, well labelled, and nobody else's words."""

import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.schema import Sentiment, Topic
from analysis.workspace.places import CORPUS

REAL = Path(__file__).parents[3] / "shared" / "data"
RUN = 12
CHINESE = re.compile(rf"[㐀-鿿豈-﫿]{{{RUN},}}")


@pytest.fixture(scope="module")
def corpus() -> pd.DataFrame:
    return pd.read_csv(CORPUS[0], encoding="utf-8-sig", dtype=str, keep_default_na=False)


def runs(text: str) -> set[str]:
    """Which runs of twelve Chinese characters stand in a text?"""
    return {found[at : at + RUN] for found in CHINESE.findall(text) for at in range(len(found) - RUN + 1)}


def test_every_post_has_a_known_topic_sentiment_and_voice_and_stands_once(corpus: pd.DataFrame) -> None:
    assert set(corpus["topic"]) == set(map(str, Topic))
    assert set(corpus["sentiment"]) == set(map(str, Sentiment))
    assert (corpus["voice"] != "").all()
    assert not corpus["text"].duplicated().any()


def test_there_are_enough_of_every_kind(corpus: pd.DataFrame) -> None:
    assert len(corpus) >= 7_000
    kinds = corpus.groupby(["topic", "sentiment"]).size()
    assert len(kinds) == len(Topic) * len(Sentiment)
    assert kinds.min() >= 10
    assert corpus["topic"].value_counts()["other"] > len(corpus) / 4  # most real posts are that
    assert corpus["text"].str.contains(r"\[[^\[\]]{1,6}\]").sum() > 500  # emoticons
    assert corpus["text"].str.len().between(100, 300).sum() > 500  # letters and reports


def test_a_shared_run_would_be_found() -> None:
    assert runs("他说:这是一段十二个汉字以上的话。") == {"这是一段十二个汉字以上的", "是一段十二个汉字以上的话"}
    assert runs("短句。很短。") == set()


def test_no_run_of_twelve_characters_stands_in_the_real_data(corpus: pd.DataFrame) -> None:
    if not REAL.exists():
        pytest.skip("the real data (../shared/data) is not here to compare with")
    ours = set().union(*map(runs, corpus["text"]))
    assert len(ours) > 20_000
    files = [file for file in REAL.rglob("*") if file.suffix in (".csv", ".md", ".txt", ".json")]
    assert files
    shared = {run for file in files for run in runs(file.read_text("utf-8-sig", errors="replace")) & ours}
    assert shared == set()
