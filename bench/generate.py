"""Make a fictional city's graph of any size, in relgraph's own record shape, the same for the same seed.

    python bench/generate.py --relationships 10000 --seed 1 OUT [--check]

OUT becomes a project: ``graph/`` with YAML files of some megabytes each, ``graph/sources.yaml``,
``graph/sources.lock`` and the report that every record cites, ``report.txt``. Kinds, keys, lists and
cardinalities are read from the ontology: a kind that is added to it is generated too. Entities are a third as
many as relationships. Written as it is made: memory grows by a few bytes a relationship.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, deque
from collections.abc import Sequence
from pathlib import Path
from random import Random

from report import DOCUMENT, Cited, Report
from values import SPECIAL, YEAR, Entities, Relationships, Values, quoted, word

from relgraph.namespaces import RG
from relgraph.project import find_project, shipped_ontology
from relgraph.vocabulary import KeyRule, Kind, Vocabulary, read_vocabulary, vocabulary_files

FILE_BYTES = 4 << 20
BASE = "https://example.org/lindvik/"
UNSETTLED, IMPLIED, CONFLICT, SECOND_SOURCE, ALIAS = 0.02, 0.1, 0.05, 0.15, 0.08


class RecordFiles:
    """Writes records into ``<name>-0001.yaml``, ``-0002`` …, each of some megabytes."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.count = 0
        self._open()

    def _open(self) -> None:
        self.count += 1
        path = self.folder / f"{self.name}-{self.count:04}.yaml"
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._size = 0

    def write(self, entries: Sequence[str]) -> None:
        """One record, its entries as lines of YAML."""
        if self._size > FILE_BYTES:
            self._file.close()
            self._open()
        text = "- " + "\n  ".join(entries) + "\n"
        self._size += len(text)
        self._file.write(text)

    def close(self) -> None:
        """Close the last file."""
        self._file.close()


class Generator:
    """One run: what it has written so far is what later records may refer to."""

    def __init__(self, vocabulary: Vocabulary, out: Path, relationships: int, seed: int) -> None:
        self.random = Random(seed)
        self.vocabulary = vocabulary
        self.total = relationships
        self.folder = out / "graph"
        self.folder.mkdir(parents=True, exist_ok=True)
        kinds = record_kinds(vocabulary)
        self.kinds = kinds["Relationship"]
        self.annotations = kinds["Annotation"]
        city = [kind for kind in kinds["Entity"] if kind.name == "City"]
        others = [kind for kind in kinds["Entity"] if kind.name != "City"]
        # what must refer to another entity comes after it: a part after its whole
        others.sort(key=lambda kind: any(rule.minimum and rule.classes for rule in kind.rules.values()))
        count = max(relationships // 3, len(others) + 1)
        self.entities = Entities([*city, *others], count, self.random)
        self.relationships = Relationships(self.random)
        self.values = Values(vocabulary, self.entities, self.relationships, self.random)
        self.weights = [3.0 if kind.shortcut or kind.drawn_as == "node" else 1.0 for kind in self.kinds]
        self.assessed: deque[str] = deque(maxlen=500)
        self.before: Cited | None = None
        extra = max(len(self.annotations), count // 20)
        self.extra = extra if self.annotations else 0
        title = "Lindviks årsberättelse 2030"
        self.report = Report(out, self.folder, count + relationships + self.extra, title)

    def run(self) -> None:
        """Write everything."""
        (self.folder / "graph.yaml").write_text(
            "title: {sv: Lindviks internationella relationer, en: International relationships of Lindvik}\n"
            f"base: {BASE}\nhomeCity: lindvik\nlanguages: [sv, en]\nlicence: CC0-1.0\n",
            encoding="utf-8",
        )
        with self.report:
            self._each("entities", len(self.entities), self._entity)
            self._each("relationships", self.total, self._relationship)
            self._each("annotations", self.extra, self._annotation)
            self.report.finish()
        self._sources()

    def _each(self, name: str, count: int, make: object) -> None:
        assert callable(make)
        if not count:
            return
        files = RecordFiles(self.folder, name)
        for number in range(count):
            files.write(make(number))
        files.close()

    # -- records -------------------------------------------------------------------------------------

    def _entity(self, number: int) -> list[str]:
        kind, name = self.entities.kind(number), self.entities.name(number, "sv")
        entries = [f"id: {self.entities.id(number)}", f"type: {kind.name}"]
        entries.append(f"name: {{sv: {quoted(name)}, en: {quoted(self.entities.name(number, 'en'))}}}")
        for rule in self._rules(kind, 0.25):
            values = self.values.several(kind, rule, below=number)
            if values:
                entries.append(_entry(rule.key, values))
        whole, part = self.report.sentence("Staden känner ", name, f" som nummer {number} i listan.")
        if self.random.random() < ALIAS and number:
            status = self.random.choice(["misspelling", "source-variant", "acronym", "inferred"])
            alias = f"{word(number)}{number}"
            entries.append(f"alias: [{{name: {alias}, status: {status}, source: [{_source(part)}]}}]")
        entries.append(f"source: [{_source(part)}]")
        self.before = whole
        return entries

    def _relationship(self, number: int) -> list[str]:
        # every kind once, then by weight
        if number < len(self.kinds):
            kind = self.kinds[number]
        else:
            kind = self.random.choices(self.kinds, self.weights)[0]
        id_ = f"{_kebab(kind.name)}-{number}"
        assessment = kind.is_a(RG + "Assessment")
        unsettled = not assessment and number >= len(self.kinds) and self.random.random() < UNSETTLED
        entries = [f"id: {id_}"]
        entries += (
            ["type: UnsettledRelationship", f"readsAs: {kind.name}"] if unsettled else [f"type: {kind.name}"]
        )
        if "name" in kind.rules and kind.rules["name"].minimum:
            texts = [f"{kind.labels.get(lang, kind.name)} {word(number)}" for lang in ("sv", "en")]
            entries.append(f"name: {{sv: {quoted(texts[0])}, en: {quoted(texts[1])}}}")
        hub = self.random.random() < 0.35
        keys: list[str] = []
        for rule in self._rules(kind, 0.3, edge=True):
            start = rule.key in (kind.edge_from, kind.edge_between)
            values = self.values.several(kind, rule, hub=hub and start)
            if values:
                keys.append(rule.key)
                entries.append(_entry(rule.key, values))
        times = self.values.times(kind)
        entries += times
        if unsettled:
            entries.append("certainty: ambiguous")
            other = self.relationships.draw((RG + "UnsettledRelationship",))
            if other:
                entries.append(f"alternativeTo: [{other}]")
            self.relationships.remember(self.vocabulary.kinds["UnsettledRelationship"], id_)
        else:
            if self.random.random() < IMPLIED:
                entries.append("certainty: implied")
            if assessment and self.assessed and self.random.random() < CONFLICT:
                entries.append(f"conflictsWith: [{self.random.choice(self.assessed)}]")
            self.relationships.remember(kind, id_)
        if assessment:
            self.assessed.append(id_)
        label = kind.labels.get("sv", kind.name)
        entries += self._sources_of(f"{label} mellan parterna i ärende {number}", keys)
        return entries

    def _annotation(self, number: int) -> list[str]:
        kind = self.annotations[number % len(self.annotations)]
        entries = [f"id: {_kebab(kind.name)}-{number}", f"type: {kind.name}"]
        for rule in self._rules(kind, 0.5):
            values = self.values.several(kind, rule)
            if values:
                entries.append(_entry(rule.key, values))
        entries.append(f"source: [{{document: register, locator: {kind.name} {number}}}]")
        return entries

    def _rules(self, kind: Kind, chance: float, *, edge: bool = False) -> list[KeyRule]:
        """The rules of the keys that a record is to have: those it must, and some of those it may."""
        ends = (kind.edge_from, kind.edge_to, kind.edge_between) if edge else ()
        return [
            rule
            for key, rule in sorted(kind.rules.items())
            if key not in SPECIAL
            and (
                rule.minimum
                or self.random.random() < (0.9 if key in ends or key in kind.roles[:1] else chance)
            )
        ]

    def _sources_of(self, phrase: str, keys: list[str]) -> list[str]:
        whole, part = self.report.sentence(f"Under {YEAR} redovisas ", phrase, " enligt stadens register.")
        first = part if self.random.random() < 0.5 else whole
        sources = [_source(first, keys if self.random.random() < 0.5 else ())]
        if self.before is not None and self.random.random() < SECOND_SOURCE:
            sources.append(_source(self.before, keys[:1], "implied"))
        self.before = whole
        return (
            [f"source: [{', '.join(sources)}]"]
            if len(sources) == 1
            else ["source:", *(f"  - {source}" for source in sources)]
        )

    def _sources(self) -> None:
        report = self.report
        lines = [
            f"- id: {DOCUMENT}",
            "  type: Document",
            "  name: {sv: Lindviks årsberättelse 2030, en: Annual report of Lindvik 2030}",
            f"  period: {YEAR}",
            "  language: sv",
            f"  characters: {report.at}",
            f"  sha256: {report.sha256}",
            "  sections:",
        ]
        lines += [
            f'    - {{number: "{number}", name: {{sv: Avsnitt {number}}}, range: [{start}, {end}]}}'
            for number, start, end in report.sections
        ]
        lines.append("  notFactual:")
        lines += [
            f'    - {{section: "{h.section}", range: [{h.start}, {h.end}], reason: heading}}'
            for h in report.headings
        ]
        lines += ["- id: register", "  type: Document", "  name: {sv: Registret, en: The register}"]
        (self.folder / "sources.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def record_kinds(vocabulary: Vocabulary) -> dict[str, list[Kind]]:
    """The kinds of which records are made, by top class.

    A relationship or annotation that can be spoken (has a template); an entity that has no kinds below it,
    or looks of its own.
    """
    found: dict[str, list[Kind]] = {"Entity": [], "Relationship": [], "Annotation": []}
    kinds = sorted(vocabulary.kinds.values(), key=lambda kind: kind.name)
    above = {iri for kind in kinds for iri in kind.parents}
    by_iri = {kind.iri: kind for kind in kinds}
    for kind in kinds:
        if kind.is_a(RG + "Entity") and kind.iri != RG + "Entity":
            parent = by_iri.get(kind.parents[0])
            if kind.iri not in above or (parent is not None and parent.style != kind.style):
                found["Entity"].append(kind)
        for top in ("Relationship", "Annotation"):
            if kind.is_a(RG + top) and kind.templates:
                found[top].append(kind)
    return found


def generate(out: Path, relationships: int, seed: int) -> None:
    """Write the project folder ``out``; raises :class:`values.CannotGenerate` for a rule it cannot meet."""
    vocabulary, problems = read_vocabulary(vocabulary_files([shipped_ontology()]))
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    Generator(vocabulary, out, relationships, seed).run()


def check(out: Path) -> bool:
    """Whether relgraph finds no error, the lock is the one it would make itself, and every kind occurs."""
    from relgraph.checks import all_citations
    from relgraph.sources.lock import make_lock

    project = find_project(out)
    checked = project.check()
    for problem in checked.errors[:20]:
        print(problem, file=sys.stderr)
    severities = Counter(problem.severity for problem in checked.problems)
    document = checked.dataset.documents[DOCUMENT]
    cited = [(c.start, c.end) for r in checked.dataset.records for c in all_citations(r) if c.end]
    known = checked.lock.document(DOCUMENT)
    text = (out / "report.txt").read_text(encoding="utf-8")
    new = make_lock(DOCUMENT, text, document.sections, cited).document(DOCUMENT)
    same = known is not None and new is not None and known.segments == new.segments
    same = same and known is not None and new is not None and known.sha256 == new.sha256
    same = same and known is not None and new is not None and set(new.cited) <= set(known.cited)
    used = Counter(record.type for record in checked.dataset.records)
    used.update(
        v.iri.rsplit("#", 1)[-1]
        for r in checked.dataset.records
        for v in r.values.get("readsAs", ())
        if hasattr(v, "iri")
    )
    wanted = {kind.name for kinds in record_kinds(checked.vocabulary).values() for kind in kinds}
    missing = sorted(wanted - set(used))
    print(
        f"{len(checked.dataset.records)} records of {len(used)} kinds, {severities['error']} errors, "
        f"{severities['warning']} warnings; lock {'as relgraph makes it' if same else 'DIFFERS'}; "
        f"kinds without a record: {', '.join(missing) or 'none'}"
    )
    return not severities["error"] and same and not missing


def _source(place: Cited, supports: Sequence[str] = (), certainty: str = "") -> str:
    text = f'document: {DOCUMENT}, section: "{place.section}", range: [{place.start}, {place.end}]'
    text += f", supports: [{', '.join(supports)}]" if supports else ""
    return f"{{{text}{f', certainty: {certainty}' if certainty else ''}}}"


def _entry(key: str, values: Sequence[str]) -> str:
    return f"{key}: {values[0]}" if len(values) == 1 else f"{key}: [{', '.join(values)}]"


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()


def main() -> None:
    """Parse the arguments, generate, and check if asked to."""
    parser = argparse.ArgumentParser(description="Make a fictional city's graph.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the project folder; must be new or empty")
    parser.add_argument("--relationships", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--check", action="store_true", help="let relgraph check what was made")
    options = parser.parse_args()
    if options.out.exists() and any(options.out.iterdir()):
        parser.error(f"{options.out} is not empty")
    if not 100 <= options.relationships <= 10_000_000:
        parser.error("--relationships goes from 100 to 10000000")
    generate(options.out, options.relationships, options.seed)
    if options.check and not check(options.out):
        sys.exit(1)


if __name__ == "__main__":
    main()
