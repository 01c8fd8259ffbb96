"""How does the server start with its first page ready? `python -m pages run dashboard.py` is `streamlit run`,
with libraries, classifier and sample loaded before the server answers."""

import gc
import sys

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.cli import main

from analysis.language import DEFAULT
from analysis.report import charts
from analysis.response.profile import Profile
from analysis.signals.wording import load_words
from pages.kept import kept_briefing, kept_model, kept_sample, model_state
from pages.session import opening_time


def warm() -> None:
    """How is the first page made ready before anybody asks? The caches hold the sample, plotly's parts are loaded."""
    state = model_state()
    data = kept_sample(state, kept_model(state))
    opening = opening_time(data, Profile())
    found = kept_briefing(data.id, opening.isoformat(), Profile(), 0, data.rates, data.by_day, data.cube, data.events)
    charts.trend(found.situation.hourly, 7, DEFAULT).to_json()
    load_words()


warm()
# Streamlit collects garbage after every run: what stays as long as the server need not be looked through each time.
gc.collect()
gc.freeze()
# st.navigation sets this at the first run, too late when that run is asked for /data: it would run the file alone.
PagesManager.uses_pages_directory = False
sys.exit(main())
