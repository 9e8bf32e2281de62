"""What a user would write instead of ``relgraph query``: parse the Turtle, ask, print CSV."""

import sys

import rdflib

graph = rdflib.Graph()
graph.parse(sys.argv[1], format="turtle")
with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123
    result = graph.query(file.read())
sys.stdout.buffer.write(result.serialize(format="csv") or b"")
