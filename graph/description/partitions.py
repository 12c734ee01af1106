"""Counting what a graph is made of: classes, properties, what properties lead to, links to other datasets.

Node types are few combinations (71 in 850,000 triples), so triples are counted by the combination that
their subject and object have, and classes are told apart only in these counts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.model.namespaces import BASE, OWL, RDF, RDFS, SCHEMA, SKOS, XSD
from graph.model.ntriples import token

LINK_PREDICATES: Final = frozenset(
    token(term)
    for term in (
        *(SKOS[name] for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")),
        OWL["sameAs"],
        RDFS["seeAlso"],
        SCHEMA["sameAs"],
    )
)
"""The properties whose triples link a thing of ours to one of another dataset."""

_TYPE: Final = token(RDF["type"]).encode()
_STRING: Final = XSD["string"].value
_LANGUAGE_STRING: Final = RDF["langString"].value
_ORIGIN: Final = re.compile(r"<(https?://[^/]+/)")


@dataclass(frozen=True)
class PropertyPartition:
    """The triples with one property (VoID, section 4.5), of one class or of all subjects.

    Attributes:
        triples: how many there are.
        object_classes: how many of them lead to a node of each class; of a class and one above it, only
            the lower one counts.
        datatypes: how many of them have a literal of each datatype.

    """

    triples: int
    object_classes: Mapping[str, int]
    datatypes: Mapping[str, int]


@dataclass(frozen=True)
class ClassPartition:
    """The nodes of one class, and the triples that they are subjects of."""

    entities: int
    triples: int
    properties: Mapping[str, PropertyPartition]


@dataclass(frozen=True)
class Linkset:
    """The triples of one property that lead to one other dataset (VoID, section 5)."""

    predicate: str
    origin: str
    triples: int


@dataclass(frozen=True)
class Partitions:
    """What a graph is made of; classes, properties and datatypes are IRIs.

    Attributes:
        triples: how many it has.
        subjects: distinct subjects.
        objects: distinct objects, literals too.
        classes: by class.
        properties: by property, whatever the subject is.
        linksets: in the order of property and origin.

    """

    triples: int
    subjects: int
    objects: int
    classes: Mapping[str, ClassPartition]
    properties: Mapping[str, PropertyPartition]
    linksets: tuple[Linkset, ...]


Combination = frozenset[bytes]
_Key = tuple[int, bytes, "int | bytes"]
"""The combinations of subject and object by number, or the end of a literal in place of the latter."""

_NO_TYPE: Final = 0


def partition(texts: Iterable[bytes], super_classes: Mapping[str, Collection[str]]) -> Partitions:
    """Count the triples of the merge of some graphs.

    Args:
        texts: their N-Triples; a triple that stands in several of them counts once.
        super_classes: for a class, as N-Triples term, every class above it.

    """
    kept = list(texts)
    types, combinations = _types(kept)
    counts: dict[_Key, int] = {}
    subjects: set[bytes] = set()
    objects: set[bytes] = set()
    seen: set[bytes] = set()
    links: Counter[tuple[bytes, str]] = Counter()
    link_predicates = {predicate.encode() for predicate in LINK_PREDICATES}
    for text in kept:
        last, combination = b"", _NO_TYPE
        for line in _new_lines(text, seen):
            subject, predicate, rest = line.split(b" ", 2)
            if subject != last:  # lines of one subject stand together
                last, combination = subject, types.get(subject, _NO_TYPE)
                subjects.add(subject)
            value = rest[:-2]
            objects.add(value)
            kind: int | bytes
            if value.startswith(b'"'):
                kind = value[value.rindex(b'"') + 1 :]
            else:
                kind = types.get(value, _NO_TYPE)
                if predicate in link_predicates and (origin := _foreign_origin(value.decode())):
                    links[predicate, origin] += 1
            key = (combination, predicate, kind)
            counts[key] = counts.get(key, 0) + 1
    counting = _Counts(counts, combinations, super_classes)
    entities = Counter(types.values())
    return Partitions(
        triples=len(seen),
        subjects=len(subjects),
        objects=len(objects),
        classes=counting.classes(entities),
        properties=counting.properties(range(len(combinations))),
        linksets=tuple(
            Linkset(_iri(predicate.decode()), origin, number)
            for (predicate, origin), number in sorted(links.items())
        ),
    )


def _new_lines(text: bytes, seen: set[bytes]) -> Iterable[bytes]:
    """Give the lines of a text that have not been seen, in its order; they are seen from then on."""
    lines = text.splitlines()
    found = set(lines)
    again = seen & found
    seen |= found
    return (line for line in lines if line not in again) if again else lines


def _types(texts: Iterable[bytes]) -> tuple[dict[bytes, int], list[Combination]]:
    """Give the number of the combination of classes of each node, and the combinations."""
    marker = b" " + _TYPE + b" "
    found: dict[bytes, set[bytes]] = {}
    for text in texts:
        position = 0
        while (position := text.find(marker, position)) >= 0:
            start = text.rfind(b"\n", 0, position) + 1
            end = text.find(b"\n", position)
            # The same characters within a literal are no predicate: the first space must be here.
            if text.find(b" ", start, end) == position:
                cls = text[position + len(marker) : end - 2]
                found.setdefault(text[start:position], set()).add(cls)
            position = end
    numbers: dict[Combination, int] = {frozenset(): _NO_TYPE}
    types = {node: numbers.setdefault(frozenset(classes), len(numbers)) for node, classes in found.items()}
    return types, list(numbers)


@dataclass(frozen=True)
class _Counts:
    """Counts by combination, to be told apart by class."""

    counts: Mapping[_Key, int]
    combinations: Sequence[Combination]
    above: Mapping[str, Collection[str]]

    def classes(self, entities: Mapping[int, int]) -> dict[str, ClassPartition]:
        names = sorted({cls for combination in self.combinations for cls in combination})
        found: dict[str, ClassPartition] = {}
        for name in names:
            numbers = {number for number, known in enumerate(self.combinations) if name in known}
            properties = self.properties(numbers)
            found[_iri(name.decode())] = ClassPartition(
                entities=sum(entities[number] for number in numbers),
                triples=sum(each.triples for each in properties.values()),
                properties=properties,
            )
        return found

    def properties(self, subjects: Collection[int]) -> dict[str, PropertyPartition]:
        triples: Counter[str] = Counter()
        classes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        datatypes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for (subject, predicate, kind), number in self.counts.items():
            if subject not in subjects:
                continue
            name = _iri(predicate.decode())
            triples[name] += number
            if isinstance(kind, bytes):
                datatypes[name][_datatype(kind.decode())] += number
            else:
                for cls in self._lowest(kind):
                    classes[name][_iri(cls)] += number
        return {
            name: PropertyPartition(
                number, dict(sorted(classes[name].items())), dict(sorted(datatypes[name].items()))
            )
            for name, number in sorted(triples.items())
        }

    def _lowest(self, number: int) -> set[str]:
        given = {cls.decode() for cls in self.combinations[number]}
        return given - {higher for cls in given for higher in self.above.get(cls, ())}


def _foreign_origin(value: str) -> str:
    match = _ORIGIN.match(value)
    return match[1] if match and not value.startswith(f"<{BASE}") else ""


def _datatype(suffix: str) -> str:
    """Give the datatype of a literal by what follows its closing quotation mark."""
    if suffix.startswith("^^"):
        return _iri(suffix[2:])
    return _LANGUAGE_STRING if suffix else _STRING


def _iri(term: str) -> str:
    return term[1:-1]
