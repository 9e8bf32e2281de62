"""One page a saved question: its answer as a table, the sentences it rests on, the question in SPARQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from relgraph.answers import Answer, Cell, ask, question_named
from relgraph.errors import QueryLimitError
from relgraph.questions import Question
from relgraph.views.answer import Answered
from relgraph.views.site.costs import large, limits
from relgraph.views.site.entities import place
from relgraph.views.site.examples import example
from relgraph.views.site.frame import Site
from relgraph.views.site.linked import Piece, Statement, statement
from relgraph.views.site.words import word
from relgraph.vocabulary import pick

#: rows of an answer on its page; all of them are given by the command, which the page names
ROWS = 500
#: the tag of a question whose answer grows faster than the graph, as one does that follows chains
HEAVY = "heavy"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, with links, and the numbers of its sources."""

    cells: tuple[Piece, ...]
    marks: tuple[int, ...]


def questions(site: Site) -> list[Question]:
    """All questions of the project, by name; raises :class:`DataError` where one is broken."""
    project = site.job.project
    return [question_named(project, name) for name in sorted(project.question_files())]


def question_page(lang: str, question: Question) -> str:
    """The path of a question's page."""
    return f"{lang}/question/{question.name}.html"


def needs(question: Question) -> bool:
    """Whether the question has no answer until something is chosen."""
    return any(param.required and not param.default for param in question.params)


def left_out(site: Site, question: Question) -> bool:
    """Whether the answer is left to the command: the graph is large, and the answer grows faster than it."""
    return HEAVY in question.tags and large(site.lookup)


def add_answers(site: Site, asked: list[Question]) -> Iterator[str]:
    """Make the page of each question in each language; yields the paths."""
    job = site.job
    for question in asked:
        when = job.when if question.period is not None else None
        usual = site.usual if when is None else None
        answer: Answer | None = None
        chosen, values = None, dict[str, str]()
        left = "left out" if left_out(site, question) else ""
        try:
            if left:
                pass
            elif usual is not None and usual.question.name == question.name:
                answer = usual
            elif needs(question):
                chosen = example(site, question)
            else:
                answer = ask(
                    site.lookup, question, {}, when=when, project=job.project, limits=limits(site.lookup)
                )
        except QueryLimitError:
            if not large(
                site.lookup
            ):  # a question of the project's own, which the command does not answer either
                raise
            left = "stopped"
        if chosen:
            values, answer = chosen
        for lang in site.languages:
            _add(site, question, answer, lang, values, left)
            yield question_page(lang, question)


def _add(
    site: Site,
    question: Question,
    answer: Answer | None,
    lang: str,
    values: Mapping[str, str],
    left: str,
) -> None:
    """Make a page; ``values`` are those of an example, of a question that needs some.

    Where the answer is left to the command, ``left`` is the key of the words that say why.
    """
    first, more = _first(answer) if answer else (None, 0)
    found = Answered.of(first, site.lookup, lang) if first else None
    columns, rows = _table(found, answer.filled) if found and answer else ((), ())
    said = _said(site, found) if found and not more and not found.answer.cut else ()
    needed = [p for p in question.params if p.required and not p.default]
    choices = "".join(f" --param {p.name}={values.get(p.name, '…')}" for p in needed)
    given = {each.param.name: each for each in answer.given} if answer else {}
    shown = "; ".join(f"{pick(p.label, lang)} – {pick(given[p.name].words, lang)}" for p in needed if values)
    site.add(
        "question.html.jinja",
        lang,
        lambda lang: question_page(lang, question),
        title=pick(question.title, lang),
        question=question,
        summary=pick(question.summary, lang),
        description=pick(question.description, lang),
        found=found,
        left_out=left,
        needed=" ".join(f"--param {p.name}=…" for p in needed),
        labels=[(p.name, pick(p.label, lang)) for p in needed],
        example=shown,
        limited=found.time if found else "",
        columns=columns,
        rows=rows,
        more=more,
        cut=answer.cut if answer else False,
        count=_count(found, len(rows) + more) if found else "",
        empty=f"{found.word('no rows')} {pick(question.empty, lang)}" if found and not rows else "",
        statements=said,
        said_title=found.word("said") if found else "",
        read_title=found.word("read") if found else "",
        command=f"relgraph ask {question.name}{choices}" + (f" --lang {lang}" if lang != "sv" else ""),
        sources=[place(site, lang, citation) for citation in found.citations] if found else [],
    )


def _first(answer: Answer) -> tuple[Answer, int]:
    """The answer with the rows that its page shows, and how many rows of other cells there are.

    No more is told: to write the sentences of all that carries an answer takes longer than the page.
    """
    kept, seen = [], dict[tuple[Cell, ...], int]()
    for row in answer.rows:
        if seen.setdefault(tuple(row.cells[name] for name in answer.columns), len(seen)) < ROWS:
            kept.append(row)
    return replace(answer, rows=tuple(kept)), max(0, len(seen) - ROWS)


def _count(found: Answered, rows: int) -> str:
    """How many rows there are, as far as they are known."""
    count = found.count(rows)
    return word("at least", found.lang, count) if found.answer.cut else count


def _table(found: Answered, filled: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Labels and rows, with the columns that the whole answer has ``filled``."""
    labels, body = found.rows(lambda cell: _piece(found, cell), filled)
    rows = (
        Row(cells, tuple(sorted({found.sources.number(place) for place in places})))
        for cells, places in body.items()
    )
    return labels, tuple(rows)


def _piece(found: Answered, cell: Cell) -> Piece:
    return Piece(found.cell(cell), cell.value if cell.kind == "record" else "")


def _said(site: Site, found: Answered) -> tuple[Statement, ...]:
    """The sentences of the records that carry the rows."""
    return tuple(
        statement(each, each.full, found.sources, ids=site.named_in(each.record), name_of=found.writer.name)
        for each in found.sentences.values()
    )
