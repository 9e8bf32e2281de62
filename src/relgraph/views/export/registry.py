"""The formats of ``relgraph export``: the one list that the command, its help and the tests go by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import IO

from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.project import Project
from relgraph.views.export.lines import Advance, no_advance
from relgraph.views.export.selection import Selection, select
from relgraph.when import When


@dataclass(frozen=True)
class Job:
    """What is asked of a format: a graph, a time, a language.

    ``advance`` hears of the statements that have gone by, as often as the format has :attr:`Format.passes`.
    """

    project: Project
    when: When | None = None
    lang: str = "sv"
    advance: Advance = no_advance

    @cached_property
    def lookup(self) -> Lookup:
        """The records of the compiled graph, which is built first where it has to be."""
        return Lookup(self.project.compiled(), self.project.vocabulary)

    @property
    def statements(self) -> int:
        """How many statements the graph holds."""
        counts = self.project.compiled().counts
        return counts.asserted + counts.derived

    @cached_property
    def selection(self) -> Selection:
        """What the time leaves out."""
        return select(self.lookup, self.when)


@dataclass(frozen=True, slots=True)
class Format:
    """One format: ``family`` groups it in the help, ``suffix`` is that of its files, ``module`` writes it.

    ``module`` is one of this package, or of the views where it has a dot. Its ``write_NAME`` takes the job
    and an open file, or the job and an empty folder where ``folder`` is true. ``mark`` names the file by
    which a folder of this make is known. ``dated`` is false of what says the same at all times, and ``text``
    of what no terminal shows.
    """

    name: str
    family: str
    suffix: str
    module: str
    title: str
    folder: bool = False
    mark: str = ""
    dated: bool = True
    text: bool = True
    slow: int = 100_000
    """As many statements are read and written in about a second: more of them show a bar."""
    passes: int = 2
    """How often each statement goes by: as it is read and as it is written."""

    def write(self, job: Job, out: IO[bytes]) -> None:
        """Write to an open file. Raises :class:`UsageError` for a time where none applies."""
        self._writer(job)(job, out)

    def fill(self, job: Job, folder: Path) -> None:
        """Write the files of a folder."""
        self._writer(job)(job, folder)

    def _writer(self, job: Job) -> Callable[..., None]:
        if job.when is not None and not self.dated:
            raise UsageError(f"{self.name} describes the whole graph: it takes neither --year nor --as-of")
        whole = self.module if "." in self.module else f"export.{self.module}"
        module = import_module(f"relgraph.views.{whole}")
        found: Callable[..., None] = getattr(module, f"write_{self.name.replace('-', '_')}")
        return found


_ALL = (
    Format("turtle", "RDF", ".ttl", "rdf", "Turtle: what is asserted and what is derived, as one graph"),
    Format("trig", "RDF", ".trig", "rdf", "TriG: the same as two named graphs"),
    Format("nquads", "RDF", ".nq", "rdf", "N-Quads: the same, one statement a line"),
    Format("ntriples", "RDF", ".nt", "rdf", "N-Triples: one graph, one statement a line"),
    Format("rdfxml", "RDF", ".rdf", "rdf", "RDF/XML: one graph"),
    Format("jsonld", "RDF", ".jsonld", "jsonld", "JSON-LD: one graph, one object a record"),
    Format(
        "csv",
        "Tables",
        ".csv",
        "csv",
        "a folder of CSV files, one a kind, with a CSVW description",
        folder=True,
        mark="csv-metadata.json",
    ),
    Format("xlsx", "Tables", ".xlsx", "xlsx", "an Excel workbook, one sheet a kind", text=False),
    Format("graphml", "Networks", ".graphml", "networks", "GraphML, for yEd, Gephi, Cytoscape and igraph"),
    Format("gexf", "Networks", ".gexf", "networks", "GEXF with time and colours, for Gephi and Gephi Lite"),
    Format("node-link", "Networks", ".json", "networks", "node-link JSON, for networkx and D3"),
    Format("dot", "Networks", ".dot", "diagrams", "DOT, for Graphviz"),
    Format("mermaid", "Networks", ".mmd", "diagrams", "Mermaid, for small networks in Markdown"),
    Format("void", "Publishing", ".ttl", "void", "VoID: what the graph holds, counted", dated=False),
    Format(
        "dcat",
        "Publishing",
        ".ttl",
        "publishing",
        "DCAT-AP-SE 3: the graph as a published dataset, from graph/graph.yaml",
        dated=False,
    ),
    Format(
        "site",
        "Publishing",
        "",
        "site.writing",
        "a folder of web pages that opens without a server: a page a party, map, search, data",
        folder=True,
        mark="relgraph-site.json",
        slow=2_000,
        passes=1,
    ),
)

#: by name, in the order of the help
FORMATS: Mapping[str, Format] = {each.name: each for each in _ALL}


def families() -> dict[str, list[Format]]:
    """The formats by family, both in order."""
    found: dict[str, list[Format]] = {}
    for each in _ALL:
        found.setdefault(each.family, []).append(each)
    return found
