"""What the ontology says, as plain data: kinds, keys, concepts, labels, styles, templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from relgraph.model import Position, Record, Term
from relgraph.vocabulary.templates import Template

TIME_KEYS = ("from", "to", "date", "during", "observedIn")
#: the key of what something is only reported under, which says nothing of how the two hang together
UNDER = "reportedUnder"
#: keys whose structure the program knows; every other key is the ontology's alone
STRUCTURAL_KEYS = ("id", "type", "source", "alias")


@dataclass(frozen=True, slots=True)
class KeyRule:
    """What the shapes say of one key of a kind: SHACL core constraints, merged along the superclasses."""

    key: str
    iri: str
    minimum: int = 0
    maximum: int | None = None
    classes: tuple[str, ...] = ()
    datatype: str = ""
    iri_kind: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    unique_lang: bool = False
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind is drawn; the values are those of the map's specification."""

    color: str = ""
    home_color: str = ""
    shape: str = ""
    filled: bool = True
    line: str = ""
    order: int = 1000
    own: bool = False
    """Whether the class itself says its colour, or has it from a superclass."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology and the key by which YAML names it."""

    iri: str
    key: str
    labels: Mapping[str, str] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)
    """Its name in running text, in the definite form ("the parties")."""
    tense: str = ""
    acyclic: bool = False
    symmetric: bool = False
    group: str = ""
    """The group in which it is told and drawn (structure: a unit of what, a part of what)."""
    absence_told: bool = False
    """Whether an overview says that it is not stated, rather than leave it empty."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of records; what it does not say itself it has from its nearest superclass."""

    name: str
    iri: str
    labels: Mapping[str, str]
    plurals: Mapping[str, str]
    comments: Mapping[str, str]
    parents: tuple[str, ...]
    """IRIs of all superclasses, nearest first."""
    roles: tuple[str, ...]
    edge_from: str = ""
    edge_to: str = ""
    edge_between: str = ""
    drawn_as: str = "none"
    shortcut: str = ""
    group: str = ""
    templates: Mapping[str, Template] = field(default_factory=dict)
    """The sentence by language."""
    phrases: Mapping[str, Template] = field(default_factory=dict)
    """The noun phrase that names a record without a name, by language."""
    denies: tuple[str, ...] = ()
    """IRIs of the classes of which no record can hold of the same parties at the same time."""
    plural_phrase: bool = False
    """Whether that phrase is in the plural ("the meetings")."""
    facet: str = ""
    """The local name of what its records are in analyses and matrices; empty for none."""
    folds: bool = False
    """Whether on a large map its records are part of what they belong to until asked for."""
    briefed: bool = True
    """Whether a briefing on each of its records is of use."""
    leads: bool = False
    """Whether a briefing on whom its records name opens with them, as what the source does not cover."""
    tells: tuple[str, ...] = ()
    """IRIs of the kinds of what its sentence tells too, of the same parties and from the same place."""
    whole_period: bool = False
    """Whether ``during`` is all of its time (a count, an assessment), not just a time at which it holds."""
    style: Style = Style()
    rules: Mapping[str, KeyRule] = field(default_factory=dict)

    def is_a(self, iri: str) -> bool:
        """Whether this kind is the class ``iri`` or below it."""
        return iri == self.iri or iri in self.parents


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a controlled list."""

    name: str
    iri: str
    labels: Mapping[str, str]
    classes: tuple[str, ...]
    order: int = 1000
    line: str = ""
    """How a relationship is drawn that is assessed so (an activity level that means dormant, say)."""
    group: str = ""
    """The group in which a briefing tells what is assessed so, if that is not the assessment's own."""
    weakness: int = 0
    """How little a relationship of this group binds its parties, from 0 to 3."""
    reserved: bool = False
    """Whether it is there for a reason, used or not: the ontology itself uses it, or says why in a note."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ontology as data. Maps are keyed by local name (kinds), key (properties) and IRI (concepts)."""

    kinds: Mapping[str, Kind]
    properties: Mapping[str, Property]
    concepts: Mapping[str, Concept]
    prefixes: Mapping[str, str]
    place: Callable[[str], Position] = field(default=lambda iri: Position("ontology"), compare=False)
    """Where the ontology describes a term, by its IRI; looked up in the file when it is asked for."""
    terms: Mapping[str, Kind | Property] = field(init=False, repr=False, compare=False)
    """Kinds and properties by IRI."""

    def __post_init__(self) -> None:
        terms: dict[str, Kind | Property] = {kind.iri: kind for kind in self.kinds.values()}
        terms.update({prop.iri: prop for prop in self.properties.values()})
        object.__setattr__(self, "terms", terms)

    def kind(self, name: str) -> Kind | None:
        """The kind of that local name."""
        return self.kinds.get(name)

    def is_a(self, name: str, iri: str) -> bool:
        """Whether the kind named ``name`` is the class ``iri`` or below it."""
        kind = self.kinds.get(name)
        return kind is not None and kind.is_a(iri)

    def concepts_of(self, class_iri: str) -> dict[str, Concept]:
        """The concepts of a controlled list, by local name."""
        return {c.name: c for c in self.concepts.values() if class_iri in c.classes}

    def speaking_kind(self, record: Record) -> Kind:
        """The kind whose words and edge a record has: that which an unsettled one reads as, else its own."""
        for value in record.values.get("readsAs", ()):
            kind = self.terms.get(value.iri) if isinstance(value, Term) else None
            if isinstance(kind, Kind):
                return kind
        return self.kinds[record.type]

    def label(self, iri: str, lang: str) -> str:
        """The label of any term of the ontology, else its local name."""
        term = self.concepts.get(iri) or self.terms.get(iri)
        if term is None:
            return local_name(iri)
        return pick(term.labels, lang) or local_name(iri)

    def spoken(self, iri: str, lang: str) -> str:
        """How a term is said in running text: a property's spoken form, else its label."""
        term = self.terms.get(iri)
        spoken = term.spoken if isinstance(term, Property) else {}
        return pick(spoken, lang) or self.label(iri, lang)


def local_name(iri: str) -> str:
    """The part of an IRI after its last ``#``, ``/`` or ``:``."""
    for sign in "#/:":
        if sign in iri:
            iri = iri.rsplit(sign, 1)[1]
            break
    return iri


def pick(labels: Mapping[str, str], lang: str) -> str:
    """The label in ``lang``, else in English, else in any language, else empty."""
    return labels.get(lang) or labels.get("en") or next(iter(labels.values()), "")
