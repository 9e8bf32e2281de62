"""The fictional city with a few records more, each for one row of an analysis that is counted by hand."""

from __future__ import annotations

from pathlib import Path

from running import SOURCE, City, copy_city

from relgraph.analysis import Evidence, Result, Row, analyse
from relgraph.lookup import Lookup
from relgraph.model import Ref, Term
from relgraph.project import find_project
from relgraph.vocabulary import local_name

ENTITIES = """
- id: trafikkontoret
  type: OrganizationalUnit
  name: {sv: Trafikkontoret, en: Traffic Office}
  unitOf: lindvik
  SOURCE
- id: sydbros-kansli
  type: OrganizationalUnit
  name: {sv: Sydbros kansli, en: Sydbro office}
  unitOf: sydbro
  SOURCE
- {id: sydbro, type: Network, name: {sv: Sydbro, en: Sydbro}, SOURCE}
- {id: tysta-ringen, type: Network, name: {sv: Tysta ringen, en: Silent Ring}, SOURCE}
- {id: sydland, type: Country, name: {sv: Sydland, en: Southland}, SOURCE}
- {id: sydstad, type: City, name: {sv: Sydstad, en: Southtown}, containedInPlace: sydland, SOURCE}
- id: sydbro-meeting
  type: Event
  name: {sv: Sydbros möte, en: Sydbro meeting}
  isPartOf: sydbro
  location: sydstad
  SOURCE
- {id: tram, type: Topic, name: {sv: Spårväg, en: Tram}, SOURCE}
- {id: stage, type: Topic, name: {sv: Scenkonst, en: Stage}, SOURCE}
- {id: plan, type: SteeringDocument, name: {sv: Planen, en: The plan}, SOURCE}
- {id: focus-housing, type: FocusArea, name: {sv: Bostäder, en: Housing}, isPartOf: plan, SOURCE}
- {id: focus-tram, type: FocusArea, name: {sv: Spår, en: Rails}, isPartOf: plan, SOURCE}
"""
RELATIONSHIPS = """
- {id: r-sydbro, type: Membership, member: lindvik, organization: sydbro, observedIn: 2030, SOURCE}
- {id: r-ring, type: Membership, member: lindvik, organization: tysta-ringen, from: 2029, to: 2031-06, SOURCE}
- {id: r-meeting, type: Participation, participant: trafikkontoret, in: sydbro-meeting, date: 2030-05, SOURCE}
- id: r-beside
  type: Participation
  participant: kulturkontoret
  alongside: sydbro
  in: plan
  date: 2028
  SOURCE
- id: r-tram
  type: PolicyWork
  advocate: trafikkontoret
  subject: tram
  policyForm: policy-work
  date: 2030
  SOURCE
- id: r-stage
  type: PolicyWork
  advocate: [trafikkontoret, kulturkontoret]
  subject: stage
  policyForm: policy-work
  date: 2030
  SOURCE
- id: r-ground
  type: Grounding
  grounded: plan
  ground: [focus-housing, focus-tram]
  observedIn: 2030
  SOURCE
- {id: r-focus, type: Undertaking, performer: lindvik, workedOn: focus-tram, date: 2030, SOURCE}
"""


def harbour(folder: Path) -> City:
    """A copy of the city with these records."""
    city = copy_city(folder / "lindvik")
    city.add(ENTITIES.replace("SOURCE", SOURCE), "more-entities.yaml")
    city.add(RELATIONSHIPS.replace("SOURCE", SOURCE), "more-relationships.yaml")
    return city


def evidence_of(root: Path) -> Evidence:
    """What analyses look at, without limits."""
    project = find_project(root)
    return Evidence(Lookup(project.compiled(), project.vocabulary))


def cells(row: Row) -> tuple[object, ...]:
    """A row's cells as a test writes them: ids, local names, words, numbers, lists of them."""
    return tuple(_plain(cell) for cell in row.cells)


def _plain(cell: object) -> object:
    if isinstance(cell, tuple):
        return [_plain(each) for each in cell]
    if isinstance(cell, Term):
        return local_name(cell.iri)
    return cell.id if isinstance(cell, Ref) else getattr(cell, "key", getattr(cell, "id", cell))


def table(result: Result, name: str) -> tuple[Row, ...]:
    """The rows of one table."""
    return next(found.rows for found in result.tables if found.name == name)


def told(evidence: Evidence, analysis: str, name: str, **options: object) -> list[tuple[object, ...]]:
    """One table of an analysis, as a test writes it."""
    return [cells(row) for row in table(analyse(analysis, evidence, **options), name)]
