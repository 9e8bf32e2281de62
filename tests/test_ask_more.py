"""Saved questions from Python and the shell: the API, completion, rows and their sources, broken ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import ROOT, City, copy_city
from test_questions import GOOD

import relgraph
from relgraph.errors import DataError, UsageError


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city with a question of its own, which has a country, beside a broken one; not to be changed."""
    city = copy_city(tmp_path_factory.mktemp("own") / "lindvik")
    folder = city.root / "graph" / "questions"
    folder.mkdir()
    (folder / "own.rq").write_text(
        GOOD.replace(
            "#+ empty:",
            "#+   - {name: party, type: Agent, label: {sv: part, en: party}}\n"
            "#+   - {name: land, type: Country, label: {sv: land, en: country}}\n#+ empty:",
        ).replace("VALUES ?least", "VALUES ?party { UNDEF } VALUES ?land { UNDEF } VALUES ?least"),
        encoding="utf-8",
    )
    city.ok("show", "lindvik")
    (folder / "broken.rq").write_text(GOOD.replace(", en: Own question", ""), encoding="utf-8")
    return city


@pytest.fixture(scope="module")
def graph(own: City) -> relgraph.Graph:
    return relgraph.open(own.root)


# -- from Python ---------------------------------------------------------------------------------------------


def test_the_api_answers_with_rows_records_and_sentences(graph: relgraph.Graph) -> None:
    found = graph.ask("memberships", party="Lindvik", lang="en")
    assert [row.records for row in found.answer.rows] == [("lindvik-in-nordljus",)]
    assert found.answer.records == ("lindvik-in-nordljus",)
    said = found.sentences["lindvik-in-nordljus"]
    assert "Nordljus" in said.text
    assert [(c.document, c.start, c.end) for c in said.citations] == [("ar2030", 84, 115)]
    table = found.table()
    assert table.columns[:2] == ("member", "network")
    assert table.rows[0][:3] == ("Lindvik", "Nordljus", "2025")


def test_the_api_takes_the_time_as_the_command_does(graph: relgraph.Graph) -> None:
    assert graph.ask("memberships", year="2020/2024").answer.rows == ()
    (row,) = graph.ask("memberships", as_of="2025").answer.rows
    assert row.cells["state"].value == "current"  # on its last day
    assert "holds" not in row.cells
    assert graph.ask("memberships", as_of="2024").answer.rows == ()
    assert len(graph.ask("memberships", period="2030").answer.rows) == 1
    with pytest.raises(UsageError, match="exclude each other"):
        graph.ask("memberships", year="2030", as_of="2030")


def test_the_api_raises_what_the_command_tells(graph: relgraph.Graph) -> None:
    with pytest.raises(UsageError, match="there is no question 'nope'"):
        graph.ask("nope")
    with pytest.raises(UsageError, match="no parameter 'nope'"):
        graph.ask("memberships", nope="x")
    with pytest.raises(UsageError, match="nothing in the graph is called 'atlantis'"):
        graph.ask("memberships", party="atlantis")
    with pytest.raises(DataError) as caught:
        graph.ask("broken")
    assert [str(p.position) for p in caught.value.problems] == ["graph/questions/broken.rq:1:11"]


# -- rows and their sources ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_each_row_bears_the_numbers_of_its_own_sources(own: City, lang: str) -> None:
    ask = ["ask", "state-of-relations", "--param", "party=Aberhaven", "--lang", lang]
    data = json.loads(own.ok(*ask, "--format", "json"))
    page = own.ok(*ask, "--format", "markdown")
    listed = dict(re.findall(r"^(\d+)\. (.+)$", page, re.MULTILINE))
    rows = [line for line in page.splitlines() if line.startswith("|")][2:]
    expected = {}
    for row in data["rows"]:
        cells = tuple(cell["text"] if cell else "" for cell in row["cells"].values())
        cited = {source["text"] for id_ in row["records"] for source in data["records"][id_]["sources"]}
        expected[tuple(cell for cell in cells if cell)] = cited
    assert len(rows) == len(expected)
    for line, (cells, cited) in zip(rows, expected.items(), strict=True):
        *shown, marks = [cell.strip().replace("\\", "") for cell in line.strip("|").split("|")]
        assert tuple(cell for cell in shown if cell) == cells
        assert {listed[number] for number in re.findall(r"\[(\d+)\]", marks)} == cited


def test_a_row_cites_the_place_that_it_names_and_not_all_of_its_record(own: City) -> None:
    """A name rests on its own place, also where the record has others."""
    for root, entity, document in ((own.root, "aberhaven", "ar2030"), (ROOT, "ubc", "vb2019")):
        found = relgraph.open(root).ask("names", entity=entity, lang="en")
        places = {row.cells["name"].value: set[tuple[str, int]]() for row in found.answer.rows}
        for row in found.answer.rows:
            (place,) = found.rests_on(row)
            shown = (row.cells["number"].value, row.cells["position"].value)
            assert (place.document, place.section, str(place.start)) == (document, *shown)
            places[row.cells["name"].value].add((place.section, place.start))
        if entity == "aberhaven":
            assert places == {"Aberhafen": {("1", 212)}, "Aberhaven": {("1", 190)}}
        else:
            assert places["UBC"] == {("4", 4427), ("1", 1925)}
            assert places["Union of Baltic Metropolises"] == {("1", 1895)}
        marks = [row[-1] for row in found.table(cited=True).rows]
        assert sorted(marks) == [f"[{n}]" for n in range(1, len(marks) + 1)]


def test_the_numbers_of_a_section_are_those_of_places_in_it(own: City) -> None:
    found = json.loads(own.ok("ask", "section", "--param", "section=1", "--format", "json"))
    rows = {row["records"][0]: {(s["section"], s["start"]) for s in row["sources"]} for row in found["rows"]}
    assert rows["aberhaven"] == {("1", 190), ("1", 212)}  # its name, and its misspelling
    assert {section for places in rows.values() for section, _ in places} == {"1"}


# -- from the shell ------------------------------------------------------------------------------------------


def complete(city: City, words: str, *, cwd: Path | None = None) -> list[str]:
    done = city.run(
        _RELGRAPH_COMPLETE="bash_complete",
        COMP_WORDS=f"relgraph {words}",
        COMP_CWORD=str(len(words.split(" "))),
        cwd=cwd,
    )
    assert "Traceback" not in done.err
    return [line.partition(",")[2] for line in done.lines if line]


@pytest.mark.parametrize("command", ["ask", "questions"])
def test_names_of_questions_are_completed(own: City, command: str) -> None:
    assert complete(own, f"{command} membe") == ["memberships"]
    assert complete(own, f"{command} ow") == ["own"]


def test_completion_heeds_the_project_and_its_absence(own: City, tmp_path: Path) -> None:
    assert complete(own, f"--project {own.root} ask ow", cwd=tmp_path) == ["own"]
    assert complete(own, "ask ow", cwd=tmp_path) == []


# -- what goes wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_broken_question_is_told_and_the_others_are_listed(own: City, form: str) -> None:
    done = own.run("questions", "--format", form)
    assert done.code == 1
    assert done.err.startswith("graph/questions/broken.rq:1:11: error RG405 ")
    assert "Traceback" not in done.err
    assert "memberships" in done.out and "own" in done.out and "broken" not in done.out
    assert own.run("ask", "broken").code == 1


def test_of_an_unknown_party_its_country_is_asked_where_the_question_has_one(own: City) -> None:
    done = own.run("ask", "own", "--param", "party=Qqqqqq")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("hint: ask by country: --param land=…\n")
    assert "agreements-by-country" not in done.err


def test_a_value_that_is_no_utf8_does_no_harm(own: City) -> None:
    done = own.run("ask", "own", "--param", "word=a\udcffb", "--format", "json")
    assert done.code in (0, 2)
    assert "Traceback" not in done.err


# -- the page ------------------------------------------------------------------------------------------------


def test_the_page_tells_every_question_in_both_languages() -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## `(.+)`$", page, re.MULTILINE)
    assert headings == sorted(path.stem for path in (ROOT / "ontology" / "questions").glob("*.rq"))
    for word in ("Tomt svar", "Empty answer"):
        assert page.count(f"\n- {word}: ") == len(headings)
