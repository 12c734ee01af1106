"""What things are called on pages, also those that have no name of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode

from api.addresses import name_of
from api.entity_pages.facts import Facts, Text, nodes_of
from api.entity_pages.figure_words import FIGURE_CLASSES, FIGURE_PROPERTIES, Figure, read_figure
from graph.model.namespaces import BASE, DCTERMS, OA, PREFIXES, RDFS, SKOS, VNDX
from graph.query.lookups import Plan

LABELS: Final = (
    SKOS["prefLabel"],
    RDFS["label"],
    DCTERMS["title"],
    VNDX["officialName"],
    VNDX["statement"],
)
"""Where names are, the best first."""

_LABEL: Final = SKOS["prefLabel"]
_ONTOLOGY: Final = VNDX.iri
_SAID: Final = tuple(
    VNDX[name]
    for name in ("officialName", "statement", "member", "role", "fromUnit", "toUnit", "transferKind")
)
_NAMING: Final = (*FIGURE_PROPERTIES, *_SAID, OA["hasSelector"], OA["exact"], OA["hasSource"])
_LEADS_ON: Final = tuple(
    VNDX[name]
    for name in (
        *("about", "indicator", "unitOfMeasure", "period", "status", "basis"),
        *("member", "fromUnit", "toUnit", "transferKind"),
    )
)


class Namer:
    """Gives names in the language of a page.

    Args:
        facts: what is known; may grow later on.

    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.language = facts.language
        self._labels: dict[NamedNode, Text] = {}
        self._figures: dict[NamedNode, Figure] = {}

    def label(self, node: NamedNode) -> Text:
        """Give the label of a node, an empty text if it has none."""
        found = self._labels.get(node)
        if found is None:
            found = self.facts.text(node, *LABELS)
            if found:
                self._labels[node] = found
        return found

    def figure(self, node: NamedNode) -> Figure:
        """Put a figure into words; all that `plan_names` looks up of it must be known."""
        found = self._figures.get(node)
        if found is None:
            found = self._figures[node] = read_figure(self.facts, node, self.label)
        return found

    def name(self, node: NamedNode) -> Text:
        """Give what to call a node: what it says if it has no label, else the end of its IRI."""
        facts = self.facts
        if facts.has_class(node, *FIGURE_CLASSES):
            return Text(self.figure(node).sentence)
        return self.label(node) or self._composed(node) or Text(short_iri(node.value))

    def in_context(self, node: NamedNode) -> Text:
        """Give what to call a node where it is clear what it is about."""
        if self.facts.has_class(node, *FIGURE_CLASSES):
            return Text(self.figure(node).short)
        return self.name(node)

    def other(self, node: NamedNode) -> Text:
        """Give the label in the other language, an empty text if there is none or it is the same."""
        other = "en" if self.language == "vi" else "vi"
        labels = [v for v in self.facts.values(node, _LABEL) if isinstance(v, Literal)]
        found = next((v.value for v in labels if v.language == other), "")
        return Text(found, other) if found and found != self.label(node).text else Text("")

    def _composed(self, node: NamedNode) -> Text:
        facts = self.facts
        if member := facts.node(node, VNDX["member"]):
            role = facts.text(node, VNDX["role"])
            named = self.label(member)
            return Text(f"{named.text}, {role.text}", role.language) if role else named
        before, after = facts.node(node, VNDX["fromUnit"]), facts.node(node, VNDX["toUnit"])
        if before and after:
            return Text(f"{self.label(before).text} → {self.label(after).text}")
        selectors = facts.nodes(node, OA["hasSelector"])
        quotes = [facts.text(selector, OA["exact"], language="vi").text for selector in selectors]
        if quote := next(filter(None, quotes), ""):
            return Text(f"“{quote}”", "vi")
        return Text("")


def plan_names(facts: Facts, nodes: Iterable[object]) -> Plan[None]:
    """Plan what `Namer` needs to call nodes by, and take it into the facts."""
    wanted = tuple(node for node in nodes_of(nodes) if node.value.startswith(BASE) and "#" not in node.value)
    yield from facts.name(wanted)
    nameless = [
        n
        for n in wanted
        if facts.knows(n) and (not facts.values(n, _LABEL) or facts.has_class(n, *FIGURE_CLASSES))
    ]
    if not nameless:
        return
    yield from facts.read(nameless, *_NAMING)
    yield from facts.name(facts.all_nodes(nameless, *_LEADS_ON))
    yield from facts.read(facts.all_nodes(nameless, OA["hasSelector"]), OA["exact"])


def path_of(iri: str) -> str:
    """Give the path of the page of an IRI below the root of the service, empty if it has none."""
    if iri.startswith(_ONTOLOGY):
        return f"/ontology#{iri.removeprefix(_ONTOLOGY)}"
    name = name_of(iri)
    return f"/page/{name}" if name else ""


def short_iri(iri: str) -> str:
    """Give the shortest form of an IRI that still tells what it is."""
    if iri.startswith(BASE):
        return iri.removeprefix(BASE).removeprefix("id/").removeprefix("ontology#")
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
