"""The engine by itself: open the store, ask, print CSV. What ``relgraph query`` may add little to."""

import sys

import pyoxigraph as ox

store = ox.Store.read_only(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123
    answer = store.query(file.read(), use_default_graph_as_union=True)
if isinstance(answer, ox.QueryTriples):
    sys.exit("a query of rows, please")
answer.serialize(sys.stdout.buffer, ox.QueryResultsFormat.CSV)
