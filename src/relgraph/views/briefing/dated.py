"""What a briefing says of its own data: the time they are about, and whose document they are from."""

from __future__ import annotations

from relgraph import time
from relgraph.lookup import Lookup
from relgraph.model import Edtf, Record
from relgraph.sentences import SentenceWriter, covering, join, quoted
from relgraph.views.briefing.words import word

#: so many steps at most lead from a unit to the organisation that it belongs to
STEPS = 9


def covered(lookup: Lookup, lang: str) -> str:
    """The periods that the documents cover, in words; empty for none."""
    periods = {v.text for d in covering(lookup) for v in d.values["period"] if isinstance(v, Edtf)}
    return join([time.phrase(text, lang) for text in sorted(periods)], lang)


def according_to(lookup: Lookup, lang: str) -> str:
    """The time of the data and the full titles of the documents, each with the organisation that it is of."""
    documents = covering(lookup)
    if not documents:
        return ""
    titles = join([_title(lookup, document, lang) for document in documents], lang)
    return word("data", lang).format(covered(lookup, lang), titles)


def _title(lookup: Lookup, document: Record, lang: str) -> str:
    title = document.text("name", lang)
    publisher = next(iter(document.refs("publisher")), "")
    for _ in range(STEPS):
        above = lookup.record(publisher).refs("unitOf") if publisher else ()
        if not above:
            break
        publisher = above[0]
    name = SentenceWriter(lookup.vocabulary, lookup.get, lang).title(publisher) if publisher else ""
    title = quoted(title if '"' in title else f'"{title}"', lang)
    return f"{title} ({name})" if name and name not in title else title
