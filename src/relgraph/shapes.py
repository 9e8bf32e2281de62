"""SHACL over the triples, as a second pair of eyes: the loader enforces the same shapes, with positions.

pySHACL reads rdflib graphs and takes seconds for a thousand relationships, so this runs only where asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.loading import Dataset
from relgraph.model import Problem
from relgraph.namespaces import PREFIXES
from relgraph.triples import quads
from relgraph.vocabulary import Vocabulary, local_name

if TYPE_CHECKING:
    import rdflib

SH = PREFIXES["sh"]


def validate(dataset: Dataset, vocabulary: Vocabulary, ontology: Sequence[Path]) -> list[Problem]:
    """The violations that pySHACL finds (``RG501``), each at the record's own key where it can be told.

    ``dataset`` must be without errors of its own: what cannot be typed has no triples.
    """
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    lines = (f"{s} {p} {o} .\n" for s, p, o, _ in quads(dataset, vocabulary))
    data.parse(data="".join(lines), format="nt")
    shapes = rdflib.Graph()
    for path in ontology:
        shapes.parse(path, format="turtle")
    # as data, not as pySHACL's ``ont_graph``: of that it takes classes and properties, and no concepts
    data += shapes
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    return sorted(_problems(report, dataset, vocabulary), key=lambda p: p.sort_key)


def _problems(report: rdflib.Graph, dataset: Dataset, vocabulary: Vocabulary) -> list[Problem]:
    import rdflib

    records = dataset.by_id()
    key_of = {prop.iri: key for key, prop in vocabulary.properties.items()}
    found: list[Problem] = []
    for result in report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult")):
        focus = str(report.value(result, rdflib.URIRef(SH + "focusNode")))
        path = str(report.value(result, rdflib.URIRef(SH + "resultPath")))
        messages = sorted(str(m) for m in report.objects(result, rdflib.URIRef(SH + "resultMessage")))
        local = focus.removeprefix(dataset.info.base)
        # citation and alias nodes are named after the record that they belong to
        owner = local.split("/")[1] if local.startswith(("citation/", "alias/")) else local.split("/")[0]
        record = records.get(owner)
        key = key_of.get(path, local_name(path))
        message = messages[0] if messages else "the shape is not met"
        found.append(Problem("RG501", f"'{owner}', {key}: {message}", record.at(key) if record else None))
    return found
