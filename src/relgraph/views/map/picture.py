"""The map as one SVG, drawn without a browser: what the page shows at first, for slides and documents.

Same positions, signs and order of labels as the page, and of a large map no more than it shows; title, date
of the data, legend and source stand with it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from relgraph.views import lettering
from relgraph.views.map.boxes import GLYPH, LEADING, Box, Plane, wrap
from relgraph.views.map.data import MapData, MapEdge, MapNode
from relgraph.views.map.glyphs import element, glyph, line, words
from relgraph.views.map.ground import HALO, land, sectors
from relgraph.views.map.groups import groups
from relgraph.views.map.layout import Layout
from relgraph.views.map.overview import folded, scale_of
from relgraph.views.map.places import Places, arrange
from relgraph.views.map.routes import SIGNS, along, detour, free, route
from relgraph.views.map.sheet import INK, SOFT, alt_text, degrees, doubt, sheet, strings_of
from relgraph.views.map.styles import LINE_STYLES, bends, node_size, strength

__all__ = ["alt_text", "picture"]

_NAMED = 16  # lines; kinds of more of them say less than none
_FEW = 40  # nodes; up to then, and round one party, lines are shown in full strength, with arrow heads


def picture(
    data: MapData,
    layout: Layout,
    *,
    lang: str = "sv",
    arrangement: str = "sectors",
    focus: str = "",
    subject: str = "",
    figure: bool = False,
) -> str:
    """The map as an SVG document, with title and description for those who do not see it.

    ``focus`` is the party that it is about, ``subject`` stands below the title. A ``figure`` has no
    title, date and source, since the document in which it stands has them. Raises ValueError for another
    arrangement than ``sectors`` or ``places``, or if ``layout`` lacks a node; without any coordinates
    ``places`` is ``sectors``.
    """
    if arrangement not in ("sectors", "places"):
        raise ValueError(f"there is no arrangement {arrangement!r}")
    scale = scale_of(data)
    places = arrange(data) if arrangement == "places" and scale != "types" else None
    drawn, held = folded(data) if scale == "folded" else (data, Counter())
    if not data.edges:
        subject = subject or strings_of(lang)["noEdges" if data.nodes else "empty"]
    if scale != "all" and not subject:
        subject = strings_of(lang)[f"scale.{scale}"].format(n=sum(held.values()) or len(data.nodes))
    alt = alt_text(data, lang)
    return _Picture(drawn, layout, lang, places, focus, subject, figure, scale, held, alt).draw()


@dataclass(slots=True)
class _Picture:
    data: MapData
    layout: Layout
    lang: str
    places: Places | None
    focus: str
    subject: str
    figure: bool
    scale: str
    held: Mapping[str, int]
    alt: str

    def __post_init__(self) -> None:
        for node in self.data.nodes:
            if node.id not in self.layout.positions:
                raise ValueError(f"the layout has no position for {node.id!r}: call place() first")

    def draw(self) -> str:
        """The whole document."""
        if self.scale == "types":
            overview, room = groups(self.data, self.lang)
            return sheet(replace(self.data, edges=()), self.lang, self.subject, overview, room, self.alt)
        at = self.places.positions if self.places else self.layout.positions
        kinds = {kind.name: kind for kind in self.data.types}
        plane = Plane()
        extent: list[Box] = []
        nodes, labels = [], []
        for node in self.data.nodes:
            size = node_size(self.data, kinds[node.type], node.id)
            x, y = at[node.id]
            box = (x - size, y - size, x + size, y + size)
            plane.take([box])
            extent.append(box)
            nodes.append(glyph(kinds[node.type], x, y, size))
        if self.places:
            ground, names, room = land(self.data, self.places, self.lang)
            extent += room
        elif len(self.data.nodes) > _FEW:  # of fewer the signs and the legend say enough
            ground, names, room, headings = sectors(self.data, self.layout, self.lang)
            extent += room
            plane.take(headings)
        else:
            ground, names = [], []
        for node in self._ranked():
            if drawn := self._label(node, at[node.id], plane, extent):
                labels.append(drawn)
        lines = self._lines(at, plane)
        names += self._kinds(at, plane)
        if self.focus in at:
            x, y = at[self.focus]
            ring = {"fill": "none", "stroke": "#005FCC", "stroke_width": 2}
            kind = kinds[self._kind(self.focus)]
            nodes.append(element("circle", cx=x, cy=y, r=node_size(self.data, kind, self.focus) + 6, **ring))
        content = [*ground, *lines, *nodes, *names, *labels]
        return sheet(self.data, self.lang, self.subject, content, extent, self.alt, figure=self.figure)

    # -- lines -------------------------------------------------------------------------------------------

    def _lines(self, positions: Mapping[str, tuple[int, int]], plane: Plane) -> list[str]:
        strong = bool(self.focus) or len(self.data.nodes) <= _FEW
        solid = 1.0 if strong else strength(len(self.data.edges))
        degree = degrees(self.data)
        bend = self._bends(positions)
        waits = self.places.tray[0] if self.places else math.inf
        drawn, signs = [], []
        for edge in sorted(self.data.edges, key=lambda one: one.id):
            style = LINE_STYLES[edge.line]
            points = route(positions[edge.source], positions[edge.target], bend.get(edge.id, 0.0))
            waiting = max(points[0][0], points[-1][0]) > waits
            width = (0.9 if edge.thin else style["width"]) if strong else style["thin"]
            look = {
                "stroke": "#CBD2DB" if waiting else style["color" if strong else "faded"],
                "stroke_width": float(width),
                "stroke_dasharray": " ".join(map(str, style["dashes"])) or None,
                "stroke_opacity": solid if solid < 1 and not (style["dashes"] or waiting) else None,
                "fill": "none",
            }
            drawn.append(element("path", d=line(points), **look))
            if strong and edge.directed and edge.source != edge.target:
                drawn.append(self._head(edge, points, str(look["stroke"])))
            if edge.unsettled and not waiting:
                forth = degree[edge.source] >= degree[edge.target]
                parts = [part if forth else 1 - part for part in SIGNS]
                x, y = free(points, (14, 14), plane, parts) or along(points, parts[0])
                signs.append(doubt(x, y))
        return drawn + signs

    def _bends(self, positions: Mapping[str, tuple[int, int]]) -> dict[str, float]:
        """How far each line bends: of several apart, and on a small map round what is in its way."""
        bend = bends(self.data)
        if len(self.data.nodes) > _FEW:
            return bend
        kinds = {kind.name: kind for kind in self.data.types}
        glyphs = {
            node.id: (*positions[node.id], node_size(self.data, kinds[node.type], node.id))
            for node in self.data.nodes
        }
        for edge in self.data.edges:
            if edge.source != edge.target and not bend.get(edge.id):
                others = [glyph for id_, glyph in glyphs.items() if id_ not in (edge.source, edge.target)]
                bend[edge.id] = detour(positions[edge.source], positions[edge.target], others)
        return bend

    def _kinds(self, positions: Mapping[str, tuple[int, int]], plane: Plane) -> list[str]:
        """On a small map, what kind of relationship each line is, where there is room on it."""
        relations = {kind.name for kind in self.data.types if kind.relation}
        plain = [
            edge
            for edge in sorted(self.data.edges, key=lambda one: one.id)
            if not {self._kind(edge.source), self._kind(edge.target)} & relations
        ]
        if len(self.data.nodes) > _FEW or len(plain) > _NAMED:
            return []
        bend = self._bends(positions)
        drawn = []
        for edge in plain:
            text = edge.kind.get(self.lang)
            width = lettering.width(text, 11) + 4
            way = route(positions[edge.source], positions[edge.target], bend.get(edge.id, 0.0))
            if width > math.dist(way[0], way[-1]):
                continue
            if spot := free(way, (width, 14), plane, (0.5, 0.62, 0.38)):
                look = {"font_size": 11, "fill": SOFT, "text_anchor": "middle"}
                drawn.append(words(text, spot[0], spot[1] + 4, **look, **HALO))
        return drawn

    def _head(self, edge: MapEdge, points: list[tuple[float, float]], color: str) -> str:
        """An arrow head at the edge of the target's glyph."""
        kind = next(k for k in self.data.types if k.name == self._kind(edge.target))
        (ax, ay), (bx, by) = points[-2], points[-1]
        length = math.hypot(bx - ax, by - ay) or 1.0
        ux, uy = (bx - ax) / length, (by - ay) / length
        off = node_size(self.data, kind, edge.target) + 2
        tip = bx - ux * off, by - uy * off
        base = tip[0] - ux * 8, tip[1] - uy * 8
        corners = [tip, (base[0] - uy * 3.5, base[1] + ux * 3.5), (base[0] + uy * 3.5, base[1] - ux * 3.5)]
        return element("path", d=line(corners) + "Z", fill=color)

    def _kind(self, id_: str) -> str:
        return next(node.type for node in self.data.nodes if node.id == id_)

    # -- labels ------------------------------------------------------------------------------------------

    def _ranked(self) -> list[MapNode]:
        degree = degrees(self.data)
        joint = self.data.joint_types
        waits = self.places.tray[0] if self.places else math.inf
        at = self.places.positions if self.places else self.layout.positions
        shown = [node for node in self.data.nodes if at[node.id][0] < waits]
        return sorted(
            shown,
            key=lambda n: (n.id != self.focus, n.id != self.data.home, n.type in joint, -degree[n.id], n.id),
        )

    def _label(self, node: MapNode, at: tuple[int, int], plane: Plane, extent: list[Box]) -> str:
        """The label at the first free place: below, above, right, left; empty if there is none."""
        home = node.id in (self.data.home, self.focus)
        held = f" (+{self.held[node.id]})" if self.held.get(node.id) else ""
        lines = wrap((node.label.get(self.lang) or node.id) + held)
        size, weight = (14, 600) if home else (12, 400)
        width = max((lettering.width(one, size, weight) for one in lines), default=0) + 2
        height = len(lines) * LEADING
        kind = next(k for k in self.data.types if k.name == node.type)
        off = max(node_size(self.data, kind, node.id), GLYPH - 2)
        (x, y) = at
        for cx, top in (
            (float(x), y + off + 1.0),
            (float(x), y - off - height - 1.0),
            (x + off + 4 + width / 2, y - height / 2),
            (x - off - 4 - width / 2, y - height / 2),
        ):
            box = (cx - width / 2, top, cx + width / 2, top + height)
            if plane.free([box]):
                plane.take([box])
                extent.append(box)
                look = {"font_size": size, "font_weight": weight if home else None, "text_anchor": "middle"}
                return "".join(
                    words(one, cx, top + 11.5 + i * LEADING, fill=INK, **look, **HALO)
                    for i, one in enumerate(lines)
                )
        return ""
