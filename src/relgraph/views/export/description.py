"""Descriptions in RDF, small enough to be held: triples by prefixed names, written sorted."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from relgraph.namespaces import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

_MORE = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": PREFIXES["foaf"],
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}
_SPACES = {**PREFIXES, **_MORE}


class Description:
    """Triples by prefixed names; written sorted."""

    def __init__(self) -> None:
        self._triples: set[ox.Triple] = set()

    def iri(self, subject: str, predicate: str, target: str) -> None:
        """A triple whose object is an IRI, whole or prefixed."""
        import pyoxigraph as ox

        self._add(subject, predicate, ox.NamedNode(_whole(target)))

    def text(self, subject: str, predicate: str, text: str, *, lang: str = "", datatype: str = "") -> None:
        """A triple whose object is a literal."""
        import pyoxigraph as ox

        kind = ox.NamedNode(_whole(datatype)) if datatype else None
        self._add(subject, predicate, ox.Literal(text, language=lang or None, datatype=kind))

    def texts(self, subject: str, predicate: str, labels: dict[str, str]) -> None:
        """A text in each of its languages."""
        for lang, text in labels.items():
            self.text(subject, predicate, text, lang=lang)

    def _add(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        import pyoxigraph as ox

        self._triples.add(ox.Triple(ox.NamedNode(_whole(subject)), ox.NamedNode(_whole(predicate)), value))

    def write(self, out: IO[bytes], base: str) -> None:
        """Write the triples as Turtle, sorted."""
        import pyoxigraph as ox

        ordered = sorted(self._triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
        lines = "".join(map(str, ordered))
        used = {name: iri for name, iri in sorted(_SPACES.items()) if f"<{iri}" in lines}
        ox.serialize(ordered, out, format=ox.RdfFormat.TURTLE, prefixes={"": base, **used})


def _whole(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return _SPACES[prefix] + local if colon and prefix in _SPACES else name
