"""The sizes in which pictures are wanted. All lengths are points, 1/72 inch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

CM: Final = 72 / 2.54


@dataclass(frozen=True, slots=True)
class Preset:
    """
    Width and height of a picture, and the size of its letters: ``largest``, or less until all has room.

    A height of 0 is as high as the contents; a picture whose contents have no room at ``least`` is higher than its
    preset, for nothing of it is left out.
    """

    width: float
    height: float
    largest: float
    least: float


# A4 with margins of 2.5 cm has 16 cm of text in width; 16:9 slides are 33.9 cm wide in PowerPoint and WPS.
PRESETS: Final[Mapping[str, Preset]] = MappingProxyType(
    {
        "text": Preset(16 * CM, 0, 9, 9),
        "half": Preset(16 * CM, 11.5 * CM, 9, 6.5),
        "page": Preset(16 * CM, 23.5 * CM, 10.5, 6.5),
        "square": Preset(16 * CM, 16 * CM, 10.5, 6.5),
        "slide": Preset(960, 540, 17, 9),
    }
)
