"""Rows for a terminal: in columns where these fit, else each as a paragraph; nothing is cut."""

from __future__ import annotations

import textwrap

from relgraph.model import Table
from relgraph.sparql.formats import display_width, render_table
from relgraph.views.plain import plain


def row_lines(table: Table, width: int, nothing: str = "") -> list[str]:
    """The rows aligned in columns where these fit, else each as a numbered paragraph of labelled values.

    In a paragraph, cells that say ``nothing`` are left out.
    """
    aligned = render_table(table, "table").rstrip("\n").split("\n")
    if max(map(display_width, aligned)) <= width:
        return aligned
    lines: list[str] = []
    gutter = len(f"  {len(table)}. ")
    for number, row in enumerate(table, 1):
        told = [
            f"{label}: {value}"
            for label, value in zip(table.columns, row, strict=True)
            if value not in ("", nothing)
        ]
        first = f"{number}. ".rjust(gutter)
        lines += wrapped(" · ".join(told), width, first, " " * gutter)
    return lines


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """A text in lines of ``width`` characters at most, where its words allow; made safe to print."""
    return textwrap.wrap(
        plain(text),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
