"""``relgraph ask`` and ``relgraph questions``: wrong files, values, formats, a project's own."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from asking import NAMES, Asked, overlay_city
from running import SOURCE, City, copy_city, process
from syrupy.assertion import SnapshotAssertion

from relgraph.errors import UsageError
from relgraph.project import find_project, shipped_ontology

GOOD = """\
#+ title: {sv: Egen fråga, en: Own question}
#+ summary: {sv: "Vad som möttes.", en: "What met."}
#+ params:
#+   - {name: least, type: integer, label: {sv: minst, en: at least}}
#+   - {name: word, type: text, label: {sv: ord, en: word}}
#+ empty: {sv: "Inget möte anges.", en: "No meeting is stated."}
#+ columns: {count: {sv: antal, en: number}, given: {sv: ordet, en: the word}}
SELECT ?count ?given ?record WHERE {
  VALUES ?least { UNDEF } VALUES ?word { UNDEF }
  ?record a rg:MeetingSeries ; rg:count ?count .
  FILTER(!BOUND(?least) || ?count >= ?least)
  BIND(?word AS ?given)
}
ORDER BY ?count ?record
"""
#: what is wrong: (text to replace, its replacement, place, words of the problem)
BAD: dict[str, tuple[str, str, str, str]] = {
    "no-english": ("sv: Egen fråga, en: Own question", "sv: Egen fråga", "1:11", "'title' is missing in en"),
    "no-summary": (
        '#+ summary: {sv: "Vad som möttes.", en: "What met."}\n',
        "",
        "1:4",
        "'summary' is missing",
    ),
    "unknown-key": ("#+ summary:", "#+ sumary:", "2:4", "unknown key 'sumary'.*did you mean 'summary'"),
    "unknown-param-key": ("name: word,", "name: word, typ: text,", "5:21", "unknown key 'typ'"),
    "param-without-values": (" VALUES ?word { UNDEF }", "", "5:15", r"does not declare \?word"),
    "values-without-param": ("name: word,", "name: other,", "9:42", r"\?word has no parameter"),
    "unknown-type": ("type: text", "type: txt", "5:27", "'txt' is no type.*did you mean 'text'"),
    "bad-default": ("type: integer,", "type: integer, default: many,", "4:46", "'many' is no integer"),
    "unlabelled": (", given: {sv: ordet, en: the word}", "", "8:15", r"\?given has no label"),
    "label-of-nothing": ("given:", "taken:", "7:46", r"does not project \?taken"),
    "unknown-class": ("#+ empty:", "#+ unknown: {Agentt: word}\n#+ empty:", "6:14", "no class of records"),
    "unknown-by": ("#+ empty:", "#+ unknown: {Agent: word}\n#+ empty:", "6:21", "that takes a record"),
    "unknown-form": ("#+ empty:", "#+ unknown: word\n#+ empty:", "6:13", "maps a class to a parameter"),
    "no-record": ("?given ?record WHERE", "?given WHERE", "8:1", r"\?record is not projected"),
    "no-order": ("ORDER BY ?count ?record\n", "", "8:1", "the rows have no order"),
    "named-graph": (
        "?record a rg:MeetingSeries",
        "GRAPH ?g { ?record a rg:MeetingSeries }  ?record a ?x",
        "10:3",
        "GRAPH",
    ),
    "from-graph": ("?record WHERE", "?record FROM rg:x WHERE", "8:30", "FROM"),
    "service": ("?record a rg:MeetingSeries", "SERVICE rg:x { ?s ?p ?o } ?record a ?x", "10:3", "SERVICE"),
    "instance": ("rg:MeetingSeries", ":lindvik", "10:13", ":lindvik is a particular record"),
    "instance-iri": (
        "rg:MeetingSeries",
        "<https://example.org/lindvik/x>",
        "10:13",
        "is a particular record",
    ),
    "broken": ("?count >= ?least)", "?count >= )", "11:38", "cannot be read"),
    "unknown-prefix": ("rg:MeetingSeries", "rgg:MeetingSeries", "10:13", "'rgg:' is not declared"),
    "ask-form": ("SELECT ?count ?given ?record WHERE", "ASK", "8:1", "a question is a SELECT"),
    "own-prefix": ("SELECT", "PREFIX x: <urn:x>\nSELECT", "8:1", "declares no prefix"),
    "late-decorator": ("ORDER BY", "#+ tags: [x]\nORDER BY", "14:1", "below the head"),
    "bad-yaml": ("#+ params:", "#+ params: [", "", "RG"),
}
HOSTILE = '"Red\\nline\\u202E <script>alert(1)</script> =1+1 [a](b) | `c` *d*"'


def broken_files(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, (old, new, _, _) in BAD.items():
        assert GOOD.count(old) == 1, name
        (folder / f"{name}.rq").write_text(GOOD.replace(old, new), encoding="utf-8")
    (folder / "no-header.rq").write_text("SELECT ?record { ?record a rg:City }", encoding="utf-8")
    (folder / "no-query.rq").write_text(GOOD.split("SELECT", maxsplit=1)[0], encoding="utf-8")
    (folder / "latin.rq").write_bytes(GOOD.encode("latin-1"))
    (folder / "Bad Name.rq").write_text(GOOD, encoding="utf-8")
    (folder / "right.rq").write_text(GOOD, encoding="utf-8")


@pytest.mark.parametrize("where", ["graph", "ontology"])
def test_what_is_wrong_with_a_file_is_told_with_its_place(tmp_path: Path, where: str) -> None:
    city = copy_city(tmp_path / "lindvik")
    broken_files(city.root / where / "questions")
    done = city.run("check")
    assert done.code == 1
    text = done.out + done.err
    assert "Traceback" not in text
    problems = [line for line in text.splitlines() if line.startswith(f"{where}/questions/")]
    missed = {}
    for name, (_, _, place, words) in BAD.items():
        own = [line for line in problems if f"/{name}.rq:" in line]
        if not any(re.search(words, line) for line in own if f".rq:{place}" in line):
            missed[name] = (place, words, own)
    assert missed == {}
    assert all(": error RG405 " in p for p in problems if "/latin.rq" not in p and "/bad-yaml.rq" not in p)
    assert any("/latin.rq:1:23: error RG002" in p and "is not UTF-8" in p for p in problems)
    assert any("/no-header.rq:1:1: error RG405 a question begins with its decorators" in p for p in problems)
    assert any("/no-query.rq:" in p and "has no query" in p for p in problems)
    assert any("/Bad Name.rq:1:1:" in p and "no name of a question" in p for p in problems)
    assert not [p for p in problems if "/right.rq" in p]


def test_a_copy_of_a_shipped_question_is_trusted_until_a_byte_of_it_differs(tmp_path: Path) -> None:
    city = copy_city(tmp_path / "city")
    folder = city.root / "ontology" / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    for name, more in (("money", b""), ("staff", b"# mine\n")):
        (folder / f"{name}.rq").write_bytes(
            (shipped_ontology() / "questions" / f"{name}.rq").read_bytes() + more
        )
    files = find_project(city.root).question_files()
    assert (files["money"].path.parent, files["staff"].path.parent) == (folder, folder)
    assert (files["money"].shipped, files["staff"].shipped) == (True, False)


def test_a_wrong_file_stops_the_build_but_no_other_question(tmp_path: Path) -> None:
    city = copy_city(tmp_path / "lindvik")
    (city.root / "graph" / "questions").mkdir()
    (city.root / "graph" / "questions" / "own.rq").write_text(GOOD, encoding="utf-8")
    assert city.run("check").code == 0
    (city.root / "graph" / "questions" / "own.rq").write_text("nonsense", encoding="utf-8")
    assert city.run("build").code == 1
    assert city.run("ask", "memberships").code == 0
    done = city.run("ask", "own")
    assert done.code == 1
    assert "graph/questions/own.rq:1:1: error RG405" in done.out + done.err


# -- values ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city with the questions' records, odd names, and questions of its own; tests must not change it."""
    made = overlay_city(tmp_path_factory.mktemp("ask") / "lindvik")
    made.add(
        f"- id: odd\n  type: City\n  name: {{sv: {HOSTILE}, en: Odd}}\n  {SOURCE}\n"
        f"- id: odd-in-ring\n  type: Membership\n  member: odd\n  organization: ferry-ring\n"
        f"  observedIn: 2030\n  {SOURCE}\n"
        f"- id: spring-city\n  type: City\n  name: {{sv: Våren, en: Spring}}\n  {SOURCE}\n"
        f"- id: spring-company\n  type: Port\n  name: {{sv: Vårhamn, en: Spring}}\n  {SOURCE}",
        "odd.yaml",
    )
    own = made.root / "graph" / "questions"
    own.mkdir()
    (own / "own.rq").write_text(GOOD, encoding="utf-8")
    (own / "planned.rq").write_text(GOOD.replace("Egen fråga", "Ersättaren"), encoding="utf-8")
    deep = "(" * 20_000 + "1 = 1" + ")" * 20_000
    (own / "deep.rq").write_text(GOOD.replace("?count >= ?least", deep), encoding="utf-8")
    long = "1+" * 100_000 + "1 > 0"  # the engine's process does not survive it
    (own / "long.rq").write_text(GOOD.replace("?count >= ?least", long), encoding="utf-8")
    made.ok("show", "lindvik")
    return made


@pytest.fixture(scope="module")
def asked(city: City) -> Asked:
    shipped = {"state-of-relations": {"party": "aberhaven"}}
    return Asked(city.root, shipped)


@pytest.mark.parametrize(
    ("question", "name", "value", "same"),
    [
        ("memberships", "party", "ferry-ring", None),
        ("memberships", "organization", "Färjeringen", "Ferry Ring"),
        ("memberships", "organization", "  färjeringen ", "ferry-ring"),
        ("state-of-relations", "party", "Aberhafen", "aberhaven"),
        ("activity-levels", "level", "low", "reduced"),
        ("activity-levels", "level", "LOW", "minskad"),
        ("activity-levels", "period", "2030", "2030-01-01/2030-12-31"),
        ("own", "least", "4", "+04"),
    ],
)
def test_a_value_has_several_names(
    asked: Asked, question: str, name: str, value: str, same: str | None
) -> None:
    rows = asked.rows(question, **{name: value})
    if same is not None:
        assert rows
        assert asked.rows(question, **{name: same}) == rows
    else:
        assert rows == []


def test_values_reach_the_query(asked: Asked) -> None:
    assert [row[0] for row in asked.rows("own")] == ["3", "4"]
    assert asked.rows("own", least="4") == [("4", "", "stage-forum-meetings-2030")]
    odd = 'a "quote" \\ and\nmore } # ?x \x1b[31m'
    assert {row[1] for row in asked.rows("own", word=odd)} == {odd.strip()}


def test_the_period_is_that_of_the_option(city: City, asked: Asked) -> None:
    def members(*options: str) -> list[str]:
        lines = city.ok(
            "ask", "memberships", "--param", "party=Lindvik", "--format", "csv", *options
        ).splitlines()
        return sorted(line.split(",")[1] for line in lines[1:])

    assert members() == ["ferry-ring", "nordljus"]
    assert "nordljus" not in members("--as-of", "2024-12-31")  # it had not begun
    assert "nordljus" in members("--as-of", "2025")
    assert members("--year", "2030") == members("--param", "period=2030") == ["ferry-ring", "nordljus"]
    assert "nordljus" not in members("--year", "2020/2024")


def test_as_of_a_day_keeps_what_was_over_and_marks_it_as_show_does(city: City, asked: Asked) -> None:
    def told(*options: str) -> tuple[dict[str, str | None], str]:
        found = json.loads(city.ok("ask", "meetings", "--format", "json", "--lang", "en", *options))
        return {row["records"][0]: (row["cells"]["state"] or {}).get("text") for row in found["rows"]}, found[
            "time"
        ]

    on_page = json.loads(city.ok("show", "lindvik", "--as-of", "2033", "--format", "json"))
    shown = {s["record"]: s["state"] for part in on_page["parts"] for s in part["sentences"]}
    states, time = told("--as-of", "2033")
    assert "marked as past or current" in time
    assert states
    assert set(states.values()) <= {"past", "current", "possibly current", None}  # a party has no time
    assert "past" in states.values()
    both = states.keys() & shown.keys()
    assert both
    words = {"past": "past", "current": "current", "perhaps": "possibly current", None: None}
    assert {id_: states[id_] for id_ in both} == {id_: words[shown[id_]] for id_ in both}
    assert not told("--as-of", "1900")[0].keys() & {i for i, s in states.items() if s == "past"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["membership"], "there is no question 'membership'.*did you mean memberships"),
        (["xyz"], "relgraph questions"),
        (["memberships", "--param", "party=Aberhavn"], "did you mean.*Aberhaven.*agreements-by-country"),
        (["memberships", "--param", "party=Qqqqqq"], "nothing in the graph.*agreements-by-country"),
        (["agreements-by-country", "--param", "country=Qqqqqq"], "nothing in the graph is called 'Qqqqqq'"),
        (["memberships", "--param", "party=Spring"], "several records.*spring-city.*spring-company"),
        (["on-topic", "--param", "topic=Ferry Ring", "--lang", "en"], "of the kind network.*takes topic"),
        (
            ["memberships", "--param", "partyy=Lindvik"],
            "no parameter 'partyy'.*takes party, organization, period",
        ),
        (["state-of-relations"], "needs 'party'.*--param party="),
        (["memberships", "--param", "party=a", "--param", "party=b"], "party is given twice"),
        (["memberships", "--param", "party"], "write NAME=VALUE"),
        (["memberships", "--param", "=x"], "write NAME=VALUE"),
        (["identifiers", "--year", "2030"], "asks of no period"),
        (["memberships", "--year", "2030", "--as-of", "2030"], "exclude each other"),
        (["memberships", "--year", "2030", "--param", "period=2030"], "exclude each other"),
        (["memberships", "--year", "next"], "--year: 'next' is no date"),
        (["memberships", "--param", "period=next"], "'period'.*such as 2019"),
        (["memberships", "--as-of", "next"], "--as-of: 'next' is no date"),
        (["activity-levels", "--param", "level=brisk"], "not in the list.*low"),
        (["own", "--param", "least=many"], "'many' is no integer"),
        (["own", "--param", "least=" + "9" * 30], "is no integer"),
        (["memberships", "--param", "party=\x1b[31m<script>\n'\"\\ }"], "nothing in the graph"),
    ],
)
def test_what_cannot_be_asked_is_told(city: City, arguments: list[str], words: str) -> None:
    done = city.run("ask", *arguments)
    assert (done.code, done.out) == (2, "")
    assert re.search(words, done.err, re.DOTALL), done.err
    assert "Traceback" not in done.err and "\x1b" not in done.err


@pytest.mark.parametrize(
    ("question", "values", "hint", "other"),
    [
        ("on-topic", {"topic": "Scen"}, "did you mean Scenografi", "Scenprojektet"),
        ("events", {"event": "Nordljus"}, "Nordljus årsmöte 2030", "scenforum"),
        ("meetings", {"participant": "Scenkonst"}, None, ""),
    ],
)
def test_candidates_are_of_the_right_kind(
    asked: Asked, question: str, values: dict[str, str], hint: str | None, other: str
) -> None:
    with pytest.raises(UsageError) as caught:
        asked.rows(question, **values)
    if hint is None:
        assert caught.value.hint is None
    else:
        assert caught.value.hint and hint in caught.value.hint and other not in caught.value.hint


def test_the_fitting_one_of_two_namesakes_is_meant(asked: Asked) -> None:
    """Hamnrådet is a forum and a political body; only one of them is a Gathering's or an Agent's."""
    rows = asked.rows("meeting-officers", body="lindviks-hamnrad")
    assert rows == []
    with pytest.raises(UsageError, match="several records"):
        asked.rows("meeting-officers", body="Hamnrådet")


# -- answers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("arguments", [["memberships"], ["state-of-relations", "--param", "party=Aberhaven"]])
def test_text(built: City, lang: str, arguments: list[str], snapshot: SnapshotAssertion) -> None:
    assert built.ok("ask", *arguments, "--lang", lang) == snapshot
    assert built.ok("ask", *arguments, "--lang", lang, "--format", "markdown") == snapshot


def test_no_rows_are_an_answer_that_says_what_it_means(city: City) -> None:
    nothing = ["ask", "memberships", "--param", "party=Cliffton"]
    for lang, words in (
        ("sv", ("Inga rader.", "Det betyder inte att")),
        ("en", ("No rows.", "That does not mean")),
    ):
        for form in ("text", "markdown"):
            text = " ".join(city.ok(*nothing, "--lang", lang, "--format", form).split())
            assert all(word in text for word in words)
        found = json.loads(city.ok(*nothing, "--lang", lang, "--format", "json"))
        assert (found["rows"], found["records"]) == ([], {}) and words[1] in found["empty"]
    assert len(city.ok(*nothing, "--format", "csv").splitlines()) == 1


def test_json(city: City) -> None:
    found = json.loads(
        city.ok("ask", "memberships", "--param", "party=Lindvik", "--format", "json", "--lang", "en")
    )
    assert list(found) == [
        "question", "title", "lang", "asOf", "accordingTo", "time",
        "parameters", "columns", "rows", "records", "empty",
    ]  # fmt: skip
    assert (found["question"], found["lang"], found["asOf"], found["empty"]) == (
        "memberships", "en", "2030-12-31", None,
    )  # fmt: skip
    assert found["parameters"]["party"] == "Lindvik"
    row = next(row for row in found["rows"] if row["records"] == ["lindvik-in-nordljus"])
    assert set(row["cells"]) == set(found["columns"])
    assert row["cells"]["organization"] == {"id": "nordljus", "text": "Nordljus"}
    assert (
        row["cells"]["certainty"]["iri"].endswith("#stated") and row["cells"]["certainty"]["text"] == "stated"
    )
    assert row["cells"]["from"]["value"] == "2025"
    assert row["cells"]["to"] is None
    said = found["records"]["lindvik-in-nordljus"]
    assert said["text"].startswith("Lindvik")
    (source,) = said["sources"]
    assert (source["document"], source["section"], source["start"], source["end"]) == ("ar2030", "1", 84, 115)


def test_csv_keeps_ids_and_sources(city: City, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert city.ok("ask", "memberships", "--format", "csv", "-o", str(target)) == ""
    rows = list(csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8"))))
    row = next(row for row in rows if row["records"] == "lindvik-in-nordljus")
    assert (row["member"], row["organization"], row["certainty"]) == ("lindvik", "nordljus", "stated")
    assert "84–115" in row["sources"]
    assert target.read_bytes().count(b"\r\n") == len(rows) + 1


def test_every_row_shown_is_cited(city: City) -> None:
    text = city.ok("ask", "state-of-relations", "--param", "party=Lindvik", "--lang", "en")
    said = text.split("What the sources say")[1].split("How to read it")[0]
    bullets = [" ".join(each.split()) for each in said.split("  • ")[1:]]
    assert bullets and all(re.search(r"(\[\d+\])+$", bullet) for bullet in bullets)
    numbers = {int(n) for bullet in bullets for n in re.findall(r"\[(\d+)\]", bullet)}
    listed = re.findall(r"^  \[(\d+)\] ", text.split("\nSources\n")[1], re.MULTILINE)
    assert [int(n) for n in listed] == list(range(1, max(numbers) + 1))


def test_names_that_differ_in_language_alone_are_one_row(asked: Asked) -> None:
    for name in ("names", "identifiers"):
        rows = asked.rows(name)
        assert len(rows) == len(set(rows))


def control(text: str) -> list[str]:
    return [sign for sign in text if sign not in "\n\r" and unicodedata.category(sign) in ("Cc", "Cf")]


def test_hostile_names_stay_text(city: City) -> None:
    common = ["ask", "memberships", "--param", "organization=Färjeringen"]
    text = city.ok(*common)
    assert "Red line" in text and not control(text)
    page = city.ok(*common, "--format", "markdown")
    assert "Red line" in page and not control(page)
    assert not re.search(r"(?<!\\)(<script|\[a\]|\*d)", page)
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
    raw = city.ok(*common, "--format", "json")
    cells = [row["cells"]["member"] for row in json.loads(raw)["rows"]]
    assert any("<script>" in cell["text"] for cell in cells)
    assert [row["member"] for row in csv.DictReader(io.StringIO(city.ok(*common, "--format", "csv")))].count(
        "odd"
    ) == 1


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json"])
def test_hostile_values_stay_text(city: City, form: str) -> None:
    value = 'x" } } SERVICE <http://127.0.0.1/> { ?a ?b ?c } # \x1b[31m\n<script>alert(1)</script> | `'
    done = city.run("ask", "own", "--param", f"word={value}", "--format", form)
    assert done.code == 0, done.err
    if form in ("text", "markdown"):
        assert not control(done.out)
    if form == "markdown":
        assert not re.search(r"(?<!\\)<script", done.out)
    if form == "json":
        found = json.loads(done.out)
        assert found["rows"][0]["cells"]["given"]["value"] == value.strip()
    if form == "csv":
        assert next(csv.DictReader(io.StringIO(done.out, newline="")))["given"] == value.strip()


# -- a project's own -------------------------------------------------------------------------------------


def test_a_projects_own_question_is_asked_and_replaces_a_namesake(city: City) -> None:
    assert "4" in city.ok("ask", "own", "--param", "least=4")
    assert city.ok("ask", "planned").startswith("Ersättaren\n")
    listed = city.ok("questions")
    assert re.search(r"^planned +Ersättaren$", listed, re.MULTILINE)


@pytest.mark.parametrize("name", ["deep", "long"])
def test_a_projects_own_question_runs_apart(city: City, name: str) -> None:
    """What would take this process with it ends as an error: it was never in this process."""
    done = city.run("ask", name)
    assert done.code == 2, (done.code, done.err)
    assert done.err.startswith("error: ") and "Traceback" not in done.err


# -- the list --------------------------------------------------------------------------------------------


def test_the_list_and_one_question(city: City) -> None:
    lines = city.ok("questions", "--lang", "en").splitlines()
    assert [line.split()[0] for line in lines] == sorted({*NAMES, "own", "deep", "long"})
    assert "memberships" in lines[[line.split()[0] for line in lines].index("memberships")]
    for lang, words in (
        ("sv", ("Medlemskap", "Parametrar", "--param party=…", "förval: as-of", "Tomt svar")),
        ("en", ("Memberships", "Parameters", "--param party=…", "default: as-of", "An empty answer")),
    ):
        text = city.ok("questions", "memberships", "--lang", lang)
        assert all(word in text for word in words)
        assert "SELECT" in text and "#+" not in text
    found = json.loads(city.ok("questions", "--format", "json", "--lang", "en"))
    one = next(each for each in found if each["name"] == "state-of-relations")
    assert one["parameters"][0] == {
        "name": "party", "type": "Entity", "label": "party", "default": None, "required": True,
    }  # fmt: skip
    assert city.run("questions", "nothing").code == 2


def test_ask_imports_nothing_heavy(built: City) -> None:
    program = (
        "import sys\nfrom relgraph.__main__ import main\n"
        "sys.argv = ['relgraph', 'ask', 'memberships']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "names = {'rdflib', 'networkx', 'pyvis', 'pyshacl', 'jinja2', 'IPython', 'numpy'}\n"
        "heavy = names & set(sys.modules)\nprint(sorted(heavy), file=sys.stderr)\nsys.exit(bool(heavy))\n"
    )
    done = process([sys.executable, "-c", program], cwd=built.root)
    assert done.code == 0, done.err
    assert "Nordljus" in done.out
