"""The pages that lead to the others: the front page, all pages by kind, the questions, the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from relgraph.questions import Question
from relgraph.sentences import capital
from relgraph.views.ordering import alphabetical
from relgraph.views.site import described
from relgraph.views.site.answered import question_page
from relgraph.views.site.entities import STATEMENTS, Told
from relgraph.views.site.files import Briefed, Download, Drawn
from relgraph.views.site.frame import Site, Subject
from relgraph.views.site.words import word
from relgraph.vocabulary import Kind, pick


@dataclass(frozen=True, slots=True)
class Shelf:
    """The subjects of one kind, in the order of their titles."""

    kind: Kind
    title: str
    subjects: tuple[Subject, ...]

    @property
    def anchor(self) -> str:
        """Its anchor in the list of all pages."""
        return f"kind-{self.kind.name}"


def shelves(site: Site, lang: str) -> list[Shelf]:
    """The subjects by kind, the kinds in the ontology's order."""
    by_kind: dict[str, list[Subject]] = {}
    for subject in site.subjects.values():
        by_kind.setdefault(subject.kind.name, []).append(subject)
    kinds = (site.lookup.vocabulary.kinds[name] for name in by_kind)
    found = []
    for kind in sorted(kinds, key=lambda kind: (kind.style.order, kind.name)):
        members = sorted(by_kind[kind.name], key=lambda s: (alphabetical(s.title(lang), lang), s.id))
        title = pick(kind.plurals, lang) or pick(kind.labels, lang)
        found.append(Shelf(kind, capital(title), tuple(members)))
    return found


def add_lists(
    site: Site,
    asked: Sequence[Question],
    briefed: Sequence[Briefed],
    data: Sequence[Download],
    drawn: Drawn,
    told: Told,
) -> None:
    """Make the front page, the list of all pages, that of the questions and the search in each language."""
    for lang in site.languages:
        shelved = shelves(site, lang)
        site.add(
            "front.html.jinja",
            lang,
            site.front,
            title=site.title(lang),
            about=pick(site.info.description, lang),
            shelves=shelved,
            pages=len(site.subjects),
            statements=len(told.statements.get(lang, ())),
            drawn=drawn.pictures.get(lang),
            home=site.subjects.get(site.lookup.compiled.home),
            questions=len(asked),
            briefed=[each for each in briefed if each.lang == lang],
            data=data,
            licence=site.info.licence,
            contact=site.info.publishing.contact,
            described=described.dataset(site),
        )
        site.add(
            "all.html.jinja",
            lang,
            "{}/all.html".format,
            title=word("all", lang),
            shelves=shelved,
        )
        site.add(
            "questions.html.jinja",
            lang,
            "{}/questions.html".format,
            title=word("questions", lang),
            questions=[
                (pick(q.title, lang), pick(q.summary, lang), question_page(lang, q))
                for q in sorted(asked, key=lambda q: alphabetical(pick(q.title, lang), lang))
            ],
        )
        _add_search(site, asked, told, lang)


def _add_search(site: Site, asked: Sequence[Question], told: Told, lang: str) -> None:
    whole = len(told.statements.get(lang, ())) <= STATEMENTS
    site.add(
        "search.html.jinja",
        lang,
        "{}/search.html".format,
        title=word("search", lang),
        whole=whole,
        index=[
            *_names(site, lang),
            *_questions(site, asked, lang),
            *_texts(told, lang),
        ],
    )


def _names(site: Site, lang: str) -> list[list[str]]:
    """(title, what it is, address from the language's folder, other names) of each subject."""
    other: dict[str, set[str]] = {}
    for label, id_ in site.lookup.names():
        other.setdefault(id_, set()).add(label)
    return [
        [
            title := subject.title(lang),
            pick(subject.kind.labels, lang),
            site.page(lang, id_).removeprefix(f"{lang}/"),
            "\n".join(sorted(other.get(id_, set()) - {title})),
        ]
        for id_, subject in site.subjects.items()
    ]


def _questions(site: Site, asked: Sequence[Question], lang: str) -> list[list[str]]:
    return [
        [
            pick(q.title, lang),
            word("question", lang),
            question_page(lang, q).removeprefix(f"{lang}/"),
            pick(q.summary, lang),
        ]
        for q in asked
    ]


def _texts(told: Told, lang: str) -> list[list[str]]:
    return [
        [text, word("statement", lang), page.removeprefix(f"{lang}/"), ""] for text, page in told.texts(lang)
    ]
