"""How does it read who carries it: few accounts or many, media of which rank, and who was first?"""

from __future__ import annotations

import pandas as pd

from analysis.events.describe import Description
from analysis.language import Text, _
from analysis.report.papers.blocks import Fact, Made, Rows, Span
from analysis.report.papers.counting import spans
from analysis.report.papers.facts import sourced
from analysis.report.papers.material import Material
from analysis.report.papers.rounding import hours_said, percent, posted, quoted, said_on
from analysis.report.papers.sentences import label
from analysis.report.reach_tables import loud_text
from analysis.schema import MediaTier
from analysis.signals.reach import Concentration, Reach, Voices

CARRIED = _("Who carries it")
ACCOUNTS = 10  # that are told together
HOUR = pd.Timedelta(hours=1)
VERDICTS = {
    Voices.FEW: _("few voices make most of it"),
    Voices.SOME: _("some accounts stand out"),
    Voices.MANY: _("many voices speak"),
}


def carrier_sentences(material: Material, span: Span) -> tuple[Text, ...]:
    """Do few accounts speak or many, which media, and how many are verified? () without a post in the span."""
    reach, now = material.reach, spans(material, span)[0]
    if not reach.posts:
        return ()
    told = [voices_sentence(reach.concentration, now), media_sentence(reach, now)]
    loud = loud_text(reach.concentration)
    if loud is not None:
        told.append(sourced(loud, Made.MEASURE, CARRIED, (now,), "reach.loudest"))
    if reach.verified_share is not None:
        share = Fact(reach.verified_share, Made.MEASURE, _("Verified accounts"), (now,), "reach.verified_share")
        told.append(_("{share} of the posts are by verified accounts.", share=percent(share)))
    return tuple(told)


def voices_sentence(found: Concentration | None, now: Rows) -> Text:
    """How many accounts speak, and do few of them speak most?"""
    if found is None:
        return _("No post tells its account, so it is not known how many speak.")
    accounts = Fact(found.accounts, Made.MEASURE, _("Accounts"), (now,), "reach.accounts")
    if found.accounts == 1:
        return _("{accounts:,} account spoke.", accounts=accounts)
    if found.voices == Voices.UNKNOWN or found.accounts <= ACCOUNTS:
        return _("{accounts:,} accounts spoke.", accounts=accounts)
    top = Fact(found.top_10, Made.MEASURE, _("Ten accounts that wrote most"), (now,), "reach.top_10")
    return _(
        "{accounts:,} accounts spoke; the ten that wrote most have {share} of the posts: {verdict}.",
        accounts=accounts,
        share=percent(top),
        verdict=VERDICTS[found.voices],
    )


def media_sentence(reach: Reach, now: Rows) -> Text:
    """How many posts are by media, by their rank?"""
    if not len(reach.media_tiers.columns):
        return _("No post is known to be by a medium.")
    counts = {str(name): int(posts) for name, posts in reach.media_tiers.sum().items()}
    media = tuple(
        _("{name} {posts}", name=tier.label, posts=posted(media_fact(tier, counts[tier], now)))
        for tier in MediaTier
        if counts.get(tier)
    )
    return _("By media: {media}.", media=media) if media else _("No post is known to be by a medium.")


def media_fact(tier: MediaTier, posts: int, now: Rows) -> Fact:
    """How many posts are by media of this rank?"""
    return Fact(posts, Made.MEASURE, tier.label, (now,), f"reach.media.{tier}")


def first_sentence(description: Description, rows: Rows, year: bool = False) -> Text | None:
    """Where, when and by whom was an event first spoken of? None where no source is known."""
    if description.sources.empty:
        return None
    source = description.sources.sort_values("published_at", kind="stable").iloc[0]
    what = _("First post")
    words = {
        "platform": label("platform", str(source["platform"])),
        "time": said_on(source["published_at"], what, (rows,), "event.first", year),
    }
    if not source["author"]:
        return _("First spoken of on {platform}, {time}.", **words)
    author = quoted(str(source["author"]), _("Account"), 24)
    return _("First spoken of on {platform}, {time}, by the account “{author}”.", author=author, **words)


def path_sentence(description: Description, rows: Rows) -> Text | None:
    """On which platforms did an event appear, one after the other? None where there was but one."""
    sources = description.sources.sort_values("published_at", kind="stable")
    if len(sources) < 2:
        return None
    steps = tuple(
        _(
            "{platform} ({time})",
            platform=label("platform", str(platform)),
            time=said_on(time, _("First post on the platform"), (rows,), "event.path"),
        )
        for platform, time in zip(sources["platform"], sources["published_at"], strict=True)
    )
    return _("It appeared one after the other on: {steps}.", steps=steps)


def hearsay_sentence(description: Description, rows: Rows) -> Text:
    """Which share of an event's posts passes on what is only said, and which refutes it?"""
    rumour, refutation = (
        Fact(getattr(description, name), Made.MEASURE, _("Hearsay and refutation"), (rows,), f"hearsay.{name}")
        for name in ("rumour_share", "refutation_share")
    )
    if not rumour.value and not refutation.value:
        return _("No post bears the marks of hearsay, and none refutes anything.", rumour=rumour, refutation=refutation)
    if not refutation.value:
        return _("{share} of the posts bear the marks of hearsay; none refutes anything.", share=percent(rumour))
    if not rumour.value:
        return _("No post bears the marks of hearsay; {share} refute something.", share=percent(refutation))
    words = {"rumour": percent(rumour), "refutation": percent(refutation)}
    return _("{rumour} of the posts bear the marks of hearsay, {refutation} refute something.", **words)


def response_sentence(description: Description, rows: Rows) -> Text:
    """Did the hospital speak in an event, when, and how long after the first post by others?"""
    if not description.accounts_set:
        return _("No own accounts are named, so it is not known whether the hospital has spoken.")
    said = description.official
    if said.empty:
        return _("The hospital's own accounts have not spoken yet.")
    what = _("Posts by own accounts")
    words: dict[str, object] = {
        "posts": posted(Fact(len(said), Made.MEASURE, what, (rows,), "answered.posts")),
        "time": said_on(said["published_at"].iloc[0], what, (rows,), "answered.first"),
    }
    if description.answered_after is None:
        return _("The hospital's own accounts have spoken: {posts}, the first on {time}.", **words)
    after = Fact(description.answered_after / HOUR, Made.MEASURE, what, (rows,), "answered.after")
    words["hours"] = hours_said(after)
    return _(
        "The hospital's own accounts have spoken: {posts}, the first on {time}, {hours} after the first post by "
        "others.",
        **words,
    )
