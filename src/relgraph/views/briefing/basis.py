"""The formal basis as a table: state, time, who signed, and where the sources do not say."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.model import Record
from relgraph.sentences import capital, certainty_of
from relgraph.views.briefing.blocks import Row, Table
from relgraph.views.briefing.implied import is_news
from relgraph.views.briefing.teller import Teller
from relgraph.vocabulary import TIME_KEYS

#: so many further roles have a column each; a page has no room for more, and they share one
ROLES = 2


def basis_table(teller: Teller, records: Sequence[Record]) -> Table:
    """Agreements by row; what rests on implication or an ambiguous passage is marked in its cell."""
    always = _always(teller, records)
    others = _others(teller, records, always)
    keys = [*always, *(others if len(others) <= ROLES else ())]
    head = [teller.word("agreement"), *(_title(teller, key) for key in keys)]
    head += [teller.word("other")] if len(others) > ROLES else []
    rows = []
    for record in records:
        first = capital(teller.writer.title(record.id))
        certainty = certainty_of(record)
        if certainty == "ambiguous":
            first = teller.word(certainty, first)
        first = teller.marked(first, certainty == "implied")
        marks = tuple(sorted({teller.sources.number(citation) for citation in record.sources}))
        cells = [_cell(teller, record, key, told=key in always) for key in keys]
        if len(others) > ROLES:
            filled = [key for key in others if record.values.get(key)]
            told = [f"{_title(teller, key)}: {_cell(teller, record, key, told=True)}" for key in filled]
            cells.append("; ".join(told) or "–")
        rows.append(Row((first, *cells), marks))
    return Table(teller.word("agreements"), tuple(head), tuple(rows))


def _always(teller: Teller, records: Sequence[Record]) -> list[str]:
    """The time, and before and after it the keys of the agreements whose absence is told: concepts, roles."""
    vocabulary = teller.lookup.vocabulary
    kinds = [vocabulary.speaking_kind(record) for record in records]
    told = sorted({key for k in kinds for key in k.rules if vocabulary.properties[key].absence_told})
    roles = {role for kind in kinds for role in kind.roles}
    return [*(key for key in told if key not in roles), "when", *(key for key in told if key in roles)]


def _others(teller: Teller, records: Sequence[Record], always: Sequence[str]) -> list[str]:
    """The further roles that any of the agreements fills."""
    found: dict[str, None] = {}
    for record in records:
        kind = teller.lookup.vocabulary.speaking_kind(record)
        edge = (kind.edge_from, kind.edge_to, kind.edge_between)
        roles = (role for role in kind.roles if role not in (*edge, *always))
        found.update(dict.fromkeys(role for role in roles if record.values.get(role)))
    return list(found)


def _title(teller: Teller, key: str) -> str:
    prop = teller.lookup.vocabulary.properties.get(key)
    return teller.label(prop.iri) if prop else teller.word("time") if key == "when" else key


def _time(teller: Teller, record: Record) -> str:
    """Its time, "since 2012", or "autumn 2019" where its sentence tells no more than when it was made."""
    text = teller.writer.phrase(record, "when")
    begun = teller.writer.phrase(record, "from")
    made = begun and not record.values.get("to") and text not in teller.writer.sentence(record).text
    return begun if made else text


def _cell(teller: Teller, record: Record, key: str, *, told: bool) -> str:
    text = _time(teller, record) if key == "when" else teller.writer.phrase(record, key)
    if not text:
        return teller.word("not stated") if told else "–"
    keys = {*TIME_KEYS} if key == "when" else {key}
    if any(c.certainty == "ambiguous" and keys & set(c.supports) for c in record.sources):
        return teller.word("ambiguous", text)
    return teller.marked(text, is_news(teller.lookup, record, keys))
