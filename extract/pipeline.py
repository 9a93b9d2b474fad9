"""One text → its tidy table: the composition of the stages, and no logic of its own."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import Final

import pandas as pd

from extract.attach import Attached, attach
from extract.check import flags_of
from extract.classify import indicator_of, theme_of
from extract.context import Context, contexts
from extract.find import find_mentions
from extract.numerals import fold
from extract.periods import find_periods, find_reference_date
from extract.record import Period, Report, Statistic, row_id, text_hash
from extract.screen import select
from extract.sections import split_reports
from extract.subject import subject_of
from extract.table import to_frame
from extract.text import Layout, divide
from extract.when import attach_periods

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


def extract_statistics(text: str, document: str, reference_date: date | None = None) -> list[Statistic]:
    """The rows of ``extract_text`` as records, with exact values."""
    folded, layout = fold(text), divide(text)
    kept = contexts(folded, select(contexts(folded, find_mentions(text), layout), folded), layout)
    reference = reference_date or _stated_date(text)
    reports = split_reports(text)
    starts = [report.start for report in reports]
    digest = text_hash(text)
    attached = attach(kept)
    periods = attach_periods(kept, [one.role for one in attached], find_periods(text), layout, reference)
    return [
        _row(
            context,
            one,
            period,
            reports[bisect_right(starts, context.mention.start) - 1],
            text=text,
            layout=layout,
            document=document,
            digest=digest,
            reference=reference,
        )
        for context, one, period in zip(kept, attached, periods, strict=True)
    ]


def _stated_date(text: str) -> date | None:
    found = find_reference_date(text)
    return found[0] if found else None


def _row(
    context: Context,
    attached: Attached,
    period: Period | None,
    report: Report,
    *,
    text: str,
    layout: Layout,
    document: str,
    digest: str,
    reference: date | None,
) -> Statistic:
    mention = context.mention
    subject = subject_of(context)
    sentence, is_cut = _sentence(text, layout, context)
    return Statistic(
        id=row_id(digest, mention),
        document=document,
        report=report.number,
        region=report.region,
        province=report.province,
        level=report.level,
        theme=theme_of(context),
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
        raw=text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        sentence=sentence,
        rule=mention.rule,
        flags=flags_of(
            mention,
            report,
            subject,
            has_open_period=period is not None and period.first is None,
            has_reference=reference is not None,
            is_cut=is_cut,
        ),
    )


def _sentence(text: str, layout: Layout, context: Context) -> tuple[str, bool]:
    """The sentence of a mention, and whether only the clauses around it are kept because it is too long."""
    start, end = context.sentence
    if end - start <= _LONGEST_SENTENCE:
        return text[start:end].strip(), False
    half = _LONGEST_SENTENCE // 2
    first = max(start, context.mention.start - half)
    last = min(end, max(context.mention.end, first + _LONGEST_SENTENCE))
    opening = layout.clauses.around(first)[1]
    closing = layout.clauses.around(last - 1)[0]
    first = opening if first > start and opening <= context.mention.start else first
    last = closing if last < end and closing >= context.mention.end else last
    return text[first:last].strip(), True
