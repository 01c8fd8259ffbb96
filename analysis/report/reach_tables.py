"""How does it read who carried it: in words, in tables, and for scripts? Personal data masked wherever shown."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import Text, _
from analysis.posts.privacy import masked_series
from analysis.report.charts import label_of
from analysis.schema import COLUMN_LABELS, INTERACTIONS, MediaTier, Platform
from analysis.signals.path import Evidence
from analysis.signals.reach import Concentration, Reach, Voices
from analysis.signals.series import REST

LONGEST_TEXT = 300
ASKED = ("author", "author_verified", "media_tier", "region", "reposts", "comments", "likes", "parent_id")
TIMES = ("published_at", "origin_at", "seen_at")
KEYS = {
    "platforms": _("Platform"),
    "regions": _("Region"),
    "media_tiers": _("Media tier"),
    "accounts": _("Accounts"),
}
ACCOUNT_LABELS = {"accounts": _("Accounts that wrote"), "new": _("Of these for the first time in the span")}
VOICES_TEXTS = {
    Voices.FEW: _("Few voices: the ten accounts that wrote most have {top:.0%} of the posts."),
    Voices.SOME: _("Some accounts stand out: the ten that wrote most have {top:.0%} of the posts."),
    Voices.MANY: _("Many voices: the ten accounts that wrote most have only {top:.0%} of the posts."),
    Voices.UNKNOWN: _("Too few posts to tell few voices from many."),
}


def voices_text(found: Concentration | None) -> Text:
    """Do few accounts speak, or many, and how unequally?"""
    if found is None:
        return _("No post tells its author, so nothing is known of how many speak.")
    counted = _(
        "{accounts:,} accounts wrote {posts:,} posts, as concentrated as if {effective:,.0f} wrote equally often "
        "(Gini {gini:.2f}).",
        accounts=found.accounts,
        posts=found.posts,
        effective=found.effective,
        gini=found.gini,
    )
    verdict = Text(VOICES_TEXTS[found.voices].msgid, (("top", found.top_10),))
    return _("{verdict} {counted}", verdict=verdict, counted=counted)


def loud_text(found: Concentration | None) -> Text | None:
    """Which single account is so loud that it must be named? None if there is none."""
    if found is None or not found.is_loud:
        return None
    return _(
        'The account "{author}" ({platform}) alone wrote {posts:,} of {all:,} posts ({share:.0%}).',
        author=masked_series(pd.Series([found.loudest], dtype="str")).iloc[0],
        platform=Platform(found.loudest_platform).label,
        posts=found.loudest_posts,
        all=found.posts,
        share=found.loudest_posts / found.posts,
    )


def unknown_text(reach: Reach) -> Text | None:
    """What can the posts of the span not tell? None if nothing of it is missing."""
    names = [COLUMN_LABELS[name] for name in ASKED if name in reach.unknown]
    return _("No post here tells: {names}. What rests on it is left out.", names=names) if names else None


def share_text(share: float | None) -> Text:
    """How does a share read? "not told" where no post tells."""
    return _("not told") if share is None else Text("{share:.1%}", (("share", share),))


def value_label(key: str, value: str, language: str) -> str:
    """How is a value of one of KEYS called? As it stands, not escaped."""
    if key == "accounts":
        return ACCOUNT_LABELS[value].to(language)
    if key == "media_tiers" and value != REST:
        return MediaTier(value).label.to(language) if value else _("No medium").to(language)
    return label_of(key.removesuffix("s"), value, language)


def source_table(reach: Reach, language: str) -> pd.DataFrame:
    """Who posted first on each platform? Earliest first; a link only where it leads to a web page."""
    first = reach.first_sources
    cells = {
        "platform": [Platform(value).label.to(language) for value in first["platform"]],
        "published_at": first["published_at"].dt.tz_localize(None),
        "author": masked_series(first["author"]),
        "text": masked_series(first["text"]).str.slice(0, LONGEST_TEXT),
        "url": first["url"].where(first["url"].str.match(r"https?://", case=False), None),
    }
    return named(pd.DataFrame(cells), language)


def amplifier_table(reach: Reach, language: str) -> pd.DataFrame:
    """Whose posts were carried furthest? Labels in the reader's language, unknown cells empty."""
    table = reach.amplifiers
    yes_no = {True: _("yes").to(language), False: _("no").to(language)}
    shown = table.assign(
        platform=[Platform(value).label.to(language) for value in table["platform"]],
        author=masked_series(table["author"]),
        verified=[yes_no.get(value) for value in table["verified"]],
        media_tier=[MediaTier(value).label.to(language) if value else None for value in table["media_tier"]],
    )
    empty = [name for name in ("verified", "followers", "media_tier", *INTERACTIONS) if table[name].isna().all()]
    return named(shown.drop(columns=[name for name in empty if name != "media_tier"]), language)


def path_table(reach: Reach, language: str) -> pd.DataFrame:
    """After which platform did each join, and what is that known from?"""
    steps = reach.path
    cells = {
        "platform": [Platform(value).label.to(language) for value in steps["platform"]],
        "published_at": clocked(steps["published_at"]),
        "origin": [Platform(value).label.to(language) if value else "–" for value in steps["origin"]],
        "evidence": [Evidence(value).label.to(language) for value in steps["evidence"]],
        "origin_at": clocked(steps["origin_at"]),
        "seen_at": clocked(steps["seen_at"]),
    }
    return named(pd.DataFrame(cells), language)


def time_table(reach: Reach, key: str, language: str) -> pd.DataFrame:
    """How did one of KEYS run over time? A row an hour or day, a column a value."""
    frame: pd.DataFrame = getattr(reach, key)
    titles = [value_label(key, str(name), language) for name in frame.columns]
    hours = pd.DataFrame({_("Time").to(language): pd.DatetimeIndex(frame.index).strftime("%Y-%m-%d %H:%M")})
    return pd.concat([hours, frame.set_axis(titles, axis=1).reset_index(drop=True)], axis=1)


def total_table(reach: Reach, key: str, language: str) -> pd.DataFrame:
    """How many posts has each value of one of KEYS? Largest first."""
    sums = getattr(reach, key).sum()
    titles = [value_label(key, str(name), language) for name in sums.index]
    return pd.DataFrame({KEYS[key].to(language): titles, _("Posts").to(language): sums.to_numpy()})


def named(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """How are the columns of these tables called?"""
    labels = {
        **COLUMN_LABELS,
        "verified": COLUMN_LABELS["author_verified"],
        "posts": _("Posts"),
        "drawn": _("Drawn together"),
        "passed_on": _("Passed on here"),
        "origin": _("Came after"),
        "evidence": _("Known from"),
        "origin_at": _("Post there"),
        "seen_at": _("Post here"),
    }
    return table.rename(columns={name: labels[name].to(language) for name in table.columns})


def clocked(times: pd.Series) -> list[str]:
    """How do times stand in a table? As the hospital's clock shows them; "" where there is none."""
    return ["" if pd.isna(time) else f"{time:%Y-%m-%d %H:%M}" for time in times]


def as_json(reach: Reach) -> dict[str, Any]:
    """What does a script get of the reach? Counts by key ("" = not told, "…" = all others), None where not known."""
    first, amplifiers = reach.first_sources, reach.amplifiers.astype(object)
    amplifiers = amplifiers.where(reach.amplifiers.notna(), None).assign(
        author=masked_series(reach.amplifiers["author"])
    )
    return {
        "posts": reach.posts,
        **{key: {name: int(posts) for name, posts in getattr(reach, key).sum().items()} for key in list(KEYS)[:3]},
        "authors": reach.concentration.accounts if reach.concentration else None,
        "verified_share": rounded(reach.verified_share),
        "media_share": rounded(reach.media_share),
        "concentration": concentration_json(reach.concentration),
        "first_sources": [
            {"platform": platform, "published_at": time, "author": author, "text": text, "url": url}
            for platform, time, author, text, url in zip(
                first["platform"],
                map(iso, first["published_at"]),
                masked_series(first["author"]),
                masked_series(first["text"]).str.slice(0, LONGEST_TEXT),
                first["url"],
                strict=True,
            )
        ],
        "amplifiers": amplifiers.to_dict("records"),
        "path": [
            {**step, **{name: iso(step[name]) for name in TIMES}}
            for step in reach.path.assign(evidence=reach.path["evidence"].astype(str)).to_dict("records")
        ],
        "unknown": list(reach.unknown),
        "dates_only": reach.dates_only,
    }


def iso(time: pd.Timestamp | None) -> str | None:
    """How is a time written for scripts? ISO 8601 with its offset; None where there is none."""
    return None if time is None or pd.isna(time) else time.isoformat(timespec="seconds")


def rounded(value: float | None) -> float | None:
    """How is a share written for scripts? To four places; None stays None."""
    return None if value is None else round(value, 4)


def concentration_json(found: Concentration | None) -> dict[str, Any] | None:
    """How is the concentration written for scripts? The loudest account by name only where it must be named."""
    if found is None:
        return None
    loudest = masked_series(pd.Series([found.loudest], dtype="str")).iloc[0] if found.is_loud else None
    return {
        "voices": str(found.voices),
        "posts": found.posts,
        "accounts": found.accounts,
        "gini": rounded(found.gini),
        "top_10": rounded(found.top_10),
        "top_percent": rounded(found.top_percent),
        "effective": round(found.effective, 1),
        "loudest_posts": found.loudest_posts,
        "loudest": loudest,
    }
