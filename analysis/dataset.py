"""What was loaded: from files to annotated, counted posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256

import numpy as np
import pandas as pd

from analysis.classify.model import Model
from analysis.classify.predict import annotate
from analysis.classify.prevalence import ErrorRates, error_rates, leaning
from analysis.events.detect import detect
from analysis.events.edits import MUTED, Edit, edited_ids, edited_table
from analysis.events.official import account_name
from analysis.language import Text, _
from analysis.posts.about import matched_terms
from analysis.posts.read import Choices, read_many
from analysis.posts.report import ImportReport
from analysis.response.names import MediaNames
from analysis.response.profile import Profile
from analysis.schema import TIME_DTYPE, InputError, Sentiment
from analysis.signals.cube import count
from analysis.signals.sanity import Finding, dated_only, findings, winsorised

EVENT_TYPES = {"id": "str", "began": TIME_DTYPE, "exists": TIME_DTYPE, "spam": "bool"}
NO_EVENTS = pd.DataFrame(columns=list(EVENT_TYPES)).astype(EVENT_TYPES)


@dataclass(frozen=True)
class Dataset:
    """What was loaded: its id (see `cube_id`), annotated posts, their cube, the reports.

    `history`: counters of posts that were exported several times. `left_aside`: posts that are not about us (see
    `only_about_us`). `engine`: what decided the sentiment; `checked`: what random corrections say of its answers (see
    `Model`, () = nothing), and `rates`: how it therefore errs on these posts, None = not known. `findings`: what is odd
    about the posts. `by_day`: whether they tell dates without times. `events`: which events there are
    (`events.detect.Detection.table`); `posts` tells which each belongs to (event_id). `muted`: posts of events that are
    not about us, left aside like the others.
    """

    id: str
    posts: pd.DataFrame
    cube: pd.DataFrame
    reports: tuple[ImportReport, ...]
    synthetic: bool = False
    history: pd.DataFrame | None = None
    left_aside: int = 0
    engine: str = "model"
    checked: tuple[tuple[float, bool], ...] = ()
    rates: ErrorRates | None = None
    findings: tuple[Finding, ...] = ()
    by_day: bool = False
    events: pd.DataFrame = field(default_factory=lambda: NO_EVENTS)
    muted: int = 0


def load_dataset(
    files: list[tuple[str, bytes]],
    received_at: pd.Timestamp,
    model: Model,
    engine: str = "model",
    choices: Mapping[str, Choices] | None = None,
    progress: Callable[[float, Text], None] | None = None,
    synthetic: bool = False,
) -> Dataset:
    """What do these (name, bytes) hold, read, annotated and counted? progress gets a share [0, 1].

    Raises InputError if a file cannot be read or no row of any file can.
    """
    tell = progress or (lambda share, text: None)
    tell(0.0, _("Reading the files"))
    read = read_many(files, received_at, choices, lambda share, text: tell(0.4 * share, text), personal=True)
    posts, reports = read.posts, read.reports
    if posts.empty:
        raise InputError(
            _(
                "No row of {files} could be read: {reasons}",
                files=[report.name for report in reports],
                reasons=list(dict.fromkeys(aside.reason for report in reports for aside in report.set_aside))[:5],
            )
        )
    posts, cut = winsorised(posts)
    history = winsorised(read.history)[0]
    posts = annotate(posts, model, engine, lambda share, text: tell(0.4 + 0.3 * share, text))
    tell(0.7, _("Finding events"))
    posts, events = with_events(posts)
    tell(0.95, _("Counting"))
    cube, checked = count(posts, history), checked_answers(model, engine)
    return Dataset(
        cube_id(cube, events),
        posts,
        cube,
        reports,
        synthetic,
        history,
        0,
        engine,
        checked,
        rates_on(posts, checked),
        (*cut, *findings(posts, received_at)),
        dated_only(posts),
        events,
    )


def about_us(posts: pd.DataFrame, profile: Profile) -> pd.Series:
    """Which posts are about us (bool)? All of them when the profile names nothing.

    Raises InputError if none is.
    """
    if not profile.about:
        return pd.Series(True, index=posts.index)
    ours = matched_terms(posts, profile.about, profile.not_about) != ""
    if not ours.any():
        raise InputError(
            _(
                'None of the {posts:,} posts names {terms}. Change the names under "About us" on the Data page.',
                posts=len(posts),
                terms=list(profile.about),
            )
        )
    return ours


def with_media(posts: pd.DataFrame, media: MediaNames) -> pd.DataFrame:
    """Which posts are by media, as far as a profile's list tells? The same posts, with media_tier.

    A post whose media_tier the export tells keeps it. Accounts are compared by `events.official.account_name`; where
    two spellings of a name stand in different tiers, the highest counts.
    """
    tiers = {account_name(name): tier for tier, names in reversed(asdict(media).items()) for name in names}
    tiers.pop("", None)
    if not tiers:
        return posts
    different = pd.unique(posts["author"])
    listed = {name: tier for name in different if (tier := tiers.get(account_name(name)))}
    unknown = posts["author"].isin(list(listed)) & (posts["media_tier"] == "")
    if not unknown.any():
        return posts
    told = posts["author"].where(unknown).map(listed)
    return posts.assign(media_tier=posts["media_tier"].mask(unknown, told).astype(posts["media_tier"].dtype))


def only_about_us(data: Dataset, profile: Profile) -> Dataset:
    """Which part of a dataset counts under a profile, whose media count as such? Raises InputError if nothing does."""
    ours, told = about_us(data.posts, profile), with_media(data.posts, profile.media_names)
    if ours.all() and told is data.posts:
        return data
    posts, events = with_events(told[ours].reset_index(drop=True))
    return counted_anew(replace(data, posts=posts, events=events, left_aside=int((~ours).sum())))


def with_events(posts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Which event does each post belong to (event_id, "" = none), and which events are there?

    The order of the rows does not matter: posts of the same moment are taken by platform and id.
    """
    order = posts.reset_index(drop=True).sort_values(["published_at", "platform", "post_id"]).index
    found = detect(posts.iloc[order].reset_index(drop=True))
    event = np.empty(len(posts), dtype=int)
    event[order] = found.event
    ids = pd.array(["", *found.table["id"]], dtype="str")
    return posts.assign(event_id=pd.Series(ids.take(event + 1), posts.index)), found.table


def edited(data: Dataset, edits: tuple[Edit, ...]) -> Dataset:
    """Which dataset results when the analyst's merges, splits and mutings are in force?"""
    ids = edited_ids(data.posts, edits)
    if ids.equals(data.posts["event_id"]):
        return data
    table = edited_table(data.events, data.posts, edits)
    kept = (ids != MUTED).to_numpy(dtype=bool)
    if not kept.any():
        raise InputError(_("Every post belongs to an event that is muted. Show one of them again on the Events page."))
    posts = data.posts.assign(event_id=ids)[kept].reset_index(drop=True)
    return counted_anew(replace(data, posts=posts, events=table, muted=int((~kept).sum())))


def reannotated(data: Dataset, model: Model, progress: Callable[[float, Text], None] | None = None) -> Dataset:
    """What does a dataset hold when another model reads its posts? progress gets a share [0, 1]."""
    posts = annotate(data.posts, model, data.engine, progress)
    return counted_anew(replace(data, posts=posts, checked=checked_answers(model, data.engine)))


def counted_anew(data: Dataset) -> Dataset:
    """What follows from a dataset's posts and checked answers: the cube, its id, and the error rates?"""
    cube = count(data.posts, data.history)
    return replace(data, id=cube_id(cube, data.events), cube=cube, rates=rates_on(data.posts, data.checked))


def checked_answers(model: Model, engine: str) -> tuple[tuple[float, bool], ...]:
    """Which answers about the sentiment were checked at random? None of SnowNLP's: corrections are of the model's."""
    return model.checked if engine == "model" else ()


def rates_on(posts: pd.DataFrame, checked: tuple[tuple[float, bool], ...]) -> ErrorRates | None:
    """How does the classifier err on these annotated posts, by answers that were checked at random?"""
    told, truth = np.array(checked, dtype=float).reshape(-1, 2).T
    p_negative = posts["p_negative"].to_numpy()
    answered = (posts["sentiment"] == Sentiment.NEGATIVE).to_numpy()
    return error_rates(told, truth > 0, p_negative, leaning(p_negative, answered))


def cube_id(cube: pd.DataFrame, events: pd.DataFrame) -> str:
    """By which key may answers about a cube and its events be kept? sha256 over their cells."""
    hashes = [pd.util.hash_pandas_object(frame, index=False).to_numpy() for frame in (cube, events)]
    return sha256(np.concatenate(hashes).tobytes()).hexdigest()


def default_as_of(posts: pd.DataFrame, now: pd.Timestamp) -> pd.Timestamp:
    """Which time is meant when none is named? The latest post that is not in the future.

    Raises InputError if every post is.
    """
    past = posts.loc[posts["published_at"] <= now, "published_at"]
    if past.empty:
        raise InputError(
            _("Every post is dated after now ({time}). Check the time column.", time=f"{now:%Y-%m-%d %H:%M}")
        )
    return past.max()
