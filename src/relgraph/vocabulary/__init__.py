"""What can be said: the ontology as plain data."""

from relgraph.vocabulary.model import (
    STRUCTURAL_KEYS,
    TIME_KEYS,
    UNDER,
    Concept,
    KeyRule,
    Kind,
    Property,
    Style,
    Vocabulary,
    local_name,
    pick,
)
from relgraph.vocabulary.turtle import read_vocabulary, vocabulary_files

__all__ = [
    "STRUCTURAL_KEYS",
    "TIME_KEYS",
    "UNDER",
    "Concept",
    "KeyRule",
    "Kind",
    "Property",
    "Style",
    "Vocabulary",
    "local_name",
    "pick",
    "read_vocabulary",
    "vocabulary_files",
]
