"""Does a post of an event say truly why it is there, and show no personal data?"""

from __future__ import annotations

import pandas as pd

from analysis.events.grounds import grounds
from tests.frames import posts


def told() -> pd.DataFrame:
    """Six posts of an event and sixteen of none."""
    event = [
        {"text": "产妇在手术室大出血，家属质疑医院延误抢救", "post_id": "a"},
        {"text": "听说产妇大出血没人管，延误了两个小时", "post_id": "b"},
        {"text": "产妇在手术室大出血，家属质疑医院延误抢救！", "post_id": "c"},
        {"text": "转发微博", "parent_id": "a", "post_id": "d"},
        {"text": "听说产妇大出血没人管，延误了两个小时，气死我了", "post_id": "e"},
        {"text": "可怜//@甲:听说产妇大出血没人管，延误了两个小时", "post_id": "f"},
    ]
    talk = ("食堂的红烧肉不错", "停车场又满了", "医院门口修路", "体检报告怎么查")
    other = [{"text": f"{text}{day}"} for text in talk for day in ("周一", "周二", "周三", "周四")]
    made = posts(*({"hour": hour, **row} for hour, row in enumerate([*event, *other])))
    return made.assign(event_id=["e"] * 6 + [""] * 16)


def test_every_post_of_the_event_has_its_ground() -> None:
    found = grounds(told(), "e")
    assert found.index.tolist() == [0, 1, 2, 3, 4, 5]
    assert found["why"].tolist() == ["founder", "founder", "same_text", "repost", "near_copy", "repost"]


def test_terms_are_words_of_the_text_that_the_event_shares_and_others_lack() -> None:
    found, frame = grounds(told(), "e"), told()
    assert {"产妇", "大出血"} <= set(found["terms"][0])
    assert "医院" not in found["terms"][0]
    assert found["terms"][3] == ()
    assert all(word in frame["text"][row] for row in found.index for word in found["terms"][row])


def test_personal_data_are_no_terms() -> None:
    frame = told()
    frame["text"] = [f"{text} 13812345678" for text in frame["text"]]
    assert not any("138" in word for words in grounds(frame, "e")["terms"] for word in words)


def test_only_the_rows_asked_for_are_told_in_the_same_way() -> None:
    whole, part = grounds(told(), "e"), grounds(told(), "e", pd.Index([1, 4, 8]))
    pd.testing.assert_frame_equal(part, whole.loc[[1, 4]])


def test_an_event_without_posts_has_no_grounds() -> None:
    assert grounds(told(), "nothing").empty
