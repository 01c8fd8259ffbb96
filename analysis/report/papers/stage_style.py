"""Which rules lay a scene on the board, and the board on the screen?"""

from __future__ import annotations

from analysis.report.papers.stage_fit import BOARD, BY, EDGE, GUTTER, INDENT, LEFT, LINE, PAD, WIDTH

TITLE = 58
NARROW = 700  # pixels: on a narrower screen the words run down the page as on any other
LOWEST, HIGHEST, STEP = 320, 2180, 20  # pixels of the screen's height

# The same classes are laid on a board, and on a telephone one below the other.
STYLE = f"""
.wall-scene {{ line-height: {LINE}; overflow-wrap: anywhere; }}
.wall-scene [title] {{ cursor: help; }}
.wall-scene:hover [title] {{ text-decoration: underline dotted; text-underline-offset: .2em; }}
.wall-cut {{ display: -webkit-box; -webkit-box-orient: vertical; overflow: hidden; }}
.wall-title {{ font-weight: 700; font-size: {TITLE}px; line-height: 1.4; }}
.wall-level {{ font-weight: 700; font-size: 40px; line-height: 1.2; padding: 8px 26px; border-radius: 40px;
  white-space: nowrap; }}
.wall-lead {{ font-weight: 600; line-height: 1.3; }}
.wall-bold {{ font-weight: 700; }}
.wall-by {{ font-size: {BY}em; opacity: .8; }}
.wall-quote {{ padding-left: {INDENT - 0.3}em; border-left: .14em solid currentColor; margin-left: .16em; }}
.wall-point {{ padding-left: {INDENT}em; position: relative; }}
.wall-point::before {{ content: "•"; position: absolute; left: .2em; }}
.wall-table {{ width: 100%; table-layout: fixed; border-collapse: collapse; }}
.wall-table th, .wall-table td {{ text-align: left; vertical-align: top; line-height: {LINE};
  padding: {PAD / 2}em {GUTTER}em {PAD / 2}em 0; border-bottom: {EDGE}px solid rgba(128, 140, 155, .35); }}
.wall-table th {{ opacity: .8; }}
.wall-short {{ word-break: keep-all; }}
.wall-foot {{ display: flex; gap: 28px; align-items: center; font-size: 23px; line-height: 1.2; opacity: .85;
  white-space: nowrap; }}
.wall-foot span {{ overflow: hidden; text-overflow: ellipsis; }}
.wall-foot img {{ height: 40px; max-width: 220px; object-fit: contain; background: #fff; border-radius: 4px; }}
.wall-draft {{ font-weight: 700; border: 3px dashed currentColor; border-radius: 8px; padding: 2px 14px; }}
@media (min-width: {NARROW}px) {{
  .wall-scene {{ height: {BOARD[1]}px; }}
  .wall-scene > div {{ position: absolute; overflow: hidden; }}
  .wall-head {{ left: {LEFT}px; top: 40px; width: {WIDTH}px; height: 84px; display: flex; gap: 32px;
    align-items: center; justify-content: space-between; }}
  .wall-title {{ white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }}
  .wall-lead {{ left: {LEFT}px; top: 128px; width: {WIDTH}px; height: 128px; }}
  .wall-bar {{ left: 0; top: 44px; width: 22px; height: 74px; }}
}}
@media (max-width: {NARROW - 1}px) {{
  .wall-scene * {{ font-size: 1rem !important; }}
  .wall-scene .wall-title {{ font-size: 1.5rem !important; }}
  .wall-scene > div {{ margin-bottom: .6rem; width: auto !important; height: auto !important; }}
  .wall-scene .wall-cut {{ -webkit-line-clamp: none !important; }}
  .wall-foot {{ flex-wrap: wrap; gap: 4px 12px; font-size: .85rem; white-space: normal; }}
}}
"""


def scales() -> str:
    """Which rules say how large the board is on a screen? `--k` is the factor, in steps: lengths cannot be divided."""
    steps = (
        f"@media (min-height: {high}px) and (min-width: {high * BOARD[0] // BOARD[1]}px) "
        f"{{:root {{--k: {high / BOARD[1]:.4f}}}}}"
        for high in range(LOWEST, HIGHEST, STEP)
    )
    return f":root {{--k: {LOWEST / BOARD[1]:.4f}}}" + "".join(steps)
