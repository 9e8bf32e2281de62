"""Our query path against bare pyoxigraph: nothing legal is refused or changed, no format loses anything."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic
from sparql_corpus import (
    CORPUS,
    GRAPH_FORMATS,
    GRAPHS,
    PREFIXES,
    READERS,
    REJECTED,
    Query,
    as_texts,
    data,
    graph_of,
    multiset,
    of_engine,
    unlabelled,
    write_store,
)
from sparql_watch import events, watch

from relgraph.errors import QueryError
from relgraph.sparql.rows import RowGate, XmlText
from relgraph.sparql.run import prepare, run

BY_NAME = {query.name: query for query in CORPUS}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("corpus") / "store")


@pytest.fixture(scope="module")
def engine(store: Path) -> ox.Store:
    bare = ox.Store()
    bare.load(path=str(store / "whole.nq"), format=ox.RdfFormat.N_QUADS)
    return bare


@pytest.fixture(autouse=True)
def literals_as_written() -> Iterator[None]:
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib's own
        yield
    rdflib.NORMALIZE_LITERALS = before


def bare(engine: ox.Store, query: Query) -> Any:
    """What the engine itself answers."""
    return engine.query(query.decoded, prefixes=PREFIXES, use_default_graph_as_union=query.union)


def through_the_worker(store: Path, query: Query, format: str) -> bytes:
    out = io.BytesIO()
    run(store, query.text, prefixes=PREFIXES, format=format, out=out, allowed_graphs=GRAPHS)
    return out.getvalue()


def in_this_process(engine: ox.Store, query: Query, format: str) -> bytes:
    """The same path without the process between: the text as prepared, the bytes through the gates."""
    info, prepared = prepare(query.text, PREFIXES, {}, GRAPHS)
    answer: Any = engine.query(prepared.text, use_default_graph_as_union=not info.graphs)
    if isinstance(answer, ox.QueryTriples):
        used = {name: iri for name, iri in PREFIXES.items() if name in info.used and name}
        whole = ox.serialize(answer, format=getattr(ox.RdfFormat, GRAPH_FORMATS[format][0]), prefixes=used)
    else:
        whole = answer.serialize(format=getattr(ox.QueryResultsFormat, format.upper()))
    assert whole is not None
    gate = RowGate(format if info.form == "select" else "", 1_000_000)
    text = XmlText() if format in ("xml", "rdfxml") else None
    parts = []
    for start in range(0, len(whole), 61):
        piece = whole[start : start + 61]
        parts.append(gate.feed(text.feed(piece) if text else piece))
    return b"".join([*parts, gate.close()])


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    return [tuple(of_engine(cell) for cell in row) for row in answer]


def test_the_corpus_is_large_and_reads_as_meant() -> None:
    assert len(CORPUS) > 200
    assert len(BY_NAME) == len(CORPUS)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_query_means_the_same_in_every_format(
    store: Path, engine: ox.Store, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And on its way through the worker it opens nothing."""
    watch(monkeypatch, tmp_path / "log")
    query = BY_NAME[name]
    expected = bare(engine, query)
    if isinstance(expected, ox.QueryBoolean):
        answers = {through_the_worker(store, query, "csv"), in_this_process(engine, query, "tsv")}
        assert answers == {str(bool(expected)).lower().encode()}
        assert f'"boolean":{str(bool(expected)).lower()}' in in_this_process(engine, query, "json").decode()
    elif isinstance(expected, ox.QueryTriples):
        same_graph(store, engine, query, list(expected))
    else:
        same_rows(store, engine, query, rows_of(expected))
    assert events(tmp_path / "log") == (1, [])


def same_rows(store: Path, engine: ox.Store, query: Query, rows: list[tuple[Any, ...]]) -> None:
    for format, reader in READERS.items():
        if query.is_new and format != "json":
            continue  # the readers know RDF 1.1
        try:
            if format == "json":
                written = through_the_worker(store, query, format)
            else:
                written = in_this_process(engine, query, format)
        except QueryError as error:
            assert format == "xml"
            assert "which XML cannot hold" in str(error)
            assert any(sign in str(rows) for sign in (r"\x08", r"\x0c"))
            continue
        found = unlabelled(reader(written))
        wanted = unlabelled(as_texts(rows) if format == "csv" else rows)
        if query.ordered:
            assert found == wanted, format
        else:
            assert multiset(found) == multiset(wanted), format


def same_graph(store: Path, engine: ox.Store, query: Query, triples: list[ox.Triple]) -> None:
    if query.is_new:
        found = ox.Dataset(ox.parse(through_the_worker(store, query, "turtle"), ox.RdfFormat.TURTLE))
        wanted = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        for each in (found, wanted):
            each.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        assert found == wanted
        return
    graph = graph_of(triples)
    for format, (_, parser) in GRAPH_FORMATS.items():
        if format == "ntriples":
            written = through_the_worker(store, query, format)
        else:
            written = in_this_process(engine, query, format)
        assert isomorphic(rdflib.Graph().parse(data=written, format=parser), graph), format


@pytest.mark.parametrize("query", REJECTED, ids=lambda query: query.name)
def test_what_the_engine_rejects_is_rejected_with_its_place(store: Path, query: Query) -> None:
    with pytest.raises((SyntaxError, OSError)):
        list(data().query(query.text, prefixes=PREFIXES))  # type: ignore[arg-type]
    with pytest.raises(QueryError) as caught:
        through_the_worker(store, query, "csv")
    assert str(caught.value).startswith(query.name.split()[1] + ": ")


def test_what_xml_cannot_hold_is_told_and_not_lost(store: Path) -> None:
    for text, format, told in (
        (r'SELECT ("a\u0001" AS ?x) {}', "xml", r"U\+0001"),
        (r'SELECT ("a\uFFFE" AS ?x) {}', "xml", r"U\+FFFE"),
        (r'CONSTRUCT { :s :p "a\u001F" } {}', "rdfxml", r"U\+001F"),
        ('CONSTRUCT { :s <http://ex/9> "a" } {}', "rdfxml", "ends in no name"),
    ):
        with pytest.raises(QueryError, match=told) as caught:
            through_the_worker(store, Query("", text), format)
        assert caught.value.hint == "use another --format"


def test_what_xml_cannot_hold_is_seen_across_chunks() -> None:
    for bad in (b"<x>\xef\xbf\xbf", b"<oxprefix: xmlns", b"a\x0cb"):
        text = XmlText()
        with pytest.raises(QueryError):
            for i in range(len(bad)):
                text.feed(bad[i : i + 1])


def test_a_comma_in_an_iri_is_told_and_not_read_as_two_cells(store: Path) -> None:
    """The engine quotes texts for their commas, and IRIs not."""
    odd = Query("", 'SELECT * { VALUES (?x ?y) { (:a "b,c\\"d,\\n") (<http://ex/a,b> UNDEF) } }')
    with pytest.raises(QueryError, match="an IRI with a comma, which this CSV cannot hold"):
        through_the_worker(store, odd, "csv")
    for format in ("json", "xml", "tsv"):
        assert ("iri", "http://ex/a,b") in {
            row[0] for row in READERS[format](through_the_worker(store, odd, format))
        }
    fine = Query("", odd.text.replace("/a,b", "/ab"))
    assert len(READERS["csv"](through_the_worker(store, fine, "csv"))) == 2
