"""The graph of Malmö as the tests of its traps question it: in SPARQL, in sentences, page by page."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from pathlib import Path

import relgraph
from relgraph.api import Graph
from relgraph.namespaces import RG
from relgraph.sentences import SentenceWriter
from relgraph.views.party import as_text, profile

ROOT = Path(__file__).parent.parent
LANGUAGES = ("sv", "en")


class Malmo:
    """The compiled graph; every answer with the graph's own names cut to their ids."""

    def __init__(self, root: Path = ROOT) -> None:
        self.graph: Graph = relgraph.open(root)
        self._answers: dict[str, list[tuple[str, ...]]] = {}

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT, sorted."""
        if query not in self._answers:
            base = self.graph.compiled.base
            found = self.graph.query(query).rows
            self._answers[query] = sorted(
                tuple(str(cell).removeprefix(base).removeprefix(RG) for cell in row) for row in found
            )
        return self._answers[query]

    def ids(self, pattern: str) -> set[str]:
        """What ?x may be."""
        return {row[0] for row in self.rows(f"SELECT DISTINCT ?x {{ {pattern} }}")}

    def count(self, pattern: str) -> int:
        """How many ?x there are."""
        return int(self.rows(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}")[0][0])

    def values(self, id_: str, *keys: str) -> list[tuple[str, str]]:
        """What a record has for some keys, and nothing for those that it lacks."""
        found = self.rows(f"SELECT ?p (STR(?o) AS ?v) {{ VALUES ?p {{ {' '.join(keys)} }} :{id_} ?p ?o }}")
        return [(row[0], row[1]) for row in found]

    def is_a(self, id_: str, kind: str) -> bool:
        """Whether a record is of a kind."""
        return (kind,) in self.rows(f"SELECT ?k {{ :{id_} a ?k }}")

    def certain_in(self, year: int, pattern: str) -> set[str]:
        """What ?x certainly holds in a year, by the rule of docs/model.md."""
        bounds = "?x rg:latestBegin ?b ; rg:earliestEnd ?e"
        within = f'?b <= "{year}-12-31"^^xsd:date && ?e >= "{year}-01-01"^^xsd:date'
        return self.ids(f"{pattern} . {bounds} FILTER({within})")

    def id_of(self, name: str) -> str:
        """The id of the record that a reader means by a name."""
        return self.graph.record(name).id

    def writer(self, lang: str) -> SentenceWriter:
        """Writes as of the data, as ``relgraph show`` does."""
        day = date.fromisoformat(self.graph.compiled.as_of)
        return SentenceWriter(self.graph.project.vocabulary, self.graph.lookup.get, lang, day)

    def said(self, id_: str, lang: str) -> str:
        """The sentence of a record with its notes."""
        return self.writer(lang).sentence(self.graph.lookup.record(id_)).full

    def told(self, id_: str, lang: str) -> str:
        """The sentence alone, without what is uncertain of it."""
        return self.writer(lang).sentence(self.graph.lookup.record(id_)).text

    @cached_property
    def sentences(self) -> dict[str, dict[str, str]]:
        """Every sentence of the graph, by language and id."""
        records = self.graph.lookup.records(self.graph.lookup.ids_of(RG + "Record"))
        assert len(records) > 400
        return {
            lang: {record.id: writer.sentence(record).full for record in records}
            for lang in LANGUAGES
            for writer in [self.writer(lang)]
        }

    def saying(self, words: str, lang: str) -> set[str]:
        """The ids of the records whose sentences match a regular expression, whatever its case."""
        return {id_ for id_, text in self.sentences[lang].items() if re.search(words, text, re.IGNORECASE)}

    def page(self, name: str, lang: str) -> str:
        """What ``relgraph show NAME`` prints, on one line and without its list of sources."""
        lookup = self.graph.lookup
        found = profile(lookup, lookup.resolve(name, lang), lang)
        text = as_text(found, self.writer(lang).cite)
        return " ".join(re.split(r"\n(?:Källor|Sources)\n", text)[0].split())
