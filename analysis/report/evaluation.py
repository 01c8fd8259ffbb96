"""How do the figures of the classifier read in a terminal?"""

from __future__ import annotations

from typing import Any

from analysis.language import Text, _


def figure_words(found: dict[str, Any]) -> list[Text]:
    """How do the figures of `evaluate` read?"""
    lines = [_("{n:,} posts, {speed:,.0f} posts a second", n=found["n"], speed=found["posts_per_second"])]
    rows = [(task, found[task]) for task in ("topic", "sentiment")]
    if "baseline" in found:
        rows.append((f"{found['baseline']['name']} sentiment", found["baseline"]["sentiment"]))
    for name, result in rows:
        if result["n"]:
            lines.append(
                _(
                    "{name}: accuracy {accuracy:.3f}, macro-F1 {f1:.3f} ({low:.3f} to {high:.3f}), n {n}",
                    name=name,
                    accuracy=result["accuracy"],
                    f1=result["macro_f1"],
                    low=result["macro_f1_interval"][0],
                    high=result["macro_f1_interval"][1],
                    n=result["n"],
                )
            )
        lines += [
            _(
                "  {label}: precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}, n {n}",
                label=label,
                **per_class,
            )
            for label, per_class in result["per_class"].items()
        ]
    return lines
