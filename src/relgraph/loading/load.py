"""Files plus Vocabulary -> Dataset; never stops at the first fault.

Codes: RG001–RG008 (:mod:`relgraph.reading.yaml`, ``csv``, ``jsonl``) · RG100 the graph's own description ·
RG101–RG116 records · RG104 unknown record · RG105 duplicate id · RG109 a record of another type than the key
asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from collections.abc import Sequence as SequenceType
from functools import partial
from pathlib import Path
from typing import TypeAlias

from relgraph.loading.dataset import Dataset, Document, GraphInfo
from relgraph.loading.publishing import KEYS as PUBLISHING
from relgraph.loading.publishing import lacking, read_publishing
from relgraph.loading.records import DOCUMENT_KEYS, Loaded, RecordReader
from relgraph.loading.values import IRI, LANGUAGE, ValueReader, suggestion
from relgraph.model import Position, Problem, Ref
from relgraph.reading import Mapping, Node, Scalar, Sequence, csv, jsonl, yaml
from relgraph.vocabulary import STRUCTURAL_KEYS, Vocabulary, local_name

_Read: TypeAlias = Callable[[Path, str], tuple[Node | None, list[Problem]]]

GRAPH_FILE = "graph.yaml"
_NO_RECORD = "correct the id, or write the record that has it"
_MANY_HINTS = 200  # unknown ids for which the nearest known one is looked for
#: files of the graph folder that hold no records: its description, and where the map's nodes stand
_NO_RECORDS = (GRAPH_FILE, "layout.csv")
_INFO_KEYS = (
    "title",
    "base",
    "homeCity",
    "languages",
    "otherLanguages",
    "licence",
    "description",
    "briefings",
    *PUBLISHING,
)


def load(folder: Path, vocabulary: Vocabulary, *, shown: str | None = None) -> Dataset:
    """Load every ``*.yaml``, ``*.csv`` and ``*.jsonl`` of a graph folder.

    ``shown`` is the folder's name in problems (default: its own name). The dataset's records stand in the
    order of file names, then as written; problems are sorted by place.
    """
    name = shown if shown is not None else folder.name
    problems: list[Problem] = []
    info_node, found = yaml.read_file(folder / GRAPH_FILE, f"{name}/{GRAPH_FILE}")
    problems += found
    info = _info(info_node, problems, f"{name}/{GRAPH_FILE}")
    languages = (*info.languages, *info.other_languages)
    reader = RecordReader(vocabulary, ValueReader(vocabulary, languages, problems))
    read: dict[str, _Read] = {
        ".csv": partial(csv.read_file, takes=_columns(vocabulary, languages, problems)),
        ".jsonl": jsonl.read_file,
        ".yaml": yaml.read_file,
    }
    loaded: list[Loaded] = []
    for path in sorted(folder.glob("*.*")):
        if path.suffix not in read or path.name in _NO_RECORDS:
            continue
        node, found = read[path.suffix](path, f"{name}/{path.name}")
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
    _resolve(loaded, problems, info, _briefed(info_node, problems))
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


def read_info(folder: Path, *, shown: str | None = None) -> GraphInfo:
    """What ``graph.yaml`` says of the graph, without the records; what is wrong with it is not told."""
    name = shown if shown is not None else folder.name
    node, _ = yaml.read_file(folder / GRAPH_FILE, f"{name}/{GRAPH_FILE}")
    return _info(node, [], f"{name}/{GRAPH_FILE}")


def lacking_of(info: GraphInfo, agents: Collection[str]) -> list[Problem]:
    """RG118: what a graph lacks to be published; ``agents`` are the ids of those who may publish it."""
    found = lacking(
        info.publishing,
        file=info.position or Position(GRAPH_FILE),
        positions=info.positions,
        licence=info.licence,
        described=bool(info.description),
        languages=info.languages,
        agents=agents,
    )
    return sorted(found, key=lambda problem: problem.sort_key)


def _columns(vocabulary: Vocabulary, languages: tuple[str, ...], problems: list[Problem]) -> csv.Takes:
    """Whether any record could take a column; that none could is told once (RG103, RG110), not row by row."""
    known = {key for kind in vocabulary.kinds.values() for key in kind.rules}
    known |= {*STRUCTURAL_KEYS, *DOCUMENT_KEYS}

    def takes(key: Scalar, language: Scalar | None) -> bool:
        if key.text not in known:
            hint = suggestion(key.text, sorted(known)) or "the keys are the properties of ontology/*.ttl"
            problems.append(Problem("RG103", f"'{key.text}' is no key of any type", key.position, hint=hint))
            return False
        if language is not None and language.text not in languages:
            message = f"'{language.text}' is not a language of this graph"
            hint = f"its languages are {', '.join(languages)}"
            problems.append(Problem("RG110", message, language.position, hint=hint))
            return False
        return True

    return takes


def _resolve(
    loaded: SequenceType[Loaded],
    problems: list[Problem],
    info: GraphInfo,
    briefed: SequenceType[tuple[str, Position]],
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
    hints: dict[str, str] = {}

    def near(id_: str) -> str:
        # to compare one id with all takes some 10 µs a record: enough is enough
        if id_ not in hints and len(hints) < _MANY_HINTS:
            hints[id_] = suggestion(id_, kinds) or _NO_RECORD
        return hints.get(id_, _NO_RECORD)

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
                            hint=near(each.value.id),
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
                                hint="name a record of that type, or use another key or type",
                            )
                        )
    if info.home and info.home not in kinds:
        problems.append(
            Problem(
                "RG104",
                f"'{info.home}' is not a known record",
                info.positions.get("homeCity"),
                hint=suggestion(info.home, kinds) or "write the id of the city's own record",
            )
        )
    for id_, position in briefed:
        if id_ not in kinds:
            problems.append(Problem("RG104", f"'{id_}' is not a known record", position, hint=near(id_)))


def _info(node: Node | None, problems: list[Problem], file: str) -> GraphInfo:
    def fault(message: str, position: Position, hint: str | None = None) -> None:
        problems.append(Problem("RG100", message, position, hint=hint))

    if node is None:
        if not problems:  # else they say why it could not be read
            fault(f"{GRAPH_FILE} is empty", Position(file), "write title, base, homeCity and languages")
        return GraphInfo()
    if not isinstance(node, Mapping):
        hint = "write title: {sv: …, en: …} and the other keys, without '-'"
        fault("the description of the graph is a mapping", node.position, hint)
        return GraphInfo()
    positions = {key.text: key.position for key, _ in node.entries}
    for key, _ in node.entries:
        if key.text not in _INFO_KEYS:
            hint = suggestion(key.text, _INFO_KEYS) or f"its keys are {', '.join(_INFO_KEYS)}"
            fault(f"'{key.text}' is no key of {GRAPH_FILE}", key.position, hint)

    def word(key: str) -> str:
        value = node.get(key)
        return value.text if isinstance(value, Scalar) else ""

    def words(key: str) -> tuple[str, ...]:
        value = node.get(key)
        if isinstance(value, Scalar):
            return (value.text,)
        items = value.items if isinstance(value, Sequence) else ()
        if isinstance(value, Mapping):
            fault(f"'{key}' is a list", value.position, f"write {key}: [sv, en]")
        return tuple(item.text for item in items if isinstance(item, Scalar))

    tags: list[Scalar] = []
    for name in ("title", "description", "languages", "otherLanguages"):
        value = node.get(name)
        if isinstance(value, Mapping):
            tags += [tag for tag, _ in value.entries]
        elif value is not None and name == "description":
            fault("'description' needs a language", value.position, "write description: {sv: …, en: …}")
        elif value is not None and name != "title":
            items = value.items if isinstance(value, Sequence) else (value,)
            tags += [item for item in items if isinstance(item, Scalar)]
    for tag in tags:
        if tag.text and not LANGUAGE.fullmatch(tag.text):
            fault(f"'{tag.text}' is no language tag", tag.position, "such as sv, en, sme or zh-Hant (BCP 47)")

    base = word("base")
    if not (IRI.fullmatch(base) and base.endswith(("/", "#")) and "?" not in base):
        fault(
            "'base' is the graph's base address and ends in / or #",
            positions.get("base", node.position),
            "for example base: https://example.org/city/",
        )
        base = "https://example.invalid/"
    titles, description = _texts(node.get("title")), _texts(node.get("description"))
    if not titles:
        hint = "write title: {sv: …, en: …}"
        fault("'title' gives the graph's name by language", positions.get("title", node.position), hint)
    if not word("homeCity"):
        message = "'homeCity' names the record of the city whose relationships these are"
        fault(message, positions.get("homeCity", node.position), "write homeCity: and the id of that record")
    publishing = read_publishing(node)
    problems += publishing.faults
    return GraphInfo(
        title=titles,
        description=description,
        base=base,
        home=word("homeCity"),
        languages=tuple(t for t in words("languages") if LANGUAGE.fullmatch(t)) or ("sv", "en"),
        other_languages=tuple(t for t in words("otherLanguages") if LANGUAGE.fullmatch(t)),
        licence=word("licence"),
        briefings=tuple(item.text for item in _items(node.get("briefings"))),
        publishing=publishing,
        position=Position(file),
        positions=positions,
    )


def _items(node: Node | None) -> list[Scalar]:
    """The words of a list, or the one word that stands in its place."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return [item for item in items if isinstance(item, Scalar)]


def _briefed(info: Node | None, problems: list[Problem]) -> list[tuple[str, Position]]:
    """On whom briefings are to be written, by id, with its place; what is no list of ids is a problem."""
    node = info.get("briefings") if isinstance(info, Mapping) else None
    if node is None:
        return []
    hint = "write briefings: [id, id]"
    found: dict[str, Position] = {}
    for item in node.items if isinstance(node, Sequence) else (node,):
        if not isinstance(item, Scalar):
            problems.append(Problem("RG100", "'briefings' is a list of ids", item.position, hint=hint))
        elif item.text in found:
            message = f"'{item.text}' stands twice in 'briefings'"
            problems.append(Problem("RG100", message, item.position, hint="leave out one of them"))
        else:
            found[item.text] = item.position
    return [(id_, position) for id_, position in found.items() if id_]


def _texts(node: Node | None) -> dict[str, str]:
    """The texts of a language map."""
    entries = node.entries if isinstance(node, Mapping) else ()
    return {key.text: value.text for key, value in entries if isinstance(value, Scalar)}
