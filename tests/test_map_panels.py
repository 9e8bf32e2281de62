"""The map's panels in every state: what they tell, what is saved and printed, and that axe finds nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from browser import go, opened
from map_city import city, slug
from running import ROOT

import relgraph
from relgraph.model import Term
from relgraph.namespaces import RG
from relgraph.views.map import Bilingual, Sentence, details, place, render
from relgraph.views.map.data import Matrix, MatrixCell
from relgraph.views.map.focus import around

CHAIR = f"cell:{slug('Miljöförvaltningen')}:{slug('Kommittén för unga')}"
STATES = {
    "loaded": "",
    "selected": f"#sel={slug('Haicheng')}&depth=2",
    "selected, all filtered away": f"#sel={slug('Haicheng')}&from=1200&to=1201&undated=no",
    "relationship": "#sel=led-1",
    "table": "#view=table&from=2001&to=2005",
    "matrix": f"#view=matrix&sel={CHAIR}",
    "places": "#view=places",
    "nothing left": "#from=1200&to=1201&undated=no",
    "path": f"#a={slug('Nordå')}&b={slug('Haicheng')}",
    "path beyond the map": "#a=riverton&b=utopia&around=yes",
    "one country": "#land=norrland",
    "table of one party": f"#view=table&sel={slug('Haicheng')}",
    "search": "",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("map") / "karta.html"
    made.write_text(render(city(), place(city())), encoding="utf-8")
    return made


# ---- what is told ------------------------------------------------------------------------------------------


def test_three_suggestions_by_rule_and_none_once_something_is_chosen(page: Any) -> None:
    go(page, "#sel=riverton")
    assert page.is_hidden("#start")
    go(page, "")
    assert page.evaluate("relgraph.suggestions.found().map((node) => node.id)") == [
        "haicheng",  # the partner with most relationships
        "eurovik",  # the network with most
        "lakeview",  # of those with a dormant relationship
    ]
    page.click("#start a:has-text('Eurovik')")
    page.wait_for_selector("#panel-heading:text-is('Eurovik')")
    assert page.evaluate("document.activeElement.id") == "panel-heading"
    assert page.is_hidden("#start")


def test_whom_a_map_is_about_is_not_where_to_begin(browser: Any, tmp_path: Path) -> None:
    data = around(city(), "eurovik", 2)
    assert "eurovik" in {node.id for node in data.nodes} and data.focus == "eurovik"
    made = tmp_path / "map.html"
    made.write_text(render(data, place(data, centre="eurovik")), encoding="utf-8")
    with opened(browser, made) as (page, _):
        found = page.evaluate("relgraph.suggestions.found().map((node) => node.id)")
        assert found and "eurovik" not in found
    made.write_text(render(replace(data, focus=""), place(data)), encoding="utf-8")
    with opened(browser, made) as (page, _):
        assert "eurovik" in page.evaluate("relgraph.suggestions.found().map((node) => node.id)")


def test_where_nothing_is_to_be_shown_the_map_says_why(browser: Any, page: Any, tmp_path: Path) -> None:
    go(page, "#from=1200&to=1201&undated=no")
    assert page.inner_text("#map-empty") == "Urvalet döljer alla relationer; knappen Visa allt tar bort det."
    go(page, "#lang=en")
    assert page.is_hidden("#map-empty")
    plain = city()
    data = replace(plain, nodes=plain.nodes[:1], edges=(), ties=(), derived=(), matrix=Matrix())
    made = tmp_path / "map.html"
    made.write_text(render(data, place(data)), encoding="utf-8")
    with opened(browser, made) as (alone, seen):
        assert alone.inner_text("#map-empty").startswith("Kartan innehåller inga relationer")
        assert alone.is_visible("#map") and alone.is_hidden("#start") and seen.complaints == []
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install -e '.[test]'")
        assert axe.Axe().run(alone).response["violations"] == []


def test_the_header_switches_between_the_whole_map_and_one_party(page: Any) -> None:
    go(page, "#sel=eurovik")
    assert page.get_attribute("#one", "aria-pressed") == "true"
    page.click("#whole")
    assert page.evaluate("relgraph.state.now.sel") == ""
    assert page.get_attribute("#whole", "aria-pressed") == "true"
    page.click("#one")  # which one it does not know
    assert page.evaluate("[relgraph.state.now.sel, document.activeElement.id]") == ["", "search"]
    page.evaluate("relgraph.state.set(relgraph.state.read('#a=eurovik&b=riverton'))")
    assert page.get_attribute("#whole", "aria-pressed") == "false"


def usual(page: Any) -> dict[str, str]:
    pairs = page.evaluate(
        """[...document.querySelectorAll('dl.usual dt')].map((dt) => {
             let text = '';
             for (let dd = dt.nextElementSibling; dd?.tagName === 'DD'; dd = dd.nextElementSibling)
               text += dd.textContent + ' ';
             return [dt.textContent, text.trim()];
           })"""
    )
    return dict(pairs)


def test_details_tell_the_usual_facts_and_what_is_not_stated(page: Any) -> None:
    go(page, f"#sel={slug('Haicheng')}")
    told = usual(page)
    assert told["Sedan"] == "1999: avtal"
    assert "avtal: vilande" in told["Ställning"]
    assert told["Ansvarig enhet"] == "anges inte i källorna"
    go(page, "#sel=eurovik")
    told = usual(page)
    assert told["Sedan"] == "anges inte i källorna"
    assert "formell" in told["Ställning"]
    assert told["Ansvarig enhet"] == "Stadskontoret"
    assert "Brukligt men inte angivet i källorna: tid." in page.inner_text("#panel")
    go(page, "#sel=vinterforum")
    assert "Brukligt men inte angivet i källorna: datum." in page.inner_text("#panel")
    assert usual(page) == {}  # an event is not a partner


def test_two_steps_do_not_go_through_the_city(page: Any) -> None:
    def lit(address: str) -> set[str]:
        go(page, address)
        return set(page.evaluate("[...relgraph.lit().nodes]"))

    one, two = lit(f"#sel={slug('Žilava')}"), lit(f"#sel={slug('Žilava')}&depth=2")
    assert one == {slug("Žilava"), "ekvik", "eurovik"}
    assert two == one | {slug("Kommittén för unga"), "stadskontoret", slug("Alva Ek, kommunalråd")}
    go(page, f"#sel={slug('Žilava')}")
    page.click("#depth-2")
    assert page.evaluate("document.activeElement.id") == "depth-2"
    assert set(page.evaluate("[...relgraph.lit().nodes]")) == two


def test_a_derived_statement_shows_its_rule_and_what_it_rests_on(page: Any) -> None:
    for address in ("#sel=ekvik-eurovik", "#sel=eurovik"):
        go(page, address)
        page.click("#panel .explain summary >> nth=0")
        said = page.inner_text("#panel .explain >> nth=0")
        assert "Ekvik – samarbetar med – Eurovik" in said
        assert "Genvägar" in said
        assert "Ekvik samarbetar med Eurovik." in said and "Hamnstadgan slöts 1999." in said


def test_the_matrix_shows_who_sits_where_and_opens_the_statements(page: Any) -> None:
    go(page, "#view=matrix")
    rows = page.evaluate("[...document.querySelectorAll('.matrix tbody th')].map((th) => th.textContent)")
    assert rows == ["Stadskontoret", "Miljöförvaltningen"]
    heads = page.evaluate("[...document.querySelectorAll('.matrix thead th')].map((th) => th.textContent)")
    assert heads == ["Eurovik", "Kommittén för unga"]
    cell = page.locator(f'[id="{CHAIR}"]')
    assert cell.inner_text().split() == ["ordförande", "medlem"]
    assert "ordförande, pågår eller ej angivet; medlem, vilande" in cell.get_attribute("aria-label")
    assert "Kulturförvaltningen" in page.inner_text(
        "#matrix-view"
    )  # nothing is stated of it, and that is told
    assert "Okänd" in page.inner_text("#matrix-view")  # on no map: named, no link
    cell.click()
    said = page.inner_text("#panel")
    assert "Eurovik ansvarar för Kommittén för unga." in said
    assert "Miljöförvaltningen ansvarar för Ren bukt." in said
    assert page.evaluate("document.activeElement.id") == "panel-heading"
    page.click("#view-map")
    assert page.evaluate("relgraph.lit().nodes.has('eurovik')")
    go(page, "#view=matrix&groups=groupResponsibility")
    assert page.query_selector(".matrix") is None
    assert "döljer filtret det" in page.inner_text("#matrix-view")


def test_the_table_copies_for_a_spreadsheet_without_formulas(browser: Any, tmp_path: Path) -> None:
    texts = ["=1+1", "+46 40", "-5", "@SUM(A1)", "a\tb\nc"]
    plain = city()
    nodes = tuple(
        replace(n, label=Bilingual(texts[i % 5])) if n.id != "ekvik" else n for i, n in enumerate(plain.nodes)
    )
    data = replace(plain, nodes=nodes)
    made = tmp_path / "map.html"
    made.write_text(render(data, place(data)), encoding="utf-8")
    with opened(browser, made, fragment="#view=table") as (page, _):
        lines = page.evaluate("relgraph.table.tsv()").split("\n")
        cells = [line.split("\t") for line in lines]
        assert len(lines) == len(data.edges) + 1
        assert {len(row) for row in cells} == {9}
        assert not [cell for row in cells for cell in row if cell[:1] in "=+-@" and cell]
        assert {"'=1+1", "'+46 40", "'-5", "'@SUM(A1)", "a b c"} <= {row[2] for row in cells}


# ---- pictures ----------------------------------------------------------------------------------------------


def test_png_svg_and_print_hold_title_date_legend_and_source(page: Any) -> None:
    go(page, "")
    with page.expect_download() as waiting:
        page.click("#save-svg")
    svg = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert waiting.value.suggested_filename == "ekviks-internationella-relationer.svg"
    for words in (
        "Ekviks internationella relationer",
        "Enligt årsrapporten för 2018",
        "Källa: Ekviks årsrapport 2018",
        "Nätverk",
        "vilande",
        "Łódkowo",
        "Haicheng",
    ):
        assert words in svg, words
    assert len(re.findall(r'<path d="[^"]+" fill="none"', svg)) == len(city().edges)
    with page.expect_download() as waiting:
        page.click("#save-png")
    data = Path(waiting.value.path()).read_bytes()
    width = int(re.search(r'<svg[^>]* width="(\d+)"', svg)[1])  # type: ignore[index]
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(data[16:20], "big") == 2 * width
    go(page, f"#sel={slug('Haicheng')}")
    picture = page.evaluate("new XMLSerializer().serializeToString(relgraph.picture())")
    assert "Riverton" not in picture and "Haicheng" in picture


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_the_map_prints_on_one_sheet(page: Any, paper: str) -> None:
    for address in ("", f"#sel={slug('Haicheng')}"):
        go(page, address)
        pdf = page.pdf(format=paper, landscape=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_long_table_has_its_columns_named_on_every_sheet(page: Any) -> None:
    from pypdf import PdfReader

    go(page, "#view=table")
    pdf = PdfReader(BytesIO(page.pdf(format="A4", landscape=True, print_background=True)))
    texts = [sheet.extract_text() for sheet in pdf.pages]
    with_rows = [text for text in texts if "samarbetar med" in text]
    assert len(with_rows) > 2 and all("Uppgift och källa" in text for text in with_rows)


def test_all_columns_of_a_wide_matrix_fit_the_sheet(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html", fragment="#view=matrix", width=1060) as (page, _):
        right = """[...document.querySelectorAll('.matrix th, .matrix td')]
          .map((one) => one.getBoundingClientRect().right)"""
        assert max(page.evaluate(right)) > 1060  # on the screen one scrolls
        page.emulate_media(media="print")
        assert max(page.evaluate(right)) <= 1060
        cut = """[...document.querySelectorAll('.matrix thead th')]
          .filter((one) => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth)
          .map((one) => one.textContent)"""
        assert page.evaluate(cut) == []


# ---- for everyone ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_axe_finds_nothing_in_any_state(page: Any, lang: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install -e '.[test]'")
    found: dict[tuple[int, str, str], list[str]] = {}
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 720})
        for state, address in STATES.items():
            if width == 320 and state in ("relationship", "places", "search"):
                continue
            go(page, f"{address}&lang={lang}" if address else f"#lang={lang}")
            assert page.get_attribute("html", "lang") == lang
            if state == "search":
                page.fill("#search", "ek")
                assert page.is_visible("#hits")
            result = axe.Axe().run(page).response["violations"]
            found |= {(width, state, v["id"]): [n["html"] for n in v["nodes"]][:3] for v in result}
    page.set_viewport_size({"width": 1280, "height": 720})
    assert found == {}


def test_its_parts_scroll_and_not_the_page(browser: Any, file: Path) -> None:
    with opened(browser, file, height=560) as (page, _):
        for state, address in STATES.items():
            go(page, address)
            assert page.evaluate("document.documentElement.scrollHeight") == 560, state


def test_targets_are_large_enough_and_nothing_scrolls_sideways_at_320_px(browser: Any, file: Path) -> None:
    small = """[...document.querySelectorAll(
        'button, summary, label:has(input), input:not([type=checkbox]), a:not(.skip)')]
      .filter((e) => e.checkVisibility()).map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
      .filter(([, r]) => r.width < 24 || r.height < 24).map(([html]) => html)"""
    with opened(browser, file, width=320, height=640) as (page, _):
        for state, address in STATES.items():
            go(page, address)
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 640})
                assert page.evaluate("document.documentElement.scrollWidth") == width, state
                assert page.evaluate(small) == [], (width, state)
        go(page, f"#sel={slug('Haicheng')}&view=table")
        top = "document.querySelector('{}').getBoundingClientRect().top + scrollY"
        assert page.evaluate(top.format("#table-view")) < page.evaluate(top.format("#panel"))


def test_remarks_on_the_source_stand_apart_from_what_is_said_of_a_party(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html", fragment="#sel=hong-kong") as (page, _):
        remarks = page.locator("#panel details.asides")
        assert remarks.count() == 1 and "anmärkning" in remarks.locator("summary").inner_text()
        assert "koordinaterna" not in page.inner_text("#panel")
        remarks.locator("summary").click()
        assert "koordinaterna" in page.inner_text("#panel") and "avsnitt" in page.inner_text("#panel")


def test_every_cell_tells_the_sentence_and_the_source_of_each_of_its_statements(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html", fragment="#view=matrix") as (page, _):
        cells = page.evaluate("relgraph.model.page.matrix.cells")
        for row, column, records, _, _ in cells:
            go(page, f"#view=matrix&sel=cell:{row}:{column}")
            for part in ("says", "cite"):
                words = page.locator(f"#panel .statements > li > .{part}").all_inner_texts()
                assert len(words) == len(records) and all(words), (row, column, part)
        # of some neither party is on the map
        assert any(not page.evaluate("(id) => relgraph.model.nodes.has(id)", cell[1]) for cell in cells)


def test_a_part_of_the_map_keeps_what_the_matrix_alone_says(browser: Any, tmp_path: Path) -> None:
    plain = city()
    said = Sentence(Bilingual("Okänd var mindre verksam i Eurovik.", "Unknown was less active in Eurovik."))
    told = replace(said, cite=Bilingual("Ekviks årsrapport 2018, avsnitt 5"), record="low-2018")
    cell = MatrixCell("okand", "eurovik", ("low-2018",), (Bilingual("bedömning", "assessment"),), ("active",))
    elsewhere = replace(cell, column=slug("Hamndialogen"))
    cells = (*plain.matrix.cells, cell, elsewhere)
    data = replace(plain, matrix=replace(plain.matrix, cells=cells, said=(told,)))
    part = around(data, "eurovik")
    assert cell in part.matrix.cells and elsewhere not in part.matrix.cells and part.matrix.said == (told,)
    assert around(data, slug("Riverton")).matrix.said == ()
    made = tmp_path / "map.html"
    made.write_text(render(part, place(part, centre="eurovik")), encoding="utf-8")
    with opened(browser, made, fragment="#view=matrix&sel=cell:okand:eurovik") as (page, _):
        assert "Okänd var mindre verksam i Eurovik." in page.inner_text("#panel")
        assert "avsnitt 5" in page.inner_text("#panel .cite")


def test_less_activity_is_drawn_as_activity_and_what_is_spoken_against_as_unclear() -> None:
    lookup = relgraph.open(ROOT).lookup
    assert details._line(lookup, "low-activity-in-economy-forum-2019") == "active"  # the ontology says so
    against = lookup.record("no-activity-with-tangshan-2019")
    assert details._line(lookup, against.id) == "dormant" and against.refs("conflictsWith")
    levels = {**against.values, "level": (Term(RG + "low"),)}
    less = replace(against, values=levels)
    reading = SimpleNamespace(vocabulary=lookup.vocabulary, record=lambda _: less)
    assert details._line(reading, less.id) == "uncertain"  # type: ignore[arg-type]


@pytest.mark.parametrize(("width", "height"), [(1280, 500), (700, 900)])
def test_a_cell_restored_by_a_link_is_not_under_the_headers(browser: Any, width: int, height: int) -> None:
    with opened(
        browser, ROOT / "exports" / "map.html", fragment="#view=matrix", width=width, height=height
    ) as (page, _):
        cells = page.evaluate("[...document.querySelectorAll('.matrix td button')].map((cell) => cell.id)")
        for cell in (cells[0], cells[len(cells) // 2], cells[-1], cells[1]):
            for again in (f"#view=matrix&sel={cell}", "focus"):
                if again == "focus":  # by keyboard from above and from the left
                    page.evaluate("document.getElementById('matrix-view').scrollTo(9999, 9999)")
                    page.evaluate("(id) => document.getElementById(id).focus()", cell)
                else:
                    go(page, again)
                hidden = page.evaluate(
                    """(id) => {
                      const box = document.getElementById(id).getBoundingClientRect();
                      const points = [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3]];
                      const at = ([x, y]) => document.elementFromPoint(x, y);
                      return points.filter((point) => !at(point)?.closest('td button'));
                    }""",
                    cell,
                )
                assert hidden == [], (cell, again)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_title_is_whole_and_no_word_of_the_legend_is_torn(browser: Any, lang: str) -> None:
    file = ROOT / "exports" / "map.html"
    with opened(browser, file, fragment=f"#lang={lang}") as (page, _):
        for width in (320, 640, 901, 960, 1040, 1200, 1280, 1440, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(
                "[...document.querySelectorAll('#legend details')].forEach((d) => { d.open = true; })"
            )
            for id_ in ("title", "as-of"):
                cut = "(id) => ((e) => e.scrollHeight - e.clientHeight)(document.getElementById(id))"
                assert page.evaluate(cut, id_) <= 1, (width, id_)
            torn = page.evaluate(
                """() => {
                  const found = [];
                  const legend = document.getElementById('legend');
                  const walk = document.createTreeWalker(legend, NodeFilter.SHOW_TEXT);
                  while (walk.nextNode()) {
                    for (const {0: word, index} of walk.currentNode.data.matchAll(/[^ -]+/g)) {
                      const range = document.createRange();
                      range.setStart(walk.currentNode, index);
                      range.setEnd(walk.currentNode, index + word.length);
                      const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
                      if (tops.size > 1) found.push(word);
                    }
                  }
                  return found;
                }"""
            )
            assert torn == [], width
