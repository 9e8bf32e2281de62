"""What all pages of the site share: where each stands, how they link, the frame round their content."""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.loading import GraphInfo, read_info
from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.sentences import SentenceWriter, as_of_text
from relgraph.views.export.registry import Job
from relgraph.views.map.data import Bilingual
from relgraph.views.map.details import missing, texts_of
from relgraph.views.ontology.swatch import shape
from relgraph.views.plain import plain
from relgraph.views.profile import word as sources_word
from relgraph.views.site.words import WORDS, number, size, word
from relgraph.vocabulary import Kind, pick

if TYPE_CHECKING:
    import jinja2

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
        text = pick(self.titles, lang)
        return text[:1].upper() + text[1:]


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
        found = {}
        for id_, (kind_name, names) in self.lookup.kinds_and_names(RG + "Record").items():
            kind = self.lookup.vocabulary.kinds[kind_name]
            if kind.is_a(RG + "Entity") or kind.is_a(RG + "Document") or kind.drawn_as == "node":
                titles = names or {lang: self.writer(lang).title(id_) for lang in self.languages}
                found[id_] = Subject(id_, kind, titles)
        return found

    def missing(self, id_: str, lang: str) -> str:
        """What is usual for the kind of a record and not stated of it, in words; empty where nothing is."""
        found = self._missing.get(id_)
        return word("missing", lang, found.get(lang)) if found else ""

    @cached_property
    def _missing(self) -> Mapping[str, Bilingual]:
        return missing(self.lookup, texts_of(self.job.project).usual)

    @cached_property
    def elsewhere(self) -> dict[str, list[str]]:
        """The confirmed IRIs that records have elsewhere, by id."""
        found: dict[str, list[str]] = {}
        for record, iri in self.lookup.rows("SELECT DISTINCT ?s ?o { ?s skos:exactMatch|owl:sameAs ?o }"):
            found.setdefault(self._id(record), []).append(_text(iri))
        return {id_: sorted(iris) for id_, iris in found.items()}

    @cached_property
    def coordinates(self) -> dict[str, tuple[str, str]]:
        """Latitude and longitude in degrees of what a record gives coordinates of, by id."""
        rows = self.lookup.rows("SELECT ?of ?lat ?long { ?l geo:lat ?lat ; geo:long ?long ; ?p ?of }")
        places = ((self._id(of), (_text(lat), _text(long))) for of, lat, long in rows)
        return {id_: place for id_, place in sorted(places) if id_ in self.subjects}

    def _id(self, node: object) -> str:
        return _text(node).removeprefix(self.lookup.compiled.base)

    def writer(self, lang: str) -> SentenceWriter:
        """A writer of names and citations in ``lang``."""
        return self._writers[lang]

    @cached_property
    def _writers(self) -> dict[str, SentenceWriter]:
        lookup = self.lookup
        return {lang: SentenceWriter(lookup.vocabulary, lookup.get, lang) for lang in LANGUAGES}

    # -- where pages stand -------------------------------------------------------------------------------

    def front(self, lang: str) -> str:
        """The path of the front page in a language: that of the first language opens the site."""
        return "index.html" if lang == self.languages[0] else f"{lang}/index.html"

    def page(self, lang: str, id_: str) -> str:
        """The path of a record's page; empty where it has none."""
        name = f"{id_}-" if id_ in _DEVICES else id_
        return f"{lang}/entity/{name}.html" if id_ in self.subjects else ""

    # -- the frame ---------------------------------------------------------------------------------------

    def add(self, template: str, path: str, lang: str, others: Mapping[str, str], **values: Any) -> None:
        """Make a page. ``others`` are the paths of the same page by language; ``values`` are its content."""

        def link(to: str) -> str:
            """An address from this page; the ids of records and the names of files need no escapes."""
            file, _, fragment = to.partition("#")
            relative = posixpath.relpath(file, posixpath.dirname(path) or ".")
            return f"{relative}#{fragment}" if fragment else relative

        script = self.script if template == "search.html.jinja" else ""
        page = self._environment.get_template(template).render(
            lang=lang,
            link=link,
            here=path,
            front=self.front(lang),
            others={other: to for other, to in others.items() if other != lang},
            graph=self.title(lang),
            as_of=as_of_text(self.lookup, lang),
            time=self.job.when.told(lang) if self.job.when else "",
            say={key: pick(text, lang) for key, text in WORDS.items()},
            words=WORDS,
            word=lambda key, *given: word(key, lang, *given),
            number=lambda value: number(value, lang),
            size=lambda value: size(value, lang),
            page=lambda id_: self.page(lang, id_),
            sources_title=sources_word("sources", lang),
            style=_markup(self.style),
            script=_markup(script),
            policy=f"default-src 'none'; style-src {_hash(self.style)}; img-src data:; "
            + (f"script-src {_hash(script)}; " if script else "")
            + "base-uri 'none'",
            **values,
        )
        self.files[path] = page.encode("utf-8", "replace")

    def say(self, lang: str, key: str, *values: object) -> str:
        """A phrase of the site."""
        return word(key, lang, *values)

    def title(self, lang: str) -> str:
        """The title of the graph."""
        return pick(self._titles, lang) or self.lookup.compiled.base

    @cached_property
    def _titles(self) -> dict[str, str]:
        return self.lookup.description()

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
        import jinja2

        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATE, encoding="utf-8"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=jinja2.StrictUndefined,
        )
        environment.filters["plain"] = plain
        environment.filters["json"] = lambda value: _markup(_json(value))
        environment.filters["data"] = lambda svg: (
            "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")
        )
        environment.globals["glyph"] = self.glyph
        return environment

    def glyph(self, subject: Subject) -> Any:
        """The shape of a subject on the map, as SVG; empty for what the map does not draw."""
        style = subject.kind.style
        home = subject.id == self.lookup.compiled.home and style.home_color
        return shape(style.shape, home or style.color, style.filled) if style.shape else ""


def _text(node: object) -> str:
    return str(getattr(node, "value", ""))


def _json(value: object) -> str:
    """JSON that no script element can be closed by."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _markup(text: str) -> Any:
    """Our own style, script and JSON, unescaped as their hashes and readers want them."""
    from markupsafe import Markup

    return Markup(text)
