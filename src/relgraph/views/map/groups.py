"""The overview of a very large map in a picture: its fields and bubbles, as overview.js draws them."""

from __future__ import annotations

from relgraph.sentences import capital
from relgraph.views.map.boxes import LEADING, Box
from relgraph.views.map.data import SEVERAL, MapData
from relgraph.views.map.glyphs import element, words
from relgraph.views.map.overview import OTHERS, UNSTATED, Field, fields, lines_of
from relgraph.views.map.sheet import INK, strings_of
from relgraph.views.map.styles import HOME_SIZE, ink

_STAND_INS = {UNSTATED: "noCountry", SEVERAL: "severalCountries", OTHERS: "otherCountries"}


def groups(data: MapData, lang: str) -> tuple[list[str], list[Box]]:
    """What is drawn, and the room that it takes."""
    strings = strings_of(lang)
    names = {id_: name.get(lang) for id_, name in data.countries}
    names |= {mark: strings[key] for mark, key in _STAND_INS.items()}
    drawn = fields(data)
    extent: list[Box] = [(x, y, x + w, y + h) for x, y, w, h in (field.box for field in drawn)]
    home = next((node for node in data.nodes if node.id == data.home), None)
    parts: list[str] = []
    if home is not None:
        color = next(kind.color for kind in data.types if kind.name == home.type)
        parts.append(element("circle", cx=0, cy=0, r=HOME_SIZE, fill=color))
        parts += _text(
            home.label.get(lang), 0, HOME_SIZE + 14, font_weight=600, text_anchor="middle", fill=INK
        )
    for field in drawn:
        parts += _field(field, names, lang)
    return parts, extent


def _field(field: Field, names: dict[str, str], lang: str) -> list[str]:
    x, y, width, height = field.box
    color = field.type.color
    size = {"x": x, "y": y, "width": width, "height": height}
    parts = [
        element("rect", fill="#FFFFFF", **size),
        element("rect", fill=color, fill_opacity="0.075", stroke=color, stroke_opacity="0.5", **size),
    ]
    count = sum(bubble.count for bubble in field.bubbles)
    name = capital((field.type.plural or field.type.label).get(lang))
    look = {"font_weight": 600, "text_anchor": "middle", "fill": ink(color)}
    parts += _text(_numbered(name, count, lang), field.title[0], field.title[1], **look)
    for one in field.bubbles:
        fill = color if field.type.filled else "#FFFFFF"
        parts.append(
            element("circle", cx=one.x, cy=one.y, r=one.radius, fill=fill, stroke=color, stroke_width=2.5)
        )
        parts += _text(_numbered(names[one.country], one.count, lang), field.names, one.y, fill=INK)
    return parts


def _numbered(text: str, count: int, lang: str) -> str:
    from relgraph.answers import grouped  # and all that asks questions, which most pictures have no use for

    return f"{text} ({grouped(count, lang)})"


def _text(text: str, x: float, y: float, **look: object) -> list[str]:
    """A text in lines round the height ``y``."""
    lines = lines_of(text)
    top = y + 4 - (len(lines) - 1) * LEADING / 2
    return [words(one, x, top + i * LEADING, font_size=12, **look) for i, one in enumerate(lines)]
