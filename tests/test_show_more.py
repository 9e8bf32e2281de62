"""``relgraph show`` at a time, of one group, with the neighbours, as JSON-LD; hostile names; completion."""

from __future__ import annotations

import json

import pytest
from malmo import Malmo
from pyld import jsonld
from running import BASE, SOURCE, City, copy_city
from syrupy.assertion import SnapshotAssertion

from relgraph.cli.show import page

NAME = r'"Red\nline\u202E <script>alert(1)</script> [a](b) & *c*"'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> City:
    city = copy_city(tmp_path_factory.mktemp("hostile") / "lindvik")
    city.add(
        f"- id: hostile\n  type: City\n  name: {{sv: {NAME}, en: Hostile}}\n  {SOURCE}\n"
        f"- id: hostile-pact\n  type: Agreement\n  name: {{sv: {NAME}, en: Pact}}\n"
        f"  party: [lindvik, hostile]\n  {SOURCE}\n"
        "- id: hostile-in-nordljus\n  type: Membership\n  member: hostile\n  organization: nordljus\n"
        f"  {SOURCE}",
        "odd.yaml",
    )
    city.ok("build")
    return city


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["aberhaven"],
        ["lindvik", "--format", "markdown"],
        ["nordljus", "--depth", "2"],
        ["aberhaven", "--as-of", "2029"],
        ["portogrande", "--year", "2029"],
    ],
    ids=" ".join,
)
def test_pages(built: City, arguments: list[str], lang: str, snapshot: SnapshotAssertion) -> None:
    assert built.ok("show", *arguments, "--lang", lang) == snapshot


def states(city: City, *arguments: str) -> dict[str, str | None]:
    found = json.loads(city.ok("show", *arguments, "--format", "json"))
    return {s["record"]: s["state"] for part in found["parts"] for s in part["sentences"]}


def test_as_of_keeps_what_began_by_then_and_tells_what_was_over(built: City) -> None:
    found = states(built, "portogrande", "--as-of", "2029-12-31")
    assert found["portogrande-negotiation"] == "perhaps"
    assert found["portogrande-visit-2029"] == "perhaps"
    assert "portogrande-visit-2030" not in found
    found = states(built, "portogrande", "--as-of", "2031")
    assert found["portogrande-negotiation"] == found["portogrande-visit-2030"] == "past"
    assert states(built, "lindvik", "--as-of", "2030")["lindvik-in-nordljus"] == "current"
    assert "lindvik-in-nordljus" not in states(built, "lindvik", "--as-of", "2024")


def test_a_year_keeps_what_certainly_or_possibly_held(built: City) -> None:
    found = states(built, "lindvik", "--year", "2030")
    assert found["lindvik-in-nordljus"] is None
    assert states(built, "lindvik", "--year", "2031")["lindvik-in-nordljus"] == "possibly"
    assert "hosting-2032" not in found
    assert "portogrande-negotiation" not in found


def test_the_page_says_to_what_time_it_is_limited(built: City) -> None:
    assert "1 juni 2030" in built.ok("show", "lindvik", "--as-of", "2030-06-01")
    assert "In 2030:" in built.ok("show", "lindvik", "--year", "2030", "--lang", "en")
    found = built.ok("show", "nordljus-annual-meeting-2030", "--only", "activity", "--year", "2020")
    assert "Källorna anger inget som gällde då." in found


@pytest.mark.parametrize(
    "arguments",
    [
        ["--year", "soon"],
        ["--as-of", "2030-02-31"],
        ["--year", "2030", "--as-of", "2030"],
        ["--only", "nonsense"],
    ],
)
def test_a_wrong_option_is_refused(built: City, arguments: list[str]) -> None:
    done = built.run("show", "lindvik", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")


@pytest.mark.parametrize("name", ["Avtal", "agreements", "AGREEMENTS"])
def test_one_group_alone(built: City, name: str) -> None:
    found = json.loads(built.ok("show", "aberhaven", "--lang", "en", "--format", "json", "--only", name))
    assert [part["title"] for part in found["parts"]] == ["Agreements"]


def test_depth_2_adds_what_is_said_among_the_neighbours_and_no_more(hostile: City) -> None:
    near, wide = states(hostile, "nordljus"), states(hostile, "nordljus", "--depth", "2")
    assert wide.keys() - near.keys() == {"hostile-pact"}
    found = json.loads(hostile.ok("show", "nordljus", "--depth", "2", "--lang", "en", "--format", "json"))
    assert found["parts"][-1]["title"] == "Among those with whom Nordljus has relationships"
    assert [s["record"] for s in found["parts"][-1]["sentences"]] == ["hostile-pact"]


def triples(city: City, ids: set[str]) -> set[str]:
    """The asserted triples of records, and of what hangs on them, as the store writes them."""
    found: set[str] = set()
    values = " ".join(f"<{BASE}{id_}>" for id_ in ids)
    query = f"""CONSTRUCT {{ ?s ?p ?o }} {{
      {{ VALUES ?s {{ {values} }} }}
      UNION {{ VALUES ?r {{ {values} }} ?r prov:wasDerivedFrom ?s }}
      UNION {{ VALUES ?r {{ {values} }} ?r prov:wasDerivedFrom/oa:hasSelector ?s }}
      UNION {{ VALUES ?r {{ {values} }} ?r skosxl:altLabel|skosxl:hiddenLabel ?s }}
      UNION {{ VALUES ?r {{ {values} }} ?r (skosxl:altLabel|skosxl:hiddenLabel)/prov:wasDerivedFrom ?s }}
      UNION {{ VALUES ?r {{ {values} }}
        ?r (skosxl:altLabel|skosxl:hiddenLabel)/prov:wasDerivedFrom/oa:hasSelector ?s }}
      GRAPH <{BASE}graph/asserted> {{ ?s ?p ?o }} }}"""
    found.update(city.ok("query", "--format", "ntriples", "-e", query).splitlines())
    return found


@pytest.mark.parametrize("name", ["aberhaven", "lindvik", "hostile"])
def test_json_ld_expands_to_the_stores_triples(hostile: City, name: str) -> None:
    text = hostile.ok("show", name, "--format", "jsonld")
    expected = triples(hostile, {name, *states(hostile, name)})
    made = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    import pyoxigraph as ox

    def parsed(data: str) -> set[str]:
        return {str(quad.triple) for quad in ox.parse(data.encode(), format=ox.RdfFormat.N_QUADS)}

    assert parsed(made) == parsed("\n".join(sorted(expected)))
    assert len(expected) > 20


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("name", ["hostile", "lindvik"])
def test_nothing_that_a_terminal_or_a_page_obeys_is_printed(hostile: City, form: str, name: str) -> None:
    text = hostile.ok("show", name, "--format", form)
    assert "alert(1)" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    if form == "markdown":
        assert "<script" not in text.replace("\\<", "")
        assert "[a]" not in text


def test_control_characters_never_reach_a_terminal() -> None:
    from relgraph.views.plain import markdown, plain

    for code in (*range(32), *range(127, 160), 0x202E, 0x2066, 0x200F, 0x2028, 0xD800):
        for shown in (plain(f"å{chr(code)}b"), markdown(f"a{chr(code)}b")):
            assert chr(code) not in shown or code == 32, code
            assert "\n" not in shown
    assert plain("Malmö – ”å” 香港") == "Malmö – ”å” 香港"


def test_json_is_exact(hostile: City) -> None:
    found = json.loads(hostile.ok("show", "hostile", "--format", "json"))
    assert found["name"] == "Red\nline\u202e <script>alert(1)</script> [a](b) & *c*"


def test_a_genitive_and_an_article_are_no_other_name(built: City) -> None:
    assert built.ok("show", "Aberhavens") == built.ok("show", "aberhaven")
    assert built.ok("show", "Port Company") == built.ok("show", "hamnbolaget")


def test_the_shell_is_offered_ids_by_id_and_by_name(built: City) -> None:
    def offered(typed: str) -> list[str]:
        done = built.run(
            _RELGRAPH_COMPLETE="bash_complete", COMP_WORDS=f"relgraph show {typed}", COMP_CWORD="2"
        )
        return [line.partition(",")[2] for line in done.lines if line]

    assert offered("aberh") == ["aberhaven"]
    assert "lindvik-aberhaven-twinning" in offered("vänorts")
    assert offered("qqqq") == []


@pytest.fixture(scope="module")
def malmo() -> Malmo:
    return Malmo()


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_of_whom_very_much_is_said_the_newest_is_shown_and_the_rest_counted(
    malmo: Malmo, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from relgraph.views import crowd

    lookup = malmo.graph.lookup
    known = {part["group"]: part for part in json.loads(page(lookup, "malmo", "sv", "json"))["parts"]}
    direct = set(lookup.naming("malmo")) | set(lookup.ids_of("https://w3id.org/relgraph/ontology#Entity"))
    monkeypatch.setattr(crowd, "CROWD", 20)
    monkeypatch.setattr(crowd, "SHOWN", 2)
    text = page(lookup, "malmo", "sv", form)
    if form == "json":
        assert not json.loads(text)["whole"]
    else:
        assert "relgraph show malmo --all" in " ".join(text.split())
    assert page(lookup, "malmo", "sv", form, whole=True) != text
    for part in json.loads(page(lookup, "malmo", "sv", "json"))["parts"]:
        if part["group"] is None:
            continue
        # what is said of an agreement or a part is told on the whole page alone
        named = [s["record"] for s in known[part["group"]]["sentences"] if s["record"] in direct]
        shown = [s["record"] for s in part["sentences"]]
        assert shown == named[: len(shown)] and len(shown) <= 2, part["group"]
        assert len(shown) + part["more"] == len(named), part["group"]
    assert json.loads(page(lookup, "dalian", "sv", "json"))["whole"]
