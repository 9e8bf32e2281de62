"""What the panels of the map tell beside the relationships: what is missing, what follows, who sits where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from relgraph.analysis.concerns import Concerns
from relgraph.analysis.coverage import pairs
from relgraph.analysis.evidence import Evidence
from relgraph.answers import Answer, ask, question_named
from relgraph.lookup import Lookup
from relgraph.model import Record, Term
from relgraph.namespaces import RG
from relgraph.project import Project
from relgraph.questions import Question
from relgraph.views.map.data import (
    LANGUAGES,
    Bilingual,
    Derived,
    Line,
    Matrix,
    MatrixCell,
    Sentence,
)
from relgraph.views.map.drawn_as import line_of
from relgraph.vocabulary import Concept, pick

#: the facets of a matrix: those of the house, and where they sit
ROWS, COLUMNS = "facetUnit", "facetArena"
#: the saved question that tells what is usual
USUAL = "usual-but-missing"


@dataclass(frozen=True, slots=True)
class Texts:
    """What a project says outside its store: the question of what is usual, the titles of the rules."""

    usual: Question | None = None
    rules: Mapping[str, Bilingual] = field(default_factory=dict)


def texts_of(project: Project) -> Texts:
    """The question and the rules' titles of a project; raises DataError where the question is broken."""
    import yaml

    titles: dict[str, Bilingual] = {}
    for path in project.rule_files():
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        if first.startswith("#+ title:"):
            said = yaml.safe_load(first.removeprefix("#+"))["title"]
            titles[path.stem] = Bilingual(*(str(said.get(lang, "")) for lang in LANGUAGES))
    return Texts(question_named(project, USUAL), titles)


def usual(lookup: Lookup, question: Question | None) -> Answer | None:
    """The answer to the question of what is usual."""
    return ask(lookup, question, {}) if question is not None else None


def missing(lookup: Lookup, answer: Answer | None) -> dict[str, Bilingual]:
    """What is usual for its kind and not stated of a record, in words, by the record's id.

    ``answer`` has the columns ``property`` and a record (the shipped question is ``usual-but-missing``);
    nothing is missing without it.
    """
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    if answer is not None:
        labels = {prop.iri: prop.spoken or prop.labels for prop in lookup.vocabulary.properties.values()}
        for row in answer.rows:
            for id_ in row.records:
                if label := labels.get(row.cells["property"].value):
                    found[id_].append(label)
    return {
        id_: Bilingual(*(", ".join(sorted({pick(label, lang) for label in said})) for lang in LANGUAGES))
        for id_, said in found.items()
    }


def derived(lookup: Lookup, shown: Collection[str], titles: Mapping[str, Bilingual]) -> tuple[Derived, ...]:
    """Every derived triple between two of the records ``shown``, with its rule and the records it rests on.

    ``titles`` are the rules' titles by name; a rule that has none is called by its name.
    """
    base = lookup.compiled.base
    labels = {prop.iri: prop.labels for prop in lookup.vocabulary.properties.values()}
    rests: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    query = """SELECT ?s ?p ?o ?rule ?record { ?d a rg:Derivation ; rdf:subject ?s ; rdf:predicate ?p ;
      rdf:object ?o ; rg:rule ?rule ; rg:restsOn ?record }"""
    for row in lookup.rows(query):
        s, p, o, rule, record = (str(getattr(term, "value", "")).removeprefix(base) for term in row)
        if s in shown and o in shown and p in labels:
            rests[s, p, o, rule].add(record)
    return tuple(
        Derived(
            s,
            Bilingual(*(pick(labels[p], lang) for lang in LANGUAGES)),
            o,
            titles.get(rule, Bilingual(rule)),
            tuple(sorted(records)),
        )
        for (s, p, o, rule), records in sorted(rests.items())
    )


def matrix(
    evidence: Evidence,
    lines: Mapping[str, str],
    name: Callable[[str], Bilingual],
    say: Callable[[Record], Sentence],
) -> Matrix:
    """Our units by networks and forums: every statement in which both stand, as ``analyze coverage`` has it.

    Also what did not come about, is planned or is one reading, drawn as such. ``lines`` has the line
    of each relationship by record id; what it does not hold is left out. Rows and columns come by the wholes
    they are parts of, those of which most is stated first; those without a statement are kept, since that
    nobody is named there is an answer. What no relationship says (an assessment) is said here, by ``say``:
    its parties may be on no map.
    """
    lookup, known = evidence.lookup, evidence.incidence
    concerns = Concerns(evidence)
    assessed = [record.id for record, _ in concerns.assessments]
    cells = pairs(concerns, sorted({*lines, *assessed}))
    # nobody is named in a network only if nobody is in its forums either
    within = {whole for _, arena in cells for whole in concerns.networks_above(arena)}
    named_in = {arena for _, arena in cells}
    own = {ROWS: concerns.own_units, COLUMNS: concerns.of_facet(COLUMNS) - (within - named_in)}

    def named(facet: str) -> tuple[tuple[str, Bilingual], ...]:
        members = own[facet]
        stated = Counter(
            up for cell in cells for id_ in cell if id_ in members for up in known.above(id_) if up in members
        )

        def place(id_: str) -> list[tuple[int, str, str]]:
            """From the outermost whole inwards: parts follow their whole, the most told first."""
            wholes = [up for up in known.above(id_) if up in members]
            return [(-stated[up], name(up).sv.casefold(), up) for up in reversed(wholes)]

        return tuple((id_, name(id_)) for id_ in sorted(members, key=place))

    return Matrix(
        rows=named(ROWS),
        columns=named(COLUMNS),
        cells=tuple(
            MatrixCell(
                row,
                column,
                tuple(sorted(ids)),
                tuple(role_of(lookup, id_) for id_ in sorted(ids)),
                tuple(
                    line_of(lookup, id_, lines[id_]) if id_ in lines else _line(lookup, id_)
                    for id_ in sorted(ids)
                ),
            )
            for (row, column), ids in sorted(cells.items())
        ),
        said=tuple(say(lookup.record(id_)) for id_ in sorted(set().union(*cells.values()) - lines.keys())),
    )


def role_of(lookup: Lookup, id_: str) -> Bilingual:
    """As what a statement joins its parties: the role named in it, else its kind, with any level assessed."""
    kind = lookup.vocabulary.speaking_kind(lookup.record(id_))
    role = next(iter(_concepts(lookup, id_, "role")), None)
    if role is not None:
        return Bilingual(*(pick(role.labels, lang) for lang in LANGUAGES))
    level = _level(lookup, id_)
    parts = [kind.labels, *([level.labels] if level else [])]
    return Bilingual(*(": ".join(pick(labels, lang) for labels in parts) for lang in LANGUAGES))


def _concepts(lookup: Lookup, id_: str, *keys: str) -> list[Concept]:
    """The concepts that a record has for some keys, or for any."""
    values = lookup.record(id_).values
    found = (v.iri for key in keys or sorted(values) for v in values.get(key, ()) if isinstance(v, Term))
    return [lookup.vocabulary.concepts[iri] for iri in found if iri in lookup.vocabulary.concepts]


def _level(lookup: Lookup, id_: str) -> Concept | None:
    """The level at which a statement assesses what it is about: a concept that stands for a line."""
    return next((concept for concept in _concepts(lookup, id_) if concept.line), None)


def _line(lookup: Lookup, id_: str) -> Line:
    """The line of a statement that is no edge: of the level that it assesses, else of its kind.

    Which levels lie fallow is for the ontology to say: less activity is activity, and drawn so.
    """
    level = _level(lookup, id_)
    kind = lookup.vocabulary.speaking_kind(lookup.record(id_))
    return line_of(lookup, id_, level.line if level else kind.style.line or "active")


def status_of(lookup: Lookup, names: str) -> Bilingual:
    """Statuses (local names, separated by spaces) in words."""
    iris = [RG + name for name in names.split()]
    return Bilingual(*("; ".join(lookup.vocabulary.label(iri, lang) for iri in iris) for lang in LANGUAGES))
