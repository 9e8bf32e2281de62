"""Files plus Vocabulary -> Dataset; never stops at the first fault.

Codes: RG001–RG008 (:mod:`relgraph.reading.yaml`) · RG100 the graph's own description · RG101–RG116 records ·
RG104 unknown record · RG105 duplicate id · RG109 a record of another type than the key asks for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as SequenceType
from pathlib import Path

from relgraph.loading.dataset import Dataset, Document, GraphInfo
from relgraph.loading.records import Loaded, RecordReader
from relgraph.loading.values import ValueReader, suggestion
from relgraph.model import Position, Problem, Ref
from relgraph.reading import Mapping, Node, Scalar, Sequence
from relgraph.reading.yaml import read_file
from relgraph.vocabulary import Vocabulary, local_name

GRAPH_FILE = "graph.yaml"
_INFO_KEYS = (
    "title",
    "base",
    "homeCity",
    "languages",
    "otherLanguages",
    "licence",
    "publisher",
    "description",
)
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


def load(folder: Path, vocabulary: Vocabulary, *, shown: str | None = None) -> Dataset:
    """Load every ``*.yaml`` of a graph folder.

    ``shown`` is the folder's name in problems (default: its own name). The dataset's records stand in the
    order of file names, then as written; problems are sorted by place.
    """
    name = shown if shown is not None else folder.name
    problems: list[Problem] = []
    info_node, found = read_file(folder / GRAPH_FILE, f"{name}/{GRAPH_FILE}")
    problems += found
    info = _info(info_node, problems, f"{name}/{GRAPH_FILE}")
    reader = RecordReader(
        vocabulary, ValueReader(vocabulary, (*info.languages, *info.other_languages), problems)
    )
    loaded: list[Loaded] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == GRAPH_FILE:
            continue
        node, found = read_file(path, f"{name}/{path.name}")
        problems += found
        if node is None:
            continue
        if not isinstance(node, Sequence):
            problems.append(
                Problem(
                    "RG101",
                    "a file of records is a list",
                    node.position,
                    hint="begin each record with '- id:'",
                )
            )
            continue
        loaded += [one for item in node.items if (one := reader.read(item)) is not None]
    _resolve(loaded, vocabulary, problems, info)
    documents: dict[str, Document] = {}
    for one in loaded:
        if one.document is not None:
            documents.setdefault(one.document.id, one.document)
    return Dataset(
        info,
        tuple(one.record for one in loaded),
        documents,
        tuple(sorted(problems, key=lambda problem: problem.sort_key)),
    )


def _resolve(
    loaded: SequenceType[Loaded], vocabulary: Vocabulary, problems: list[Problem], info: GraphInfo
) -> None:
    """Look up every reference once all records are known."""
    kinds: dict[str, Loaded] = {}
    for one in loaded:
        first = kinds.setdefault(one.record.id, one)
        if first is not one:
            problems.append(
                Problem(
                    "RG105",
                    f"the id '{one.record.id}' is already that of another record",
                    one.record.at("id"),
                    hint=f"the first is at {first.record.position}",
                )
            )
    for one in loaded:
        for key, placed in one.placed.items():
            for each in placed:
                if not isinstance(each.value, Ref):
                    continue
                target = kinds.get(each.value.id)
                if target is None:
                    problems.append(
                        Problem(
                            "RG104",
                            f"'{each.value.id}' is not a known record",
                            each.position,
                            hint=suggestion(each.value.id, kinds),
                        )
                    )
                    continue
                for class_iri in one.rules[key].classes:
                    if not target.kind.is_a(class_iri):
                        given, wanted = target.kind.name, local_name(class_iri)
                        problems.append(
                            Problem(
                                "RG109",
                                f"'{each.value.id}' is of type {given}, and '{key}' takes {wanted}",
                                each.position,
                            )
                        )
    if info.home and info.home not in kinds:
        problems.append(
            Problem(
                "RG104",
                f"'{info.home}' is not a known record",
                info.positions.get("homeCity"),
                hint=suggestion(info.home, kinds),
            )
        )


def _info(node: Node | None, problems: list[Problem], file: str) -> GraphInfo:
    def fault(message: str, position: Position, hint: str | None = None) -> None:
        problems.append(Problem("RG100", message, position, hint=hint))

    if node is None:
        return GraphInfo()
    if not isinstance(node, Mapping):
        fault("the description of the graph is a mapping", node.position)
        return GraphInfo()
    positions = {key.text: key.position for key, _ in node.entries}
    for key, _ in node.entries:
        if key.text not in _INFO_KEYS:
            fault(f"'{key.text}' is no key of {GRAPH_FILE}", key.position, suggestion(key.text, _INFO_KEYS))

    def word(key: str) -> str:
        value = node.get(key)
        return value.text if isinstance(value, Scalar) else ""

    def words(key: str) -> tuple[str, ...]:
        value = node.get(key)
        if isinstance(value, Scalar):
            return (value.text,)
        items = value.items if isinstance(value, Sequence) else ()
        return tuple(item.text for item in items if isinstance(item, Scalar))

    base = word("base")
    if not _BASE.fullmatch(base):
        fault(
            "'base' is the graph's base address and ends in / or #",
            positions.get("base", node.position),
            "for example base: https://example.org/city/",
        )
        base = "https://example.invalid/"
    titles, description = _texts(node.get("title")), _texts(node.get("description"))
    if not titles:
        fault("'title' gives the graph's name by language", positions.get("title", node.position))
    if not word("homeCity"):
        fault("'homeCity' names the record of the city whose relationships these are", node.position)
    return GraphInfo(
        title=titles,
        description=description,
        base=base,
        home=word("homeCity"),
        languages=words("languages") or ("sv", "en"),
        other_languages=words("otherLanguages"),
        licence=word("licence"),
        position=Position(file),
        positions=positions,
    )


def _texts(node: Node | None) -> dict[str, str]:
    """The texts of a language map."""
    entries = node.entries if isinstance(node, Mapping) else ()
    return {key.text: value.text for key, value in entries if isinstance(value, Scalar)}
