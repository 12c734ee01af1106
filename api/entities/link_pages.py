"""Pages of links of one kind between an entity and others: addresses, cursors and the list."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Triple

from api.entities.figures import FIGURE_PROPERTIES, figure_text
from api.entities.json_document import NodeWriter
from api.entities.json_ld import JsonLdContext
from graph.model.namespaces import SKOS
from graph.query.lookups import LinkCount, LinkCounts, LinkPage, Outgoing, Plan, References

_LABEL = SKOS["prefLabel"]


@dataclass(frozen=True)
class Cursor:
    """Where a page begins or ends: after one IRI, or before one."""

    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, text: str) -> Cursor:
        """Read a cursor.

        Raises:
            ValueError: if it is none that was given out.

        """
        try:
            fields = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (binascii.Error, ValueError) as error:
            raise ValueError("it is no cursor of a page") from error
        if not isinstance(fields, dict) or len(fields) != 1 or not fields.keys() <= {"after", "before"}:
            raise ValueError("it is no cursor of a page of links")
        if not all(isinstance(value, str) and value for value in fields.values()):
            raise ValueError("it is no cursor of a page of links")
        return cls(**fields)

    def __str__(self) -> str:
        """Give it as it is sent."""
        fields = {name: value for name, value in (("after", self.after), ("before", self.before)) if value}
        return base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")


@dataclass(frozen=True)
class LinkList:
    """A page of links.

    Attributes:
        nodes: at the other ends, by IRI.
        known: class and label of them, and what they say if they are figures.
        total: how many links of the kind there are.
        more_before: whether there are links before the first.
        more_after: whether there are links after the last.

    """

    nodes: Sequence[NamedNode]
    known: Sequence[Triple]
    total: int
    more_before: bool
    more_after: bool


def plan_page(
    node: NamedNode, predicate: NamedNode, cursor: Cursor, limit: int, *, outgoing: bool
) -> Plan[LinkList]:
    """Plan a page of links; one more than fits is looked up, to know whether there are more."""
    counts: list[LinkCount] = yield LinkCounts(node, outgoing)
    total = next((found.number for found in counts if found.predicate == predicate), 0)
    found: list[Triple] = yield LinkPage(node, predicate, outgoing, cursor.after, cursor.before, limit + 1)
    others = [end for t in found if isinstance(end := t.object if outgoing else t.subject, NamedNode)]
    nodes = others[-limit:] if cursor.before else others[:limit]
    known: list[Triple] = yield References(tuple(nodes))
    labelled = {t.subject for t in known if t.predicate == _LABEL}
    nameless = tuple(other for other in nodes if other not in labelled)
    known += yield Outgoing(nameless, FIGURE_PROPERTIES)
    named = dict.fromkeys(t.object for t in known if t.predicate in FIGURE_PROPERTIES)
    known += yield References(tuple(value for value in named if isinstance(value, NamedNode)))
    more = len(others) > limit
    return LinkList(
        nodes,
        known,
        total,
        more_before=more if cursor.before else bool(cursor.after),
        more_after=bool(cursor.before) or more,
    )


def items_json(page: LinkList, context: JsonLdContext) -> list[dict[str, Any]]:
    """Give the references of a page; figures, which have no label, have what they say as label."""
    shown = [t for t in page.known if t.predicate not in FIGURE_PROPERTIES]
    writer = NodeWriter(shown, context)
    facts: dict[NamedNode, dict[NamedNode, list[object]]] = {node: {} for node in page.nodes}
    labels: dict[tuple[object, str], str] = {}
    for triple in page.known:
        if triple.predicate == _LABEL:
            labels[triple.subject, getattr(triple.object, "language", "") or ""] = getattr(
                triple.object, "value", ""
            )
        elif isinstance(triple.subject, NamedNode) and triple.subject in facts:
            facts[triple.subject].setdefault(triple.predicate, []).append(triple.object)
    items = []
    for node in page.nodes:
        item = writer.node(node)
        if "label" not in item:
            texts = {
                language: figure_text(facts[node], _namer(labels, language), language)
                for language in ("vi", "en")
            }
            item |= {"label": told} if (told := {tag: text for tag, text in texts.items() if text}) else {}
        items.append(item)
    return items


def query(end: str, node: NamedNode, key: str, limit: int, cursor: Cursor | None) -> str:
    """Give the query string of a page."""
    fields = {end: node.value, "property": key, "limit": str(limit)}
    return urlencode(fields | ({"cursor": str(cursor)} if cursor else {}))


def _namer(labels: dict[tuple[object, str], str], language: str) -> Any:
    def name(node: NamedNode) -> str:
        return labels.get((node, language)) or labels.get((node, "vi")) or node.value.rpartition("/")[2]

    return name
