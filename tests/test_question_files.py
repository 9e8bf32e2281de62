"""Every saved question that relgraph ships: its texts, its rows on two graphs, and what its rows rest on."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from asking import NAMES, PROLOGUE, Asked, overlay_city
from running import BASE, ROOT, environment
from syrupy.assertion import SnapshotAssertion

from relgraph.answers import bind
from relgraph.namespaces import PREFIXES, RG
from relgraph.questions.check import check_questions
from relgraph.questions.model import LANGUAGES
from relgraph.sparql.lexer import inspect
from relgraph.sparql.run import prepare
from relgraph.vocabulary import Vocabulary

#: values for what a question requires, in the fictional city
CITY = {
    "about": {"party": "lindvik"},
    "agreements-by-country": {"country": "kustland"},
    "linked-through": {"party": "lindvik", "place": "klippstad"},
    "on-topic": {"topic": "stage-art"},
    "section": {"section": "1"},
    "state-of-relations": {"party": "lindvik"},
}
#: and in Malmö, where these also keep the long answers short
MALMO = {
    "about": {"party": "dalian"},
    "agreements-by-country": {"country": "kina"},
    "implied": {"party": "Tangshan"},
    "linked-through": {"party": "CMP", "place": "Kina"},
    "names": {"status": "erroneous"},
    "not-stated": {"party": "PROCURA+"},
    "on-topic": {"topic": "sammanhållningspolitiken"},
    "section": {"section": "8"},
    "source-notes": {"section": "4"},
    "state-of-relations": {"party": "dalian"},
    "usual-but-missing": {"kind": "Event"},
}
#: a record asked for by name brings what it has to do with, which the whole answer leaves out
MORE_THAN_THE_WHOLE = {("projects-and-programmes", "programme")}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(overlay_city(tmp_path_factory.mktemp("asked") / "lindvik").root, CITY)


@pytest.fixture(scope="module")
def malmo() -> Asked:
    return Asked(ROOT, MALMO)


each = pytest.mark.parametrize("name", NAMES)


# -- the files -----------------------------------------------------------------------------------------


def test_there_are_questions() -> None:
    assert len(NAMES) >= 45


def test_the_files_hold_to_the_convention(city: Asked, malmo: Asked, vocabulary: Vocabulary) -> None:
    for asked in (city, malmo):
        assert check_questions(asked.graph.project.question_files(), vocabulary, asked.base) == []
    assert list(city.questions) == NAMES


@each
def test_texts_stand_in_both_languages(city: Asked, name: str) -> None:
    question = city.questions[name]
    texts = [question.title, question.summary, question.empty, question.description]
    texts += [param.label for param in question.params] + list(question.columns.values())
    for text in texts:
        assert set(text) == set(LANGUAGES) and all(text.values())
    for whole in (question.summary, question.empty, question.description):
        assert all(text.endswith(".") for text in whole.values())
    assert question.title["sv"] != question.title["en"]
    # that nothing was found is never said to be so in the world
    assert re.search("betyder (inte|varken)|säger inget om", question.empty["sv"])
    assert re.search("does not mean|means neither|say nothing|says nothing", question.empty["en"])


@each
def test_no_instance_is_named_and_the_rows_have_an_order(city: Asked, name: str) -> None:
    text = city.questions[name].text
    info = inspect(text)
    words = [token.text.upper() for token in info.tokens if token.kind == "WORD"]
    assert not {"FROM", "GRAPH", "SERVICE"} & set(words)
    assert not [token.text for token in info.tokens if token.kind == "IRIREF"], "all IRIs have a prefix"
    assert not [t.text for t in info.tokens if t.kind.startswith("PNAME") and t.text.startswith(":")]
    last = max(n for n, token in enumerate(info.tokens) if token.is_word("ORDER"))
    keys = {token.text[1:] for token in info.tokens[last:] if token.kind == "VAR"}
    assert set(city.questions[name].records) <= keys


# -- the rows --------------------------------------------------------------------------------------------


@each
def test_rows_on_the_city(city: Asked, name: str, snapshot: SnapshotAssertion) -> None:
    rows = city.rows(name)
    assert rows
    assert [" | ".join(row) for row in rows] == snapshot


@each
def test_rows_on_malmo(malmo: Asked, name: str, snapshot: SnapshotAssertion) -> None:
    rows = malmo.rows(name)
    assert rows
    assert [" | ".join(row) for row in rows] == snapshot


@each
def test_every_row_has_its_record_and_a_record_its_sentence(city: Asked, name: str) -> None:
    for row in city.answer(name).rows:
        assert row.records
    for record in city.lookup.records(city.answer(name).records):
        assert record.sources or record.type == "Document"


@each
def test_a_value_filters_the_rows(city: Asked, name: str, snapshot: SnapshotAssertion) -> None:
    """Every optional parameter has a value with rows, all of them among those of the whole answer."""
    whole = set(city.rows(name))
    counts: dict[str, dict[str, int]] = {}
    for param in city.questions[name].params:
        if param.required or param.family not in ("record", "concept"):
            continue
        values = city.values(name, param)
        found = {value: set(city.rows(name, **{param.name: value})) for value in values}
        counts[param.name] = {value: len(rows) for value, rows in found.items()}
        assert any(found.values()), f"{param.name}: none of {values} gives a row"
        if (name, param.name) not in MORE_THAN_THE_WHOLE:
            assert set().union(*found.values()) <= whole, param.name
    assert counts == snapshot


@each
def test_without_its_record_an_answer_is_another(city: Asked, name: str) -> None:
    before = city.in_oxigraph(name)
    with city.without(city.answer(name).rows[0].records[0]) as store:
        assert city.in_oxigraph(name, store=store) != before
    assert city.in_oxigraph(name) == before


@pytest.mark.parametrize(
    ("name", "record", "key", "value"),
    [
        ("activity-levels", "little-activity-in-stage-forum", "rg:level", ox.NamedNode(RG + "none")),
        ("agreements", "lindvik-aberhaven-twinning", "rg:legalStatus", ox.NamedNode(RG + "informal")),
        ("memberships", "lindvik-in-nordljus", "org:organization", ox.NamedNode(BASE + "ferry-ring")),
        ("meetings", "meetings-with-aberhaven-2030", "rg:count", ox.Literal(4)),
        ("meetings-in-total", "stage-forum-meetings-2030", "rg:count", ox.Literal(9)),
        ("money", "ferry-fund-money", "rg:amount", ox.Literal("7", datatype=ox.NamedNode(RG + "x"))),
        (
            "not-attended",
            "culture-office-not-at-annual-meeting-2030",
            "rg:absentee",
            ox.NamedNode(BASE + "nordljus"),
        ),
        ("not-stated", "gap-stage-coordinator", "rg:aspect", ox.NamedNode(RG + "amount")),
        ("reported-counts", "twin-towns-count", "rg:number", ox.Literal(2)),
        ("roles", "stage-forum-chair", "rg:roleHeld", ox.NamedNode(RG + "secretary")),
        (
            "signatories",
            "lindvik-klippstad-memorandum",
            "rg:signatory",
            ox.NamedNode(BASE + "stage-coordinator"),
        ),
        ("state-of-relations", "declined-invitation-2030", "rg:date", ox.Literal("2029")),
    ],
)
def test_with_another_value_an_answer_is_another(
    city: Asked, name: str, record: str, key: str, value: ox.NamedNode | ox.Literal
) -> None:
    before = city.in_oxigraph(name)
    with city.altered(record, key, value) as store:
        assert city.in_oxigraph(name, store=store) != before
    assert city.in_oxigraph(name) == before


# -- the engine lives ------------------------------------------------------------------------------------


def strain(asked: Asked) -> Iterator[tuple[str, str]]:
    """Each question with each of its record parameters set to the home city, in and without a period."""
    home = f"<{asked.base}{asked.graph.compiled.home}>"
    day = f"^^<{PREFIXES['xsd']}date>"
    year = {"start": f'"2019-01-01"{day}', "end": f'"2019-12-31"{day}'}
    for name, question in asked.questions.items():
        terms: dict[str, str] = {}
        for given in bind(asked.lookup, question, asked.required.get(name, {}), "sv"):
            terms |= {} if given.param.family == "period" else given.terms
        records = [{p.name: home} for p in question.params if p.family == "record"]
        for bound in ({}, *records):
            for when in ({}, year) if question.period else ({},):
                whole = {**terms, **bound, **when}
                yield name, PROLOGUE + prepare(question.text, PREFIXES, whole, (), limits=False)[1].text


def test_no_question_ends_the_engine() -> None:
    """Oxigraph has aborted the process on a path from an unbound variable: asked in a process of its own."""
    folder = str(Path(__file__).parent)
    program = (
        f"import sys; sys.path.insert(0, {folder!r})\n"
        "import test_question_files as t\n"
        "asked = t.Asked(t.ROOT, t.MALMO)\n"
        "for name, text in t.strain(asked):\n"
        "    print(name, flush=True)\n"
        "    list(asked.memory.query(text, use_default_graph_as_union=True))\n"
        "print('alive')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"at {done.stdout.split()[-1:]}: {done.stderr[-2000:]}"
    assert done.stdout.split()[-1] == "alive"
    assert set(NAMES) <= set(done.stdout.split())
