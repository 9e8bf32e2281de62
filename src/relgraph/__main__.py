"""The ``relgraph`` command, also ``python -m relgraph``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and exit."""
    try:
        _main()
    except (KeyboardInterrupt, RuntimeError) as error:
        # while it was starting; afterwards relgraph.cli.interrupts hears of it
        if isinstance(error, RuntimeError) and not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        sys.stderr.write("interrupted\n")
        sys.exit(130)


def _open_closed() -> None:
    """No file or pipe opened later may become stdin, stdout or stderr because that is closed (``>&-``).

    To write to stdout then fails, and is told of; what goes to stderr goes nowhere.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)  # the lowest that is free


def _main() -> None:
    _open_closed()
    arguments = sys.argv[1:]
    folder = arguments[1] if arguments[:1] == ["--project"] and len(arguments) > 1 else None
    if arguments[2 if folder else 0 :][:1] == ["query"] and not {"-h", "--help"}.intersection(arguments):
        from relgraph.sparql.ahead import warm_project

        warm_project(folder or ".")  # it starts while click is imported
    from relgraph.cli import main as run

    run()


if __name__ == "__main__":
    main()
