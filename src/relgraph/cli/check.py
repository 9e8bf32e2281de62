"""``relgraph check``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import click

from relgraph.cli.common import project_of
from relgraph.errors import DataError
from relgraph.model import Problem


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check came to: sorted problems, and the number of records looked at (None: not so far)."""

    problems: Sequence[Problem]
    records: int | None

    def count(self, severity: str) -> int:
        """The number of problems of a severity."""
        return sum(1 for p in self.problems if p.severity == severity)


def _text(findings: Findings) -> str:
    return "".join(f"{problem}\n" for problem in findings.problems)


def _json(findings: Findings) -> str:
    import json

    problems = [
        {
            "file": p.position.file if p.position else None,
            "line": p.position.line if p.position else None,
            "column": p.position.column if p.position else None,
            "severity": p.severity,
            "code": p.code,
            "message": p.message,
            "hint": p.hint,
        }
        for p in findings.problems
    ]
    whole = {
        "records": findings.records,
        "errors": findings.count("error"),
        "warnings": findings.count("warning"),
        "problems": problems,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


#: how findings are written; the choices of --format
REPORTERS: Mapping[str, Callable[[Findings], str]] = {"text": _text, "json": _json}


@click.command("check")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--shacl", is_flag=True, help="Also validate the triples with pySHACL (slow on large graphs).")
@click.option("--format", "form", type=click.Choice(list(REPORTERS)), default="text", show_default=True)
@click.option("--explain", "code", metavar="CODE", help="Say what a code such as RG104 means and what to do.")
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help="Language of the explanation.",
)
@click.pass_context
def command(ctx: click.Context, strict: bool, shacl: bool, form: str, code: str | None, lang: str) -> int:
    """Report every problem of the graph, with file, line and column, sorted by place.

    Exits with 0 if there is no error, with 1 if there is.
    """
    if code is not None:
        from relgraph.codes import explain

        click.echo(explain(code, lang), nl=False)
        return 0
    project = project_of(ctx)
    try:
        checked = project.check()
        problems = list(checked.problems)
        if shacl and not checked.errors:
            from relgraph.shapes import validate

            problems += validate(checked.dataset, checked.vocabulary, project.ontology_files())
        findings = Findings(problems, len(checked.dataset.records))
    except DataError as error:  # the ontology cannot be read, so that no record could be
        findings = Findings(error.problems, None)
    click.echo(REPORTERS[form](findings), nl=False)
    if form == "text":
        click.echo(_summary(findings), err=True)
    errors, warnings = findings.count("error"), findings.count("warning")
    return 1 if errors or (strict and warnings) else 0


def _summary(findings: Findings) -> str:
    def counted(severity: str) -> str:
        number = findings.count(severity)
        return f"{number} {severity}{'' if number == 1 else 's'}"

    looked = "no record was read" if findings.records is None else f"{findings.records} records"
    lines = [f"{looked}, {counted('error')}, {counted('warning')}"]
    if findings.problems:
        first = findings.problems[0].code
        lines.append(f"what a code means: relgraph check --explain {first}")
    return "\n".join(lines)
