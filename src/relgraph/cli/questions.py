"""``relgraph questions``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from relgraph.cli.ask import complete_questions
from relgraph.cli.common import emit, lang_option, output_option, project_of

if TYPE_CHECKING:
    from relgraph.model import Problem
    from relgraph.questions import Question


@click.command("questions")
@click.argument("name", required=False, shell_complete=complete_questions)
@lang_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@output_option
@click.pass_context
def command(ctx: click.Context, name: str | None, lang: str, form: str, output: str | None) -> int:
    """List the saved questions, or describe one: what it asks, its parameters, and its SPARQL.

    Exits with 1 if a question is broken; the others are listed.
    """
    from relgraph.answers import question_named
    from relgraph.questions import read_question

    project = project_of(ctx)
    broken: list[Problem] = []
    if name is not None:
        question = question_named(project, name)
        data = describe(question, lang)
        text = _json(data) if form == "json" else one(question, lang)
    else:
        found: list[Question] = []
        for file in project.question_files().values():
            read, problems = read_question(file, project.vocabulary)
            found += [read] if read is not None else []
            broken += problems
        text = _json([describe(each, lang) for each in found]) if form == "json" else listed(found, lang)
    emit(text.encode("utf-8"), output)
    for problem in broken:
        click.echo(str(problem), err=True)
    return 1 if broken else 0


def describe(question: Question, lang: str) -> dict[str, object]:
    """A question as data."""
    from relgraph.vocabulary import pick

    return {
        "name": question.name,
        "title": pick(question.title, lang),
        "summary": pick(question.summary, lang),
        "description": pick(question.description, lang) or None,
        "empty": pick(question.empty, lang),
        "tags": list(question.tags),
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "label": pick(p.label, lang),
                "default": p.default or None,
                "required": p.required,
            }
            for p in question.params
        ],
        "columns": {name: pick(labels, lang) for name, labels in question.columns.items()},
        "query": question.text,
    }


def listed(questions: list[Question], lang: str) -> str:
    """The names and titles, one a line."""
    from relgraph.vocabulary import pick

    width = max((len(question.name) for question in questions), default=0)
    return "".join(f"{q.name.ljust(width)}  {pick(q.title, lang)}\n" for q in questions)


def one(question: Question, lang: str) -> str:
    """A question in words, and its SPARQL."""
    import textwrap

    from relgraph.vocabulary import pick

    words = {
        "sv": ("Parametrar", "krävs", "förval", "Tomt svar", "Kolumner"),
        "en": ("Parameters", "required", "default", "An empty answer", "Columns"),
    }[lang]
    lines = [f"{question.name}: {pick(question.title, lang)}"]
    lines += ["", *textwrap.wrap(pick(question.summary, lang), 88)]
    if pick(question.description, lang):
        lines += ["", *textwrap.wrap(pick(question.description, lang), 88)]
    if question.params:
        lines += ["", words[0]]
        for p in question.params:
            more = [
                p.type,
                *([words[1]] if p.required else []),
                *([f"{words[2]}: {p.default}"] if p.default else []),
            ]
            lines.append(f"  --param {p.name}=…  {pick(p.label, lang)} ({', '.join(more)})")
    lines += ["", words[4]]
    lines += [f"  {name}  {pick(labels, lang)}" for name, labels in question.columns.items()]
    lines += [
        "",
        words[3],
        *textwrap.wrap(pick(question.empty, lang), 86, initial_indent="  ", subsequent_indent="  "),
    ]
    body = "\n".join(line for line in question.text.split("\n") if not line.startswith("#+")).strip()
    return "\n".join([*lines, "", "SPARQL", "", body]) + "\n"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
