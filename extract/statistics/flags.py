"""Statistics → flags: what a person should look at."""

from __future__ import annotations

from datetime import date

from extract.statistics.times import Timed
from extract.table.record import Mention, Report


def flags_of(
    mention: Mention,
    report: Report,
    subject: str | None,
    time: Timed,
    reference: date | None,
    is_cut: bool,
) -> str:
    """
    The flags of one row (``errors.FLAGS``), joined by ";"; "" where nothing is odd.

    Args:
        reference:
            The document's reference date, None where it is not known.
        is_cut:
            Whether the row keeps only part of its sentence.
    """
    is_open = time.raw is not None and time.last is None
    raised = {
        "vague": mention.is_vague,
        "no_unit": not mention.unit,
        "no_subject": subject is None,
        "region_unknown": report.region is None,
        "period_unresolved": is_open,
        "reference_date_unknown": is_open and reference is None,
        "sentence_cut": is_cut,
    }
    return ";".join([flag for flag, applies in raised.items() if applies])
