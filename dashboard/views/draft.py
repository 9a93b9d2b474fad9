"""What was read and is not kept yet: its facts to put right, its text with what was found, what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from dashboard.components.form import Choice, Pick, Values, form
from dashboard.ingest import Draft, settle, to_document
from dashboard.load import find_names
from dashboard.passage import Row
from dashboard.store import Facts, Store, StoreError
from dashboard.views.messages import drafts_of, say_fault, tell
from dashboard.views.reading import reading_rows, reading_text
from dashboard.views.view import View
from dashboard.wording import Words
from extract.table.errors import ReadError
from extract.table.record import LEVELS

WIDTHS: Final = (3, 2)
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def look_at_drafts(store: Store, view: View) -> None:
    """The drafts, one at a time."""
    words, drafts = view.words, drafts_of()
    if not drafts:
        return
    st.header(words("draft.title", count=len(drafts)))
    chosen = st.session_state.get("draft")
    draft = drafts.get(chosen) or next(iter(drafts.values()))
    choices = [
        Choice(one.checksum, words("draft.choice", title=one.facts.title, file=one.file_name), len(one.rows))
        for one in drafts.values()
    ]
    if len(drafts) > 1:
        form([Pick("draft", words("draft.choose"), choices, draft.checksum)], "drafts_form", changed=choose)
    facts_form(draft, store, view)
    st.button(words("draft.discard"), key="discard", on_click=discard, args=(draft,))
    found(draft, view)


def choose(values: Values) -> None:
    """Another draft is looked at."""
    st.session_state.draft = values["draft"]


def keep(drafts: Sequence[Draft], store: Store, words: Words) -> None:
    """Keep drafts in the store, each whole or not at all; one that fails stays a draft."""
    kept = []
    for draft in drafts:
        try:
            document = store.add(to_document(draft, find_names()), draft.rows)
        except StoreError as error:
            tell(words("draft.not_kept", title=draft.facts.title, reason=say_fault(error, words)), "error")
            continue
        kept.append(document.facts.title)
        drafts_of().pop(draft.checksum, None)
    if kept:
        tell(words("draft.kept", titles=words.join(kept)))


def discard(draft: Draft) -> None:
    """Put a draft away."""
    drafts_of().pop(draft.checksum, None)


def facts_form(draft: Draft, store: Store, view: View) -> None:
    """What is known of the document, to put right; what is kept has what stands in the fields."""
    words, drafts = view.words, drafts_of()
    with st.form(f"facts:{draft.checksum}", border=True):
        st.markdown(f"**{words('facts.title_of_form')}**")
        facts = ask_facts(draft.facts, draft.regions, words)
        with st.container(horizontal=True):
            is_kept = st.form_submit_button(words("draft.keep"), key="keep")
            are_kept = len(drafts) > 1 and st.form_submit_button(
                words("draft.keep_all", count=len(drafts)), key="keep_all"
            )
            is_changed = st.form_submit_button(words("facts.apply"), key="apply", help=words("facts.apply_help"))
    if not (is_kept or are_kept or is_changed):
        return
    if apply(draft, facts, words) and not is_changed:
        keep([drafts[draft.checksum]] if is_kept else list(drafts.values()), store, words)
    elif is_changed:
        tell(words("facts.applied"))
    st.rerun()


def ask_facts(facts: Facts, regions: Sequence[str], words: Words) -> Facts:
    """The facts as a person writes them."""
    left, right = st.columns(2)
    title = left.text_input(words("facts.title"), facts.title, max_chars=200)
    publisher = right.text_input(words("facts.publisher"), facts.publisher, max_chars=200)
    stated = date.fromisoformat(facts.reference_date) if facts.reference_date else None
    day = left.date_input(
        words("facts.reference_date"),
        stated,
        EARLIEST,
        LATEST,
        help=words("facts.reference_date_help"),
        format="YYYY-MM-DD",
    )
    address = right.text_input(words("facts.address"), facts.address, max_chars=500)
    several = len(regions) > 1
    region = left.text_input(
        words("facts.region"),
        facts.region,
        max_chars=30,
        help=words("facts.region_help"),
        placeholder=words("facts.regions", count=len(regions), regions=words.join([one or "?" for one in regions[:8]]))
        if several
        else words("region.unknown"),
    )
    levels = ["", *LEVELS]
    level = right.selectbox(
        words("facts.level"),
        levels,
        index=levels.index(facts.level) if facts.level in levels else 0,
        format_func=lambda code: words.term("level", code) if code else words("facts.as_stated"),
    )
    return Facts(
        title=title.strip() or facts.title,
        publisher=publisher.strip(),
        address=address.strip(),
        reference_date=day.isoformat() if day else "",
        region=region.strip(),
        province=facts.province,
        level=level,
    )


def apply(draft: Draft, facts: Facts, words: Words) -> bool:
    """Take the facts, and read the rows anew where they follow from them; whether that could be done."""
    try:
        drafts_of()[draft.checksum] = settle(draft, facts)
    except ReadError as error:
        tell(say_fault(error, words), "error")
        return False
    return True


def found(draft: Draft, view: View) -> None:
    """The text with every statistic marked, and the rows beside it."""
    words = view.words
    rows: list[Row] = list(draft.rows.astype(object).where(draft.rows.notna(), None).to_dict("records"))
    st.subheader(words("draft.found", count=len(rows)))
    if not rows:
        st.info(words("draft.none"))
    text, beside = st.columns(WIDTHS)
    with text:
        reading_text(
            draft.text, rows, st.session_state.get("draft_row", ""), f"draft:{draft.checksum}", view, on_select=select
        )
    with beside:
        reading_rows(rows, f"draft_rows:{draft.checksum}", "import", view, on_select=select)


def select(row: str) -> None:
    """A row is looked at in its text."""
    st.session_state.draft_row = row
