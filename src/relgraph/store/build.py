"""Build the Oxigraph dataset: asserted triples, the ontology, and what the rules derive from both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.namespaces import graph_iris
from relgraph.store.files import Counts
from relgraph.store.names import write_names
from relgraph.store.opening import WHOLE
from relgraph.store.orders import observed, write_orders
from relgraph.store.writing import write_atomic
from relgraph.triples import Quad

if TYPE_CHECKING:
    import pyoxigraph as ox

#: quads a call of the bulk loader: it holds them all, sorts and writes them. *Measured* at 3.7 million quads:
#: a peak of 127 MiB in the same time as in one call, which takes 1,651 MiB.
PIECE = 50_000
#: up to this many triples a store is also one file: read whole into memory in less time than a database opens
SMALL = 30_000


def _pieces(quads: Iterable[Quad]) -> Iterator[bytes]:
    """The quads as N-Quads, :data:`PIECE` at a time, made while they are asked for."""
    lines = (f"{s} {p} {o} {g} .\n" for s, p, o, g in quads)
    while piece := "".join(islice(lines, PIECE)):
        yield piece.encode()


def build_store(
    folder: Path,
    quads: Iterable[Quad],
    *,
    base: str,
    home: str = "",
    ontology: Sequence[Path],
    rules: Sequence[Path],
) -> Counts:
    """Fill a new store in ``folder`` and close it.

    ``rules`` are SPARQL CONSTRUCT queries, run once each in the order given over the union of all graphs;
    each constructs its derived triples together with their ``rg:Derivation``. That they can be run has been
    checked (:func:`relgraph.sparql.checking.fault_of`).
    """
    import pyoxigraph as ox

    names = {name: ox.NamedNode(iri) for name, iri in graph_iris(base).items()}
    store = ox.Store(str(folder))
    answer: object = None
    orders: list[str] = []
    try:
        for piece in _pieces(observed(quads, base, home, orders)):
            store.bulk_load(input=piece, format=ox.RdfFormat.N_QUADS)
        for path in ontology:
            text = path.read_text(encoding="utf-8-sig")  # the parser takes a byte order mark for a name
            store.bulk_load(input=text.encode(), format=ox.RdfFormat.TURTLE, to_graph=names["ontology"])
        for rule in rules:
            answer = store.query(
                rule.read_text(encoding="utf-8-sig"), use_default_graph_as_union=True, base_iri=base
            )
            assert isinstance(answer, ox.QueryTriples)
            store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, names["derived"]) for t in answer)
        answer = None  # it holds the store, and an open store still writes into its folder
        store.flush()
        store.optimize()
        write_names(store, folder, base)
        write_orders(folder, orders)
        counts = Counts(**{name: _count(store, iri) for name, iri in names.items()})
        if sum((counts.asserted, counts.derived, counts.ontology)) <= SMALL:
            # sorted, so that the same graph is the same file
            statements = sorted(f"{quad} .\n" for quad in store)
            write_atomic(folder / WHOLE, "".join(statements).encode())
        return counts
    finally:
        # an error holds on to this frame, and who removes the folder then must not meet an engine at work
        answer = None
        del store


def _count(store: ox.Store, graph: ox.NamedNode) -> int:
    """The number of triples in a graph, counted by the engine: 20 times as fast as fetching them."""
    import pyoxigraph as ox

    rows = store.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    assert isinstance(rows, ox.QuerySolutions)
    number = next(rows)[0]
    assert isinstance(number, ox.Literal)
    return int(number.value)
