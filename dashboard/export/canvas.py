"""SVG elements in points, and the letters that they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from dashboard.export.contents import clean
from dashboard.typesetting import wrap

# The bundled face has one weight: a line around each letter makes it bold in every program. Its width in em.
BOLD_STROKE: Final = 0.045
LEADING: Final = 1.45
# Arrow heads, in degrees from one that points to the right.
TURNS: Final = {"right": 0, "down": 90, "left": 180, "up": 270}


@dataclass(slots=True)
class Canvas:
    """A picture while it grows downwards: its elements, the height used so far, and every letter it draws."""

    width: float
    margin: float
    elements: list[str] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    top: float = 0.0

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    def text(
        self, x: float, y: float, words: str, size: float, fill: str, *, is_bold: bool = False, anchor: str = "start"
    ) -> None:
        """One line of text, its baseline at y, its ``anchor`` (start, middle or end) at x."""
        words = clean(words)
        self.letters |= set(words)
        bold = f' stroke="{fill}" stroke-width="{size * BOLD_STROKE:.2f}"' if is_bold else ""
        side = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self.elements.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{bold}{side}>{escape(words)}</text>'
        )

    def paragraph(self, words: str, size: float, fill: str, *, is_bold: bool = False) -> None:
        """A text in as many lines as it needs."""
        for line in wrap(clean(words), size, self.inner) if words else ():
            self.text(self.margin, self.top + size, line, size, fill, is_bold=is_bold)
            self.top += size * LEADING

    def rect(self, left: float, right: float, top: float, height: float, fill: str, stroke: str) -> None:
        """A bar's piece between two x, whichever comes first."""
        x, width = min(left, right), abs(right - left)
        self.elements.append(
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill={quoteattr(fill)}'
            f' stroke="{stroke}" stroke-width="0.6"/>'
        )

    def line(
        self, places: Sequence[tuple[float, float]], stroke: str, width: float, dashes: Sequence[float] = ()
    ) -> None:
        """A line through places."""
        dashed = f' stroke-dasharray="{" ".join(f"{part:g}" for part in dashes)}"' if dashes else ""
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        self.elements.append(f'<path d="M{path}" fill="none" stroke="{stroke}" stroke-width="{width:g}"{dashed}/>')

    def dot(self, shape: str, x: float, y: float, radius: float, fill: str, stroke: str) -> None:
        """A dot (full or hollow), a square, or an arrow's head (right, down, left or up)."""
        if shape in TURNS:
            path = f"M{-radius / 2:.1f} {-radius:.1f}V{radius:.1f}L{radius:.1f} 0Z"
            self.elements.append(
                f'<path d="{path}" transform="translate({x:.1f} {y:.1f}) rotate({TURNS[shape]})" fill="{stroke}"/>'
            )
            return
        if shape == "square":
            self.elements.append(
                f'<rect x="{x - radius:.1f}" y="{y - radius:.1f}" width="{2 * radius:.1f}" height="{2 * radius:.1f}"'
                f' fill="{fill}" stroke="{stroke}" stroke-width="{radius * 0.4:.1f}"/>'
            )
            return
        self.elements.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" stroke="{stroke}"'
            f' stroke-width="{radius * 0.4:.1f}"/>'
        )


def hatching_id(colour: str) -> str:
    """The name of a colour's pattern in the file."""
    return "hatch-" + colour.removeprefix("#")


def hatching(colour: str, ground: str) -> str:
    """Slanted lines of a colour on the ground."""
    return (
        f'<pattern id="{hatching_id(colour)}" width="3.6" height="3.6" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="3.6" height="3.6" fill="{ground}"/>'
        f'<rect width="1.6" height="3.6" fill="{colour}"/></pattern>'
    )
