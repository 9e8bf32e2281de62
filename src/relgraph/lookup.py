"""Store -> records: the way back from triples to what a view shows.

Every question asked here is plain SPARQL 1.1 over the union of the graphs. RDF keeps no order of values; here
they come sorted, the home city first, and beside it in that of the record files, which the store keeps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from sys import intern
from typing import TYPE_CHECKING

from relgraph.errors import UsageError
from relgraph.find import STEM, exactly, search
from relgraph.model import Alias, Citation, Record, Text, Value
from relgraph.namespaces import PREFIXES, RG, graph_iris
from relgraph.store.files import Compiled
from relgraph.store.names import TEXT, Entry, make_names, read_names
from relgraph.store.opening import open_store
from relgraph.store.orders import Orders
from relgraph.store.values import Values
from relgraph.vocabulary import UNDER, Kind, Vocabulary, local_name

if TYPE_CHECKING:
    import pyoxigraph as ox

RDF_TYPE = PREFIXES["rdf"] + "type"
DERIVED_FROM = PREFIXES["prov"] + "wasDerivedFrom"
BATCH = 500
#: how many near names an error offers
NEAR = 3
_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))


@dataclass(frozen=True, slots=True)
class Match:
    """A record that a name may mean; ``exact`` when the name is its id, label, alias or acronym."""

    id: str
    type: str
    name: str


@dataclass(slots=True)
class Lookup:
    """Reads records from a compiled store; one object serves one command."""

    compiled: Compiled
    vocabulary: Vocabulary
    _store: ox.Store | None = None
    _records: dict[str, Record | None] = field(default_factory=dict)
    _names: list[Entry] | None = None
    _kinds: dict[str, list[Kind]] = field(default_factory=dict)
    _orders: Orders = field(init=False)
    _values: Values = field(init=False)

    def __post_init__(self) -> None:
        self._orders = Orders(self.compiled.path, self.compiled.home)
        self._values = Values(self.compiled.base)

    def rows(self, query: str) -> Iterator[tuple[ox.NamedNode | ox.Literal | ox.BlankNode | None, ...]]:
        """The solutions of a SELECT over the union of all graphs, as tuples of terms (None: unbound)."""
        import pyoxigraph as ox

        solutions = self._opened().query(_PROLOGUE + query, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        return map(tuple, solutions)

    def _opened(self) -> ox.Store:
        if self._store is None:
            self._store = open_store(self.compiled.path)
        return self._store

    # -- records -----------------------------------------------------------------------------------------

    def record(self, id_: str) -> Record:
        """The record of that id; raises :class:`UsageError` if there is none."""
        self.fetch([id_])
        record = self._records.get(id_)
        if record is None:
            raise UsageError(f"there is no record '{id_}'")
        return record

    def get(self, id_: str) -> Record | None:
        """The record of that id, or None."""
        self.fetch([id_])
        return self._records.get(id_)

    def records(self, ids: Iterable[str]) -> list[Record]:
        """The records of those ids that exist, in the order asked for."""
        wanted = list(dict.fromkeys(ids))
        self.fetch(wanted)
        return [record for id_ in wanted if (record := self._records.get(id_)) is not None]

    def ids_of(self, class_iri: str) -> list[str]:
        """The ids of all records of a class, sorted."""
        return sorted(
            id_
            for (iri,) in self.rows(f"SELECT DISTINCT ?r {{ ?r a <{class_iri}> ; a rg:Record }}")
            if (id_ := self._id(iri))
        )

    def kinds_and_names(self, class_iri: str) -> dict[str, tuple[str, dict[str, str]]]:
        """Kind and names by language of all records of a class, by id, sorted: less than ``records`` reads.

        *Measured* at 10,000 relationships: with it the network takes 1.8 s instead of 3.8 s.
        """
        types: dict[str, set[str]] = defaultdict(set)
        for node, type_ in self.rows(f"SELECT ?r ?type {{ ?r a <{class_iri}> ; a ?type }}"):
            types[self._id(node)].add(intern(getattr(type_, "value", "")))  # few, each said very often
        names: dict[str, dict[str, str]] = defaultdict(dict)
        for node, name in self.rows(f"SELECT ?r ?name {{ ?r a <{class_iri}> ; rdfs:label ?name }}"):
            names[self._id(node)][getattr(name, "language", None) or ""] = getattr(name, "value", "")
        kind_of = {found: self._kind(set(found)) for found in {frozenset(each) for each in types.values()}}
        return {
            id_: (kind, names[id_])
            for id_, found in sorted(types.items())
            if id_ and (kind := kind_of[frozenset(found)])
        }

    def about(self, id_: str) -> list[str]:
        """The ids of the records that name the record ``id_`` in any key, and of what is said of those.

        What is said of an agreement (an assessment, a gap, a note on an assessment) is said of those whom it
        joins too, also of one that is only a possible reading. What is said of a part (a forum of a network,
        a unit of a city) is said of the whole, and not what is only reported under it. ``rg:conflictsWith``
        and ``rg:alternativeTo`` carry nothing.
        """
        direct = self._naming([id_])
        middles = [other for other, keys in direct.items() if self._joins(other, keys)]
        found = set(direct)
        assessments = []
        for other, keys in self._naming(middles).items():
            carried = keys - {RG + "conflictsWith", RG + "alternativeTo"}
            kind = self._kind_of(other)
            if carried and kind is not None and not kind.is_a(RG + "Entity"):
                found.add(other)
                if RG + "of" in keys and kind.is_a(RG + "Assessment"):
                    assessments.append(other)
        found.update(self._of_class(self._naming(assessments), "Annotation"))
        structure = {p.iri for p in self.vocabulary.properties.values() if p.group == RG + "groupStructure"}
        parts = [other for other, keys in direct.items() if keys & structure]
        of_parts = {other: keys for other, keys in self._naming(parts).items() if keys - {RG + UNDER}}
        found.update(self._of_class(of_parts, "Relationship"))
        return sorted(found - {id_})

    def joining(self, ids: list[str]) -> list[str]:
        """The ids of the relationships that name two or more of ``ids``, sorted."""
        counted = Counter(other for others in self.namers(ids).values() for other in others)
        several = [id_ for id_, count in counted.items() if count > 1]
        self.learn_kinds(several)
        return sorted(self._of_class(several, "Relationship"))

    def namers(self, ids: list[str]) -> dict[str, set[str]]:
        """The ids of the records that name each of ``ids``."""
        found: dict[str, set[str]] = defaultdict(set)
        asserted = graph_iris(self.compiled.base)["asserted"]
        for start in range(0, len(ids), BATCH):
            nodes = " ".join(f"<{self.compiled.base}{id_}>" for id_ in ids[start : start + BATCH])
            query = f"SELECT ?o ?r {{ VALUES ?o {{ {nodes} }} GRAPH <{asserted}> {{ ?r ?p ?o }} }}"
            for named, node in self.rows(query):
                if other := self._id(node):
                    found[self._id(named)].add(other)
        return found

    def naming(self, id_: str) -> list[str]:
        """The ids of the records other than entities that name a record, sorted."""
        found = self._naming([id_])
        return sorted(found.keys() - set(self._of_class(found, "Entity")))

    def _naming(self, ids: list[str]) -> dict[str, set[str]]:
        """The records that name any of ``ids``, each with the properties by which it does.

        Joined here and not in SPARQL: *measured* at 10,000 relationships, one query for all of :meth:`about`
        did not end within 5 minutes.
        """
        found: dict[str, set[str]] = defaultdict(set)
        asserted = graph_iris(self.compiled.base)["asserted"]
        for start in range(0, len(ids), BATCH):
            nodes = " ".join(f"<{self.compiled.base}{id_}>" for id_ in ids[start : start + BATCH])
            query = f"SELECT ?r ?p {{ VALUES ?o {{ {nodes} }} GRAPH <{asserted}> {{ ?r ?p ?o }} }}"
            for node, predicate in self.rows(query):
                if other := self._id(node):
                    found[other].add(getattr(predicate, "value", ""))
        self.learn_kinds(found)
        return {other: keys for other, keys in found.items() if self._kinds.get(other)}

    def learn_kinds(self, ids: Iterable[str]) -> None:
        """Read of what kind records are, and as what kind an unsettled one reads."""
        wanted = [id_ for id_ in ids if id_ not in self._kinds]
        asserted = graph_iris(self.compiled.base)["asserted"]
        for start in range(0, len(wanted), BATCH):
            nodes = " ".join(f"<{self.compiled.base}{id_}>" for id_ in wanted[start : start + BATCH])
            types: dict[str, set[str]] = defaultdict(set)
            for predicate in ("rdf:type", "rg:readsAs"):  # one query for both takes 70 times as long
                pattern = f"GRAPH <{asserted}> {{ ?r {predicate} ?type }}"
                query = f"SELECT ?r ?type {{ VALUES ?r {{ {nodes} }} {pattern} }}"
                for node, type_ in self.rows(query):
                    types[self._id(node)].add(getattr(type_, "value", ""))
            for id_ in wanted[start : start + BATCH]:
                kinds = [
                    self.vocabulary.terms[iri] for iri in sorted(types[id_]) if iri in self.vocabulary.terms
                ]
                self._kinds[id_] = [kind for kind in kinds if isinstance(kind, Kind)]

    def _kind_of(self, id_: str) -> Kind | None:
        """The most special kind of a record whose kinds have been learnt."""
        name = self._kind({kind.iri for kind in self._kinds.get(id_, [])})
        return self.vocabulary.kinds.get(name)

    def _joins(self, id_: str, keys: set[str]) -> bool:
        """Whether a record joins by its edge what it names by ``keys`` (IRIs of properties)."""
        iris = {
            self.vocabulary.properties[role].iri
            for kind in self._kinds.get(id_, [])
            for role in (kind.edge_from, kind.edge_to, kind.edge_between)
            if role in self.vocabulary.properties
        }
        return bool(iris & keys)

    def _of_class(self, ids: Iterable[str], name: str) -> list[str]:
        return [id_ for id_ in ids if any(kind.is_a(RG + name) for kind in self._kinds.get(id_, []))]

    def forget(self, beyond: int) -> None:
        """Let go of the records at hand if they are more than ``beyond``; what is asked for is read again."""
        if len(self._records) > beyond:
            self._records.clear()
            self._values.forget()

    def fetch(self, ids: Iterable[str]) -> None:
        """Read records that are not yet at hand, many in one query."""
        wanted = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._records]
        for start in range(0, len(wanted), BATCH):
            self._fetch(wanted[start : start + BATCH])

    def _fetch(self, ids: list[str]) -> None:
        nodes = " ".join(f"<{self.compiled.base}{id_}>" for id_ in ids)
        key_of = {prop.iri: key for key, prop in self.vocabulary.properties.items()}
        types: dict[str, set[str]] = defaultdict(set)
        values: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        for s, p, o in self._triples(nodes):
            id_, predicate = self._id(s), getattr(p, "value", "")
            if predicate == RDF_TYPE:
                types[id_].add(getattr(o, "value", ""))
            elif predicate in key_of and predicate != DERIVED_FROM and o is not None:
                values[id_][key_of[predicate]].append(self._values.of(o))
        citations = self._citations(nodes)
        aliases = self._aliases(nodes)
        for id_ in ids:
            name = self._kind(types[id_]) if id_ in types else ""
            if not name:
                self._records[id_] = None
                continue
            usual: dict[str, tuple[Value, ...]] = {}
            written: dict[str, tuple[Value, ...]] = {}
            for key, found in sorted(values[id_].items()):
                prop = self.vocabulary.properties[key]
                usual[key] = self._orders.usual(found, home_first=not prop.group)
                if order := self._orders.written(id_, prop.iri, usual[key]):
                    written[key] = order
            cited = tuple(citations.get(self.compiled.base + id_, ()))
            known = tuple(aliases.get(id_, ()))
            self._records[id_] = Record(id_, name, usual, cited, known, written=written)

    def _triples(self, nodes: str) -> Iterator[tuple[object, ...]]:
        """What is asserted of nodes, and the symmetric keys, which are written on one side and hold on both.

        The shortcuts are left where they are: a party of many relationships has as many of them.
        """
        asserted, derived = (graph_iris(self.compiled.base)[name] for name in ("asserted", "derived"))
        yield from self.rows(
            f"SELECT ?s ?p ?o {{ VALUES ?s {{ {nodes} }} GRAPH <{asserted}> {{ ?s ?p ?o }} }}"
        )
        keys = {rule.key for kind in self.vocabulary.kinds.values() for rule in kind.rules.values()}
        for key in sorted(keys):
            prop = self.vocabulary.properties[key]
            if prop.symmetric:  # one query for several takes ten times as long as one for each
                pattern = f"GRAPH <{derived}> {{ ?s <{prop.iri}> ?o }}"
                yield from self.rows(
                    f"SELECT ?s (<{prop.iri}> AS ?p) ?o {{ VALUES ?s {{ {nodes} }} {pattern} }}"
                )

    def _kind(self, types: set[str]) -> str:
        """The most special of a record's classes."""
        kinds = [kind for kind in self.vocabulary.kinds.values() if kind.iri in types]
        above = {iri for kind in kinds for iri in kind.parents}
        return next((kind.name for kind in kinds if kind.iri not in above and kind.is_a(RG + "Record")), "")

    def _citations(self, nodes: str) -> dict[str, list[Citation]]:
        """The citations of nodes (IRIs in angle brackets), by IRI.

        Read in three steps: *measured* at 100,000 relationships, one query with OPTIONAL parts takes 2.8 s
        for 500 nodes; with this a whole page of 50 statements takes 0.3 s.
        """
        rows = self.rows(f"SELECT ?s ?c {{ VALUES ?s {{ {nodes} }} ?s prov:wasDerivedFrom ?c }}")
        cited = {(getattr(s, "value", ""), getattr(c, "value", "")) for s, c in rows}
        known = self.citations({node for _, node in cited})
        found: dict[tuple[str, Citation], set[str]] = defaultdict(set)
        for owner, node in cited:
            if node in known:
                found[owner, replace(known[node], supports=())].update(known[node].supports)
        citations: dict[str, list[Citation]] = defaultdict(list)
        for (owner, place), keys in found.items():
            citations[owner].append(replace(place, supports=tuple(sorted(keys))))
        for each in citations.values():
            each.sort(key=lambda c: (c.document, c.start, c.end, c.locator, c.certainty))
        return citations

    def citations(self, iris: set[str]) -> dict[str, Citation]:
        """The citations of those IRIs, by IRI; what is no citation is left out."""
        known = self._properties(iris)
        selectors = {iri for said in known.values() for iri in said[PREFIXES["oa"] + "hasSelector"]}
        places = self._properties(selectors)
        key_of = {prop.iri: key for key, prop in self.vocabulary.properties.items()}
        found: dict[str, Citation] = {}
        for iri in sorted(iris):
            said = known[iri]
            document, certainty = said[PREFIXES["oa"] + "hasSource"], said[RG + "certainty"]
            if not document or not certainty:
                continue
            section, locator = (next(iter(said[RG + name]), "") for name in ("section", "locator"))
            at = places[next(iter(said[PREFIXES["oa"] + "hasSelector"]), "")]
            start, end = (int(next(iter(at[PREFIXES["oa"] + name]), "0")) for name in ("start", "end"))
            keys = sorted(key_of.get(key, local_name(key)) for key in said[RG + "supports"])
            document_id, doubt = intern(self._local(document[0])), intern(local_name(certainty[0]))
            found[iri] = Citation(document_id, intern(section), start, end, locator, tuple(keys), doubt)
        return found

    def _properties(self, iris: set[str]) -> dict[str, dict[str, list[str]]]:
        """The values of all properties of nodes, by IRI and property."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        wanted = sorted(iris)
        for start in range(0, len(wanted), BATCH):
            nodes = " ".join(f"<{iri}>" for iri in wanted[start : start + BATCH])
            for s, p, o in self.rows(f"SELECT DISTINCT ?s ?p ?o {{ VALUES ?s {{ {nodes} }} ?s ?p ?o }}"):
                values = found[getattr(s, "value", "")][getattr(p, "value", "")]
                values.append(getattr(o, "value", ""))
        return found

    def _aliases(self, nodes: str) -> dict[str, list[Alias]]:
        query = f"""SELECT ?s ?node ?form ?status {{ VALUES ?s {{ {nodes} }}
          ?s skosxl:altLabel|skosxl:hiddenLabel ?node .
          ?node skosxl:literalForm ?form ; rg:aliasStatus ?status }}"""
        rows = [tuple(row) for row in self.rows(query)]
        if not rows:
            return {}
        labels = " ".join(sorted({f"<{getattr(row[1], 'value', '')}>" for row in rows}))
        citations = self._citations(labels)
        found: dict[str, list[Alias]] = defaultdict(list)
        for s, node, form, status in rows:
            text = Text(getattr(form, "value", ""), getattr(form, "language", None) or "")
            cited = tuple(citations.get(getattr(node, "value", ""), ()))
            found[self._id(s)].append(Alias(text, local_name(getattr(status, "value", "")), cited))
        for each in found.values():
            each.sort(key=lambda alias: (alias.name.value, alias.name.lang))
        return found

    def _id(self, node: object) -> str:
        """The record id of a node; empty for a node that is no record of this graph."""
        iri = str(getattr(node, "value", ""))
        local = self._local(iri)
        return local if iri.startswith(self.compiled.base) and "/" not in local else ""

    def _local(self, iri: str) -> str:
        return iri.removeprefix(self.compiled.base)

    def description(self, what: str = "title") -> dict[str, str]:
        """The graph's ``title`` or ``description`` by language."""
        predicate = {"title": "rdfs:label", "description": "dcterms:description"}[what]
        rows = self.rows(f"SELECT ?text {{ <{self.compiled.base}> {predicate} ?text }}")
        return {getattr(t, "language", None) or "": getattr(t, "value", "") for (t,) in rows}

    # -- names -------------------------------------------------------------------------------------------

    def resolve(self, name: str, lang: str = "en") -> Record:
        """The one record that ``name`` means: an id, or a label, alias or acronym in any language.

        Case, accents and punctuation do not count. Raises :class:`UsageError` for an unknown name (with the
        nearest known ones) and for an ambiguous one (with the candidates).
        """
        name = self._bare(name)
        hits = self.called(name)
        if len(hits) == 1:
            return hits[0]
        if hits:
            listed = "; ".join(f"{r.id} ({r.text('name', lang)}, {self._kind_label(r, lang)})" for r in hits)
            raise UsageError(f"'{name}' may mean several records: {listed}", hint="use the id")
        near = search(self.index(), name, self.order())
        near = [hit for hit in near if hit.score >= STEM or near[0].score < STEM][:NEAR]
        hint = f"did you mean {', '.join(repr(hit.label) for hit in near)}?" if near else None
        raise UsageError(f"nothing in the graph is called '{name}'", hint=hint)

    def party(self, name: str, lang: str = "en") -> str:
        """The id of the entity that ``name`` means; raises :class:`UsageError` as :meth:`resolve` does.

        Where a name means an entity and what is said of it (an agreement named after its parties), the
        entity is meant; a name of no entity at all is an error too.
        """
        name = self._bare(name)
        hits = self.called(name)
        entities = [hit for hit in hits if self.vocabulary.is_a(hit.type, RG + "Entity")]
        if len(entities) == 1:
            return entities[0].id
        record = hits[0] if len(hits) == 1 else self.resolve(name, lang)
        label = self._kind_label(record, "en")
        raise UsageError(f"'{name}' is no party of the network ({label})", hint="name a party, a topic, …")

    def called(self, name: str) -> list[Record]:
        """The record of that id, else all that are called so (case, accents and inflection do not count)."""
        name = self._bare(name)
        direct = self.get(name) if _may_be_id(name) else None
        return [direct] if direct is not None else self.records(exactly(self.index(), name))

    def _bare(self, name: str) -> str:
        """A name without the signs of an IRI."""
        return name.strip().strip("<>").removeprefix(self.compiled.base).removeprefix(":")

    def names(self) -> list[tuple[str, str]]:
        """All (label, id) pairs: labels, aliases and acronyms in all languages."""
        return sorted({(entry.label, entry.id) for entry in self.index() if entry.sort != TEXT})

    def index(self) -> list[Entry]:
        """All names and texts of the records, from the file beside the store."""
        if self._names is None:
            known = read_names(self.compiled.path)
            self._names = known if known is not None else make_names(self._opened(), self.compiled.base)
        return self._names

    def order(self) -> dict[str, int]:
        """The place of each kind in the ontology's order, by local name."""
        return {name: kind.style.order for name, kind in self.vocabulary.kinds.items()}

    def _kind_label(self, record: Record, lang: str) -> str:
        return self.vocabulary.label(self.vocabulary.kinds[record.type].iri, lang)


def _may_be_id(text: str) -> bool:
    return bool(text) and all(sign in "abcdefghijklmnopqrstuvwxyz0123456789-" for sign in text)


def labels_of(record: Record, languages: Iterable[str]) -> Mapping[str, str]:
    """A record's name in each of the languages (falling back as :meth:`Record.text` does)."""
    return {lang: record.text("name", lang) for lang in languages}
