"""The records of a compiled graph one after the other, in memory that does not grow with their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from relgraph.model import Alias, Citation, Edtf, Record, Ref, Term, Text, Typed, Value
from relgraph.namespaces import PREFIXES, RG
from relgraph.store.files import Compiled
from relgraph.views.export.lines import Advance, by_owner, no_advance
from relgraph.views.export.selection import Selection
from relgraph.vocabulary import Vocabulary, local_name

if TYPE_CHECKING:
    import pyoxigraph as ox

_OA = PREFIXES["oa"]
_DERIVED_FROM = PREFIXES["prov"] + "wasDerivedFrom"
_TYPE = PREFIXES["rdf"] + "type"
_NAMED = tuple(PREFIXES["skosxl"] + name for name in ("altLabel", "hiddenLabel"))
_FORM = PREFIXES["skosxl"] + "literalForm"
_Node = dict[str, list["ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"]]


def records(
    compiled: Compiled, vocabulary: Vocabulary, selection: Selection, advance: Advance = no_advance
) -> Iterator[Record]:
    """What is asserted of every record that a selection keeps, sorted by id; values are sorted too."""
    reader = _Reader(compiled.base, vocabulary)
    for owner, statements in by_owner(compiled, selection, derived=False, advance=advance):
        nodes: dict[str, _Node] = defaultdict(lambda: defaultdict(list))
        for triple in statements:
            nodes[getattr(triple.subject, "value", "")][triple.predicate.value].append(triple.object)
        if found := reader.record(owner, nodes):
            yield found


class _Reader:
    def __init__(self, base: str, vocabulary: Vocabulary) -> None:
        self._base = base
        self._vocabulary = vocabulary
        self._key_of = {prop.iri: key for key, prop in vocabulary.properties.items()}
        self._kinds: dict[frozenset[str], str] = {}

    def record(self, owner: str, nodes: Mapping[str, _Node]) -> Record | None:
        """The record among the nodes that it owns; None where there is none (the graph itself)."""
        own = nodes.get(self._base + owner, {})
        kind = self._kind(frozenset(getattr(v, "value", "") for v in own.get(_TYPE, ())))
        if not kind:
            return None
        values = {
            self._key_of[predicate]: tuple(sorted((self._value(v) for v in found), key=str))
            for predicate, found in own.items()
            if predicate in self._key_of and predicate != _DERIVED_FROM
        }
        aliases = sorted(
            (self._alias(node, nodes) for name in _NAMED for node in own.get(name, ())),
            key=lambda alias: (alias.name.value, alias.name.lang),
        )
        return Record(owner, kind, values, self._citations(own, nodes), tuple(aliases))

    def _kind(self, types: frozenset[str]) -> str:
        """The most special of a record's classes."""
        if types not in self._kinds:
            kinds = [kind for kind in self._vocabulary.kinds.values() if kind.iri in types]
            above = {iri for kind in kinds for iri in kind.parents}
            own = (k.name for k in kinds if k.iri not in above and k.is_a(RG + "Record"))
            self._kinds[types] = next(own, "")
        return self._kinds[types]

    def _value(self, node: object) -> Value:
        text = str(getattr(node, "value", ""))
        datatype = getattr(node, "datatype", None)
        if datatype is None:
            own = text.startswith(self._base)
            return Ref(text.removeprefix(self._base)) if own else Term(text)
        language = getattr(node, "language", None)
        if language or datatype.value == PREFIXES["xsd"] + "string":
            return Text(text, language or "")
        return Edtf(text) if datatype.value.startswith(PREFIXES["edtf"]) else Typed(text, datatype.value)

    def _citations(self, said: _Node, nodes: Mapping[str, _Node]) -> tuple[Citation, ...]:
        found = []
        for node in said.get(_DERIVED_FROM, ()):
            cited = nodes[getattr(node, "value", "")]
            start, end = (int(_text(cited, _OA + name) or 0) for name in ("start", "end"))
            keys = (getattr(v, "value", "") for v in cited.get(RG + "supports", ()))
            found.append(
                Citation(
                    _text(cited, _OA + "hasSource").removeprefix(self._base),
                    _text(cited, RG + "section"),
                    start,
                    end,
                    _text(cited, RG + "locator"),
                    tuple(sorted({self._supported(iri) for iri in keys})),
                    local_name(_text(cited, RG + "certainty")),
                )
            )
        return tuple(sorted(found, key=lambda c: (c.document, c.start, c.end, c.locator, c.certainty)))

    def _supported(self, iri: str) -> str:
        """The key that a citation supports."""
        if iri in (_TYPE, PREFIXES["skos"] + "altLabel"):
            return "type" if iri == _TYPE else "alias"
        return self._key_of.get(iri, local_name(iri))

    def _alias(self, node: object, nodes: Mapping[str, _Node]) -> Alias:
        said = nodes[getattr(node, "value", "")]
        form = said[_FORM][0]
        text = Text(getattr(form, "value", ""), getattr(form, "language", None) or "")
        return Alias(text, local_name(_text(said, RG + "aliasStatus")), self._citations(said, nodes))


def _text(said: _Node, predicate: str) -> str:
    return str(getattr(next(iter(said.get(predicate, ())), None), "value", ""))
