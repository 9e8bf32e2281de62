"""The figure of a briefing: its party and those around it, drawn as the map draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from relgraph.lookup import Lookup
from relgraph.sentences import SentenceWriter, join
from relgraph.views.briefing.blocks import Figure
from relgraph.views.briefing.words import word
from relgraph.views.map.data import MapData
from relgraph.views.map.focus import among, around
from relgraph.views.map.layout import Layout, place
from relgraph.views.map.nearby import nearby
from relgraph.views.map.picture import picture
from relgraph.when import When

#: how many nodes a figure has at most: the nearest and best connected
NODES = 15
#: how much wider and lower than on the map a figure is, which a page shows across its text
WIDER, LOWER = 1.9, 0.75
#: and how many of them its alternative text names
NAMED = 8


@dataclass(frozen=True)
class Figures:
    """Draws figures of one graph at one time; each reads only what surrounds its parties."""

    lookup: Lookup
    when: When | None = None

    def between(self, ids: Sequence[str], lang: str) -> Figure | None:
        """The figure of several parties and what connects them; None where none has any relationship."""
        data = nearby(self.lookup, ids, when=self.when)
        drawn = [id_ for id_ in ids if id_ in data.node_ids]
        if len(drawn) < 2:
            return self.around(drawn[0], lang) if drawn else None
        part = among(data, drawn, NODES)
        if not part.edges:
            return None
        whole = among(data, drawn, len(data.nodes))
        return self._figure(part, drawn, lang, cut=len(part.nodes) < len(whole.nodes))

    def around(self, id_: str, lang: str) -> Figure | None:
        """The figure of a party; None where nothing joins it to anybody, or it is no party on the map."""
        data = nearby(self.lookup, [id_], when=self.when)
        if id_ not in data.node_ids:
            return None
        part = around(data, id_, most=NODES)
        if not part.edges:
            return None
        whole = around(data, id_)
        return self._figure(part.titled(id_), [id_], lang, cut=len(part.nodes) < len(whole.nodes))

    def _figure(self, part: MapData, ids: Sequence[str], lang: str, *, cut: bool) -> Figure:
        writer = SentenceWriter(self.lookup.vocabulary, self.lookup.get, lang)
        caption = word("figure cut" if cut else "figure", lang).format(
            join([writer.name(id_) for id_ in ids], lang)
        )
        svg = picture(part, _wide(place(part, centre=ids[0])), lang=lang, focus=ids[0], figure=True)
        return Figure(svg, f"{caption} {_shown(part, ids, writer)}", caption)


def _wide(layout: Layout) -> Layout:
    """The layout as wide as a page, and lower: its names are larger then where it is fitted into one."""
    return Layout({id_: (round(x * WIDER), round(y * LOWER)) for id_, (x, y) in layout.positions.items()})


def _shown(part: MapData, ids: Sequence[str], writer: SentenceWriter) -> str:
    """Whom a figure shows beside those whom it is about, the best connected first."""
    degree = Counter(end for edge in part.edges for end in {edge.source, edge.target})
    others = [node for node in part.nodes if node.id not in ids and node.type not in part.joint_types]
    others.sort(key=lambda node: (-degree[node.id], node.id))
    names = join([writer.name(node.id) for node in others[:NAMED]], writer.lang)
    if not names:
        return ""
    return word("figure shows some" if others[NAMED:] else "figure shows", writer.lang).format(names)
