"""What a page says of what was done in the run before, faults in the reader's words, and the drafts of a session."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.ingest import Draft
from dashboard.store import StoreError
from dashboard.views.view import plain
from dashboard.wording import Words
from extract.table.errors import ReadError

Tone = Literal["success", "warning", "error"]


def say_fault(fault: ReadError | StoreError, words: Words) -> str:
    """A fault as one line in a language: what is wrong, and what to do."""
    return fault.say(words) if isinstance(fault, StoreError) else words(f"read.{fault.code}", **fault.fields)


def tell(text: str, tone: Tone = "success", place: str = "top") -> None:
    """Say something in the next run, at a place of the page; for callbacks."""
    st.session_state.setdefault(f"messages_{place}", []).append((tone, text))


def show_messages(place: str = "top") -> None:
    """What was to be said at a place, once."""
    for tone, text in st.session_state.pop(f"messages_{place}", []):
        getattr(st, tone)(plain(text))


def drafts_of() -> dict[str, Draft]:
    """The files that this session has read and not kept yet, by checksum."""
    drafts: dict[str, Draft] = st.session_state.setdefault("drafts", {})
    return drafts
