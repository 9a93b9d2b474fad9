"""How comparisons are drawn: totals or per head, chart or table, further ways; and what narrows them in a click."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from dashboard.arrange import GROUPS, level_group
from dashboard.compare import REFERENCE_GROUP, Panel
from dashboard.components.form import Button, Choice, Fold, Part, Pick, Radios, Row, Text, Values
from dashboard.filters import Filters
from dashboard.options import CHOICES, Options
from dashboard.outlines import Outline
from dashboard.series import line_refusal
from dashboard.views.view import View
from dashboard.widgets import change, change_options, choose
from dashboard.wording import Words

# The ways to draw that are tucked away; how many of them are not the usual stands beside them.
FURTHER: Final = ("highlight", "readings", "order", "form", "scale", "axis", "reference")


def drawing_parts(panels: Sequence[Panel], view: View) -> list[Part]:
    """The controls of these panels."""
    words, options = view.words, view.options
    changed = sum(getattr(options, name) != getattr(Options(), name) for name in FURTHER)
    row: list[Part] = [
        option("measure", options, words, help=words("compare.per_head_help")),
        option("display", options, words),
        Fold("further", words("compare.further"), further_parts(panels, view)),
    ]
    if changed:
        row.append(Button("usual", words("compare.usual", count=changed), look="quiet"))
    return [Row(row), *level_parts(panels, view)]


def further_parts(panels: Sequence[Panel], view: View) -> list[Part]:
    """The ways to draw that few need."""
    words, options = view.words, view.options
    readings, order, form, scale, *rest = FURTHER[1:]
    parts = [
        option(readings, options, words, help=words("option.readings_help")),
        option(order, options, words),
        option(form, options, words, left_out=withheld_forms(panels, options)),
        option(scale, options, words, is_off=options.form == "bar"),
        *(option(name, options, words) for name in rest),
    ]
    return [highlight(panels, view), *parts, Text(words("compare.log_hint"))]


def withheld_forms(panels: Sequence[Panel], options: Options) -> Collection[str]:
    """The forms that no panel allows; a chosen one is offered all the same, and each panel says why it is not drawn."""
    has_lines = options.form == "line" or any(line_refusal(panel) is None for panel in panels)
    return () if has_lines else ("line",)


def option(
    name: str,
    options: Options,
    words: Words,
    *,
    left_out: Collection[str] = (),
    help: str = "",
    is_off: bool = False,
) -> Radios:
    """One way to draw."""
    choices = [Choice(value, words(f"option.{name}_{value}")) for value in CHOICES[name] if value not in left_out]
    return Radios(name, words(f"option.{name}"), choices, getattr(options, name), help, is_off)


def highlight(panels: Sequence[Panel], view: View) -> Pick:
    """The region that stands out, "" for none."""
    words, chosen = view.words, view.options.highlight
    drawn = dict.fromkeys(region for panel in panels for region in panel.regions() if region)
    regions = view.dataset.codebook.sort_regions({**drawn, **({chosen: None} if chosen else {})})
    choices = [Choice("", words("option.highlight_none")), *(Choice(name, view.region(name)) for name in regions)]
    return Pick("highlight", words("option.highlight"), choices, chosen)


def level_parts(panels: Sequence[Panel], view: View) -> list[Part]:
    """Where regions of several levels meet, each group of levels as one click."""
    groups = find_level_groups(panels)
    if len(groups) < 2:
        return []
    buttons = [Button(f"level:{group}", view.words.term("level", f"group_{group}")) for group in groups]
    return [Row([Text(view.words("compare.only_level")), *buttons])]


def find_level_groups(panels: Sequence[Panel]) -> dict[str, tuple[str, ...]]:
    """Group of levels → the levels that the panels have of it, and what is for reference, in the order of groups."""
    groups: dict[str, dict[str, None]] = {}
    for mark in (mark for panel in panels for mark in panel.marks):
        if mark.level:
            groups.setdefault(level_group(mark), {})[mark.level] = None
    references = groups.pop(REFERENCE_GROUP, {})
    return {group: (*groups[group], *references) for group in sorted(groups, key=GROUPS.index)}


def suggestion_parts(panels: Sequence[Outline], view: View) -> list[Part]:
    """The indicators of which several regions report results alike, each one click away."""
    buttons = [
        Button(
            f"indicator:{panel.indicator.id}",
            view.words("compare.suggestion", name=panel.indicator.labels[view.words.lang], count=panel.breadth),
        )
        for panel in panels
        if panel.is_result and panel.is_ranked and panel.indicator and panel.breadth > 1 and not panel.place.span
    ]
    return [Row([Text(view.words("compare.suggestions")), *buttons])] if buttons else []


def take_options(values: Values, view: View) -> None:
    """A way to draw was changed."""
    chosen = {name: str(value) for name, value in values.items() if value in offer(name, view)}
    # Bars have no logarithm: a scale that is not drawn is not chosen.
    change_options(**chosen | ({"scale": "linear"} if chosen.get("form") == "bar" else {}))


def offer(name: str, view: View) -> Collection[str]:
    """The values that an option can have."""
    return {"", *view.dataset.vocabulary.values["regions"]} if name == "highlight" else CHOICES[name]


def press_drawing(name: str, panels: Sequence[Panel], view: View) -> bool:
    """The usual ways again, the regions of one level, or an indicator; whether it was one of these buttons."""
    what, _, value = name.partition(":")
    if what == "level":
        choose(view.filters.with_values("levels", find_level_groups(panels)[value]))
    elif what == "indicator":
        choose(Filters(indicators=(value,)))
    elif what == "usual":
        change(options=replace(view.options, **{name: getattr(Options(), name) for name in FURTHER}))
    else:
        return False
    return True
