"""The sheet round a picture of the map: title, date of the data, legend, source and alternative text."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from relgraph.sentences import capital, join
from relgraph.views import lettering
from relgraph.views.map.boxes import LEADING, Box
from relgraph.views.map.data import MapData, NodeType
from relgraph.views.map.glyphs import element, glyph, line, words
from relgraph.views.map.styles import LINE_STYLES

INK, SOFT, _DEEP = "#1F2937", "#4B5563", "#0B3A6F"
_MARGIN = 36
_GAP = 8
_LEGEND = 230
_HEAD = 84
_STRINGS = Path(__file__).parent / "template" / "strings.json"


def sheet(
    data: MapData,
    lang: str,
    subject: str,
    content: list[str],
    extent: list[Box],
    alt: str = "",
    *,
    figure: bool = False,
) -> str:
    """The whole document: what is drawn, within ``extent``, and round it title, date, legend and source.

    A ``figure`` stands in a document that tells these itself: it has its legend alone, below. ``alt`` is the
    alternative text, by default that of ``data``.
    """
    extent = extent or [(0, 0, 400, 200)]
    if figure:
        return _within(data, lang, content, extent, alt)
    left, top, right, bottom = _round(extent)
    strings = strings_of(lang)
    legend, legend_height = _legend(data, lang, right + _MARGIN, top)
    title = data.title.get(lang)
    sources = "; ".join(source.name.get(lang) for source in data.sources if source.main)
    # a viewer without the font may set the title in a wider one
    widest = max(lettering.width(title[:120], 22, 600), lettering.width(data.as_of.get(lang)[:200], 14, 600))
    heading = min(1.15 * widest, 1400.0)
    width = max(right - left + _LEGEND + 3 * _MARGIN, heading + 2 * _MARGIN, 640.0)
    head = _HEAD + (22 if subject else 0)
    height = head + max(bottom - top, legend_height) + 2 * _MARGIN + 20
    x, y = math.floor(left - _MARGIN), math.floor(top - head - 10)
    room = width - 2 * _MARGIN
    texts = [
        words(_cut(title, room, 22, 600), left, y + 42, font_size=22, font_weight=600, fill=INK),
        words(
            _cut(data.as_of.get(lang), room, 14, 600),
            left,
            y + 66,
            font_size=14,
            font_weight=600,
            fill=_DEEP,
        ),
        words(_cut(subject, room, 14), left, y + 88, font_size=14, fill=INK) if subject else "",
        words(
            _cut(f"{strings['sources']} {sources}", room, 12),
            left,
            y + height - 18,
            font_size=12,
            fill=SOFT,
        )
        if sources
        else "",
    ]
    return _document(data, lang, [*texts, *content, *legend], (x, y, width, height), alt)


def _within(data: MapData, lang: str, content: list[str], extent: list[Box], alt: str) -> str:
    """The document without title, date and source, the legend below: for a page that has these itself."""
    left, top, right, bottom = _round(extent)
    columns = max(1, math.ceil((right - left) / _LEGEND))
    width = max(right - left, columns * _LEGEND) + 2 * _GAP
    legend, height = _legend(data, lang, left, bottom + 2 * _GAP, columns)
    box = (math.floor(left - _GAP), math.floor(top - _GAP), width, bottom - top + height + 4 * _GAP)
    return _document(data, lang, [*content, *legend], box, alt)


def _round(extent: list[Box]) -> Box:
    """The box round several."""
    lefts, tops, rights, bottoms = zip(*extent, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _document(data: MapData, lang: str, body: list[str], box: Box, alt: str) -> str:
    """An SVG document of a box (left, top, width, height) on white paper."""
    x, y = round(box[0]), round(box[1])
    size = {"width": round(box[2]), "height": round(box[3])}
    named = element("title", _escaped(data.title.get(lang) or "relgraph"), id="title") + element(
        "desc", _escaped(alt or alt_text(data, lang)), id="description"
    )
    paper = element("rect", x=x, y=y, fill="#FFFFFF", **size)
    drawn = "\n".join(part for part in body if part)
    return (
        element(
            "svg",
            f"\n{named}\n{paper}\n{drawn}\n",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"{x} {y} {size['width']} {size['height']}",
            **size,
            lang=lang,
            role="img",
            aria_labelledby="title description",
            font_family=f"'{lettering.FAMILY}', system-ui, 'Segoe UI', Roboto, sans-serif",
        )
        + "\n"
    )


def _legend(data: MapData, lang: str, x: float, y: float, columns: int = 1) -> tuple[list[str], float]:
    """The legend in so many columns, and its height; in the page's words."""
    strings = strings_of(lang)
    rows: list[tuple[Callable[[float, float], str], str]] = []
    for kind in data.ordered_types():
        rows.append((partial(_sign, kind), capital((kind.plural or kind.label).get(lang))))
    kinds = len(rows)
    used = {edge.line for edge in data.edges}
    rows += [(partial(_stroke, name), strings[f"line.{name}"]) for name in LINE_STYLES if name in used]
    parts: list[str] = []
    at = [y] * columns
    for i, (sign, text) in enumerate(rows):
        column = i * columns // len(rows)
        if columns == 1 and i == kinds:
            at[0] += 8  # lines stand apart from shapes
        left, top = x + column * _LEGEND, at[column]
        lines = _fold(text, _LEGEND - 50)
        parts.append(sign(left, top))
        parts.extend(
            words(one, left + 44, top + 14 + n * LEADING, font_size=12, fill=INK)
            for n, one in enumerate(lines)
        )
        at[column] += 24 + (len(lines) - 1) * LEADING
    return parts, max(at) - y


def _sign(kind: NodeType, x: float, y: float) -> str:
    return glyph(kind, x + 20, y + 10, 7 if kind.between else 8)


def _stroke(name: str, x: float, y: float) -> str:
    style = LINE_STYLES[name]
    dashes = " ".join(map(str, style["dashes"])) or None
    look = {"stroke": style["color"], "stroke_width": style["width"], "stroke_dasharray": dashes}
    drawn = element("path", d=line([(x, y + 10), (x + 38, y + 10)]), **look)
    return drawn + doubt(x + 19, y + 10) if name == "uncertain" else drawn


def doubt(x: float, y: float) -> str:
    """The sign of what is not settled, on its line."""
    mark = {"font_size": 11, "font_weight": 600, "fill": INK, "text_anchor": "middle"}
    return element("circle", cx=x, cy=y, r=7, fill="#FFFFFF") + words("?", x, y + 4, **mark)


def alt_text(data: MapData, lang: str = "sv") -> str:
    """What is to be seen, in a sentence or two: how much, and the best connected parties."""
    strings = strings_of(lang)
    degree = degrees(data)
    joint = data.joint_types
    parties = sorted(
        (node for node in data.nodes if node.type not in joint), key=lambda node: (-degree[node.id], node.id)
    )
    names = join([node.label.get(lang) for node in parties[:8]], lang)
    relations = len({edge.sentence.record or edge.id for edge in data.edges})
    counted = (
        strings["altParty" if len(parties) == 1 else "altParties"].format(n=len(parties)),
        strings["altRelation" if relations == 1 else "altRelations"].format(n=relations),
    )
    text = strings["altText"].format(n=counted[0], m=counted[1])
    return f"{text} {strings['altNames'].format(names=names)}" if names else text


def degrees(data: MapData) -> Counter[str]:
    """How many relationships each node has on the map."""
    return Counter(end for edge in data.edges for end in {edge.source, edge.target})


def strings_of(lang: str) -> dict[str, str]:
    """The words of the map in a language."""
    found: dict[str, str] = json.loads(_STRINGS.read_text(encoding="utf-8"))[lang]
    return found


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
