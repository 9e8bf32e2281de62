"""The figure of a briefing: its party and those around it, drawn as the map draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from relgraph.lookup import Lookup
from relgraph.sentences import join
from relgraph.views.briefing.blocks import Figure
from relgraph.views.briefing.words import word
from relgraph.views.map import place
from relgraph.views.map.builder import map_data
from relgraph.views.map.data import MapData
from relgraph.views.map.focus import among, around
from relgraph.views.map.picture import alt_text, picture
from relgraph.when import When

#: how many nodes a figure has at most: the nearest and best connected
NODES = 15


@dataclass
class Figures:
    """Draws figures of one graph at one time; the map is made when the first is drawn."""

    lookup: Lookup
    when: When | None = None

    @cached_property
    def _map(self) -> MapData:
        return map_data(self.lookup, title=self.lookup.description(), when=self.when)

    def between(self, ids: Sequence[str], lang: str) -> Figure | None:
        """The figure of several parties and what connects them; None where none has any relationship."""
        drawn = [id_ for id_ in ids if id_ in self._map.node_ids]
        if len(drawn) < 2:
            return self.around(drawn[0], lang) if drawn else None
        part = among(self._map, drawn, NODES)
        if not part.edges:
            return None
        whole = among(self._map, drawn, len(self._map.nodes))
        label = {node.id: node.label.get(lang) for node in part.nodes}
        caption = word("figure cut" if len(part.nodes) < len(whole.nodes) else "figure", lang)
        caption = caption.format(join([label[id_] for id_ in drawn], lang))
        svg = picture(part, place(part, centre=drawn[0]), lang=lang, focus=drawn[0], figure=True)
        return Figure(svg, f"{caption} {alt_text(part, lang)}", caption)

    def around(self, id_: str, lang: str) -> Figure | None:
        """The figure of a party; None where nothing joins it to anybody, or it is no party on the map."""
        if id_ not in self._map.node_ids:
            return None
        whole = around(self._map, id_)
        part = around(self._map, id_, most=NODES)
        if not part.edges:
            return None
        name = next(node.label.get(lang) for node in part.nodes if node.id == id_)
        cut = len(part.nodes) < len(whole.nodes)
        caption = word("figure cut" if cut else "figure", lang).format(name)
        part = part.titled(id_)
        svg = picture(part, place(part, centre=id_), lang=lang, focus=id_, figure=True)
        return Figure(svg, f"{caption} {alt_text(part, lang)}", caption)
