"""Briefings: what goes in, where it is cut, that every sentence has its source, the same in four formats."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from briefed import FORMATS, Desk, letters, pages, read, sentences, told
from malmo import ROOT
from running import City, copy_city
from syrupy.assertion import SnapshotAssertion

from relgraph.errors import DataError, UsageError
from relgraph.model import Record
from relgraph.views.briefing import content, outline, render
from relgraph.views.briefing.beside import beside, drawn
from relgraph.views.briefing.blocks import (
    Briefing,
    Cited,
    Figure,
    Heading,
    Items,
    Note,
    Paragraph,
    Row,
    Table,
)
from relgraph.views.briefing.figure import Figures
from relgraph.views.briefing.implied import is_news
from relgraph.views.briefing.runs import runs
from relgraph.views.map import raster
from relgraph.views.party import profile, record_ids

HOSTILE = r"<script>alert(1)</script> | *a* _b_ [c](d) `e` # f {{7*7}} #set text(9pt) $x$ & \\ ]]> \"q\" 1. x"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><circle cx="10" cy="10" r="8"/></svg>'
CROWD = 300


@pytest.fixture(scope="module")
def desk(built: City) -> Desk:
    return Desk.at(built.root)


@pytest.fixture(scope="module")
def malmo() -> Desk:
    return Desk.at(ROOT)


@pytest.fixture(scope="module")
def wild(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The city with a network of 300 relationships, hostile names, and names in other scripts."""
    city = copy_city(tmp_path_factory.mktemp("wild") / "lindvik")
    source = [{"document": "ar2030", "section": "1", "range": [84, 115]}]
    records: list[dict[str, object]] = [
        {"id": "hostile", "type": "City", "name": {"sv": HOSTILE, "en": HOSTILE}, "source": source},
        {"id": "guangming", "type": "City", "name": {"sv": "光明市", "en": "光明市"}, "source": source},
        {
            "id": "madina",
            "type": "City",
            "name": {"sv": "مدينة النور", "en": "مدينة النور"},
            "source": source,
        },
        {"id": "silent", "type": "City", "name": {"sv": "Tyst", "en": "Silent"}, "source": source},
    ]
    for id_ in ("hostile", "guangming", "madina"):
        records.append(
            {
                "id": f"c-{id_}",
                "type": "Cooperation",
                "party": ["lindvik", id_],
                "from": "2020",
                "source": source,
            }
        )
    records += [
        {
            "id": f"p-{n}",
            "type": "Participation",
            "participant": "lindvik",
            "in": "nordljus",
            "date": f"20{n % 30:02d}-0{n % 9 + 1}-{n % 28 + 1:02d}",
            "source": source,
        }
        for n in range(CROWD)
    ]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    city.path("extra.jsonl").write_text(lines + "\n", encoding="utf-8")
    return Desk.at(city.root)


# -- content ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "lang"), [("aberhaven", "sv"), ("nordljus", "en")])
def test_golden(desk: Desk, snapshot: SnapshotAssertion, name: str, lang: str) -> None:
    assert desk.text(name, lang) == snapshot


def test_golden_of_malmo(malmo: Desk) -> None:
    for lang in ("sv", "en"):
        path = ROOT / "exports" / "briefings" / f"hong-kong.{lang}.md"
        made = malmo.on("hong-kong", lang, figure=Figures(malmo.lookup).around("hong-kong", lang))
        assert render(made, "md", beside=beside(path).name).decode() == path.read_text(encoding="utf-8")
        assert drawn(made) == beside(path).read_bytes()


def test_sections_stand_in_order_and_only_where_there_is_something_to_say(malmo: Desk) -> None:
    titles = [x.text for x in malmo.on("shenzhen", "en").blocks if isinstance(x, Heading) and x.level == 2]
    assert titles == [
        "In brief",
        "Formal basis",
        "Activity and cooperation",
        "Not held, cancelled or not concluded",
        "Conflicts and gaps",
        "To fill in",
        "Sources",
    ]


def test_what_is_not_stated_is_said_to_be_so_and_nothing_is_told_twice(malmo: Desk) -> None:
    turku = malmo.text("turku", "en")
    assert "No agreement is mentioned in the source." in malmo.text("turku", "en")
    assert "No activity is mentioned" not in turku  # a responsibility is told
    assert "No activity is mentioned in the source." in malmo.text("smart-cities-platform", "en")
    assert "| not stated | not stated | not stated |" in malmo.text("shenzhen", "en")
    for name in ("shenzhen", "tangshan", "iclei", "brussels-office"):
        said = [sentence.record for sentence in sentences(malmo.on(name))]
        assert len(said) == len(set(said))


def test_what_is_implied_bears_a_mark_that_is_explained_once(malmo: Desk) -> None:
    made = malmo.on("eurocities", "en")
    notes = [block.text for block in made.blocks if isinstance(block, Note)]
    assert sum(note.startswith("* ") for note in notes) == 1
    marked = {s.record for s in sentences(made) if s.text.endswith("*")}
    assert marked
    for sentence in sentences(made):
        record = malmo.lookup.record(sentence.record)
        assert (sentence.record in marked) == is_news(malmo.lookup, record)
        assert "Implied" not in sentence.text
    plain = malmo.on("access-to-culture-working-group", "en")
    assert any(s.text.endswith("*") for s in sentences(plain)) == any(
        isinstance(block, Note) and block.text.startswith("* ") for block in plain.blocks
    )


def test_an_agreement_is_missed_only_of_parties_such_as_have_one(malmo: Desk) -> None:
    assert "No agreement is mentioned" in malmo.text("barcelona", "en")
    for name in (
        "bonn",
        "dalian",
    ):  # nothing joins it with the city; what they negotiated failed, and is told
        assert "No agreement is mentioned" not in malmo.text(name, "en")
    assert "No agreement is mentioned" not in malmo.text("big-city-officials", "en")


@pytest.mark.parametrize(
    ("name", "told", "missed"),
    [
        ("skane-association-eu-network", "Which unit of the City of Malmö is responsible", ""),
        ("environment-forum", "the Environment Department", "Which unit of the City of Malmö"),
        ("smart-cities-platform", "No activity is mentioned", ""),
        ("climate-kic", "On one reading", "No activity is mentioned"),
        ("ubc", "No start date for the membership of UBC is stated", ""),
        ("big-city-network", "", "No start date"),  # that happened in a year
        ("resilient-cities", "took part in the annual meeting", "belongs to Resilient cities"),
        ("ubc", "15th general congress", "congress belongs to UBC"),
        ("skr", "", "without distinguishing between them"),
        ("eurocities", "by three people", "without giving a name"),
    ],
)
def test_what_is_said_to_be_missing_is_told_nowhere_in_the_briefing(
    malmo: Desk, name: str, told: str, missed: str
) -> None:
    text = malmo.text(name, "en").replace("\\", "")
    assert told in text
    assert not missed or missed not in text


def test_two_readings_are_one_item_that_has_both_and_both_sources(desk: Desk) -> None:
    found = [s for s in sentences(desk.on("portogrande", "en")) if "reading" in s.text]
    assert len(found) == 1
    assert "2029" in found[0].text
    assert "2030" in found[0].text
    assert len(found[0].marks) == 2


def test_activity_comes_newest_first_with_the_undated_last(wild: Desk) -> None:
    ids = ["port-company-portogrande", "p-5", "lindvik-in-nordljus", "p-29"]
    found = wild.teller().newest_first(wild.lookup.records(ids))
    assert [record.id for record in found] == [
        "p-29",
        "lindvik-in-nordljus",
        "p-5",
        "port-company-portogrande",
    ]


def test_of_a_party_of_which_nothing_is_known_there_is_one_honest_line(wild: Desk) -> None:
    text = wild.text("silent", "en")
    assert "Nothing is said of its relationships in the source." in text
    assert "In brief" not in text


def test_as_of_leaves_out_what_had_not_begun_and_marks_the_rest(desk: Desk) -> None:
    text = desk.text("aberhaven", "en", as_of="2000")
    assert "since 1998" in text
    assert "(possibly current)" in text
    assert "2030" not in text.split("\n\\* ")[0].split("\n## ", 1)[1]


def test_three_hundred_relationships_are_cut_by_rule_and_fit_two_pages(wild: Desk) -> None:
    made = wild.on("nordljus", "en")
    items = [x for x in made.blocks if isinstance(x, Items)]
    assert all(len(x.sentences) <= 25 for x in items)
    told_of = sum(len(x.sentences) for x in items if "took part" in x.sentences[0].text)
    left = [int(x.rest.split()[1]) for x in items if x.rest]
    assert told_of + sum(left) >= CROWD
    assert pages(render(made, "pdf")) <= 2


def test_what_is_committed_of_malmo_is_at_most_two_pages() -> None:
    files = sorted((ROOT / "exports" / "briefings").glob("*.pdf"))
    assert len(files) == 16
    assert {file.name: number for file in files if (number := pages(file.read_bytes())) > 2} == {}


def test_both_languages_tell_of_the_same_records(malmo: Desk) -> None:
    differing = []
    for id_ in (id_ for ids in content.subjects(malmo.lookup).values() for id_ in ids):
        said = [{s.record for s in sentences(malmo.on(id_, lang))} for lang in ("sv", "en")]
        differing += [id_] if said[0] != said[1] else []
    assert set(differing) <= {"council-of-the-eu"}  # "Rådet" does not tell whose it is, the English name does


def test_what_begins_alike_is_told_by_one_beginning(malmo: Desk) -> None:
    for lang, lead in (
        ("sv", "bedrev under 2019 policyarbete i Bryssel om:"),
        ("en", "policy work in Brussels on:"),
    ):
        found = [
            x
            for x in malmo.on("department-for-external-relations-and-business", lang).blocks
            if isinstance(x, Items) and x.lead.endswith(lead)
        ]
        assert len(found) == 1
        assert len(found[0].sentences) == 5
        assert all(sentence.marks for sentence in found[0].sentences)
        writer = malmo.teller(lang).writer
        for each in found[0].sentences:
            whole = writer.sentence(malmo.lookup.record(each.record)).text
            assert whole.startswith(found[0].lead.removesuffix(":"))
    texts = ["A b c went to D e f.", "A b c went to D e g.", "A b c went to H."]
    assert list(runs(texts, ["D e f"], "en")) == [("A b c went to", 0, 3)]
    texts = [
        "The unit for one and two for a.",
        "The unit for one and two for b.",
        "The unit for one and two for c.",
    ]
    assert list(runs(texts, ["the unit for one and two for"], "en")) == [
        ("The unit for one and two for", 0, 3)
    ]
    assert list(runs(texts, ["the unit for one and two for a"], "en")) == [("", 0, 1), ("", 1, 2), ("", 2, 3)]
    assert list(runs(texts[:2], [], "en")) == [("", 0, 1), ("", 1, 2)]


def test_where_the_rest_is_told_it_truly_is(malmo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = []
    parties = [id_ for ids in content.subjects(malmo.lookup).values() for id_ in ids]
    for id_ in [*parties, "malmo"]:
        teller = malmo.teller("sv")
        made = content.briefing(teller, malmo.lookup.record(id_))
        told = [x.text for x in made.blocks if isinstance(x, Note) and "är ett urval" in x.text]
        assert len(told) == bool(teller.left_out) == bool(made.rest), id_
        assert not any("relgraph" in each for each in told)  # a reader has no command line
        if told:
            cut.append(id_)
            pages = re.findall(r"^relgraph show ([\w-]+)$", "\n".join(made.rest), re.MULTILINE)
            assert len(pages) == len(made.rest)
            given = {
                record
                for page in pages
                for record in record_ids(profile(malmo.lookup, malmo.lookup.record(page), "sv", whole=True))
            }
            assert teller.left_out <= given, id_
    assert cut == ["malmo"]  # every party has room for all
    assert content.year(malmo.teller("sv")).rest == ()
    monkeypatch.setattr(outline, "MOST", 12)
    assert content.year(malmo.teller("sv")).rest == ("relgraph ask section --param section=1",)
    visit = content.visit(malmo.teller("sv"), ["brussels-office", "turku"])
    assert visit.rest == ("relgraph show brussels-office",)


def test_of_whom_the_source_has_little_that_is_told(malmo: Desk) -> None:
    assert "möten med FN i New York" in malmo.text("united-nations", "sv")
    assert "I källan" not in malmo.text("united-nations", "sv")  # that anything is missing


def test_a_statement_without_a_source_stops_it(desk: Desk) -> None:
    with pytest.raises(DataError, match="no source"):
        Cited("Staden är vacker.", ())
    with pytest.raises(DataError, match="no source"):
        Row(("a", "b"), ())
    with pytest.raises(ValueError, match="do not see"):
        Figure(SVG, " ")
    known = desk.lookup.record("lindvik-aberhaven-twinning")
    bare = Record(known.id, known.type, known.values)
    desk.lookup._records[known.id] = bare
    try:
        with pytest.raises(DataError, match="'lindvik-aberhaven-twinning' has no source"):
            desk.on("aberhaven")
    finally:
        desk.lookup._records[known.id] = known


@pytest.mark.parametrize(
    ("name", "kind"),
    [("aberhaven", "city"), ("nordljus", "network"), ("kulturkontoret", "department")],
)
def test_the_kind_follows_from_the_facet(desk: Desk, name: str, kind: str) -> None:
    record = desk.lookup.record(name)
    assert content.kind_of(desk.lookup, record) == kind
    with pytest.raises(UsageError, match="does not fit"):
        content.briefing(desk.teller(), record, kind="programme")


def test_an_agreement_has_a_briefing_too(malmo: Desk) -> None:
    made = malmo.on("malmo-hong-kong-charter", "en")
    assert content.kind_of(malmo.lookup, malmo.lookup.record("malmo-hong-kong-charter")) == "agreement"
    assert r"| formal\* | since 2011 |" in render(made, "md").decode()


# -- on several parties ----------------------------------------------------------------------------------


def test_a_table_has_each_agreement_once_and_no_more_columns_than_a_page_has_room_for(malmo: Desk) -> None:
    for name in ("malmo", "iclei", "shenzhen", "cmp"):
        for block in malmo.on(name, "en").blocks:
            if isinstance(block, Table):
                assert len({row.cells[0] for row in block.rows}) == len(block.rows)
                assert len(block.head) <= 6
                assert {len(row.cells) for row in block.rows} == {len(block.head)}
    text = malmo.text("malmo", "en")
    assert "| Subject: sustainable urban development " in text
    assert "| Meant to facilitate: CMP’s agreement with Shenzhen " in text


def test_a_visit_tells_once_what_joins_its_parties(malmo: Desk) -> None:
    made = content.visit(malmo.teller("en"), ["hong-kong", "shenzhen"], purpose="Study tour")
    text = render(made, "md").decode()
    assert text.startswith("# Visit briefing: Hong Kong and Shenzhen\n")
    assert "**Purpose:** Study tour" in text
    assert text.count("planned for 2019 was cancelled") == 1
    joined = text.index("What connects the parties")
    assert joined < text.index("planned for 2019 was cancelled") < text.index("\n## Hong Kong\n")


def test_a_visit_finds_the_way_between_parties_that_nothing_joins(malmo: Desk) -> None:
    made = content.visit(malmo.teller("en"), ["turku", "tangshan"])
    text = render(made, "md").decode()
    way = text[text.index("What connects") : text.index("\n## Turku")]
    assert "Turku – " in way
    assert " – Tangshan:" in way


def test_dormant_is_only_what_a_source_says_to_be_so(malmo: Desk) -> None:
    text = render(content.dormant(malmo.teller("en")), "md").decode()
    titles = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert titles == [
        "Shenzhen",
        "The City of Malmö’s twin towns",
        "Sources",
    ]
    assert "memorandum of understanding since 2012" in text  # of which it is implied that it lies fallow
    towns = text[text.index("## The City of Malmö’s twin towns") :]
    assert "twin towns since 1987" in towns
    assert "No new cooperation" in towns
    assert "Hong Kong" not in titles


def test_the_outline_has_each_statement_once_in_its_section(malmo: Desk) -> None:
    made = content.year(malmo.teller("en"))
    said = [sentence.record for sentence in sentences(made)]
    assert len(said) == len(set(said))
    text = render(made, "md").decode()
    networks = text[text.index("## 4 N") : text.index("## 5 C")]
    assert "took part in UBC’s" in networks
    assert "general congress belongs to UBC" not in text  # which goes without saying
    assert "15th general congress" in networks  # though section 1 is where its year rests
    assert (
        "## 7 Cooperation" in text
    )  # its statement stands in section 6 as well, as what contradicts another
    assert "within ICLEI in 2019" not in text  # that Malmö is engaged in it tells that
    start = text.index("## 8 Copenhagen")
    assert "CMP did not specifically arrange" in text[start : text.index("## 9 ICLEI")]


# -- four formats ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_four_formats_have_the_same_text(malmo: Desk, lang: str) -> None:
    made = malmo.on("shenzhen", lang, purpose="Inför mötet", figure=Figure(SVG, "Cirkel", "Figur"))
    expected = letters(" ".join(told(made)))
    for form in FORMATS:
        data = render(made, form, beside="figure.svg")
        assert letters(read(data, form)).replace("Cirkel", "") == expected, form
        found, flat = 0, "".join(read(data, form).split())
        for text in told(made):
            place = flat.find("".join(text.split()), found)
            assert place >= 0, (form, text)
            found = place


def test_no_first_sign_of_a_text_is_markup() -> None:
    texts = ("1. a", "2) b", "- c", "+ d", "= e", ": f")
    items = Items(tuple(Cited(text, (1,)) for text in texts))
    made = Briefing("x", "x", "sv", "", (Paragraph((Cited("1. a", (1,)),)), items))
    first, _, *lines = render(made, "md").decode().splitlines()
    escaped = [r"1\. a", r"2\) b", r"\- c", r"\+ d", r"\= e", r"\: f"]
    assert first == escaped[0] + r" \[1\]"
    assert lines == [rf"- {text} \[1\]" for text in escaped]


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_is_text(wild: Desk, form: str) -> None:
    made = wild.on("hostile", purpose=HOSTILE, figure=Figure(SVG, HOSTILE, HOSTILE))
    data = render(made, form, {"aim": HOSTILE})
    text = "".join(read(data, form).split())
    assert text.count("".join(HOSTILE.split())) >= 3, text
    if form == "html":
        assert b"<script" not in data
    hidden = read(render(wild.on("lindvik", purpose="a\u202eb\x1b[31mc\ufffe"), form), form)
    assert not set("\u202e\x1b\ufffe") & set(hidden)


def test_hostile_text_is_text_in_the_figure_and_where_it_is_referred_to(wild: Desk) -> None:
    figure = Figures(wild.lookup).around("hostile", "sv")
    assert figure is not None
    made = wild.on("hostile", figure=figure)
    root = ET.fromstring(drawn(made))
    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {
        *("svg", "title", "desc", "rect", "circle", "path", "text", "g"),
    }
    assert "<script>" in "".join(root.itertext())
    text = render(made, "md", beside="](x) <b>.figure.svg").decode()
    (image,) = re.findall(r"^!\[((?:\\.|[^\]\\])*)\]\((\S*)\)$", text, re.MULTILINE)
    assert image[1] == "%5D%28x%29%20%3Cb%3E.figure.svg"
    assert r"\<script\>" in image[0]


def test_names_in_other_scripts(wild: Desk, tmp_path: Path) -> None:
    for form in ("md", "html", "docx"):
        assert "光明市" in read(render(wild.on("guangming"), form), form)
        assert "مدينة النور" in read(render(wild.on("madina"), form), form)
    assert pages(render(wild.on("madina"), "pdf")) == 1
    with pytest.raises(
        UsageError, match="no font has the signs 光 市 明, so there is no PDF of “Underlag: 光明市”"
    ):
        render(wild.on("guangming"), "pdf")
    drawing = Figure(SVG.replace("/></svg>", "/><text>光</text></svg>"), "光明市")
    with pytest.raises(UsageError, match="the signs 光,"):  # in the figure, too
        render(wild.on("aberhaven", figure=drawing), "pdf")
    thai = wild.on("aberhaven", purpose="ชื่อ")  # Typst tells of marks by their numbers
    with pytest.raises(UsageError, match="the signs ช อ ื ่,"):
        render(thai, "pdf")


def test_signs_that_our_font_lacks_are_set_in_the_machines_if_somebody_is_told(wild: Desk) -> None:
    sign, bare = "ⵣ", "no font has the signs ⵣ"
    made = wild.on("aberhaven", purpose=sign)
    with pytest.raises(UsageError, match=bare):
        render(made, "pdf")
    told: list[str] = []
    if raster.lacking(sign):
        with pytest.raises(UsageError, match=bare):
            render(made, "pdf", tell=told.append)
        pytest.skip("no font of this machine has it")
    assert sign in read(render(made, "pdf", tell=told.append), "pdf")
    assert told == [f"set in fonts of this machine: {sign} (the same on every machine with --fonts FOLDER)"]
    usual = wild.on("aberhaven")
    assert render(usual, "pdf", tell=told.append) == render(usual, "pdf")
    assert len(told) == 1


def test_word_has_the_drawing_and_is_told_of_what_a_picture_of_it_lacks(
    wild: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = SVG.replace("/></svg>", "/><text>Ab光明</text></svg>")
    made = wild.on("aberhaven", figure=Figure(drawing, "Cirkel"))
    monkeypatch.setattr(raster, "_drawn", lambda letter, fonts: b"box" if letter != "明" else b"a sign")
    told: list[str] = []
    with zipfile.ZipFile(io.BytesIO(render(made, "docx", tell=told.append))) as packed:
        assert packed.read("word/media/drawing1.svg").decode() == drawing
        document = packed.read("word/document.xml").decode()
        relations = packed.read("word/_rels/document.xml.rels").decode()
        assert b'drawing1.svg" ContentType="image/svg+xml"' in packed.read("[Content_Types].xml")
    target = re.findall(r'svgBlip [^>]*r:embed="(\w+)"', document)
    assert target
    assert re.search(rf'(Id="{target[0]}"[^>]*drawing1\.svg|drawing1\.svg[^>]*Id="{target[0]}")', relations)
    assert len(told) == 1
    assert "has the signs 光: " in told[0]


def test_the_pdf_is_tagged_and_titled(malmo: Desk) -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(render(malmo.on("dalian"), "pdf")))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert catalog["/Lang"] == "sv"  # type: ignore[index]
    assert "/StructTreeRoot" in catalog  # type: ignore[operator]
    assert reader.metadata is not None
    assert reader.metadata.title == "Underlag: Dalian"
    assert [str(entry["/Title"]) for entry in reader.outline if isinstance(entry, dict)] == [
        "Underlag: Dalian"
    ]
    assert str(reader.metadata["/CreationDate"]).startswith("D:20191231")


def test_the_word_document_has_styles_languages_headers_and_links(malmo: Desk) -> None:
    import docx
    from docx.oxml.ns import qn

    data = render(malmo.on("shenzhen", "sv", figure=Figure(SVG, "Alternativ text")), "docx")
    document = docx.Document(io.BytesIO(data))
    assert document.core_properties.title == "Underlag: Shenzhen"
    assert document.core_properties.language == "sv-SE"
    assert str(document.core_properties.modified).startswith("2019-12-31")
    styles = {p.style.name for p in document.paragraphs if p.style}
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Caption"} <= styles
    runs = list(document.element.body.iter(qn("w:r")))
    assert runs
    assert {run.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:val")) for run in runs} == {"sv-SE"}
    assert next(document.tables[0].rows[0]._tr.iter(qn("w:tblHeader")), None) is not None
    anchors = {link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert anchors <= marks
    assert "Alternativ text" in [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        infos = packed.infolist()
    assert {(info.date_time[0], info.compress_type) for info in infos} == {(1980, zipfile.ZIP_STORED)}
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)


def test_excerpts_stand_with_their_source(desk: Desk, built: City) -> None:
    text = (built.root / "report.txt").read_text(encoding="utf-8")
    teller = desk.teller("en")
    teller.excerpts = {"ar2030": text}
    made = content.briefing(teller, desk.lookup.record("aberhaven"))
    quoted = " ".join(text[224:246].split())
    assert f"section 1, characters 224–246 “{quoted}”" in render(made, "html").decode().replace("<q>", "")


def test_the_figure_shows_the_nearest_and_says_so(malmo: Desk) -> None:
    figures = Figures(malmo.lookup)
    made = figures.around("eurocities", "en")
    assert made is not None
    assert made.caption == "The relationships around Eurocities, a selection: the nearest and best connected."
    assert made.alt.startswith(made.caption)
    assert "The figure shows, among others, " in made.alt and ", the City of Malmö, " in made.alt
    small = figures.around("uitp", "sv")
    assert small is not None
    assert small.alt.endswith("Figuren visar Malmö stad.")
    assert "Eurocities" in made.svg
    assert Figures(malmo.lookup).around("eurocities", "en") == made

    assert figures.around("malmo-hong-kong-charter", "sv") is not None
    assert figures.around("vb2019", "sv") is None
    small = figures.around("dalian", "sv")
    assert small is not None
    assert small.caption == "Relationerna kring Dalian."


def test_the_figure_of_a_visit_holds_its_parties_and_what_they_share(malmo: Desk) -> None:
    made = Figures(malmo.lookup).between(["hong-kong", "shenzhen"], "sv")
    assert made is not None
    assert made.caption == "Relationerna kring Hong Kong och Shenzhen."
    drawn = ET.fromstring(made.svg)
    texts = " ".join("".join(each.itertext()) for each in drawn.iter("{http://www.w3.org/2000/svg}text"))
    for name in ("Hong Kong", "Shenzhen", "Malmö stad", "Samförståndsavtalet"):
        assert name in texts
    # the document has its title, date and sources itself
    assert "som avser" not in texts
    assert "Källa" not in texts
    visit = content.visit(malmo.teller("sv"), ["hong-kong", "shenzhen"], figure=made)
    blocks = list(visit.blocks)
    assert blocks.index(made) < blocks.index(Heading("Hong Kong"))
    assert Figures(malmo.lookup).between(["hong-kong", "tangshan"], "en") != made


def test_notes_are_no_statements(malmo: Desk) -> None:
    notes = [x.text for x in malmo.on("turku", "en").blocks if isinstance(x, Note)]
    assert notes[0] == (
        "City. The data are for 2019 unless otherwise stated, from “Annual report 2019 on the City "
        "Office’s international work” "
        "(City of Malmö)."
    )
    assert all("source" in text for text in notes[1:])


def test_html_is_accessible_and_asks_for_nothing(malmo: Desk, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install -e '.[test]'")
    from browser import chromium, opened

    file = tmp_path / "briefing.html"
    file.write_bytes(render(malmo.on("shenzhen", figure=Figure(SVG, "Cirkel")), "html"))
    with chromium() as browser, opened(browser, file, width=320, ready="main") as (page, seen):
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert axe.Axe().run(page).response["violations"] == []
        assert (seen.requests, seen.complaints) == ([], [])
