"""The ontology as one HTML file, in Swedish and English: classes with their keys, properties, lists.

The file makes no request: style and script stand inside it, and a Content-Security-Policy of hashes lets
nothing else run. All texts of the ontology are escaped. Each text stands in both languages; a class on the
root element shows one of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from relgraph.namespaces import PREFIXES, RG
from relgraph.views.map.styles import LINE_STYLES
from relgraph.views.ontology.swatch import line, shape
from relgraph.views.ontology.texts import Texts, read_texts
from relgraph.views.pages import hashed, templates, unescaped
from relgraph.vocabulary import KeyRule, Kind, Vocabulary, local_name

TEMPLATE = Path(__file__).parent / "template"
LANGUAGES = ("sv", "en")
RDFS, SKOS, OWL = (PREFIXES[name] for name in ("rdfs", "skos", "owl"))
COMMENT, LABEL = RDFS + "comment", RDFS + "label"
#: the parts in which classes are told: each holds what is below its class and in no earlier part
PARTS = (
    "Entity",
    "AffirmedRelationship",
    "NegatedRelationship",
    "PlannedRelationship",
    "UnsettledRelationship",
    "Relationship",
    "Annotation",
    "Record",
    "",
)


def ontology_page(vocabulary: Vocabulary, files: Sequence[Path], *, lang: str = "en") -> str:
    """The whole page as text, to be written as UTF-8; the same input gives the same bytes.

    ``files`` are the Turtle files from which ``vocabulary`` was read: comments, definitions, templates as
    written and ties to other vocabularies come from them. ``lang`` (``sv`` or ``en``) is the one it opens
    in. Raises ValueError on another language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"the page speaks sv and en, not {lang!r}")
    teller = _Teller(vocabulary, read_texts(files))
    style, script = (_part(name) for name in ("page.css", "page.js"))
    ui: dict[str, dict[str, str]] = json.loads(_part("strings.json"))
    return (
        templates(TEMPLATE)
        .get_template("page.html.jinja")
        .render(
            lang=lang,
            languages=LANGUAGES,
            ui=ui,
            policy=f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)}; "
            "img-src data:; base-uri 'none'; form-action 'none'",
            style=unescaped(style),
            script=unescaped(script),
            title=teller.title(),
            about=teller.about(),
            version=teller.version(),
            parts=teller.parts(),
            properties=teller.properties(),
            lists=teller.lists(),
            prefixes=teller.used_prefixes(),
        )
    )


def _part(name: str) -> str:
    return (TEMPLATE / name).read_text(encoding="utf-8")


class _Teller:
    """Turns Vocabulary and texts into what the template shows: plain dictionaries, everything sorted."""

    def __init__(self, vocabulary: Vocabulary, texts: Texts) -> None:
        self.vocabulary = vocabulary
        self.texts = texts
        concept_classes = {c for concept in vocabulary.concepts.values() for c in concept.classes}
        own = set(texts.of_type(OWL + "Class"))  # not what they are tied to: schema:ActionStatusType, say
        self.list_classes = concept_classes & own - {SKOS + "Concept", RG + "ListConcept"}

    # ---- the whole ---------------------------------------------------------------------------------------

    def _ontology(self) -> str:
        found = self.texts.of_type(OWL + "Ontology")
        own = [iri for iri in found if RG.startswith(iri)]
        return (own or found or [""])[0]

    def title(self) -> dict[str, str]:
        return self.texts.words(self._ontology(), LABEL) or {"en": "Ontology", "sv": "Ontologi"}

    def about(self) -> dict[str, str]:
        return self.texts.words(self._ontology(), COMMENT)

    def version(self) -> str:
        return next(iter(self.texts.names(self._ontology(), OWL + "versionInfo")), "")

    def used_prefixes(self) -> list[tuple[str, str]]:
        return sorted((name, iri) for name, iri in self.texts.prefixes.items() if name)

    # ---- classes -----------------------------------------------------------------------------------------

    def parts(self) -> list[dict[str, Any]]:
        """The classes, in parts, each in the order of the legend."""
        left = dict(self.vocabulary.kinds)
        found = []
        for part in PARTS:
            kinds = [kind for kind in left.values() if not part or kind.is_a(RG + part)]
            for kind in kinds:
                del left[kind.name]
            kinds.sort(key=lambda kind: (kind.name != part, kind.style.order, kind.name))
            if kinds:
                top = self.vocabulary.kinds.get(part)
                found.append(
                    {
                        "id": f"part-{part or 'other'}",
                        "labels": (top.plurals or top.labels) if top else {"sv": "övriga", "en": "other"},
                        "classes": [self._kind(kind) for kind in kinds],
                    }
                )
        return found

    def _kind(self, kind: Kind) -> dict[str, Any]:
        texts, iri = self.texts, kind.iri
        ancestors = [k for p in kind.parents if isinstance(k := self.vocabulary.terms.get(p), Kind)]
        own = [r for k, r in kind.rules.items() if all(a.rules.get(k) != r for a in ancestors)]
        inherited: dict[str, list[str]] = {}
        for key in sorted(set(kind.rules) - {rule.key for rule in own}):
            furthest = [a.name for a in ancestors if a.rules.get(key) == kind.rules[key]][-1]
            inherited.setdefault(furthest, []).append(key)
        return {
            "id": kind.name,
            "curie": texts.curie(iri),
            "labels": kind.labels,
            "comments": kind.comments,
            "above": [self._link(p) for p in texts.names(iri, RDFS + "subClassOf") if self._is_here(p)],
            "below": sorted(
                k.name
                for k in self.vocabulary.kinds.values()
                if iri in texts.names(k.iri, RDFS + "subClassOf")
            ),
            "roles": kind.roles,
            "ends": (kind.edge_between and (kind.edge_between,))
            or tuple(filter(None, (kind.edge_from, kind.edge_to))),
            "directed": not kind.edge_between,
            "shortcut": self._link(kind.shortcut) if kind.shortcut else None,
            "keys": [self._rule(rule) for rule in sorted(own, key=lambda r: (r.minimum == 0, r.key))],
            "inherited": sorted(inherited.items()),
            "templates": texts.words(iri, RG + "template"),
            "swatch": self._swatch(kind),
            "ties": self._ties(iri, RDFS + "subClassOf"),
            "notes": self._notes(iri),
        }

    def _swatch(self, kind: Kind) -> dict[str, Any] | None:
        style = kind.style
        if kind.is_a(RG + "Entity") and style.shape and style.color:
            return {
                "svg": shape(style.shape, style.color, style.filled),
                "name": f"{style.shape} {style.color}",
            }
        if kind.is_a(RG + "Relationship") and kind.drawn_as != "none" and style.line in LINE_STYLES:
            return {"svg": line(LINE_STYLES[style.line]), "name": style.line}
        return None

    def _rule(self, rule: KeyRule) -> dict[str, Any]:
        most = "n" if rule.maximum is None else str(rule.maximum)
        least = str(rule.minimum)
        return {
            "key": rule.key,
            "number": least if least == most else f"{least}–{most}",
            "types": [self._link(iri) for iri in rule.classes],
            "datatype": self.texts.curie(rule.datatype) if rule.datatype else "",
            "allowed": [local_name(value) for value in rule.allowed],
            "range": " ".join(f for f in (rule.low and f"≥ {rule.low}", rule.high and f"≤ {rule.high}") if f),
        }

    # ---- properties --------------------------------------------------------------------------------------

    def properties(self) -> list[dict[str, Any]]:
        """The properties, by key."""
        users: dict[str, list[str]] = {}
        for kind in sorted(self.vocabulary.kinds.values(), key=lambda k: k.name):
            for key, rule in kind.rules.items():
                parents = [self.vocabulary.terms.get(p) for p in kind.parents]
                if not any(isinstance(p, Kind) and p.rules.get(key) == rule for p in parents):
                    users.setdefault(key, []).append(kind.name)
        found = []
        for key, prop in sorted(self.vocabulary.properties.items(), key=lambda item: item[0].casefold()):
            found.append(
                {
                    "id": f"p-{key}",
                    "key": key,
                    "curie": self.texts.curie(prop.iri),
                    "labels": prop.labels or {"en": key, "sv": key},
                    "comments": self.texts.words(prop.iri, COMMENT),
                    "ranges": [self._link(iri) for iri in self.texts.names(prop.iri, RDFS + "range")],
                    "users": users.get(key, []),
                    "ties": self._ties(prop.iri, RDFS + "subPropertyOf"),
                    "notes": self._notes(prop.iri),
                }
            )
        return found

    # ---- lists -------------------------------------------------------------------------------------------

    def lists(self) -> list[dict[str, Any]]:
        """The controlled lists with their concepts, by name."""
        found = []
        for iri in sorted(self.list_classes, key=lambda i: (local_name(i), i)):
            concepts = sorted(
                self.vocabulary.concepts_of(iri).values(), key=lambda concept: (concept.order, concept.name)
            )
            found.append(
                {
                    "id": f"l-{local_name(iri)}",
                    "curie": self.texts.curie(iri),
                    "labels": self.texts.words(iri, LABEL) or {"en": local_name(iri)},
                    "comments": self.texts.words(iri, COMMENT),
                    "ties": self._ties(iri, RDFS + "subClassOf"),
                    "notes": self._notes(iri),
                    "concepts": [
                        {
                            "curie": self.texts.curie(concept.iri),
                            "labels": concept.labels,
                            "definitions": self.texts.words(concept.iri, SKOS + "definition"),
                        }
                        for concept in concepts
                    ],
                }
            )
        return found

    # ---- what is shared ----------------------------------------------------------------------------------

    def _is_here(self, iri: str) -> bool:
        return iri in self.vocabulary.terms or iri in self.list_classes

    def _link(self, iri: str) -> dict[str, str]:
        """A term by its short name, with the place on the page where it is told, if it is."""
        term = self.vocabulary.terms.get(iri)
        target = ""
        if isinstance(term, Kind):
            target = term.name
        elif term is not None:
            target = f"p-{term.key}"
        elif iri in self.list_classes:
            target = f"l-{local_name(iri)}"
        return {"curie": self.texts.curie(iri), "target": target}

    def _ties(self, iri: str, upwards: str) -> list[tuple[str, str]]:
        """The ties to other vocabularies: (relation, term)."""
        relations = (upwards, *(OWL + n for n in ("equivalentClass", "equivalentProperty")))
        relations += (
            *(SKOS + n for n in ("exactMatch", "closeMatch", "broadMatch", "relatedMatch")),
            RDFS + "seeAlso",
        )
        return [
            (self.texts.curie(relation), self.texts.curie(value))
            for relation in relations
            for value in self.texts.names(iri, relation)
            if not self._is_here(value) and not value.startswith(RG)
        ]

    def _notes(self, iri: str) -> list[Mapping[str, str]]:
        """Why the term is not tied, or not more closely: its own note, or one that it shares."""
        subjects = [
            iri,
            *(s for s, said in self.texts.statements.items() if (iri, "") in said.get(RG + "noteFor", ())),
        ]
        notes = [self.texts.words(subject, RG + "alignmentNote") for subject in subjects]
        return [note for note in notes if note]
