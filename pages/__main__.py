"""How does the server start with its first page ready? `python -m pages run dashboard.py` is `streamlit run`,
with libraries, classifier and sample loaded before the server answers."""

import sys

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.cli import main

from pages.session import warm

warm()
# st.navigation sets this at the first run, too late when that run is asked for /data: it would run the file alone.
PagesManager.uses_pages_directory = False
sys.exit(main())
