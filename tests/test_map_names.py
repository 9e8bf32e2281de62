"""Names on the map: quotation marks stand as the language writes them, on the page and in pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, opened
from running import ROOT, City

from relgraph.lookup import Lookup
from relgraph.project import find_project
from relgraph.sentences import quoted
from relgraph.views.map import MapData, place, render, unpack
from relgraph.views.map.builder import map_data
from relgraph.views.map.picture import picture

SOURCE = 'source: [{document: ar2030, section: "1", range: [84, 115]}]'
RECORDS = f"""
- id: snabba-hamnen
  type: Forum
  name: {{sv: 'forumet "Snabba hamnen"', en: 'the forum "Swift Harbour"'}}
  alias:
    - {{name: 'Gruppen "Snabbt"', status: source-variant, {SOURCE}}}
    - {{name: 'The "Swift" group', lang: en, status: source-variant, {SOURCE}}}
  {SOURCE}
- id: sitter-med
  type: Membership
  member: lindvik
  organization: snabba-hamnen
  {SOURCE}
"""


@pytest.fixture
def data(built_copy: City) -> MapData:
    built_copy.add(RECORDS, "quoted.yaml")
    documents = built_copy.root / "graph" / "sources.yaml"
    plain = documents.read_text(encoding="utf-8")
    named = plain.replace("sv: Lindviks årsberättelse 2030", "sv: 'Lindviks \"årsberättelse\" 2030'")
    documents.write_text(named, encoding="utf-8")
    project = find_project(built_copy.root)
    lookup = Lookup(project.compiled(), project.vocabulary)
    return map_data(lookup, title={"sv": 'Lindviks "karta"', "en": 'Lindvik’s "map"'})


def words(value: Any) -> list[str]:
    """Every text within a JSON value."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in words(part)]


def test_names_titles_and_aliases_have_the_marks_of_their_language(data: MapData) -> None:
    node = next(node for node in data.nodes if node.id == "snabba-hamnen")
    assert (node.label.sv, node.label.en) == ("Forumet ”Snabba hamnen”", "The forum “Swift Harbour”")
    assert (data.title.sv, data.title.en) == ("Lindviks ”karta”", "Lindvik’s “map”")
    cited = next(edge.sentence.cite for edge in data.edges if edge.id == "sitter-med")
    assert cited.sv.startswith("Lindviks ”årsberättelse” 2030") and "”" not in cited.en
    assert "”årsberättelse”" in data.as_of.sv and data.sources[0].name.sv == "Lindviks ”årsberättelse” 2030"
    assert sorted(node.aliases) == ["Gruppen ”Snabbt”", "The “Swift” group"]
    assert '"' not in "".join(words(unpack(render(data, place(data)))["page"]))
    for lang in ("sv", "en"):
        svg = picture(data, place(data, centre="snabba-hamnen"), lang=lang, focus="snabba-hamnen")
        drawn = " ".join("".join(text.itertext()) for text in ET.fromstring(svg).iter())
        assert ("”Snabba" if lang == "sv" else "“Swift") in drawn and '"' not in drawn


def test_a_name_is_found_whichever_marks_are_typed(data: MapData, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.write_text(render(data, place(data)), encoding="utf-8")
    with chromium() as browser, opened(browser, file) as (page, seen):
        for typed in ('"snabba hamnen"', "”snabba hamnen”", "swift harbour", '"snabbt'):
            assert page.evaluate("(t) => relgraph.find(t)[0]?.node.id", typed) == "snabba-hamnen", typed
        page.evaluate("relgraph.state.set({sel: 'snabba-hamnen'})")
        assert page.inner_text("#panel h2") == "Forumet ”Snabba hamnen”"
        assert page.title().startswith("Forumet ”Snabba hamnen” – ")
        assert '"' not in page.inner_text("#panel")
        page.evaluate("relgraph.state.set({view: 'table', lang: 'en'})")
        assert "The forum “Swift Harbour”" in page.inner_text("#table-view")
        assert '"' not in page.inner_text("#table-view") and seen.complaints == []


def test_a_mark_that_stands_alone_is_left_as_it_is() -> None:
    assert quoted('en 15" skärm', "sv") == 'en 15" skärm'
    assert quoted('"a" och "b"', "sv") == "”a” och ”b”" and quoted('"a" and "b"', "en") == "“a” and “b”"


def test_a_mistaken_name_finds_its_party_and_is_told_as_a_mistake(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html") as (page, _):
        page.fill("#search", "Schenzhen")
        page.keyboard.press("Enter")
        assert page.text_content("#panel-heading") == "Shenzhen"
        told = page.eval_on_selector_all("#panel .aliases", "(all) => all.map((one) => one.textContent)")
        assert "Fel i källan: Schenzhen" in told
        assert not any(one.startswith("Även") and "Schenzhen" in one for one in told)
