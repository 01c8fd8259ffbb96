"""Which posts are about us, and by which names?"""

import pandas as pd

from analysis.posts.about import matched_terms


def posts(*texts: str, title: str = "", author: str = "") -> pd.DataFrame:
    return pd.DataFrame({"text": texts, "title": title, "author": author}, dtype="str")


def test_posts_that_name_us_are_about_us_and_the_names_are_told() -> None:
    found = matched_terms(posts("市一院急诊排队", "今天天气好", "急诊在哪"), ("市一院", "急诊"))
    assert found.tolist() == ["市一院、急诊", "", "急诊"]


def test_title_and_author_count_and_case_does_not() -> None:
    assert matched_terms(posts("好", title="CITY Hospital"), ("city hospital",)).tolist() == ["city hospital"]
    assert matched_terms(posts("好", author="市一院官微"), ("市一院",)).tolist() == ["市一院"]


def test_a_post_with_an_excluded_name_is_not_about_us() -> None:
    assert matched_terms(posts("外省市一院出事", "市一院出事"), ("市一院",), ("外省市一院",)).tolist() == ["", "市一院"]


def test_names_are_names_and_not_patterns() -> None:
    assert matched_terms(posts("a+b", "aab", "(x"), ("a+b", "(x")).tolist() == ["a+b", "", "(x"]


def test_without_names_nothing_is_matched_and_no_posts_are_no_error() -> None:
    assert matched_terms(posts("市一院"), ()).tolist() == [""]
    assert matched_terms(posts(), ("市一院",)).tolist() == []
