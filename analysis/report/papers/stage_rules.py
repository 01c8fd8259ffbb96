"""How does the desk step aside for the wall? Everything but the scene is hidden, and the scene fills the window."""

from __future__ import annotations

from analysis.report.papers.stage_fit import BOARD, LEFT, Box
from analysis.report.papers.stage_style import NARROW, STYLE, scales

ASKED = 0.72  # of the board's size, while the what-if panel stands beside it
CHART = "wall_chart"  # the key of its container
PANEL = 1.5  # times its size on a board that is shown as it is


def wall_style(asking: bool) -> str:
    """Which rules are in force while the wall is shown? asking: the what-if panel is open."""
    return f"<style>{scales()}{STYLE}{HIDDEN}{BOARD_RULES}{NARROW_RULES}{ASKING if asking else ''}</style>"


def chart_style(box: Box) -> str:
    """Where on the board does the chart stand?

    It lies over the board, not in it: Streamlit measures what is around a chart as it is seen, so that only the chart
    itself may be scaled.
    """
    return (
        f"<style>.st-key-{CHART} {{--w: {box.width}px; height: {box.height}px}}"
        f"@media (min-width: {NARROW}px) {{.st-key-{CHART} {{position: absolute; width: {box.width}px !important; "
        f"left: calc(var(--x) + {box.left}px * var(--s)); top: calc(var(--y) + {box.top}px * var(--s))}}}}</style>"
    )


HIDDEN = """
[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"],
[data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stStatusWidget"], [data-testid="stDecoration"],
[data-testid="stMainBlockContainer"] > div > :not(:has(.st-key-wall)):not(.st-key-wall) { display: none !important; }
.st-key-wall_keys { position: absolute; left: 0; top: 0; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
.st-key-wall_keys:focus-within { clip-path: none; width: auto; height: auto; z-index: 3; }
"""
# Below this width, and only there, the page scrolls.
BOARD_RULES = f"""
@media (min-width: {NARROW}px) {{
[data-testid="stMain"] {{ overflow: hidden !important; }}
.st-key-wall {{ --s: var(--k); --x: calc((100vw - {BOARD[0]}px * var(--s)) / 2);
  --y: calc((100vh - {BOARD[1]}px * var(--s)) / 2); position: fixed; inset: 0; overflow: hidden; }}
.st-key-wall_board {{ position: absolute; width: {BOARD[0]}px !important; height: {BOARD[1]}px;
  max-width: none; left: var(--x); top: var(--y); transform-origin: 0 0;
  transform: scale(var(--s)); overflow: hidden; }}
.st-key-wall_foot {{ position: absolute; left: {LEFT}px; top: 1014px; width: 1500px !important; overflow: hidden; }}
.st-key-wall_tools {{ position: absolute; right: 2vw; bottom: 1.2vh; width: auto !important; opacity: .3; z-index: 2;
  zoom: calc(var(--k) * 2); }}
.st-key-wall_tools:hover, .st-key-wall_tools:focus-within {{ opacity: 1; }}
}}
.st-key-{CHART} [data-testid="stElementContainer"] {{ width: var(--w) !important; max-width: none; }}
.st-key-{CHART} .js-plotly-plot {{ transform: scale(var(--s)); transform-origin: 0 0; }}
.st-key-wall text {{ fill: currentColor !important; }}
.st-key-wall .hoverlayer text {{ fill: #fff !important; }}
.st-key-wall_tools kbd {{ display: none; }}
"""
NARROW_RULES = f"""
@media (max-width: {NARROW - 1}px) {{
[data-testid="stMainBlockContainer"] {{ padding: 1rem !important; }}
.st-key-wall {{ --s: .34; }}
.st-key-{CHART} {{ overflow: hidden; max-height: 280px; }}
}}
"""
ASKING = f"""
@media (min-width: {NARROW}px) {{
.st-key-wall {{ --s: calc(var(--k) * {ASKED}); --x: 0px; }}
.st-key-wall_ask {{ position: absolute; right: 0; top: 0; width: {100 * (1 - ASKED):.0f}vw !important; height: 100vh;
  padding: 3vh 2vw; overflow-y: auto; z-index: 2; border-left: 1px solid rgba(128, 140, 155, .4); }}
.st-key-wall_ask > * {{ zoom: calc(var(--k) * {PANEL}); }}
}}
"""
