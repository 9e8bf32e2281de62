"""One value: from a YAML node to a typed :data:`relgraph.model.Value`, as the key's rule asks.

Codes: RG106 wrong datatype or form · RG110 unknown language · RG111 impossible date · RG115 not in the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from typing import Any

from relgraph import time
from relgraph.model import Edtf, Position, Problem, Ref, Term, Text, Typed, Value
from relgraph.reading import Mapping, Node, Scalar, Sequence
from relgraph.vocabulary import KeyRule, Kind, Property, Vocabulary

XSD = "http://www.w3.org/2001/XMLSchema#"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
SKOS_CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
#: classes of the ontology's own terms: such a value is the local name or the key of a class or property
SCHEMA_CLASSES = {
    "http://www.w3.org/2002/07/owl#Class",
    "http://www.w3.org/2000/01/rdf-schema#Class",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property",
}
# RFC 3987: the characters of a path, those of any script included; of a host; %-escapes are two digits.
_CHARACTER = (
    r"[\w\-.~!$&'()*+,;=:@/?]"
    r"|[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
    r"|%[0-9A-Fa-f]{2}"
)
#: an address that can stand in RDF
IRI = re.compile(
    r"https?://[A-Za-z0-9\u00a0-\ud7ff](?:[A-Za-z0-9.\-\u00a0-\ud7ff])*(?::[0-9]{1,5})?"
    rf"(?:[/?](?:{_CHARACTER})*)?(?:\#(?:{_CHARACTER})*)?",
    re.ASCII,
)
#: a language tag (BCP 47): language, script, region, variants
LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
)
_LONGEST = 400
LEXICAL = {
    XSD + "integer": (re.compile(r"[+-]?[0-9]{1,18}"), "a whole number"),
    XSD + "nonNegativeInteger": (re.compile(r"\+?[0-9]{1,18}"), "a whole number, 0 or more"),
    XSD + "positiveInteger": (re.compile(r"\+?0*[1-9][0-9]{0,17}"), "a whole number above 0"),
    XSD + "decimal": (re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)"), "a number such as 12 or 1.5"),
    XSD + "boolean": (re.compile(r"true|false"), "true or false"),
    XSD + "anyURI": (IRI, "an address that begins with http:// or https://"),
    XSD + "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a day such as 2019-12-24"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A value and where it stands."""

    value: Value
    position: Position


class ValueReader:
    """Types the values of one graph; gathers the problems that it meets."""

    def __init__(self, vocabulary: Vocabulary, languages: tuple[str, ...], problems: list[Problem]) -> None:
        self.vocabulary = vocabulary
        self.languages = languages
        self.problems = problems
        self._lists: dict[str, MappingType[str, str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def fault(self, code: str, message: str, position: Position, hint: str | None = None) -> None:
        """Note an error."""
        if len(message) > _LONGEST:  # it quotes a text, and that may be a mebibyte long
            message = message[:_LONGEST] + " …"
        self.problems.append(Problem(code, message, position, hint=hint))

    def read(self, rule: KeyRule, node: Node) -> Iterator[Placed]:
        """The values of ``node``: a scalar, a list of scalars, or a language map."""
        if rule.datatype == LANG_STRING:
            yield from self._texts(rule, node)
            return
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            if not isinstance(item, Scalar):
                hint = "write [a, b]" if isinstance(item, Sequence) else f"write {rule.key}: value"
                self.fault("RG106", f"'{rule.key}' takes plain values here", item.position, hint)
                continue
            if not item.text:
                continue  # the reader has told that it is empty
            value = self._scalar(rule, item)
            if value is not None:
                yield Placed(value, item.position)

    def edtf(self, key: str, node: Node) -> Edtf | None:
        """A time: EDTF text, or ``{earliest: …, latest: …}``."""
        if isinstance(node, Mapping):
            ends = {"earliest": "", "latest": ""}
            for name, value in node.entries:
                if name.text not in ends or not isinstance(value, Scalar):
                    self.fault(
                        "RG111",
                        f"'{name.text}' is not a part of a date, or not one date",
                        name.position,
                        "write {earliest: 2021, latest: 2022}",
                    )
                    return None
                ends[name.text] = value.text
            text = f"[{ends['earliest']}..{ends['latest']}]"
        elif isinstance(node, Scalar):
            text = node.text
            if not text:
                return None  # the reader has told that it is empty
        else:
            hint = "write 2018/2021, or {earliest: 2021, latest: 2022}"
            self.fault("RG111", f"'{key}' takes one date, not a list", node.position, hint)
            return None
        try:
            time.parse(text)
        except time.EdtfError as error:
            self.fault("RG111", f"'{key}': {error}", node.position)
            return None
        return Edtf(text)

    def _texts(self, rule: KeyRule, node: Node) -> Iterator[Placed]:
        if not isinstance(node, Mapping):
            wanted = ", ".join(f"{lang}: …" for lang in self.languages[:2])
            self.fault("RG106", f"'{rule.key}' needs a language", node.position, f"write {{{wanted}}}")
            return
        for lang, value in node.entries:
            if lang.text not in self.languages:
                self.fault(
                    "RG110",
                    f"'{lang.text}' is not a language of this graph",
                    lang.position,
                    self.language_hint(lang.text),
                )
                continue
            items = value.items if isinstance(value, Sequence) else (value,)
            if rule.unique_lang and len(items) > 1:
                hint = "another name is an alias" if rule.key == "name" else "join them, or leave one out"
                self.fault("RG108", f"'{rule.key}' takes one text a language", value.position, hint)
                continue
            for item in items:
                if isinstance(item, Scalar):
                    if item.text:  # else the reader has told that it is empty
                        yield Placed(Text(item.text, lang.text), item.position)
                else:
                    hint = f"write {rule.key}: {{{lang.text}: text}}"
                    self.fault("RG106", f"'{rule.key}' takes plain texts", item.position, hint)

    def _scalar(self, rule: KeyRule, node: Scalar) -> Value | None:
        text = node.text
        if rule.allowed:
            return self._allowed(rule, node)
        if rule.classes:
            return self._reference(rule, node)
        if rule.iri_kind:
            return self._term(rule, node)
        if rule.pattern and not self._matches(rule.pattern, text):
            self.fault(
                "RG106",
                f"'{text[:60]}' does not have the form that '{rule.key}' asks for",
                node.position,
                f"the form is {rule.pattern}",
            )
            return None
        if rule.datatype in ("", XSD + "string"):
            return Text(text)
        lexical, meant = LEXICAL.get(rule.datatype, (None, ""))
        if lexical is not None and not lexical.fullmatch(text):
            self.fault("RG106", f"'{text[:60]}' is not {meant}, as '{rule.key}' asks for", node.position)
            return None
        if not self._within(rule, node) or (rule.datatype == XSD + "date" and not self._day(rule, node)):
            return None
        return Typed(text, rule.datatype)

    def _within(self, rule: KeyRule, node: Scalar) -> bool:
        if not (rule.low or rule.high):
            return True
        # days of four-digit years have the order of their texts
        order: Callable[[str], Any] = float if rule.datatype.endswith(("nteger", "decimal")) else str
        value = order(node.text)
        if (rule.low and value < order(rule.low)) or (rule.high and value > order(rule.high)):
            asked = [f"at least {rule.low}"] if rule.low else []
            asked += [f"at most {rule.high}"] if rule.high else []
            message = f"{node.text} is out of range: '{rule.key}' is {' and '.join(asked)}"
            self.fault("RG106", message, node.position, "correct the number")
            return False
        return True

    def _matches(self, pattern: str, text: str) -> bool:
        if pattern not in self._patterns:
            self._patterns[pattern] = re.compile(pattern)
        return self._patterns[pattern].search(text) is not None

    def _day(self, rule: KeyRule, node: Scalar) -> bool:
        try:
            time.parse(node.text)
        except time.EdtfError as error:
            self.fault("RG111", f"'{rule.key}': {error}", node.position)
            return False
        return True

    def language_hint(self, word: str) -> str:
        """What to write in place of a language that the graph does not have."""
        known = f"its languages are {', '.join(self.languages)}; graph.yaml lists them"
        return suggestion(word, self.languages) or known

    def _allowed(self, rule: KeyRule, node: Scalar) -> Value | None:
        for item in rule.allowed:
            if item == node.text:
                return Text(node.text)
            if item.endswith(("#" + node.text, "/" + node.text)):
                return Term(item)
        names = [item.rsplit("#", 1)[-1].rsplit("/", 1)[-1] for item in rule.allowed]
        self.fault(
            "RG115",
            f"'{node.text}' is not one of the values of '{rule.key}'",
            node.position,
            suggestion(node.text, names) or f"one of {', '.join(sorted(names))}",
        )
        return None

    def _list(self, class_iri: str) -> MappingType[str, str]:
        """Local name -> IRI of the concepts of a controlled list (empty for a class of records)."""
        if class_iri not in self._lists:
            concepts = self.vocabulary.concepts_of(class_iri)
            self._lists[class_iri] = {name: concept.iri for name, concept in concepts.items()}
        return self._lists[class_iri]

    def _reference(self, rule: KeyRule, node: Scalar) -> Value | None:
        if any(class_iri in SCHEMA_CLASSES for class_iri in rule.classes):
            return self._term(rule, node)
        # a table whose columns may have either writes rg: before a concept; no id of a record has a colon
        marked = node.text.startswith("rg:")
        for class_iri in rule.classes:
            concepts = self._list(class_iri)
            if (name := node.text.removeprefix("rg:")) in concepts:
                return Term(concepts[name])
            if concepts and (marked or not self._has_records(class_iri)):
                self.fault(
                    "RG115",
                    f"'{node.text}' is not one of the values of '{rule.key}'",
                    node.position,
                    suggestion(node.text, concepts) or f"one of {', '.join(sorted(concepts))}",
                )
                return None
        return Ref(node.text)

    def _has_records(self, class_iri: str) -> bool:
        return any(kind.is_a(class_iri) for kind in self.vocabulary.kinds.values())

    def _term(self, rule: KeyRule, node: Scalar) -> Value | None:
        """A class or a property of the ontology as the rule asks for, or any address if it asks neither."""
        wants_class = any(class_iri.endswith("Class") for class_iri in rule.classes)
        wants_property = any(class_iri.endswith("Property") for class_iri in rule.classes)
        if not rule.classes and IRI.fullmatch(node.text):
            return Term(node.text)
        terms: dict[str, Kind | Property] = {}
        if not wants_class:
            terms.update(self.vocabulary.properties)
        if not wants_property:
            terms.update(self.vocabulary.kinds)
        found = terms.get(node.text) or next((t for t in terms.values() if t.iri == node.text), None)
        if found is not None:
            return Term(found.iri)
        what = "class" if wants_class else "key" if wants_property else "address, nor a term"
        self.fault(
            "RG115",
            f"'{node.text[:60]}' is no {what} of the ontology, as '{rule.key}' asks for",
            node.position,
            suggestion(node.text, list(terms)) or "docs/model.md says where the terms stand",
        )
        return None


def suggestion(word: str, known: MappingType[str, object] | list[str] | tuple[str, ...]) -> str | None:
    """``did you mean 'x'?`` for the nearest known word, if one is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f"did you mean '{near[0]}'?" if near else None
