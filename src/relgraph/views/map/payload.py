"""What the page knows beside vis-network's own nodes, edges and options: names, sentences, citations.

Short keys and shared texts keep a relationship under a kilobyte. ``said`` holds every sentence once: ``t``
text, ``c`` index of the citation, ``n`` note, ``x`` excerpt with its language ``xl``, ``r`` the record, ``m``
what is missing. Nodes and edges come in the order of vis-network's own, which have the ids; ``said`` and
``facts`` in them are indexes, as are ``group``, ``line``, ``when`` (of ``times``) and ``sources``. What is
left out is 0 or empty. A text is a string if it is the same in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from relgraph.views.map.data import SEVERAL, Bilingual, Days, MapData, Matrix, Sentence
from relgraph.views.map.hulls import grounds
from relgraph.views.map.layout import Layout
from relgraph.views.map.overview import fields, group_of, scale_of
from relgraph.views.map.places import RADIUS, arrange
from relgraph.views.map.styles import CROWD, LINE_STYLES, RECEDING, ink


class _Shared:
    """Texts that many statements share, each kept once."""

    def __init__(self) -> None:
        self.texts: list[Any] = []
        self.times: list[Days] = []
        self.said: list[dict[str, Any]] = []
        self._index: dict[Bilingual, int] = {}
        self._when: dict[Days, int] = {}
        self._said: dict[Sentence, int] = {}

    def time(self, bounds: Days) -> int | None:
        """The index of four bounds; None where all are unbounded."""
        if bounds == (None, None, None, None):
            return None
        if bounds not in self._when:
            self._when[bounds] = len(self.times)
            self.times.append(bounds)
        return self._when[bounds]

    def sentence(self, sentence: Sentence, owner: str) -> int:
        """The index of a sentence, which is said by the record of its own, else by ``owner``."""
        whole = sentence if sentence.record else replace(sentence, record=owner)
        if whole not in self._said:
            self._said[whole] = len(self.said)
            self.said.append(_sentence(whole, self))
        return self._said[whole]

    def add(self, text: Bilingual) -> int:
        if text not in self._index:
            self._index[text] = len(self.texts)
            self.texts.append(_text(text))
        return self._index[text]


def payload(data: MapData, layout: Layout) -> dict[str, Any]:
    """The page's data as a JSON value; nodes and edges come in the order of their ids.

    Raises ValueError if ``layout`` lacks a node of ``data``.
    """
    shared = _Shared()
    order = {kind.name: i for i, kind in enumerate(data.ordered_types())}
    at = {id_: i for i, id_ in enumerate(sorted(data.node_ids))}
    place = {source.id: i for i, source in enumerate(data.sources)}
    groups = {name: i for i, name in enumerate(dict.fromkeys(["", *sorted(e.group for e in data.edges)]))}
    scale = scale_of(data)
    lands = {id_: i for i, id_ in enumerate((*(id_ for id_, _ in data.countries), SEVERAL))}
    overview = fields(data) if scale == "types" else ()
    bubbles = {
        group: i for i, group in enumerate((f.type.name, b.country) for f in overview for b in f.bubbles)
    }
    groups_of = group_of(data) if overview else {}
    lines = sorted(LINE_STYLES)  # as the page finds them
    found = {
        "title": _text(data.title),
        "asOf": _text(data.as_of),
        "scale": scale,
        "focus": data.focus,
        "beyond": data.beyond,
        "when": data.when,
        "home": data.home if data.home in data.node_ids else "",
        "sources": [{"id": s.id, "name": _text(s.name), "main": s.main} for s in data.sources],
        "groups": [{"name": name, "label": _text(label)} for name, label in data.groups],
        "groupNames": list(groups),
        "lines": LINE_STYLES,
        "crowd": {"lines": CROWD, "power": RECEDING},
        "types": [
            {
                "name": kind.name,
                "label": _text(kind.label),
                "plural": _text(kind.plural or kind.label),
                "color": kind.color,
                "ink": ink(kind.color),
                "shape": kind.shape,
                "filled": kind.filled,
                "relation": kind.relation,
                "between": kind.between,
            }
            for kind in data.ordered_types()
        ],
        "nodes": [
            _dense(
                type=order[node.type] or None,
                label=_text(node.label) or node.id,
                kind=shared.add(node.kind_label) or None,
                aliases=list(node.aliases),
                mistaken=list(node.mistaken),
                facts=[shared.sentence(fact, node.id) for fact in node.facts],
                country=lands.get(node.country),
                bubble=bubbles.get(groups_of.get(node.id, ("", ""))),
                into=at.get(node.folds_into) if scale == "folded" else None,
                facet=node.facet,
                missing=_text(node.missing),
            )
            for node in sorted(data.nodes, key=lambda n: n.id)
        ],
        "edges": [
            _dense(
                kind=shared.add(edge.kind) or None,
                group=groups.get(edge.group, 0) or None,
                line=lines.index(edge.line) or None,
                certainty="" if edge.certainty == "stated" else edge.certainty,
                when=shared.time(edge.bounds),
                sources=[place[id_] for id_ in edge.sources if id_ in place],
                directed=edge.directed or None,
                contradicted=edge.contradicted or None,
                status=shared.add(edge.status) if edge.status else None,
                cost=edge.cost,
                said=shared.sentence(edge.sentence, edge.id) or None,
            )
            for edge in sorted(data.edges, key=lambda e: e.id)
        ],
        "countries": [[id_, _text(name)] for id_, name in data.countries],
        "overview": [
            [
                order[field.type.name],
                *field.box,
                *field.title,
                field.names,
                *([lands.get(b.country, b.country), b.x, b.y, b.radius] for b in field.bubbles),
            ]
            for field in overview
        ],
        # nodes by their place above; what has none is not on this map
        "ties": [
            [tie.record, at[tie.source], at[tie.target], tie.cost]
            for tie in data.ties
            if {tie.source, tie.target} <= at.keys()
        ],
        "derived": [
            [at[one.source], shared.add(one.label), at[one.target], shared.add(one.rule), *one.records]
            for one in data.derived
            if {one.source, one.target} <= at.keys()
        ],
        "matrix": _matrix(data.matrix, shared),
        "grounds": [
            [order[ground.type.name], *ground.heading, *(_flat(polygon) for polygon in ground.polygons)]
            for ground in grounds(data, layout)
        ],
        "places": _places(data, order),
    }
    return {**found, "said": shared.said, "shared": shared.texts, "times": shared.times}


def _matrix(matrix: Matrix, shared: _Shared) -> dict[str, Any]:
    return {
        "rows": [[id_, _text(name)] for id_, name in matrix.rows],
        "columns": [[id_, _text(name)] for id_, name in matrix.columns],
        "cells": [
            [c.row, c.column, list(c.records), [shared.add(role) for role in c.roles], list(c.lines)]
            for c in matrix.cells
        ],
        "said": [shared.sentence(said, said.record) for said in matrix.said],
    }


def _places(data: MapData, order: Mapping[str, int]) -> dict[str, Any] | None:
    """The second arrangement: positions in the order of the nodes, and what is drawn beneath."""
    places = arrange(data)
    if places is None:
        return None
    return {
        "at": _flat(places.positions[id_] for id_ in sorted(data.node_ids)),
        "land": [_steps(ring) for ring in places.land],
        "radius": RADIUS,
        "circles": places.circles,
        "tray": places.tray,
        "headings": [[order[name], *at] for name, at in places.headings],
    }


def _flat(points: Iterable[tuple[int, int]]) -> list[int]:
    return [part for point in points for part in point]


def _steps(ring: tuple[tuple[int, int], ...]) -> list[int]:
    """The first point, then the steps from each to the next: small numbers take little room."""
    return [*ring[0], *(b[i] - a[i] for a, b in pairwise(ring) for i in (0, 1))]


def _text(text: Bilingual) -> str | dict[str, str]:
    if text.sv == text.en:
        return text.sv
    return {lang: value for lang, value in (("en", text.en), ("sv", text.sv)) if value}


def _sentence(sentence: Sentence, shared: _Shared) -> dict[str, Any]:
    return _dense(
        r=sentence.record,
        t=_text(sentence.text),
        c=shared.add(sentence.cite) if sentence.cite else None,
        n=_text(sentence.note),
        x=sentence.excerpt,
        xl=sentence.excerpt_lang if sentence.excerpt else "",
        m=_text(sentence.missing),
        a=sentence.aside or None,
    )


def _dense(**fields: Any) -> dict[str, Any]:
    """``fields`` without those that say nothing."""
    return {key: value for key, value in fields.items() if value is not None and value not in ("", [], {})}
