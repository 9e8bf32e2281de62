"""Rules that hold across records: plain functions in a tuple, each with its stable codes.

A check takes a :class:`Context` and yields problems; it never raises and never prints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from relgraph import time
from relgraph.bounds import bounds_of
from relgraph.loading import Dataset, lacking_of, suggestion
from relgraph.loading.publishing import begun
from relgraph.model import Citation, Problem, Record, Term, Text, folded
from relgraph.namespaces import RG
from relgraph.sources.lock import Lock, check_citation, check_document
from relgraph.sources.segments import check_sections
from relgraph.sources.verify import check_not_factual
from relgraph.vocabulary import TIME_KEYS, Kind, Vocabulary


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at."""

    dataset: Dataset
    vocabulary: Vocabulary
    lock: Lock
    records: Mapping[str, Record]
    own_ontology: frozenset[str] = frozenset()
    """The names of the ontology files that are the project's own, not those that come with relgraph."""

    def kind(self, record: Record) -> Kind:
        """The kind of a record (loading admits no other)."""
        return self.vocabulary.kinds[record.type]


Check = Callable[[Context], Iterable[Problem]]


def time_in_order(context: Context) -> Iterator[Problem]:
    """RG112: what lasts cannot end before it begins."""
    for record in context.dataset.records:
        try:
            bounds_of(record, context.vocabulary.speaking_kind(record))
        except time.EdtfError as error:
            given = [k for k in ("to", "from", "during", "date", "observedIn") if k in record.values]
            hint = f"look in the source, and correct {' or '.join(given)}"
            yield Problem("RG112", f"'{record.id}': {error}", record.at([*given, "id"][0]), hint=hint)


def citations_hold(context: Context) -> Iterator[Problem]:
    """RG201 unknown document; RG202–RG205 a range that is outside it, unlocked, or in no one segment."""
    for record in context.dataset.records:
        for citation in all_citations(record):
            document = context.dataset.documents.get(citation.document)
            if document is None:
                yield Problem(
                    "RG201",
                    f"'{citation.document}' is not a known document",
                    citation.position,
                    hint=suggestion(citation.document, context.dataset.documents)
                    or f"known are {', '.join(sorted(context.dataset.documents)) or 'none yet'}",
                )
            elif document.characters is None:
                if not citation.locator or citation.end:
                    yield Problem(
                        "RG201",
                        f"'{document.id}' is cited by a locator, not by a range",
                        citation.position,
                        hint="write {document: …, locator: …}",
                    )
            elif citation.locator:
                yield Problem(
                    "RG201",
                    f"'{document.id}' is cited by a range, not by a locator",
                    citation.position,
                    hint='write {document: …, section: "6", range: [9389, 9444]}',
                )
            else:
                fault = check_citation(context.lock, citation, document.characters)
                if fault is not None:
                    yield fault


def documents_are_as_locked(context: Context) -> Iterator[Problem]:
    """RG206 sections that do not fit; RG208 another document than the lock's; RG213 ``notFactual``."""
    for document in context.dataset.documents.values():
        if document.characters is None:
            continue
        yield from check_sections(document.sections, document.characters)
        if context.lock.document(document.id) is None:
            continue  # each citation says so
        fault = check_document(
            context.lock, document.id, document.sha256, document.characters, document.position
        )
        if fault is not None:
            yield fault
            continue  # the places are those of another text
        for entry in document.not_factual:
            fault = check_not_factual(context.lock, document.id, entry)
            if fault is not None:
                yield fault


def all_citations(record: Record) -> Iterator[Citation]:
    """A record's own citations and those of its aliases."""
    yield from record.sources
    for alias in record.aliases:
        yield from alias.sources


def ambiguity_is_unsettled(context: Context) -> Iterator[Problem]:
    """RG301: a relationship that is ambiguous, or whose conflict is with another one, is never of its kind.

    An assessment is what a source says of a relationship; two of them may conflict as they stand.
    """
    for record in context.dataset.records:
        kind = context.kind(record)
        if kind.is_a(RG + "UnsettledRelationship") or not kind.is_a(RG + "Relationship"):
            continue
        if kind.is_a(RG + "Assessment"):
            continue
        others = [context.records.get(id_) for id_ in record.refs("conflictsWith")]
        conflicting = any(
            other is not None and not context.kind(other).is_a(RG + "Assessment") for other in others
        )
        ambiguous = any(getattr(v, "iri", "") == RG + "ambiguous" for v in record.values.get("certainty", ()))
        key = "certainty" if ambiguous else "conflictsWith" if conflicting else ""
        if not key and record.values.get("alternativeTo"):
            key = "alternativeTo"
        if key:
            yield Problem(
                "RG301",
                f"'{record.id}' is unsettled ('{key}') and must not be typed {record.type}",
                record.at(key),
                hint=f"write type: UnsettledRelationship and readsAs: {record.type}",
            )


def names_are_told_apart(context: Context) -> Iterator[Problem]:
    """RG305 (warning): two entities of one kind bear the same name or alias."""
    seen: dict[tuple[str, str], Record] = {}
    for record in context.dataset.records:
        kind = context.kind(record)
        if not kind.is_a(RG + "Entity"):
            continue
        names = [v.value for v in record.values.get("name", ()) if isinstance(v, Text)]
        names += [alias.name.value for alias in record.aliases]
        for name in sorted({folded(name) for name in names}):
            first = seen.setdefault((kind.name, name), record)
            if first is not record:
                yield Problem(
                    "RG305",
                    f"'{record.id}' bears a name of '{first.id}'",
                    record.at("name"),
                    "warning",
                    hint="one record with an alias, if they are one",
                )
                break


def names_in_all_languages(context: Context) -> Iterator[Problem]:
    """RG306 (warning): a name is missing in one of the graph's languages."""
    for record in context.dataset.records:
        texts = [v for v in record.values.get("name", ()) if isinstance(v, Text)]
        if not texts:
            continue
        missing = [lang for lang in context.dataset.info.languages if lang not in {t.lang for t in texts}]
        if missing:
            message = f"'{record.id}' has no name in {', '.join(missing)}"
            hint = f"write name: {{{missing[0]}: …}} too, even if it is the same"
            yield Problem("RG306", message, record.at("name"), "warning", hint=hint)


def wholes_are_no_parts_of_themselves(context: Context) -> Iterator[Problem]:
    """RG307: a record is, by way of others, a part of itself."""
    for key in sorted(key for key, prop in context.vocabulary.properties.items() if prop.acyclic):
        above = {r.id: r.refs(key) for r in context.dataset.records if r.refs(key)}
        reported: set[str] = set()
        for start, parents in above.items():
            path, level = {start}, list(parents)
            while level:
                upper = level.pop()
                if upper == start and start not in reported:
                    reported.add(start)
                    yield Problem(
                        "RG307",
                        f"'{start}' is, by way of '{key}', a part of itself",
                        context.records[start].at(key),
                        hint="take the one away that points the wrong way",
                    )
                    break
                if upper not in path:
                    path.add(upper)
                    level += above.get(upper, ())


def relationships_have_a_time(context: Context) -> Iterator[Problem]:
    """RG302 (warning): a relationship without any time, of which no gap says that the source gives none."""
    explained = {
        id_
        for record in context.dataset.records
        if context.kind(record).is_a(RG + "Gap")
        for id_ in record.refs("about")
    }
    for record in context.dataset.records:
        if (
            context.kind(record).is_a(RG + "Relationship")
            and record.id not in explained
            and not any(key in record.positions for key in TIME_KEYS)
        ):
            yield Problem(
                "RG302",
                f"'{record.id}' has no time",
                record.at("type"),
                "warning",
                hint=f"write one of {', '.join(TIME_KEYS)}, or a Gap about it if the source gives none",
            )


def concepts_are_used(context: Context) -> Iterator[Problem]:
    """RG303 (warning): a concept of the project's own ontology that no record uses and no note explains."""
    if not context.own_ontology:
        return
    used = {f"{RG}{c.certainty}" for r in context.dataset.records for c in all_citations(r)}
    used |= {f"{RG}{alias.status}" for r in context.dataset.records for alias in r.aliases}
    for record in context.dataset.records:
        used |= {v.iri for values in record.values.values() for v in values if isinstance(v, Term)}
    for concept in context.vocabulary.concepts.values():
        if concept.iri in used or concept.reserved:
            continue
        place = context.vocabulary.place(concept.iri)
        if place.file in context.own_ontology:
            yield Problem(
                "RG303",
                f"no record uses the concept '{concept.name}'",
                place,
                "warning",
                hint="remove it, or say why it is there in rg:unusedBecause",
            )


def conflicts_are_marked(context: Context) -> Iterator[Problem]:
    """RG304 (warning): two records that cannot both hold, and neither names the other in conflictsWith.

    They are a relationship and one that its class ``rg:denies``, between the same parties with a time in
    common; or two assessments of one thing in one period that differ in a value of the vocabulary.
    """
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in context.dataset.records:
        for iri in (context.kind(record).iri, *context.kind(record).parents):
            by_kind[iri].append(record)
    for record in context.dataset.records:
        kind = context.kind(record)
        for iri in kind.denies:
            for other in by_kind[iri]:
                if _one_edge(record, kind, other, context.kind(other)):
                    yield from _unmarked(context, record, other)
    assessed: dict[tuple[str, tuple[str, ...]], list[Record]] = defaultdict(list)
    for record in by_kind[RG + "Assessment"]:
        if record.refs("of"):
            assessed[record.type, (*record.refs("of"), "|", *record.refs("by"))].append(record)
    for group in assessed.values():
        for number, record in enumerate(group):
            for other in group[:number]:
                if _differ(record, other):
                    yield from _unmarked(context, record, other)


def _one_edge(one: Record, kind: Kind, other: Record, other_kind: Kind) -> bool:
    """Whether two relationships are drawn between the same parties, for one pair of them at least."""
    if not (kind.edge_from and other_kind.edge_from):
        return bool(set(one.refs(kind.edge_between)) <= set(other.refs(other_kind.edge_between)))
    return bool(
        set(one.refs(kind.edge_from)) & set(other.refs(other_kind.edge_from))
        and set(one.refs(kind.edge_to)) & set(other.refs(other_kind.edge_to))
    )


def _differ(one: Record, other: Record) -> bool:
    """Whether two assessments give one key different terms of the vocabulary."""
    terms = [
        {k: v for k, v in r.values.items() if k != "certainty" and v and isinstance(v[0], Term)}
        for r in (one, other)
    ]
    return any(terms[0][key] != terms[1][key] for key in terms[0].keys() & terms[1].keys())


def _unmarked(context: Context, one: Record, other: Record) -> Iterator[Problem]:
    if one.id in other.refs("conflictsWith") or other.id in one.refs("conflictsWith"):
        return
    try:
        a, b = (bounds_of(each, context.vocabulary.speaking_kind(each)) for each in (one, other))
    except time.EdtfError:
        return  # told of elsewhere
    if a.earliest_begin <= b.latest_end and b.earliest_begin <= a.latest_end:
        yield Problem(
            "RG304",
            f"'{one.id}' and '{other.id}' cannot both hold",
            one.at("type"),
            "warning",
            hint=f"write conflictsWith: {other.id}, if the sources contradict each other",
        )


def publishing_is_complete(context: Context) -> Iterator[Problem]:
    """RG118: a description for publishing that was begun lacks what the profile requires."""
    info = context.dataset.info
    if begun(info.positions) and info.position is not None:
        agents = {r.id for r in context.dataset.records if context.vocabulary.is_a(r.type, RG + "Agent")}
        yield from lacking_of(info, agents)


CHECKS: tuple[Check, ...] = (
    time_in_order,
    citations_hold,
    documents_are_as_locked,
    ambiguity_is_unsettled,
    names_are_told_apart,
    names_in_all_languages,
    wholes_are_no_parts_of_themselves,
    relationships_have_a_time,
    concepts_are_used,
    conflicts_are_marked,
    publishing_is_complete,
)


def check(
    dataset: Dataset, vocabulary: Vocabulary, lock: Lock, own_ontology: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """All problems of a dataset, those of loading included, sorted by place.

    ``own_ontology`` names the ontology files that are the project's own.
    """
    context = Context(dataset, vocabulary, lock, dataset.by_id(), frozenset(own_ontology))
    found: list[Problem] = list(dataset.problems)
    for each in CHECKS:
        found += each(context)
    unique: dict[tuple[str, int, int, str, str], Problem] = {p.sort_key: p for p in found}
    return tuple(unique[key] for key in sorted(unique))


def by_severity(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Problems apart: ``error`` and ``warning``."""
    apart: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        apart[problem.severity].append(problem)
    return apart
