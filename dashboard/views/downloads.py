"""What to take away: a comparison, or all of a selection, as pictures, Office files, web page or data, in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Final

import streamlit as st

from dashboard.export.contents import Contents
from dashboard.export.datapackage import concatenate
from dashboard.export.formats import FORMATS, Format, count_too_high, drawing
from dashboard.export.picture import PictureError, find_fault
from dashboard.export.presets import PRESETS
from dashboard.tabular import to_tsv
from dashboard.views.view import View, plain
from dashboard.wording import Words

# What is open where it is not one comparison.
ALL: Final = "all"
# Buttons beside each other; how wide they stand beside the picture.
ACROSS: Final = 2
WIDTHS: Final = (5, 4)


def offer(name: str) -> None:
    """Open the dialog at the end of this run: ``name`` is a panel's key, or ALL."""
    st.session_state.offered = name


def is_offered(name: str) -> bool:
    """Whether the dialog is open for this."""
    return bool(st.session_state.get("offered") == name)


def close() -> None:
    """The dialog is gone; the run that opened it may not have ended yet."""
    st.session_state.offered = None


def downloads(contents: Contents, view: View) -> None:
    """The dialog."""
    st.dialog(view.words("download.title"), width="large", on_dismiss=close)(show)(contents, view)


def show(contents: Contents, view: View) -> None:
    """What it is, every format of it, and the picture in the chosen size."""
    words = view.words
    is_one = len(contents.comparisons) == 1
    st.markdown(f"**{plain(contents.title)}**")
    st.caption(plain(contents.sentence))
    files, preview = st.columns(WIDTHS, gap="medium") if is_one else (st.container(), None)
    with files:
        size = pick_size(words)
        if is_one and count_too_high(contents, PRESETS[size]):
            st.caption(words("download.too_high"))
        buttons(contents, size, words)
        copy(contents, words)
    if preview:
        with preview.container(border=True):
            st.image(
                drawing(contents, PRESETS[size]).decode("utf-8"), width="stretch", alt=contents.comparisons[0].chart.alt
            )


def buttons(contents: Contents, size: str, words: Words) -> None:
    """Every format that can hold the comparisons, by groups."""
    # The process that draws starts while the reader looks.
    fault = find_fault(0)
    is_one = len(contents.comparisons) == 1
    make = make_one if is_one else make_all
    offered = [(name, kind) for name, kind in FORMATS.items() if is_one or not kind.is_single]
    for group, members in groupby(offered, key=lambda item: item[1].group):
        st.caption(words(f"download.group_{group}"))
        columns = st.columns(ACROSS)
        for place, (name, kind) in enumerate(members):
            with columns[place % ACROSS]:
                make(name, kind, size, contents, words, bool(fault) and kind.needs_picture)
    if fault:
        st.warning(plain(words("download.fault", reason=fault)))


def pick_size(words: Words) -> str:
    """The size of pictures; it stays for the next comparison."""
    key = f"size:{words.lang}"
    chosen = st.radio(
        words("download.size"),
        list(PRESETS),
        index=list(PRESETS).index(st.session_state.get("size", "text")),
        format_func=lambda name: words(f"download.size_{name}"),
        horizontal=True,
        key=key,
    )
    st.session_state.size = chosen
    return str(chosen)


def make_one(name: str, kind: Format, size: str, contents: Contents, words: Words, is_off: bool) -> None:
    """A file that is made while it is downloaded, in a thread of its own."""
    st.download_button(
        label_of(name, kind, contents, words),
        lambda: kind.make(contents, PRESETS[size], ignore),
        file_name=contents.file_name + kind.suffix,
        mime=kind.media_type,
        key=f"make:{name}",
        on_click="ignore",
        disabled=is_off,
        width="stretch",
    )


def make_all(name: str, kind: Format, size: str, contents: Contents, words: Words, is_off: bool) -> None:
    """A file that takes seconds: it says what it is at, then it can be saved."""
    if not st.button(label_of(name, kind, contents, words), key=f"make:{name}", disabled=is_off, width="stretch"):
        return
    bar = st.progress(0.0, words("download.start"))
    try:
        data = kind.make(contents, PRESETS[size], count_steps(len(contents.comparisons), bar.progress, words))
    except PictureError as error:
        bar.empty()
        st.error(plain(words("download.fault", reason=error)))
        return
    bar.empty()
    st.download_button(
        words("download.save", suffix=kind.suffix, size=write_size(len(data))),
        data,
        file_name=contents.file_name + kind.suffix,
        mime=kind.media_type,
        key=f"save:{name}",
        on_click="ignore",
        width="stretch",
    )


def label_of(name: str, kind: Format, contents: Contents, words: Words) -> str:
    """What the button says; where it holds rows, how many."""
    text = words(f"download.{name}")
    return words("download.counted", text=text, count=kind.count(contents)) if kind.count else text


def ignore(step: str) -> None:
    """One file is made too fast for steps to be seen."""


def count_steps(total: int, show_step: Callable[[float, str], object], words: Words) -> Callable[[str], None]:
    """Tells step by step how far it is, and what comes."""
    steps = iter(range(1, total + 1))

    def announce(step: str) -> None:
        number = next(steps, total)
        show_step((number - 1) / total, plain(words("download.step", number=number, total=total, step=step)))

    return announce


def write_size(count: int) -> str:
    """Bytes as people say them."""
    return f"{count / 1024:,.0f} KB"


def copy(contents: Contents, words: Words) -> None:
    """The table for the clipboard, and the address."""
    with st.expander(words("compare.copy_table")):
        st.caption(words("compare.copy_hint"))
        st.code(to_tsv(concatenate(contents)), language=None, height=240)
    st.caption(words("compare.this_chart"))
    st.code(contents.address, language=None, wrap_lines=True)
