"""Write what in docs/ is made from the program, its help and its ontology; ``--check`` only compares.

The exit status of ``--check`` is 1 where a file differs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import click

from relgraph.cli import COMMANDS, cli
from relgraph.codes import codes
from relgraph.sentences import capital

HERE = Path(__file__).parent
WIDTH = 96


def sections() -> Iterator[tuple[str, str]]:
    """(command, help text) for the program, every command and every subcommand, in order."""
    yield "relgraph", _help(cli, "relgraph", None)
    for name in sorted(COMMANDS):
        command = import_module(COMMANDS[name][0]).command
        parent = click.Context(cli, info_name="relgraph")
        yield f"relgraph {name}", _help(command, name, parent)
        if isinstance(command, click.Group):
            group = click.Context(command, info_name=name, parent=parent)
            for sub in sorted(command.commands):
                yield f"relgraph {name} {sub}", _help(command.commands[sub], sub, group)


def _help(command: click.Command, name: str, parent: click.Context | None) -> str:
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    with context:
        return command.get_help(context)


def cli_reference() -> str:
    """docs/cli.md."""
    parts = ["# The command line\n\nMade from `--help` by `python docs/generate.py`.\n"]
    parts += [f"\n## `{name}`\n\n```text\n{text.rstrip()}\n```\n" for name, text in sections()]
    return "".join(parts)


def ontology() -> str:
    """docs/ontology.html: the shipped ontology as one page."""
    from relgraph.project import shipped_ontology
    from relgraph.views.ontology import ontology_page
    from relgraph.vocabulary import read_vocabulary, vocabulary_files

    files = vocabulary_files([shipped_ontology()])
    vocabulary, problems = read_vocabulary(files)
    if problems:
        raise SystemExit("\n".join(str(problem) for problem in problems))
    return ontology_page(vocabulary, files)


def picture_of_the_model() -> str:
    """docs/model.svg."""
    from picture import picture  # beside this file, which is why the folder is on the path

    return picture()


QUESTIONS = """\
# Saved questions / Sparade frågor

Made from `ontology/questions/*.rq` by `python docs/generate.py`.

```sh
relgraph questions                     # the list / listan
relgraph questions memberships         # one with its SPARQL / en fråga med sin SPARQL
relgraph ask memberships --param party=Lund --year 2019 --lang en
```

A question is a file `NAME.rq`: a header of lines that begin with `#+` (YAML: title, summary, empty and,
where there are any, description, tags, params and columns, each text in `sv` and `en`), then a SPARQL
1.1 SELECT. A parameter stands in the query as `VALUES ?name { UNDEF }`; one that is not given stays so.
Its type is a class of records, a controlled list, `period` (which binds `?start` and `?end`), `text` or
`integer`. `?record`, `?record2` … are the records that carry a row: from them come its sentences and
sources; a row that has a `?citation` cites that place alone. `?holds` tells how `?record` stands in the
period: with `--as-of` it is past, current or perhaps current. Prefixes are predefined; FROM, GRAPH,
SERVICE and the names of particular records are refused. `unknown: {Agent: country}` offers a question
for a name that the graph does not know, by that parameter. The tag `heavy` is for an answer that grows
faster than the graph: the site of a large graph (over 1,000,000 statements) leaves it to the command,
as it does what takes over 1 GiB of memory or ten minutes; of other answers it reads 20,000 rows at most.
A project adds its own in `graph/questions/`,
where one with the same name replaces the shipped one. `relgraph check` tells what is wrong with a file
(RG405).

En fråga är en fil `NAMN.rq`: ett huvud av rader som börjar med `#+` (YAML: title, summary, empty och
vid behov description, tags, params och columns, varje text på `sv` och `en`), därefter en SELECT i
SPARQL 1.1. En parameter står i frågan som `VALUES ?name { UNDEF }`; den som inte anges förblir så. Dess
typ är en klass av poster, en kontrollerad lista, `period` (som binder `?start` och `?end`), `text`
eller `integer`. `?record`, `?record2` … är de poster som bär en rad: från dem kommer meningarna och
källorna; en rad med `?citation` hänvisar bara till det stället. `?holds` anger hur `?record` förhåller
sig till perioden: med `--as-of` avslutat, aktuellt eller möjligen aktuellt. Prefixen är givna; FROM,
GRAPH, SERVICE och namn på enskilda poster avvisas. `unknown: {Agent: country}` erbjuder frågan, med
den parametern, för ett namn som grafen inte känner. Etiketten `heavy` är för ett svar som växer fortare än
grafen: webbplatsen för en stor graf (över 1 000 000 uppgifter) överlåter det åt kommandot, liksom det som
kräver mer än 1 GiB minne eller tio minuter; av andra svar läser den högst 20 000 rader.
Ett projekt lägger sina egna i `graph/questions/`,
där en fråga med samma namn ersätter den medföljande. `relgraph check` anger vad som är fel i en fil
(RG405).
"""
#: headings of a question's entry, by language
ENTRY = {
    "sv": {"params": "Parametrar", "required": "krävs", "default": "förval", "empty": "Tomt svar"},
    "en": {"params": "Parameters", "required": "required", "default": "default", "empty": "Empty answer"},
}


def saved_questions() -> str:
    """docs/questions.md: what each shipped question asks, in both languages."""
    from relgraph.project import shipped_ontology
    from relgraph.questions import LANGUAGES, QuestionFile, read_question
    from relgraph.views.plain import markdown
    from relgraph.vocabulary import read_vocabulary, vocabulary_files

    vocabulary, _ = read_vocabulary(vocabulary_files([shipped_ontology()]))
    parts = [QUESTIONS]
    for path in sorted((shipped_ontology() / "questions").glob("*.rq"), key=lambda path: path.stem):
        question, problems = read_question(QuestionFile(path, path.name, shipped=True), vocabulary)
        if question is None:
            raise SystemExit("\n".join(str(problem) for problem in problems))
        parts.append(f"\n## `{question.name}`\n")
        for lang in LANGUAGES:
            words = ENTRY[lang]
            parts.append(f"\n**{markdown(question.title[lang])}.** {markdown(question.summary[lang])}")
            parts.append(f" {markdown(question.description[lang])}\n" if question.description else "\n")
            listed = []
            for param in question.params:
                more = [words["required"]] if param.required else []
                more += [f"{words['default']} `{param.default}`"] if param.default else []
                text = ", ".join([f"`{param.type}`", *more])
                listed.append(f"`{param.name}` ({markdown(param.label[lang])}; {text})")
            parts.append(f"\n- {words['params']}: {', '.join(listed)}." if listed else "")
            parts.append(f"\n- {words['empty']}: {markdown(question.empty[lang])}\n")
    return "".join(parts)


ANALYSES = """\
# Analyses / Analyser

Made from `src/relgraph/analysis/catalogue.toml` by `python docs/generate.py`.

```sh
relgraph analyze --list                    # the list / listan
relgraph analyze coverage --lang en        # one / en av dem
relgraph analyze terms --months 12 --format json
relgraph analyze quality --table once --format csv -o once.csv
relgraph analyze --all -o report.html      # all as one report / alla som en rapport
```

Each analysis is a pure function from the network, within the limits asked for, to tables; each row keeps
the records behind it and those left out. The report of this repository’s graph is in `exports/analysis.*`.
Its summary is made by the rules named *findings* in the catalogue, from rows of the tables and nothing else.

Varje analys är en ren funktion från nätverket, inom de gränser som anges, till tabeller; varje rad bär med
sig posterna bakom den och dem som är utelämnade. Rapporten om grafen här ligger i `exports/analysis.*`.
Dess sammanfattning är gjord efter de regler som heter *findings* i katalogen, ur tabellernas rader och
inget annat.
"""
#: headings of an analysis' entry, by language
ANALYSIS = {
    "sv": {
        "formula": "Så räknas det",
        "source": "Metod",
        "meaning": "Vad det säger",
        "limits": "Vad det inte säger",
    },
    "en": {
        "formula": "How it is counted",
        "source": "Method",
        "meaning": "What it means",
        "limits": "What it does not say",
    },
}
TABLES = {"sv": ("tabell", "kolumner", "tom"), "en": ("table", "columns", "empty")}


def analyses() -> str:
    """docs/analyses.md: what each analysis computes, in both languages."""
    from relgraph.analysis import ANALYSES as NAMES
    from relgraph.analysis.catalogue import catalogue
    from relgraph.views.plain import markdown

    parts = [ANALYSES]
    for name in NAMES:
        text = catalogue()[name]
        parts.append(f"\n## `{name}`\n")
        for lang in ("sv", "en"):
            parts.append(f"\n### {markdown(text.title[lang])}\n\n{markdown(text.definition[lang])}\n")
            for key, head in ANALYSIS[lang].items():
                said = getattr(text, key)[lang]
                parts.append(f"\n**{head}.** {markdown(said)}\n" if said else "")
            table, columns, empty = TABLES[lang]
            parts.append(f"\n| {table} | {columns} | {empty} |\n| --- | --- | --- |\n")
            for key, each in text.tables.items():
                heads = ", ".join(f"{label[lang]} (`{column}`)" for column, label in each.columns.items())
                title = markdown(each.title[lang])
                parts.append(f"| {title} (`{key}`) | {heads} | {markdown(each.empty[lang])} |\n")
        if text.settings:
            settings = [
                f"`{key}`: {', '.join(f'`{each}`' for each in names)}" for key, names in text.settings.items()
            ]
            parts.append(f"\nSettings / inställningar: {'; '.join(settings)}.\n")
    return "".join(parts)


def answers() -> str:
    """docs/answers.md: the graph of this repository, asked."""
    from answers import answer_page  # beside this file

    return answer_page()


def problems_page() -> str:
    """docs/problems.md: every code of a problem, in English and Swedish."""
    parts = [
        "# Problems and what to do\n\nMade from `src/relgraph/problems.toml` by `python docs/generate.py`.\n",
        "`relgraph check --explain CODE` says the same. The messages themselves are in English, as a\n",
        "compiler’s are; what they mean stands here in both languages.\n\n",
        "`relgraph check --explain KOD --lang sv` säger detsamma. Meddelandena själva är på engelska, som\n",
        "en kompilators; vad de betyder står här på båda språken.\n",
    ]
    for code, entry in codes().items():
        parts.append(f"\n## {code}: {entry.title['en']}\n\n")
        parts.append("A warning. " if entry.severity == "warning" else "")
        parts.append(f"{entry.text['en']}\n\n*{capital(entry.title['sv'])}.* {entry.text['sv']}\n")
        both = zip(entry.examples("en"), entry.examples("sv"), strict=True)
        parts += [f"\n{en} / *{sv}*:\n\n```yaml\n{lines}\n```\n" for (en, lines), (sv, _) in both]
    return "".join(parts)


#: what is made, by file name
MADE: dict[str, Callable[[], str]] = {
    "analyses.md": analyses,
    "answers.md": answers,
    "cli.md": cli_reference,
    "model.svg": picture_of_the_model,
    "ontology.html": ontology,
    "problems.md": problems_page,
    "questions.md": saved_questions,
}


def main() -> int:
    """Write or check; the exit status."""
    status = 0
    for name, make in MADE.items():
        target = HERE / name
        text = make()
        if "--check" not in sys.argv[1:]:
            target.write_text(text, encoding="utf-8", newline="\n")
        elif not target.is_file() or target.read_text(encoding="utf-8") != text:
            print(f"docs/{name} is not what its source says: run python docs/generate.py", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
