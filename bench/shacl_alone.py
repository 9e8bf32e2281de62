"""What a user would run instead of ``relgraph check``: pySHACL on the Turtle, with the same shapes."""

import sys
from pathlib import Path

import pyshacl
import rdflib

data, shapes = rdflib.Graph(), rdflib.Graph()
data.parse(sys.argv[1], format="turtle")
for path in sorted(Path(sys.argv[2]).glob("*.ttl")):
    shapes.parse(path, format="turtle")
data += shapes
conforms, _, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
print(conforms)
