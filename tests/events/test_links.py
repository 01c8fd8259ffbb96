"""A link leads to one event of one dataset at one time, and a damaged one says what is wrong with it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.events.links import fingerprint, leads_to, link, read_link
from analysis.schema import InputError
from tests.frames import at, posts

POSTS = posts({"hour": 0}, {"hour": 1, "text": "机密"}, {"hour": 2, "platform": "news"})
EVENT = "20250303-0a1b2c~2"
GOOD = link(fingerprint(POSTS), EVENT, at(5))


def test_a_link_is_read_as_it_was_made() -> None:
    assert GOOD["as_of"] == "2025-03-02T21:00:00Z"  # 05:00 in Shanghai
    found = read_link(GOOD | {"lang": "en"})
    assert found is not None
    assert (found.event, found.as_of) == (EVENT, at(5))
    assert str(found.as_of.tz) == "Asia/Shanghai"
    assert leads_to(found.dataset, fingerprint(POSTS)) and not leads_to(found.dataset, fingerprint(POSTS[:2]))
    assert link(fingerprint(POSTS), found.event, found.as_of) == GOOD


def test_no_link_is_none() -> None:
    assert read_link({}) is None
    assert read_link({"lang": "en", "event": ""}) is None


@pytest.mark.parametrize(
    ("part", "value", "says"),
    [
        ("dataset", "", "dataset it says “nothing”"),
        ("dataset", "xyz", "dataset it says “xyz”"),
        ("dataset", "A" * 5000, f"“{'A' * 40}”"),
        ("event", "20250303-0a1b2c\n", "event"),
        ("event", "<script>alert(1)</script>", "event"),
        ("event", "٢٠٢٥٠٣٠٣-0a1b2c", "event"),
        ("event", "muted", "event"),
        ("as_of", "2025-02-30T00:00:00Z", "time it says “2025-02-30T00:00:00Z”"),
        ("as_of", "2025-03-03", "time"),
        ("as_of", "now", "time"),
    ],
)
def test_a_damaged_link_says_which_part_and_what_to_do(part: str, value: str, says: str) -> None:
    with pytest.raises(InputError, match="Copy the whole link again") as caught:
        read_link(GOOD | {part: value})
    assert says in str(caught.value)


@pytest.mark.parametrize("year", ["0000", "0001", "9999"])
def test_the_ends_of_time_break_nothing(year: str) -> None:
    try:
        read_link(GOOD | {"as_of": f"{year}-12-31T23:59:59Z"})
    except InputError as error:
        assert year in str(error)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(["dataset", "event", "as_of"]), st.text(max_size=30)))
def test_whatever_stands_in_an_address_is_read_or_refused(params: dict[str, str]) -> None:
    try:
        assert read_link(params) is None
    except InputError as error:
        assert "whole link" in str(error)


def test_the_fingerprint_is_of_the_posts_whatever_was_found_out_about_them() -> None:
    known = fingerprint(POSTS)
    again = POSTS.assign(topic="other", text="别的", event_id=EVENT, likes=7)
    assert fingerprint(again) == known == fingerprint(POSTS[::-1])
    assert fingerprint(POSTS.astype({"published_at": "datetime64[ns, UTC]"})) == known


@pytest.mark.parametrize(
    "other",
    [
        POSTS[:2],
        POSTS[:0],
        pd.concat([POSTS, POSTS[:1]]),
        POSTS.assign(post_id=["p0", "p1", "p9"]),
        POSTS.assign(platform="news"),
        POSTS.assign(published_at=POSTS["published_at"] + pd.Timedelta(seconds=1)),
        POSTS.assign(published_at=POSTS["published_at"].tolist()[::-1]),  # the same values, but of other posts
    ],
)
def test_other_posts_have_another_fingerprint(other: pd.DataFrame) -> None:
    assert fingerprint(other) != fingerprint(POSTS)


def test_a_link_tells_nothing_of_the_posts() -> None:
    assert set(GOOD) == {"dataset", "event", "as_of"}
    assert all(value.isascii() and len(value) <= 20 for value in GOOD.values())
