"""Which concept a printed word names: an index of the SKOS schemes by slug and by label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.mapping.reader import TableSet
from graph.model import iris
from graph.model.namespaces import CONCEPT, SKOS
from graph.model.text import fold, squeeze

CONCEPTS_FILE: Final = Path(__file__).parents[2] / "ontology" / "concepts.ttl"
"""The concept schemes, which the mappings read besides their tables."""

_LABELS: Final = (SKOS["prefLabel"], SKOS["altLabel"])


class ConceptIndex:
    """Finds concepts of a scheme by preferred or alternative label, or by the slug in their IRI."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._concepts: set[NamedNode] = set()
        self._by_label: dict[tuple[str, str], set[NamedNode]] = defaultdict(set)
        self._by_folded_label: dict[tuple[str, str], set[NamedNode]] = defaultdict(set)
        self._preferred: dict[tuple[NamedNode, str], str] = {}
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not isinstance(subject, NamedNode) or subject not in CONCEPT:
                continue
            self._concepts.add(subject)
            if triple.predicate in _LABELS and isinstance(value, Literal):
                scheme = subject.value.removeprefix(CONCEPT.iri).partition("/")[0]
                self._by_label[scheme, _spelled(value.value)].add(subject)
                self._by_folded_label[scheme, fold(value.value)].add(subject)
                if triple.predicate == SKOS["prefLabel"]:
                    self._preferred[subject, value.language or ""] = value.value

    @classmethod
    def from_turtle(cls, text: bytes) -> ConceptIndex:
        """Make the index from a Turtle document."""
        return cls(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))

    def find(self, scheme: str, printed: str) -> NamedNode | None:
        """Give the concept of a scheme that a printed word names, or None when none or several do.

        A label with the same marks counts before a slug, and a slug before a label with other marks: "hộ"
        is never taken for "hồ" where both are concepts.
        """
        for concepts in (
            self._by_label.get((scheme, _spelled(printed)), set()),
            self._with_slug(scheme, printed),
            self._by_folded_label.get((scheme, fold(printed)), set()),
        ):
            if len(concepts) == 1:
                return next(iter(concepts))
        return None

    def label(self, concept: NamedNode, language: str) -> str:
        """Give the preferred label of a concept in a language, or the last part of its IRI."""
        return self._preferred.get((concept, language)) or concept.value.rpartition("/")[2]

    def _with_slug(self, scheme: str, printed: str) -> set[NamedNode]:
        """Give the concept that has the word as slug; none for a word that leaves no slug, such as "%"."""
        try:
            concept = iris.concept(scheme, printed)
        except ValueError:
            return set()
        return {concept} & self._concepts


def _spelled(label: str) -> str:
    """Give a label for comparison with its marks: NFC, single spaces, no case."""
    return squeeze(label).casefold()


def concept_index(_tables: TableSet) -> ConceptIndex:
    """Give the index of the project's own schemes; for `TableSet.once`."""
    return ConceptIndex.from_turtle(CONCEPTS_FILE.read_bytes())
