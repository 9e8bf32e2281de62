"""Values for the keys of a kind, drawn as the ontology's shapes ask: nothing here knows a kind by name."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict, deque
from collections.abc import Sequence
from random import Random

from report import DOCUMENT

from relgraph.namespaces import PREFIXES, RG
from relgraph.vocabulary import TIME_KEYS, KeyRule, Kind, Vocabulary, local_name

YEAR = 2030
XSD = PREFIXES["xsd"]
LANG_STRING = PREFIXES["rdf"] + "langString"
CLASSES = {PREFIXES["owl"] + "Class", PREFIXES["rdfs"] + "Class"}
PROPERTY = PREFIXES["rdf"] + "Property"
#: keys with a meaning of their own, written elsewhere
SPECIAL = {"source", "alias", "certainty", "alternativeTo", "conflictsWith", "readsAs", "name", "inText"}
SPECIAL |= {"placeholder", *TIME_KEYS}
#: how many of the latest relationships of a kind others may refer to
REMEMBERED = 500
_SIGNS = [consonant + vowel for consonant in "bdfghjklmnprstv" for vowel in "aeiouy"]


class CannotGenerate(Exception):
    """A rule of the ontology for which no value can be made up; the message names kind and key."""


def quoted(text: str) -> str:
    """A text in YAML."""
    return json.dumps(text, ensure_ascii=False)


def word(number: int) -> str:
    """A made-up name; no two numbers below 65 million have the same one."""
    number = number * 31_415_927 % len(_SIGNS) ** 4  # neighbours look nothing like each other
    signs = []
    for _ in range(4):
        number, rest = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[rest])
    return "".join(signs).capitalize()


class Entities:
    """The entities by number: the home city is 0, and the kinds are dealt out in blocks of numbers.

    Only the kind of each is held (two bytes), so that a million relationships need no list of names.
    """

    def __init__(self, kinds: Sequence[Kind], count: int, random: Random) -> None:
        self.kinds = list(kinds)
        self.random = random
        self.kind_of = array("H", bytes(2 * count))
        self._blocks: list[list[int]] = [[] for _ in kinds]
        for number in range(count):
            # every kind once, then at random; the home city is first, and its kind the commonest
            drawn = max(0, random.randrange(-4, len(self.kinds)))
            index = number if number < len(self.kinds) else drawn
            self.kind_of[number] = index
            self._blocks[index].append(number)
        self._pools: dict[tuple[str, ...], list[int]] = {}

    def __len__(self) -> int:
        return len(self.kind_of)

    def kind(self, number: int) -> Kind:
        """The kind of an entity."""
        return self.kinds[self.kind_of[number]]

    def id(self, number: int) -> str:
        """The id of an entity."""
        return f"{word(number).lower()}-{number}" if number else "lindvik"

    def name(self, number: int, lang: str) -> str:
        """The name of an entity in a language."""
        if not number:
            return "Lindvik"
        label = self.kind(number).labels.get(lang, self.kind(number).name)
        return f"{word(number)} {label}"

    def draw(self, classes: tuple[str, ...], below: int | None = None) -> int | None:
        """An entity of all those classes (and, with ``below``, of a lower number); None if there is none.

        The lower its number, the likelier: a few have very many relationships, most have one or two.
        """
        if classes not in self._pools:
            wanted = [
                block
                for block, kind in zip(self._blocks, self.kinds, strict=True)
                if all(kind.is_a(iri) for iri in classes)
            ]
            self._pools[classes] = sorted(number for block in wanted for number in block)
        pool = self._pools[classes]
        for _ in range(4):
            if not pool:
                break
            number = pool[int(len(pool) * self.random.random() ** 3)]
            if below is None or number < below:
                return number
        return pool[0] if pool and (below is None or pool[0] < below) else None


class Relationships:
    """The latest relationships of each kind, for those that refer to others."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._latest: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self._kinds: dict[str, Kind] = {}

    def remember(self, kind: Kind, id_: str) -> None:
        """Let others refer to this one."""
        self._kinds[kind.name] = kind
        self._latest[kind.name].append(id_)

    def draw(self, classes: tuple[str, ...]) -> str | None:
        """A relationship of all those classes, or None."""
        names = [name for name, kind in self._kinds.items() if all(kind.is_a(iri) for iri in classes)]
        return self.random.choice(self._latest[self.random.choice(names)]) if names else None


class Values:
    """Makes up values that a key's rule allows."""

    def __init__(
        self, vocabulary: Vocabulary, entities: Entities, relationships: Relationships, random: Random
    ) -> None:
        self.vocabulary = vocabulary
        self.entities = entities
        self.relationships = relationships
        self.random = random
        self._lists: dict[str, list[str]] = {}
        self._properties = sorted(key for key in vocabulary.properties if key not in SPECIAL)
        self._kinds = sorted(k.name for k in vocabulary.kinds.values() if k.is_a(RG + "Relationship"))

    def several(self, kind: Kind, rule: KeyRule, *, hub: bool = False, below: int | None = None) -> list[str]:
        """The values of a key as YAML scalars, or one language map; empty where there is nothing to name.

        ``hub`` puts the home city first where the rule admits it; ``below`` bounds the numbers of entities.
        """
        if rule.datatype == LANG_STRING:
            number = self.random.randrange(1000)
            swedish, english = quoted(f"{rule.key} på svenska {number}"), quoted(f"{rule.key} {number}")
            return [f"{{sv: {swedish}, en: {english}}}"]
        count = max(rule.minimum, 1)
        if rule.key in (kind.edge_between, kind.edge_from, kind.edge_to):
            count = max(count, 2 if rule.key == kind.edge_between else 1)
            count += self.random.random() < 0.15
        if rule.maximum is not None:
            count = min(count, rule.maximum)
        found: dict[str, None] = {}
        if hub and self.entities.kind(0) and self._admits_home(rule):
            found[self.entities.id(0)] = None
        for _ in range(4 * count):
            if len(found) >= count:
                break
            value = self._one(kind, rule, below)
            if value is not None:
                found[value] = None
        if len(found) < rule.minimum:
            raise CannotGenerate(f"{kind.name}: no {count} values of '{rule.key}' could be made up")
        return list(found)

    def is_reference(self, rule: KeyRule) -> bool:
        """Whether the key refers to records."""
        return bool(rule.classes) and not self._schema(rule) and not self._concepts(rule)

    def _admits_home(self, rule: KeyRule) -> bool:
        home = self.entities.kind(0)
        return self.is_reference(rule) and all(home.is_a(iri) for iri in rule.classes)

    def _schema(self, rule: KeyRule) -> bool:
        return any(iri in CLASSES or iri == PROPERTY for iri in rule.classes)

    def _concepts(self, rule: KeyRule) -> list[str]:
        for iri in rule.classes:
            if iri not in self._lists:
                self._lists[iri] = sorted(self.vocabulary.concepts_of(iri))
            if self._lists[iri]:
                return self._lists[iri]
        return []

    def _one(self, kind: Kind, rule: KeyRule, below: int | None) -> str | None:
        if rule.allowed:
            return local_name(self.random.choice(rule.allowed))
        if rule.classes:
            return self._reference(rule, below)
        if rule.pattern:
            if rule.minimum:
                raise CannotGenerate(f"{kind.name}: '{rule.key}' asks for the form {rule.pattern}")
            return None
        return self._literal(rule)

    def _reference(self, rule: KeyRule, below: int | None) -> str | None:
        if PROPERTY in rule.classes:
            return self.random.choice(self._properties)
        if self._schema(rule):
            return self.random.choice(self._kinds)
        concepts = self._concepts(rule)
        if concepts:
            return self.random.choice(concepts)
        if any(iri == RG + "Document" for iri in rule.classes):
            return DOCUMENT
        # what may be any record is now an entity, now a relationship
        if below is None and self.random.random() < 0.4:
            found = self.relationships.draw(rule.classes)
            if found is not None:
                return found
        number = self.entities.draw(rule.classes, below)
        if number is not None:
            return self.entities.id(number)
        return self.relationships.draw(rule.classes) if below is None else None

    def _literal(self, rule: KeyRule) -> str:
        number = self.random.randrange(100_000)
        if rule.datatype == XSD + "boolean":
            return "true" if number % 2 else "false"
        if rule.datatype == XSD + "date":
            return f"{YEAR}-06-{number % 28 + 1:02}"
        if rule.iri_kind or rule.datatype == XSD + "anyURI":
            return f"https://example.org/id/{number}"
        if rule.datatype.startswith(XSD) and rule.datatype != XSD + "string":
            low = float(rule.low or 1)
            high = float(rule.high or max(abs(low), low + 20))
            value = low + (high - low) * self.random.random()
            return f"{value:.4f}" if rule.datatype == XSD + "decimal" else str(int(value))
        return f"Q{number}"

    def times(self, kind: Kind) -> list[str]:
        """The time keys of a relationship as YAML entries that contradict each other in nothing."""
        random = self.random
        year = YEAR - int(40 * random.random() ** 2) - 1
        if kind.is_a(RG + "Assessment"):
            return [f"during: {YEAR if random.random() < 0.8 else year}"]
        if kind.is_a(RG + "PlannedRelationship"):
            return [f"date: {YEAR + 1 + random.randrange(3)}"]
        if kind.style.line in ("done", "failed") and kind.drawn_as != "node":
            form = random.choice(
                [f"{year}", f"{YEAR}", f"{YEAR}-{random.randrange(1, 13):02}", f"{YEAR}-23", f"{year}~"]
            )
            return [f"date: {form}"]
        entries = [f"from: {year}{'~' if random.random() < 0.1 else ''}"]
        chance = random.random()
        if chance < 0.5:
            entries.append(f"observedIn: {YEAR}")
            if chance < 0.05:
                entries.append(f"to: {{earliest: {YEAR + 1}, latest: {YEAR + 2}}}")
        elif chance < 0.65:
            entries.append(f"to: {min(YEAR, year + random.randrange(1, 9))}")
        return entries if chance < 0.9 else []
