"""The page of an entity: what a template needs to show its description to a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from api.addresses import name_of
from api.entities.description import Description, describe
from api.entities.figures import FIGURE_PROPERTIES, figure_text
from api.entity_pages.registry import plan_sections
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import BASE, DCTERMS, OA, PREFIXES, RDF, RDFS, SKOS, VNDX, XSD
from graph.query.lookups import Incoming, Node, Outgoing, Plan

MAX_INCOMING: Final = 100

_TYPE: Final = RDF["type"]
_LABELS: Final = (SKOS["prefLabel"], RDFS["label"], DCTERMS["title"], VNDX["officialName"])
_ANY_URI: Final = XSD["anyURI"]
_ONTOLOGY: Final = VNDX.iri
_EVIDENCE: Final = VNDX["hasEvidence"]
_GROUPS: Final[tuple[tuple[str, tuple[NamedNode, ...]], ...]] = (
    ("names", (*_LABELS, SKOS["altLabel"], VNDX["name"], VNDX["nameAscii"], VNDX["title"])),
    ("links", (SKOS["exactMatch"], SKOS["closeMatch"], RDFS["seeAlso"], VNDX["website"], VNDX["url"])),
    ("sources", (_EVIDENCE, VNDX["statedIn"], VNDX["sourceCount"])),
)
_GROUP_OF: Final = {predicate: name for name, predicates in _GROUPS for predicate in predicates}


@dataclass(frozen=True)
class Value:
    """One value on a page.

    Attributes:
        text: what is read.
        language: of the text, if it has one.
        address: where the node is described, the empty text for a plain value.
        detail: what is said of a part of the entity, e.g. of a version of a unit.
        quotation: the words of a source, for an evidence.

    """

    text: str
    language: str = ""
    address: str = ""
    detail: Sequence[Fact] = ()
    quotation: str = ""


@dataclass(frozen=True)
class Fact:
    """A property with its values."""

    label: str
    values: Sequence[Value]


@dataclass(frozen=True)
class EntityPage:
    """What a page shows.

    Attributes:
        title: the label of the entity.
        iri: its IRI.
        kinds: the labels of its classes.
        groups: the facts by group: ``names``, ``facts``, ``links``, ``sources``.
        sections: what pages of its classes show besides.
        incoming: what refers to the entity.
        more_incoming: whether there is more than is shown.

    """

    title: str
    iri: str
    kinds: Sequence[str]
    groups: Mapping[str, Sequence[Fact]]
    sections: Sequence[Section]
    incoming: Sequence[Fact]
    more_incoming: bool
    description: Description = field(repr=False)


def plan_page(node: NamedNode, language: str, root: str) -> Plan[EntityPage | None]:
    """Plan the page of an entity; it gives None if nothing is said of it.

    Args:
        node: the entity.
        language: of the labels, where there is a choice.
        root: the path under which the service is seen.

    """
    description = yield from describe(node)
    if description is None:
        return None
    sections = yield from plan_sections(PageSubject(description, language, root))
    incoming = yield Incoming(node, MAX_INCOMING)
    subjects = dict.fromkeys(
        t.subject for t in incoming if isinstance(t.subject, NamedNode) and t.subject != node
    )
    known = [*description.triples]
    labels = yield Outgoing(tuple(subjects), (SKOS["prefLabel"],))
    labelled = {t.subject for t in labels}
    nameless = tuple(found for found in subjects if found not in labelled)
    known += [*labels, *(yield Outgoing(nameless, FIGURE_PROPERTIES))]
    named = dict.fromkeys(t.object for t in known if t.predicate in FIGURE_PROPERTIES)
    known += yield Outgoing(tuple(n for n in named if isinstance(n, NamedNode)), (SKOS["prefLabel"],))
    terms = {t.predicate for t in (*known, *incoming)}
    terms |= {t.object for t in known if t.predicate == _TYPE and isinstance(t.object, NamedNode)}
    known += yield Outgoing(tuple(sorted(terms, key=str)), (RDFS["label"],))
    writer = _PageWriter(known, language, root)
    return EntityPage(
        title=writer.label(node),
        iri=node.value,
        kinds=writer.kinds(node),
        groups=writer.groups(node),
        sections=sections,
        incoming=writer.incoming(incoming, node),
        more_incoming=len(incoming) == MAX_INCOMING,
        description=description,
    )


class _PageWriter:
    def __init__(self, triples: Iterable[Triple], language: str, root: str) -> None:
        self._language = language
        self._root = root
        self._facts: defaultdict[Node, defaultdict[NamedNode, list[object]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for triple in dict.fromkeys(triples):
            if isinstance(triple.subject, NamedNode | BlankNode):
                self._facts[triple.subject][triple.predicate].append(triple.object)

    def label(self, node: Node) -> str:
        """Give what to call a node: its name, else what it says if it is a figure, else its short IRI."""
        return (
            self._name(node)
            or figure_text(self._facts.get(node, {}), self._name, self._language)
            or (_short(node.value) if isinstance(node, NamedNode) else "")
        )

    def _name(self, node: Node) -> str:
        """Give the best label of a node: in the language of the page, else in Vietnamese, else in any."""
        for predicate in _LABELS:
            texts = [value for value in self._of(node, predicate) if isinstance(value, Literal)]
            by_language = {text.language or "": text.value for text in reversed(texts)}
            for tag in (self._language, "vi", *by_language):
                if tag in by_language:
                    return by_language[tag]
        return ""

    def kinds(self, node: Node) -> list[str]:
        """Give the labels of the classes of a node, own classes only."""
        classes = [value for value in self._of(node, _TYPE) if isinstance(value, NamedNode)]
        return sorted(self.label(found) for found in classes if found.value.startswith(BASE))

    def groups(self, node: Node) -> dict[str, list[Fact]]:
        """Give the facts of a node by group."""
        groups: dict[str, list[Fact]] = {"names": [], "facts": [], "links": [], "sources": []}
        for predicate in self._shown(node):
            groups[_GROUP_OF.get(predicate, "facts")].append(self._fact(node, predicate, frozenset({node})))
        return {name: sorted(facts, key=lambda fact: fact.label) for name, facts in groups.items() if facts}

    def incoming(self, triples: Iterable[Triple], node: Node) -> list[Fact]:
        """Give what refers to a node, by property."""
        by_predicate: defaultdict[NamedNode, list[Value]] = defaultdict(list)
        for triple in triples:
            subject = triple.subject
            if isinstance(subject, NamedNode) and subject != node and name_of(subject.value):
                by_predicate[triple.predicate].append(self._node_value(subject))
        facts = [
            Fact(self.label(predicate), sorted(values, key=lambda value: value.text))
            for predicate, values in by_predicate.items()
        ]
        return sorted(facts, key=lambda fact: fact.label)

    def _shown(self, node: Node) -> list[NamedNode]:
        """Give the properties to show: not those that only say again what an own one says."""
        facts = self._facts[node]
        said = {value for predicate, values in facts.items() if _is_own(predicate) for value in values}
        return [
            predicate
            for predicate, values in facts.items()
            if predicate != _TYPE and (_is_own(predicate) or not said.issuperset(values))
        ]

    def _of(self, node: Node, predicate: NamedNode) -> list[object]:
        return self._facts[node][predicate] if node in self._facts and predicate in self._facts[node] else []

    def _fact(self, node: Node, predicate: NamedNode, above: frozenset[Node]) -> Fact:
        values = [self._value(predicate, value, above) for value in self._of(node, predicate)]
        return Fact(
            self.label(predicate), sorted(values, key=lambda value: (value.language != "vi", value.text))
        )

    def _value(self, predicate: NamedNode, value: object, above: frozenset[Node]) -> Value:
        if isinstance(value, Literal):
            is_address = value.datatype == _ANY_URI and value.value.startswith(("https://", "http://"))
            return Value(value.value, value.language or "", address=value.value if is_address else "")
        if not isinstance(value, NamedNode | BlankNode):
            return Value(str(value))
        if predicate == _EVIDENCE:
            return self._evidence(value)
        is_part = isinstance(value, BlankNode) or any(_is_below(value, upper) for upper in above)
        detail = self._detail(value, above | {value}) if is_part and value not in above else []
        return self._node_value(value, detail)

    def _detail(self, node: Node, above: frozenset[Node]) -> list[Fact]:
        facts = [
            self._fact(node, predicate, above)
            for predicate in self._shown(node)
            if not above.intersection(self._facts[node][predicate])
        ]
        return sorted(facts, key=lambda fact: fact.label)

    def _evidence(self, node: Node) -> Value:
        words = [
            text.value
            for selector in self._of(node, OA["hasSelector"])
            if isinstance(selector, NamedNode | BlankNode)
            for text in self._of(selector, OA["exact"])
            if isinstance(text, Literal)
        ]
        sources = [s for s in self._of(node, OA["hasSource"]) if isinstance(s, NamedNode)]
        source = self._node_value(sources[0]) if sources else self._node_value(node)
        return Value(source.text, address=source.address, quotation=" … ".join(words))

    def _node_value(self, node: Node, detail: Sequence[Fact] = ()) -> Value:
        address = self._address(node.value) if isinstance(node, NamedNode) else ""
        return Value(self.label(node), address=address, detail=detail)

    def _address(self, iri: str) -> str:
        if iri.startswith(_ONTOLOGY):
            return f"{self._root}/ontology#{iri.removeprefix(_ONTOLOGY)}"
        name = name_of(iri)
        return f"{self._root}/page/{name}" if name else iri


def _is_own(predicate: NamedNode) -> bool:
    return predicate in VNDX or predicate in SKOS


def _is_below(value: NamedNode, upper: Node) -> bool:
    return isinstance(upper, NamedNode) and value.value.startswith((upper.value + "#", upper.value + "/"))


def _short(iri: str) -> str:
    """Give the shortest form of an IRI that still tells what it is."""
    if iri.startswith(BASE):
        return iri.removeprefix(BASE).removeprefix("id/").removeprefix("ontology#")
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
