"""What all pages of the site share: where each stands, how they link, the frame round their content."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.answers import Answer, grouped
from relgraph.loading import GraphInfo, read_info
from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.sentences import SentenceWriter, as_of_text, capital
from relgraph.views.export.registry import Job
from relgraph.views.map.data import Bilingual
from relgraph.views.map.details import Texts, missing, texts_of, usual
from relgraph.views.ontology.swatch import shape
from relgraph.views.pages import drawing, hashed, templates, unescaped
from relgraph.views.plain import plain
from relgraph.views.profile import prefetch
from relgraph.views.profile import word as sources_word
from relgraph.views.site.linked import named_in
from relgraph.views.site.words import WORDS, size, word
from relgraph.vocabulary import Kind, pick

if TYPE_CHECKING:
    import jinja2

#: so many names are kept at hand in each language
NAMES = 20_000
TEMPLATE = Path(__file__).parent / "template"
LANGUAGES = ("sv", "en")
#: names that Windows keeps for devices, whatever the ending
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}


@dataclass(frozen=True, slots=True)
class Subject:
    """A record with a page of its own: its id, its kind and its titles by language."""

    id: str
    kind: Kind
    titles: Mapping[str, str]

    def title(self, lang: str) -> str:
        """Its title, beginning with a capital."""
        return capital(pick(self.titles, lang))


@dataclass
class Site:
    """A site in the making."""

    job: Job
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def lookup(self) -> Lookup:
        """The records."""
        return self.job.lookup

    @cached_property
    def info(self) -> GraphInfo:
        """What ``graph.yaml`` says of the graph."""
        return read_info(self.job.project.graph)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Those of the graph that the site speaks; it opens in the first: the job's if it is one of them."""
        known = [lang for lang in self.lookup.compiled.languages if lang in LANGUAGES] or ["en"]
        return tuple(sorted(known, key=lambda lang: lang != self.job.lang))

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """The records that have a page: entities, documents, and relationships that are drawn as nodes."""
        kinds = self.lookup.vocabulary.kinds
        paged = [
            (id_, kind, names)
            for id_, (name, names) in self.lookup.kinds_and_names(RG + "Record").items()
            if (kind := kinds[name]).is_a(RG + "Entity")
            or kind.is_a(RG + "Document")
            or kind.drawn_as == "node"
        ]
        prefetch(self.lookup, self.lookup.records(id_ for id_, _, names in paged if not names))
        found = {}
        for id_, kind, names in paged:
            titles = names or {lang: self.writers[lang].title(id_) for lang in self.languages}
            found[id_] = Subject(id_, kind, titles)
        return found

    @cached_property
    def missing(self) -> Mapping[str, Bilingual]:
        """What is usual for its kind and not stated of a record, in words, by its id."""
        return missing(self.lookup, self.usual)

    @cached_property
    def usual(self) -> Answer | None:
        """The answer to the question of what is usual, which has a page, too; None where there is none."""
        return usual(self.lookup, self.texts.usual)

    @cached_property
    def texts(self) -> Texts:
        """The question of what is usual, and the titles of the rules."""
        return texts_of(self.job.project)

    @cached_property
    def elsewhere(self) -> dict[str, list[str]]:
        """The confirmed IRIs that records have elsewhere, by id."""
        found: dict[str, list[str]] = {}
        for record, iri in self.lookup.rows("SELECT DISTINCT ?s ?o { ?s skos:exactMatch|owl:sameAs ?o }"):
            found.setdefault(self._id(record), []).append(text_of(iri))
        return {id_: sorted(iris) for id_, iris in found.items()}

    @cached_property
    def coordinates(self) -> dict[str, tuple[str, str]]:
        """Latitude and longitude in degrees of what a record gives coordinates of, by id."""
        rows = self.lookup.rows("SELECT ?of ?lat ?long { ?l geo:lat ?lat ; geo:long ?long ; ?p ?of }")
        places = ((self._id(of), (text_of(lat), text_of(long))) for of, lat, long in rows)
        return {id_: place for id_, place in sorted(places) if id_ in self.subjects}

    def _id(self, node: object) -> str:
        return text_of(node).removeprefix(self.lookup.compiled.base)

    @cached_property
    def writers(self) -> dict[str, SentenceWriter]:
        """A writer of names and citations in each language."""
        lookup = self.lookup
        return {lang: SentenceWriter(lookup.vocabulary, lookup.get, lang) for lang in self.languages}

    @cached_property
    def name_of(self) -> dict[str, Callable[[str], str]]:
        """What a record is called in running text, by language; the same few are named again and again."""
        return {lang: lru_cache(NAMES)(writer.name) for lang, writer in self.writers.items()}

    @cached_property
    def named_in(self) -> Callable[[str], tuple[str, ...]]:
        """:func:`relgraph.views.site.linked.named_in`; a record is told in each language."""
        return lru_cache(NAMES)(partial(named_in, self.lookup))

    # -- where pages stand -------------------------------------------------------------------------------

    def front(self, lang: str) -> str:
        """The path of the front page in a language: that of the first language opens the site."""
        return "index.html" if lang == self.languages[0] else f"{lang}/index.html"

    def page(self, lang: str, id_: str) -> str:
        """The path of a record's page; empty where it has none."""
        name = f"{id_}-" if id_ in _DEVICES else id_
        return f"{lang}/entity/{name}.html" if id_ in self.subjects else ""

    # -- the frame ---------------------------------------------------------------------------------------

    def add(self, template: str, lang: str, where: Callable[[str], str], **values: Any) -> None:
        """Make a page: ``where`` has its path in any language, ``values`` are its content."""
        path = where(lang)
        folder = posixpath.dirname(path)

        def link(to: str) -> str:
            """An address from this page; the ids of records and the names of files need no escapes."""
            file, _, fragment = to.partition("#")
            relative = _relative(file, folder)
            return f"{relative}#{fragment}" if fragment else relative

        script = self.script if template == "search.html.jinja" else ""
        page = self._environment.get_template(template).render(
            **self._frames[lang],
            link=link,
            here=path,
            others={other: where(other) for other in self.languages if other != lang},
            script=unescaped(script),
            policy=self._policies[bool(script)],
            **values,
        )
        self.files[path] = page.encode("utf-8", "replace")

    @cached_property
    def _policies(self) -> dict[bool, str]:
        """What a page may load and run: nothing but its style, and where it has the script, that."""
        style = f"default-src 'none'; style-src {hashed(self.style)}; img-src data:; "
        script = f"script-src {hashed(self.script)}; "
        return {scripted: f"{style}{script if scripted else ''}base-uri 'none'" for scripted in (False, True)}

    @cached_property
    def _frames(self) -> dict[str, dict[str, Any]]:
        """What all pages of a language show, by language."""
        return {lang: self._frame(lang) for lang in self.languages}

    def _frame(self, lang: str) -> dict[str, Any]:
        return {
            "lang": lang,
            "front": self.front(lang),
            "graph": self.title(lang),
            "as_of": as_of_text(self.lookup, lang),
            "time": self.job.when.told(lang) if self.job.when else "",
            "say": {key: pick(text, lang) for key, text in WORDS.items()},
            "words": WORDS,
            "word": lambda key, *given: word(key, lang, *given),
            "number": partial(grouped, lang=lang),
            "size": partial(size, lang=lang),
            "page": partial(self.page, lang),
            "sources_title": sources_word("sources", lang),
            "style": unescaped(self.style),
        }

    def title(self, lang: str) -> str:
        """The title of the graph."""
        return pick(self.info.title, lang) or self.lookup.compiled.base

    @cached_property
    def style(self) -> str:
        """The style of every page."""
        return (TEMPLATE / "site.css").read_text(encoding="utf-8")

    @cached_property
    def script(self) -> str:
        """The script of the search, the only one of the site's own."""
        return (TEMPLATE / "search.js").read_text(encoding="utf-8")

    @cached_property
    def _environment(self) -> jinja2.Environment:
        environment = templates(TEMPLATE)
        environment.filters["plain"] = plain
        environment.filters["json"] = as_json
        environment.filters["data"] = drawing
        environment.globals["glyph"] = self.glyph
        return environment

    def glyph(self, subject: Subject) -> Any:
        """The shape of a subject on the map, as SVG; empty for what the map does not draw."""
        style = subject.kind.style
        home = subject.id == self.lookup.compiled.home and style.home_color
        return shape(style.shape, home or style.color, style.filled) if style.shape else ""


def _relative(file: str, folder: str) -> str:
    """A path from a folder; most links are to a neighbour, for which the working directory is not asked."""
    name = file.removeprefix(f"{folder}/")
    return name if folder and name != file else _way(file, folder)


@lru_cache(maxsize=10_000)
def _way(file: str, folder: str) -> str:
    """The way to a file in another folder; every page has those to the same few."""
    return posixpath.relpath(file, folder or ".")


def text_of(node: object) -> str:
    """The text of a term; empty for none."""
    return str(getattr(node, "value", ""))


def as_json(value: object) -> Any:
    """JSON that no script element can be closed by."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return unescaped(text)
