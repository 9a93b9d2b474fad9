"""One text → its tidy table: the composition of the stages, and no logic of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

import pandas as pd

from extract.language.layout import Layout, divide
from extract.language.numerals import fold
from extract.outline.parts import Outline, outline
from extract.periods.expressions import Chain, find_chains
from extract.periods.find import TimeExpression, find_reference_date, periods_of
from extract.quantities.mentions import mentions_of
from extract.reporters.reports import split_reports
from extract.statistics.aggregation import attach_aggregations
from extract.statistics.apart import tell_apart
from extract.statistics.bases import attach_bases, whole_bases
from extract.statistics.flags import flags_of
from extract.statistics.indicators import indicator_of
from extract.statistics.kinds import Attached, attach
from extract.statistics.links import link_rows
from extract.statistics.periods import attach_periods
from extract.statistics.places import Place, attach_places
from extract.statistics.screen import select
from extract.statistics.status import find_statuses
from extract.statistics.subject import Named, attach_subjects
from extract.statistics.surroundings import Context, among_themselves, contexts
from extract.statistics.themes import attach_themes
from extract.statistics.times import Timed
from extract.table.frame import to_frame
from extract.table.record import Mention, Report, Statistic, row_id, text_hash
from extract.table.reviews import BY_PERSON

_LONGEST_SENTENCE: Final = 600


def extract_text(
    text: str,
    document: str = "text",
    reference_date: date | None = None,
    headings: Sequence[tuple[int, int]] = (),
) -> pd.DataFrame:
    """
    The tidy table of one text: one row a reported statistic, ``text[start:end] == raw`` in each.

    Args:
        text:
            The document's text, decoded; it is not changed.
        document:
            The name that the rows carry in column ``document``.
        reference_date:
            The day from which 今年 and 去年 are counted; by default a date in the text's head or signature.
        headings:
            Spans of the lines that the document's format marks as headings, as far as it does.

    Returns:
        A DataFrame with the columns of ``record.COLUMNS``; no statistics give no rows.

    Examples:
        >>> table = extract_text("全市近2000名快递员参与配送。")
        >>> table[["raw", "value", "unit", "qualifier", "subject"]].values.tolist()
        [['近2000名', 2000.0, '名', 'nearly', '快递员']]
    """
    return to_frame(extract_statistics(text, document, reference_date, headings))


@dataclass(frozen=True, slots=True)
class _Document:
    """What all rows of one text share."""

    name: str
    text: str
    folded: str
    chains: tuple[Chain, ...]
    expressions: tuple[TimeExpression, ...]
    digest: str
    layout: Layout
    reference: date | None
    reports: tuple[Report, ...]
    outline: Outline

    def report_around(self, position: int) -> Report:
        """The report that holds this character."""
        return self.reports[bisect_right(self.reports, position, key=lambda report: report.start) - 1]


class _Meaning(NamedTuple):
    """What the stages found of one statistic."""

    context: Context
    attached: Attached
    theme: str
    named: Named
    time: Timed
    status: str
    base: str | None
    aggregation: str | None
    place: Place


def extract_statistics(
    text: str, document: str, reference_date: date | None = None, headings: Sequence[tuple[int, int]] = ()
) -> list[Statistic]:
    """The rows of ``extract_text`` as records, with exact values."""
    whole = _open(text, document, reference_date, headings)
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
    whole = _open(text, document, reference_date, ())
    mentions = mentions_of(whole.folded, whole.chains)
    found = [mention for mention in mentions if start <= mention.start and mention.end <= end]
    blank = Mention(start, end, Decimal(0), None, "", "exact", BY_PERSON)
    return _rows(whole, contexts(whole.folded, found or [blank], whole.layout))


def _open(text: str, document: str, reference_date: date | None, headings: Sequence[tuple[int, int]]) -> _Document:
    folded, layout, reports = fold(text), divide(text), split_reports(text, headings)
    chains = tuple(find_chains(folded))
    expressions = periods_of(text, folded, chains)
    reference = reference_date or stated_date(text)
    return _Document(
        name=document,
        text=text,
        folded=folded,
        chains=chains,
        expressions=expressions,
        digest=text_hash(text),
        layout=layout,
        reference=reference,
        reports=reports,
        outline=outline(text, layout, reference, expressions, headings, [report.start for report in reports]),
    )


def _rows(whole: _Document, kept: list[Context]) -> list[Statistic]:
    """
    The rows of the quantities that are statistics.

    Kinds come first, because subjects, times and links differ by kind. Times and statuses lean on each other and on the
    part of the document. Bases and sums are read from the clause, themes from the sentence. Rows are built of all that,
    and only then, when each has its id, is it said which belongs to which.
    """
    attached = attach(kept)
    owners = link_rows(kept, attached)
    bases = attach_bases(whole.text, kept, attached)
    named = attach_subjects(kept, attached, owners, bases, whole.expressions)
    subjects = [one.subject for one in named]
    by_words = find_statuses(kept, attached, whole.outline)
    statuses, times = attach_periods(kept, attached, by_words, whole.expressions, whole.outline, whole.layout)
    places = attach_places(whole.folded, kept, whole.reports, whole.layout)
    named = tell_apart(kept, attached, named, times, statuses, places, whole.outline)
    meanings = zip(
        kept,
        attached,
        attach_themes(kept, named, owners, whole.outline),
        named,
        times,
        statuses,
        whole_bases(kept, attached, bases, subjects),
        attach_aggregations(kept, attached, times),
        places,
        strict=True,
    )
    rows = [_row(whole, _Meaning(*meaning)) for meaning in meanings]
    return [
        row if owner is None else row._replace(of_row=rows[owner].id) for row, owner in zip(rows, owners, strict=True)
    ]


def stated_date(text: str) -> date | None:
    """The day that a text states for itself, in its head or signature."""
    found = find_reference_date(text)
    return found[0] if found else None


def _row(whole: _Document, meaning: _Meaning) -> Statistic:
    context, attached, time = meaning.context, meaning.attached, meaning.time
    mention, report = context.mention, whole.report_around(context.mention.start)
    sentence, is_cut = _sentence(whole, context)
    return Statistic(
        id=row_id(whole.digest, mention),
        document=whole.name,
        report=report.number,
        region=meaning.place.region.region or None,
        province=meaning.place.region.province,
        level=meaning.place.region.level,
        theme=meaning.theme,
        indicator=indicator_of(context, attached.kind),
        subject=meaning.named.subject,
        value=mention.value,
        value_high=mention.value_high,
        unit=mention.unit,
        qualifier=mention.qualifier,
        kind=attached.kind,
        direction=attached.direction,
        role=attached.role,
        period=time.raw,
        period_start=time.first,
        period_end=time.last,
        raw=whole.text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        sentence=sentence,
        rule=mention.rule,
        flags=flags_of(mention, meaning.place, meaning.named, time, whole.reference, is_cut),
        reporter=report.region,
        section=whole.outline.around(mention.start).section,
        status=meaning.status,
        period_basis=time.basis,
        relative_to=meaning.base,
        aggregation=meaning.aggregation,
        action=meaning.named.action,
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
