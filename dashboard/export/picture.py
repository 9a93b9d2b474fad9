"""
SVG → PNG and PDF, in one process of its own that is kept warm: one picture at a time, whoever asks, and no page waits.

The picture is the SVG itself, so that all of them agree. No browser is needed.
"""

from __future__ import annotations

import atexit
import io
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from functools import cache
from threading import Lock
from typing import Final

from pebble import ProcessExpired, ProcessPool
from pypdf import PdfWriter

from dashboard.export import renderer
from extract.readers.sandbox import make_end

# Seconds for one picture, the start of the process included; a picture takes a fraction of one.
TIMEOUT: Final = 20.0
ATTEMPTS: Final = 2
# What a try draws.
BLANK: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="1pt" height="1pt"></svg>'
# One process, however many ask for the first picture at once.
OPENING: Final = Lock()
# What ends each pool that was opened.
ENDS: Final[list[Callable[[], None]]] = []


class PictureError(Exception):
    """No picture came out; the text says why."""


def to_png(svg: bytes) -> bytes:
    """
    The picture of an SVG made here, with 300 dots an inch.

    Raises:
        PictureError:
            It could not be drawn in time, twice.
    """
    return draw(renderer.draw_png, svg)


def to_pdf(pictures: Sequence[bytes], title: str) -> bytes:
    """
    The pictures of SVGs made here, each a page of its size.

    Raises:
        PictureError:
            One could not be drawn in time, twice.
    """
    book = PdfWriter()
    for svg in pictures:
        book.append(io.BytesIO(draw(renderer.draw_pdf, svg)))
    book.add_metadata({"/Title": title})
    target = io.BytesIO()
    book.write(target)
    return target.getvalue()


def draw(make: Callable[[str], bytes], svg: bytes) -> bytes:
    """Have the process draw; one that hangs or dies is ended, and a new one tries once more."""
    source = svg.decode("utf-8")
    for _ in range(ATTEMPTS):
        try:
            return bytes(schedule(make, source).result())
        except (Late, ProcessExpired, RuntimeError, ValueError) as error:
            fault: Exception = error
    raise PictureError(f"not drawn in {ATTEMPTS} attempts of at most {TIMEOUT:.0f} s: {say(fault)}") from fault


def say(fault: Exception) -> str:
    """A fault in one line: the library's message is followed by its own trace."""
    return next(iter(str(fault).splitlines()), "") or type(fault).__name__


def find_fault(patience: float) -> str:
    """
    Why no picture can be drawn here; "" where one can, or where it is not known yet.

    Args:
        patience:
            Seconds to wait for the process, which starts with the first call.
    """
    trial = try_out()
    try:
        trial.result(patience)
    except Exception as error:
        if not trial.done():
            return ""
        try_out.cache_clear()
        return say(error)
    return ""


@cache
def try_out() -> Future[bytes]:
    """A first picture, of nothing."""
    return schedule(renderer.draw_png, BLANK)


def schedule(make: Callable[[str], bytes], source: str) -> Future[bytes]:
    """A picture to come."""
    with OPENING:
        if not open_pool().active:
            # A process of it did not come up; another pool may fare better.
            open_pool.cache_clear()
        pool = open_pool()
    future: Future[bytes] = pool.schedule(make, args=[source], timeout=TIMEOUT)
    return future


@cache
def open_pool() -> ProcessPool:
    """The one process that draws; it starts with the first picture and ends with the app."""
    pool = ProcessPool(max_workers=1, context=multiprocessing.get_context("spawn"), initializer=renderer.set_up)
    ENDS.append(make_end(pool))
    return pool


@atexit.register
def close() -> None:
    """End the process, if one has started; the next picture starts another."""
    open_pool.cache_clear()
    try_out.cache_clear()
    while ENDS:
        ENDS.pop()()
