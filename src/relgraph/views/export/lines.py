"""The compiled graph as sorted lines of N-Triples, in memory that does not grow with it.

The engine dumps a graph in no order that a reader could rely on. Its lines are sorted here in pieces, which
wait in temporary files where they are many, and are merged. By the lines of N-Triples the triples are in the
order of their subjects, predicates and objects, compared as such: every term ends in a sign that no term goes
on with.
"""

from __future__ import annotations

import heapq
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING, cast

from relgraph.namespaces import PREFIXES
from relgraph.store.files import Compiled
from relgraph.store.opening import open_store
from relgraph.views.export.selection import Selection, graphs_of
from relgraph.views.export.temporary import temporaries

if TYPE_CHECKING:
    import pyoxigraph as ox

#: bytes of lines that are sorted at a time; *measured* at 100,000 relationships, 16 MiB take 60 MiB as lines
PIECE = 16 * 1024 * 1024
#: lines that are handed to the engine's parser at a time
BATCH = 5_000
#: told how many statements have gone by; each does twice, as it is read and as it is written
Advance = Callable[[int], None]
#: turns a line into what is sorted, or leaves it out (None)
Keep = Callable[[bytes], bytes | None]


def no_advance(count: int) -> None:
    """For whom nobody waits."""


class Sorter(io.RawIOBase):
    """A file that takes lines in any order and gives them back sorted, each once."""

    def __init__(self, keep: Keep | None = None, advance: Advance = no_advance) -> None:
        """Without ``keep``, lines are sorted as they are."""
        self._keep = keep
        self._advance = advance
        self._waiting: list[bytes] = []
        self._size = 0
        self._rest = b""
        self._files = ExitStack()
        self._pieces: list[IO[bytes]] = []
        self._unseen = {name: f"<{iri}".encode() for name, iri in PREFIXES.items()}
        self.prefixes: set[str] = set()

    def writable(self) -> bool:
        """It is: the engine asks."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Take some of the dump."""
        chunk = bytes(data)
        self._see(chunk)
        lines = (self._rest + chunk).splitlines(keepends=True)
        self._rest = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        self._advance(len(lines))
        if self._keep is not None:
            lines = [kept for line in lines if (kept := self._keep(line)) is not None]
        self._waiting += lines
        self._size += len(chunk)
        if self._size >= PIECE:
            self._spill()
        return len(chunk)

    def _see(self, chunk: bytes) -> None:
        """Note which prefixes occur; an IRI may be cut in two where two chunks meet."""
        joint = self._rest[-200:] + chunk
        for name in [name for name, start in self._unseen.items() if start in joint]:
            del self._unseen[name]
            self.prefixes.add(name)

    def _spill(self) -> None:
        self._waiting.sort()
        with temporaries():
            piece = self._files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
            piece.writelines(self._waiting)
            piece.seek(0)
        self._pieces.append(piece)
        self._waiting, self._size = [], 0

    def lines(self) -> Iterator[bytes]:
        """What was written, sorted; once."""
        assert not self._rest
        self._waiting.sort()
        merged: Iterable[bytes] = heapq.merge(*self._pieces, self._waiting) if self._pieces else self._waiting
        with self._files:
            for line, _ in groupby(merged):
                yield line


def dump(compiled: Compiled, sorter: Sorter, graphs: Iterable[str]) -> Sorter:
    """Fill a sorter with the triples of some graphs."""
    import pyoxigraph as ox

    store = open_store(compiled.path)
    for graph in graphs:
        store.dump(cast("IO[bytes]", sorter), ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
    return sorter


def keeper(base: str, selection: Selection) -> Keep | None:
    """What leaves out the lines that a selection leaves out; None where it leaves out none."""
    if selection.when is None:
        return None
    dropped, derivations, derived = selection.dropped, selection.derivations, selection.derived
    own = re.compile(rb"<" + re.escape(base.encode()) + rb"(?:(?:citation|alias)/)?([^>/]*)([^>]*)>")
    last = re.compile(rb" <" + re.escape(base.encode()) + rb"([^>/]*)> \.\n\Z")

    def keep(line: bytes) -> bytes | None:
        subject = own.match(line)
        if subject is not None:
            if subject[1].decode() in dropped or line in derived:
                return None
            if subject[1] == b"derivation" and (subject[1] + subject[2]).decode() in derivations:
                return None
        named = last.search(line)
        return None if named is not None and named[1].decode() in dropped else line

    return keep


def triples(lines: Iterable[bytes], advance: Advance = no_advance) -> Iterator[ox.Triple]:
    """Lines of N-Triples as terms."""
    import pyoxigraph as ox

    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        for quad in ox.parse(b"".join(batch), format=ox.RdfFormat.N_TRIPLES, lenient=True):
            yield quad.triple
        advance(len(batch))


def by_owner(
    compiled: Compiled, selection: Selection, *, derived: bool, advance: Advance = no_advance
) -> Iterator[tuple[str, list[ox.Triple]]]:
    """The statements of each record together with those of its citations and other names, sorted by id.

    With what is derived, all that belongs to no record (a cited range, a derivation) comes under its own path
    below the base. Without, nobody needs the ranges by themselves: start and end are said of the citations.
    """
    asserted, second = graphs_of(compiled.base)
    keyed = _by_owner(compiled.base, keeper(compiled.base, selection))
    if derived:
        sorter = dump(compiled, Sorter(keyed, advance), (asserted, second))
        sorter.write(selection.note(compiled.base))
    else:
        ranges = Sorter()
        sorter = dump(compiled, Sorter(_without_ranges(compiled.base, ranges, keyed), advance), (asserted,))
        for line in _placed(ranges.lines()):
            sorter.write(line)
    yield from _parsed(sorter.lines(), advance)


def _by_owner(base: str, keep: Keep | None) -> Keep:
    """What puts before a line the name of who owns it, and a tab."""
    start = re.escape(base.encode())
    owner = re.compile(
        rb"<" + start + rb"(?:(?:citation|alias)/([^>/]+)/|((?:derivation|selector)/[^>]*)|([^>/]*))"
    )

    def keyed(line: bytes) -> bytes | None:
        kept = keep(line) if keep else line
        if kept is None:
            return None
        found = owner.match(kept)
        return ((found[1] or found[2] or found[3]) if found else b"") + b"\t" + kept

    return keyed


def _without_ranges(base: str, ranges: Sorter, keyed: Keep) -> Keep:
    """Divert what says where ranges are and who cites them, by the range: its own lines, then the others."""
    own = b"<" + base.encode() + b"selector/"
    told = tuple(f"<{PREFIXES['oa']}{name}> ".encode() for name in ("start", "end"))
    cites = f"<{PREFIXES['oa']}hasSelector> ".encode()

    def keep(line: bytes) -> bytes | None:
        subject, _, rest = line.partition(b" ")
        if subject.startswith(own):
            if rest.startswith(told):
                ranges.write(subject + b"\t1 " + rest)
            return None
        kept = keyed(line)
        if kept is not None and rest.startswith(cites):
            ranges.write(rest[len(cites) : -3] + b"\t2" + subject + b"\n")
        return kept

    return keep


def _placed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Of each citation the start and the end of the range that it cites: as if they were its own."""
    for _, group in groupby(lines, key=lambda line: line[: line.index(b"\t")]):
        said: list[bytes] = []
        for line in group:
            text = line[line.index(b"\t") + 1 :]
            if text.startswith(b"1"):
                said.append(text[1:])
            else:
                yield from (text[1:-1] + each for each in said)


def _parsed(lines: Iterable[bytes], advance: Advance) -> Iterator[tuple[str, list[ox.Triple]]]:
    import pyoxigraph as ox

    for name, group in groupby(lines, key=lambda line: line[: line.index(b"\t")]):
        own = [line[len(name) + 1 :] for line in group]
        found = ox.parse(b"".join(own), format=ox.RdfFormat.N_TRIPLES, lenient=True)
        yield name.decode(), [quad.triple for quad in found]
        advance(len(own))
