"""The sheet round a picture of the map: title, date of the data, legend, source and alternative text."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

from relgraph.views import lettering
from relgraph.views.map.boxes import LEADING, Box
from relgraph.views.map.data import MapData
from relgraph.views.map.glyphs import element, glyph, line, words
from relgraph.views.map.styles import LINE_STYLES

INK, SOFT, _DEEP = "#1F2937", "#4B5563", "#0B3A6F"
_MARGIN = 36
_LEGEND = 230
_HEAD = 84
_STRINGS = Path(__file__).parent / "template" / "strings.json"


def sheet(
    data: MapData, lang: str, subject: str, content: list[str], extent: list[Box], alt: str = ""
) -> str:
    """The whole document: what is drawn, within ``extent``, and round it title, date, legend and source.

    ``alt`` is the alternative text, by default that of ``data``.
    """
    extent = extent or [(0, 0, 400, 200)]
    left, top = min(box[0] for box in extent), min(box[1] for box in extent)
    right, bottom = max(box[2] for box in extent), max(box[3] for box in extent)
    strings = strings_of(lang)
    legend, legend_height = _legend(data, lang, right + _MARGIN, top)
    title = data.title.get(lang)
    sources = "; ".join(source.name.get(lang) for source in data.sources if source.main)
    # a viewer without the font may set the title in a wider one
    heading = min(1.15 * lettering.width(title[:120], 22, 600), 1400.0)
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
    body = "\n".join(part for part in (*texts, *content, *legend) if part)
    size = {"width": round(width), "height": round(height)}
    named = element("title", _escaped(title or "relgraph"), id="title") + element(
        "desc", _escaped(alt or alt_text(data, lang)), id="description"
    )
    paper = element("rect", x=x, y=y, fill="#FFFFFF", **size)
    return (
        element(
            "svg",
            f"\n{named}\n{paper}\n{body}\n",
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


def _legend(data: MapData, lang: str, x: float, y: float) -> tuple[list[str], float]:
    counts = Counter(node.type for node in data.nodes)
    strings = strings_of(lang)
    parts: list[str] = []
    at = y

    def row(sign: str, text: str) -> None:
        nonlocal at
        parts.append(sign)
        lines = _fold(text, _LEGEND - 50)
        parts.extend(
            words(one, x + 44, at + 14 + i * LEADING, font_size=12, fill=INK) for i, one in enumerate(lines)
        )
        at += 24 + (len(lines) - 1) * LEADING

    for kind in data.ordered_types():
        text = kind.label if counts[kind.name] == 1 else kind.plural or kind.label
        row(glyph(kind, x + 20, at + 10, 7 if kind.between else 8), heading_of(text.get(lang)))
    at += 8
    used = {edge.line for edge in data.edges}
    for name, style in LINE_STYLES.items():
        if name in used:
            dashes = " ".join(map(str, style["dashes"])) or None
            look = {"stroke": style["color"], "stroke_width": style["width"], "stroke_dasharray": dashes}
            row(
                element("path", d=line([(x, at + 10), (x + 38, at + 10)]), **look),
                heading_of(strings[f"line.{name}"]),
            )
    return parts, at - y


def alt_text(data: MapData, lang: str = "sv") -> str:
    """What is to be seen, in a sentence or two: how much, and the best connected parties."""
    strings = strings_of(lang)
    degree = degrees(data)
    joint = data.joint_types
    parties = sorted(
        (node for node in data.nodes if node.type not in joint), key=lambda node: (-degree[node.id], node.id)
    )
    names = ", ".join(node.label.get(lang) for node in parties[:8])
    text = strings["altText"].format(
        n=len(parties), m=len({edge.sentence.record or edge.id for edge in data.edges})
    )
    return f"{text} {strings['altNames'].format(names=names)}" if names else text


def degrees(data: MapData) -> Counter[str]:
    """How many relationships each node has on the map."""
    return Counter(end for edge in data.edges for end in {edge.source, edge.target})


def strings_of(lang: str) -> dict[str, str]:
    """The words of the map in a language."""
    found: dict[str, str] = json.loads(_STRINGS.read_text(encoding="utf-8"))[lang]
    return found


def heading_of(text: str) -> str:
    """A text as a heading: its first letter large."""
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
