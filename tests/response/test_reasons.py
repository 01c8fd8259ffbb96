"""Why this level: the points by indicator, in sentences whose numbers can be counted."""

import pytest
from frames import CERTAIN, EXAMPLE, FULL_ROWS, at, cube, hourly_cube, posts
from hypothesis import given, settings

from analysis.classify.prevalence import ErrorRates
from analysis.response.groups import INDICATORS
from analysis.response.level import Assessment, assess
from analysis.response.profile import Profile
from analysis.response.reasons import Reason, reasons, summary
from analysis.signals.cube import count
from analysis.signals.situation import situation


def told(
    cells, hour: float, profile: Profile = EXAMPLE, rates: ErrorRates | None = None
) -> tuple[Assessment, dict[str, Reason]]:
    assessment = assess(situation(cells, at(hour), profile.heat), profile, rates)
    return assessment, {reason.indicator: reason for reason in reasons(assessment, profile)}


@settings(max_examples=10)
@given(FULL_ROWS)
def test_the_points_add_up_to_the_score_and_the_most_to_100(rows: list[dict]) -> None:
    assessment, found = told(count(posts(*rows)), 60)
    assert set(found) == set(INDICATORS)
    assert sum(reason.points for reason in found.values()) == pytest.approx(assessment.score)
    assert sum(reason.most for reason in found.values()) == pytest.approx(100)
    assert all(0 <= reason.points <= reason.most + 1e-9 for reason in found.values())
    given_points = [reason.points for reason in found.values()]
    assert given_points == sorted(given_points, reverse=True)


def test_every_sentence_has_its_counts() -> None:
    # two days of 2 complaints an hour, then 20 for six hours: 20·6 = 120, 2·6 = 12; 24 h hold 120 + 36
    found = told(hourly_cube([2] * 48 + [20] * 6, followers=1_000), 53)[1]
    assert str(found["growth"].text) == "120 risk posts in 6 h, 12 are usual at this time."
    assert str(found["negativity"].text).startswith("156 of 156 posts in 24 h are negative")
    assert str(found["reach"].text) == "1 platforms carry it; 24,000 followers reached, counted once a post."
    assert "Service complaints" in str(found["gravity"].text)


def test_the_share_of_negative_posts_says_whether_it_is_corrected() -> None:
    # Wilson's ends of 40 of 100: 32% and 48%; corrected, the posts lean 64: 73%, Wilson's ends 66% and 80%
    cells = cube({"posts": 40}, {"posts": 60, "sentiment": "neutral", "lean": 24})
    uncorrected, corrected = (told(cells, 0, rates=rates)[1]["negativity"].text for rates in (None, CERTAIN))
    assert str(uncorrected) == ("40 of 100 posts in 24 h are negative, surely 32%, at most 48% (90%, uncorrected).")
    assert str(corrected) == "73% of 100 posts in 24 h are negative, surely 66%, at most 80% (90%, corrected)."


@pytest.mark.parametrize("rates", [None, CERTAIN])
def test_a_silent_day_says_that_there_is_no_post(rates: ErrorRates | None) -> None:
    assert str(told(cube({"posts": 3}), 24, rates=rates)[1]["negativity"].text) == "There is no post in 24 h."


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    found = told(cube({"posts": 20}), 0)[1]
    assert found["growth"].value is None
    assert found["growth"].points == found["growth"].most == 0
    assert str(found["growth"].text) == "Growth is not known yet: there is no day before to compare with."
    assert "unknown followers" in str(found["reach"].text)


def test_the_summary_of_a_quiet_day_names_score_and_distance() -> None:
    assessment, _ = told(cube({"posts": 1}), 0)
    assert str(summary(assessment, EXAMPLE)).endswith("below 38 where “Mild” begins: normal watching.")


def test_the_summary_of_a_red_line_names_it() -> None:
    assessment, _ = told(cube({"posts": 20, "death_blamed": 16}), 0)
    assert str(summary(assessment, EXAMPLE)) == (
        "A red line is crossed: A death is claimed and care is blamed: 16 posts in 24 h, 15 are enough for Severe."
    )


def test_the_summary_of_a_level_by_score_names_the_two_strongest_indicators() -> None:
    assessment, found = told(cube({"posts": 150, "topic": "medical_quality"}), 0)
    first, second = list(found.values())[:2]
    said = str(summary(assessment, EXAMPLE))
    assert said.startswith(f"Score {assessment.score:.0f} (this level begins at 38).")
    assert said.endswith(f"{first.text} {second.text}")


def test_the_summary_says_that_a_level_is_only_held() -> None:
    # 150 grave complaints make it MILD; a day later they count no more, and six hours have not passed
    assessment, _ = told(cube({"posts": 150, "topic": "medical_quality"}, {"hour": 30}), 25)
    assert assessment.level > 0
    assert "not for long enough to lower the level" in str(summary(assessment, EXAMPLE))
