"""Networks: the same nodes and edges in every format, read by the libraries that their users have."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from exporting import HOSTILE, Exported, add_hostile
from running import ROOT, City, copy_city

from relgraph.errors import UsageError
from relgraph.network import network
from relgraph.time import MAX, MIN
from relgraph.views.export import diagrams
from relgraph.views.export.registry import FORMATS, Job
from relgraph.when import When

#: where the reader of GEXF is: .ci/run installs it with `npm ci --prefix tools`
MODULES = ROOT / "tools" / "node_modules"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    city = copy_city(tmp_path_factory.mktemp("hostile") / "lindvik")
    add_hostile(city)
    return Exported(city.root)


@pytest.fixture(scope="module")
def malmo() -> Exported:
    return Exported(ROOT)


def truth(exported: Exported) -> nx.MultiDiGraph:
    """The network that all formats write."""
    return network(exported.job.lookup, structure=True)


def stated(attributes: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in attributes.items() if v not in ("", MIN.isoformat(), MAX.isoformat())}


def edges_of(graph: Any) -> list[str]:
    """Every edge with its ends and all its attributes but its label, which the formats add."""
    found = []
    for source, target, said in graph.edges(data=True):
        kept = {k: v for k, v in stated(said).items() if k not in ("label", "id")}
        found.append(json.dumps([source, target, kept], sort_keys=True))
    return sorted(found)


def same(found: Any, whole: nx.MultiDiGraph) -> bool:
    """Whether a graph that was read has the nodes and edges of the network, attributes included."""
    for id_, said in whole.nodes(data=True):
        read = {k: v for k, v in found.nodes[id_].items() if k not in ("label", "color")}
        assert read == stated(said), id_
    return len(found) == len(whole) and edges_of(found) == edges_of(whole)


@pytest.mark.parametrize("project", ["hostile", "malmo"])
def test_networkx_reads_graphml_and_node_link_as_the_network(
    project: str, request: pytest.FixtureRequest
) -> None:
    exported: Exported = request.getfixturevalue(project)
    whole = truth(exported)
    assert len(whole.edges) > 10
    assert same(nx.read_graphml(io.BytesIO(exported.data("graphml")), force_multigraph=True), whole)
    document = json.loads(exported.data("node-link"))
    read = nx.node_link_graph(document, edges="edges")
    assert same(read, whole)
    assert read.graph == {**whole.graph, "title": read.graph["title"]}


def test_labels_are_in_the_language_asked_for_and_hostile_ones_unchanged(hostile: Exported) -> None:
    for lang, word in (("sv", "medlemskap"), ("en", "membership")):
        graph = nx.read_graphml(io.BytesIO(hostile.data("graphml", lang)), force_multigraph=True)
        assert {graph.nodes[f"hostile-{i}"]["label"] for i in range(len(HOSTILE))} == set(HOSTILE)
        assert word in {said["label"] for _, _, said in graph.edges(data=True)}


def test_gexf_has_opaque_colours_and_the_time_that_is_known(hostile: Exported) -> None:
    data = hostile.data("gexf")
    assert b"viz:color" in data
    assert not re.search(rb'<viz:color[^>]* a="', data)
    # networkx knows version 1.2, and no graph in which some edges have a direction and some have none
    older = data.replace(b"gexf.net/1.3", b"www.gexf.net/1.2draft").replace(b'"undirected"', b'"directed"')
    graph = nx.read_gexf(io.BytesIO(older), version="1.2draft")
    whole = truth(hostile)
    assert sorted(graph) == sorted(whole)
    assert len(graph.edges) == len(whole.edges)
    styles = hostile.project.vocabulary.kinds
    for id_, said in graph.nodes(data=True):
        color = said["viz"]["color"]
        style = styles[said["type"]].style
        wanted = (style.home_color if id_ == "lindvik" else "") or style.color
        assert "#{r:02X}{g:02X}{b:02X}".format(**color) == wanted.upper()
    spans = {said["record"]: (said.get("start"), said.get("end")) for _, _, said in graph.edges(data=True)}
    assert spans["lindvik-in-nordljus"] == ("2025-01-01", None)
    assert spans["lindvik-at-annual-meeting-2030"] == ("2030-10-01", "2030-10-31")
    assert spans["hostile-twinning-0"] == ("2001-02-03", None)


@pytest.mark.parametrize("project", ["hostile", "malmo"])
def test_the_reader_of_gephi_lite_reads_gexf(
    project: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    node = shutil.which("node")
    if node is None or not (MODULES / "graphology-gexf").is_dir():
        pytest.skip("node or graphology-gexf is missing: npm ci --prefix tools")
    exported: Exported = request.getfixturevalue(project)
    path = tmp_path / "graph.gexf"
    path.write_bytes(exported.data("gexf"))
    done = subprocess.run(
        [node, str(Path(__file__).with_name("gexf.js")), str(path)],
        env={"NODE_PATH": str(MODULES)},
        capture_output=True,
        timeout=60,
        check=True,
    )
    read = json.loads(done.stdout)
    whole = truth(exported)
    nodes = {each["key"]: each["attributes"] for each in read["nodes"]}
    assert sorted(nodes) == sorted(whole)
    for id_, said in whole.nodes(data=True):
        found = {k: v for k, v in nodes[id_].items() if k not in ("label", "color")}
        assert found == stated(said)
        assert re.fullmatch(r"#[0-9a-fA-F]{6}|rgb\(\d+,\s*\d+,\s*\d+\)", nodes[id_]["color"])
    assert len(read["edges"]) == len(whole.edges)
    undirected = sum(not said["directed"] for _, _, said in whole.edges(data=True))
    assert sum(bool(edge.get("undirected")) for edge in read["edges"]) == undirected


def test_an_independent_parser_reads_dot(hostile: Exported) -> None:
    with warnings.catch_warnings():  # it uses what a later pyparsing deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        import pydot

        graphs = pydot.graph_from_dot_data(hostile.data("dot").decode("utf-8"))
    assert graphs is not None
    graph = graphs[0]
    whole = truth(hostile)
    names = {node.get_name().strip('"') for node in graph.get_nodes()} - {"node"}
    assert names == set(whole)
    assert len(graph.get_edges()) == len(whole.edges)
    labels = {str(node.get("label")) for node in graph.get_nodes()}
    for text in HOSTILE:
        shown = text.replace("\u202e", "\ufffd").replace("\\", "\\\\").replace('"', '\\"')
        assert f'"{shown}"' in labels


def test_mermaid_holds_no_sign_that_means_something_to_it(hostile: Exported) -> None:
    text = hostile.data("mermaid").decode("utf-8")
    lines = text.splitlines()
    assert lines[0] == "flowchart LR"
    node = re.compile(r'  n\d+\["((?:[\w \-.,:/()–’]|#\d+;)*)"\]')
    edge = re.compile(r'  n\d+ (?:-->|---|-\.->|-\.-)\|"((?:[\w \-.,:/()–’]|#\d+;)*)"\| n\d+')
    found = [(node.fullmatch(line), edge.fullmatch(line)) for line in lines[1:]]
    assert all(a or b for a, b in found)
    whole = truth(hostile)
    assert sum(b is not None for _, b in found) == len(whole.edges)
    labels = {re.sub(r"#(\d+);", lambda m: chr(int(m[1])), a[1]) for a, _ in found if a}
    assert {text.replace("\u202e", "\ufffd") for text in HOSTILE} <= labels


def test_a_network_too_large_for_mermaid_is_refused(
    hostile: Exported, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagrams, "MOST_EDGES", 3)
    with pytest.raises(UsageError, match="Mermaid draws at most 3 edges") as refused:
        FORMATS["mermaid"].write(Job(hostile.project), io.BytesIO())
    assert "--year" in str(refused.value.hint)


def test_a_time_cuts_the_network_and_marks_its_edges(hostile: Exported) -> None:
    read = json.loads(hostile.data("node-link", as_of="2030"))
    marks = {edge["record"]: edge.get("mark") for edge in read["edges"]}
    when = When.of(as_of="2030")
    whole = network(hostile.job.lookup, structure=True, when=when)
    assert len(read["edges"]) == len(whole.edges)
    assert marks["lindvik-in-nordljus"] == "current"
    assert marks["lindvik-at-annual-meeting-2030"] in ("past", "perhaps")


def test_what_has_no_edge_is_exported_too(city: City) -> None:
    city.path("relationships.yaml").write_text("[]\n", encoding="utf-8")
    exported = Exported(city.root)
    assert json.loads(exported.data("node-link"))["nodes"]
    for name in ("graphml", "gexf", "dot", "mermaid"):
        assert exported.data(name)
