"""The files of a component, registered with Streamlit under its name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

import streamlit as st

FOLDER: Final = files("dashboard.components")


def register(name: str, html: str, *, isolate_styles: bool = True, scripts: Sequence[str] = ()) -> Any:
    """
    The component whose style and script are ``name.css`` and ``name.js`` beside this module; ``html`` holds it.

    ``scripts`` are the files that its script calls, beside the helpers of all.
    """
    return st.components.v2.component(
        f"governance.{name}",
        html=html,
        css=read_asset(f"{name}.css"),
        js="".join(map(read_asset, ("dom.js", *scripts, f"{name}.js"))),
        isolate_styles=isolate_styles,
    )


def to_json(parts: Sequence[Any] | Mapping[str, Any]) -> str:
    """
    Dataclasses with slots, and what they hold, as JSON objects, each with the name of its class as ``kind``.

    As one string: Streamlit looks for frames in every list and dict, and the browser has one thing to compare.
    """
    return json.dumps(parts, default=to_data, ensure_ascii=False)


def to_data(part: Any) -> dict[str, Any]:
    """A dataclass with slots as a dict; what it holds is left as it is."""
    return {"kind": type(part).__name__.lower()} | {name: getattr(part, name) for name in part.__slots__}


def read_asset(name: str) -> str:
    """A file beside this module."""
    return (FOLDER / name).read_text(encoding="utf-8")
