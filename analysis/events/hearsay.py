"""Which posts pass on what is only said, and which refute it?

Words, not a model, so that a share can be checked by reading. They see the marks that hearsay carries ("网传", "听说",
"聊天记录") and the words of a refutation ("辟谣", "不属实", "系误传"). They do not see a false claim that is told as
a fact, do not know whether a rumour is true, and take a repost for what it passes on.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

READ = 1000  # characters of a text that are looked at
RUMOUR = (
    r"网传|网上传|疯传|听说|听人说|听[^，。]{1,4}说|据说|据传|传言|传闻|谣传|有人说|有人爆料|爆料称|小道消息|内部消息|内部人士|"
    r"知情人|未经证实|没有证实|聊天记录|聊天截图|群里.{0,6}[传转说]|[传转].{0,4}语音|语音.{0,6}[传转]|真的假的|真假|是真的吗|是不是真的|"
    r"是真是假|有没有这回事|有这回事吗|求证|求辟谣|求实锤"
)
REFUTATION = (
    r"辟谣|谣言|造谣|谣传|传谣|信谣|不实|不属实|误传|误读|子虚乌有|无中生有|捏造|编造|摆拍|假消息|假新闻|假的|瞎编|纯属虚构|"
    r"虚假(?:信息|消息|言论|视频|内容|传言)|"
    r"没有此事|并无此事|无此事|没这回事|没有这回事|与事实不符|并非事实|系演练|是演练|为演练|虚惊一场"
)
# What sounds like a refutation and is none: a doubt, a demand, or its opposite.
NO_REFUTATION = (
    r"求辟谣|真的假的|是真的?还是假的?|(?:不是|并非|可不是|不像|未必是|难道是|是不是|算不算|当成|当作|当做|说是|说成|以为是)[^，。！？]{0,4}"
    r"(?:谣言|造谣|假的|谣传|编造|捏造|假消息|演练)|"
    r"(?:不|没人|没|快|赶紧|还不|怎么不|为什么不|为啥不|等|该|能不能|谁来)[^，。！？]{0,6}(?:辟谣)|谣言[吗么？?]|(?:假的|不实|造谣)[吗么？?]|"
    r"(?:谣言|辟谣)[^，。！？]{0,6}(?:变成?|成了?)(?:真|现实)"
)


def shares(posts: pd.DataFrame) -> tuple[float, float]:
    """Which share of these posts passes on a rumour, and which refutes one? Each [0, 1]; (0, 0) of no posts.

    A post that refutes does not count as rumour, so that the two never add up to more than 1. What the title says
    counts too.
    """
    if posts.empty:
        return 0.0, 0.0
    text_says, text_denies = marks(posts["text"])
    title_says, title_denies = marks(posts["title"])
    denies = text_denies | title_denies
    return float(((text_says | title_says) & ~denies).mean()), float(denies.mean())


def marks(texts: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Which texts bear the marks of hearsay, and which of a refutation? Each different text is read once."""
    codes, different = pd.factorize(texts)
    read = pd.Series(different, dtype="str").str.slice(0, READ)
    denies = read.str.contains(REFUTATION, regex=True).to_numpy(dtype=bool).copy()
    doubtful = np.flatnonzero(denies)
    left = [re.sub(NO_REFUTATION, "", text) for text in read.iloc[doubtful]]
    denies[doubtful] = pd.Series(left, dtype="str").str.contains(REFUTATION, regex=True).to_numpy(dtype=bool)
    return read.str.contains(RUMOUR, regex=True).to_numpy(dtype=bool)[codes], denies[codes]
