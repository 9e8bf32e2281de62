"""What the page knows beside vis-network's own nodes, edges and options: names, sentences, citations.

Short keys and shared texts keep a relationship under a kilobyte: ``t`` text, ``c`` index of the citation,
``n`` note, ``x`` excerpt with its language ``xl``; a text is a string if it is the same in both languages.
"""

from __future__ import annotations

from typing import Any

from relgraph.views.map.data import Bilingual, MapData, Sentence
from relgraph.views.map.styles import LINE_STYLES


class _Shared:
    """Texts that many statements share, each kept once."""

    def __init__(self) -> None:
        self.texts: list[Any] = []
        self._index: dict[Bilingual, int] = {}

    def add(self, text: Bilingual) -> int:
        if text not in self._index:
            self._index[text] = len(self.texts)
            self.texts.append(_text(text))
        return self._index[text]


def payload(data: MapData) -> dict[str, Any]:
    """The page's data as a JSON value; nodes and edges come in the order of their ids."""
    shared = _Shared()
    order = {kind.name: i for i, kind in enumerate(data.ordered_types())}
    return {
        "title": _text(data.title),
        "asOf": _text(data.as_of),
        "home": data.home if data.home in data.node_ids else "",
        "sources": [{"id": s.id, "name": _text(s.name)} for s in data.sources],
        "groups": [{"name": name, "label": _text(label)} for name, label in data.groups],
        "lines": LINE_STYLES,
        "types": [
            {
                "name": kind.name,
                "label": _text(kind.label),
                "plural": _text(kind.plural or kind.label),
                "color": kind.color,
                "shape": kind.shape,
                "filled": kind.filled,
                "relation": kind.relation,
            }
            for kind in data.ordered_types()
        ],
        "nodes": [
            _dense(
                id=node.id,
                type=order[node.type],
                label=_text(node.label) or node.id,
                kind=shared.add(node.kind_label),
                aliases=list(node.aliases),
                facts=[_sentence(fact, shared) for fact in node.facts],
                country=node.country,
            )
            for node in sorted(data.nodes, key=lambda n: n.id)
        ],
        "edges": [
            _dense(
                id=edge.id,
                kind=shared.add(edge.kind),
                group=edge.group,
                line=edge.line,
                certainty="" if edge.certainty == "stated" else edge.certainty,
                years=[edge.earliest, edge.latest] if (edge.earliest, edge.latest) != (None, None) else None,
                sentence=_sentence(edge.sentence, shared),
            )
            for edge in sorted(data.edges, key=lambda e: e.id)
        ],
        "shared": shared.texts,
    }


def _text(text: Bilingual) -> str | dict[str, str]:
    if text.sv == text.en:
        return text.sv
    return {lang: value for lang, value in (("en", text.en), ("sv", text.sv)) if value}


def _sentence(sentence: Sentence, shared: _Shared) -> dict[str, Any]:
    return _dense(
        t=_text(sentence.text),
        c=shared.add(sentence.cite) if sentence.cite else None,
        n=_text(sentence.note),
        x=sentence.excerpt,
        xl=sentence.excerpt_lang if sentence.excerpt else "",
    )


def _dense(**fields: Any) -> dict[str, Any]:
    """``fields`` without those that say nothing."""
    return {key: value for key, value in fields.items() if value not in ("", None, [], {})}
