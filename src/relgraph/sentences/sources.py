"""According to which documents the data are, in words."""

from __future__ import annotations

from relgraph import time
from relgraph.lookup import Lookup
from relgraph.model import Edtf, Record
from relgraph.namespaces import RG
from relgraph.sentences.language import join, word


def covering(lookup: Lookup) -> list[Record]:
    """The documents that cover a period: what is said of the graph's silence is said of theirs."""
    return [d for d in lookup.records(lookup.ids_of(RG + "Document")) if d.values.get("period")]


def as_of_text(lookup: Lookup, lang: str) -> str:
    """According to which documents the data are, and what period these cover, in words."""
    documents = covering(lookup)
    if not documents:
        return ""
    names = join([d.text("inText", lang) or d.text("name", lang) for d in documents], lang)
    periods = [v.text for d in documents for v in d.values["period"] if isinstance(v, Edtf)]
    covered = join([time.phrase(text, lang) for text in sorted(set(periods))], lang)
    return word("as of", lang).format(names, covered) + "."
