"""How does the server start with its first page ready? `python -m pages run dashboard.py` is `streamlit run`,
with libraries, classifier and sample loaded before the server answers."""

import sys

from streamlit.web.cli import main

from pages.session import warm

warm()
sys.exit(main())
