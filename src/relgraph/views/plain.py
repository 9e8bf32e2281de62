"""Texts from the data made safe to print: for a terminal, and for Markdown."""

from __future__ import annotations

import re

#: controls and halves of characters (the categories Cc and Cs), marks that reorder what stands around them,
#: those that split lines without being controls, no characters
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufffe\uffff]"
)
_MARKUP = re.compile(r"([\\`*_\[\]<>#|&~])")


def plain(text: str) -> str:
    """A text in one line without control characters: what a terminal would obey is shown as U+FFFD.

    Line breaks and tabs become spaces; marks that change the direction of writing are shown as U+FFFD too.
    """
    if text.isascii() and text.isprintable():
        return text
    for sign in "\n\r\t\v\f":
        text = text.replace(sign, " ")
    return _HIDDEN.sub("\ufffd", text)


def markdown(text: str) -> str:
    """A text in one line as Markdown shows it: no sign of it is markup."""
    return _MARKUP.sub(r"\\\1", plain(text))
