"""The gazetteer of a dataset, from the N-Triples of its graphs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from graph.matching.gazetteer import Gazetteer
from graph.matching.loading import PREDICATES, load_gazetteer
from graph.model.ntriples import split, token
from graph.model.ntriples_terms import literal_parts

GAZETTEER_PREDICATES = frozenset(map(token, PREDICATES))
"""The predicates of all triples that the gazetteer is made of, as N-Triples terms."""


def gazetteer_of(texts: Iterable[bytes]) -> Gazetteer:
    """Make the gazetteer of what some graphs state.

    Raises:
        KeyError: if a unit has no code, or a version no name.
        ValueError: if a date of a unit is no calendar day.

    """
    return load_gazetteer(_TextTriples(texts))


class _TextTriples:
    def __init__(self, texts: Iterable[bytes]) -> None:
        found: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for text in texts:
            for subject, predicate, value in split(text):
                if predicate in GAZETTEER_PREDICATES and subject.startswith("<"):
                    found[predicate][subject[1:-1], value] = None
        self._pairs = found

    def nodes(self, predicate: NamedNode) -> Iterator[tuple[str, str]]:
        for subject, value in self._pairs[token(predicate)]:
            if value.startswith("<"):
                yield subject, value[1:-1]

    def texts(self, predicate: NamedNode) -> Iterator[tuple[str, str, str]]:
        for subject, value in self._pairs[token(predicate)]:
            if value.startswith('"'):
                yield subject, *literal_parts(value)
