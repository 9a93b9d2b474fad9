"""Statistics → flags: what a person should look at."""

from __future__ import annotations

from extract.record import Mention, Report


def flags_of(
    mention: Mention,
    report: Report,
    subject: str | None,
    *,
    has_open_period: bool,
    has_reference: bool,
    is_cut: bool,
) -> str:
    """The flags of one row (``errors.FLAGS``), joined by ";" in the table's order; "" where nothing is odd."""
    raised = {
        "vague": mention.is_vague,
        "no_unit": not mention.unit,
        "no_subject": subject is None,
        "region_unknown": report.region is None,
        "period_unresolved": has_open_period,
        "reference_date_unknown": has_open_period and not has_reference,
        "sentence_cut": is_cut,
    }
    return ";".join(flag for flag, applies in raised.items() if applies)
