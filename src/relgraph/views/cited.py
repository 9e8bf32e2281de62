"""Sources in a view: numbered from their first use, and as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from relgraph.model import Citation, Record, Text, Typed
from relgraph.sentences import Sentence


@dataclass(slots=True)
class SourceList:
    """The places that a page cites, in the order of their first use."""

    citations: list[Citation] = field(default_factory=list)
    _numbers: dict[tuple[object, ...], int] = field(default_factory=dict)

    def number(self, citation: Citation) -> int:
        """The place's number, given at its first use."""
        place = (citation.document, citation.section, citation.start, citation.end, citation.locator)
        if place not in self._numbers:
            self.citations.append(citation)
            self._numbers[place] = len(self.citations)
        return self._numbers[place]

    def marks(self, *sentences: Sentence) -> str:
        """The numbers of the sentences' sources: [1][3]."""
        return self.marked(citation for sentence in sentences for citation in sentence.citations)

    def marked(self, citations: Iterable[Citation]) -> str:
        """The numbers of places: [1][3]."""
        numbers = {self.number(citation) for citation in citations}
        return "".join(f"[{number}]" for number in sorted(numbers))


def citation_data(citation: Citation, cite: Callable[[Citation], str]) -> dict[str, object]:
    """A citation as JSON-able data, with its words."""
    return {
        "document": citation.document,
        "section": citation.section or None,
        "start": citation.start if citation.end else None,
        "end": citation.end or None,
        "locator": citation.locator or None,
        "supports": list(citation.supports),
        "certainty": citation.certainty,
        "text": cite(citation),
    }


def address_of(document: Record) -> str:
    """The address of a document on the web; anything but http and https is none."""
    for value in document.values.get("url", ()):
        text = value.lexical if isinstance(value, Typed) else value.value if isinstance(value, Text) else ""
        if text.startswith(("https://", "http://")):
            return text
    return ""
