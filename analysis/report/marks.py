"""How does a text read with the parts marked that spoke for and against an answer?"""

from __future__ import annotations

import html
from collections.abc import Sequence

import pandas as pd

from analysis.posts.privacy import masked_series

FOR, AGAINST = "200,117,43", "31,95,139"  # red, green, blue of an orange and a blue: they differ for all eyes
STRONGEST, FAINTEST = 0.6, 0.08  # opacity of the strongest push; pushes under this part of it stay unmarked


def marked_text(pieces: Sequence[tuple[str, float]]) -> str:
    """How does a text read with its pieces marked? HTML in which nothing of the text is markup; personal data masked.

    pieces: (part of the text, how much it pushed towards the answer), see classify.explain.
    """
    text = masked_series(pd.Series(["".join(piece for piece, _push in pieces)], dtype="str"))[0]  # as long as it was
    # By the push a character: a long run of weak ones adds up to more than the word that decided.
    pushes = [push / max(len(piece), 1) for piece, push in pieces]
    strongest = max(map(abs, pushes), default=0.0)
    parts, done = [], 0
    for (piece, _push), push in zip(pieces, pushes, strict=True):
        parts.append(marked(text[done : done + len(piece)], push, strongest))
        done += len(piece)
    return f'<div style="white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate">{"".join(parts)}</div>'


def marked(text: str, push: float, strongest: float) -> str:
    """How is one piece marked? By colour and by the line under it: whole = for, dotted = against.

    push, strongest: of a character of it, and of the strongest character of the text.
    """
    written = html.escape(text)
    share = abs(push) / strongest if strongest else 0.0
    if share < FAINTEST:
        return written
    colour, line = (FOR, "solid") if push > 0 else (AGAINST, "dotted")
    style = f"background:rgba({colour},{STRONGEST * share:.2f});border-bottom:2px {line} rgba({colour},{share:.2f})"
    return f'<span style="{style}">{written}</span>'
