"""What the editor completes with: the terms of a snapshot, from its ontology, concepts and VoID."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph.model.namespaces import OWL, PREFIXES, RDF, RDFS, SKOS, VOID

# A local name that needs no escapes (SPARQL 1.1, rule PN_LOCAL), as all our terms have.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_\-]*[A-Za-z0-9_])?")
# Vocabularies that describe the dataset, the ontology and the shapes themselves, not what people ask about.
_ABOUT_THE_GRAPH: Final = tuple(PREFIXES[name] for name in ("sh", "void", "sd", "owl", "dcat"))


@dataclass(frozen=True)
class Term:
    """A class, property or concept.

    Attributes:
        name: as a query writes it: a prefixed name, or an IRI in angle brackets.
        labels: by language.
        definitions: by language.
        uses: how many things a class has, or triples a property.
        group: of a concept, the label of its scheme by language.

    """

    name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    uses: int = 0
    group: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Terms:
    """The terms of a snapshot.

    Attributes:
        classes: those with labels first, then the most used.
        properties: likewise.
        concepts: by name.
        used: the names of the properties that things of a class have, the most used first, by class.

    """

    classes: Sequence[Term]
    properties: Sequence[Term]
    concepts: Sequence[Term]
    used: Mapping[str, Sequence[str]]

    def to_json(self, language: str) -> bytes:
        """Write them for an editor whose user reads a language; labels fall back to Vietnamese."""
        content = {
            "prefixes": PREFIXES,
            "classes": [_entry(term, language) for term in self.classes],
            "properties": [_entry(term, language) for term in self.properties],
            "concepts": [_entry(term, language) for term in self.concepts],
            "used": self.used,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def read_terms(stated: Iterable[Triple], description: Iterable[Quad]) -> Terms:
    """Read the terms.

    Args:
        stated: the triples of the ontology and of the concepts.
        description: the VoID description, whose partitions say what is used; empty if there is none.

    """
    texts: defaultdict[NamedNode, defaultdict[NamedNode, dict[str, str]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    links: defaultdict[NamedNode, defaultdict[NamedNode, list[NamedNode]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for triple in stated:
        if not isinstance(triple.subject, NamedNode):
            continue
        if isinstance(triple.object, Literal):
            texts[triple.subject][triple.predicate][triple.object.language or "vi"] = triple.object.value
        elif isinstance(triple.object, NamedNode):
            links[triple.subject][triple.predicate].append(triple.object)
    partitions = read_partitions(description)
    classes = {node for node, said in links.items() if OWL["Class"] in said[RDF["type"]]}
    properties = {
        node
        for node, said in links.items()
        if any(kind in said[RDF["type"]] for kind in (OWL["ObjectProperty"], OWL["DatatypeProperty"]))
    }
    concepts = {node for node, said in links.items() if SKOS["Concept"] in said[RDF["type"]]}

    def term(node: NamedNode, uses: int, group: Mapping[str, str] | None = None) -> Term:
        said = texts[node]
        labels = said[SKOS["prefLabel"]] or said[RDFS["label"]]
        definitions = said[SKOS["definition"]] or said[RDFS["comment"]]
        return Term(query_name(node.value), dict(labels), dict(definitions), uses, group)

    def group_of(node: NamedNode) -> Mapping[str, str] | None:
        schemes = links[node][SKOS["inScheme"]]
        return dict(texts[schemes[0]][SKOS["prefLabel"]]) if schemes else None

    return Terms(
        _in_order(
            term(node, partitions.things.get(node.value, 0))
            for node in classes | _asked_about(partitions.things)
        ),
        _in_order(
            term(node, partitions.triples.get(node.value, 0))
            for node in properties | _asked_about(partitions.triples)
        ),
        [term(node, 0, group_of(node)) for node in sorted(concepts, key=lambda node: node.value)],
        {
            query_name(kind): [query_name(used) for used in names]
            for kind, names in sorted(partitions.used.items())
            if not kind.startswith(_ABOUT_THE_GRAPH)
        },
    )


@dataclass(frozen=True)
class Partitions:
    """What a VoID description counts, by IRI.

    Attributes:
        things: how many entities a class has.
        triples: how many triples a property has.
        used: the properties of the entities of a class, the most used first.

    """

    things: Mapping[str, int]
    triples: Mapping[str, int]
    used: Mapping[str, Sequence[str]]


def read_partitions(description: Iterable[Quad]) -> Partitions:
    """Read the class partitions that have property partitions (VoID, section 4)."""
    counts: defaultdict[object, dict[NamedNode, int]] = defaultdict(dict)
    names: defaultdict[object, dict[NamedNode, str]] = defaultdict(dict)
    parts: defaultdict[object, list[object]] = defaultdict(list)
    for quad in description:
        value = quad.object
        if quad.predicate == VOID["propertyPartition"]:
            parts[quad.subject].append(value)
        elif isinstance(value, NamedNode):
            names[quad.subject][quad.predicate] = value.value
        elif isinstance(value, Literal) and quad.predicate in (VOID["entities"], VOID["triples"]):
            counts[quad.subject][quad.predicate] = int(value.value)
    things: dict[str, int] = {}
    triples: defaultdict[str, int] = defaultdict(int)
    used: dict[str, list[str]] = {}
    for partition, properties in parts.items():
        kind = names[partition].get(VOID["class"])
        counted = sorted(
            (-counts[part].get(VOID["triples"], 0), names[part].get(VOID["property"], ""))
            for part in properties
        )
        if kind is None:
            # The dataset as a whole: its partitions count every triple once.
            triples |= {name: -number for number, name in counted if name}
        else:
            things[kind] = counts[partition].get(VOID["entities"], 0)
            used[kind] = [name for _, name in counted if name]
    return Partitions(things, triples, used)


def query_name(iri: str) -> str:
    """Give an IRI as a query writes it: shortened with one of our prefixes where that needs no escapes."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def _asked_about(iris: Iterable[str]) -> set[NamedNode]:
    return {NamedNode(iri) for iri in iris if not iri.startswith(_ABOUT_THE_GRAPH)}


def _in_order(terms: Iterable[Term]) -> list[Term]:
    """Sort terms: those that the ontology labels first, as others mostly say the same again; then by use."""
    return sorted(terms, key=lambda term: (not term.labels, -term.uses, term.name))


def _entry(term: Term, language: str) -> dict[str, object]:
    entry: dict[str, object] = {"name": term.name, "label": _text(term.labels, language)}
    if definition := _text(term.definitions, language):
        entry["definition"] = definition
    if term.uses:
        entry["uses"] = term.uses
    if term.group and (group := _text(term.group, language)):
        entry["group"] = group
    return entry


def _text(texts: Mapping[str, str], language: str) -> str:
    return next((texts[tag] for tag in (language, "vi", "en") if tag in texts), "")
