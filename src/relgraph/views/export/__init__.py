"""The graph in the formats of other tools: one format family a file, all of them in :mod:`registry`."""
