"""What a document of an entity is made of, looked up in one go, and the document made of it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, RdfFormat

from api.addresses import Addresses, canonical_name, iri_of, name_of
from api.entities.description import Description, describe, locate
from api.entities.documents import TABLE, TRIG, DocumentFormat, write_triples
from api.entities.entity_json import entity_json
from api.entities.json_document import json_bytes
from api.entities.json_ld import JsonLdContext
from api.entities.links import Links, incoming
from api.entities.table import write_table
from graph.query.lookups import Outgoing, Plan, SimilarNodes


@dataclass(frozen=True)
class Content:
    """What a document is made of.

    Attributes:
        description: what is said of the entity.
        links: what links to it, for JSON.
        quads: the description with its named graphs, for TriG.

    """

    description: Description
    links: Links | None = None
    quads: tuple[Quad, ...] = ()


@dataclass(frozen=True)
class Moved:
    """The name is another spelling of this one."""

    name: str


@dataclass(frozen=True)
class Unknown:
    """Nothing is known by the name; these are like it."""

    similar: tuple[str, ...] = ()


def find(name: str, document_format: DocumentFormat) -> Plan[Content | Moved | Unknown]:
    """Plan the content of a document of the entity with a name, in any spelling."""
    node = node_of(name)
    description = (yield from describe(node)) if node is not None else None
    if description is None:
        return (yield from _other_spelling(name))
    if description.retired:
        return Content(description)
    if document_format is TRIG:
        return Content(description, quads=tuple((yield from locate(description))))
    if _is_json(document_format):
        return Content(description, links=(yield from incoming(description.node)))
    return Content(description)


def resolve(name: str) -> Plan[Moved | Unknown]:
    """Plan to find the name by which a thing is known, whatever spelling of it is given."""
    if (yield from _exists(name)):
        return Moved(name)
    return (yield from _other_spelling(name))


def write(
    content: Content, document_format: DocumentFormat, context: JsonLdContext, addresses: Addresses
) -> bytes:
    """Write a document; the triples are the same in every format."""
    description = content.description
    if _is_json(document_format):
        return json_bytes(entity_json(description, content.links or Links(()), context, addresses))
    if document_format is TABLE:
        return write_table(description.in_order())
    if document_format is TRIG:
        return write_triples(content.quads, RdfFormat.TRIG)
    return write_triples(description.in_order(), document_format.writer or RdfFormat.TURTLE)


def node_of(name: str) -> NamedNode | None:
    """Give the node with a document name, None if it cannot be part of an IRI."""
    try:
        return NamedNode(iri_of(name))
    except ValueError:
        return None


def _is_json(document_format: DocumentFormat) -> bool:
    return document_format.writer is None and document_format is not TABLE


def _other_spelling(name: str) -> Plan[Moved | Unknown]:
    canonical = canonical_name(name)
    if canonical != name and (yield from _exists(canonical)):
        return Moved(canonical)
    similar: list[str] = yield SimilarNodes(iri_of(canonical))
    names = dict.fromkeys(found for iri in similar if (found := name_of(iri)))
    return Unknown(tuple(names))


def _exists(name: str) -> Plan[bool]:
    node = node_of(name)
    if node is None:
        return False
    found: list[object] = yield Outgoing((node,), limit=1)
    return bool(found)
