"""One text → its tidy table: the composition of the stages, and no logic of its own."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import pandas as pd

from extract.language.layout import Layout, divide
from extract.language.numerals import fold
from extract.periods.expressions import Chain, find_chains
from extract.periods.find import find_reference_date, periods_of
from extract.quantities.mentions import mentions_of
from extract.reporters.reports import split_reports
from extract.statistics.flags import flags_of
from extract.statistics.kinds import Attached, attach
from extract.statistics.periods import attach_periods
from extract.statistics.screen import select
from extract.statistics.subject import attach_subjects
from extract.statistics.surroundings import Context, among_themselves, contexts
from extract.statistics.themes import attach_themes, indicator_of
from extract.table.frame import to_frame
from extract.table.record import Mention, Period, Report, Statistic, row_id, text_hash
from extract.table.reviews import BY_PERSON

_LONGEST_SENTENCE: Final = 600


def extract_text(text: str, document: str = "text", reference_date: date | None = None) -> pd.DataFrame:
    """
    The tidy table of one text: one row a reported statistic, ``text[start:end] == raw`` in each.

    Args:
        text:
            The document's text, decoded; it is not changed.
        document:
            The name that the rows carry in column ``document``.
        reference_date:
            The day from which 今年 and 去年 are counted; by default a date in the text's head or signature.

    Returns:
        A DataFrame with the columns of ``record.COLUMNS``; no statistics give no rows.

    Examples:
        >>> table = extract_text("全市近2000名快递员参与配送。")
        >>> table[["raw", "value", "unit", "qualifier", "subject"]].values.tolist()
        [['近2000名', 2000.0, '名', 'nearly', '快递员']]
    """
    return to_frame(extract_statistics(text, document, reference_date))


@dataclass(frozen=True, slots=True)
class _Document:
    """What all rows of one text share."""

    name: str
    text: str
    folded: str
    chains: tuple[Chain, ...]
    digest: str
    layout: Layout
    reference: date | None


def extract_statistics(text: str, document: str, reference_date: date | None = None) -> list[Statistic]:
    """The rows of ``extract_text`` as records, with exact values."""
    whole = _open(text, document, reference_date)
    every = contexts(whole.folded, mentions_of(whole.folded, whole.chains), whole.layout)
    return _rows(whole, among_themselves(select(every, whole.folded)))


def read_passage(
    text: str, span: tuple[int, int], document: str, reference_date: date | None = None
) -> list[Statistic]:
    """
    A row for every quantity in ``text[start:end]``, whether the screen takes it for a statistic or not.

    For a person who says that one stands there; where no quantity is found, one row for the whole passage, of which
    only the place is right: unit "" and value 0.
    """
    start, end = span
    whole = _open(text, document, reference_date)
    mentions = mentions_of(whole.folded, whole.chains)
    found = [mention for mention in mentions if start <= mention.start and mention.end <= end]
    blank = Mention(start, end, Decimal(0), None, "", "exact", BY_PERSON)
    return _rows(whole, contexts(whole.folded, found or [blank], whole.layout))


def _open(text: str, document: str, reference_date: date | None) -> _Document:
    folded = fold(text)
    chains = tuple(find_chains(folded))
    return _Document(document, text, folded, chains, text_hash(text), divide(text), reference_date or stated_date(text))


def _rows(whole: _Document, kept: list[Context]) -> list[Statistic]:
    attached = attach(kept)
    roles = [one.role for one in attached]
    subjects = attach_subjects(kept, roles)
    expressions = periods_of(whole.text, whole.folded, whole.chains)
    periods = attach_periods(kept, roles, expressions, whole.layout, whole.reference)
    themes = attach_themes(kept)
    reports = split_reports(whole.text)
    starts = [report.start for report in reports]
    return [
        _row(whole, reports[bisect_right(starts, context.mention.start) - 1], context, one, theme, subject, period)
        for context, one, theme, subject, period in zip(kept, attached, themes, subjects, periods, strict=True)
    ]


def stated_date(text: str) -> date | None:
    """The day that a text states for itself, in its head or signature."""
    found = find_reference_date(text)
    return found[0] if found else None


def _row(
    whole: _Document,
    report: Report,
    context: Context,
    attached: Attached,
    theme: str,
    subject: str | None,
    period: Period | None,
) -> Statistic:
    mention = context.mention
    sentence, is_cut = _sentence(whole, context)
    return Statistic(
        id=row_id(whole.digest, mention),
        document=whole.name,
        report=report.number,
        region=report.region,
        province=report.province,
        level=report.level,
        theme=theme,
        indicator=indicator_of(context, attached.kind),
        subject=subject,
        value=mention.value,
        value_high=mention.value_high,
        unit=mention.unit,
        qualifier=mention.qualifier,
        kind=attached.kind,
        direction=attached.direction,
        role=attached.role,
        period=period.raw if period else None,
        period_start=period.first if period else None,
        period_end=period.last if period else None,
        raw=whole.text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        sentence=sentence,
        rule=mention.rule,
        status="actual",
        flags=flags_of(mention, report, subject, period, whole.reference, is_cut),
    )


def _sentence(whole: _Document, context: Context) -> tuple[str, bool]:
    """The sentence of a mention, and whether only the clauses around it are kept because it is too long."""
    start, end = context.sentence
    if end - start <= _LONGEST_SENTENCE:
        return whole.text[start:end].strip(), False
    first = max(start, context.mention.start - _LONGEST_SENTENCE // 2)
    last = min(end, max(context.mention.end, first + _LONGEST_SENTENCE))
    opening, closing = whole.layout.clauses.around(first)[1], whole.layout.clauses.around(last - 1)[0]
    first = opening if first > start and opening <= context.mention.start else first
    last = closing if last < end and closing >= context.mention.end else last
    return whole.text[first:last].strip(), True
