"""The font that pictures and documents are set in, and how wide texts are in it.

Noto Sans (SIL Open Font License 1.1) comes with the program, in ``relgraph/fonts``, with Latin, Greek and
Cyrillic letters. Whatever else a name is written in is left to the fonts of the machine.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "fonts"
FAMILY = "Noto Sans"
#: the files by weight
FILES = {400: FOLDER / "NotoSans-Regular.ttf", 600: FOLDER / "NotoSans-SemiBold.ttf"}


def width(text: str, size: float, weight: int = 400) -> float:
    """The width of ``text`` in px at ``size`` px; of letters that the font lacks by their usual width."""
    advances = _advances()[str(weight)]
    return sum(advances.get(letter, _usual(letter)) for letter in text) * size / 1000


def covers(text: str) -> bool:
    """Whether the font has every letter of ``text``."""
    return not uncovered(text)


def uncovered(text: str) -> list[str]:
    """The letters of ``text`` that the font lacks, sorted."""
    known = _advances()["400"]
    return sorted(letter for letter in set(text) if letter not in known and not letter.isspace())


def _usual(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 600


@cache
def _advances() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads((FOLDER / "advances.json").read_text(encoding="utf-8"))
    return found
