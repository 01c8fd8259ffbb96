"""How does the desk step aside for the wall? Everything but the scene is hidden, and the scene fills the window."""

from __future__ import annotations

from analysis.report.papers.stage_fit import BOARD, CHART, WHOLE, Box
from analysis.report.papers.stage_style import NARROW, STYLE, scales

ASKED = 0.72  # of the board's size, while the what-if panel stands beside it
BESIDE, ALONE = "wall_chart_beside", "wall_chart_alone"  # containers of a chart beside words, and of one alone


def wall_style(asking: bool) -> str:
    """Which rules are in force while the wall is shown? asking: the what-if panel is open."""
    return f"<style>{scales()}{STYLE}{HIDDEN}{BOARD_RULES}{NARROW_RULES}{ASKING if asking else ''}</style>"


def placed(key: str, box: Box) -> str:
    """Where on the board does a chart's container stand?"""
    return (
        f".st-key-{key} {{position: absolute; left: {box.left}px; top: {box.top}px; width: {box.width}px; "
        f"height: {box.height}px; overflow: hidden;}}"
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
.st-key-wall {{ position: fixed; inset: 0; overflow: hidden; }}
.st-key-wall_board {{ --s: var(--k); position: absolute; width: {BOARD[0]}px !important; height: {BOARD[1]}px;
  max-width: none; left: calc((100vw - {BOARD[0]}px * var(--s)) / 2);
  top: calc((100vh - {BOARD[1]}px * var(--s)) / 2); transform-origin: 0 0;
  transform: scale(var(--s)); overflow: hidden; }}
.st-key-wall_foot {{ position: absolute; left: 90px; top: 1014px; width: 1480px !important; overflow: hidden; }}
.st-key-wall_tools {{ position: absolute; left: 1600px; top: 1006px; width: 260px !important; opacity: .28; }}
.st-key-wall_tools:hover, .st-key-wall_tools:focus-within {{ opacity: 1; }}
{placed(BESIDE, CHART)}{placed(ALONE, WHOLE)}
}}
.st-key-wall text {{ fill: currentColor !important; }}
.st-key-wall .hoverlayer text {{ fill: #fff !important; }}
.st-key-wall_tools [data-testid="stIconMaterial"] {{ font-size: 36px; }}
"""
NARROW_RULES = f"""
@media (max-width: {NARROW - 1}px) {{
[data-testid="stMainBlockContainer"] {{ padding: 1rem !important; }}
.st-key-{BESIDE}, .st-key-{ALONE} {{ zoom: .5; }}
}}
"""
ASKING = f"""
@media (min-width: {NARROW}px) {{
.st-key-wall_board {{ --s: calc(var(--k) * {ASKED}); left: 0; }}
.st-key-wall_ask {{ position: absolute; right: 0; top: 0; width: {100 * (1 - ASKED):.0f}vw !important; height: 100vh;
  padding: 3vh 2vw; overflow-y: auto; border-left: 1px solid rgba(128, 140, 155, .4); }}
}}
"""
