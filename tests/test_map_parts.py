"""Parts of the map: what a command cuts out by time or round a party is what the page shows of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import go, opened
from malmo import ROOT
from running import COMMAND, process

from relgraph.lookup import Lookup
from relgraph.project import find_project
from relgraph.views.map import MapData, place, render
from relgraph.views.map.builder import map_data
from relgraph.views.map.focus import around
from relgraph.when import When

YEARS = ["1700", "1987", "2005", "2017", "2018", "2019", "2020", "2030"]


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    project = find_project(ROOT)
    return Lookup(project.compiled(), project.vocabulary)


@pytest.fixture(scope="module")
def whole(lookup: Lookup) -> MapData:
    return map_data(lookup, title=lookup.description())


@pytest.fixture(scope="module")
def page(browser: Any, whole: MapData, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    file = tmp_path_factory.mktemp("map") / "map.html"
    file.write_text(render(whole, place(whole)), encoding="utf-8")
    with opened(browser, file) as (page, seen):
        yield page
        assert seen.complaints == []


@pytest.mark.parametrize("year", YEARS)
def test_a_year_holds_what_the_page_shows_of_it_certain_and_possible(
    page: Any, lookup: Lookup, year: str
) -> None:
    part = map_data(lookup, title=lookup.description(), when=When.of(year=year))
    possible = {edge.id for edge in part.edges if edge.sentence.note.sv.endswith("Möjligen.")}
    go(page, f"#from={year}&to={year}")
    shown = page.evaluate("[...relgraph.visible().edges]")
    assert {edge.id for edge in part.edges} == set(shown)
    assert possible == set(page.evaluate("[...relgraph.visible().possible]"))
    assert part.node_ids == set(page.evaluate("[...relgraph.visible().nodes]"))
    assert possible and (len(possible) < len(shown) or year != "2019")


def test_the_command_for_a_year_shows_as_many_as_the_page(page: Any, browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "1700.html"
    done = process([str(COMMAND), "map", "--year", "1700", "-o", str(file)], cwd=ROOT)
    assert done.code == 0, done.err
    go(page, "#from=1700&to=1700")
    with opened(browser, file) as (other, _):
        counts = "[relgraph.visible().edges.size, relgraph.visible().nodes.size]"
        assert other.evaluate(counts) == page.evaluate(counts)


def test_what_a_year_marks_is_marked_wherever_it_is_told(lookup: Lookup) -> None:
    part = map_data(lookup, title=lookup.description(), when=When.of(year="2018"))
    on_lines = {edge.sentence.record: edge.sentence for edge in part.edges}
    told = [(fact, on_lines[node.id]) for node in part.nodes for fact in node.facts if node.id in on_lines]
    own = [(fact, line) for fact, line in told if fact.record == line.record]
    assert len(own) > 20
    assert [fact for fact, line in own if fact != line] == []


def test_what_a_relationship_says_of_its_topic_holds_as_long_as_itself(whole: MapData) -> None:
    joining = {node.id for node in whole.nodes if node.type in whole.relation_types}
    own = {edge.sentence.record: edge for edge in whole.edges if edge.thin}
    said = [edge for edge in whole.edges if "." in edge.id and edge.source in joining]
    assert len(said) > 5
    for edge in said:
        assert edge.bounds == own[edge.source].bounds != (None, None, None, None), edge.id
        assert (edge.line, edge.certainty) == (own[edge.source].line, own[edge.source].certainty), edge.id


@pytest.mark.parametrize("depth", [1, 2])
def test_round_every_party_a_picture_has_what_the_page_lights(page: Any, whole: MapData, depth: int) -> None:
    go(page, "#")
    lit = page.evaluate(
        """(depth) => Object.fromEntries([...relgraph.model.nodes.keys()].map((sel) => {
          relgraph.state.now = {...relgraph.state.now, sel, depth};
          const {nodes, edges} = relgraph.lit();
          return [sel, [[...nodes].sort(), [...edges].sort()]]; }))""",
        depth,
    )
    go(page, "#sel=malmo")
    for id_ in sorted(whole.node_ids):
        part = around(whole, id_, depth)
        assert [sorted(part.node_ids), sorted(edge.id for edge in part.edges)] == lit[id_], id_


def test_who_coordinates_a_cooperation_is_in_the_picture_of_it(whole: MapData) -> None:
    part = around(whole, "eurocities")
    assert "brussels-office" in part.node_ids
