"""What is said of entities: values of properties, with the names of what they refer to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from api.reconcile.model import Text
from graph.model.namespaces import BASE, DCTERMS, RDF, RDFS, SKOS, VNDX
from graph.query.lookups import Outgoing, Plan

Object: TypeAlias = NamedNode | BlankNode | Literal | Triple

LABELS: Final = (SKOS["prefLabel"], RDFS["label"], DCTERMS["title"], VNDX["title"], VNDX["officialName"])
_TYPE: Final = RDF["type"]
_ENTITIES: Final = tuple(BASE + kind for kind in ("id/", "concept/", "graph/"))


@dataclass
class Facts:
    """Values by entity and property, and names of the entities among them.

    Attributes:
        values: by the IRI of the entity, then by the IRI of the property.
        names: by IRI, by language.
        types: the IRIs of the classes of the entities asked for.

    """

    values: Mapping[str, Mapping[str, Sequence[Object]]] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    types: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of(self, iri: str, prop: str) -> Sequence[Object]:
        """Give the values of a property of an entity."""
        return self.values.get(iri, {}).get(prop, ())

    def is_known(self, iri: str) -> bool:
        """Say whether anything is said of an entity."""
        return iri in self.types or iri in self.names


def is_entity(node: Object) -> bool:
    """Say whether a value is an entity of ours, which has an id."""
    return isinstance(node, NamedNode) and node.value.startswith(_ENTITIES)


def look_up(iris: Sequence[str], properties: Sequence[str]) -> Plan[Facts]:
    """Plan what is said of entities.

    Args:
        iris: of the entities; unknown ones have no facts.
        properties: IRIs of the properties wanted; labels and classes come with them.

    """
    subjects = _nodes(iris)
    predicates = tuple(dict.fromkeys((*_nodes(properties), *LABELS, _TYPE)))
    values: defaultdict[str, defaultdict[str, list[Object]]] = defaultdict(lambda: defaultdict(list))
    if subjects:
        for triple in (yield Outgoing(subjects, predicates)):
            values[_key(triple)][triple.predicate.value].append(triple.object)
    wanted = set(properties)
    references = {
        node.value
        for by_property in values.values()
        for prop, nodes in by_property.items()
        if prop in wanted
        for node in nodes
        if isinstance(node, NamedNode) and is_entity(node)
    }
    labels = {iri: {prop: by[prop] for prop in map(_iri, LABELS) if prop in by} for iri, by in values.items()}
    unnamed = tuple(NamedNode(iri) for iri in sorted(references - labels.keys()))
    if unnamed:
        more: defaultdict[str, defaultdict[str, list[Object]]] = defaultdict(lambda: defaultdict(list))
        for triple in (yield Outgoing(unnamed, LABELS)):
            more[_key(triple)][triple.predicate.value].append(triple.object)
        labels |= more
    names = {iri: name for iri, by in labels.items() if (name := _name(by))}
    types = {
        iri: [node.value for node in by[_TYPE.value] if isinstance(node, NamedNode)]
        for iri, by in values.items()
        if _TYPE.value in by
    }
    return Facts(values, names, types)


def _nodes(iris: Iterable[str]) -> tuple[NamedNode, ...]:
    """Give nodes, each once; what can be no IRI has nothing said of it."""
    found = []
    for iri in dict.fromkeys(iris):
        with suppress(ValueError):
            found.append(NamedNode(iri))
    return tuple(found)


def _name(labels: Mapping[str, Sequence[Object]]) -> Text:
    """Give the name of an entity by language, from the first property that has one."""
    name: dict[str, str] = {}
    for prop in map(_iri, LABELS):
        for node in labels.get(prop, ()):
            if isinstance(node, Literal):
                name.setdefault((node.language or "vi").partition("-")[0], node.value)
    return name


def _key(triple: Triple) -> str:
    subject = triple.subject
    return subject.value if isinstance(subject, NamedNode) else str(subject)


def _iri(node: NamedNode) -> str:
    return node.value
