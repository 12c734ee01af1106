"""What is new: the latest documents, events and sources of a snapshot, by their own dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.collections.solutions import solutions
from graph.query.engine import SnapshotView

_QUERY: Final = """\
PREFIX vndx: <https://w3id.org/vndx/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

# {vi} · {en}
SELECT ?thing ?date ?vi ?en WHERE {{
  ?thing a vndx:{cls} ; vndx:{date} ?date .
  OPTIONAL {{ ?thing skos:prefLabel ?vi FILTER(LANG(?vi) = "vi") }}
  OPTIONAL {{ ?thing skos:prefLabel ?en FILTER(LANG(?en) = "en") }}
}}
ORDER BY DESC(STR(?date)) ?thing
LIMIT {limit}
"""
_SHOWN: Final = 4


@dataclass(frozen=True)
class NewsQuery:
    """A kind of news: its title, and which class is ordered by which date."""

    vi: str
    en: str
    cls: str
    date: str

    @property
    def query(self) -> str:
        """Give the query that finds the latest of the kind."""
        return _QUERY.format(vi=self.vi, en=self.en, cls=self.cls, date=self.date, limit=_SHOWN)


@dataclass(frozen=True)
class NewsItem:
    """Something with a date, as precise as it is known."""

    iri: str
    date: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class News:
    """The latest of a kind, the newest first."""

    of: NewsQuery
    items: Sequence[NewsItem]


NEWS: Final = (
    NewsQuery("Văn bản mới nhất", "Newest documents", "Document", "issueDate"),
    NewsQuery("Sự kiện mới nhất", "Newest events", "Event", "startDate"),
    NewsQuery("Nguồn mới nhất", "Newest sources", "Source", "publishedDate"),
)
"""In the order in which the page has them."""


async def read_news(view: SnapshotView) -> list[News]:
    """Give the latest of each kind; kinds of which there is nothing are left out.

    Raises:
        ProblemError: if a query has no answer.
        EngineUnavailableError: if the engine cannot be reached.

    """
    news = []
    for kind in NEWS:
        items = [
            NewsItem(
                found["thing"],
                found["date"],
                {language: found[language] for language in ("vi", "en") if language in found},
            )
            for found in await solutions(view, kind.query)
        ]
        if items:
            news.append(News(kind, items))
    return news
