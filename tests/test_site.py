"""The site: a page for each party in each language that says what the graph says, and opens from a folder."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from exporting import HOSTILE, add_hostile
from pyld import jsonld
from running import BASE, RG, City, contents, copy_city
from site_reader import Page, read_page, spaced

from relgraph.lookup import Lookup
from relgraph.namespaces import PREFIXES
from relgraph.project import find_project
from relgraph.views.export.registry import Job
from relgraph.views.ordering import alphabetical
from relgraph.views.plain import plain
from relgraph.views.site import sections, writing
from relgraph.views.site.frame import Site
from relgraph.views.site.linked import Piece, pieces

SCHEMA = "http://schema.org/"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The fictional city with hostile names, and a site of it in the folder ``site``."""
    city = copy_city(tmp_path_factory.mktemp("site") / "lindvik")
    add_hostile(city)
    city.ok("export", "--format", "site", "-o", "site")
    return city


@pytest.fixture(scope="module")
def site(hostile: City) -> Path:
    return hostile.root / "site"


@cache
def pages_of(site: Path) -> dict[str, Page]:
    """The pages that are the site's own (the map, the ontology and briefings have tests of their own)."""
    own = [site / "index.html", *sorted(site.glob("*/*.html")), *sorted(site.glob("*/*/*.html"))]
    names = (path.relative_to(site).as_posix() for path in own)
    return {name: read_page(site / name) for name in names if not name.startswith("briefings/")}


def parsed(data: Any) -> set[ox.Triple]:
    """The triples of a JSON-LD document, by pyld and the N-Quads that it writes."""
    text = jsonld.to_rdf(data, {"format": "application/n-quads"})
    return {quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)}


def documents_of(sentence: dict[str, Any]) -> set[str]:
    """The documents that a sentence of ``relgraph show`` rests on."""
    return {source["document"] for source in sentence["sources"]}


def entities(city: City) -> list[str]:
    return city.select(f"SELECT ?e {{ ?e a <{RG}Entity> }}")


def test_each_entity_has_a_page_in_each_language_that_says_what_show_says(hostile: City, site: Path) -> None:
    known = entities(hostile)
    assert len(known) > 12
    for lang in ("sv", "en"):
        assert {path.stem for path in (site / lang / "entity").glob("*.html")} > set(known)
        for id_ in [*known[:12], *(id_ for id_ in known if id_.startswith("hostile"))]:
            page = pages_of(site)[f"{lang}/entity/{id_}.html"]
            shown = json.loads(hostile.ok("show", id_, "--lang", lang, "--format", "json"))
            assert page.lang == lang
            assert page.headings[0] == spaced(plain(shown["name"]))
            said = [
                spaced(plain(" ".join([s["text"], *s["notes"]])))
                for p in shown["parts"]
                for s in p["sentences"]
            ]
            assert said
            assert [item for item in page.items if item in said] == said
            cited = {c["text"] for p in shown["parts"] for s in p["sentences"] for c in s["sources"]}
            assert cited <= set(page.items)
            for part in shown["parts"]:
                assert any(heading.startswith(part["title"]) for heading in page.headings)


def test_a_sentence_bears_the_numbers_of_its_own_sources(hostile: City, site: Path) -> None:
    shown = json.loads(hostile.ok("show", "hostile-0", "--lang", "en", "--format", "json"))
    text = (site / "en/entity/hostile-0.html").read_text(encoding="utf-8")
    listed = [spaced(re.sub("<[^>]+>", "", li)) for li in re.findall(r'<li id="source_\d+">(.*?)</li>', text)]
    for part in shown["parts"]:
        for sentence in part["sentences"]:
            item = text.split(f'<li id="{sentence["record"]}">')[1].split("</li>")[0]
            numbers = [int(n) for n in re.findall(r'href="#source_(\d+)"', item)]
            assert {listed[n - 1] for n in numbers} == {c["text"] for c in sentence["sources"]}


def test_every_link_leads_somewhere_and_no_anchor_stands_twice(site: Path) -> None:
    pages = pages_of(site)
    outward = set()
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            if link.startswith(("http://", "https://")):
                outward.add((name, link))
                continue
            if link.startswith("data:"):
                continue
            file, _, fragment = link.partition("#")
            target = (site / name).parent / unquote(file) if file else site / name
            assert target.is_file(), (name, link)
            shown = target.resolve().relative_to(site.resolve()).as_posix()
            if fragment and shown in pages:
                assert fragment in pages[shown].ids, (name, link)
    # the only way out is to a document on the web, from its own page
    assert all("/entity/" in name for name, _ in outward)


def test_names_in_a_sentence_lead_to_their_pages(site: Path) -> None:
    page = (site / "en/entity/aberhaven.html").read_text(encoding="utf-8")
    item = next(part for part in page.split("<li id=")[1:] if "twin" in part).split("</li>")[0]
    assert 'href="lindvik.html"' in item
    assert "Aberhaven" in item
    assert 'href="aberhaven.html"' not in page  # to the page that one reads goes no link
    assert 'href="ar2030.html#section_1"' in page


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Malmös stad", {"Malmö": "m"}, [("Malmö", "m"), ("s stad", "")]),
        ("Malmöhus", {"Malmö": "m"}, [("Malmöhus", "")]),
        ("UBC:s möte", {"UBC": "u"}, [("UBC", "u"), (":s möte", "")]),
        (
            "UBC and UBC Forum",
            {"UBC": "u", "UBC Forum": "f"},
            [("UBC", "u"), (" and ", ""), ("UBC Forum", "f")],
        ),
        ("the UBC Forum", {"UBC": "u", "UBC Forum": ""}, [("the UBC Forum", "")]),
        ("a (b) c", {"(b)": "x", " ": "y"}, [("a ", ""), ("(b)", "x"), (" c", "")]),
        ("", {"a": "a"}, []),
        ("plain", {}, [("plain", "")]),
    ],
)
def test_names_are_found_whole_longest_first(text: str, names: dict[str, str], expected: list[Any]) -> None:
    assert [(p.text, p.id) for p in pieces(text, names)] == expected
    assert "".join(p.text for p in pieces(text, names)) == text
    assert isinstance(next(iter(pieces("x", {}))), Piece)


def test_the_records_of_a_page_stand_in_it_as_they_stand_in_the_store(hostile: City, site: Path) -> None:
    with (site / "data/graph.ttl").open("rb") as file:
        whole = {quad.triple for quad in ox.parse(file, format=ox.RdfFormat.TURTLE)}
    for id_ in ("lindvik", "hostile-0"):
        _, data = pages_of(site)[f"sv/entity/{id_}.html"].data
        found = parsed(data)
        assert len(found) > 20
        assert found <= whole
        assert found == parsed(json.loads(hostile.ok("show", id_, "--format", "jsonld")))


def test_schema_org_says_what_a_city_is_called_and_of_what_it_is_part(site: Path) -> None:
    data, _ = pages_of(site)["en/entity/hostile-3.html"].data
    found = parsed(data)
    iri, type_ = ox.NamedNode(BASE + "hostile-3"), ox.NamedNode(PREFIXES["rdf"] + "type")
    assert ox.Triple(iri, type_, ox.NamedNode(SCHEMA + "City")) in found
    named = ox.NamedNode(SCHEMA + "name")
    names = {t.object for t in found if (t.subject, t.predicate) == (iri, named)}
    assert names == {ox.Literal(HOSTILE[3], language=lang) for lang in ("sv", "en")}
    assert ox.Triple(iri, ox.NamedNode(SCHEMA + "isPartOf"), ox.NamedNode(BASE)) in found
    (front,) = pages_of(site)["index.html"].data
    assert ox.Triple(ox.NamedNode(BASE), type_, ox.NamedNode(SCHEMA + "Dataset")) in parsed(front)


def test_every_question_has_a_page_with_the_rows_that_ask_gives(hostile: City, site: Path) -> None:
    names = [line.split()[0] for line in hostile.ok("questions").splitlines() if line and line[0] != " "]
    asked = {path.stem for path in (site / "sv/question").glob("*.html")}
    assert asked == set(find_project(hostile.root).question_files())
    assert asked >= set(names)
    rowed = 0
    for name in ("agreements", "memberships", "names", "participants", "money", "not-stated"):
        answer = json.loads(hostile.ok("ask", name, "--lang", "en", "--format", "json"))
        page = pages_of(site)[f"en/question/{name}.html"]
        if not answer["rows"]:
            assert answer["empty"] in page.text
            continue
        expected = {
            tuple(spaced(plain(cell["text"])) for cell in row["cells"].values() if cell)
            for row in answer["rows"]
        }
        found = {tuple(cell for cell in row[:-1] if cell) for row in page.rows[1:]}
        assert found == expected
        rowed += 1
        raw = (site / f"en/question/{name}.html").read_text(encoding="utf-8").split("<tbody")[1]
        rows = raw.split("</tbody>")[0].split("<tr")[1:]
        sources = {
            tuple(spaced(plain(cell["text"])) for cell in row["cells"].values() if cell): row["sources"]
            for row in answer["rows"]
        }
        for row, cells in zip(rows, page.rows[1:], strict=True):
            cited = {c["text"] for c in sources[tuple(cell for cell in cells[:-1] if cell)]}
            assert len(re.findall(r'href="#source_\d+"', row)) >= len(cited) > 0
        said = [spaced(plain(each["text"])) for each in answer["records"].values()]
        assert all(any(item.startswith(text) for item in page.items) for text in said)
    assert rowed > 3
    assert "relgraph ask section --param" in pages_of(site)["en/question/section.html"].text


def test_a_question_that_needs_a_choice_has_an_example_and_the_command(hostile: City, site: Path) -> None:
    shown = 0
    for name in ("about", "agreements-by-country", "linked-through", "section", "state-of-relations"):
        path = f"en/question/{name}.html"
        page = pages_of(site)[path]
        commands = re.findall(rf"relgraph ask {name} [^<]*", (site / path).read_text(encoding="utf-8"))
        assert "=…" in commands[0]
        if "An example:" not in page.text:
            assert not page.rows
            continue
        answer = json.loads(hostile.ok(*shlex.split(commands[1])[1:], "--format", "json"))
        cells = [
            tuple(spaced(plain(c["text"])) for c in row["cells"].values() if c) for row in answer["rows"]
        ]
        assert {tuple(cell for cell in row[:-1] if cell) for row in page.rows[1:]} == set(cells)
        assert cells
        shown += 1
    assert shown > 2


def test_records_that_were_let_go_are_read_again(
    hostile: City, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten = []
    forget = Lookup.forget

    def noting(lookup: Lookup, beyond: int) -> None:
        forgotten.append(beyond)
        forget(lookup, beyond)

    monkeypatch.setattr(Lookup, "forget", noting)
    monkeypatch.setattr(writing, "HELD", 5)
    writing.write_site(Job(find_project(hostile.root)), tmp_path)
    assert len(forgotten) > 50
    assert contents(tmp_path) == contents(site)


def test_the_front_page_leads_to_all_that_there_is(hostile: City, site: Path) -> None:
    front = pages_of(site)["index.html"]
    assert front.lang == "sv"
    assert pages_of(site)["en/index.html"].lang == "en"
    assert "2030" in front.text
    for file in (
        "map.html",
        "ontology.html",
        "data/graph.ttl",
        "data/csv.zip",
        "data/graph.xlsx",
    ):
        assert file in {link.split("#")[0] for link in front.links}
    every = pages_of(site)["sv/all.html"]
    linked = {Path(link).stem for link in every.links if link.startswith("entity/")}
    assert linked == {path.stem for path in (site / "sv/entity").glob("*.html")} >= set(entities(hostile))
    briefed = find_project(hostile.root)
    listed = re.findall(r"briefings: \[(.*?)\]", (briefed.graph / "graph.yaml").read_text(encoding="utf-8"))
    for id_ in ", ".join(listed).split(", ") if listed else []:
        assert f"briefings/{id_}.sv.docx" in front.links


def test_the_tables_are_one_file_of_the_same_bytes_everywhere(site: Path) -> None:
    with zipfile.ZipFile(site / "data/csv.zip") as packed:
        parts = packed.infolist()
        names = [part.filename for part in parts]
        urls = {table["url"] for table in json.loads(packed.read("csv-metadata.json"))["tables"]}
    assert names == sorted(urls | {"csv-metadata.json"})
    assert {(part.date_time, part.compress_type) for part in parts} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_a_source_tells_how_many_statements_rest_on_it(site: Path) -> None:
    with zipfile.ZipFile(site / "data/csv.zip") as packed:
        cited = list(csv.DictReader(io.StringIO(packed.read("citations.csv").decode())))
        documents = [row["id"] for row in csv.DictReader(io.StringIO(packed.read("Document.csv").decode()))]
    for document in documents:
        records = {row["record"] for row in cited if row["document"] == document and not row["alias"]}
        page = pages_of(site)[f"en/entity/{document}.html"]
        assert f"Statements that rest on this source: {len(records)}." in page.text
        assert "say nothing of its relationships" not in page.text
    assert documents


def test_a_citation_leads_to_what_rests_on_its_section(hostile: City, site: Path) -> None:
    page = pages_of(site)["en/entity/ar2030.html"]
    text = (site / "en/entity/ar2030.html").read_text(encoding="utf-8")
    cited = f"?c oa:hasSource <{BASE}ar2030> ; rg:section '2'"
    resting = hostile.select(f"SELECT DISTINCT ?r {{ ?r a rg:Record ; prov:wasDerivedFrom ?c . {cited} }}")
    part = text.split('id="section_2"')[1].split("<h3")[0]
    assert part.count("<li>") == len(resting) > 1
    assert "section_2" in page.ids
    paged = [id_ for id_ in resting if (site / f"en/entity/{id_}.html").exists()]
    assert all(f'href="{id_}.html"' in part for id_ in paged) and paged
    shown = json.loads(hostile.ok("show", "aberhaven", "--format", "json", "--lang", "en"))
    said = [s for each in shown["parts"] for s in each["sentences"] if {"ar2030"} == documents_of(s)]
    assert said
    assert all(spaced(plain(s["text"])) in page.text for s in said)


def test_a_long_section_tells_its_share_and_the_command_the_rest(
    hostile: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "STATEMENTS", 1)
    monkeypatch.setattr(sections, "FEWEST", 1)
    made = Site(Job(find_project(hostile.root)))
    document = made.lookup.record("ar2030")
    resting = sections.resters(made, document)
    long = next(each for each in sections.headings(made, document, resting, "en") if each.statements > 1)
    assert (len(long.told), long.more) == (1, long.statements - 1)
    rows = json.loads(hostile.ok(*shlex.split(long.command)[1:], "--format", "json"))["rows"]
    assert {row["records"][0] for row in rows} >= set(resting.sections[long.number])


def test_hostile_texts_stand_on_the_pages_as_texts(site: Path) -> None:
    for i, text in enumerate(HOSTILE):
        for lang in ("sv", "en"):
            page = pages_of(site)[f"{lang}/entity/hostile-{i}.html"]
            assert page.headings[0] == spaced(plain(text[:1].upper() + text[1:]))
    index = next(each for each in pages_of(site)["sv/search.html"].data if isinstance(each, list))
    assert {text[:1].upper() + text[1:] for text in HOSTILE} <= {entry[0] for entry in index}


def test_every_page_forbids_all_but_its_own(site: Path) -> None:
    for name, page in pages_of(site).items():
        assert page.policy.startswith("default-src 'none'; style-src 'sha256-"), name
        assert ("script-src" in page.policy) == name.endswith("/search.html"), name
        assert "http" not in page.policy
        assert "unsafe" not in page.policy


def test_a_time_limits_what_is_told_and_says_so(hostile: City, tmp_path: Path) -> None:
    out = tmp_path / "then"
    hostile.ok("export", "--format", "site", "--as-of", "2000", "--lang", "en", "-o", str(out))
    page = read_page(out / "en/entity/hostile-0.html")
    assert "hostile-twinning-0" not in page.ids  # of 2001
    assert "2000" in page.text
    assert read_page(out / "index.html").lang == "en"
    assert not (out / "data/void.ttl").exists()
    assert "hostile-twinning-0" not in (out / "data/graph.ttl").read_text(encoding="utf-8")
    shown = hostile.ok("show", "lindvik", "--as-of", "2000", "--lang", "en", "--format", "json")
    said = {s["record"] for part in json.loads(shown)["parts"] for s in part["sentences"]}
    assert said
    assert said <= set(read_page(out / "en/entity/lindvik.html").ids)


def test_a_site_is_written_whole_and_replaces_only_its_like(hostile: City, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("mine", encoding="utf-8")
    done = hostile.run("export", "--format", "site", "-o", str(other))
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    assert contents(other).keys() == {"index.html"}
    done = hostile.run("export", "--format", "site")
    assert done.code == 2
    assert "-o site" in done.err
    made = tmp_path / "made"
    hostile.ok("export", "--format", "site", "-o", str(made))
    first = contents(made)
    (made / "sv/entity/stale.html").write_text("old", encoding="utf-8")
    hostile.ok("export", "--format", "site", "-o", str(made))
    assert contents(made) == first
    assert list(tmp_path.glob("building-*")) == []


def test_a_broken_question_of_the_project_stops_it(city: City) -> None:
    folder = city.root / "graph/questions"
    folder.mkdir(exist_ok=True)
    (folder / "odd.rq").write_text("#+ title: odd\nSELECT", encoding="utf-8")
    done = city.run("export", "--format", "site", "-o", "site")
    assert done.code == 1
    assert "RG405" in done.err
    assert not (city.root / "site").exists()


def test_names_come_in_the_order_of_the_language() -> None:
    names = ["Öland", "Åland", "Zürich", "Ärla", "Émile", "Emma", "oslo"]
    assert sorted(names, key=lambda name: alphabetical(name, "sv")) == [
        *("Émile", "Emma", "oslo", "Zürich", "Åland", "Ärla", "Öland")
    ]
    assert sorted(names, key=lambda name: alphabetical(name, "en"))[:2] == ["Åland", "Ärla"]
    assert sorted(["The Zoo", "Yard", "Theatre"], key=lambda name: alphabetical(name, "en"))[0] == "Theatre"
