"""In which order a record names several others: what RDF does not keep, beside a store.

A sentence names them in the order of the source, as the record files have it. One line for each record and
property whose order is not the usual one, by id with the home city first: record, property, ids,
tab-separated; sorted by record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from relgraph.model import Ref, Text, Value
from relgraph.triples import Quad

#: the file, in the store's folder
ORDERS = "orders.tsv"


def observed(quads: Iterable[Quad], base: str, home: str, into: list[str]) -> Iterator[Quad]:
    """The quads as they come; ``into`` takes the lines of those that stand in an order of their own."""
    start = f"<{base}"
    at: tuple[str, str] = ("", "")
    ids: list[str] = []
    for quad in quads:
        if (quad[0], quad[1]) != at:
            _note(at, ids, start, home, into)
            at, ids = (quad[0], quad[1]), []
        if quad[2].startswith(start):
            ids.append(quad[2][len(start) : -1])
        yield quad
    _note(at, ids, start, home, into)


def _note(at: tuple[str, str], ids: list[str], start: str, home: str, into: list[str]) -> None:
    subject, predicate = at
    usual = sorted(ids, key=lambda id_: (id_ != home, id_)) if ids[1:] else ids
    if (
        (ids != usual or ids != sorted(ids))
        and subject.startswith(start)
        and not any("/" in id_ for id_ in ids)
    ):
        into.append("\t".join((subject[len(start) : -1], predicate[1:-1], " ".join(ids))))


def write_orders(folder: Path, lines: Iterable[str]) -> None:
    """Write what was observed into the folder of a store."""
    text = "".join(f"{line}\n" for line in sorted(lines))
    (folder / ORDERS).write_text(text, encoding="utf-8", newline="\n")


def read_orders(folder: Path) -> dict[tuple[str, str], dict[str, int]]:
    """By record and property (IRI) the place of each id; empty for a store that an earlier version made."""
    try:
        text = (folder / ORDERS).read_text(encoding="utf-8")
    except OSError:
        return {}
    found: dict[tuple[str, str], dict[str, int]] = {}
    for line in text.splitlines():
        record, predicate, ids = line.split("\t")
        found[record, predicate] = {id_: place for place, id_ in enumerate(ids.split(" "))}
    return found


class Orders:
    """The orders of one store, which are read when the first is asked for."""

    def __init__(self, folder: Path, home: str) -> None:
        self.folder = folder
        self.home = home
        self._places: dict[tuple[str, str], dict[str, int]] | None = None

    def usual(self, values: Iterable[Value], *, home_first: bool = True) -> tuple[Value, ...]:
        """The values of a property sorted; the home city first, save among what something is a part of."""
        return tuple(sorted(values, key=lambda value: self._usual(value, home_first)))

    def written(self, record: str, predicate: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """The values in the order in which the record has them; nothing where that is the usual one."""
        if not values[1:] or not isinstance(values[0], Ref):
            return ()
        if self._places is None:
            self._places = read_orders(self.folder)
        places = self._places.get((record, predicate), {})
        if not places:
            return ()
        return tuple(sorted(values, key=lambda each: places.get(each.id, 0) if isinstance(each, Ref) else 0))

    def _usual(self, value: Value, home_first: bool) -> tuple[bool, str]:
        if isinstance(value, Ref):
            return (not home_first or value.id != self.home, value.id)
        if isinstance(value, Text):
            return (True, f"{value.lang} {value.value}")
        return (True, str(value))
