"""Statistics → flags: what a person should look at."""

from __future__ import annotations

from datetime import date

from extract.statistics.places import Place
from extract.statistics.subject import Named
from extract.statistics.times import Timed
from extract.table.record import Mention


def flags_of(
    mention: Mention,
    place: Place,
    named: Named,
    time: Timed,
    reference: date | None,
    is_cut: bool,
) -> str:
    """
    The flags of one row (``errors.flag_meanings``), joined by ";"; "" where nothing is odd.

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
        "no_subject": named.is_predicate,
        "region_unknown": place.is_open,
        "period_unresolved": is_open,
        "reference_date_unknown": is_open and reference is None,
        "sentence_cut": is_cut,
    }
    return ";".join([flag for flag, applies in raised.items() if applies])
