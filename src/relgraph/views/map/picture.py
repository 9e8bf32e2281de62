"""The map as one SVG, drawn without a browser: what the page shows at first, for slides and documents.

Same positions, signs and order of labels as the page; title, date of the data, legend and source stand with
it.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from relgraph.views import lettering
from relgraph.views.map.boxes import GLYPH, LEADING, Box, Plane, wrap
from relgraph.views.map.data import MapData, MapEdge, MapNode
from relgraph.views.map.glyphs import element, glyph, line, words
from relgraph.views.map.hulls import PADDING, grounds
from relgraph.views.map.layout import Layout
from relgraph.views.map.places import RADIUS, Places, arrange
from relgraph.views.map.styles import LINE_STYLES, bends, ink, node_size

_MARGIN = 36
_LEGEND = 230
_HEAD = 84
_INK, _SOFT, _DEEP = "#1F2937", "#4B5563", "#0B3A6F"
_NAMED = 16  # lines; kinds of more of them say less than none
_FEW = 40  # nodes; up to then lines are shown in full strength, with arrow heads
_STRINGS = Path(__file__).parent / "template" / "strings.json"


def picture(
    data: MapData,
    layout: Layout,
    *,
    lang: str = "sv",
    arrangement: str = "sectors",
    focus: str = "",
    subject: str = "",
) -> str:
    """The map as an SVG document, with title and description for those who do not see it.

    ``focus`` is the party that it is about, ``subject`` stands below the title. Raises ValueError for
    another arrangement than ``sectors`` or ``places``, or if ``layout`` lacks a node; without any
    coordinates ``places`` is ``sectors``.
    """
    if arrangement not in ("sectors", "places"):
        raise ValueError(f"there is no arrangement {arrangement!r}")
    places = arrange(data) if arrangement == "places" else None
    return _Picture(data, layout, lang, places, focus, subject).draw()


def alt_text(data: MapData, lang: str = "sv") -> str:
    """What is to be seen, in a sentence or two: how much, and the best connected parties."""
    strings = _strings(lang)
    degree = _degrees(data)
    joint = data.joint_types
    parties = sorted(
        (node for node in data.nodes if node.type not in joint), key=lambda node: (-degree[node.id], node.id)
    )
    names = ", ".join(node.label.get(lang) for node in parties[:8])
    text = strings["altText"].format(
        n=len(parties), m=len({edge.sentence.record or edge.id for edge in data.edges})
    )
    return f"{text} {strings['altNames'].format(names=names)}" if names else text


@dataclass(slots=True)
class _Picture:
    data: MapData
    layout: Layout
    lang: str
    places: Places | None
    focus: str
    subject: str

    def __post_init__(self) -> None:
        for node in self.data.nodes:
            if node.id not in self.layout.positions:
                raise ValueError(f"the layout has no position for {node.id!r}: call place() first")

    def draw(self) -> str:
        """The whole document."""
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
        ground, names = self._places() if self.places else self._sectors(plane, extent)
        if self.places:
            left, top, width, height = self.places.tray
            extent += [(-RADIUS, -RADIUS, RADIUS, RADIUS), (left, top, left + width, top + height)]
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
        return self._sheet([*ground, *lines, *nodes, *names, *labels], extent)

    # -- ground ------------------------------------------------------------------------------------------

    def _sectors(self, plane: Plane, extent: list[Box]) -> tuple[list[str], list[str]]:
        shapes, names = [], []
        if len(self.data.nodes) <= _FEW:
            return [], []  # the signs and the legend say enough
        for ground in grounds(self.data, self.layout):
            color = ground.type.color
            for polygon in ground.polygons:
                look = {
                    "fill": color,
                    "stroke": color,
                    "stroke_width": 2 * PADDING,
                    "stroke_linejoin": "round",
                }
                shapes.append(element("path", d=line(polygon) + "Z", opacity="0.075", **look))
                xs, ys = [p[0] for p in polygon], [p[1] for p in polygon]
                extent.append((min(xs) - PADDING, min(ys) - PADDING, max(xs) + PADDING, max(ys) + PADDING))
            title = wrap(_heading((ground.type.plural or ground.type.label).get(self.lang)))
            width = max((lettering.width(one, 16, 600) for one in title), default=0)
            x, y = ground.heading
            box = (x - width / 2, y - 10.0 * len(title), x + width / 2, y + 10.0 * len(title))
            plane.take([box])
            extent.append(box)
            for i, one in enumerate(title):
                look = {"font_size": 16, "font_weight": 600, "fill": ink(color), "text_anchor": "middle"}
                names.append(words(one, x, box[1] + 15 + 20 * i, **look))
        return shapes, names

    def _places(self) -> tuple[list[str], list[str]]:
        assert self.places is not None
        rim = {"cx": 0, "cy": 0, "r": RADIUS}
        land = " ".join(line(ring) + "Z" for ring in self.places.land)
        left, top, width, height = self.places.tray
        shapes = [
            element("clipPath", element("circle", **rim), id="rim"),
            element("circle", fill="#F4F8FB", stroke="#B9C6D3", **rim),
            element("path", d=land, fill="#E3E8E1", fill_rule="evenodd", clip_path="url(#rim)"),
            *(
                element("circle", cx=0, cy=0, r=radius, fill="none", stroke="#B9C6D3", stroke_dasharray="3 4")
                for _, radius in self.places.circles
            ),
            element("rect", x=left, y=top, width=width, height=height, fill="#F7F8FA", stroke="#B9C6D3"),
        ]
        kinds = {kind.name: kind for kind in self.data.types}
        title = {"font_size": 14, "font_weight": 600}
        texts = [words(_strings(self.lang)["noPlace"], left + 14, top + 25, fill=_INK, **title)]
        for name, (x, y) in self.places.headings:
            texts.append(
                words(
                    _heading(kinds[name].plural.get(self.lang)),
                    x,
                    y + 5,
                    fill=ink(kinds[name].color),
                    **title,
                )
            )
        for km, radius in self.places.circles[3:]:
            texts.append(
                words(f"{km} km", 0, radius + 4, fill=_SOFT, font_size=11, text_anchor="middle", **_HALO)
            )
        return shapes, texts

    # -- lines -------------------------------------------------------------------------------------------

    def _lines(self, positions: Mapping[str, tuple[int, int]], plane: Plane) -> list[str]:
        strong = len(self.data.nodes) <= _FEW
        bend = bends(self.data)
        waits = self.places.tray[0] if self.places else math.inf
        drawn, signs = [], []
        for edge in sorted(self.data.edges, key=lambda one: one.id):
            style = LINE_STYLES[edge.line]
            points = _route(positions[edge.source], positions[edge.target], bend.get(edge.id, 0.0))
            waiting = max(points[0][0], points[-1][0]) > waits
            width = (0.9 if edge.thin else style["width"]) if strong else style["thin"]
            look = {
                "stroke": "#CBD2DB" if waiting else style["color" if strong else "faded"],
                "stroke_width": float(width),
                "stroke_dasharray": " ".join(map(str, style["dashes"])) or None,
                "fill": "none",
            }
            drawn.append(element("path", d=line(points), **look))
            if strong and edge.directed and edge.source != edge.target:
                drawn.append(self._head(edge, points, str(look["stroke"])))
            if (edge.line == "uncertain" or edge.certainty == "ambiguous") and not waiting:
                x, y = _free(points, (14, 14), plane, (0.5, 0.4, 0.6, 0.3, 0.7)) or _along(points, 0.5)
                signs.append(element("circle", cx=x, cy=y, r=7, fill="#FFFFFF"))
                mark = {"font_size": 11, "font_weight": 600, "fill": _INK, "text_anchor": "middle"}
                signs.append(words("?", x, y + 4, **mark))
        return drawn + signs

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
        bend = bends(self.data)
        drawn = []
        for edge in plain:
            text = edge.kind.get(self.lang)
            width = lettering.width(text, 11) + 4
            route = _route(positions[edge.source], positions[edge.target], bend.get(edge.id, 0.0))
            if width > math.dist(route[0], route[-1]):
                continue
            if spot := _free(route, (width, 14), plane, (0.5, 0.62, 0.38)):
                look = {"font_size": 11, "fill": _SOFT, "text_anchor": "middle"}
                drawn.append(words(text, spot[0], spot[1] + 4, **look, **_HALO))
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
        degree = _degrees(self.data)
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
        lines = wrap(node.label.get(self.lang) or node.id)
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
                    words(one, cx, top + 11.5 + i * LEADING, fill=_INK, **look, **_HALO)
                    for i, one in enumerate(lines)
                )
        return ""

    # -- the sheet ---------------------------------------------------------------------------------------

    def _sheet(self, content: list[str], extent: list[Box]) -> str:
        extent = extent or [(0, 0, 400, 200)]
        left, top = min(box[0] for box in extent), min(box[1] for box in extent)
        right, bottom = max(box[2] for box in extent), max(box[3] for box in extent)
        strings = _strings(self.lang)
        legend, legend_height = self._legend(right + _MARGIN, top)
        title = self.data.title.get(self.lang)
        sources = "; ".join(source.name.get(self.lang) for source in self.data.sources if source.main)
        # a viewer without the font may set the title in a wider one
        heading = min(1.15 * lettering.width(title[:120], 22, 600), 1400.0)
        width = max(right - left + _LEGEND + 3 * _MARGIN, heading + 2 * _MARGIN, 640.0)
        head = _HEAD + (22 if self.subject else 0)
        height = head + max(bottom - top, legend_height) + 2 * _MARGIN + 20
        x, y = math.floor(left - _MARGIN), math.floor(top - head - 10)
        room = width - 2 * _MARGIN
        texts = [
            words(_cut(title, room, 22, 600), left, y + 42, font_size=22, font_weight=600, fill=_INK),
            words(
                _cut(self.data.as_of.get(self.lang), room, 14, 600),
                left,
                y + 66,
                font_size=14,
                font_weight=600,
                fill=_DEEP,
            ),
            words(_cut(self.subject, room, 14), left, y + 88, font_size=14, fill=_INK)
            if self.subject
            else "",
            words(
                _cut(f"{strings['sources']} {sources}", room, 12),
                left,
                y + height - 18,
                font_size=12,
                fill=_SOFT,
            )
            if sources
            else "",
        ]
        body = "\n".join(part for part in (*texts, *content, *legend) if part)
        size = {"width": round(width), "height": round(height)}
        named = element("title", _escaped(title or "relgraph"), id="title") + element(
            "desc", _escaped(alt_text(self.data, self.lang)), id="description"
        )
        paper = element("rect", x=x, y=y, fill="#FFFFFF", **size)
        return (
            element(
                "svg",
                f"\n{named}\n{paper}\n{body}\n",
                xmlns="http://www.w3.org/2000/svg",
                viewBox=f"{x} {y} {size['width']} {size['height']}",
                **size,
                lang=self.lang,
                role="img",
                aria_labelledby="title description",
                font_family=f"'{lettering.FAMILY}', system-ui, 'Segoe UI', Roboto, sans-serif",
            )
            + "\n"
        )

    def _legend(self, x: float, y: float) -> tuple[list[str], float]:
        counts = Counter(node.type for node in self.data.nodes)
        strings = _strings(self.lang)
        parts: list[str] = []
        at = y

        def row(sign: str, text: str) -> None:
            nonlocal at
            parts.append(sign)
            lines = _fold(text, _LEGEND - 50)
            parts.extend(
                words(one, x + 44, at + 14 + i * LEADING, font_size=12, fill=_INK)
                for i, one in enumerate(lines)
            )
            at += 24 + (len(lines) - 1) * LEADING

        for kind in self.data.ordered_types():
            text = kind.label if counts[kind.name] == 1 else kind.plural or kind.label
            row(glyph(kind, x + 20, at + 10, 7 if kind.between else 8), _heading(text.get(self.lang)))
        at += 8
        used = {edge.line for edge in self.data.edges}
        for name, style in LINE_STYLES.items():
            if name in used:
                dashes = " ".join(map(str, style["dashes"])) or None
                look = {"stroke": style["color"], "stroke_width": style["width"], "stroke_dasharray": dashes}
                row(
                    element("path", d=line([(x, at + 10), (x + 38, at + 10)]), **look),
                    _heading(strings[f"line.{name}"]),
                )
        return parts, at - y


_HALO = {"paint_order": "stroke", "stroke": "#FFFFFF", "stroke_width": 4, "stroke_linejoin": "round"}


def _degrees(data: MapData) -> Counter[str]:
    return Counter(end for edge in data.edges for end in {edge.source, edge.target})


def _strings(lang: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(_STRINGS.read_text(encoding="utf-8"))[lang]
    return found


def _heading(text: str) -> str:
    return text[:1].upper() + text[1:]


def _escaped(text: str) -> str:
    return words(text, 0, 0).partition(">")[2].rpartition("</")[0]


def _cut(text: str, room: float, size: float, weight: int = 400) -> str:
    """``text``, shortened to ``room`` px."""
    if lettering.width(text[:2000], size, weight) <= room:
        return text[:2000]
    short = text[:2000]
    while short and lettering.width(short + "…", size, weight) > room:
        short = short[:-1]
    return short + "…"


def _fold(text: str, room: float) -> list[str]:
    """``text`` in at most three lines of ``room`` px."""
    lines: list[str] = []
    for word in text[:400].split():
        if lines and lettering.width(f"{lines[-1]} {word}", 12) <= room:
            lines[-1] += " " + word
        else:
            lines.append(_cut(word, room, 12))
    return lines[:3] or [""]


def _between(a: tuple[float, float], b: tuple[float, float], part: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def _along(route: list[tuple[float, float]], part: float) -> tuple[float, float]:
    """The point at a part of a line's way (0 to 1), counted in its pieces."""
    i = part * (len(route) - 1)
    return _between(route[int(i)], route[min(int(i) + 1, len(route) - 1)], i - int(i))


def _free(
    route: list[tuple[float, float]], size: tuple[float, float], plane: Plane, parts: Iterable[float]
) -> tuple[float, float] | None:
    """The first of some points on a line with free room for a box of ``size``, which is taken."""
    for part in parts:
        x, y = _along(route, part)
        box = (x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)
        if plane.free([box]):
            plane.take([box])
            return x, y
    return None


def _route(a: tuple[float, float], b: tuple[float, float], bend: float) -> list[tuple[float, float]]:
    """From one node to another: straight, bent to one side, or a loop back to itself."""
    if a == b:
        return [
            (a[0] + 16 + 16 * math.cos(t * math.pi / 8), a[1] - 16 + 16 * math.sin(t * math.pi / 8))
            for t in range(17)
        ]
    if not bend:
        return [a, b]
    middle = _between(a, b, 0.5)
    way = middle[0] - (b[1] - a[1]) * bend, middle[1] + (b[0] - a[0]) * bend
    parts = (t / 12 for t in range(13))
    return [_between(_between(a, way, t), _between(way, b, t), t) for t in parts]
