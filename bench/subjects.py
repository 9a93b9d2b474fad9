"""What is measured: for each page its server, its address and where things stand in it; all selectors are here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.wording import load_words

# One indicator that three regions report, so one chart; then one of the regions, so one chart again.
LINK: Final = "lang=zh&i=party_members_sent_down"
OPTION: Final = "湖北"
# Ours is a list of boxes to tick, open from the start.
OUR_BOX: Final = f"label:has(input[data-name=regions][value='{OPTION}'])"
# Streamlit writes a list's name beside it; what is chosen in the list is a tag with a button.
LIST_NAME: Final = load_words("zh")("filter.regions")
STREAMLIT_LIST: Final = f"[data-testid=stMultiSelect]:has(input[aria-label='{LIST_NAME}'])"


@dataclass(frozen=True, slots=True)
class Subject:
    """
    A page under measurement.

    ``command`` takes the port after it; the others are CSS selectors: of the texts drawn in charts, of what opens the
    list of regions, of an option in the open list, and of what takes the chosen option back.
    """

    name: str
    command: Sequence[str]
    path: str
    labels: str
    opener: str
    option: str
    undo: str


# Ours can be read before plotly has come; Dash's and the empty page's charts are plotly's from the start.
LABELS: Final = ":is(.figure, .js-plotly-plot) text"
LIVE: Final = ".js-plotly-plot text"
OURS: Final = Subject(
    name="this app",
    command=(sys.executable, "-m", "dashboard", "--port"),
    path=f"compare?{LINK}",
    labels=LABELS,
    opener=OUR_BOX,
    option=OUR_BOX,
    undo=OUR_BOX,
)
DASH: Final = Subject(
    name="plain Dash",
    command=(sys.executable, "-m", "bench.dash_page"),
    path=f"compare?{LINK}",
    labels=LABELS,
    opener="#filter-regions",
    option=f".dash-dropdown-option:has-text('{OPTION}')",
    undo=f".dash-dropdown-option:has-text('{OPTION}')",
)
EMPTY: Final = Subject(
    name="empty Streamlit page",
    command=(
        *(sys.executable, "-m", "streamlit", "run", "bench/empty_page.py"),
        *("--server.headless=true", "--browser.gatherUsageStats=false", "--server.port"),
    ),
    path="",
    labels=LABELS,
    opener=f"{STREAMLIT_LIST} input",
    option=f"[role=option]:has-text('{OPTION}')",
    undo=f"{STREAMLIT_LIST} .react-aria-ComboBox [data-tag][aria-label='{OPTION}'] button",
)
SUBJECTS: Final = (OURS, DASH, EMPTY)
