"""Where does a link to an event lead? To a dataset, the event in it, and a time; it tells nothing of any post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.schema import TIMEZONE, InputError

SHORT = 16
SHOWN = 40  # characters of a wrong value that a message repeats
PARTS = {
    "dataset": re.compile(f"[0-9a-f]{{{SHORT}}}"),
    "event": re.compile(r"[0-9]{8}-[0-9a-f]{6,16}(~[0-9]{1,4}){0,8}"),
    "as_of": re.compile(r"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z"),
}


@dataclass(frozen=True)
class Link:
    """Which dataset (the first 16 digits of its fingerprint), which event in it, seen at which time (TIMEZONE)?"""

    dataset: str
    event: str
    as_of: pd.Timestamp


def fingerprint(posts: pd.DataFrame) -> str:
    """Which posts are these? 64 hex digits over their ids, platforms and times, whatever their order.

    Equal for two readings of the same export: nothing that the desk finds out or the analyst changes enters it. posts:
    as they were loaded, before any is left aside.
    """
    # In one column: sums of columns would not see two posts that swapped their times.
    ids = posts["post_id"].array.to_numpy(object)
    hashed = pd.util.hash_array(ids, categorize=False)
    platform = pd.util.hash_pandas_object(posts["platform"], index=False).to_numpy()
    time = pd.util.hash_array(posts["published_at"].dt.as_unit("us").astype("int64").to_numpy())
    mixed = pd.util.hash_array(hashed ^ (platform * np.uint64(3)) ^ (time * np.uint64(5)))
    total = f"{len(posts)} {int(mixed.sum(dtype=np.uint64))} {int(np.bitwise_xor.reduce(mixed, initial=np.uint64(0)))}"
    return sha256(total.encode()).hexdigest()


def link(dataset_id: str, event: str, as_of: pd.Timestamp) -> dict[str, str]:
    """Which query parameters lead to an event? dataset_id: the fingerprint; as_of: tz-aware, told to the second."""
    return {"dataset": dataset_id[:SHORT], "event": event, "as_of": written_time(as_of)}


def read_link(params: Mapping[str, str]) -> Link | None:
    """Where do these query parameters lead? None where they are no link; parameters of other names are ignored.

    Raises InputError that names the part that is missing or malformed.
    """
    told = {part: params.get(part, "") for part in PARTS}
    if not any(told.values()):
        return None
    for part, shape in PARTS.items():
        if not shape.fullmatch(told[part]):
            raise malformed(part, told[part])
    return Link(told["dataset"], told["event"], read_time(told["as_of"]))


def written_time(as_of: pd.Timestamp) -> str:
    """How does a time (tz-aware) stand in a link? In UTC, to the second."""
    return f"{as_of.tz_convert('UTC'):%Y-%m-%dT%H:%M:%SZ}"


def read_time(value: str) -> pd.Timestamp:
    """Which time stands in a link? Of the form in PARTS; raises InputError where there is no such day or hour."""
    try:
        return pd.Timestamp(value).as_unit("us").tz_convert(TIMEZONE)
    except (ValueError, OverflowError) as error:
        raise malformed("as_of", value) from error


def leads_to(dataset: str, dataset_id: str) -> bool:
    """Is this the dataset that a link means? dataset: what the link says of it; dataset_id: its fingerprint."""
    return dataset_id.startswith(dataset)


def malformed(part: str, value: str) -> InputError:
    """What is wrong with a link? Which part, what stood there, and what to do."""
    names: dict[str, Text] = {
        "dataset": _("the dataset"),
        "event": _("the event"),
        "as_of": _("the time"),
        "span": _("the report"),
        "scene": _("the scene"),
        "scenes": _("the scenes"),
    }
    told = value[:SHOWN] or _("nothing")
    problem = _("This link is damaged: in place of {part} it says “{value}”.", part=names[part], value=told)
    return InputError(_("{problem} Copy the whole link again, from its first to its last character.", problem=problem))
