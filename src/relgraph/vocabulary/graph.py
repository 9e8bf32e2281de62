"""The triples of an ontology, indexed: what its terms say, and where a term's statements begin."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from relgraph.model import Position
from relgraph.namespaces import PREFIXES
from relgraph.vocabulary.model import local_name

if TYPE_CHECKING:
    import pyoxigraph as ox

RDF = PREFIXES["rdf"]

Node: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"


#: a line that begins with a prefixed name or an IRI
_BEGINS = re.compile(r"[ \t]*((?:[\w.-]*:([\w.-]+)|<([^>]*)>))(?=\s|$)")


class Graph:
    """An index of triples by subject and predicate, made of plain strings where that is enough."""

    def __init__(self) -> None:
        self.by_subject: dict[object, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self.file_of: dict[object, str] = {}
        self.path_of: dict[str, Path] = {}
        self._beginnings: dict[str, dict[str, Position]] = {}

    def objects(self, subject: object, predicate: str) -> list[Node]:
        """What ``predicate`` says of a subject, as nodes."""
        known = self.by_subject.get(subject)
        return known.get(predicate, []) if known else []

    def texts(self, subject: object, predicate: str) -> list[str]:
        """The same as texts, sorted, each once."""
        found = self.objects(subject, predicate)
        return sorted({plain(node) for node in found}) if found else []

    def text(self, subject: object, predicate: str) -> str:
        """The first of them, or an empty text."""
        found = self.objects(subject, predicate)
        return min(map(plain, found)) if found else ""

    def languages(self, subject: object, predicate: str) -> dict[str, str]:
        """The texts by language."""
        found: dict[str, str] = {}
        for node in self.objects(subject, predicate):
            language = getattr(node, "language", None)
            if language:
                found[language] = plain(node)
        return dict(sorted(found.items()))

    def position(self, subject: str) -> Position:
        """Where a term's own statements begin: the first line of its file that starts with its name.

        The parser keeps no places; the beginnings of a file's lines are read once, for its first fault.
        """
        shown = self.file_of.get(subject, "ontology")
        if shown not in self._beginnings:
            self._beginnings[shown] = self._read_beginnings(shown)
        known = self._beginnings[shown]
        return known.get(subject) or known.get(local_name(subject)) or Position(shown)

    def _read_beginnings(self, shown: str) -> dict[str, Position]:
        """The first line that each name or whole IRI begins."""
        path = self.path_of.get(shown)
        text = path.read_text(encoding="utf-8-sig", errors="replace") if path else ""
        found: dict[str, Position] = {}
        for number, line in enumerate(text.split("\n"), 1):
            begins = _BEGINS.match(line)
            if begins:
                at = Position(shown, number, begins.start(1) + 1)
                found.setdefault(begins[2] or begins[3], at)
        return found

    def list_items(self, head: Node) -> list[str]:
        """The members of an RDF list, as texts."""
        items: list[str] = []
        seen: set[object] = set()
        node: Node | None = head
        while node is not None and plain(node) != RDF + "nil" and node not in seen:
            seen.add(node)
            items += [plain(first) for first in self.objects(node, RDF + "first")]
            rest = self.objects(node, RDF + "rest")
            node = rest[0] if rest else None
        return items


def plain(node: Node) -> str:
    """The text of a node: its IRI, its literal's text, its blank node's name."""
    return str(getattr(node, "value", node))
