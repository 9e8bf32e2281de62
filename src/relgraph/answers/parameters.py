"""Values for the parameters of a question, as a person writes them -> terms of the query."""

from __future__ import annotations

import re
from collections.abc import Mapping

from relgraph import time
from relgraph.answers.model import Given
from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.model import Record, folded
from relgraph.namespaces import PREFIXES, RG
from relgraph.questions import AS_OF, PERIOD_VARIABLES, Parameter, Question
from relgraph.sentences import SentenceWriter
from relgraph.vocabulary import pick
from relgraph.when import When

XSD = PREFIXES["xsd"]
#: how many names like one that is unknown are offered
NEAR = 5


class UnknownName(UsageError):
    """A value for a parameter that takes a record, of a name that nothing in the graph has."""

    def __init__(self, message: str, param: Parameter, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.param = param


def bind(
    lookup: Lookup,
    question: Question,
    values: Mapping[str, str],
    lang: str,
    *,
    when: When | None = None,
) -> tuple[Given, ...]:
    """The parameters that have a value, in the question's order; with defaults, and ``when`` as period."""
    if when and question.period is None:
        raise UsageError(f"the question '{question.name}' asks of no period")
    if when and question.period and question.period.name in values:
        raise UsageError(f"--param {question.period.name} and --year or --as-of exclude each other")
    known = {param.name: param for param in question.params}
    for name in values:
        if name not in known:
            takes = ", ".join(known) or "no parameters"
            raise UsageError(
                f"the question '{question.name}' has no parameter '{name}'", hint=f"it takes {takes}"
            )
    given: list[Given] = []
    for param in question.params:
        text = values.get(param.name, param.default).strip()
        if when and param is question.period:
            given.append(_time(param, when))
        elif text:
            given.append(_given(lookup, question, param, text, lang))
        elif param.required:
            raise UsageError(
                f"the question '{question.name}' needs '{param.name}' ({pick(param.label, lang)})",
                hint=f"write --param {param.name}=…",
            )
    return tuple(given)


def _given(lookup: Lookup, question: Question, param: Parameter, text: str, lang: str) -> Given:
    if param.family == "record":
        return _record(lookup, question, param, text, lang)
    if param.family == "concept":
        return _concept(lookup, param, text)
    if param.family == "period":
        return _period(lookup, param, text)
    if param.family == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
            raise UsageError(f"'{text}' is no integer, as '{param.name}' asks for")
        return Given(param, {param.name: f'"{int(text)}"^^<{XSD}integer>'}, {"sv": text, "en": text})
    from relgraph.triples import literal

    return Given(param, {param.name: literal(text)}, {"sv": text, "en": text})


def _record(lookup: Lookup, question: Question, param: Parameter, text: str, lang: str) -> Given:
    """A record by any of its names, which must be of the class that the parameter asks for."""
    kind = lookup.vocabulary.kinds[param.type]
    called = lookup.called(text)
    fitting = [record for record in called if lookup.vocabulary.is_a(record.type, kind.iri)]
    try:
        record = fitting[0] if len(fitting) == 1 else lookup.resolve(text, lang)
    except UsageError as error:
        if called:
            raise
        hint = _candidates(lookup, text, kind.iri, lang) or error.hint
        raise UnknownName(error.message, param, hint=hint) from None
    if not lookup.vocabulary.is_a(record.type, kind.iri):
        its = pick(lookup.vocabulary.kinds[record.type].labels, lang)
        raise UsageError(
            f"'{text}' is of the kind {its}, and '{param.name}' takes {pick(kind.labels, lang)}",
            hint=_candidates(lookup, text, kind.iri, lang),
        )
    words = {each: _name(lookup, record, each) for each in ("sv", "en")}
    return Given(param, {param.name: f"<{lookup.compiled.base}{record.id}>"}, words)


def _candidates(lookup: Lookup, text: str, class_iri: str, lang: str) -> str | None:
    from relgraph.find import search

    hits = search(lookup.index(), text, lookup.order())
    near = [hit.id for hit in hits if lookup.vocabulary.is_a(hit.type, class_iri)][:NEAR]
    names = [_name(lookup, record, lang) for record in lookup.records(near)]
    return f"did you mean {', '.join(names)}?" if names else None


def _name(lookup: Lookup, record: Record, lang: str) -> str:
    return record.text("name", lang) or SentenceWriter(lookup.vocabulary, lookup.get, lang).name(record.id)


def _concept(lookup: Lookup, param: Parameter, text: str) -> Given:
    """A concept by its local name, or by its label in either language."""
    concepts = lookup.vocabulary.concepts_of(RG + param.type)
    wanted = folded(text)
    for name, concept in concepts.items():
        if wanted in {folded(name), *(folded(label) for label in concept.labels.values())}:
            return Given(param, {param.name: f"<{concept.iri}>"}, dict(concept.labels))
    raise UsageError(
        f"'{text}' is not in the list that '{param.name}' takes", hint=f"it is {', '.join(sorted(concepts))}"
    )


def _period(lookup: Lookup, param: Parameter, text: str) -> Given:
    """A period as text; ``as-of`` is the date of the data."""
    if text == AS_OF:
        text = lookup.compiled.as_of
        if not text:
            return Given(param, {}, {})
    try:
        return _time(param, When(text, *time.parse_period(text), period=True))
    except time.EdtfError as error:
        raise UsageError(f"'{param.name}': {error}", hint="such as 2019, 2019-10 or 2018/2020") from error


def _time(param: Parameter, when: When) -> Given:
    """A time: the two days that it reaches as ``?start`` and ``?end``."""
    days = zip(PERIOD_VARIABLES, when.reach, strict=True)
    terms = {name: f'"{day.isoformat()}"^^<{XSD}date>' for name, day in days}
    return Given(param, terms, {lang: time.phrase(when.text, lang) for lang in ("sv", "en")}, when)
