"""The smallest Streamlit page that redraws a figure at a choice: one list of regions, one figure as a plain dict."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.wording import load_words

REGIONS: Final = ("北京", "山西", "浙江", "山东", "湖北", "深圳", "成都", "仙林")

chosen = st.multiselect(load_words("zh")("filter.regions"), REGIONS)
st.plotly_chart(
    {
        "data": [{"type": "bar", "orientation": "h", "x": [1] * len(chosen or REGIONS), "y": chosen or REGIONS}],
        "layout": {
            "annotations": [{"text": region, "x": 1, "y": region, "showarrow": False} for region in chosen or REGIONS]
        },
    },
    theme=None,
    config={"displayModeBar": False},
)
