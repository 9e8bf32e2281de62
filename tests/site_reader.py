"""The pages of a site as an independent reader has them: html.parser of the standard library."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_VOID = {"meta", "link", "input", "img", "br", "hr"}


@dataclass
class Page:
    """What a page holds."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    policy: str = ""
    lang: str = ""
    headings: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    data: list[Any] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        page = self.page
        page.ids += [said["id"]] if said.get("id") else []
        page.links += [said[key] for key in ("href", "src", "action") if said.get(key)]
        page.lang = said.get("lang", "") if tag == "html" else page.lang
        if said.get("http-equiv") == "Content-Security-Policy":
            page.policy = said.get("content", "")
        if tag == "li":
            page.items.append("")
        if tag == "tr":
            page.rows.append([])
        if tag in ("th", "td"):
            page.rows[-1].append("")
        if tag in ("h1", "h2"):
            page.headings.append("")
        if tag not in _VOID:
            self.open.append((tag, said))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        page = self.page
        if "script" in tags:
            if "json" in self.open[-1][1].get("type", ""):
                page.data.append(json.loads(data))
            return
        if "style" in tags:
            return
        page.text += data
        if "li" in tags:
            page.items[-1] += data
        if {"th", "td"} & set(tags):
            page.rows[-1][-1] += data
        if {"h1", "h2"} & set(tags):
            page.headings[-1] += data


def read_page(file: Path) -> Page:
    """A page; its texts without the numbers of sources, with one space between words."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    page = reader.page
    page.text = spaced(page.text)
    page.items = [spaced(item) for item in page.items]
    page.headings = [spaced(heading) for heading in page.headings]
    page.rows = [[spaced(cell) for cell in row] for row in page.rows]
    return page


def spaced(text: str) -> str:
    """One space between words, no ``[1]``."""
    return " ".join(re.sub(r"\[\d+\]", "", text).split())
