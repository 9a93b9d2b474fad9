"""Mention → kind, direction and role, by the words around it and by what the mention before it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from extract.language.rulebook import read_toml
from extract.statistics.surroundings import Context

_PLAIN_MEASURES: Final = frozenset(("time", "age", "score", "measure"))
_DIMENSIONS: Final = frozenset(("time", "length", "area", "volume", "weight", "energy"))
_SHARES: Final = frozenset(("%", "‰"))
_RELATIVE: Final = frozenset(("percent", "multiple"))


class Attached(NamedTuple):
    """Kind, direction and role of one mention."""

    kind: str
    direction: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """What ``rules/statistics.toml`` says of kinds and directions, compiled."""

    change: re.Pattern[str]
    directions: dict[str, str | None]
    object: re.Pattern[str]
    object_level: re.Pattern[str]
    gap: re.Pattern[str]
    flow: re.Pattern[str]
    flow_up: frozenset[str]
    added: re.Pattern[str]
    part: re.Pattern[str]
    origin: re.Pattern[str]
    rate: re.Pattern[str]
    mean: re.Pattern[str]
    compared: re.Pattern[str]
    total: re.Pattern[str]
    attribute: re.Pattern[str]
    ratio: re.Pattern[str]
    goal: re.Pattern[str]
    list_gap: re.Pattern[str]
    enumeration: re.Pattern[str]
    next_item: re.Pattern[str]
    doubling: str
    points: str


@cache
def _words() -> Words:
    table: dict[str, Any] = read_toml("statistics.toml")
    change, flow, rate = table["change"], table["flow"], table["rate"]
    verbs: dict[str, str | None] = dict.fromkeys(change["none"])
    verbs |= dict.fromkeys(change["up"], "up") | dict.fromkeys(change["down"], "down")
    nouns: dict[str, str | None] = dict.fromkeys(change["nouns_up"], "up")
    nouns |= dict.fromkeys(change["nouns_down"], "down")
    rises = f"{_any_of(nouns)}{change['level']}?|{_any_of(verbs)}(?!{change['level']})"
    flows = _any_of((*flow["up"], *flow["down"]))
    return Words(
        change=re.compile(f"(?:{rises}){change['between']}$"),
        directions=verbs | nouns,
        object=re.compile(change["object"]),
        object_level=re.compile(change["object_level"]),
        gap=re.compile(change["gap"]),
        flow=re.compile(f"{flows}(?!{change['level']}|{flow['not_before']})(?:(?!{flow['stop']})[^，。；;：])*$"),
        flow_up=frozenset(flow["up"]),
        added=re.compile(flow["added"]),
        part=re.compile(flow["part"]),
        origin=re.compile(table["pair"]["origin"]),
        rate=re.compile(f"(?:{rate['pattern']})(?P<rest>.*)$", re.DOTALL),
        mean=re.compile(rate["mean"]),
        compared=re.compile(rate["compared"]),
        total=re.compile(rate["total"]),
        attribute=re.compile(rate["attribute"]),
        ratio=re.compile(rate["ratio"]),
        goal=re.compile(table["pair"]["goal"]),
        list_gap=re.compile(table["list"]["gap"]),
        enumeration=re.compile(table["list"]["enumeration"]),
        next_item=re.compile(table["list"]["next_item"]),
        doubling=change["doubling"],
        points=read_toml("relations.toml")["points"],
    )


def _any_of(words: Iterable[str]) -> str:
    """A pattern that matches the longest of some words, in one group."""
    return f"({'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


def attach(contexts: Sequence[Context]) -> list[Attached]:
    """
    Kind, direction and role of each statistic of a text.

    Args:
        contexts:
            The statistics in text order.

    Returns:
        One entry for each, in the same order.
    """
    roles = _roles(contexts)
    out: list[Attached] = []
    for index, (context, role) in enumerate(zip(contexts, roles, strict=True)):
        twin = out[index - 1] if index and contexts[index - 1].sentence == context.sentence else None
        out.append(_attach_one(context, role, contexts[index - 1] if twin else None, twin))
    return out


def _attach_one(context: Context, role: str | None, before: Context | None, twin: Attached | None) -> Attached:
    words = _words()
    continues = before is not None and twin is not None and _continues_list(context, before)
    if role is not None:
        goes_on = continues or (role == "to" and twin is not None and twin.role == "from")
        return Attached(_level_kind(context, goes_on, twin), None, role)
    if context.mention.unit == words.doubling:
        return Attached("change", "up", None)
    if context.unit_type in ("percent", "multiple") and context.mention.unit != "‰":
        continues = continues or (before is not None and _continues_relative(context, before))
        verb = words.change.search(context.left)
        direction = words.directions[verb[1] or verb[2]] if verb else _object_direction(context)
        is_gap = words.gap.search(context.left) is not None
        is_change = verb is not None or direction is not None
        if not is_change and not is_gap and continues and twin is not None and twin.kind in ("change", "share", "rate"):
            return Attached(twin.kind, twin.direction, None)
        if (is_change and not is_gap) or context.mention.unit == words.points:
            direction = None if is_gap else direction
            return Attached("change", _reverse(direction) if context.mention.value < 0 else direction, None)
        return Attached(_level_kind(context, continues, twin), None, None)
    return Attached(_level_kind(context, continues, twin), _flow_direction(context, before, twin), None)


def _object_direction(context: Context) -> str | None:
    """The direction of a verb whose object stands before the number (压缩审批时限60%), None where there is none."""
    words = _words()
    phrase = words.object.search(context.left)
    if phrase is None:
        return None
    if context.mention.unit != words.points and words.object_level.search(phrase[0], len(phrase["verb"])):
        return None
    return words.directions[phrase["verb"]]


def _reverse(direction: str | None) -> str | None:
    """增长-0.3% is a fall."""
    return {"up": "down", "down": "up"}.get(direction or "")


def _continues_list(context: Context, before: Context) -> bool:
    """Whether only list marks stand between two values of one unit: 增长32.9%、41.6%."""
    return context.mention.unit == before.mention.unit and bool(
        _words().list_gap.fullmatch(context.folded, before.mention.end, context.mention.start)
    )


def _continues_relative(context: Context, before: Context) -> bool:
    """分别上升1.5倍、3.3倍和72.6%: one verb for all, though the units differ."""
    return before.unit_type in _RELATIVE and bool(
        _words().list_gap.fullmatch(context.folded, before.mention.end, context.mention.start)
    )


def _flow_direction(context: Context, before: Context | None, twin: Attached | None) -> str | None:
    """新增…26个 is up, also through an enumeration (新增A5户、B1003户) and 其中; 减少 and 缩减 are down."""
    words = _words()
    flow = words.flow.search(context.left)
    if flow is not None:
        return "up" if flow[1] in words.flow_up else "down"
    if before is None or twin is None or before.mention.unit != context.mention.unit:
        return None
    is_part = words.part.search(context.left) and words.added.search(before.left)
    return twin.direction if is_part or words.enumeration.fullmatch(context.gap) else None


def _level_kind(context: Context, continues: bool, twin: Attached | None) -> str:
    kind = context.unit_type
    if kind == "money":
        return "money"
    if context.mention.unit in _SHARES:
        return "share" if context.mention.unit == "%" else "rate"
    if kind == "time" and _words().mean.search(context.left):
        return "rate"
    if kind in _PLAIN_MEASURES:
        return "measure"
    if kind in ("multiple", "rate") or _is_rate(context, continues, twin):
        return "rate"
    if kind in ("count", "noun", "rank"):
        return "count"
    return "measure"


def _is_rate(context: Context, continues: bool, twin: Attached | None) -> bool:
    words = _words()
    every = words.rate.search(context.left)
    if every is not None and (words.enumeration.match(context.gap) or len(every["rest"]) <= len(context.gap)):
        return not words.attribute.search(every["rest"])
    # A count without a measure word is whole; 0.56 is one per something.
    if not context.mention.unit and (context.mention.value % 1 or words.ratio.search(context.sentence_left)):
        return True
    goes_on = continues or _is_next_item(context) or _is_elliptic(context) or _is_compared(context)
    return twin is not None and twin.kind == "rate" and goes_on


def _is_next_item(context: Context) -> bool:
    """每个网格配备1名专职网格员、1名兼职网格员: both are what each has."""
    previous = context.previous
    return (
        previous is not None
        and previous.unit == context.mention.unit
        and bool(_words().next_item.fullmatch(context.gap))
    )


def _is_compared(context: Context) -> bool:
    """发案数为28.4起，低于全国33.9起: what a value is compared with is of its kind."""
    previous = context.previous
    return (
        previous is not None
        and previous.unit == context.mention.unit
        and _words().compared.search(context.left) is not None
    )


def _is_elliptic(context: Context) -> bool:
    """…16名社工,情况复杂的社区达到18名: nothing is counted anew, so the rate goes on."""
    previous = context.previous
    return (
        previous is not None
        and previous.unit == context.mention.unit
        and not context.right.strip("，,。；;、！!？?\r\n ”）)")
        and not _words().total.search(context.left)
    )


def _roles(contexts: Sequence[Context]) -> list[str | None]:
    """from and to: 从82%上升到87%, 由十万个增加五倍,发展到六十万个."""
    roles: list[str | None] = [None] * len(contexts)
    for index, context in enumerate(contexts):
        if roles[index] is not None or not _words().origin.search(context.left):
            continue
        for ahead in range(index + 1, min(index + 3, len(contexts))):
            goal = contexts[ahead]
            if goal.sentence != context.sentence or goal.mention.start - context.mention.end > 40:
                break
            between = goal.gap
            if _are_alike(context, goal) and _words().goal.search(between):
                roles[index], roles[ahead] = "from", "to"
                break
    return roles


def _are_alike(one: Context, other: Context) -> bool:
    """Whether two values can be the ends of one movement: the same unit, or two of one dimension (5分钟, 30秒)."""
    if one.mention.unit == other.mention.unit:
        return True
    return one.unit_type == other.unit_type and one.unit_type in _DIMENSIONS
