"""How well the data bear: certainty, missing time, entities mentioned once, identifiers, notes, conflicts."""

from __future__ import annotations

from collections import Counter, defaultdict

from relgraph.analysis.catalogue import catalogue
from relgraph.analysis.concerns import Concerns, refs
from relgraph.analysis.evidence import Evidence, undated
from relgraph.analysis.model import Found, Result, Row, Statement, Word
from relgraph.model import Ref, Term
from relgraph.namespaces import RG

CERTAINTIES = ("stated", "implied", "ambiguous")


def run(evidence: Evidence) -> Result:
    """Seven tables: ``certainty`` (statements by group), ``undated``, ``once`` (entities named in one
    relationship), ``never`` (in none), ``identified`` (confirmed identifiers by kind), ``conflicts`` and
    ``notes`` (on the document).

    Statements are relationships of every mode, also what did not come about, with assessments and counts.
    """
    concerns = Concerns(evidence)
    settings = catalogue()["quality"].settings
    statements = _statements(evidence)
    tables = (
        Found("certainty", _certainty(evidence, statements)),
        Found("conflicts", _conflicts(evidence, statements)),
        Found("undated", _undated(evidence, statements)),
        Found("once", _once(concerns, statements)),
        Found("never", _never(concerns)),
        Found("identified", _identified(concerns, settings["identified"])),
        Found("notes", _notes(evidence)),
    )
    return Result(tables, evidence.basis(statements, ()))


def _statements(evidence: Evidence) -> dict[str, str]:
    """Every relationship within the limits, whatever its mode: id -> kind."""
    kinds = evidence.lookup.kinds_and_names(RG + "Relationship")
    limited = evidence.when is not None or evidence.kinds or evidence.certain_only
    within = {data["record"] for *_, data in evidence.whole.edges(data=True)} if limited else set(kinds)
    if limited and not evidence.kinds:
        others = evidence.lookup.records(kinds.keys() - evidence.all_edges.keys())
        within |= {record.id for record in others if evidence.keeps(record)}
    return {id_: name for id_, (name, _) in kinds.items() if id_ in within}


def _certainty(evidence: Evidence, statements: dict[str, str]) -> tuple[Row, ...]:
    kinds = evidence.lookup.vocabulary.kinds
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    ids: dict[str, list[str]] = defaultdict(list)
    for id_, name in statements.items():
        counts[kinds[name].group][evidence.statements[id_]["certainty"]] += 1
        ids[kinds[name].group].append(id_)
    concepts = evidence.lookup.vocabulary.concepts
    groups = sorted(counts, key=lambda group: (concepts[group].order if group in concepts else 0, group))
    return tuple(
        Row(
            (Term(group), *(counts[group][certainty] for certainty in CERTAINTIES), counts[group].total()),
            tuple(ids[group]),
        )
        for group in groups
    )


def _conflicts(evidence: Evidence, statements: dict[str, str]) -> tuple[Row, ...]:
    pairs = set()
    for record in evidence.lookup.records(statements):
        for key, word in (("conflictsWith", "contradicts"), ("alternativeTo", "other-reading")):
            pairs |= {(word, *sorted((record.id, other))) for other in record.refs(key)}
    return tuple(
        Row((Statement(one), Word(word), Statement(other)), (one, other))
        for word, one, other in sorted(pairs)
    )


def _undated(evidence: Evidence, statements: dict[str, str]) -> tuple[Row, ...]:
    kinds = evidence.lookup.vocabulary.kinds
    rows = [
        Row((Ref(id_), Term(kinds[name].iri)), (id_,))
        for id_, name in statements.items()
        if undated(evidence.statements[id_])
    ]
    return tuple(sorted(rows, key=lambda row: (str(row.cells[1]), row.records)))


def _once(concerns: Concerns, statements: dict[str, str]) -> tuple[Row, ...]:
    known = concerns.evidence.incidence
    rows = []
    for entity in known.facets:
        ids = [id_ for id_ in known.of_party.get(entity, ()) if id_ in statements]
        if len(ids) == 1:
            rows.append(Row((Ref(entity), concerns.kind_of(entity), Statement(ids[0])), tuple(ids)))
    return tuple(sorted(rows, key=lambda row: (str(row.cells[1]), str(row.cells[0]))))


def _never(concerns: Concerns) -> tuple[Row, ...]:
    known = concerns.evidence.incidence
    alone = [entity for entity in known.facets if not known.of_party.get(entity)]
    rows = [
        Row((Ref(entity), concerns.kind_of(entity), refs(known.tied.get(entity, ())) or None))
        for entity in alone
    ]
    return tuple(sorted(rows, key=lambda row: (str(row.cells[1]), str(row.cells[0]))))


def _identified(concerns: Concerns, facets: tuple[str, ...]) -> tuple[Row, ...]:
    lookup = concerns.evidence.lookup
    query = "SELECT DISTINCT ?e { ?e a rg:Entity ; skos:exactMatch|owl:sameAs ?outside }"
    base = lookup.compiled.base
    known = {str(getattr(e, "value", "")).removeprefix(base) for (e,) in lookup.rows(query)}
    entities: dict[str, list[str]] = defaultdict(list)
    wanted = concerns.of_facet(*facets) - concerns.unnamed
    lookup.fetch(wanted)
    for entity in sorted(wanted):
        entities[concerns.kind_of(entity).iri].append(entity)
    rows = []
    for iri, ids in entities.items():
        missing = [id_ for id_ in ids if id_ not in known]
        rows.append(Row((Term(iri), len(ids), len(ids) - len(missing), refs(missing) or None)))
    vocabulary = lookup.vocabulary
    order = {kind.iri: (kind.style.order, kind.name) for kind in vocabulary.kinds.values()}
    return tuple(
        sorted(rows, key=lambda row: order[row.cells[0].iri] if isinstance(row.cells[0], Term) else ())
    )


def _notes(evidence: Evidence) -> tuple[Row, ...]:
    lookup = evidence.lookup
    rows = []
    for record in lookup.records(lookup.ids_of(RG + "SourceNote")):
        sections = ", ".join(dict.fromkeys(c.section for c in record.sources if c.section))
        cells = (
            refs(record.refs("about")) or None,
            sections,
            Statement(record.id),
            refs(record.refs("regarding")),
        )
        first = min((c.start for c in record.sources), default=0)
        rows.append((str(cells[0]), first, record.id, Row(cells)))
    return tuple(row for *_, row in sorted(rows, key=lambda each: each[:3]))
