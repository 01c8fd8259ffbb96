"""How are the figures of the Model page drawn? From counted frames alone: no post's text ever enters a figure."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.language import _
from analysis.report.charts import GRID, INK, LINES, name_of, styled

# Opaque, so that plotly can choose ink that is read on each shade; empty cells show the ground of either theme.
SHADES = [[0, "#DDE6EE"], [1, "#2A6A99"]]
WIDEST_NAMES = 6  # labels; more of them are written at a slant under the map


def confusion_map(table: pd.DataFrame, task: str, language: str) -> go.Figure:
    """Which label is taken for which?

    table: posts, a row a true label, a column an answer (see classify.validate.confusion); task: "topic" or
    "sentiment". Shaded by the share of each true label's posts, so that rare labels show too; the number in a cell
    counts posts, and a cell without any is empty. The first label is on top, so that right answers run down from
    the left.
    """
    names = [name_of(task, str(label), language) for label in table.index]
    posts = table.to_numpy()
    share = np.where(posts > 0, posts / posts.sum(axis=1, keepdims=True).clip(1), np.nan)
    told = _(
        "True: {truth}<br>Answer: {answer}<br>{posts} posts, {share} of this label",
        truth="%{y}",
        answer="%{x}",
        posts="%{text}",
        share="%{z:.0%}",
    )
    figure = go.Figure(
        go.Heatmap(
            z=share,
            x=names,
            y=names,
            text=np.where(posts > 0, posts.astype(str), ""),
            texttemplate="%{text}",
            textfont={"size": 12},
            colorscale=SHADES,
            zmin=0,
            zmax=1,
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate=told.to(language) + "<extra></extra>",
        )
    )
    styled(figure, 150 + 34 * max(len(names), 3))
    figure.update_layout(hovermode="closest")
    slant = {"tickangle": -40} if len(names) > WIDEST_NAMES else {}
    figure.update_xaxes(title=_("Answer").to(language), showgrid=False, type="category", **slant)
    figure.update_yaxes(
        title=_("True label").to(language), showgrid=False, type="category", autorange="reversed", rangemode="normal"
    )
    return figure


def reliability_line(table: pd.DataFrame, language: str) -> go.Figure:
    """Does the classifier know how sure it may be? table: told, right, n (see classify.validate.reliability).

    On the dashed line what it says is what it keeps. Points are as large as the posts behind them are many; under
    the line it is too sure of itself.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name=_("Said and kept").to(language),
        line={"color": INK, "width": 1, "dash": "dash"},
        hoverinfo="skip",
    )
    told = _(
        "Sure: {told}<br>Right: {right}<br>{posts} posts", told="%{x:.0%}", right="%{y:.0%}", posts="%{customdata}"
    )
    figure.add_scatter(
        x=table["told"],
        y=table["right"],
        customdata=table["n"],
        mode="lines+markers",
        name=_("This classifier").to(language),
        line={"color": LINES[0], "width": 1.6},
        marker={
            "size": table["n"],
            "sizemode": "area",
            "sizeref": max(int(table["n"].max()), 1) / 18**2 if len(table) else 1,
            "sizemin": 3,
        },
        hovertemplate=told.to(language) + "<extra></extra>",
    )
    styled(figure, 340)
    figure.update_layout(hovermode="closest")
    fifths = [0, 0.2, 0.4, 0.6, 0.8, 1]
    percent = {"range": [0, 1.04], "tickvals": fifths, "ticktext": [f"{fifth:.0%}" for fifth in fifths]}
    figure.update_xaxes(title=_("How sure it was").to(language), **percent)
    figure.update_yaxes(title=_("Share that was right").to(language), **percent)
    return figure


def learning_line(table: pd.DataFrame, language: str) -> go.Figure:
    """What did more labelled posts bring? table: posts, topic_f1, sentiment_f1 (see classify.validate.learning_curve).

    A task without labels (NaN) has no line. The axis of posts is logarithmic: each doubling is as wide.
    """
    figure = go.Figure()
    shown = (("topic_f1", _("Topic"), LINES[0]), ("sentiment_f1", _("Sentiment"), LINES[1]))
    for column, name, colour in shown:
        if table[column].isna().all():
            continue
        figure.add_scatter(
            x=table["posts"],
            y=table[column].round(3),
            mode="lines+markers",
            name=name.to(language),
            line={"color": colour, "width": 1.8},
            marker={"size": 6},
            hovertemplate=f"{name.to(language)}: " + "%{y:.2f}<extra></extra>",
        )
    styled(figure, 320)
    figure.update_xaxes(
        type="log",
        title=_("Labelled posts learnt from").to(language),
        tickvals=table["posts"].tolist(),
        ticktext=[f"{posts:,}" for posts in table["posts"]],
        hoverformat=",d",
        gridcolor=GRID,
    )
    figure.update_yaxes(title=_("Macro-F1").to(language), range=[0, 1], tickformat=".1f")
    return figure
