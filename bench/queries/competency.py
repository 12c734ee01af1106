"""The competency queries of the documentation, as query families of one text each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bench.queries.model import Family, Group

FOLDER: Final = Path(__file__).parents[2] / "docs" / "queries"


def competency_queries(folder: Path = FOLDER) -> tuple[Family, ...]:
    """Read the competency queries, in the order of their file names; none if the folder is not there."""
    paths = sorted(folder.glob("*.rq"))
    return tuple(Family(path.stem, Group.COMPETENCY, (path.read_text("utf-8"),)) for path in paths)


def mixed(queries: tuple[Family, ...]) -> Family:
    """Make one family of several: a request takes the next query.

    Raises:
        ValueError: if there are none.

    """
    if not queries:
        raise ValueError("there are no competency queries to mix")
    return Family("competency-mix", Group.COMPETENCY, tuple(query.texts[0] for query in queries))
