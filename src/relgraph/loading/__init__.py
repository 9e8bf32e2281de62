"""What is known: YAML files and the vocabulary become a dataset of typed records."""

from relgraph.loading.dataset import Dataset, Document, GraphInfo
from relgraph.loading.load import GRAPH_FILE, lacking_of, load, read_info
from relgraph.loading.records import term_name
from relgraph.loading.values import suggestion

__all__ = [
    "GRAPH_FILE",
    "Dataset",
    "Document",
    "GraphInfo",
    "lacking_of",
    "load",
    "read_info",
    "suggestion",
    "term_name",
]
