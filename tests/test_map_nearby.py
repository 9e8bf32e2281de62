"""What is read of the surroundings of a party alone draws the same picture as the whole map does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from malmo import ROOT
from running import City

from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.project import find_project
from relgraph.views.map import MapData, place
from relgraph.views.map.builder import map_data
from relgraph.views.map.focus import among, around
from relgraph.views.map.nearby import nearby
from relgraph.views.map.picture import picture
from relgraph.when import When


@pytest.fixture(scope="module", params=["city", "malmo"])
def lookup(request: pytest.FixtureRequest, built: City) -> Lookup:
    project = find_project(built.root if request.param == "city" else ROOT)
    return Lookup(project.compiled(), project.vocabulary)


def looks(data: MapData) -> list[tuple[object, ...]]:
    """All by which edges are drawn."""
    return [
        (e.id, e.source, e.target, e.kind, e.line, e.certainty, e.contradicted, e.thin, e.directed, e.group)
        for e in data.edges
    ]


def drawn(data: MapData, id_: str) -> str:
    part = around(data, id_, most=15).titled(id_)
    return picture(part, place(part, centre=id_), lang="sv", focus=id_, figure=True) if part.edges else ""


@pytest.mark.parametrize("when", [None, When.of(as_of="2015"), When.of(year="2018")])
def test_the_surroundings_of_every_record_are_those_on_the_whole_map(
    lookup: Lookup, when: When | None
) -> None:
    whole = map_data(lookup, title=lookup.description(), when=when)
    on_it = []
    for id_ in lookup.ids_of(RG + "Record"):
        near = nearby(lookup, [id_], when=when)
        assert (id_ in near.node_ids) == (id_ in whole.node_ids), id_
        if id_ in near.node_ids:
            on_it.append(id_)
            expected, found = around(whole, id_), around(near, id_)
            assert found.node_ids == expected.node_ids, id_
            assert looks(found) == looks(expected), id_
    assert len(on_it) > 3
    for id_ in on_it[::7]:
        assert drawn(nearby(lookup, [id_], when=when), id_) == drawn(whole, id_), id_


def test_the_surroundings_of_several_are_those_on_the_whole_map() -> None:
    project = find_project(ROOT)
    lookup = Lookup(project.compiled(), project.vocabulary)
    whole = map_data(lookup, title=lookup.description())
    ids = ["hong-kong", "shenzhen", "eurocities"]
    expected, found = (among(data, ids, 15) for data in (whole, nearby(lookup, ids)))
    assert found.node_ids == expected.node_ids
    assert [edge.id for edge in found.edges] == [edge.id for edge in expected.edges]


def test_to_draw_them_imports_neither_networkx_nor_what_makes_a_page(built: City) -> None:
    code = (
        "import json, sys; from pathlib import Path; from relgraph.lookup import Lookup;"
        "from relgraph.project import find_project; from relgraph.views.briefing.figure import Figures;"
        "project = find_project(Path(sys.argv[1])); lookup = Lookup(project.compiled(), project.vocabulary);"
        "assert Figures(lookup).around('aberhaven', 'sv').svg; print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(Path(built.root))], capture_output=True, text=True, check=True
    )
    heavy = (
        "networkx",
        "rdflib",
        "pyvis",
        "jinja2",
        "urllib.request",
        "relgraph.analysis",
        "relgraph.answers",
    )
    assert not set(heavy) & set(json.loads(run.stdout))
