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
from typing import TYPE_CHECKING

from relgraph.model import Position, Problem
from relgraph.namespaces import PREFIXES, RG
from relgraph.reading.text import read_text, size_problem
from relgraph.vocabulary.graph import Graph, plain
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
    pass

RDF, RDFS, OWL, SH, SKOS = (PREFIXES[name] for name in ("rdf", "rdfs", "owl", "sh", "skos"))

#: the parser tells the place again in its message
_PLACE = re.compile(r"^Parser error at line \d+ (?:between columns \d+ and \d+|column \d+|[^:]*): ")
#: datatypes whose forms the loader knows (relgraph.loading.values)
_XSD = "string integer nonNegativeInteger positiveInteger decimal boolean anyURI date"
DATATYPES = (*(PREFIXES["xsd"] + name for name in _XSD.split()), RDF + "langString")

#: what the compiler adds to a record (relgraph.triples): no key of it, though a shape may say more of it
COMPUTED = frozenset(
    RG + name
    for name in ("earliestBegin", "latestBegin", "earliestEnd", "latestEnd", "periodBegin", "periodEnd")
)
_WHOLE = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def read_vocabulary(
    files: Sequence[Path], *, names: Mapping[Path, str] | None = None
) -> tuple[Vocabulary, list[Problem]]:
    """Read the ontology.

    ``files`` are Turtle files; ``names`` gives the name under which each is shown in problems. A file that
    cannot be read is a problem (``RG401``), and so is a template (``RG402``) or an annotation (``RG403``)
    that makes no sense. Never raises for bad content.
    """
    import pyoxigraph as ox

    graph = Graph()
    problems: list[Problem] = []
    typed: set[object] = set()
    for path in files:
        shown = (names or {}).get(path, path.name)
        text, found = read_text(path, shown)
        problems += found
        too_large = size_problem(text, shown) if text is not None else None
        if text is None or too_large is not None:
            problems += [too_large] if too_large is not None else []
            continue
        try:
            quads = list(ox.parse(input=text.removeprefix("\ufeff"), format=ox.RdfFormat.TURTLE))
        except (SyntaxError, ValueError) as error:
            problems.append(_syntax_problem(error, shown))
            continue
        graph.path_of[shown] = path
        for quad in quads:
            subject: object = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else quad.subject
            graph.by_subject[subject][quad.predicate.value].append(quad.object)
            graph.file_of.setdefault(subject, shown)
            if quad.predicate.value == RDF + "type" and subject not in typed:
                typed.add(subject)  # that is where it is described; another file may say more of it
                graph.file_of[subject] = shown
    vocabulary = _Builder(graph, problems).build()
    return vocabulary, sorted(problems, key=lambda problem: problem.sort_key)


def _syntax_problem(error: SyntaxError | ValueError, shown: str) -> Problem:
    """RG401: what the parser says, and where, in our form."""
    position = Position(shown, getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1)
    message = str(getattr(error, "msg", "") or error).splitlines()[0]
    message = _PLACE.sub("", message)[:400].rstrip(".")
    hint = "correct the Turtle there, or just before it"
    if "prefix" in message and "declared" in message:
        hint = "declare it at the top: @prefix name: <address> ."
    return Problem("RG401", f"the ontology file cannot be read: {message}", position, hint=hint)


class _Builder:
    """Turns the triples of an ontology into a Vocabulary; one is made for each reading."""

    def __init__(self, graph: Graph, problems: list[Problem]) -> None:
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
                message = f"two classes have the local name '{kind.name}': <{other}> is the other"
                self._fault("RG403", iri, message, "give one of them another name: records name it so")
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

    def _fault(self, code: str, subject: str, message: str, hint: str) -> None:
        problem = Problem(code, f"{local_name(subject)}: {message}", self.graph.position(subject), hint=hint)
        if problem not in self.problems:  # kinds have from their superclasses what is wrong with them
            self.problems.append(problem)

    def _whole(self, subject: object, predicate: str, owner: str, default: int) -> int:
        """A whole number, 0 or more; else RG403 and the default."""
        text = self.graph.text(subject, predicate)
        if text and not _WHOLE.fullmatch(text):
            name = local_name(predicate)
            self._fault("RG403", owner, f"{name} is a whole number, not '{text[:40]}'", f"write {name} 1")
            return default
        return int(text) if text else default

    def _typed(self, subject: str, *types: str) -> bool:
        return any(plain(node) in types for node in self.graph.objects(subject, RDF + "type"))

    def _ancestors(self, iri: str) -> tuple[str, ...]:
        """All superclasses, nearest first; ties in alphabetical order; cycles are harmless."""
        found: list[str] = []
        level = [iri]
        while level:
            upper: list[str] = []
            for each in level:
                for parent in self.graph.objects(each, RDFS + "subClassOf"):
                    name = plain(parent)
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
            hint = "give one of them another name, or another rg:key"
            self._fault("RG403", iri, f"the key '{key}' is also that of {known.iri}", hint)
            return known
        if known is None:
            known = Property(
                iri,
                key,
                self.graph.languages(iri, RDFS + "label"),
                self.graph.languages(iri, RG + "inText"),
                local_name(self.graph.text(iri, RG + "tense")),
                self.graph.text(iri, RG + "acyclic") == "true",
                self._typed(iri, OWL + "SymmetricProperty"),
                self.graph.text(iri, RG + "group"),
                self.graph.text(iri, RG + "absenceTold") == "true",
            )
            self.properties[key] = known
        return known

    def _shapes(self) -> dict[str, list[KeyRule]]:
        """The rules of each class by IRI, from the node shapes that target it."""
        rules: dict[str, list[KeyRule]] = defaultdict(list)
        for shape in list(self.graph.by_subject):
            targets = self.graph.texts(shape, SH + "targetClass")
            for target in targets:
                if target not in self.parents:
                    continue  # no class of this ontology: what SHACL alone holds to it
                for node in self.graph.objects(shape, SH + "property"):
                    subject = node.value if type(node).__name__ == "NamedNode" else node  # type: ignore[union-attr]
                    rule = self._rule(subject, shape if isinstance(shape, str) else target)
                    if rule is not None:
                        rules[target].append(rule)
        return rules

    def _rule(self, shape: object, owner: str) -> KeyRule | None:
        """What a property shape says; RG403 and None where its path is not one property."""
        text = self.graph.text
        paths = self.graph.objects(shape, SH + "path")
        if len(paths) == 1 and type(paths[0]).__name__ == "BlankNode" and self.graph.by_subject.get(paths[0]):
            return None  # a longer path is none of a record's keys: SHACL alone sees it
        if len(paths) != 1 or type(paths[0]).__name__ != "NamedNode":
            hint = "write sh:path and the property that it is about"
            self._fault("RG403", owner, "a property shape has no path, or more than one", hint)
            return None
        path = plain(paths[0])
        if path in COMPUTED:
            return None
        self._check_values(shape, owner, local_name(path))
        prop = self._property(path)
        allowed = [
            item for head in self.graph.objects(shape, SH + "in") for item in self.graph.list_items(head)
        ]
        return KeyRule(
            key=prop.key,
            iri=path,
            minimum=self._whole(shape, SH + "minCount", owner, 0),
            maximum=self._whole(shape, SH + "maxCount", owner, 0) if text(shape, SH + "maxCount") else None,
            classes=tuple(self.graph.texts(shape, SH + "class")),
            datatype=text(shape, SH + "datatype"),
            iri_kind=text(shape, SH + "nodeKind") == SH + "IRI",
            allowed=tuple(allowed),
            pattern=text(shape, SH + "pattern"),
            unique_lang=text(shape, SH + "uniqueLang") == "true",
            low=text(shape, SH + "minInclusive"),
            high=text(shape, SH + "maxInclusive"),
        )

    def _check_values(self, shape: object, owner: str, key: str) -> None:
        """RG403: a datatype, limit or pattern that the loader could not hold values to."""
        datatype = self.graph.text(shape, SH + "datatype")
        if datatype and datatype not in DATATYPES:
            known = ", ".join(local_name(iri) for iri in DATATYPES)
            message = f"values of '{key}' cannot be of the datatype {local_name(datatype)}"
            self._fault("RG403", owner, message, f"known are {known}; times are sh:nodeKind sh:Literal")
        form = _DAY if datatype == PREFIXES["xsd"] + "date" else _DECIMAL
        for name in ("minInclusive", "maxInclusive"):
            limit = self.graph.text(shape, SH + name)
            if limit and not form.fullmatch(limit):
                message = f"{name} of '{key}' is a number, not '{limit[:40]}'"
                self._fault("RG403", owner, message, f"write sh:{name} 1")
        pattern = self.graph.text(shape, SH + "pattern")
        try:
            re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as error:
            message = f"the pattern of '{key}' is no regular expression: {error}"
            self._fault("RG403", owner, message, "a sign such as ( stands for itself as \\\\(")

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
            facet=local_name(self._inherited(iri, RG + "facet")),
            folds=self._inherited(iri, RG + "folds") == "true",
            briefed=self._inherited(iri, RG + "briefed") != "false",
            leads=self._inherited(iri, RG + "leads") == "true",
            denies=tuple(self.graph.texts(iri, RG + "denies")),
            tells=tuple(self.graph.texts(iri, RG + "tells")),
            whole_period=self._inherited(iri, RG + "wholePeriod") == "true",
            templates=self._templates(iri, RG + "template"),
            phrases=self._templates(iri, RG + "phrase"),
            plural_phrase=self._inherited(iri, RG + "pluralPhrase") == "true",
            style=Style(
                color=self._inherited(iri, RG + "color"),
                home_color=self._inherited(iri, RG + "homeColor"),
                shape=self._inherited(iri, RG + "shape"),
                filled=self._inherited(iri, RG + "filled") != "false",
                line=self._inherited(iri, RG + "line"),
                order=next(
                    (n for e in (iri, *self.parents[iri]) if (n := self._whole(e, RG + "order", e, 0))), 1000
                ),
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
                    message = f"the template in '{lang}' cannot be read: {error}"
                    self._fault("RG402", each, message, "docs/model.md says how a template is written")
        return found

    def _concepts(self) -> dict[str, Concept]:
        concepts: dict[str, Concept] = {}
        spoken_of = {  # by the ontology itself: the group of a kind, the tense of a key
            plain(node)
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
                    self._whole(subject, RG + "order", subject, 1000),
                    self.graph.text(subject, RG + "line"),
                    self.graph.text(subject, RG + "group"),
                    self._whole(subject, RG + "tieWeakness", subject, 0),
                    subject in spoken_of or bool(self.graph.texts(subject, RG + "unusedBecause")),
                )
        return dict(sorted(concepts.items()))

    def _check_templates(self, vocabulary: Vocabulary) -> None:
        from difflib import get_close_matches

        for kind in vocabulary.kinds.values():
            for predicate, templates in ((RG + "template", kind.templates), (RG + "phrase", kind.phrases)):
                for lang in self.graph.languages(kind.iri, predicate):
                    for key in keys(templates.get(lang, ())):
                        if key not in kind.rules and key not in PSEUDO_KEYS:
                            near = get_close_matches(key, [*kind.rules, *PSEUDO_KEYS], n=1, cutoff=0.7)
                            self._fault(
                                "RG402",
                                kind.iri,
                                f"the template in '{lang}' names '{key}', no key of the kind",
                                f"did you mean '{near[0]}'?" if near else "its keys are in its shapes",
                            )
            for key in (kind.edge_from, kind.edge_to, kind.edge_between):
                if key and key not in kind.rules:
                    message = f"'{key}' is drawn as its edge and is no key of the kind"
                    self._fault("RG403", kind.iri, message, "give it a property shape, or draw another key")


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
