"""SPARQL over the local store: ``lexer`` reads the text, ``run`` answers it, ``formats`` shows the answer.

A user's query goes through :func:`relgraph.sparql.run.run` (a process of its own, with limits); a question
that relgraph ships through :func:`relgraph.sparql.run.select`. Nothing is imported here: a command pays for
what it uses.
"""
