"""A briefing as a Word document: real styles, headings, lists, header rows, content controls for staff.

The container is packed anew, sorted, dated 1980 and stored, so that the same briefing has the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.views.briefing import docx_parts as parts
from relgraph.views.briefing.blocks import (
    Block,
    Briefing,
    Cited,
    Field,
    Figure,
    Heading,
    Items,
    Note,
    Paragraph,
    Sources,
    Table,
)
from relgraph.views.briefing.docx_fields import control
from relgraph.views.briefing.fields import tag
from relgraph.views.container import repack
from relgraph.views.plain import plain

if TYPE_CHECKING:
    from docx.document import Document


def render(
    briefing: Briefing,
    written: Mapping[str, str],
    fonts: Sequence[Path] = (),
    tell: Callable[[str], None] | None = None,
) -> bytes:
    """The document; ``written`` is what staff wrote, by the key of the field.

    Word shows its figure as it is drawn, with its own fonts; a program that cannot do so shows a picture of
    it, made with our fonts, those in the folders ``fonts`` and the machine's; ``tell`` is told what it lacks.
    """
    import docx

    document = docx.Document()
    parts.styled(document, briefing.lang)
    _properties(document, briefing)
    writer = _Writer(document, briefing, written, fonts, tell)
    for block in briefing.blocks:
        writer.write(block)
    parts.spoken(document, briefing.lang)
    parts.slimmed(document)
    made, packed = io.BytesIO(), io.BytesIO()
    document.save(made)
    repack(made, packed)
    return packed.getvalue()


def _properties(document: Document, briefing: Briefing) -> None:
    day = datetime.fromisoformat(briefing.day or "1980-01-01")
    known = document.core_properties
    known.title = plain(briefing.title)[:255]
    known.language = parts.LANGUAGES[briefing.lang]
    known.author = known.last_modified_by = "relgraph"
    known.created = known.modified = day
    known.comments = known.keywords = known.subject = known.category = ""
    known.revision = 1


@dataclass
class _Writer:
    document: Document
    briefing: Briefing
    written: Mapping[str, str]
    fonts: Sequence[Path]
    tell: Callable[[str], None] | None
    fields: int = 0

    def write(self, block: Block) -> None:
        """Add a block at the end of the document."""
        match block:
            case Heading():
                self.document.add_heading(plain(block.text), block.level)
            case Paragraph():
                paragraph = self.document.add_paragraph()
                for number, sentence in enumerate(block.sentences):
                    self._cited(paragraph, sentence, " " if number else "")
            case Items():
                if block.lead:
                    self.document.add_paragraph(plain(block.lead)).paragraph_format.keep_with_next = True
                for sentence in block.sentences:
                    self._cited(self.document.add_paragraph(style="List Bullet"), sentence)
                if block.rest:
                    self.document.add_paragraph(style="List Bullet").add_run(block.rest).italic = True
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Note():
                self._note(block)
            case Field():
                self.fields += 1
                self.document.add_heading(plain(block.label), 3)
                text = "\n".join(map(_kept, self.written.get(block.key, "").split("\n")))
                name = tag(self.briefing.about, block.key)
                element = control(
                    name, plain(block.label), text, self.fields, parts.LANGUAGES[self.briefing.lang]
                )
                self.document.element.body.insert_element_before(element, "w:sectPr")
            case Sources():
                self._sources(block)

    def _cited(self, paragraph: Any, sentence: Cited, before: str = "") -> None:
        paragraph.add_run(f"{before}{plain(sentence.text)} ")
        parts.marks(paragraph, sentence.marks)

    def _note(self, block: Note) -> None:
        paragraph = self.document.add_paragraph()
        if block.label:
            paragraph.add_run(f"{plain(block.label)}: ").bold = True
        paragraph.add_run(plain(block.text)).bold = block.strong

    def _table(self, block: Table) -> None:
        self.document.add_paragraph(plain(block.caption), style="Caption")
        table = self.document.add_table(rows=1, cols=len(block.head), style="Table Grid")
        parts.describe(table, plain(block.caption))
        for cell, text in zip(table.rows[0].cells, block.head, strict=True):
            cell.paragraphs[0].add_run(plain(text)).bold = True
        parts.repeat_header(table.rows[0])
        for row in block.rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row.cells, strict=True):
                cell.paragraphs[0].add_run(plain(text))
            cells[-1].paragraphs[0].add_run(" ")
            parts.marks(cells[-1].paragraphs[0], row.marks)
        for row_ in table.rows:
            for cell in row_.cells:
                cell.paragraphs[0].style = self.document.styles["Cell"]
        self.document.add_paragraph().style = self.document.styles["Cell"]

    def _figure(self, block: Figure) -> None:
        from docx.shared import Emu, Mm

        from relgraph.views.map.raster import lacking, png

        if self.tell is not None and (signs := lacking(block.svg, self.fonts)):
            self.tell(
                f"no font here has the signs {' '.join(signs)}: in the figure Word shows them, but a program "
                "that shows it as a picture does not (give --fonts FOLDER with a font that has them)"
            )
        run = self.document.add_paragraph().add_run()
        shape = run.add_picture(io.BytesIO(png(block.svg, fonts=self.fonts)), width=Mm(166))
        parts.as_drawn(self.document, shape, block.svg)
        if shape.height > Mm(66):
            shape.width, shape.height = Emu(shape.width * Mm(66) // shape.height), Mm(66)
        shape._inline.docPr.set("descr", plain(block.alt))
        if block.caption:
            self.document.add_paragraph(plain(block.caption), style="Caption")

    def _sources(self, block: Sources) -> None:
        parts.in_columns(self.document, 2)
        for number, entry in enumerate(block.entries, 1):
            paragraph = self.document.add_paragraph(style="List Number")
            parts.bookmark(paragraph, number, plain(entry.text))
            if entry.url:
                paragraph.add_run(" ")
                parts.link(paragraph, plain(entry.url))
            if entry.excerpt:
                paragraph.add_run(f" {plain(entry.excerpt)}")
        parts.in_columns(self.document, 1)


def _kept(line: str) -> str:
    """A line that staff wrote, with its tabs."""
    return "\t".join(map(plain, line.split("\t")))
