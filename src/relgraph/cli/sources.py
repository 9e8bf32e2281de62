"""``relgraph sources list|lock|verify|locate``."""

from __future__ import annotations

from pathlib import Path

import click

from relgraph.cli.common import project_of
from relgraph.errors import UsageError
from relgraph.loading import Dataset, Document
from relgraph.model import Citation
from relgraph.project import LOCK_FILE, Checked, data_error
from relgraph.sparql.formats import render_table


@click.group("sources")
def command() -> None:
    """List, lock, verify and search the documents that the graph cites.

    The documents' texts are not in the graph: whoever has the file names it.
    """


def _document(checked: Checked, name: str) -> Document:
    document = checked.dataset.documents.get(name)
    if document is None or document.characters is None:
        known = [d.id for d in checked.dataset.documents.values() if d.characters is not None]
        raise UsageError(
            f"'{name}' is no document with a text", hint=f"known are: {', '.join(sorted(known))}"
        )
    return document


def _text(file: str) -> str:
    from relgraph.sources.segments import decode

    try:
        return decode(Path(file).read_bytes(), file)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}") from error


@command.command("list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List the documents: id, title, period, characters, sections, citations."""
    from relgraph.model import Table

    dataset = project_of(ctx).check().dataset
    records = dataset.by_id()
    cited = _citations(dataset)
    rows = tuple(
        (
            d.id,
            records[d.id].text("name", "sv"),
            d.period,
            "" if d.characters is None else str(d.characters),
            str(len(d.sections)),
            str(sum(1 for _, citation in cited if citation.document == d.id)),
        )
        for d in sorted(dataset.documents.values(), key=lambda d: d.id)
    )
    columns = ("document", "title", "period", "characters", "sections", "citations")
    click.echo(render_table(Table(columns, rows), "table"), nl=False)


@command.command("lock")
@click.argument("document")
@click.argument("file", type=click.Path())
@click.pass_context
def lock(ctx: click.Context, document: str, file: str) -> None:
    """Write graph/sources.lock: places and hashes of the segments and cited ranges of DOCUMENT.

    FILE is the document's text.
    """
    from relgraph.sources.lock import check_document, compare_locks, make_lock
    from relgraph.store.writing import write_atomic

    project = project_of(ctx)
    checked = project.check()
    found = _document(checked, document)
    text = _text(file)
    ranges = [(c.start, c.end) for _, c in _citations(checked.dataset) if c.document == document and c.end]
    new = make_lock(document, text, found.sections, ranges, checked.lock)
    if found.sha256 or found.characters:
        fault = check_document(new, document, found.sha256, found.characters or 0, found.position)
        if fault is not None:
            raise data_error([fault])
    for problem in compare_locks(checked.lock, new, document):
        click.echo(str(problem), err=True)
    write_atomic(project.graph / LOCK_FILE, new.render().encode("utf-8"))
    locked = new.document(document)
    if locked is not None:
        click.echo(
            f"{document}: {len(locked.segments)} segments and {len(locked.cited)} cited ranges locked",
            err=True,
        )


@command.command("verify")
@click.argument("document")
@click.argument("file", type=click.Path())
@click.option("--section", "sections", multiple=True, help="Only this section's coverage; may be repeated.")
@click.pass_context
def verify(ctx: click.Context, document: str, file: str, sections: tuple[str, ...]) -> int:
    """Compare FILE with the lock, and tell how much of DOCUMENT the graph accounts for.

    Every segment is to be cited by a record or listed as not factual. Exits with 1 where it is not.
    """
    from relgraph.model import Table
    from relgraph.sources.verify import COLUMNS
    from relgraph.sources.verify import verify as verify_document

    checked = project_of(ctx).check()
    found = _document(checked, document)
    report = verify_document(
        checked.lock,
        document,
        _text(file),
        _citations(checked.dataset),
        found.not_factual,
        sections=found.sections,
    )
    total = ("all", *report.total.row[1:])
    rows = [count.row for count in report.counts if not sections or count.section in sections]
    click.echo(
        render_table(Table(COLUMNS, (*rows, total) if not sections else tuple(rows)), "table"), nl=False
    )
    shown = [
        p
        for p in report.problems
        if not sections or any(f"section {s} " in f"{p.message} " for s in sections)
    ]
    for problem in shown:
        click.echo(str(problem), err=True)
    return 1 if any(problem.severity == "error" for problem in shown) else 0


@command.command("locate")
@click.argument("document")
@click.argument("file", type=click.Path())
@click.argument("words")
@click.pass_context
def locate(ctx: click.Context, document: str, file: str, words: str) -> int:
    """Find WORDS in FILE and print the lines to paste under 'source:'."""
    from relgraph.sources.segments import segments
    from relgraph.sources.verify import locate as locate_words

    found = _document(project_of(ctx).check(), document)
    text = _text(file)
    places = locate_words(text, segments(text, found.sections), words)
    for place in places:
        for line in place.lines(document):
            click.echo(line)
    if not places:
        click.echo(f"'{words}' is not in {file}", err=True)
    return 0 if places else 1


def _citations(dataset: Dataset) -> list[tuple[str, Citation]]:
    from relgraph.checks import all_citations

    return [(record.id, citation) for record in dataset.records for citation in all_citations(record)]
