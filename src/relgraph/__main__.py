"""The ``relgraph`` command, also ``python -m relgraph``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit."""
    arguments = sys.argv[1:]
    folder = arguments[1] if arguments[:1] == ["--project"] and len(arguments) > 1 else None
    if arguments[2 if folder else 0 :][:1] == ["query"] and not {"-h", "--help"}.intersection(arguments):
        from relgraph.sparql.ahead import warm_project

        warm_project(folder or ".")  # it starts while click is imported
    from relgraph.cli import main as run

    run()


if __name__ == "__main__":
    main()
