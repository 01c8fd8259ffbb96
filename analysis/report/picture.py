"""How is a figure taken away as a picture, and what do the buttons over it say?"""

from __future__ import annotations

import re
from typing import Any

from analysis.language import _

# What plotly says on and around a figure, by its own English words.
BUTTONS = {
    "Download plot as a PNG": _("Save as a picture (PNG)"),
    "Download plot": _("Save as a picture (SVG)"),
    "Zoom": _("Zoom: drag a frame"),
    "Pan": _("Move: drag"),
    "Box Select": _("Choose a span: drag along the time"),
    "Zoom in": _("Zoom in"),
    "Zoom out": _("Zoom out"),
    "Autoscale": _("Show all"),
    "Reset axes": _("As at the start"),
    "Double-click to zoom back out": _("Double-click to zoom back out"),
    "Double-click on legend to isolate one trace": _("Double-click on a name to see it alone"),
    "Preparing image - this may take a few seconds": _("The picture is being made"),
    "Image download succeeded": _("The picture is saved"),
    "Sorry, there was a problem downloading your image!": _("The picture could not be saved."),
}


def picture(kind: str, name: str, language: str) -> dict[str, Any]:
    """How is a figure taken away as a picture, and what do the buttons over it say?

    kind: "png" or "svg"; name: of the file, without ending; signs that no file system takes become "_". The words
    travel with the figure: nothing is loaded from a network.
    """
    return {
        "displaylogo": False,
        "scrollZoom": True,
        "modeBarButtonsToRemove": ["sendChartToCloud", "lasso2d"],  # what is drawn stays in the house
        "toImageButtonOptions": {"format": kind, "filename": re.sub(r"[^\w.-]+", "_", name), "scale": 2},
        "locale": "desk",
        "locales": {"desk": {"dictionary": {said: text.to(language) for said, text in BUTTONS.items()}, "format": {}}},
    }
