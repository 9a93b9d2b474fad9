from __future__ import annotations

import json

from dashboard.components.assets import to_json
from dashboard.components.form import Button, Choice, Fold, Radios, Row, Text


def test_parts_travel_as_json_each_with_its_kind() -> None:
    choice = Choice("zj", "浙江", 3)
    parts = [
        Text("全部"),
        Row([Button("reset", "清除"), Fold("more", "画法", [Radios("form", "图形", [choice], "zj")])]),
    ]
    text, row = json.loads(to_json(parts))

    assert text == {"kind": "text", "text": "全部", "is_strong": False}
    assert [part["kind"] for part in row["parts"]] == ["button", "fold"]
    assert row["parts"][1]["parts"][0]["choices"] == [{"kind": "choice", "value": "zj", "text": "浙江", "count": 3}]
