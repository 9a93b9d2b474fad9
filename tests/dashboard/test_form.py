from __future__ import annotations

import json

from dashboard.components.assets import to_json
from dashboard.components.form import Button, Checks, Choice, Fold, Radios, Row, Section, Text


def test_a_section_travels_with_its_head_and_what_stands_below() -> None:
    head, below = Choice("order.all", "安全与秩序", 3), [Choice("safety", "法治与安全", 3)]
    part = json.loads(to_json([Checks("themes", "主题", [Section(head, below, "展开")], (), "查找")]))[0]
    section = part["choices"][0]

    assert section["kind"] == "section"
    assert (section["head"]["value"], [one["value"] for one in section["choices"]]) == ("order.all", ["safety"])


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
