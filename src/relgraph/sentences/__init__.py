"""Records as cited sentences in Swedish and English, from the ontology's templates."""

from relgraph.sentences.abbreviations import Abbreviations
from relgraph.sentences.joining import counts, joined
from relgraph.sentences.language import NUMBERS, capital, genitive, join, quoted, stands_in
from relgraph.sentences.sources import as_of_text, covering
from relgraph.sentences.unlike import certainty_of, outright
from relgraph.sentences.writer import Sentence, SentenceWriter, year_of

__all__ = [
    "NUMBERS",
    "Abbreviations",
    "Sentence",
    "SentenceWriter",
    "as_of_text",
    "capital",
    "certainty_of",
    "counts",
    "covering",
    "genitive",
    "join",
    "joined",
    "outright",
    "quoted",
    "stands_in",
    "year_of",
]
