"""Where does each of China's 34 provincial regions stand on an equal-area tile map?

One square a region, so that a small municipality is seen as well as a wide autonomous region. The places are drawn by
hand after which region lies beside which; they come from no map service. The order carries no rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Tile:
    """One square: the region's name as posts carry it, two characters for it, its English name, column and row."""

    name: str
    short: str
    english: str
    column: int
    row: int


COLUMNS, ROWS = 8, 8
TILES = (
    Tile("黑龙江", "黑龙", "Heilongjiang", 7, 0),
    Tile("内蒙古", "内蒙", "Inner Mongolia", 4, 1),
    Tile("北京", "北京", "Beijing", 5, 1),
    Tile("辽宁", "辽宁", "Liaoning", 6, 1),
    Tile("吉林", "吉林", "Jilin", 7, 1),
    Tile("新疆", "新疆", "Xinjiang", 0, 2),
    Tile("青海", "青海", "Qinghai", 1, 2),
    Tile("甘肃", "甘肃", "Gansu", 2, 2),
    Tile("宁夏", "宁夏", "Ningxia", 3, 2),
    Tile("山西", "山西", "Shanxi", 4, 2),
    Tile("河北", "河北", "Hebei", 5, 2),
    Tile("天津", "天津", "Tianjin", 6, 2),
    Tile("西藏", "西藏", "Tibet", 1, 3),
    Tile("四川", "四川", "Sichuan", 2, 3),
    Tile("陕西", "陕西", "Shaanxi", 3, 3),
    Tile("河南", "河南", "Henan", 4, 3),
    Tile("山东", "山东", "Shandong", 5, 3),
    Tile("云南", "云南", "Yunnan", 2, 4),
    Tile("重庆", "重庆", "Chongqing", 3, 4),
    Tile("湖北", "湖北", "Hubei", 4, 4),
    Tile("安徽", "安徽", "Anhui", 5, 4),
    Tile("江苏", "江苏", "Jiangsu", 6, 4),
    Tile("上海", "上海", "Shanghai", 7, 4),
    Tile("贵州", "贵州", "Guizhou", 3, 5),
    Tile("湖南", "湖南", "Hunan", 4, 5),
    Tile("江西", "江西", "Jiangxi", 5, 5),
    Tile("浙江", "浙江", "Zhejiang", 6, 5),
    Tile("广西", "广西", "Guangxi", 3, 6),
    Tile("广东", "广东", "Guangdong", 4, 6),
    Tile("福建", "福建", "Fujian", 5, 6),
    Tile("台湾", "台湾", "Taiwan", 6, 6),
    Tile("海南", "海南", "Hainan", 3, 7),
    Tile("澳门", "澳门", "Macao", 4, 7),
    Tile("香港", "香港", "Hong Kong", 5, 7),
)


def on_tiles(counts: pd.Series) -> tuple[list[int], int, pd.Series]:
    """How many posts has each tile, how many have no region, and how many stand outside the 34?

    counts: posts by region as the posts frame names it, "" = unknown. Returns posts along TILES, the posts of
    unknown region, and the posts by any other name (abroad, or a name that no province was found in), largest first.
    Nothing is lost: the three sum to the sum of counts.
    """
    by_name = pd.Series(counts.to_numpy(), index=[str(name) for name in counts.index], dtype="float64")
    by_name = by_name.groupby(level=0).sum()
    posts = [int(by_name.get(tile.name, 0)) for tile in TILES]
    elsewhere = by_name.drop([tile.name for tile in TILES] + [""], errors="ignore")
    elsewhere = elsewhere[elsewhere > 0].sort_values(ascending=False, kind="stable").astype("int64")
    return posts, int(by_name.get("", 0)), elsewhere
