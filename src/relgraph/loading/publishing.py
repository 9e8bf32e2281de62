"""What ``graph.yaml`` says of the graph as something that is published, and what that lacks (RG118).

Required is what DCAT-AP-SE 3 requires of a catalogue and a dataset: title, description, publisher and
licence, the catalogue's being CC0; of a contact, name and e-mail address.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from relgraph.loading.values import IRI
from relgraph.model import Position, Problem
from relgraph.reading import Mapping as MappingNode
from relgraph.reading import Scalar, Sequence

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
#: licences by the names of SPDX; any other is written as its IRI
LICENCES = {
    "CC0-1.0": CC0,
    "CC-BY-4.0": "http://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "http://creativecommons.org/licenses/by-sa/4.0/",
}
#: the EU's list of data themes: http://publications.europa.eu/resource/authority/data-theme
THEMES = (
    *("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "OP_DATPRO", "REGI", "SOCI"),
    *("TECH", "TRAN"),
)
#: languages by BCP 47, and in the EU's list http://publications.europa.eu/resource/authority/language
_LANGUAGES = """
bg=BUL cs=CES da=DAN de=DEU el=ELL en=ENG es=SPA et=EST fi=FIN fr=FRA ga=GLE hr=HRV hu=HUN
is=ISL it=ITA lt=LIT lv=LAV mt=MLT nb=NOB nl=NLD nn=NNO no=NOR pl=POL pt=POR ro=RON se=SME
sk=SLK sl=SLV sme=SME sv=SWE uk=UKR
"""
LANGUAGES = dict(code.split("=") for code in _LANGUAGES.split())
#: the keys; the first four begin a description, and what it lacks is then told by ``relgraph check``
KEYS = ("publisher", "contact", "publishedAt", "descriptionLicence", "themes")
_BEGUN = KEYS[:4]
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]+")


@dataclass(frozen=True, slots=True)
class Publishing:
    """Who publishes a graph and where; empty where nothing is said.

    ``publisher`` is a record's id; ``names`` are those of a publisher that has no record, by language (or
    under the empty one), for who publishes a graph need not stand in it. ``at`` is the address below which
    the files of ``exports/`` are served (ends in ``/``), ``contact`` has ``name`` and ``email``, ``themes``
    are codes of the EU's list, and ``licence`` is that of the description itself.
    """

    publisher: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    licence: str = ""
    themes: tuple[str, ...] = ()
    faults: tuple[Problem, ...] = ()
    """What is written and cannot be so (RG100)."""


def read_publishing(node: MappingNode) -> Publishing:
    """The keys of publishing in the mapping of ``graph.yaml``."""
    faults: list[Problem] = []

    def fault(message: str, position: Position, hint: str) -> None:
        faults.append(Problem("RG100", message, position, hint=hint))

    def word(key: str) -> str:
        value = node.get(key)
        if value is not None and not isinstance(value, Scalar):
            fault(f"'{key}' is one value", value.position, f"write {key}: and the value")
        return value.text if isinstance(value, Scalar) else ""

    contact = node.get("contact")
    said = {k.text: v for k, v in contact.entries} if isinstance(contact, MappingNode) else {}
    if contact is not None and (not said or said.keys() - {"name", "email"}):
        fault("'contact' has name and email", contact.position, "write contact: {name: …, email: …}")
    email = said.get("email")
    if isinstance(email, Scalar) and not _MAIL.fullmatch(email.text):
        fault(f"'{email.text}' is no e-mail address", email.position, "such as info@example.org")
    at, address = word("publishedAt"), node.get("publishedAt")
    if address is not None and not (IRI.fullmatch(at) and at.startswith("http") and at.endswith("/")):
        hint = "for example publishedAt: https://example.org/data/"
        fault("'publishedAt' is the address of the exports and ends in /", address.position, hint)
    publisher = node.get("publisher")
    names = _names(publisher) if isinstance(publisher, MappingNode) else {}
    if isinstance(publisher, MappingNode) and not names:
        hint = "write publisher: and the id of a record, or publisher: {name: …}"
        fault("'publisher' is a record, or has a name", publisher.position, hint)
    themes = node.get("themes")
    items = themes.items if isinstance(themes, Sequence) else (themes,) if themes is not None else ()
    for item in items:
        if not (isinstance(item, Scalar) and item.text in THEMES):
            known = f"the EU's list has {', '.join(THEMES)}"
            fault("no such data theme", item.position, known)
    return Publishing(
        "" if isinstance(publisher, MappingNode) else word("publisher"),
        names,
        {key: value.text for key, value in said.items() if isinstance(value, Scalar)},
        at,
        word("descriptionLicence"),
        tuple(item.text for item in items if isinstance(item, Scalar)),
        tuple(faults),
    )


def _names(publisher: MappingNode) -> dict[str, str]:
    """The names in ``{name: …}``, one text or a text by language; none where anything else is written."""
    name = publisher.get("name")
    if len(publisher.entries) != 1 or name is None:
        return {}
    entries = [(k.text, v) for k, v in name.entries] if isinstance(name, MappingNode) else [("", name)]
    found = {lang: value.text for lang, value in entries if isinstance(value, Scalar) and value.text}
    return found if len(found) == len(entries) else {}


def licence_iri(licence: str) -> str:
    """The IRI of a licence that is named by SPDX or is an IRI itself; else empty."""
    return LICENCES.get(licence) or (licence if IRI.fullmatch(licence) else "")


def begun(positions: Collection[str]) -> bool:
    """Whether ``graph.yaml``, of which these are the keys, begins a description for publishing."""
    return any(key in positions for key in _BEGUN)


def lacking(
    publishing: Publishing,
    *,
    file: Position,
    positions: Mapping[str, Position],
    licence: str,
    described: bool,
    languages: Collection[str],
    agents: Collection[str],
) -> Iterator[Problem]:
    """RG118: what the profile requires and is not there; ``agents`` are the ids of those who may publish."""

    def problem(message: str, key: str, hint: str) -> Problem:
        return Problem("RG118", message, positions.get(key, file), "warning", hint)

    if not described:
        text = "a published graph has a description"
        yield problem(text, "description", "write description: {sv: …, en: …}")
    if not publishing.publisher and not publishing.names:
        hint = "write publisher: and the id of the record of whoever publishes it, or publisher: {name: …}"
        yield problem("a published graph has a publisher", "publisher", hint)
    elif publishing.publisher and publishing.publisher not in agents:
        text = f"the publisher '{publishing.publisher}' is not the record of an organization"
        yield problem(text, "publisher", "write the id of a record of a city, a unit or another organization")
    if not licence_iri(licence):
        known = ", ".join(LICENCES)
        yield problem("a published graph has a licence", "licence", f"write licence: {known} or an IRI")
    if licence_iri(publishing.licence or licence) != CC0:
        text = "the description of a published graph is CC0, whatever the licence of the graph"
        yield problem(text, "descriptionLicence", "if it is, write descriptionLicence: CC0-1.0")
    for part in ("name", "email"):
        if publishing.contact and not publishing.contact.get(part):
            yield problem(f"the contact has no {part}", "contact", "write contact: {name: …, email: …}")
    for lang in sorted(languages):
        if lang not in LANGUAGES:
            text = f"the language '{lang}' has no code in the EU's list that relgraph knows"
            yield problem(text, "languages", f"it knows {', '.join(sorted(LANGUAGES))}")
