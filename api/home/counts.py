"""What the home page counts: a number and the very query that gave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.collections.solutions import solutions
from graph.query.engine import SnapshotView

_QUERY: Final = """\
PREFIX vndx: <https://w3id.org/vndx/ontology#>

# {vi} · {en}
SELECT (COUNT(DISTINCT ?{name}) AS ?n) WHERE {{
  {pattern}
}}
"""


@dataclass(frozen=True)
class Countable:
    """Something to count: the variable of the query, what it is called, and the pattern that finds it."""

    name: str
    vi: str
    en: str
    pattern: str

    @property
    def query(self) -> str:
        """Give the query that counts it."""
        return _QUERY.format(name=self.name, vi=self.vi, en=self.en, pattern=self.pattern)


@dataclass(frozen=True)
class Count:
    """How many there are."""

    of: Countable
    number: int


COUNTABLES: Final = (
    Countable("document", "văn bản", "documents", "?document a vndx:Document ."),
    Countable("platform", "nền tảng số", "platforms", "?platform a vndx:Platform ."),
    Countable("event", "sự kiện", "events", "?event a vndx:Event ."),
    Countable("figure", "số liệu", "figures", "?figure a vndx:Observation ."),
    Countable("target", "mục tiêu", "targets", "?target a vndx:Target ."),
    Countable(
        "evidence", "đoạn trích làm bằng chứng", "quotations as evidence", "?evidence a vndx:Evidence ."
    ),
    Countable("source", "nguồn", "sources", "?source a vndx:Source ."),
    Countable(
        "unit",
        "đơn vị hành chính, từ năm 2004",
        "administrative units, since 2004",
        "?unit a vndx:AdministrativeUnit .",
    ),
)
"""In the order in which the page has them."""


async def read_counts(view: SnapshotView) -> list[Count]:
    """Count everything in a snapshot.

    Raises:
        ProblemError: if a query has no answer.
        EngineUnavailableError: if the engine cannot be reached.

    """
    return [Count(found, int((await solutions(view, found.query))[0]["n"])) for found in COUNTABLES]
