"""What lies beneath the nodes in a picture: the grounds of the sectors, or the land with its tray."""

from __future__ import annotations

from relgraph.sentences import capital
from relgraph.views import lettering
from relgraph.views.map.boxes import Box, wrap
from relgraph.views.map.data import MapData
from relgraph.views.map.glyphs import element, line, words
from relgraph.views.map.hulls import PADDING, grounds
from relgraph.views.map.layout import Layout
from relgraph.views.map.places import RADIUS, Places
from relgraph.views.map.sheet import INK, SOFT, strings_of
from relgraph.views.map.styles import ink

#: a text that can be read whatever lies beneath
HALO = {"paint_order": "stroke", "stroke": "#FFFFFF", "stroke_width": 4, "stroke_linejoin": "round"}


def sectors(data: MapData, layout: Layout, lang: str) -> tuple[list[str], list[str], list[Box], list[Box]]:
    """The shapes, the names on them, the room that both take, and of this that of the names."""
    shapes, names = [], []
    extent: list[Box] = []
    headings: list[Box] = []
    for ground in grounds(data, layout):
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
        title = wrap(capital((ground.type.plural or ground.type.label).get(lang)))
        width = max((lettering.width(one, 16, 600) for one in title), default=0)
        x, y = ground.heading
        box = (x - width / 2, y - 10.0 * len(title), x + width / 2, y + 10.0 * len(title))
        headings.append(box)
        extent.append(box)
        for i, one in enumerate(title):
            look = {"font_size": 16, "font_weight": 600, "fill": ink(color), "text_anchor": "middle"}
            names.append(words(one, x, box[1] + 15 + 20 * i, **look))
    return shapes, names, extent, headings


def land(data: MapData, places: Places, lang: str) -> tuple[list[str], list[str], list[Box]]:
    """The shapes, the names on them, and the room that they take."""
    rim = {"cx": 0, "cy": 0, "r": RADIUS}
    outline = " ".join(line(ring) + "Z" for ring in places.land)
    left, top, width, height = places.tray
    shapes = [
        element("clipPath", element("circle", **rim), id="rim"),
        element("circle", fill="#F4F8FB", stroke="#B9C6D3", **rim),
        element("path", d=outline, fill="#E3E8E1", fill_rule="evenodd", clip_path="url(#rim)"),
        *(
            element("circle", cx=0, cy=0, r=radius, fill="none", stroke="#B9C6D3", stroke_dasharray="3 4")
            for _, radius in places.circles
        ),
        element("rect", x=left, y=top, width=width, height=height, fill="#F7F8FA", stroke="#B9C6D3"),
    ]
    kinds = {kind.name: kind for kind in data.types}
    title = {"font_size": 14, "font_weight": 600}
    texts = [words(strings_of(lang)["noPlace"], left + 14, top + 25, fill=INK, **title)]
    for name, (x, y) in places.headings:
        kind = kinds[name]
        texts.append(words(capital(kind.plural.get(lang)), x, y + 5, fill=ink(kind.color), **title))
    for km, radius in places.circles[3:]:
        texts.append(words(f"{km} km", 0, radius + 4, fill=SOFT, font_size=11, text_anchor="middle", **HALO))
    room: list[Box] = [(-RADIUS, -RADIUS, RADIUS, RADIUS), (left, top, left + width, top + height)]
    return shapes, texts, room
