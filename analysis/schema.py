"""Which columns, units, labels and errors does every stage share?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import pandas as pd

from analysis.language import Text, _

TIMEZONE = "Asia/Shanghai"


class InputError(ValueError):
    """Something the user can mend: names what was expected, what was got, and the remedy."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text

    def __reduce__(self) -> tuple[type[InputError], tuple[Text]]:
        return InputError, (self.text,)


class Topic(StrEnum):
    """Risk topics (风险类型), gravest first as listed in the domain's plans."""

    MEDICAL_QUALITY = "medical_quality"
    DOCTOR_PATIENT = "doctor_patient"
    PUBLIC_HEALTH = "public_health"
    PRIVACY = "privacy"
    MANAGEMENT = "management"
    RUMOUR = "rumour"
    COMMUNICATION = "communication"
    DISASTER = "disaster"
    POLICY = "policy"
    SERVICE = "service"
    OTHER = "other"

    @property
    def label(self) -> Text:
        return TOPIC_LABELS[self]


TOPIC_LABELS = {
    Topic.MEDICAL_QUALITY: _("Medical quality and accidents"),
    Topic.DOCTOR_PATIENT: _("Doctor–patient conflict"),
    Topic.PUBLIC_HEALTH: _("Public health"),
    Topic.PRIVACY: _("Information security and privacy"),
    Topic.MANAGEMENT: _("Management and integrity"),
    Topic.RUMOUR: _("Online rumour"),
    Topic.COMMUNICATION: _("Communication failure"),
    Topic.DISASTER: _("Disaster and emergency rescue"),
    Topic.POLICY: _("Policy and charges"),
    Topic.SERVICE: _("Service complaints"),
    Topic.OTHER: _("Other topics"),
}

CARE_TOPICS = frozenset(
    {Topic.MEDICAL_QUALITY, Topic.PUBLIC_HEALTH, Topic.RUMOUR, Topic.DOCTOR_PATIENT, Topic.DISASTER}
)


class Sentiment(StrEnum):
    """What the author expresses."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"

    @property
    def label(self) -> Text:
        return SENTIMENT_LABELS[self]


SENTIMENT_LABELS = {
    Sentiment.NEGATIVE: _("Negative"),
    Sentiment.NEUTRAL: _("Neutral"),
    Sentiment.POSITIVE: _("Positive"),
}


class Stage(StrEnum):
    """Life cycle of an event (生命周期); SETTLED is also the quiet before any event.

    SECOND_WAVE (次生舆情) is the outbreak of a later wave; PEAK and DECLINE follow it as they follow OUTBREAK.
    """

    INCUBATION = "incubation"
    OUTBREAK = "outbreak"
    PEAK = "peak"
    DECLINE = "decline"
    SECOND_WAVE = "second_wave"
    SETTLED = "settled"

    @property
    def label(self) -> Text:
        return STAGE_LABELS[self]


STAGE_LABELS = {
    Stage.INCUBATION: _("Incubation"),
    Stage.OUTBREAK: _("Outbreak"),
    Stage.PEAK: _("Peak"),
    Stage.DECLINE: _("Decline"),
    Stage.SECOND_WAVE: _("Second wave"),
    Stage.SETTLED: _("Settled"),
}


class Level(IntEnum):
    """Response level (响应级别), ordered by severity; ROUTINE = normal watching, no plan started."""

    ROUTINE = 0
    MILD = 1
    MODERATE = 2
    SEVERE = 3

    @property
    def label(self) -> Text:
        return LEVEL_LABELS[self]


LEVEL_LABELS = {
    Level.ROUTINE: _("Routine"),
    Level.MILD: _("Mild"),
    Level.MODERATE: _("Moderate"),
    Level.SEVERE: _("Severe"),
}


class Platform(StrEnum):
    """Where a post stands; names in exports are folded to these by posts/vendors.toml."""

    WEIBO = "weibo"
    WECHAT = "wechat"
    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"
    XIAOHONGSHU = "xiaohongshu"
    BILIBILI = "bilibili"
    ZHIHU = "zhihu"
    TIEBA = "tieba"
    TOUTIAO = "toutiao"
    NEWS = "news"
    FORUM = "forum"
    LETTER = "letter"
    OTHER = "other"

    @property
    def label(self) -> Text:
        return PLATFORM_LABELS[self]


PLATFORM_LABELS = {
    Platform.WEIBO: _("Weibo"),
    Platform.WECHAT: _("WeChat"),
    Platform.DOUYIN: _("Douyin"),
    Platform.KUAISHOU: _("Kuaishou"),
    Platform.XIAOHONGSHU: _("Xiaohongshu"),
    Platform.BILIBILI: _("Bilibili"),
    Platform.ZHIHU: _("Zhihu"),
    Platform.TIEBA: _("Tieba"),
    Platform.TOUTIAO: _("Toutiao"),
    Platform.NEWS: _("News site"),
    Platform.FORUM: _("Forum"),
    Platform.LETTER: _("Citizens' letters"),
    Platform.OTHER: _("Other platform"),
}


class MediaTier(StrEnum):
    """Rank of the medium that speaks; ordinary users have none (an empty cell)."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    LOCAL = "local"
    TRADE = "trade"
    SELF_MEDIA = "self_media"

    @property
    def label(self) -> Text:
        return MEDIA_LABELS[self]


MEDIA_LABELS = {
    MediaTier.CENTRAL: _("Central media"),
    MediaTier.PROVINCIAL: _("Provincial media"),
    MediaTier.LOCAL: _("Local media"),
    MediaTier.TRADE: _("Trade media"),
    MediaTier.SELF_MEDIA: _("Self-media"),
}


class Claim(StrEnum):
    """Grave claims that a post can make; a profile's red lines count them."""

    DEATH_BLAMED = "death_blamed"
    ATTACK_ON_STAFF = "attack_on_staff"
    RECORDS_LEAKED = "records_leaked"

    @property
    def label(self) -> Text:
        return CLAIM_LABELS[self]


CLAIM_LABELS = {
    Claim.DEATH_BLAMED: _("A death is claimed and care is blamed"),
    Claim.ATTACK_ON_STAFF: _("Staff are attacked"),
    Claim.RECORDS_LEAKED: _("Patients' records have leaked"),
}

INTERACTIONS = ("reposts", "comments", "likes", "reads")


@dataclass(frozen=True)
class Column:
    """One column of the posts frame: its dtype in pandas, its label, and whether an export must have it."""

    name: str
    dtype: str
    label: Text
    required: bool = False


TIME_DTYPE = f"datetime64[us, {TIMEZONE}]"
COLUMNS = (
    Column("post_id", "str", _("Post id")),
    Column("published_at", TIME_DTYPE, _("Published"), required=True),
    Column("platform", "str", _("Platform")),
    Column("author", "str", _("Author")),
    Column("author_verified", "boolean", _("Verified author")),
    Column("followers", "Int64", _("Followers")),
    Column("media_tier", "str", _("Media tier")),
    Column("region", "str", _("Region")),
    Column("title", "str", _("Title")),
    Column("text", "str", _("Text"), required=True),
    Column("url", "str", _("Link")),
    Column("reposts", "Int64", _("Reposts")),
    Column("comments", "Int64", _("Comments")),
    Column("likes", "Int64", _("Likes")),
    Column("reads", "Int64", _("Reads")),
    Column("parent_id", "str", _("Parent post")),
    Column("collected_at", TIME_DTYPE, _("Collected")),
)
COLUMN_LABELS = {column.name: column.label for column in COLUMNS}


def full_text(posts: pd.DataFrame) -> pd.Series:
    """What does a reader read? The title, unless the text begins with it, and the text."""
    pairs = zip(posts["title"], posts["text"], strict=True)
    read = [text if text.startswith(title.rstrip("….。 ")) else f"{title} {text}" for title, text in pairs]
    return pd.Series(read, index=posts.index, dtype="str")
