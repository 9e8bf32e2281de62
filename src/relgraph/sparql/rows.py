"""Counting and limiting the rows of a result while its bytes pass by.

The engine's serialisers write a whole result and count nothing. A gate looks for the ends of rows in the
bytes, and after the last row allowed it closes the document properly, so that what was written can be read.
"""

from __future__ import annotations

import re

from relgraph.errors import QueryError

_STRINGS = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_COMPLETE = rb'(?:[^"]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+'
_MARKS = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|(\},\{|\[\{)'
_ROW_END = b"</result>"
_HEAD = 4096


class RowGate:
    """Passes bytes of a result on, up to ``limit`` rows (None: all).

    ``rows`` counts what has passed (None where the format is not counted), ``exceeded`` tells whether there
    was more. A format that is not counted (empty, or that of a graph) passes whole.
    """

    def __init__(self, format: str, limit: int | None) -> None:
        self.exceeded = False
        self._limit = limit
        self._format = format
        self.head = b""  # how the result begins: enough of it to see whether a single row counts nothing
        self._carry = b""  # not passed on yet: an unfinished row, string or tag
        self._lines = -1  # ends of lines seen; the first is the header's
        self._commas = -1  # in a row of CSV
        self._rows = 0
        self._feed = {"csv": self._csv, "tsv": self._tsv, "xml": self._xml, "json": self._json}.get(format)

    @property
    def rows(self) -> int | None:
        """The number of rows that have passed."""
        return self._rows if self._feed else None

    def feed(self, chunk: bytes) -> bytes:
        """What may be written of ``chunk`` and what was kept before it."""
        if not self._feed:
            return chunk
        if len(self.head) < _HEAD:
            self.head += chunk[: _HEAD - len(self.head)]
        data = self._carry + chunk if self._carry else chunk
        self._carry = b""
        return self._feed(data)

    def close(self) -> bytes:
        """What was kept, at the end of the result."""
        rest, self._carry = self._carry, b""
        return b"" if self.exceeded else rest

    def _room(self) -> int:
        """How many more rows may pass; minus one for no limit."""
        return -1 if self._limit is None else self._limit - self._rows

    def _tsv(self, data: bytes) -> bytes:
        end = data.rfind(b"\n") + 1
        return self._take_lines(data, end, data.count(b"\n", 0, end), rb"\n")

    def _csv(self, data: bytes) -> bytes:
        if b'"' not in data:
            end = data.rfind(b"\n") + 1
            self._refuse_comma(data[:end].count(b"\n"), [data[:end]])
            return self._tsv(data)
        # What is kept begins at the start of a row, so quotes are even there; a line break within is text.
        end = data.rfind(b"\n") + 1
        while end and data.count(b'"', 0, end) % 2:
            end = data.rfind(b"\n", 0, end - 1) + 1
        plain = data[:end].split(b'"')[::2]
        count = sum(part.count(b"\n") for part in plain)
        self._refuse_comma(count, plain)
        return self._take_lines(data, end, count, rb'"[^"]*"|(\n)')

    def _refuse_comma(self, lines: int, plain: list[bytes]) -> None:
        """The engine does not quote an IRI for its comma: what it writes would be read as two cells."""
        if lines and self._commas < 0:
            self._commas = plain[0].partition(b"\n")[0].count(b",")
        if sum(part.count(b",") for part in plain) != lines * self._commas and lines:
            raise QueryError("the answer has an IRI with a comma, which this CSV cannot hold", hint=_OTHERS)

    def _take_lines(self, data: bytes, end: int, count: int, pattern: bytes) -> bytes:
        header = 1 if self._lines < 0 and count else 0
        room = self._room()
        if room >= 0 and count - header > room:
            self.exceeded = True
            ends = [m.end() for m in re.finditer(pattern, data[:end]) if m.group() == b"\n"]
            self._rows += room
            wanted = room + header
            return data[: ends[wanted - 1]] if wanted else b""
        if count:
            self._lines = 0
        self._rows += count - header
        self._carry = data[end:]
        return data[:end]

    def _xml(self, data: bytes) -> bytes:
        count = data.count(_ROW_END)
        room = self._room()
        if room >= 0 and count > room:
            self.exceeded = True
            self._rows += room
            # Text escapes <, so the tags are tags.
            begins = [m.start() for m in re.finditer(rb"<result>", data)]
            return data[: begins[room]] + b"</results></sparql>"
        self._rows += count
        end = data.rfind(_ROW_END) + len(_ROW_END) if count else 0
        self._carry = data[end:]
        return data[:end]

    def _json(self, data: bytes) -> bytes:
        found = re.match(_COMPLETE, data, re.DOTALL)
        end = found.end() if found else 0
        for tail in (b"},", b"}", b"["):  # the beginning of a mark: keep it together
            if data.endswith(tail, 0, end):
                end -= len(tail)
                break
        whole, self._carry = data[:end], data[end:]
        # Without its strings, a result has }, { between rows and [ { before the first, and nowhere else.
        bones = re.sub(_STRINGS, b"", whole, flags=re.DOTALL)
        count = bones.count(b"},{") + bones.count(b"[{")
        room = self._room()
        if room >= 0 and count > room:
            self.exceeded = True
            self._rows += room
            begins = [m.start(1) for m in re.finditer(_MARKS, whole, re.DOTALL) if m.group(1)]
            return whole[: begins[room] + 1] + b"]}}"
        self._rows += count
        return whole


class XmlText:
    """Puts right what the engine writes as XML and XML does not hold, or raises QueryError.

    A carriage return written as it is, every reader takes for a line break; most control characters XML has
    no way to write at all, nor RDF/XML a property whose IRI ends in no name. Time and memory: as the chunk.
    """

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, chunk: bytes) -> bytes:
        """``chunk``, with its carriage returns as references."""
        around = self._tail + chunk
        if found := re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]", around):
            sign = ord(found.group().decode("utf-8"))
            raise QueryError(
                f"the answer holds the character U+{sign:04X}, which XML cannot hold", hint=_OTHERS
            )
        if b"<oxprefix: " in around:
            raise QueryError(
                "the answer has a property whose IRI ends in no name, which RDF/XML cannot hold", hint=_OTHERS
            )
        self._tail = around[-12:]
        return chunk.replace(b"\r", b"&#xD;")


_OTHERS = "use another --format"


def is_blank(format: str, data: bytes) -> bool:
    """Whether a result of one row holds nothing but zeros, empty texts and unbound cells."""
    text = data.decode("utf-8", "replace")
    if format == "json":
        cells = re.findall(r'"value":"((?:[^"\\]|\\.)*)"', text)
    elif format == "xml":
        cells = re.findall(r"<(?:literal|uri|bnode)[^>]*>([^<]*)<", text)
    else:
        row = text.splitlines()[1] if text.count("\n") > 1 else ""
        cells = row.split("\t" if format == "tsv" else ",")
    return len(data) < _HEAD and all(re.fullmatch(_NOTHING, cell) for cell in cells)


_NOTHING = r'(?:"?(?:0(?:\.0+)?(?:[eE]0)?)?"?(?:\^\^\S+)?)'
