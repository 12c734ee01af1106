"""What has been looked up for a section: values and names by node, as planners and templates need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from api.addresses import name_of
from graph.model.namespaces import BASE, RDF, SKOS
from graph.query.lookups import Outgoing, Plan, References

_VALUES: Final = (NamedNode, Literal)


@dataclass(frozen=True)
class Words:
    """A text of the data on a page.

    Attributes:
        text: the text.
        language: in which it is if that is not the language of the page, for ``lang=``.

    """

    text: str
    language: str = ""


@dataclass(frozen=True)
class Link:
    """Something that has a page of its own.

    Attributes:
        text: what it is called.
        path: of its page, below the root; the empty text if it has none.
        language: as of `Words`.

    """

    text: str
    path: str = ""
    language: str = ""


class Facts:
    """Triples by subject and predicate.

    Args:
        language: of the page.

    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._values: defaultdict[NamedNode, defaultdict[NamedNode, list[NamedNode | Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def add(self, triples: Iterable[Triple]) -> None:
        """Add triples; those that are known already count once."""
        for triple in triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, NamedNode) and isinstance(value, _VALUES):
                known = self._values[subject][triple.predicate]
                if value not in known:
                    known.append(value)

    def read(self, nodes: Iterable[NamedNode], *predicates: NamedNode) -> Plan[None]:
        """Plan to look some properties of nodes up, all of them if none are named."""
        self.add((yield Outgoing(tuple(dict.fromkeys(nodes)), predicates)))

    def name(self, nodes: Iterable[NamedNode]) -> Plan[None]:
        """Plan to look the classes and labels of nodes up."""
        self.add((yield References(tuple(dict.fromkeys(nodes)))))

    def nodes(self, subject: NamedNode, *predicates: NamedNode) -> list[NamedNode]:
        """Give the nodes that some properties lead to, in the order of IRIs."""
        found = {
            value
            for predicate in predicates
            for value in self._of(subject, predicate)
            if isinstance(value, NamedNode)
        }
        return sorted(found, key=str)

    def all_nodes(self, subjects: Iterable[NamedNode], *predicates: NamedNode) -> list[NamedNode]:
        """Give the nodes that some properties of several nodes lead to, each once."""
        return list(dict.fromkeys(node for subject in subjects for node in self.nodes(subject, *predicates)))

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """Give the first node that a property leads to."""
        return next(iter(self.nodes(subject, predicate)), None)

    def key(self, subject: NamedNode, predicate: NamedNode) -> str:
        """Give the last part of the IRI that a property leads to, e.g. of a concept; empty if none."""
        node = self.node(subject, predicate)
        return node.value.rpartition("/")[2] if node else ""

    def value(self, subject: NamedNode, predicate: NamedNode) -> str:
        """Give the lexical form of the first literal of a property, the empty text if there is none."""
        return min((v.value for v in self._of(subject, predicate) if isinstance(v, Literal)), default="")

    def words(self, subject: NamedNode, predicate: NamedNode) -> Words | None:
        """Give the text of a property in the language of the page, else in Vietnamese, else in any."""
        by_language: dict[str, str] = {}
        for value in self._of(subject, predicate):
            if isinstance(value, Literal):
                tag, text = value.language or "", value.value
                by_language[tag] = min(text, by_language.get(tag, text))
        for tag in (self._language, "vi", *sorted(by_language)):
            if tag in by_language:
                return Words(by_language[tag], "" if tag == self._language else tag)
        return None

    def classes(self, subject: NamedNode) -> frozenset[NamedNode]:
        """Give the classes of a node."""
        return frozenset(self.nodes(subject, RDF["type"]))

    def link(self, node: NamedNode) -> Link:
        """Give a node by its label, or by the last part of its IRI if it has none."""
        name = name_of(node.value)
        words = self.words(node, SKOS["prefLabel"])
        if words is None:
            words = Words(node.value.removeprefix(BASE).rpartition("/")[2] or node.value)
        return Link(words.text, f"/page/{name}" if name else "", words.language)

    def _of(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        values = self._values.get(subject)
        return values.get(predicate, []) if values else []
