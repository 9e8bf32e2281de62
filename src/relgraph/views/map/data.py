"""What the map is drawn from: plain frozen values, JSON-able, made from the graph by the caller.

The map knows no kind of record: names, looks, sentences and citations all arrive here ready made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, get_args

Line: TypeAlias = Literal["active", "planned", "dormant", "failed", "done", "uncertain"]
Certainty: TypeAlias = Literal["stated", "implied", "ambiguous"]
Days: TypeAlias = tuple[int | None, int | None, int | None, int | None]

LANGUAGES = ("sv", "en")
LINES: tuple[str, ...] = get_args(Line)
#: in place of a country: there are several
SEVERAL = "+"
SHAPES = ("dot", "square", "diamond", "hexagon", "octagon", "star", "triangle", "triangleDown")

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Swedish and English; where one is empty, the page shows the other and marks its language."""

    sv: str = ""
    en: str = ""

    def get(self, lang: str) -> str:
        """The text in ``lang`` (``sv`` or ``en``), else in the other language."""
        return (self.en or self.sv) if lang == "en" else (self.sv or self.en)

    def __bool__(self) -> bool:
        return bool(self.sv or self.en)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement in words, with its citation.

    ``note`` tells certainty and conflict in words; ``excerpt`` quotes the source, in ``excerpt_lang``;
    ``record`` is the id of the record that says it; ``missing`` names what is usual for its kind and not
    stated here. An ``aside`` is a remark on the source or the data, for the keeper of the graph.
    """

    text: Bilingual
    cite: Bilingual = Bilingual()
    note: Bilingual = Bilingual()
    excerpt: str = ""
    excerpt_lang: str = "sv"
    record: str = ""
    missing: Bilingual = Bilingual()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Derived:
    """A plain property between two nodes that follows from records: by what rule, from which records."""

    source: str
    label: Bilingual
    target: str
    rule: Bilingual
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The statements that join one of our units with a network or forum; ``roles`` are their kinds in words.

    ``records``, ``roles`` and ``lines`` go together, one of each a statement.
    """

    row: str
    column: str
    records: tuple[str, ...]
    roles: tuple[Bilingual, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who of us sits where: all units and arenas (id and name), and the cells that hold something.

    ``said`` are the statements in the cells that no relationship on the map says, by their records.
    """

    rows: tuple[tuple[str, Bilingual], ...] = ()
    columns: tuple[tuple[str, Bilingual], ...] = ()
    cells: tuple[MatrixCell, ...] = ()
    said: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the statements rest on; ``main`` for those that the map is drawn from."""

    id: str
    name: Bilingual
    main: bool = True


@dataclass(frozen=True, slots=True)
class NodeType:
    """A kind of node, with its look; ``order`` is its place in the legend and round the city.

    ``relation`` marks kinds that are relationships drawn as nodes (agreements): they stand between their
    parties rather than in a sector of their own, and choosing one of these shows the other parties too.
    ``between`` marks those of them that nobody gave a name. Raises ValueError on a colour that is not
    ``#rrggbb`` or an unknown shape.
    """

    name: str
    label: Bilingual
    plural: Bilingual
    color: str
    shape: str = "dot"
    filled: bool = True
    order: int = 0
    relation: bool = False
    between: bool = False

    def __post_init__(self) -> None:
        if not _COLOR.fullmatch(self.color):
            raise ValueError(f"type {self.name!r}: colour {self.color!r} is not of the form #rrggbb")
        if self.shape not in SHAPES:
            raise ValueError(f"type {self.name!r}: shape {self.shape!r} is none of {', '.join(SHAPES)}")


@dataclass(frozen=True, slots=True)
class MapNode:
    """A party, or a relationship that is drawn as a node; ``type`` names a :class:`NodeType`.

    ``facet`` is what it is in analyses and matrices (a local name of the ontology); ``missing`` as in
    :class:`Sentence`. ``place`` is its latitude and longitude in degrees (WGS84), ``inherits`` whether these
    are those of the place where it is. ``country`` names one of :attr:`MapData.countries`, or is
    :data:`SEVERAL`, or empty where none is stated. ``folds_into`` is the node of which it is a part on a
    large map until asked for, empty for none. ``mistaken`` are those ``aliases`` that a source has by
    mistake.
    """

    id: str
    type: str
    label: Bilingual
    kind_label: Bilingual = Bilingual()
    aliases: tuple[str, ...] = ()
    facts: tuple[Sentence, ...] = ()
    country: str = ""
    facet: str = ""
    missing: Bilingual = Bilingual()
    place: tuple[float, float] | None = None
    inherits: bool = False
    folds_into: str = ""
    mistaken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A relationship between two nodes, or (``thin``) the line from a relationship's node to one party.

    ``id`` is the record's id, made unique where one record gives several lines. ``bounds`` are its earliest
    and latest begin, earliest and latest end, in days since 1970-01-01; None is unbounded. ``sources`` are
    ids of documents, ``status`` is its legal status in words. ``cost`` is what a path over it costs, None
    where no path goes over it. ``directed`` edges have an arrow head; what another record speaks against is
    ``contradicted``.
    """

    id: str
    source: str
    target: str
    kind: Bilingual
    sentence: Sentence
    group: str = ""
    line: Line = "active"
    certainty: Certainty = "stated"
    bounds: Days = (None, None, None, None)
    thin: bool = False
    sources: tuple[str, ...] = ()
    status: Bilingual = Bilingual()
    cost: int | None = None
    directed: bool = False
    contradicted: bool = False

    @property
    def unsettled(self) -> bool:
        """Whether it is drawn with a "?" on the line."""
        return self.line == "uncertain" or self.certainty == "ambiguous" or self.contradicted


@dataclass(frozen=True, slots=True)
class Tie:
    """What a path costs between two parties of a relationship that is drawn as a node."""

    record: str
    source: str
    target: str
    cost: int


@dataclass(frozen=True, slots=True)
class MapData:
    """Everything on one map; ``groups`` names the groups of relationships, in the order of the details panel.

    ``countries`` are the id and name of those that the nodes are in. ``focus`` is the party that the map is
    about, if it shows only what surrounds one. ``beyond`` is how many entities that are not on the map paths
    may go over as well, ``when`` the option of the command line that limits the map to a time. Raises
    ValueError on a repeated id, or a reference to a node, type or country that is not there.
    """

    title: Bilingual
    as_of: Bilingual
    home: str
    types: tuple[NodeType, ...]
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    groups: tuple[tuple[str, Bilingual], ...] = ()
    sources: tuple[Source, ...] = ()
    ties: tuple[Tie, ...] = ()
    derived: tuple[Derived, ...] = ()
    matrix: Matrix = Matrix()
    countries: tuple[tuple[str, Bilingual], ...] = ()
    focus: str = ""
    beyond: int = 0
    when: str = ""
    node_ids: frozenset[str] = field(init=False, repr=False, compare=False, default=frozenset())

    def __post_init__(self) -> None:
        types = _unique("type", [t.name for t in self.types])
        nodes = _unique("node", [n.id for n in self.nodes])
        _unique("edge", [e.id for e in self.edges])
        lands = {"", SEVERAL, *_unique("country", [id_ for id_, _ in self.countries])}
        object.__setattr__(self, "node_ids", nodes)
        for node in self.nodes:
            if node.type not in types:
                raise ValueError(f"node {node.id!r} has the unknown type {node.type!r}")
            if node.country not in lands:
                raise ValueError(f"node {node.id!r} is in the unknown country {node.country!r}")
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in nodes:
                    raise ValueError(f"edge {edge.id!r} refers to the unknown node {end!r}")
            if edge.line not in LINES:
                raise ValueError(f"edge {edge.id!r} has the unknown line {edge.line!r}")

    @property
    def joint_types(self) -> frozenset[str]:
        """The names of the types whose nodes have no name on the overview."""
        return frozenset(kind.name for kind in self.types if kind.between)

    @property
    def relation_types(self) -> frozenset[str]:
        """The names of the types that stand between their parties."""
        return frozenset(kind.name for kind in self.types if kind.relation or kind.between)

    def titled(self, id_: str) -> MapData:
        """The same with a node's name after the title."""
        name = next(node.label for node in self.nodes if node.id == id_)
        titles = (f"{self.title.get(lang)}: {name.get(lang)}" for lang in ("sv", "en"))
        return replace(self, title=Bilingual(*titles))

    def ordered_types(self) -> tuple[NodeType, ...]:
        """The types that have nodes, in the order of the legend."""
        used = {node.type for node in self.nodes}
        return tuple(sorted((t for t in self.types if t.name in used), key=lambda t: (t.order, t.name)))


def _unique(what: str, ids: list[str]) -> frozenset[str]:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"{what} {one!r} occurs twice")
        seen.add(one)
    return frozenset(seen)
