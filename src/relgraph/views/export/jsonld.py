"""JSON-LD: one object a record, in the terms of the generated context, one object a line.

A record's object holds all that is asserted and derived of it, with its citations and other names inside.
What several records share, or none has (cited ranges, derivations), are objects of their own. Expanded, the
document is the same graph as the Turtle.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any

from relgraph.namespaces import PREFIXES, RG
from relgraph.store.files import Compiled
from relgraph.views.context import terms
from relgraph.views.export.lines import Advance, by_owner, no_advance
from relgraph.views.export.registry import Job
from relgraph.views.export.selection import Selection
from relgraph.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pyoxigraph as ox

#: by these a record's object holds what is its own
_INSIDE = ("prov:wasDerivedFrom", "skosxl:altLabel", "skosxl:hiddenLabel")
_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"


def write(
    compiled: Compiled,
    vocabulary: Vocabulary,
    out: IO[bytes],
    selection: Selection | None = None,
    advance: Advance = no_advance,
) -> None:
    """Write the document; memory does not grow with the graph."""
    context = terms(vocabulary, compiled.base)
    writer = _Writer(compiled.base, context)
    out.write(b'{"@context": ' + _json(context) + b',\n"@graph": [')
    before = b"\n"
    for _, statements in by_owner(compiled, selection or Selection(), derived=True, advance=advance):
        for node in writer.nodes(statements):
            out.write(before + _json(node))
            before = b",\n"
    out.write(b"\n]}\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


class _Writer:
    """Writes nodes in the terms of a context."""

    def __init__(self, base: str, context: Mapping[str, Any]) -> None:
        self._base = base
        self._context = context
        self._inside = {_expanded(name) for name in _INSIDE}
        self._term: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self._class: dict[str, str] = {}
        for name, said in sorted(context.items()):
            if isinstance(said, dict) and "@prefix" not in said:
                self._term[said["@id"]] = (name, said)
            elif isinstance(said, str) and not name.startswith("@") and not said.startswith("@"):
                self._class[said] = name

    def nodes(self, statements: Iterable[ox.Triple]) -> list[dict[str, Any]]:
        """The objects of what one record owns; several where not all of it hangs together."""
        found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for triple in statements:
            found[getattr(triple.subject, "value", "")][triple.predicate.value].append(triple.object)
        held = {
            getattr(value, "value", "")
            for said in found.values()
            for predicate, values in said.items()
            if predicate in self._inside
            for value in values
        }
        return [self._node(iri, found) for iri in sorted(found) if iri not in held]

    def _node(self, iri: str, found: Mapping[str, Mapping[str, list[Any]]]) -> dict[str, Any]:
        node: dict[str, Any] = {"id": iri.removeprefix(self._base)}
        if classes := found[iri].get(_TYPE):
            node["type"] = _one([self._class.get(v.value) or self._compact(v.value) for v in classes])
        for predicate, values in found[iri].items():
            if predicate == _TYPE:
                continue
            inside = predicate in self._inside
            name, said = self._term.get(predicate, (self._compact(predicate), {}))
            if said.get("@container") == "@language" and all(getattr(v, "language", None) for v in values):
                texts: dict[str, list[str]] = defaultdict(list)
                for value in values:
                    texts[value.language].append(value.value)
                node[name] = {lang: _one(each) for lang, each in texts.items()}
                continue
            if said.get("@container") == "@language":
                name, said = self._compact(predicate), {}  # a text without a language: written in full
            node[name] = _one(
                [
                    self._node(value.value, found)
                    if inside and value.value in found
                    else self._value(value, said)
                    for value in values
                ]
            )
        return node

    def _value(self, value: Any, said: Mapping[str, Any]) -> Any:
        """A term, as short as the context's reading of the key allows."""
        datatype = getattr(value, "datatype", None)
        wanted = said.get("@type")
        if datatype is None:
            if wanted == "@id":
                return value.value.removeprefix(self._base)
            if wanted == "@vocab":
                local = value.value.removeprefix(RG)
                return local if value.value.startswith(RG) and local not in self._context else value.value
            local = value.value.removeprefix(self._base)
            return {"id": local if local != value.value else self._compact(local)}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if datatype.value == wanted or (wanted is None and datatype.value == _STRING):
            return value.value
        if datatype.value == _STRING:
            return {"@value": value.value}
        return {"@value": value.value, "@type": self._compact(datatype.value)}

    def _compact(self, iri: str) -> str:
        for name, prefix in PREFIXES.items():
            if iri.startswith(prefix) and "/" not in iri[len(prefix) :]:
                return f"{name}:{iri[len(prefix) :]}"
        return iri


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def write_jsonld(job: Job, out: IO[bytes]) -> None:
    """``relgraph export --format jsonld``."""
    write(job.lookup.compiled, job.project.vocabulary, out, job.selection, job.advance)
