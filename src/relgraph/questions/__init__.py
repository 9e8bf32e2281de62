"""Saved questions: ``model`` what one is, ``reader`` from file to question, ``check`` what is wrong with it.

A question is SPARQL with a header in two languages. Answering it is the matter of :mod:`relgraph.answers`.
"""

from relgraph.questions.model import (
    AS_OF,
    CITATION,
    HOLDS,
    LANGUAGES,
    PERIOD_VARIABLES,
    STATE,
    Parameter,
    Question,
    QuestionFile,
)
from relgraph.questions.reader import read_question

__all__ = [
    "AS_OF",
    "CITATION",
    "HOLDS",
    "LANGUAGES",
    "PERIOD_VARIABLES",
    "STATE",
    "Parameter",
    "Question",
    "QuestionFile",
    "read_question",
]
