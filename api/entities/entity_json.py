"""The whole JSON document of an entity: its description as JSON-LD, and beside it what is no statement.

The context maps the keys beside the description to null, so that JSON-LD processors pass over them
(JSON-LD 1.1, section 4.1, "terms defined as null"): read as RDF, the document has the triples of the
Turtle and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from api.addresses import Addresses
from api.entities.description import Description
from api.entities.json_document import NodeWriter, json_document
from api.entities.json_ld import JsonLdContext
from api.entities.links import Links
from graph.query.lookups import LinkCount


def entity_json(
    description: Description, links: Links, context: JsonLdContext, addresses: Addresses
) -> dict[str, Any]:
    """Give the document.

    Args:
        description: what it states.
        links: what links to the entity.
        context: how properties are written.
        addresses: where pages of links are found.

    """
    document = json_document(description.node, description.triples, context)
    if links.figures:
        figures = NodeWriter(links.described, context)
        document["figures"] = [figures.node(found) for found in links.figures]
    document["incoming"] = incoming_json(description.node, links, context, addresses)
    if description.omitted:
        document["omitted"] = omitted_json(description.node, description.omitted, context, addresses)
    return document


def incoming_json(
    node: NamedNode, links: Links, context: JsonLdContext, addresses: Addresses
) -> dict[str, dict[str, Any]]:
    """Give what links to a node, by the key of the property: ``count``, ``url``, and ``items`` if few."""
    writer = NodeWriter(links.references, context)
    found: dict[str, dict[str, Any]] = {}
    for kind in links.kinds:
        key = context.term(kind.predicate.value).key
        found[key] = {"count": kind.count, "url": page_address(addresses, node, key)}
        if kind.nodes:
            found[key]["items"] = [writer.node(other) for other in kind.nodes]
    return dict(sorted(found.items()))


def omitted_json(
    node: NamedNode, omitted: Sequence[LinkCount], context: JsonLdContext, addresses: Addresses
) -> dict[str, dict[str, Any]]:
    """Give what is left out of the description of a node, by the key of the property."""
    keys = [(context.term(found.predicate.value).key, found.number) for found in omitted]
    return {
        key: {"count": count, "url": page_address(addresses, node, key, outgoing=True)}
        for key, count in sorted(keys)
    }


def page_address(addresses: Addresses, node: NamedNode, key: str, *, outgoing: bool = False) -> str:
    """Give the address of the first page of the links of one kind."""
    path, end = ("/api/v1/outgoing", "from") if outgoing else ("/api/v1/incoming", "to")
    return addresses.at(f"{path}?{urlencode({end: node.value, 'property': key})}")
