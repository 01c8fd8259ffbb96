"""START HERE. From posts to a briefing: count, situation, assess, plan, in one function each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
import pandas as pd

from analysis.classify.model import Model
from analysis.classify.predict import annotate
from analysis.classify.prevalence import ErrorRates, error_rates, leaning
from analysis.language import Text, _
from analysis.posts.about import matched_terms
from analysis.posts.read import Choices, read_many
from analysis.posts.report import ImportReport
from analysis.response.clocks import Clock, clocks
from analysis.response.flags import defamation
from analysis.response.indicators import Readings, negative_shares
from analysis.response.level import Assessment, assess
from analysis.response.margins import Margin, margins
from analysis.response.playbook import Assignment, assignments
from analysis.response.profile import Profile
from analysis.response.reasons import Reason, reasons, summary
from analysis.schema import InputError, Sentiment
from analysis.signals.cube import count, until
from analysis.signals.situation import Situation, situation


@dataclass(frozen=True)
class Dataset:
    """What was loaded: its id (see `cube_id`), annotated posts, their cube, the reports.

    `history`: counters of posts that were exported several times. `left_aside`: posts that are not about us (see
    `only_about_us`). `engine`: what decided the sentiment; `checked`: what random corrections say of its answers (see
    `Model`, () = nothing), and `rates`: how it therefore errs on these posts, None = not known.
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


@dataclass(frozen=True)
class Briefing:
    """All that the desk says as of a time. left_aside: posts that are not about us.

    negative_share: of the last 24 hours, (value, low, high) or None; corrections: by how many random corrections it is
    corrected, 0 = uncorrected.
    """

    as_of: pd.Timestamp
    profile: Profile
    situation: Situation
    assessment: Assessment
    why: Text
    reasons: tuple[Reason, ...]
    margins: tuple[Margin, ...]
    flags: tuple[Text, ...]
    clocks: tuple[Clock, ...]
    tasks: tuple[Assignment, ...]
    posts: int
    left_aside: int
    posts_24h: int
    negative_share: tuple[float, float, float] | None
    corrections: int
    topics: dict[str, int]
    platforms: dict[str, int]


def brief(
    posts: pd.DataFrame,
    model: Model,
    profile: Profile,
    as_of: pd.Timestamp,
    history: pd.DataFrame | None = None,
) -> Briefing:
    """What is going on, how grave, and what is to be done? The whole path, for posts that were read.

    posts: the canonical frame (schema.COLUMNS), history: its counters over time (`read.Reading`). Only rows up to
    and including as_of are used, and of those only the ones about us. Raises InputError if there are none.
    """
    seen = posts[posts["published_at"] <= as_of]
    if seen.empty:
        raise InputError(_("There is no post up to {time}. Choose a later time.", time=f"{as_of:%Y-%m-%d %H:%M}"))
    ours = about_us(seen, profile)
    told = annotate(seen[ours], model)
    return brief_cube(count(told, history), profile, as_of, int((~ours).sum()), rates_on(told, model.checked))


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


def only_about_us(data: Dataset, profile: Profile) -> Dataset:
    """Which part of a dataset counts under a profile? Raises InputError if nothing does."""
    ours = about_us(data.posts, profile)
    if ours.all():
        return data
    posts = data.posts[ours].reset_index(drop=True)
    return counted_anew(replace(data, posts=posts, left_aside=int((~ours).sum())))


def reannotated(data: Dataset, model: Model, progress: Callable[[float, Text], None] | None = None) -> Dataset:
    """What does a dataset hold when another model reads its posts? progress gets a share [0, 1]."""
    posts = annotate(data.posts, model, data.engine, progress)
    return counted_anew(replace(data, posts=posts, checked=checked_answers(model, data.engine)))


def counted_anew(data: Dataset) -> Dataset:
    """What follows from a dataset's posts and checked answers: the cube, its id, and the error rates?"""
    cube = count(data.posts, data.history)
    return replace(data, id=cube_id(cube), cube=cube, rates=rates_on(data.posts, data.checked))


def checked_answers(model: Model, engine: str) -> tuple[tuple[float, bool], ...]:
    """Which answers about the sentiment were checked at random? None of SnowNLP's: corrections are of the model's."""
    return model.checked if engine == "model" else ()


def rates_on(posts: pd.DataFrame, checked: tuple[tuple[float, bool], ...]) -> ErrorRates | None:
    """How does the classifier err on these annotated posts, by answers that were checked at random?"""
    told, truth = np.array(checked, dtype=float).reshape(-1, 2).T
    p_negative = posts["p_negative"].to_numpy()
    answered = (posts["sentiment"] == Sentiment.NEGATIVE).to_numpy()
    return error_rates(told, truth > 0, p_negative, leaning(p_negative, answered))


def brief_cube(
    cube: pd.DataFrame,
    profile: Profile,
    as_of: pd.Timestamp,
    left_aside: int = 0,
    rates: ErrorRates | None = None,
) -> Briefing:
    """What is going on as of a time, from the counted posts alone? Costs what the cube costs.

    rates: how the classifier errs; None leaves the negative share uncorrected.
    """
    now = situation(cube, as_of, profile.heat)
    assessment = assess(now, profile, rates)
    cells = until(cube, as_of)
    read = assessment.read
    return Briefing(
        as_of=as_of,
        profile=profile,
        situation=now,
        assessment=assessment,
        why=summary(assessment, profile),
        reasons=reasons(assessment, profile),
        margins=margins(assessment, now, profile),
        flags=tuple(flag for flag in (defamation(cube, as_of),) if flag),
        clocks=clocks(assessment),
        tasks=assignments(assessment),
        posts=int(cells["posts"].sum()),
        left_aside=left_aside,
        posts_24h=int(read.posts[-1]),
        negative_share=share(read),
        corrections=rates.corrections if rates else 0,
        topics=counted(cells, "topic"),
        platforms=counted(cells, "platform"),
    )


def share(read: Readings) -> tuple[float, float, float] | None:
    """How large is the negative share now, and between which bounds (90%)? None when there is nothing to share."""
    value, low, high = (float(ends[-1]) for ends in negative_shares(read))
    return None if np.isnan(value) else (value, low, high)


def counted(cells: pd.DataFrame, key: str) -> dict[str, int]:
    """How many posts has each value of `key`? Most first."""
    sums = cells.groupby(key)["posts"].sum().sort_values(ascending=False, kind="stable")
    return {str(name): int(posts) for name, posts in sums.items()}


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
    posts = annotate(posts, model, engine, lambda share, text: tell(0.4 + 0.5 * share, text))
    tell(0.95, _("Counting"))
    cube, checked = count(posts, read.history), checked_answers(model, engine)
    rates = rates_on(posts, checked)
    return Dataset(cube_id(cube), posts, cube, reports, synthetic, read.history, 0, engine, checked, rates)


def cube_id(cube: pd.DataFrame) -> str:
    """By which key may answers about a cube be kept? sha256 over its cells: other columns chosen, other key."""
    return sha256(pd.util.hash_pandas_object(cube, index=False).to_numpy().tobytes()).hexdigest()


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
