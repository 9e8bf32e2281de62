"""Briefings on more than one party: a visit, and what lies fallow; and on whom there may be one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from relgraph.lookup import Lookup
from relgraph.model import Ref, Term
from relgraph.namespaces import RG
from relgraph.sentences import join
from relgraph.time import MAX
from relgraph.views.briefing.blocks import Block, Briefing, Field, Figure, Heading, Note, Paragraph
from relgraph.views.briefing.content import FIELDS, Party, closed, fields, kind_of, names_of
from relgraph.views.briefing.teller import Teller
from relgraph.views.profile import ends, profile

if TYPE_CHECKING:
    import networkx as nx

#: how many connections a visit tells
CONNECTIONS = 8
#: groups of what has happened, or was to
HAPPENED = ("groupActivity", "groupCooperation", "groupSensitivity")
#: the keys that date something, rather than say that it was so at some time
DATING = ("date", "during", "from", "to")
#: whom ``--all`` writes on: kinds of briefing in the order of the index
SUBJECTS = ("city", "network", "department")


def visit(teller: Teller, ids: Sequence[str], *, purpose: str = "", figure: Figure | None = None) -> Briefing:
    """What is to be known of several parties before a visit: what connects them, then each by itself.

    What connects two of them is told once, at the beginning, where ``figure`` stands too.
    """
    records = [teller.lookup.record(id_) for id_ in ids]
    names = names_of(teller, records)
    blocks: list[Block] = [
        Heading(teller.word("title visit", join(names, teller.lang)), 1),
        *teller.opening(purpose=purpose),
    ]
    if records[1:]:
        joining = teller.lookup.records(teller.lookup.joining(list(ids)))
        wanted = set(ids)
        both = [r for r in joining if len(wanted & ends(teller.lookup, r)) > 1]
        told = teller.items(teller.holding(both), CONNECTIONS)
        blocks.append(Heading(teller.word("connections")))
        blocks += [*told, *_paths(teller, ids)] or [Note(teller.word("no connections"))]
    if figure is not None:
        blocks.append(figure)
    shared = set(teller.told)
    for record, name in zip(records, names, strict=True):
        teller.told = set(shared)
        found = profile(teller.lookup, record, teller.lang, when=teller.when)
        blocks.append(Heading(name))
        blocks += Party.of(teller, record, found).blocks(level=3, share=min(4, len(records)))
    blocks += fields(teller, FIELDS)
    return closed(teller, " ".join(ids), blocks)


def _paths(teller: Teller, ids: Sequence[str]) -> list[Block]:
    """The best path between each two parties, round the home city, where it leads over others."""
    from relgraph.analysis.paths import path_network, shortest

    graph = path_network(teller.lookup, when=teller.when)
    home = teller.lookup.compiled.home
    blocks: list[Block] = []
    for a, b in combinations(ids, 2):
        for path in shortest(graph, a, b, 1, [home] if home not in (a, b) else []):
            steps = zip(path.nodes, path.nodes[1:], path.edges, strict=False)
            records = [_edge(graph, start, end, keys[0]) for start, end, keys in steps]
            said = tuple(teller.cited(teller.lookup.record(id_)) for id_ in records if id_ not in teller.told)
            if said and path.nodes[2:]:
                names = (teller.writer.name(id_) for id_ in path.nodes)
                blocks += [Note(f"{' – '.join(names)}:"), Paragraph(said)]
    return blocks


def _edge(graph: nx.MultiDiGraph, start: str, end: str, key: str) -> str:
    """The id of the record in which an edge between two nodes is stated."""
    data = graph.get_edge_data(start, end, key) or graph.get_edge_data(end, start, key)
    return str(data["record"])


def dormant(teller: Teller, *, purpose: str = "") -> Briefing:
    """The relationships of which a source says that there was no active work, and what happened last."""
    from relgraph.analysis import Evidence, analyse

    lookup = teller.lookup
    result = analyse("activity", Evidence(lookup, teller.when))
    found: dict[str, list[str]] = {}
    for row in result.tables[0].rows:
        subject = row.cells[0]
        levels = [cell for cell in row.cells if isinstance(cell, Term)]
        concepts = [lookup.vocabulary.concepts.get(level.iri) for level in levels]
        if isinstance(subject, Ref) and any(each and each.line == "dormant" for each in concepts):
            found.setdefault(subject.id, []).append(row.records[0])
    blocks: list[Block] = [Heading(teller.word("title dormant"), 1), *teller.opening(purpose=purpose)]
    blocks.append(Note(teller.word("dormant" if found else "no dormant")))
    for id_, assessments in sorted(found.items(), key=lambda one: names_of_ids(teller, one[0])):
        blocks.append(Heading(names_of_ids(teller, id_)))
        record = lookup.record(id_)
        teller.told = set()
        if record.sources and ends(lookup, record):
            blocks.append(Paragraph((teller.cited(record),)))
        blocks += [Paragraph((teller.cited(each),)) for each in lookup.records(assessments)]
        blocks += _last(teller, id_)
        blocks.append(Field(f"next-{id_}", teller.word("field next"), standing=False))
    return closed(teller, "dormant", blocks)


def names_of_ids(teller: Teller, *ids: str) -> str:
    """The names of records, joined by commas."""
    return ", ".join(names_of(teller, teller.lookup.records(ids)))


def _last(teller: Teller, id_: str) -> list[Block]:
    """The newest dated statement on what happened, or was to, with the parties of a relationship."""
    lookup = teller.lookup
    home = lookup.compiled.home
    joined = ends(lookup, lookup.record(id_)) or {id_}
    about = {other for party in sorted(joined - {home}) for other in lookup.about(party)}
    done = []
    for record in lookup.records(sorted(about)):
        group = lookup.vocabulary.kinds[record.type].group
        dated = group in {RG + name for name in HAPPENED} and any(key in record.values for key in DATING)
        begin = teller.bounds(record).latest_begin if dated else MAX
        if record.sources and begin != MAX and (teller.day is None or begin <= teller.day):
            done.append(record)
    if not done:
        return [Note(teller.word("no last"))]
    newest = teller.newest_first(teller.holding(done))[:1]
    return [Heading(teller.word("last"), 3), *(Paragraph((teller.cited(each),)) for each in newest)]


def subjects(lookup: Lookup) -> dict[str, list[str]]:
    """By kind of briefing, those of whom ``--all`` writes: partners, networks, units, save the home city.

    They go by their facet, save those without a name, and those of a kind of whom the ontology says that a
    briefing is of no use; sorted by id.
    """
    found: dict[str, list[str]] = {kind: [] for kind in SUBJECTS}
    for record in lookup.records(lookup.ids_of(RG + "Agent")):
        kind = kind_of(lookup, record)
        wanted = lookup.vocabulary.kinds[record.type].briefed and not record.flag("placeholder")
        if kind in found and wanted and record.id != lookup.compiled.home:
            found[kind].append(record.id)
    return found
