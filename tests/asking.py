"""Saved questions as their tests ask them: of the fictional city and of Malmö, in two engines."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from running import HERE, ROOT, City, copy_city

import relgraph
from relgraph.answers import Answer, Cell, ask, bind
from relgraph.namespaces import PREFIXES, RG
from relgraph.questions import Parameter, Question, read_question
from relgraph.sparql.run import prepare

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib
    from rdflib.plugins.sparql.sparql import Query

Values = Mapping[str, str]
RowText = tuple[str, ...]
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))
NAMES = sorted(path.stem for path in (ROOT / "ontology" / "questions").glob("*.rq"))


def overlay_city(target: Path) -> City:
    """A copy of the fictional city with the records of ``tests/questions`` added."""
    city = copy_city(target)
    for path in (HERE / "questions" / "graph").glob("*.yaml"):
        shutil.copy(path, city.root / "graph" / path.name)
    return city


@cache
def read(text: str) -> Query:
    """A query as rdflib reads it, which takes it longer than many an answer."""
    from rdflib.plugins.sparql import prepareQuery

    return prepareQuery(text)


class Asked:
    """The questions of one project, put to either engine."""

    def __init__(self, root: Path, required: Mapping[str, Values]) -> None:
        self.graph = relgraph.open(root)
        self.lookup = self.graph.lookup
        self.base = self.graph.compiled.base
        self.required = required
        self.questions: dict[str, Question] = {}
        for name, file in self.graph.project.question_files().items():
            question, problems = read_question(file, self.graph.project.vocabulary)
            assert question is not None, problems
            self.questions[name] = question
        self._answers: dict[tuple[str, tuple[tuple[str, str], ...]], Answer] = {}

    def answer(self, name: str, **values: str) -> Answer:
        """The answer with these values, and those that the question requires if none is given for them."""
        whole = {**self.required.get(name, {}), **values}
        key = (name, tuple(sorted(whole.items())))
        if key not in self._answers:
            self._answers[key] = ask(self.lookup, self.questions[name], whole)
        return self._answers[key]

    def rows(self, name: str, **values: str) -> list[RowText]:
        """The rows as texts: ids, local names and literals, the records last."""
        answer = self.answer(name, **values)
        return [
            (*(shown(row.cells[column]) for column in answer.columns), " ".join(row.records))
            for row in answer.rows
        ]

    def values(self, name: str, param: Parameter) -> list[str]:
        """What may be asked for: the values of the parameter's type that occur in the whole answer."""
        vocabulary = self.graph.project.vocabulary
        found: dict[str, None] = {}
        for row in self.answer(name).rows:
            ids = [cell.value for cell in row.cells.values() if cell.kind == "record"]
            if param.family == "record":
                kind = vocabulary.kinds[param.type].iri
                records = self.lookup.records([*ids, *row.records])
                found.update({r.id: None for r in records if vocabulary.is_a(r.type, kind)})
            elif param.family == "concept":
                terms = {cell.value for cell in row.cells.values() if cell.kind == "term"}
                known = vocabulary.concepts_of(RG + param.type)
                found.update({local: None for local, term in known.items() if term.iri in terms})
        return list(found)

    def has_bounds(self, id_: str) -> bool:
        """Whether the store gives a record a time."""
        import pyoxigraph as ox

        node, bound = ox.NamedNode(self.base + id_), ox.NamedNode(RG + "earliestBegin")
        return any(self.memory.quads_for_pattern(node, bound, None))

    # -- the engines ---------------------------------------------------------------------------------------

    def text(self, name: str, values: Values) -> str:
        """The SPARQL that both engines get."""
        question = self.questions[name]
        whole = {**self.required.get(name, {}), **values}
        terms: dict[str, str] = {}
        for given in bind(self.lookup, question, whole, "sv"):
            terms |= given.terms
        return PROLOGUE + prepare(question.text, PREFIXES, terms, (), limits=False)[1].text

    def in_oxigraph(
        self, name: str, values: Values | None = None, store: ox.Store | None = None
    ) -> list[RowText]:
        """The rows from Oxigraph, sorted; of ``store`` if it is given."""
        import pyoxigraph as ox

        found = (store or self.memory).query(self.text(name, values or {}), use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return sorted(tuple("" if cell is None else str(cell) for cell in row) for row in found)

    def in_rdflib(
        self, name: str, values: Values | None = None, graph: rdflib.Graph | None = None
    ) -> list[RowText]:
        """The rows from rdflib, sorted, written as Oxigraph writes them; of ``graph`` if it is given."""
        import pyoxigraph as ox
        from rdflib import URIRef

        def node(term: object) -> str:
            if term is None:
                return ""
            if isinstance(term, URIRef):
                return str(ox.NamedNode(str(term)))
            datatype = getattr(term, "datatype", None)
            language = getattr(term, "language", None)
            plain = datatype is None or language
            return str(
                ox.Literal(str(term), language=language)
                if plain
                else ox.Literal(str(term), datatype=ox.NamedNode(str(datatype)))
            )

        found = (self.exported if graph is None else graph).query(read(self.text(name, values or {})))
        return sorted(tuple(node(cell) for cell in row) for row in found)  # type: ignore[union-attr]

    @cached_property
    def memory(self) -> ox.Store:
        """The store's quads in memory, which a test may change within :meth:`without` and :meth:`altered`."""
        import pyoxigraph as ox

        from relgraph.store.opening import open_store

        store = ox.Store()
        store.extend(open_store(self.graph.compiled.path))
        return store

    @cached_property
    def exported(self) -> rdflib.Graph:
        """The exported Turtle and the ontology."""
        import rdflib

        from relgraph.views.export.rdf import turtle

        graph = rdflib.Graph()
        graph.parse(BytesIO(turtle(self.graph.compiled)), format="turtle")
        for path in self.graph.project.ontology_files():
            graph.parse(path, format="turtle")
        return graph

    @cached_property
    def _ontology(self) -> tuple[ox.Store, rdflib.Graph]:
        """What is said of nothing in the graph, for either engine."""
        import pyoxigraph as ox
        import rdflib

        store, graph = ox.Store(), rdflib.Graph()
        store.extend(q for q in self.memory if not str(getattr(q.subject, "value", "")).startswith(self.base))
        for triple in self.exported:
            if not str(triple[0]).startswith(self.base):
                graph.add(triple)
        return store, graph

    @contextmanager
    def part(self, ids: Collection[str]) -> Iterator[tuple[ox.Store, rdflib.Graph]]:
        """For either engine the ontology and what is said of these records and of those that they name."""
        import pyoxigraph as ox
        import rdflib

        inner = {self.base + id_ for id_ in ids}
        kept, frontier = set(inner), sorted(inner)
        while frontier:
            iri = frontier.pop()
            for quad in self.memory.quads_for_pattern(ox.NamedNode(iri), None, None):
                named = getattr(quad.object, "value", "")
                below = "/" in named.removeprefix(self.base)  # a citation or an alias
                if named.startswith(self.base) and named not in kept and (below or iri in inner):
                    kept.add(named)
                    frontier.append(named)
        store, graph = self._ontology
        quads = [q for iri in kept for q in self.memory.quads_for_pattern(ox.NamedNode(iri), None, None)]
        triples = [t for iri in kept for t in self.exported.triples((rdflib.URIRef(iri), None, None))]
        store.extend(quads)
        for triple in triples:
            graph.add(triple)
        try:
            yield store, graph
        finally:
            for quad in quads:
                store.remove(quad)
            for triple in triples:
                graph.remove(triple)

    @contextmanager
    def without(self, id_: str) -> Iterator[ox.Store]:
        """The store in memory without a record, its citations, and what refers to it."""
        import pyoxigraph as ox

        iri = ox.NamedNode(self.base + id_)
        store = self.memory
        gone = [*store.quads_for_pattern(iri, None, None), *store.quads_for_pattern(None, None, iri)]
        for quad in gone:
            store.remove(quad)
        try:
            yield store
        finally:
            store.extend(gone)

    @contextmanager
    def altered(self, id_: str, key: str, value: ox.NamedNode | ox.Literal) -> Iterator[ox.Store]:
        """The store in memory with another value for a property of a record."""
        import pyoxigraph as ox

        prefix, _, local = key.partition(":")
        iri, predicate = ox.NamedNode(self.base + id_), ox.NamedNode(PREFIXES[prefix] + local)
        store = self.memory
        old = list(store.quads_for_pattern(iri, predicate, None))
        assert old, f"{id_} has no {key}"
        new = [ox.Quad(iri, predicate, value, quad.graph_name) for quad in old]
        for quad in old:
            store.remove(quad)
        store.extend(new)
        try:
            yield store
        finally:
            for quad in new:
                store.remove(quad)
            store.extend(old)


def shown(cell: Cell) -> str:
    """A cell as a golden file has it."""
    return cell.value.rpartition("#")[2].rpartition("/")[2] if cell.kind == "term" else cell.value
