"""Where does a link to a scene lead? To a dataset, a time, a report of it, a scene and the order of all that are shown.

It tells nothing of any post.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.events.links import PARTS, SHORT, malformed, read_time, written_time
from analysis.report.papers.blocks import Span

SCENE = rf"[a-z]{{1,20}}(:{PARTS['event'].pattern})?"
MOST = 40  # scenes that a link may name
SCENE_PARTS = {
    "dataset": PARTS["dataset"],
    "as_of": PARTS["as_of"],
    "span": re.compile("|".join(Span)),
    "event": re.compile(f"({PARTS['event'].pattern})?"),  # none: of all
    "scene": re.compile(SCENE),
    "scenes": re.compile(f"({SCENE}(,{SCENE}){{0,{MOST}}})?"),  # none: as they come
}


@dataclass(frozen=True)
class SceneLink:
    """Which dataset (the first 16 digits of its fingerprint), seen when (TIMEZONE), which report, and which scene?

    event: of which the report is, None = of all. scenes: keys of those that are shown, in their order, () = all.
    """

    dataset: str
    as_of: pd.Timestamp
    span: Span
    event: str | None
    scene: str
    scenes: tuple[str, ...] = ()


def scene_link(
    dataset_id: str, as_of: pd.Timestamp, span: Span, event: str | None, scene: str, scenes: Sequence[str] = ()
) -> dict[str, str]:
    """Which query parameters lead to a scene? dataset_id: the fingerprint; as_of: tz-aware, told to the second."""
    told = {"dataset": dataset_id[:SHORT], "as_of": written_time(as_of), "span": str(span), "scene": scene}
    return told | ({"event": event} if event else {}) | ({"scenes": ",".join(scenes[:MOST])} if scenes else {})


def read_scene_link(params: Mapping[str, str]) -> SceneLink | None:
    """Where do these query parameters lead? None where they are no link; parameters of other names are ignored.

    Raises InputError that names the part that is missing or malformed.
    """
    told = {part: params.get(part, "") for part in SCENE_PARTS}
    if not any(told.values()):
        return None
    for part, shape in SCENE_PARTS.items():
        if not shape.fullmatch(told[part]):
            raise malformed(part, told[part])
    span, event = Span(told["span"]), told["event"] or None
    if (span == Span.EVENT) != (event is not None):
        raise malformed("event", told["event"])
    scenes = tuple(told["scenes"].split(",")) if told["scenes"] else ()
    return SceneLink(told["dataset"], read_time(told["as_of"]), span, event, told["scene"], scenes)
