"""What stands on the wall? One scene of the meeting and nothing else; keys and a clicker turn to the next.

A change of scene runs this part alone: the story was told before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from analysis.report.papers.blocks import Scene, Story
from analysis.report.papers.figures import figure
from analysis.report.papers.house import House
from analysis.report.papers.stage import foot_html, message_html, scene_html
from analysis.report.papers.stage_fit import chart_of, places
from analysis.report.papers.stage_rules import CHART, chart_style, wall_style
from analysis.schema import InputError
from analysis.workspace.house import house
from analysis.workspace.places import store_url
from pages import session, staging, whatif
from pages.kept import kept_store
from pages.session import _

SCALE = 2.0  # of the type in charts: 26 pixels of a board of 1,080


def show() -> None:
    """What is shown of the meeting: its scene, or what is wrong and how one gets back?"""
    with st.container(key="wall"):
        try:
            show_stage(staging.told(), house(kept_store(store_url())))
        except InputError as error:
            show_mistake(error)


@st.fragment
def show_stage(story: Story, of: House) -> None:
    """Which scene is shown, and with which keys does it change? Under the settings that are tried, if any are."""
    there = staging.on_wall()
    if there is None:
        st.rerun()
    st.html(wall_style(there.asking))
    board = st.container(key="wall_board")
    scenes = staging.shown_scenes(story)
    at, shown = staging.place(scenes), story
    scene = scenes[at]
    try:
        if there.asking:
            shown, scene = whatif.show(story, there.run)
        with board:
            show_words(scene, shown, of, (at + 1, len(scenes)), there.asking)
        show_chart(scene, shown)
    except InputError as error:
        with board:
            st.html(message_html(error.text, session.language()))
    show_keys(tuple(one.key for one in scenes), there.asking)
    if not there.asking:
        figure_of(scenes[min(at + 1, len(scenes) - 1)], story)  # drawn while this one is looked at


def show_words(scene: Scene, story: Story, of: House, at: tuple[int, int], draft: bool) -> None:
    """How do the words of a scene stand on the wall? at: which it is, of how many."""
    language = session.language()
    st.html(scene_html(scene, story, of, language))
    with st.container(key="wall_foot"):
        st.html(foot_html(story, of, language, *at, draft=draft))


def show_chart(scene: Scene, story: Story) -> None:
    """How does the chart of a scene, if it has one, stand on the wall? As large as its place on the board."""
    language = session.language()
    chart, box = chart_of(scene), places(scene, language)[1]
    if chart is None or box is None:
        return
    st.html(chart_style(box))
    with st.container(key=CHART):
        st.plotly_chart(
            figure_of(scene, story),
            theme=None,
            width=box.width,
            height=box.height,
            key=f"wall_{chart.key}_{scene.key}",
            config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
            alt=chart.title.to(language),
        )


def figure_of(scene: Scene, story: Story) -> Any:
    """How is the chart of a scene drawn, None if it has none? Once for a story."""
    language, kept, chart = session.language(), session.held("wall_figures"), chart_of(scene)
    if chart is None:
        return None
    if kept is None or kept[0] is not story:
        kept = (story, {})
        session.hold("wall_figures", kept)
    if (scene.key, language) not in kept[1]:
        kept[1][scene.key, language] = figure(chart, language, SCALE)
    return kept[1][scene.key, language]


def show_keys(scenes: tuple[str, ...], asking: bool) -> None:
    """With which keys is the wall operated? Small buttons in a corner for the mouse, the others for keys alone.

    While the what-if panel is open, the arrows move its sliders.
    """
    with st.container(key="wall_tools", horizontal=True, gap="xxsmall"):
        if not asking:
            key_button("Left", "tool_back", ":material/chevron_left:", _("Scene before"), staging.step, scenes, -1)
            key_button("Right", "tool_on", ":material/chevron_right:", _("Next scene"), staging.step, scenes, 1)
        key_button("T", "tool_ask", ":material/tune:", _("What if?"), staging.ask, not asking)
        key_button("Esc", "tool_leave", ":material/close:", _("Leave"), staging.leave)
    with st.container(key="wall_keys"):
        key_button("W", "key_w", "", _("What if?"), staging.ask, not asking)
        if not asking:
            for key in ("PageDown", "Space"):
                key_button(key, f"key_{key}", "", _("Next scene"), staging.step, scenes, 1)
            key_button("PageUp", "key_PageUp", "", _("Scene before"), staging.step, scenes, -1)
            for key in ("Home", "F5"):
                key_button(key, f"key_{key}", "", _("First scene"), staging.step, scenes, -len(scenes))
            key_button("End", "key_End", "", _("Last scene"), staging.step, scenes, len(scenes))


def key_button(shortcut: str, key: str, icon: str, name: str, act: Callable[..., None], *args: object) -> None:
    """How is one key bound? With an icon only the icon is seen, and its name on hovering."""
    st.button(
        "" if icon else name,
        key=key,
        icon=icon or None,
        help=name if icon else None,
        type="tertiary" if icon else "secondary",
        shortcut=shortcut,
        on_click=act,
        args=args,
    )


def show_mistake(error: InputError) -> None:
    """What stands on the wall where there is no story? What is wrong, in big letters; any key of leaving leads back."""
    st.html(wall_style(False))
    with st.container(key="wall_board"):
        st.html(message_html(error.text, session.language()))
    with st.container(key="wall_tools"):
        key_button("Esc", "tool_leave", ":material/close:", _("Leave"), staging.leave)
