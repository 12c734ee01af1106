"""The competency queries of the documentation, as query families of one text each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from bench.queries.model import Family, Group

FOLDER: Final = Path(__file__).parents[2] / "docs" / "queries"

# Property functions ("magic" predicates) that only one server knows cannot be compared.
_MAGIC: Final = re.compile(r"<(?:bif:|http://jena\.|http://www\.ontotext\.com/|java:)|\bbif:|\btext:query\b")


def competency_queries(folder: Path = FOLDER) -> tuple[Family, ...]:
    """Read the competency queries, in the order of their file names; none if the folder is not there."""
    found: list[Family] = []
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text("utf-8")
        if not _MAGIC.search(text):
            found.append(Family(path.stem, Group.COMPETENCY, (text,)))
    return tuple(found)


def mixed(queries: tuple[Family, ...]) -> Family:
    """Make one family of several: a request takes the next query.

    Raises:
        ValueError: if there are none.

    """
    if not queries:
        raise ValueError("there are no competency queries to mix")
    return Family("competency-mix", Group.COMPETENCY, tuple(query.texts[0] for query in queries))
