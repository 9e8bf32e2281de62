"""RDF: what is asserted and what is derived, sorted, in the syntaxes of RDF 1.1 but JSON-LD."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO

from relgraph.namespaces import PREFIXES
from relgraph.store.files import Compiled
from relgraph.views.export.lines import BATCH, Advance, Sorter, dump, keeper, no_advance, triples
from relgraph.views.export.registry import Job
from relgraph.views.export.selection import Selection, graphs_of


def turtle(compiled: Compiled) -> bytes:
    """The whole graph as Turtle."""
    buffer = io.BytesIO()
    write(compiled, "turtle", buffer)
    return buffer.getvalue()


def write(
    compiled: Compiled,
    form: str,
    out: IO[bytes],
    selection: Selection | None = None,
    advance: Advance = no_advance,
) -> None:
    """Write ``turtle``, ``ntriples`` or ``rdfxml`` (one graph) or ``trig`` or ``nquads`` (two named graphs).

    A selection says so itself (``rdfs:comment`` of the graph). Triples are sorted by subject, predicate and
    object; of the two graphs, the asserted one comes first.
    """
    import pyoxigraph as ox

    selection = selection or Selection()
    keep = keeper(compiled.base, selection)
    graphs = graphs_of(compiled.base)
    if form in ("turtle", "ntriples", "rdfxml"):
        sorter = dump(compiled, Sorter(keep, advance), graphs)
        sorter.write(selection.note(compiled.base))
        if form == "ntriples":
            _plain(sorter.lines(), b" .\n", out, advance)
            return
        syntax = ox.RdfFormat.TURTLE if form == "turtle" else ox.RdfFormat.RDF_XML
        prefixes = _prefixes(sorter.prefixes, compiled)
        ox.serialize(triples(sorter.lines(), advance), out, format=syntax, prefixes=prefixes)
        if form == "rdfxml":
            out.write(b"\n")
        return
    sorters = [dump(compiled, Sorter(keep, advance), [graph]) for graph in graphs]
    sorters[0].write(selection.note(compiled.base))
    if form == "nquads":
        for graph, sorter in zip(graphs, sorters, strict=True):
            _plain(sorter.lines(), f" <{graph}> .\n".encode(), out, advance)
        return

    def quads() -> Iterator[ox.Quad]:
        for graph, sorter in zip(graphs, sorters, strict=True):
            name = ox.NamedNode(graph)
            for triple in triples(sorter.lines(), advance):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    prefixes = _prefixes({name for sorter in sorters for name in sorter.prefixes}, compiled)
    ox.serialize(quads(), out, format=ox.RdfFormat.TRIG, prefixes=prefixes)


def _plain(lines: Iterable[bytes], end: bytes, out: IO[bytes], advance: Advance) -> None:
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        out.write(b"".join(line[:-3] + end for line in batch))
        advance(len(batch))


def _prefixes(used: set[str], compiled: Compiled) -> dict[str, str]:
    """The prefixes that occur; the graph's own records are under the empty one."""
    known = {**{name: iri for name, iri in PREFIXES.items() if name in used}, "": compiled.base}
    return dict(sorted(known.items()))


def _writer(form: str) -> Callable[[Job, IO[bytes]], None]:
    def writer(job: Job, out: IO[bytes]) -> None:
        write(job.lookup.compiled, form, out, job.selection, job.advance)

    return writer


write_turtle, write_trig, write_nquads, write_ntriples, write_rdfxml = (
    _writer(form) for form in ("turtle", "trig", "nquads", "ntriples", "rdfxml")
)
