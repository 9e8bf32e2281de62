"""The Python API: ``relgraph.open("graph")`` and what can be asked of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path as File
from typing import TYPE_CHECKING

from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.model import Record, Table
from relgraph.namespaces import PREFIXES, RG
from relgraph.network import AFFIRMED, Incidence, incidence, network, projection
from relgraph.project import Project, find_project
from relgraph.store.files import Compiled

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from relgraph.analysis.paths import Path
    from relgraph.views.answer import Answered
    from relgraph.when import When


class Graph:
    """A compiled graph; made by :func:`open_graph`."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.compiled: Compiled = project.compiled()

    @cached_property
    def lookup(self) -> Lookup:
        """Records by id or name, read from the store."""
        return Lookup(self.compiled, self.project.vocabulary)

    def query(self, text: str, **params: str) -> Table:
        """Answer a SELECT over the union of all graphs: columns named as in the query, cells as texts.

        The usual prefixes are predefined; the empty one is the graph's own. ``params`` are terms as on the
        command line (``city=":hong-kong"``), put in place of ``UNDEF`` in ``VALUES ?city { UNDEF }``. Runs in
        this process, without limits: for text from elsewhere use the command line. Raises ``QueryError``.
        """
        from relgraph.sparql.run import select
        from relgraph.sparql.terms import term

        prefixes = {**PREFIXES, **self.compiled.prefixes}
        bound: Mapping[str, str] = {name: term(value, prefixes) for name, value in params.items()}
        return select(self.compiled.path, text, prefixes=prefixes, params=bound)

    def ask(
        self, question: str, /, *, lang: str = "sv", year: str = "", as_of: str = "", **params: str
    ) -> Answered:
        """Answer the saved question of that name, as ``relgraph ask`` does.

        ``params`` are values as a person writes them (``party="Dalian"``). ``Answered.answer`` holds the rows
        and the ids of the records that carry them, ``sentences`` what each of these says, with its citations,
        and ``table()`` is the answer in words, in ``lang``. Raises ``UsageError`` for an unknown question,
        parameter or value, ``DataError`` for a broken question.
        """
        from relgraph.answers import ask, question_named
        from relgraph.views.answer import Answered
        from relgraph.when import When

        found = question_named(self.project, question)
        when = When.of(year=year, as_of=as_of)
        answer = ask(self.lookup, found, params, lang, when=when, project=self.project)
        return Answered.of(answer, self.lookup, lang)

    def record(self, name: str) -> Record:
        """The record of that id, name, alias or acronym; ``UsageError`` if it is unknown or ambiguous."""
        return self.lookup.resolve(name)

    def to_rdflib(self) -> rdflib.Graph:
        """Asserted and derived triples as an ``rdflib.Graph``."""
        import rdflib

        from relgraph.views.export.rdf import turtle

        graph = rdflib.Graph()
        graph.parse(BytesIO(turtle(self.compiled)), format="turtle")
        return graph

    def network(
        self,
        *,
        modes: Collection[str] = AFFIRMED,
        hyper: bool = False,
        structure: bool = False,
        kinds: Collection[str] = (),
        certain_only: bool = False,
        when: When | None = None,
    ) -> nx.MultiDiGraph:
        """The network of entities and relationships; see :func:`relgraph.network.network`."""
        return network(
            self.lookup,
            modes=modes,
            hyper=hyper,
            structure=structure,
            kinds=kinds,
            certain_only=certain_only,
            when=when,
        )

    def paths(
        self,
        a: str,
        b: str,
        *,
        count: int = 3,
        avoid: Collection[str] = (),
        kinds: Collection[str] = (),
        certain_only: bool = False,
        year: str = "",
        as_of: str = "",
    ) -> list[Path]:
        """At most ``count`` best paths between two parties, as ``relgraph path`` finds them.

        Parties are named as a person names them; no path goes through those of ``avoid``. ``Path`` holds the
        cost, the ids of the nodes, and the ids of the edges of each step; see
        :func:`relgraph.analysis.paths.shortest`. Raises ``UsageError`` for an unknown or ambiguous name, and
        for an unknown kind.
        """
        from relgraph.analysis.paths import path_network, shortest
        from relgraph.when import When

        start, end, *others = (self.lookup.party(name) for name in (a, b, *avoid))
        when = When.of(year=year, as_of=as_of)
        graph = path_network(self.lookup, kinds=kinds, certain_only=certain_only, when=when)
        return shortest(graph, start, end, count, others)

    def projection(
        self, rows: str, columns: str, *, modes: Collection[str] = AFFIRMED, when: When | None = None
    ) -> nx.MultiGraph:
        """The bipartite network of two facets: units by networks and forums for ``("unit", "arena")``.

        Facets are the concepts of the list ``Facet`` (``unit``, ``arena``, ``partner``, ``theme`` …); see
        :func:`relgraph.network.projection` for nodes and edges. Parties by agreements are in
        :meth:`network` with ``hyper``, where an agreement is a node. Raises ``UsageError`` for no facet.
        """
        known = incidence(self.lookup)
        sides = [self._of_facet(known, name) for name in (rows, columns)]
        edges = self.network(modes=modes, when=when).edges(data=True)
        return projection(known, *sides, relationships={data["record"]: data for _, _, data in edges})

    def _of_facet(self, known: Incidence, name: str) -> list[str]:
        facets = self.project.vocabulary.concepts_of(RG + "Facet")
        names = {facet.removeprefix("facet").lower(): facet for facet in facets}
        if name.lower() not in names:
            raise UsageError(f"'{name}' is no facet", hint=f"they are {', '.join(sorted(names))}")
        return sorted(id_ for id_, facet in known.facets.items() if facet == names[name.lower()])


def open_graph(folder: str | File = ".") -> Graph:
    """Open the project that ``folder`` is, or lies in; compiles it first if its files have changed.

    Raises ``UsageError`` where there is no project, ``DataError`` where the graph has errors.
    """
    return Graph(find_project(File(folder)))
