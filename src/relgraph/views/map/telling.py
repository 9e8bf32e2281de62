"""What the map says in words: names, sentences with their citations, what is said of a record, as of when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date as Day
from typing import TYPE_CHECKING, Any

from relgraph.lookup import Lookup
from relgraph.model import Citation, Record, Text
from relgraph.namespaces import RG
from relgraph.sentences import SentenceWriter, as_of_text, capital, quoted
from relgraph.views.map.data import LANGUAGES, Bilingual, MapEdge, Sentence, Source
from relgraph.when import MARKS

if TYPE_CHECKING:
    from relgraph.time import Bounds
    from relgraph.when import When

NOTHING = Bilingual()
#: identifiers, coordinates, remarks on the wording: for the keeper of the graph, not for a meeting
REMARKS = "groupReference"


class Teller:
    """The words of one map, in both languages.

    ``excerpts`` is the text of each document that is at hand, ``missing`` what is usual and not stated of a
    record, both by id; ``when`` is the time that the map is limited to.
    """

    def __init__(
        self,
        lookup: Lookup,
        excerpts: Mapping[str, str],
        missing: Mapping[str, Bilingual],
        when: When | None = None,
    ) -> None:
        self.lookup = lookup
        self.vocabulary = lookup.vocabulary
        self.excerpts = excerpts
        self.missing = missing
        self.when = when
        day = Day.fromisoformat(lookup.compiled.as_of) if lookup.compiled.as_of else None
        self.writers = {lang: SentenceWriter(self.vocabulary, lookup.get, lang, day) for lang in LANGUAGES}

    # -- names -------------------------------------------------------------------------------------------

    def name_of(self, id_: str) -> Bilingual:
        """The name of the record of an id."""
        return self.name(self.lookup.record(id_))

    def name(self, record: Record) -> Bilingual:
        """A record's name as it stands on the map."""
        names = [
            quoted(record.text("name", lang) or self.writers[lang].name(record.id), lang)
            for lang in LANGUAGES
        ]
        return Bilingual(*map(capital, names))

    def mistaken(self, record: Record) -> list[str]:
        """What a source calls it by mistake."""
        return self._names(alias.name for alias in record.aliases if alias.is_mistaken)

    def aliases(self, record: Record) -> list[str]:
        """Its other names and acronyms, mistaken ones too."""
        names = [alias.name for alias in record.aliases]
        names += [value for value in record.values.get("acronym", ()) if isinstance(value, Text)]
        return self._names(names)

    def _names(self, names: Iterable[Text]) -> list[str]:
        usual = next(iter(self.lookup.compiled.languages), "")  # of a name that has no language
        return sorted({quoted(name.value, name.lang or usual) for name in names})

    # -- time --------------------------------------------------------------------------------------------

    def mark(self, bounds: Bounds, *, unsettled: bool) -> str | None:
        """How a relationship stands at the time of the map, as its page tells it of chosen years.

        Empty for no mark, None if it is not on the map.
        """
        return self.when.mark(bounds, unsettled=unsettled) if self.when else ""

    # -- sentences ---------------------------------------------------------------------------------------

    def says_more(self, record: Record) -> bool:
        """Whether its sentence says more than what it is called."""
        return self.writers["sv"].says_more(record)

    def sentence(self, record: Record, mark: str = "") -> Sentence:
        """A record as a sentence; ``mark`` is how its relationship stands at the time asked for."""
        kind = self.vocabulary.kinds[record.type]
        spoken = {lang: self.writers[lang].sentence(record) for lang in LANGUAGES}
        said = Sentence(
            text=Bilingual(*(spoken[lang].text for lang in LANGUAGES)),
            cite=Bilingual(*(self._cites(record, lang) for lang in LANGUAGES)),
            note=Bilingual(*(" ".join(spoken[lang].notes) for lang in LANGUAGES)),
            excerpt=" … ".join(self._excerpts(record.sources)),
            record=record.id,
            missing=self.missing.get(record.id, NOTHING) if kind.is_a(RG + "Relationship") else NOTHING,
        )
        if not mark:
            return said
        words = {lang: f"{capital(MARKS[mark][lang])}." for lang in LANGUAGES}
        note = Bilingual(*(f"{said.note.get(lang)} {words[lang]}".strip() for lang in LANGUAGES))
        return replace(said, note=note)

    def _cites(self, record: Record, lang: str) -> str:
        return quoted("; ".join(self.writers[lang].cite_all(record.sources)), lang)

    def _excerpts(self, citations: tuple[Citation, ...]) -> list[str]:
        return [
            " ".join(self.excerpts[c.document][c.start : c.end].split())
            for c in citations
            if c.document in self.excerpts and c.end
        ]

    def assessments(self) -> dict[str, list[Sentence]]:
        """What is said of a record but not drawn (assessments, gaps, notes), by the record it is said of."""
        found: dict[str, list[Sentence]] = defaultdict(list)
        for class_name in ("Assessment", "Annotation", "Relationship"):
            for record in self.lookup.records(self.lookup.ids_of(RG + class_name)):
                kind = self.vocabulary.kinds[record.type]
                if self.vocabulary.speaking_kind(record).drawn_as != "none" or not record.sources:
                    continue
                sentence = replace(self.sentence(record), aside=kind.group == RG + REMARKS)
                targets = {id_ for key in kind.roles for id_ in record.refs(key)}
                # what is said of a relationship is said of those whom it joins
                for id_ in sorted(targets | {party for target in targets for party in self._parties(target)}):
                    if sentence not in found[id_]:
                        found[id_].append(sentence)
        return found

    def _parties(self, id_: str) -> set[str]:
        record = self.lookup.get(id_)
        kind = self.vocabulary.kinds[record.type] if record else None
        if record is None or kind is None:
            return set()
        return {
            p for key in (kind.edge_from, kind.edge_to, kind.edge_between) if key for p in record.refs(key)
        }

    # -- documents ---------------------------------------------------------------------------------------

    def sources(self, edges: Iterable[MapEdge]) -> tuple[Source, ...]:
        """The documents that cover a period, and any others that the relationships rest on."""
        cited = {id_ for edge in edges for id_ in edge.sources}
        documents = self.lookup.records(self.lookup.ids_of(RG + "Document"))
        return tuple(
            Source(d.id, self.name(d), bool(_period(d))) for d in documents if _period(d) or d.id in cited
        )

    def as_of(self) -> Bilingual:
        """As of when the data are, and to which time the map is limited."""
        dates = [as_of_text(self.lookup, lang).removesuffix(".") for lang in LANGUAGES]
        if self.when:
            told = [self.when.told(lang).removesuffix(".") for lang in LANGUAGES]
            dates = [f"{date}. {told}" for date, told in zip(dates, told, strict=True)]
        return Bilingual(*(quoted(date, lang) for date, lang in zip(dates, LANGUAGES, strict=True)))


def cited(record: Record) -> tuple[str, ...]:
    """The documents that a record cites."""
    return tuple(sorted({citation.document for citation in record.sources}))


def _period(document: Record) -> str:
    values: tuple[Any, ...] = document.values.get("period", ())
    return values[0].text if values else ""
