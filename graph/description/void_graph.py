"""The partitions of a dataset as triples (VoID), in a named graph of their own, where editors query for them.

Completion in SPARQL editors asks an endpoint for ``void:class``, ``void:propertyPartition``, the classes
and the datatypes that properties lead to (``void-ext:datatypePartition``). The counts are those of the
merge of all other named graphs: this one does not count itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from graph.description.partitions import ClassPartition, Linkset, Partitions, PropertyPartition
from graph.model import iris, ntriples
from graph.model.namespaces import DCTERMS, GRAPH, ID, PREFIXES, RDF, VOID, XSD, Namespace

VOID_GRAPH: Final = GRAPH["void"]
DATASET: Final = ID["dataset/vndx"]
VOID_EXT: Final = Namespace("http://ldf.fi/void-ext#")


def void_graph(partitions: Partitions) -> bytes:
    """Give the triples of the graph of partitions as sorted N-Triples, its own size among them.

    Raises:
        ValueError: if two terms have names that differ in upper and lower case alone.

    """
    triples = list(_Writer().dataset(partitions))
    described = ntriples.canonical(triples)
    size = ntriples.count(described) + 1
    return ntriples.joined(
        ntriples.lines_of(
            described + ntriples.canonical([Triple(VOID_GRAPH, VOID["triples"], _integer(size))])
        )
    )


class _Writer:
    """Gives IRIs to partitions: what they are part of, then the term, in lower case as all of our IRIs."""

    def __init__(self) -> None:
        self._terms: dict[tuple[str, str], str] = {}

    def dataset(self, found: Partitions) -> Iterator[Triple]:
        numbers = {
            "distinctSubjects": found.subjects,
            "distinctObjects": found.objects,
            "classes": len(found.classes),
            "properties": len(found.properties),
        }
        for name, number in numbers.items():
            yield Triple(DATASET, VOID[name], _integer(number))
        for cls, class_partition in found.classes.items():
            yield from self._class(cls, class_partition)
        yield from self._properties(DATASET, "void/all", found.properties)
        for linkset in found.linksets:
            yield from self._linkset(linkset)

    def _class(self, cls: str, found: ClassPartition) -> Iterator[Triple]:
        path = f"void/class/{self._key(cls)}"
        node = ID[path]
        yield Triple(DATASET, VOID["classPartition"], node)
        yield Triple(node, VOID["class"], NamedNode(cls))
        yield Triple(node, VOID["entities"], _integer(found.entities))
        yield Triple(node, VOID["triples"], _integer(found.triples))
        yield from self._properties(node, path, found.properties)

    def _properties(
        self, whole: NamedNode, path: str, properties: Mapping[str, PropertyPartition]
    ) -> Iterator[Triple]:
        for term, found in properties.items():
            own = f"{path}/{self._property_key(term)}"
            node = ID[own]
            yield Triple(whole, VOID["propertyPartition"], node)
            yield Triple(node, VOID["property"], NamedNode(term))
            yield Triple(node, VOID["triples"], _integer(found.triples))
            if whole == DATASET:
                continue  # what a property leads to is said of each class that has it
            for cls, number in found.object_classes.items():
                part = ID[f"{own}/class/{self._key(cls)}"]
                yield Triple(node, VOID["classPartition"], part)
                yield Triple(part, VOID["class"], NamedNode(cls))
                yield Triple(part, VOID["triples"], _integer(number))
            for datatype, number in found.datatypes.items():
                part = ID[f"{own}/datatype/{self._key(datatype)}"]
                yield Triple(node, VOID_EXT["datatypePartition"], part)
                yield Triple(part, VOID_EXT["datatype"], NamedNode(datatype))
                yield Triple(part, VOID["triples"], _integer(number))

    def _linkset(self, found: Linkset) -> Iterator[Triple]:
        host = found.origin.split("/")[2].lower()
        node, target = (
            ID[f"void/links/{self._property_key(found.predicate)}/{host}"],
            ID[f"void/target/{host}"],
        )
        yield Triple(DATASET, VOID["subset"], node)
        yield Triple(node, RDF["type"], VOID["Linkset"])
        yield Triple(node, VOID["subjectsTarget"], DATASET)
        yield Triple(node, VOID["objectsTarget"], target)
        yield Triple(node, VOID["linkPredicate"], NamedNode(found.predicate))
        yield Triple(node, VOID["triples"], _integer(found.triples))
        yield Triple(target, RDF["type"], VOID["Dataset"])
        yield Triple(target, DCTERMS["title"], Literal(host))
        yield Triple(target, VOID["uriSpace"], Literal(found.origin))

    def _property_key(self, term: str) -> str:
        return self._key(term, "property")

    def _key(self, term: str, role: str = "class") -> str:
        """Give the name of a class, datatype or property in the IRIs of partitions: ``vndx.province``."""
        named = [(iri, prefix) for prefix, iri in PREFIXES.items() if term.startswith(iri)]
        namespace, prefix = max(named, default=("", ""), key=lambda pair: len(pair[0]))
        local = term.removeprefix(namespace)
        plain = bool(namespace) and local.isascii() and local.isalnum()
        key = f"{prefix}.{local.lower()}" if plain else iris.digest(term)
        known = self._terms.setdefault((role, key), term)
        if known != term:
            raise ValueError(f"<{term}> and <{known}> would have the same name: {key}")
        return key


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=XSD["integer"])
