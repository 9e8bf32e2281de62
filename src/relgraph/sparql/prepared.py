"""A query as the engine gets it, and the way back from the engine's positions to the user's own text."""

from __future__ import annotations

from collections.abc import Iterable

from relgraph.sparql.lexer import Edit, apply_edits, original_offset, tokenize


class Prepared:
    """The text for the engine, and the way back from its positions to the user's."""

    __slots__ = ("_edits", "_original", "_places", "_spread", "text")

    def __init__(self, original: str, edits: Iterable[Edit]) -> None:
        self._original = original
        self._edits = sorted(edits, key=lambda edit: (edit.start, edit.end))
        self.text = apply_edits(original, self._edits)
        self._spread = ""
        self._places: list[tuple[int, int]] = []  # of each token, in the spread text and in text

    def offset(self, line: int, column: int) -> int:
        """The offset in ``text`` of a line and column."""
        return _offset(self.text, line, column)

    def original(self, offset: int) -> tuple[int, int, str]:
        """Line and column in the user's own text of an offset in ``text``, and what stands from there on."""
        offset = min(original_offset(offset, self._edits), len(self._original))
        start = self._original.rfind("\n", 0, offset) + 1
        rest = self._original[offset:].partition("\n")[0].strip()
        return self._original.count("\n", 0, offset) + 1, offset - start + 1, rest

    def spread(self) -> str:
        """``text`` with its tokens far apart, for :meth:`gather`.

        The engine tells the furthest place it looked at, and to look for a keyword it takes as many
        characters as that has, up to fourteen. Where tokens are further apart than that, the place is always
        within or right behind the token at which it stopped.
        """
        self._places = []
        parts: list[str] = []
        position, before = 0, None
        for token in tokenize(self.text):
            glued = before is not None and before.end == token.start
            joined = glued and (
                token.kind == "LANGTAG" or "^^" in (token.text, before and before.text) or parts[-1] in "+-"
            )
            gap = "" if joined else " " * 20
            self._places.append((position + len(gap), token.start))
            text = self.text[token.start : token.end]
            parts += (gap, text)
            position += len(gap) + len(text)
            before = token
        self._spread = "".join(parts) + " " * 20
        return self._spread

    def gather(self, line: int, column: int) -> int:
        """The offset in ``text`` of the token at a place in the spread text."""
        offset = _offset(self._spread, line, column)
        last = self._places[-1] if self._places else (0, 0)
        if not self._places or offset >= last[0] + len(self.text) - last[1] + 20:
            return len(self.text)
        return max((place for place in self._places if place[0] <= offset), default=(0, 0))[1]


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start + column - 1
