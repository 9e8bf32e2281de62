"""From ``ontology/*.ttl`` to a :class:`Vocabulary`.

Read with pyoxigraph's parser (7 ms to import, line and column on a syntax error): at some 10 ms for the whole
ontology a cache of it would cost more than it saves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from relgraph.model import Position, Problem
from relgraph.namespaces import PREFIXES, RG
from relgraph.vocabulary.model import (
    Concept,
    KeyRule,
    Kind,
    Property,
    Style,
    Vocabulary,
    local_name,
)
from relgraph.vocabulary.templates import PSEUDO_KEYS, Template, TemplateError, keys, parse

if TYPE_CHECKING:
    import pyoxigraph as ox

RDF, RDFS, OWL, SH, SKOS = (PREFIXES[name] for name in ("rdf", "rdfs", "owl", "sh", "skos"))

_Node: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"


class _Graph:
    """An index of triples by subject and predicate, made of plain strings where that is enough."""

    def __init__(self) -> None:
        self.by_subject: dict[object, dict[str, list[_Node]]] = defaultdict(lambda: defaultdict(list))
        self.file_of: dict[object, str] = {}
        self.path_of: dict[str, Path] = {}

    def objects(self, subject: object, predicate: str) -> list[_Node]:
        known = self.by_subject.get(subject)
        return known.get(predicate, []) if known else []

    def texts(self, subject: object, predicate: str) -> list[str]:
        return sorted({_plain(node) for node in self.objects(subject, predicate)})

    def text(self, subject: object, predicate: str) -> str:
        found = self.texts(subject, predicate)
        return found[0] if found else ""

    def languages(self, subject: object, predicate: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for node in self.objects(subject, predicate):
            language = getattr(node, "language", None)
            if language:
                found[language] = _plain(node)
        return dict(sorted(found.items()))

    def position(self, subject: str) -> Position:
        """Where a term's own statements begin: the first line of its file that starts with its name.

        The parser keeps no places; this is looked up only for a fault.
        """
        shown = self.file_of.get(subject, "ontology")
        path = self.path_of.get(shown)
        text = path.read_text(encoding="utf-8", errors="replace") if path else ""
        name = re.escape(local_name(subject))
        found = re.search(rf"^[ \t]*([\w.-]*:{name}|<{re.escape(subject)}>)(?=\s)", text, re.MULTILINE)
        if not found:
            return Position(shown)
        line_start = text.rfind("\n", 0, found.start(1)) + 1
        return Position(shown, text.count("\n", 0, found.start(1)) + 1, found.start(1) - line_start + 1)

    def list_items(self, head: _Node) -> list[str]:
        items: list[str] = []
        seen: set[object] = set()
        node: _Node | None = head
        while node is not None and _plain(node) != RDF + "nil" and node not in seen:
            seen.add(node)
            items += [_plain(first) for first in self.objects(node, RDF + "first")]
            rest = self.objects(node, RDF + "rest")
            node = rest[0] if rest else None
        return items


def _plain(node: _Node) -> str:
    return str(getattr(node, "value", node))


def read_vocabulary(
    files: Sequence[Path], *, names: Mapping[Path, str] | None = None
) -> tuple[Vocabulary, list[Problem]]:
    """Read the ontology.

    ``files`` are Turtle files; ``names`` gives the name under which each is shown in problems. A file that
    cannot be read is a problem (``RG401``), and so is a template (``RG402``) or an annotation (``RG403``)
    that makes no sense. Never raises for bad content.
    """
    import pyoxigraph as ox

    graph = _Graph()
    problems: list[Problem] = []
    for path in files:
        shown = (names or {}).get(path, path.name)
        try:
            quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        except (OSError, SyntaxError, ValueError) as error:
            position = Position(
                shown, getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1
            )
            message = str(getattr(error, "msg", "") or error).splitlines()[0]
            problems.append(Problem("RG401", f"the ontology file cannot be read: {message}", position))
            continue
        graph.path_of[shown] = path
        for quad in quads:
            subject: object = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else quad.subject
            graph.by_subject[subject][quad.predicate.value].append(quad.object)
            graph.file_of.setdefault(subject, shown)
    return _Builder(graph, problems).build(), problems


class _Builder:
    """Turns the triples of an ontology into a Vocabulary; one is made for each reading."""

    def __init__(self, graph: _Graph, problems: list[Problem]) -> None:
        self.graph = graph
        self.problems = problems
        self.classes = sorted(
            s
            for s in graph.by_subject
            if isinstance(s, str) and self._typed(s, OWL + "Class", RDFS + "Class")
        )
        self.parents = {iri: self._ancestors(iri) for iri in self.classes}
        self.properties: dict[str, Property] = {}

    def build(self) -> Vocabulary:
        shapes = self._shapes()
        kinds: dict[str, Kind] = {}
        for iri in self.classes:
            if SKOS + "Concept" in self.parents[iri] and not shapes.get(iri):
                continue  # a controlled list: its members are concepts, not records
            kind = self._kind(iri, shapes)
            if kind.name in kinds:
                other = kinds[kind.name].iri
                self._fault(
                    "RG403", iri, f"two classes have the local name '{kind.name}': <{other}> is the other"
                )
            kinds[kind.name] = kind
        vocabulary = Vocabulary(
            kinds,
            dict(sorted(self.properties.items())),
            self._concepts(),
            dict(sorted(PREFIXES.items())),
            self.graph.position,
        )
        self._check_templates(vocabulary)
        return vocabulary

    def _fault(self, code: str, subject: str, message: str) -> None:
        position = self.graph.position(subject)
        self.problems.append(Problem(code, f"{local_name(subject)}: {message}", position))

    def _typed(self, subject: str, *types: str) -> bool:
        return any(_plain(node) in types for node in self.graph.objects(subject, RDF + "type"))

    def _ancestors(self, iri: str) -> tuple[str, ...]:
        """All superclasses, nearest first; ties in alphabetical order; cycles are harmless."""
        found: list[str] = []
        level = [iri]
        while level:
            upper: list[str] = []
            for each in level:
                for parent in self.graph.objects(each, RDFS + "subClassOf"):
                    name = _plain(parent)
                    named = type(parent).__name__ == "NamedNode"
                    if named and name != iri and name not in found and name not in upper:
                        upper.append(name)
            upper.sort()
            found += upper
            level = upper
        return tuple(found)

    def _property(self, iri: str) -> Property:
        key = self.graph.text(iri, RG + "key") or local_name(iri)
        known = self.properties.get(key)
        if known is not None and known.iri != iri:
            self._fault("RG403", iri, f"the key '{key}' is also that of {known.iri}")
            return known
        if known is None:
            known = Property(
                iri,
                key,
                self.graph.languages(iri, RDFS + "label"),
                self.graph.languages(iri, RG + "inText"),
                local_name(self.graph.text(iri, RG + "tense")),
                self.graph.text(iri, RG + "acyclic") == "true",
                self.graph.text(iri, RG + "group"),
            )
            self.properties[key] = known
        return known

    def _shapes(self) -> dict[str, list[KeyRule]]:
        """The rules of each class by IRI, from the node shapes that target it."""
        rules: dict[str, list[KeyRule]] = defaultdict(list)
        for shape in list(self.graph.by_subject):
            targets = self.graph.texts(shape, SH + "targetClass")
            for target in targets:
                for node in self.graph.objects(shape, SH + "property"):
                    subject = node.value if type(node).__name__ == "NamedNode" else node  # type: ignore[union-attr]
                    rules[target].append(self._rule(subject))
        return rules

    def _rule(self, shape: object) -> KeyRule:
        text = self.graph.text
        path = text(shape, SH + "path")
        prop = self._property(path)
        allowed = [
            item for head in self.graph.objects(shape, SH + "in") for item in self.graph.list_items(head)
        ]
        maximum = text(shape, SH + "maxCount")
        return KeyRule(
            key=prop.key,
            iri=path,
            minimum=int(text(shape, SH + "minCount") or 0),
            maximum=int(maximum) if maximum else None,
            classes=tuple(self.graph.texts(shape, SH + "class")),
            datatype=text(shape, SH + "datatype"),
            iri_kind=text(shape, SH + "nodeKind") == SH + "IRI",
            allowed=tuple(allowed),
            pattern=text(shape, SH + "pattern"),
            unique_lang=text(shape, SH + "uniqueLang") == "true",
            low=text(shape, SH + "minInclusive"),
            high=text(shape, SH + "maxInclusive"),
        )

    def _inherited(self, iri: str, predicate: str) -> str:
        for each in (iri, *self.parents[iri]):
            found = self.graph.text(each, predicate)
            if found:
                return found
        return ""

    def _kind(self, iri: str, shapes: Mapping[str, list[KeyRule]]) -> Kind:
        rules: dict[str, KeyRule] = {}
        for each in (iri, *self.parents[iri]):
            for rule in shapes.get(each, ()):
                rules[rule.key] = merge(rules[rule.key], rule) if rule.key in rules else rule
        roles: list[str] = []
        for each in (iri, *self.parents[iri]):
            roles += [self._property(role).key for role in self.graph.texts(each, RG + "role")]
        edge = {
            name: self._property(found).key if (found := self._inherited(iri, RG + name)) else ""
            for name in ("edgeFrom", "edgeTo", "edgeBetween")
        }
        if self.graph.text(iri, RG + "edgeFrom"):
            edge["edgeBetween"] = ""
        elif self.graph.text(iri, RG + "edgeBetween"):
            edge["edgeFrom"] = edge["edgeTo"] = ""
        drawn = bool(edge["edgeFrom"] and edge["edgeTo"]) or bool(edge["edgeBetween"])
        shortcut = self._inherited(iri, RG + "shortcut")
        return Kind(
            name=local_name(iri),
            iri=iri,
            labels=self.graph.languages(iri, RDFS + "label"),
            plurals=self.graph.languages(iri, RG + "plural"),
            comments=self.graph.languages(iri, RDFS + "comment"),
            parents=self.parents[iri],
            roles=tuple(dict.fromkeys(role for role in roles if role in rules)),
            edge_from=edge["edgeFrom"],
            edge_to=edge["edgeTo"],
            edge_between=edge["edgeBetween"],
            drawn_as=self._inherited(iri, RG + "drawnAs") or ("edge" if drawn else "none"),
            shortcut=self._property(shortcut).iri if shortcut else "",
            group=self._inherited(iri, RG + "group"),
            denies=tuple(self.graph.texts(iri, RG + "denies")),
            whole_period=self._inherited(iri, RG + "wholePeriod") == "true",
            templates=self._templates(iri, RG + "template"),
            phrases=self._templates(iri, RG + "phrase"),
            style=Style(
                color=self._inherited(iri, RG + "color"),
                home_color=self._inherited(iri, RG + "homeColor"),
                shape=self._inherited(iri, RG + "shape"),
                filled=self._inherited(iri, RG + "filled") != "false",
                line=self._inherited(iri, RG + "line"),
                order=int(self._inherited(iri, RG + "order") or 1000),
                own=bool(self.graph.text(iri, RG + "color")),
            ),
            rules=rules,
        )

    def _templates(self, iri: str, predicate: str) -> dict[str, Template]:
        found: dict[str, Template] = {}
        for each in (iri, *self.parents[iri]):
            for lang, text in self.graph.languages(each, predicate).items():
                if lang in found:
                    continue
                try:
                    found[lang] = parse(text)
                except TemplateError as error:
                    self._fault("RG402", each, f"the template in '{lang}' cannot be read: {error}")
        return found

    def _concepts(self) -> dict[str, Concept]:
        concepts: dict[str, Concept] = {}
        spoken_of = {  # by the ontology itself: the group of a kind, the tense of a key
            _plain(node)
            for predicates in self.graph.by_subject.values()
            for predicate, nodes in predicates.items()
            if predicate.startswith(RG)
            for node in nodes
        }
        for subject in list(self.graph.by_subject):
            if not isinstance(subject, str):
                continue
            types = self.graph.texts(subject, RDF + "type")
            classes = {
                t for t in types if t == SKOS + "Concept" or SKOS + "Concept" in self.parents.get(t, ())
            }
            if classes:
                classes.update(p for c in list(classes) for p in self.parents.get(c, ()))
                labels = self.graph.languages(subject, SKOS + "prefLabel")
                concepts[subject] = Concept(
                    local_name(subject),
                    subject,
                    labels,
                    tuple(sorted(classes)),
                    int(self.graph.text(subject, RG + "order") or 1000),
                    self.graph.text(subject, RG + "line"),
                    subject in spoken_of or bool(self.graph.texts(subject, RG + "unusedBecause")),
                )
        return dict(sorted(concepts.items()))

    def _check_templates(self, vocabulary: Vocabulary) -> None:
        for kind in vocabulary.kinds.values():
            for predicate, templates in ((RG + "template", kind.templates), (RG + "phrase", kind.phrases)):
                for lang in self.graph.languages(kind.iri, predicate):
                    for key in keys(templates.get(lang, ())):
                        if key not in kind.rules and key not in PSEUDO_KEYS:
                            self._fault(
                                "RG402",
                                kind.iri,
                                f"the template in '{lang}' names '{key}', no key of the kind",
                            )
            for key in (kind.edge_from, kind.edge_to, kind.edge_between):
                if key and key not in kind.rules:
                    self._fault("RG403", kind.iri, f"'{key}' is drawn as its edge and is no key of the kind")


def merge(one: KeyRule, other: KeyRule) -> KeyRule:
    """What both rules ask: SHACL's reading of two shapes on one node."""
    maxima = [m for m in (one.maximum, other.maximum) if m is not None]
    return replace(
        one,
        minimum=max(one.minimum, other.minimum),
        maximum=min(maxima) if maxima else None,
        classes=tuple(sorted({*one.classes, *other.classes})),
        datatype=one.datatype or other.datatype,
        iri_kind=one.iri_kind or other.iri_kind,
        allowed=one.allowed or other.allowed,
        pattern=one.pattern or other.pattern,
        unique_lang=one.unique_lang or other.unique_lang,
        low=one.low or other.low,
        high=one.high or other.high,
    )


def vocabulary_files(folders: Iterable[Path]) -> list[Path]:
    """The Turtle files of several ontology folders; a later file replaces an earlier namesake."""
    by_name: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.ttl")):
            by_name[path.name] = path
    return [by_name[name] for name in sorted(by_name)]
