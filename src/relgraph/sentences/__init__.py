"""Records as cited sentences in Swedish and English, from the ontology's templates."""

from relgraph.sentences.joining import joined
from relgraph.sentences.language import NUMBERS, genitive, join, quoted, sentence_case
from relgraph.sentences.sources import as_of_text
from relgraph.sentences.writer import Sentence, SentenceWriter, certainty_of, year_of

__all__ = [
    "NUMBERS",
    "Sentence",
    "SentenceWriter",
    "as_of_text",
    "certainty_of",
    "genitive",
    "join",
    "joined",
    "quoted",
    "sentence_case",
    "year_of",
]
