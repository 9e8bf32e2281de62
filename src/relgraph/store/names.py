"""The index of names beside a store: what ``find`` reads instead of the records.

One line a name, tab-separated: its words folded, the record's id, the local name of its class, in how many
relationships it is named, what sort of name it is, the name itself. Sorted, so that the same graph is the
same file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from relgraph.namespaces import PREFIXES, RG

if TYPE_CHECKING:
    import pyoxigraph as ox

#: the file, in the store's folder
NAMES = "names.tsv"
#: the properties that name a record, and what such a name is called here; any other is a text
SORTS = {
    PREFIXES["rdfs"] + "label": "name",
    RG + "inText": "inText",
    RG + "acronym": "acronym",
    PREFIXES["skos"] + "altLabel": "alias",
    PREFIXES["skos"] + "hiddenLabel": "hidden",
}
TEXT = "text"
_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))
_SPACES = str.maketrans({"\t": " ", "\n": " ", "\r": " "})
_WORD = re.compile(r"[^\W_]+")


class Entry(NamedTuple):
    """One name, or one text, of a record; ``words`` are folded and parted by single spaces.

    A tuple, for its making: *measured*, 140,000 take a third of the time that a frozen dataclass takes.
    """

    words: str
    id: str
    type: str
    degree: int
    """The number of relationships that name the record."""
    sort: str
    """name, inText, acronym, alias, hidden (a wrong name, never to be shown) or text."""
    label: str


def words_of(text: str) -> str:
    """A text reduced to its words, without case and accents, parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    if not plain.isascii():
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(plain))


def read_names(folder: Path) -> list[Entry] | None:
    """The index of a store; None if there is none (a store of an earlier version)."""
    try:
        text = (folder / NAMES).read_text(encoding="utf-8")
    except OSError:
        return None
    rows = (line.split("\t") for line in text.split("\n") if line)
    return [Entry(words, id_, type_, int(n), sort, label) for words, id_, type_, n, sort, label in rows]


def write_names(store: ox.Store, folder: Path, base: str) -> None:
    """Write the index of a store into its folder."""
    rows = (
        "\t".join((e.words, e.id, e.type, str(e.degree), e.sort, e.label)) for e in make_names(store, base)
    )
    (folder / NAMES).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8", newline="\n")


def make_names(store: ox.Store, base: str) -> list[Entry]:
    """All names and texts of the records in a store, sorted."""
    said = {
        iri for (iri,) in _rows(store, "SELECT DISTINCT ?p { ?s sh:path ?p ; sh:datatype rdf:langString }")
    }
    found: set[tuple[str, str, str]] = set()
    for iri, sort in sorted({**dict.fromkeys(said, TEXT), **SORTS}.items()):
        for r, label in _rows(store, f"SELECT ?r ?label {{ ?r <{iri}> ?label ; a rg:Record }}"):
            if r.startswith(base):
                found.add((r.removeprefix(base), sort, label.translate(_SPACES)))
    kinds = _kinds(store, base)
    degrees = _degrees(store, base)
    entries = (
        Entry(words_of(label), id_, kinds.get(id_, ""), degrees.get(id_, 0), sort, label)
        for id_, sort, label in found
    )
    return sorted(entries, key=lambda e: (e.words, e.id, e.sort, e.label))


def _kinds(store: ox.Store, base: str) -> dict[str, str]:
    """The most special class of every record, by its local name."""
    below: dict[str, set[str]] = defaultdict(set)
    query = "SELECT ?c ?d { ?c rdfs:subClassOf+ ?d FILTER(isIRI(?c) && isIRI(?d) && ?c != ?d) }"
    for lower, upper in _rows(store, query):
        below[upper].add(lower)
    types: dict[str, set[str]] = defaultdict(set)
    for r, type_ in _rows(store, "SELECT ?r ?type { ?r a rg:Record ; a ?type }"):
        types[r].add(type_)
    known: dict[frozenset[str], str] = {}
    found: dict[str, str] = {}
    for r, classes in types.items():
        key = frozenset(classes)
        if key not in known:
            own = sorted(c for c in classes if c.startswith(RG) and not below[c] & classes)
            known[key] = own[0].removeprefix(RG) if own else ""
        found[r.removeprefix(base)] = known[key]
    return found


def _degrees(store: ox.Store, base: str) -> dict[str, int]:
    """How many relationships name each record."""
    query = """SELECT ?o (COUNT(DISTINCT ?r) AS ?n) {
      ?r a rg:Relationship ; ?p ?o . FILTER(STRSTARTS(STR(?o), "%s")) } GROUP BY ?o"""
    return {o.removeprefix(base): int(n) for o, n in _rows(store, query % base) if o}


def _rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """The values of a SELECT over the union of all graphs."""
    solutions = store.query(_PROLOGUE + query, use_default_graph_as_union=True)
    return [tuple(str(getattr(term, "value", "")) for term in row) for row in solutions]  # type: ignore[union-attr]
