"""The files of a component, registered with Streamlit under its name."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

import streamlit as st

FOLDER: Final = files("dashboard.components")


def register(name: str, html: str) -> Any:
    """The component whose style and script are ``name.css`` and ``name.js`` beside this module; ``html`` holds it."""
    return st.components.v2.component(
        f"governance.{name}",
        html=html,
        css=read_asset(f"{name}.css"),
        js=read_asset("dom.js") + read_asset(f"{name}.js"),
    )


def read_asset(name: str) -> str:
    """A file beside this module."""
    return (FOLDER / name).read_text(encoding="utf-8")
