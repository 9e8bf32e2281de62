"""What python-docx leaves to be done in XML: styles, languages, links, header rows, descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
#: a font that Word has everywhere, and that other programs replace by one as wide
FONT = "Calibri"
#: points, by style
SIZES = {
    "Normal": 10,
    "Heading 1": 18,
    "Heading 2": 13,
    "Heading 3": 11,
    "Caption": 9.5,
    "List Number": 7,
}

#: the table styles that are used, and the parts of the template that are not
TABLES = ("TableNormal", "TableGrid")
UNUSED = ("/stylesWithEffects", "/thumbnail", "/customXml")


def element(name: str, /, **attributes: str) -> Any:
    """An element of WordprocessingML with attributes of that namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def styled(document: Document, lang: str) -> None:
    """Set page, fonts, sizes and language, and add the styles of fields, cells and links."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(12)
    section.header_distance = section.footer_distance = Mm(6)
    _numbered(section.footer.paragraphs[0])
    styles = document.styles
    for name in ("Field", "Cell"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    link_style = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link_style.font.color.rgb = RGBColor(0x0A, 0x55, 0xA8)
    for name, size in {**SIZES, "Cell": 9.5}.items():
        styles[name].font.size = Pt(size)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        font = styles[name].font
        font.name = FONT
        font.color.rgb = RGBColor(0x1F, 0x29, 0x37)
        fonts = styles[name].element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), FONT)
    for name, before in {"Heading 1": 0, "Heading 2": 6, "Heading 3": 4}.items():
        styles[name].paragraph_format.keep_with_next = True
        styles[name].paragraph_format.space_before = Pt(before)
    styles["Normal"].paragraph_format.line_spacing = 1.0
    for name in ("Normal", "List Bullet"):
        styles[name].paragraph_format.space_after = Pt(3)
    for name in ("Cell", "List Number"):
        styles[name].paragraph_format.space_after = Pt(0)
    _framed(styles["Field"])


def slimmed(document: Document) -> None:
    """Leave out what python-docx's template brings and no briefing uses: five sixths of the file."""
    from docx.oxml.ns import qn

    for style in list(document.styles.element.iter(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in TABLES:
            document.styles.element.remove(style)
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, each in relations.items() if each.reltype.endswith(UNUSED)]:
            del relations[key]


def in_columns(document: Document, number: int) -> None:
    """Set what follows in so many columns, on the same page; those before it become equally long."""
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn

    section = document.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = element("cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), str(number))
    columns.set(qn("w:space"), "340")


def _framed(style: Any) -> None:
    """A frame around the paragraphs that staff write."""
    frame = element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        frame.append(element(side, val="single", sz="4", space="4", color="7B8594"))
    style.element.get_or_add_pPr().insert_element_before(frame, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _numbered(paragraph: Any) -> None:
    """The number of the page and how many there are."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for before, code, after in (("", "PAGE", " ("), ("", "NUMPAGES", ")")):
        paragraph.add_run(before)
        field = element("fldSimple", instr=code)
        run = element("r")
        words = element("t")
        words.text = "1"
        run.append(words)
        field.append(run)
        paragraph._p.append(field)
        paragraph.add_run(after)


def spoken(document: Document, lang: str) -> None:
    """Mark every run, and what styles set by default, as being in the language."""
    from docx.oxml.ns import qn

    value = LANGUAGES[lang]
    for each in list(document.styles.element.iter(qn("w:lang"))):
        for name in ("val", "eastAsia"):
            each.set(qn(f"w:{name}"), value)
    footer = document.sections[0].footer._element
    for root in (document.element.body, footer):
        for run in root.iter(qn("w:r")):
            look = run.find(qn("w:rPr"))
            if look is None:
                look = element("rPr")
                run.insert(0, look)
            for old in look.findall(qn("w:lang")):
                look.remove(old)
            look.append(element("lang", val=value))


def marks(paragraph: Any, numbers: Sequence[int]) -> None:
    """The numbers of sources, each linked to its entry in the list."""
    for number in numbers:
        paragraph._p.append(_linked(f"[{number}]", anchor=f"source-{number}"))


def link(paragraph: Any, url: str) -> None:
    """A link to an address on the web."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = _linked(url)
    made.set(qn("r:id"), target)
    paragraph._p.append(made)


def _linked(text: str, **attributes: str) -> Any:
    made = element("hyperlink", history="1", **attributes)
    run = element("r")
    look = element("rPr")
    look.append(element("rStyle", val="Hyperlink"))
    run.append(look)
    words = element("t")
    words.text = text
    run.append(words)
    made.append(run)
    return made


def bookmark(paragraph: Any, number: int, text: str) -> None:
    """The text of a source, to which its marks lead."""
    paragraph._p.append(element("bookmarkStart", id=str(number), name=f"source-{number}"))
    paragraph.add_run(text)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def repeat_header(row: Any) -> None:
    """Mark a row as the header of its table, to be read and repeated on each page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def as_drawn(document: Document, shape: Any, svg: str) -> None:
    """Add the drawing of which a picture was made: programs that know how show that, others the picture.

    MS-ODRAWXML 2.4.1: Word since 2016.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    blip = next(shape._inline.iter(qn("a:blip")))
    part = document.part
    name = part.package.next_partname("/word/media/drawing%d.svg")
    drawing = Part(PackURI(name), "image/svg+xml", svg.encode("utf-8", "replace"), part.package)
    target = part.relate_to(drawing, RELATIONSHIP_TYPE.IMAGE)
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    own = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
    blip.append(
        parse_xml(
            f'<a:extLst xmlns:a="{main}"><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
            f'<asvg:svgBlip xmlns:asvg="{own}" xmlns:r="{relations}" r:embed="{target}"/></a:ext></a:extLst>'
        )
    )


def describe(table: Any, text: str) -> None:
    """The title of a table for those who do not see it."""
    table._tbl.tblPr.append(element("tblCaption", val=text))  # the last but one in the order of the schema
