"""Candidates among everything that is no unit: what search finds, its scores made comparable between queries.

A score says how a name matches: wholly, but for marks, by its number, in part, or with typing errors. How
likely a thing is asked for, by which search ranks, tells nothing about whether it is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from api.reconcile.model import Candidate, Feature, Query
from graph.search.document_numbers import find_number, read_number
from graph.search.index import Hit, SearchIndex
from graph.search.ranking import MatchKind
from graph.search.reading import read
from graph.search.statements import Filters
from graph.search.words import key

_LONGEST: Final = 200
_CONSIDERED: Final = 50
_WHOLE: Final = {MatchKind.EXACT: 1.0, MatchKind.FOLDED: 0.97, MatchKind.CODE: 0.95}
_IN_PART: Final = {MatchKind.PREFIX: (0.45, 0.3), MatchKind.WORDS: (0.4, 0.3)}
_WHOLE_NUMBER: Final = 0.98
_SHORT_NUMBER: Final = 0.88
_OTHER_WORDS: Final = 0.6
"""What remains of a score if none of the words beside a document number has to do with the document."""


class ThingCandidates:
    """Finds things of the index.

    Args:
        index: of a snapshot.

    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def find(self, query: Query, classes: frozenset[str], *, in_part: bool = True) -> list[Candidate]:
        """Give the things that a query may mean, each once.

        Args:
            query: what to look for.
            classes: IRIs of the most specific classes that they may be of.
            in_part: whether things count, too, of which no name is just what is asked for.

        """
        found: dict[str, Candidate] = {}
        limit = _CONSIDERED if query.conditions else query.limit
        for text in query.texts:
            if not classes or not key(text):
                continue
            hits = self._index.named(text[:_LONGEST], Filters(classes=classes), limit, in_part=in_part)
            readings = read(text).readings if hits else ()
            for candidate in (_candidate(text, readings, hit) for hit in hits):
                known = found.get(candidate.iri)
                if known is None or known.score < candidate.score:
                    found[candidate.iri] = candidate
        return list(found.values())


def _candidate(text: str, readings: Sequence[str], hit: Hit) -> Candidate:
    likeness = _likeness(readings, hit.text)
    name, beside = _weights(text, hit, likeness)
    shown = hit.shown
    features = [
        Feature("name", round(name, 4)),
        Feature("likeness", round(likeness, 4)),
        Feature(f"match:{hit.kind.value}", value=True),
    ]
    if beside < 1:
        features.append(Feature("words", round(beside, 4)))
    return Candidate(
        iri=shown.iri,
        name=_texts(shown.label_vi, shown.label_en),
        description=_texts(shown.description_vi, shown.description_en),
        cls=shown.cls,
        score=round(100 * name * beside, 2),
        features=tuple(features),
    )


def _weights(text: str, hit: Hit, likeness: float) -> tuple[float, float]:
    """Give how well the name matches, and how well the words beside a document number do."""
    if hit.kind in _WHOLE:
        return _WHOLE[hit.kind], 1.0
    if hit.kind is MatchKind.NUMBER:
        return _number_weights(text, hit)
    if hit.kind is MatchKind.FUZZY:
        return 0.9 * likeness**2, 1.0
    base, more = _IN_PART[hit.kind]
    return base + more * likeness, 1.0


def _number_weights(text: str, hit: Hit) -> tuple[float, float]:
    asked, whole = find_number(key(text).split()), read_number(hit.text)
    if asked is None or whole is None:
        return _SHORT_NUMBER, 1.0
    is_whole = whole.symbols <= asked.number.symbols and whole.year in ("", asked.number.year)
    about = set(key(f"{hit.shown.label_vi} {hit.shown.description_vi}").split())
    share = sum(word in about for word in asked.rest) / len(asked.rest) if asked.rest else 1.0
    return (_WHOLE_NUMBER if is_whole else _SHORT_NUMBER), _OTHER_WORDS + (1 - _OTHER_WORDS) * share**2


def _likeness(readings: Sequence[str], name: str) -> float:
    """Say how alike a name and a text, in any of its readings, are without marks, from 0 to 1."""
    folded = key(name)
    return max((fuzz.ratio(reading, folded) for reading in readings), default=0.0) / 100


def _texts(vietnamese: str, english: str) -> dict[str, str]:
    return {language: text for language, text in (("vi", vietnamese), ("en", english)) if text}
