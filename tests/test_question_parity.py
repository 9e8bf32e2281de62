"""The saved questions in a second engine: rdflib on the exported Turtle gives the rows of Oxigraph."""

from __future__ import annotations

import pytest
from asking import NAMES, Asked, overlay_city
from running import ROOT
from test_question_files import CITY, MALMO

#: What rdflib is slow in on Malmö: 0.7 to 10 s of processor time when measured. These start from every record
#: or walk paths from each, and rdflib joins as it is written. They are compared on a part of Malmö, which the
#: first of their rows rest on.
SLOW_ON_MALMO = [
    "about",
    "agreements",
    "agreements-by-country",
    "ambiguities",
    "implied",
    "linked-through",
    "outside-period",
    "projects",
    "projects-and-programmes",
    "reported-counts",
    "state-of-relations",
    "units-in-networks",
    "usual-but-missing",
]


#: on how many records the part rests
RECORDS = 15


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(overlay_city(tmp_path_factory.mktemp("parity") / "lindvik").root, CITY)


@pytest.fixture(scope="module")
def malmo() -> Asked:
    return Asked(ROOT, MALMO)


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_agrees_on_the_city(city: Asked, name: str) -> None:
    """With a value for as many parameters as leave a row; also whole, where Malmö is so in part only."""
    values: dict[str, str] = {}
    for param in city.questions[name].params:
        if param.required:
            continue
        known = city.values(name, param) if param.family in ("record", "concept") else []
        choice = ["2030"] if param.family == "period" else known
        fitting = (value for value in choice if city.rows(name, **values, **{param.name: value}))
        if (value := next(fitting, None)) is not None:
            values[param.name] = value
    for case in ({}, values) if values and name in SLOW_ON_MALMO else (values,):
        assert city.in_rdflib(name, case) == city.in_oxigraph(name, case), case


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(SLOW_ON_MALMO)))
def test_rdflib_agrees_on_malmo(malmo: Asked, name: str) -> None:
    assert malmo.in_rdflib(name) == malmo.in_oxigraph(name)


@pytest.mark.parametrize("name", SLOW_ON_MALMO)
def test_rdflib_agrees_on_a_part_of_malmo(malmo: Asked, name: str) -> None:
    answer = malmo.answer(name)
    cells = {cell.value for row in answer.rows for cell in row.cells.values() if cell.kind == "record"}
    with malmo.part([*answer.records[:RECORDS], *sorted(cells)[:RECORDS]]) as (store, graph):
        rows = malmo.in_oxigraph(name, store=store)
        assert rows
        assert malmo.in_rdflib(name, graph=graph) == rows
