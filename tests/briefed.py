"""What tests of briefings share: documents made in one process, and their text read back from each format."""

from __future__ import annotations

import html.parser
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from relgraph.lookup import Lookup
from relgraph.project import find_project
from relgraph.views.briefing import blocks as b
from relgraph.views.briefing import content, render
from relgraph.views.briefing.blocks import Briefing
from relgraph.views.briefing.teller import Teller
from relgraph.when import When

FORMATS = ("md", "html", "docx", "pdf")


@dataclass
class Desk:
    """Whence briefings on one graph are written."""

    lookup: Lookup

    @classmethod
    def at(cls, root: Path) -> Desk:
        """The desk of a project that has been built."""
        project = find_project(root)
        return cls(Lookup(project.compiled(), project.vocabulary))

    def teller(self, lang: str = "sv", as_of: str | None = None) -> Teller:
        """A new teller."""
        return Teller(self.lookup, lang, When.of(as_of=as_of))

    def on(
        self,
        name: str,
        lang: str = "sv",
        *,
        purpose: str = "",
        figure: b.Figure | None = None,
        as_of: str | None = None,
    ) -> Briefing:
        """A briefing on one party."""
        record = self.lookup.resolve(name, lang)
        return content.briefing(self.teller(lang, as_of), record, purpose=purpose, figure=figure)

    def text(self, name: str, lang: str = "sv", **options: str) -> str:
        """The same as Markdown."""
        return render(self.on(name, lang, **options), "md").decode("utf-8")  # type: ignore[arg-type]


def told(briefing: Briefing) -> Iterator[str]:
    """Every text of a briefing in the order in which it is read."""
    for block in briefing.blocks:
        match block:
            case b.Heading() | b.Note():
                yield from (getattr(block, "label", ""), block.text)
            case b.Paragraph() | b.Items():
                yield getattr(block, "lead", "")
                for sentence in block.sentences:
                    yield from (sentence.text, b.shown(sentence.marks))
                yield getattr(block, "rest", "")
            case b.Table():
                yield from (block.caption, *block.head)
                for row in block.rows:
                    yield from (*row.cells, b.shown(row.marks))
            case b.Figure():
                yield block.caption
            case b.Field():
                yield block.label
            case b.Sources():
                for entry in block.entries:
                    yield from (entry.text, entry.url, entry.excerpt)


def sentences(briefing: Briefing) -> list[b.Cited]:
    """Every cited sentence."""
    found = (x for x in briefing.blocks if isinstance(x, b.Paragraph | b.Items))
    return [sentence for block in found for sentence in block.sentences]


def read(data: bytes, form: str) -> str:
    """The text of a document as its readers get it, without markup."""
    return {"md": _markdown, "html": _html, "docx": _docx, "pdf": _pdf}[form](data)


def letters(text: str) -> str:
    """Letters alone: numbers of pages and lists, marks and line ends differ between formats."""
    return "".join(sign for sign in text if sign.isalpha())


def _markdown(data: bytes) -> str:
    text = re.sub(r"<!-- .*? -->", "", data.decode("utf-8"))
    text = re.sub(r"^\|[ |-]+\|$|^#+ ", "", text, flags=re.MULTILINE)
    text = re.sub(r"!\[(\\.|[^\]\\])*\]\([^)\s]*\)", "", text)  # the figure, which has a file of its own
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text)


class _Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.off = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.off = self.off and tag != "main"

    def handle_data(self, data: str) -> None:
        if not self.off:
            self.text.append(data)


def _html(data: bytes) -> str:
    page = _Page()
    page.feed(data.decode("utf-8"))
    return " ".join(page.text)


def _docx(data: bytes) -> str:
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(io.BytesIO(data)).element.body
    return " ".join(each.text or "" for each in body.iter(qn("w:t")))


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader

    texts = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return "\n".join(re.sub(r"\s*\d+ \(\d+\)\s*$", "", text) for text in texts)  # without the page's number


def pages(data: bytes) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(data)).pages)
