"""The gazetteer of a dataset, from the N-Triples of its graphs."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from graph.build.filtered import FilteredLines
from graph.cache import ContentCache, key_of
from graph.matching.gazetteer import Gazetteer
from graph.matching.gazetteer_file import GAZETTEER_FORMAT, gazetteer_bytes
from graph.matching.loading import PREDICATES, load_gazetteer
from graph.model.namespaces import VNDX
from graph.model.ntriples import split, token
from graph.model.ntriples_terms import literal_parts

GAZETTEER_PREDICATES = frozenset(map(token, PREDICATES))
"""The predicates of all triples that the gazetteer is made of, as N-Triples terms."""

# Only a graph that says one of these names units or tells what became of them.
_TELLING = tuple(token(VNDX[name]).encode() for name in ("code", "versionOf", "transfer"))
_KEPT = "gazetteer"


def gazetteer_content(graphs: Mapping[str, bytes], cache: ContentCache) -> bytes:
    """Give the content of the gazetteer file of what some graphs state about units.

    Args:
        graphs: the sorted N-Triples of each graph, by its IRI; without what was inferred.
        cache: keeps the content under the hash of what it is made of.

    """
    lines = FilteredLines(GAZETTEER_PREDICATES, cache)
    telling = [text for text in graphs.values() if any(predicate in text for predicate in _TELLING)]
    texts = [lines.of(hashlib.sha256(text).hexdigest(), text) for text in telling]
    key = key_of(_KEPT, str(GAZETTEER_FORMAT), *(hashlib.sha256(text).hexdigest() for text in texts))
    content = cache.get(_KEPT, key)
    if content is None:
        content = gazetteer_bytes(gazetteer_of(texts))
        cache.put(_KEPT, key, content)
    return content


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
