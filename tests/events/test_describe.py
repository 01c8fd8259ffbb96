"""One event described: counts of all its posts, the posts that stand for it, who carried it; masked."""

from typing import Any

import pandas as pd
import pytest
from frames import at, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.events.describe import Description, describe
from analysis.schema import Topic

SECRETS = ["王建国", "13912345678", "110101199003074518"]


def of(*rows: dict[str, Any], own: tuple[str, ...] = (), **told: Any) -> Description:
    frame = posts(*rows).sort_values("published_at", kind="stable", ignore_index=True)
    return describe(frame, posts({"text": "窗口排队两小时", "hour": -20}), own, **told)


def test_an_event_without_posts_is_no_event() -> None:
    with pytest.raises(ValueError, match="at least one post"):
        of()


def test_the_topic_is_that_of_the_posts_that_carry_risk() -> None:
    praise = {"topic": "service", "sentiment": "positive"}
    rows = [praise, praise, praise, {"topic": "privacy"}, {"topic": "other"}]
    assert of(*rows).topic == Topic.PRIVACY
    assert of(*rows[:3]).topic == Topic.SERVICE
    assert of({"topic": "service"}, {"topic": "privacy"}).topic == Topic.PRIVACY  # of equal ones the gravest


def test_sentiment_counts_every_post() -> None:
    told = of({}, {}, {"sentiment": "positive"}).sentiment
    assert told == {"negative": 2, "neutral": 0, "positive": 1}


def test_sources_are_the_first_post_on_each_platform() -> None:
    found = of(
        {"hour": 3, "platform": "news", "author": "青禾日报"},
        {"hour": 1, "author": "乙"},
        {"hour": 0, "author": "甲", "text": "电话13912345678"},
    ).sources
    assert found[["platform", "author"]].to_numpy().tolist() == [["weibo", "甲"], ["news", "青禾日报"]]
    assert found["text"].iloc[0] == "电话139****5678"


def test_amplifiers_are_accounts_by_what_their_posts_drew() -> None:
    found = of(
        {"author": "甲", "reposts": 5, "comments": 2, "likes": 1},
        {"author": "甲", "reposts": 1},
        {"author": "乙", "likes": 30, "followers": 99, "author_verified": True, "media_tier": "local"},
        {"author": "丙"},
    ).amplifiers
    assert found[["author", "posts", "drawn"]].to_numpy().tolist() == [["乙", 1, 30], ["甲", 2, 9]]
    assert found.loc[0, ["verified", "media_tier", "followers"]].tolist() == [True, "local", 99]


def test_counters_count_as_far_as_they_had_come() -> None:
    # 52% have come after 4 hours and 64% after 8 (see signals.arrival); the hour of as_of counts whole.
    told = {"author": "甲", "likes": 100, "collected": 168}
    assert of(told).amplifiers["drawn"].tolist() == [100]
    assert of(told, as_of=at(4)).amplifiers["drawn"].tolist() == [55]


def test_three_posts_stand_for_an_event_and_none_twice() -> None:
    rows = [
        {"text": "病历外泄护士截图", "p_negative": 0.6, "post_id": "central"},
        {"text": "病历外泄", "p_negative": 0.5},
        {"text": "护士截图病历外泄了吗", "hour": 1, "reads": 9, "p_negative": 0.7, "post_id": "read"},
        {"text": "气死人了", "p_negative": 0.99, "post_id": "negative"},
        {"text": "气死人了", "p_negative": 0.99},
    ]
    found = of(*rows).representative
    assert dict(zip(found["role"], found["post_id"], strict=True)) == {
        "central": "central",
        "most_read": "read",
        "most_negative": "negative",
    }


def test_a_post_copied_often_stands_once() -> None:
    found = of(*({"text": "病历外泄了", "reads": n, "hour": n} for n in range(6))).representative
    assert found["role"].tolist() == ["central"]
    assert found["post_id"].tolist() == ["p0"]


def test_without_reads_interactions_tell_what_was_read_most() -> None:
    rows = [{"text": text, "reads": None, "sentiment": "neutral"} for text in ("病历外泄护士", "护士病历", "哦")]
    rows[2] |= {"likes": 3}
    assert of(*rows).representative["text"].tolist() == ["病历外泄护士", "哦"]


def test_own_accounts_are_official() -> None:
    rows = [{"hour": 0, "author": "甲"}, {"hour": 2, "author": "市一院", "text": "正在核实"}]
    found = of(*rows, own=("市一院",))
    assert (found.accounts_set, found.official["text"].tolist()) == (True, ["正在核实"])
    assert found.answered_after == pd.Timedelta(hours=2)
    assert not of(*rows).accounts_set
    assert of(*rows).official.empty


def test_the_analysts_name_is_kept() -> None:
    assert of({"text": "病历外泄了"}).name == "病历外泄了"
    assert of({"text": "病历外泄了"}, name="截图事件").name == "截图事件"


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from(
                ["病历外泄", "电话13912345678", "身份证110101199003074518", "王建国病历", "王建国去世"]
            ),
            "author": st.sampled_from(["甲", "13912345678"]),
            "hour": st.integers(0, 2),
            "reads": st.integers(0, 3),
            "likes": st.integers(0, 2),
            "sentiment": st.sampled_from(["negative", "positive"]),
        }
    ),
    max_size=5,
)
TOLD_WHOSE = {"text": "患者王建国的病历外泄", "author": "甲", "hour": 2}


@settings(max_examples=6, deadline=None)
@given(ROWS, st.randoms())
def test_nothing_personal_comes_out_and_the_order_of_equal_times_does_not_matter(
    rows: list[dict[str, Any]], random: Any
) -> None:
    rows = [{**row, "post_id": f"q{n}"} for n, row in enumerate([*rows, TOLD_WHOSE])]
    found, again = of(*rows), of(*random.sample(rows, len(rows)))
    for name in Description.__dataclass_fields__:
        one, other = getattr(found, name), getattr(again, name)
        assert one.equals(other) if isinstance(one, pd.DataFrame) else one == other, name
    shown = [found.name, *found.terms, *found.persons, *found.places]
    assert not any(secret in text for text in shown for secret in SECRETS)
    tables = [found.sources, found.amplifiers, found.representative, found.official]
    written = "".join(table.drop(columns="url", errors="ignore").to_string() for table in tables)
    assert not any(secret in written for secret in ("患者王建国", *SECRETS[1:]))
