"""What the tables hold: a column for every key of a kind, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from relgraph.loading.values import LANG_STRING, SCHEMA_CLASSES
from relgraph.lookup import Lookup
from relgraph.model import Citation, Edtf, Record, Ref, Term, Text, Typed
from relgraph.namespaces import PREFIXES, RG
from relgraph.vocabulary import TIME_KEYS, KeyRule, Kind, Vocabulary, local_name

#: what the record's own tables hold of it beside the keys of its kind
_FIRST = ("name", "inText", "acronym")
_LAST = ("certainty", "alternativeTo", "conflictsWith", "isPlural")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a key, in one language where the key is a text."""

    key: str
    lang: str = ""
    iri: str = ""
    datatype: str = ""
    """The datatype of its literals; empty where it refers to records or terms."""
    several: bool = False
    refers: str = ""
    """To what: a ``record`` by id, a ``concept`` of the ontology by local name, ``either``, a ``term`` (a
    class or a property: one of another namespace stands whole), or empty for none of these."""

    @property
    def name(self) -> str:
        """The header: ``KEY`` or ``KEY@LANGUAGE``, as files of records have it."""
        return f"{self.key}@{self.lang}" if self.lang else self.key


def kinds_read(lookup: Lookup) -> list[Kind]:
    """The kinds as which unsettled records read: such a record has the keys of the kind that it reads as."""
    rows = lookup.rows("SELECT DISTINCT ?kind { ?r a rg:Record ; rg:readsAs ?kind }")
    found = (lookup.vocabulary.terms.get(getattr(kind, "value", "")) for (kind,) in rows)
    return sorted((kind for kind in found if isinstance(kind, Kind)), key=lambda kind: kind.name)


def columns(
    kind: Kind, languages: tuple[str, ...], vocabulary: Vocabulary, read: Iterable[Kind] = ()
) -> list[Column]:
    """The columns of a kind but ``id``, ``type`` and ``source``: names, roles, times, all else, doubts.

    ``read`` are the kinds whose keys a record of an unsettled kind may have (:func:`kinds_read`).
    """
    kinds = [kind, *(read if "readsAs" in kind.rules else ())]
    rules = {key: rule for each in reversed(kinds) for key, rule in each.rules.items()}
    ranks = [*_FIRST, "readsAs", *(role for each in kinds for role in each.roles), *TIME_KEYS]
    rank = {key: i for i, key in reversed(list(enumerate(ranks)))}
    rank.update({key: 1000 + i for i, key in enumerate(_LAST)})
    found: list[Column] = []
    for key, rule in sorted(rules.items(), key=lambda item: (rank.get(item[0], 500), item[0])):
        if key in ("source", "alias"):
            continue
        if rule.datatype == LANG_STRING:
            found += [Column(key, lang, rule.iri, LANG_STRING) for lang in languages]
            continue
        timed = key in (*TIME_KEYS, "period")
        datatype = PREFIXES["edtf"] + "EDTF-level1" if timed else rule.datatype
        refers = {refers_to(each.rules[key], vocabulary) for each in kinds if key in each.rules}
        to = "" if datatype else refers.pop() if len(refers) == 1 else "either"
        found.append(Column(key, "", rule.iri, datatype, not datatype and rule.maximum != 1, to))
    return found


def refers_to(rule: KeyRule, vocabulary: Vocabulary) -> str:
    """To what a key refers, as :attr:`Column.refers` has it."""
    if rule.datatype or rule.allowed or not rule.classes:
        return ""
    if any(iri in SCHEMA_CLASSES for iri in rule.classes):
        return "term"
    if not any(vocabulary.concepts_of(iri) for iri in rule.classes):
        return "record"
    records = any(kind.is_a(iri) for kind in vocabulary.kinds.values() for iri in rule.classes)
    return "either" if records else "concept"


def values(record: Record, column: Column) -> list[Text | Ref | Term | Edtf | Typed]:
    """What a record has in a column, the text of another language aside."""
    found = record.values.get(column.key, ())
    return [v for v in found if not isinstance(v, Text) or v.lang == column.lang]


def written(value: Text | Ref | Term | Edtf | Typed, refers: str = "") -> str:
    """A value as it stands in a cell: an id, a local name of the ontology, a text, a number, an EDTF time.

    In a column that refers to ``either``, a term of the ontology begins with ``rg:``: no id of a record does.
    """
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Term):
        local = value.iri.removeprefix(RG)
        return f"rg:{local}" if refers == "either" and local != value.iri else local
    if isinstance(value, Text):
        return value.value
    return value.text if isinstance(value, Edtf) else value.lexical


def source(citation: Citation) -> str:
    """A citation as a cell has it: ``[KEY+KEY=]DOCUMENT SECTION START-END [~CERTAINTY]``."""
    keys = "+".join(citation.supports)
    place = f"{citation.section} {citation.start}-{citation.end}" if citation.end else citation.locator
    doubt = "" if citation.certainty == "stated" else f" ~{citation.certainty}"
    return f"{keys}{'=' if keys else ''}{citation.document} {place.strip()}{doubt}"


def kinds_of_records(vocabulary: Vocabulary) -> list[Kind]:
    """The kinds in the ontology's order, then by name."""
    found = (kind for kind in vocabulary.kinds.values() if kind.is_a(RG + "Record"))
    return sorted(found, key=lambda kind: (kind.style.order, kind.name))


def bounds(record: Record, kind: Kind) -> tuple[str, str, str, str]:
    """The four bounds as ISO dates; empty where unbounded, and all four where it has no time."""
    from relgraph.bounds import bounds_of
    from relgraph.time import MAX, MIN

    if not (kind.is_a(RG + "Relationship") or any(key in record.values for key in TIME_KEYS)):
        return ("", "", "", "")
    b = bounds_of(record, kind)
    days = (b.earliest_begin, b.latest_begin, b.earliest_end, b.latest_end)
    one, two, three, four = ("" if day in (MIN, MAX) else day.isoformat() for day in days)
    return one, two, three, four


def certainty(record: Record, kind: Kind) -> str:
    """The local name of its certainty, ``stated`` where none is written; empty for what has none."""
    if "certainty" not in kind.rules:
        return ""
    return next(
        (local_name(v.iri) for v in record.values.get("certainty", ()) if isinstance(v, Term)), "stated"
    )
