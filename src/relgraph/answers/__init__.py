"""Asking a saved question: values for its parameters, its rows, the records that carry them."""

from relgraph.answers.asking import ask, question_named
from relgraph.answers.model import Answer, Cell, Given, Row
from relgraph.answers.parameters import bind
from relgraph.answers.words import cell_text, grouped

__all__ = ["Answer", "Cell", "Given", "Row", "ask", "bind", "cell_text", "grouped", "question_named"]
