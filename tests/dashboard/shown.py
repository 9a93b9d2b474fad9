"""What a page that was run without a browser hands to its components."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def parts(app: AppTest, name: str) -> list[dict[str, Any]]:
    """The data of a component's instances on the page."""
    assert not app.exception
    protos = [item.proto for item in app.get("bidi_component")]
    return [json.loads(proto.json) for proto in protos if proto.component_name == f"governance.{name}"]


def comparisons(app: AppTest) -> list[dict[str, Any]]:
    """The comparisons of the page by their parts: ``heading``, ``figure``, ``foot``."""
    return [json.loads(data["parts"]) for data in parts(app, "comparison")]
