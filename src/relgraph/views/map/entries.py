"""The entries of the legend: which kinds share one, and how it looks, by the ontology's styles."""

from __future__ import annotations

from relgraph.namespaces import RG
from relgraph.views.map.data import LANGUAGES, Bilingual, NodeType
from relgraph.vocabulary import Kind, Vocabulary, pick

HOME_TYPE = "home"
#: relationships of more than two parties, or that others speak of, whatever their kind: a small node
JOINT_TYPE = "joint"
JOINT_LABEL = {"sv": "Relationer som egna noder", "en": "Relationships as nodes"}
JOINT_ORDER = 900
DEFAULT_COLOR = "#5F6B7A"


def entry_name(vocabulary: Vocabulary, kind: Kind) -> str:
    """The name of the entry of a kind: those that look alike and have one ancestor that says so share it."""
    return JOINT_TYPE if _joint(kind) else _look(vocabulary, kind).name


def entry(vocabulary: Vocabulary, kind: Kind) -> NodeType:
    """The entry of a kind as the map has it."""
    if _joint(kind):
        label = Bilingual(*(JOINT_LABEL[lang] for lang in LANGUAGES))
        return NodeType(JOINT_TYPE, label, label, DEFAULT_COLOR, "dot", False, JOINT_ORDER, True, True)
    look = _look(vocabulary, kind)
    return NodeType(
        look.name,
        Bilingual(*(pick(look.labels, lang) for lang in LANGUAGES)),
        Bilingual(*(pick(look.plurals or look.labels, lang) for lang in LANGUAGES)),
        look.style.color or DEFAULT_COLOR,
        look.style.shape or "octagon",
        look.style.filled,
        look.style.order,
        kind.is_a(RG + "Relationship"),
    )


def home_entry(kind: Kind, name: Bilingual) -> NodeType:
    """The entry of the home city, which has one of its own by its name."""
    color = kind.style.home_color or kind.style.color or DEFAULT_COLOR
    return NodeType(HOME_TYPE, name, name, color, kind.style.shape or "dot", True, -1)


def _joint(kind: Kind) -> bool:
    """Whether it stands between its parties: a relationship that is not itself declared a node."""
    return kind.is_a(RG + "Relationship") and kind.drawn_as != "node"


def _look(vocabulary: Vocabulary, kind: Kind) -> Kind:
    """The highest class that gives this kind its colour, shape and fill: the entry in the legend."""
    look = kind
    for iri in kind.parents:
        parent = vocabulary.terms.get(iri)
        if not isinstance(parent, Kind):
            continue
        same = (parent.style.color, parent.style.shape, parent.style.filled) == (
            kind.style.color,
            kind.style.shape,
            kind.style.filled,
        )
        # the top classes look like nothing in particular
        if same and parent.style.own and parent.parents[:1] != (RG + "Record",):
            look = parent
    return look
