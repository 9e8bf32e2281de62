"""Fields of a Word document: content controls, written and read back."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

PREFIX = "relgraph:"
#: what a control may hold that cannot be carried over as text
_KEPT_OUT = ("drawing", "pict", "object", "tbl")


class UnreadableError(Exception):
    """A file that is no Word document, or a field that cannot be carried over; the message says why."""


def control(tag: str, label: str, text: str, number: int, lang: str) -> Any:
    """A content control with the text in it, one paragraph a line, as an XML element."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    sdt = OxmlElement("w:sdt")
    properties = OxmlElement("w:sdtPr")
    for name, value in (("alias", label[:64]), ("tag", PREFIX + tag), ("id", str(number))):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), value)
        properties.append(element)
    content = OxmlElement("w:sdtContent")
    for line in text.split("\n"):
        paragraph = OxmlElement("w:p")
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), "Field")
        look = OxmlElement("w:pPr")
        look.append(style)
        paragraph.append(look)
        run = OxmlElement("w:r")
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), lang)
        run_look = OxmlElement("w:rPr")
        run_look.append(spoken)
        run.append(run_look)
        for place, part in enumerate(line.split("\t")):
            if place:
                run.append(OxmlElement("w:tab"))
            words = OxmlElement("w:t")
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            words.text = part
            run.append(words)
        paragraph.append(run)
        content.append(paragraph)
    sdt.append(properties)
    sdt.append(content)
    return sdt


def read(data: bytes) -> dict[str, str]:
    """The texts of the fields by tag; raises :class:`UnreadableError`.

    Of what was written, the text is kept with its paragraphs, line breaks and tabs, not how it looks.
    """
    from docx.oxml.ns import qn

    found: dict[str, str] = {}
    for sdt in _opened(data).element.body.iter(qn("w:sdt")):
        mark = sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        name = mark.get(qn("w:val"), "") if mark is not None else ""
        content = sdt.find(qn("w:sdtContent"))
        if not name.startswith(PREFIX) or content is None:
            continue
        name = name.removeprefix(PREFIX)
        if name in found:
            raise UnreadableError("a field stands in it twice")
        for sort in _KEPT_OUT:
            if next(content.iter(qn(f"w:{sort}")), None) is not None:
                raise UnreadableError("a field holds a table or a picture, which cannot be carried over")
        hint = sdt.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
        lines = [] if hint is not None else [_text(p) for p in content.iter(qn("w:p"))]
        found[name] = "\n".join(lines).strip("\n")
    return found


def _opened(data: bytes) -> Document:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OpcError, XMLSyntaxError, EOFError) as error:
        raise UnreadableError("it cannot be read as a Word document") from error


def _text(paragraph: Any) -> str:
    """The text of a paragraph as it stands, with insertions and without deletions that are tracked."""
    from docx.oxml.ns import qn

    signs = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}
    pieces = []
    for element in paragraph.iter():
        if element.tag == qn("w:t"):
            pieces.append(element.text or "")
        elif element.tag in signs and element.getparent().tag == qn("w:r"):
            pieces.append(signs[element.tag])
    return "".join(pieces)
