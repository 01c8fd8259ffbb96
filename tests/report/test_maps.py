"""What the calendar and the map of tiles show, read off their data."""

from __future__ import annotations

import numpy as np
import pandas as pd
from frames import at
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.posts.fold import region_of
from analysis.posts.vendors import vendors
from analysis.report import signal_charts
from analysis.report.calendar import MOST_DAYS, calendar_grid
from analysis.report.tiles import COLUMNS, ROWS, TILES, on_tiles

HOSTILE = "<b>梦境</b>"


def counted(hours: int, posts: list[float] | None = None) -> pd.DataFrame:
    """So many hours from Monday 3 March 2025, 00:00, on; one post each unless told."""
    index = pd.date_range(at(0), periods=hours, freq="h")
    return pd.DataFrame({"posts": posts or [1.0] * hours}, index=index)


# --- calendar


def test_a_cell_is_an_hour_of_a_day() -> None:
    grid = calendar_grid(counted(26, [*range(24), 50.0, 60.0]))["days"]
    assert list(grid[pd.Timestamp("2025-03-03")]) == list(range(24))
    assert list(grid[pd.Timestamp("2025-03-04")][:2]) == [50, 60]
    assert grid[pd.Timestamp("2025-03-04")][2:].isna().all()  # not yet known, not silent


def test_sixty_days_have_a_column_each_and_more_a_column_a_week() -> None:
    assert calendar_grid(counted(MOST_DAYS * 24))["days"].shape == (24, MOST_DAYS)
    weekly = calendar_grid(counted(MOST_DAYS * 24 + 1))
    assert list(weekly) == ["workdays", "weekends"]
    assert {grid.shape for grid in weekly.values()} == {(24, 9)}


def test_a_weeks_cell_is_the_mean_of_its_days() -> None:
    hours = counted(70 * 24)
    days = (hours.index - hours.index[0]).days
    hours["posts"] = np.where(
        hours.index.hour == 8, days.to_numpy(), 0
    )  # 0 on the first Monday, 5 and 6 on its weekend
    weekly = calendar_grid(hours)
    assert (weekly["workdays"].iloc[8, 0], weekly["weekends"].iloc[8, 0]) == (2.0, 5.5)
    assert (weekly["workdays"].iloc[8, 1], weekly["weekends"].iloc[8, 1]) == (9.0, 12.5)
    assert weekly["workdays"].iloc[9].sum() == 0


def test_the_calendar_shades_by_the_log_and_tells_the_count() -> None:
    figure = signal_charts.calendar(counted(3, [0.0, 9.0, 99.0]), "en")
    heat = figure.data[0]
    assert list(np.array(heat.z)[:3, 0]) == [0, 1, 2]
    assert list(np.array(heat.customdata)[:3, 0]) == [0, 9, 99]
    assert (heat.x0, list(heat.y)) == ("2025-03-03 00:00", list(range(24)))


def test_weekends_are_marked() -> None:
    figure = signal_charts.calendar(counted(8 * 24), "en")
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [
        ("2025-03-07 13:00", "2025-03-08 11:00"),  # the column of Saturday the 8th stands around its midnight
        ("2025-03-08 13:00", "2025-03-09 11:00"),
    ]


# --- tiles


def test_every_provincial_region_has_one_tile_of_its_own() -> None:
    names = [tile.name for tile in TILES]
    assert set(names) == set(vendors()["regions"]["provinces"]) and len(names) == 34
    places = {(tile.column, tile.row) for tile in TILES}
    assert len(places) == 34 and all(column < COLUMNS and row < ROWS for column, row in places)
    assert len({tile.short for tile in TILES}) == 34 and {len(tile.short) for tile in TILES} == {2}


def test_tiles_are_called_as_posts_call_regions() -> None:
    assert [region_of(f"{tile.name}省") for tile in TILES] == [tile.name for tile in TILES]


def test_neighbours_lie_beside_each_other() -> None:
    place = {tile.name: np.array([tile.column, tile.row]) for tile in TILES}
    near = [
        ("安徽", "江苏"),
        ("江苏", "上海"),
        ("黑龙江", "吉林"),
        ("广东", "澳门"),
        ("湖南", "湖北"),
        ("云南", "贵州"),
    ]
    assert all(np.abs(place[one] - place[other]).max() == 1 for one, other in near)
    assert place["黑龙江"][1] < place["广东"][1] and place["新疆"][0] < place["上海"][0]


def test_the_map_tells_the_posts_of_each_tile_and_of_none() -> None:
    counts = pd.Series({"安徽": 9, "": 4, HOSTILE: 2, "日本": 3})
    figure = signal_charts.tile_map(counts, "en")
    tiles = figure.data[0]
    shown = {text.split("<br>")[0]: text.split("<br>")[1] for text in np.array(tiles.text).ravel() if text}
    assert len(shown) == 34 and shown["安徽"] == "9" and shown["北京"] == "0"
    anhui = next(tile for tile in TILES if tile.name == "安徽")
    assert tiles.z[anhui.row][anhui.column] == 1  # log10(1 + 9)
    assert np.isnan(tiles.z[0][0])
    assert figure.layout.annotations[0].text.split("<br>") == [
        *("Unknown region: 4", "Elsewhere: 5", "日本 3", "&lt;b&gt;梦境&lt;/b&gt; 2"),
    ]


NAMES = st.sampled_from(["安徽", "北京", "", "日本", "美国", HOSTILE])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NAMES, st.integers(0, 10**6)), max_size=6))
def test_no_post_is_lost_on_the_map(rows: list[tuple[str, int]]) -> None:
    counts = pd.Series([count for _name, count in rows], index=[name for name, _count in rows], dtype="int64")
    posts, unknown, elsewhere = on_tiles(counts)
    assert sum(posts) + unknown + elsewhere.sum() == counts.sum()


def test_the_ranking_of_regions_holds_the_sentiments() -> None:
    table = pd.DataFrame({"negative": [3, 1], "neutral": [0, 1], "positive": [2, 0]}, index=["安徽", ""])
    figure = signal_charts.regions(table, "en")
    assert list(figure.data[0].y) == ["unknown", "安徽"] and list(figure.data[0].x) == [1, 3]
