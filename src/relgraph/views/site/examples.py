"""An example for a question that has no answer until something is chosen: the first choice that has one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from relgraph.answers import Answer, ask
from relgraph.namespaces import RG
from relgraph.questions import Parameter, Question
from relgraph.views.ordering import alphabetical
from relgraph.views.site.costs import limits
from relgraph.views.site.frame import Site

#: so many choices are tried
TRIED = 20


def example(site: Site, question: Question) -> tuple[dict[str, str], Answer] | None:
    """Values by parameter and the answer that they give; None where no choice that is tried has rows.

    Tried are records by title in the first language, and terms of a list by name. The home city comes last,
    for what is said of it is most of the graph; but first where something else has to be chosen with it. What
    takes a text has no choices to try.
    """
    needed = [param for param in question.params if param.required and not param.default]
    first = len(needed) > 1
    choices = [list(islice(_choices(site, param, home_first=first), TRIED)) for param in needed]
    when = site.job.when if question.period is not None else None
    for chosen in islice(product(*choices), TRIED):
        values = {param.name: value for param, value in zip(needed, chosen, strict=True)}
        if len(set(chosen)) < len(chosen):
            continue  # of a party with itself nothing is asked
        answer = ask(
            site.lookup, question, values, when=when, project=site.job.project, limits=limits(site.lookup)
        )
        if answer.rows:
            return values, answer
    return None


def _choices(site: Site, param: Parameter, *, home_first: bool) -> Iterator[str]:
    vocabulary, home, lang = site.lookup.vocabulary, site.lookup.compiled.home, site.languages[0]
    if param.family == "record":
        kind = vocabulary.kinds[param.type]
        fitting = [subject for subject in site.subjects.values() if subject.kind.is_a(kind.iri)]
        fitting.sort(
            key=lambda s: (
                s.id != home if home_first else s.id == home,
                alphabetical(s.title(lang), lang),
                s.id,
            )
        )
        yield from (subject.id for subject in fitting)
    elif param.family == "concept":
        yield from sorted(vocabulary.concepts_of(RG + param.type))
