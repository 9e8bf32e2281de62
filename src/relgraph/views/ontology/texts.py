"""What the ontology's files say in words beyond the Vocabulary: comments, definitions, templates, ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from relgraph.namespaces import PREFIXES


@dataclass(frozen=True)
class Texts:
    """The statements about named terms, by IRI and predicate; values are (text, language), sorted."""

    statements: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]
    prefixes: Mapping[str, str]

    def values(self, subject: str, predicate: str) -> tuple[tuple[str, str], ...]:
        """All values with their language (empty for IRIs and plain texts)."""
        return self.statements.get(subject, {}).get(predicate, ())

    def words(self, subject: str, predicate: str) -> dict[str, str]:
        """A text by language; of several in one language, the last in alphabetical order."""
        return {lang: " ".join(text.split()) for text, lang in self.values(subject, predicate) if lang}

    def names(self, subject: str, predicate: str) -> list[str]:
        """The values without a language."""
        return [text for text, lang in self.values(subject, predicate) if not lang]

    def of_type(self, iri: str) -> list[str]:
        """The named terms of a class, sorted."""
        type_ = PREFIXES["rdf"] + "type"
        return sorted(s for s in self.statements if iri in self.names(s, type_))

    def curie(self, iri: str) -> str:
        """The IRI under its prefix, else in angle brackets."""
        fits = [
            (len(space), name) for name, space in self.prefixes.items() if space and iri.startswith(space)
        ]
        if not fits:
            return f"<{iri}>"
        length, name = max(fits)
        return f"{name}:{iri[length:]}"


def read_texts(files: Sequence[Path]) -> Texts:
    """Read Turtle files; raises what pyoxigraph raises (``SyntaxError``) for one that is not Turtle."""
    import pyoxigraph as ox

    found: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    prefixes: dict[str, str] = {}
    for path in files:
        parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        for quad in parser:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                lang = getattr(quad.object, "language", None) or ""
                found[quad.subject.value][quad.predicate.value].add((quad.object.value, lang))
        prefixes |= parser.prefixes
    statements = {
        subject: {predicate: tuple(sorted(values)) for predicate, values in sorted(each.items())}
        for subject, each in sorted(found.items())
    }
    return Texts(statements, {**prefixes, **PREFIXES})
