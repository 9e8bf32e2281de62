"""Where the nodes of a project's map stand: ``graph/layout.csv``, an input like any other."""

from __future__ import annotations

import csv

from relgraph.errors import UsageError
from relgraph.project import Project
from relgraph.store.files import LAYOUT
from relgraph.views.map.layout import Layout, read_layout


def layout_of(project: Project) -> Layout | None:
    """The layout in ``graph/layout.csv``, or None; raises :class:`UsageError` if it cannot be read."""
    path = project.graph / LAYOUT
    try:
        text = path.read_text(encoding="utf-8")
        return read_layout(text) if text else None
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"{path.parent.name}/{LAYOUT} cannot be read: {reason}",
            hint="delete it: the map's nodes are then placed anew",
        ) from error
