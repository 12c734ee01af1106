"""The Link header of entity documents: other formats, what they are about, and what they are described by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api.addresses import Addresses, iri_of
from api.entities.content import Content
from api.entities.documents import DOCUMENT_FORMATS
from api.entities.entity_json import page_address
from api.entities.json_ld import JsonLdContext
from api.entities.schemas import SCHEMA_PATH, SCHEMA_TYPE
from api.pages.answering import HTML
from api.representation import LICENCE, Link

_PRIMARY_TOPIC: Final = "http://xmlns.com/foaf/0.1/primaryTopic"
_JSON_LD_CONTEXT: Final = "http://www.w3.org/ns/json-ld#context"


def document_links(addresses: Addresses, name: str, media_type: str) -> tuple[Link, ...]:
    """Give the links of a document of an entity that can be told from its name alone."""
    alternates = [
        Link(addresses.data(name, found.extension), "alternate", found.media_type)
        for found in DOCUMENT_FORMATS
        if found.media_type != media_type
    ]
    if media_type != HTML:
        alternates.append(Link(addresses.page(name), "alternate", HTML))
    context = [Link(addresses.at("/context/v1.jsonld"), _JSON_LD_CONTEXT, "application/ld+json")]
    return (
        Link(iri_of(name), "canonical"),
        Link(iri_of(name), _PRIMARY_TOPIC),
        *alternates,
        Link(addresses.at("/ontology"), "describedby"),
        Link(addresses.at("/shapes"), "describedby"),
        LICENCE,
        *(context if media_type == "application/json" else ()),
    )


def content_links(
    addresses: Addresses, content: Content, context: JsonLdContext, schemas: Iterable[str]
) -> tuple[Link, ...]:
    """Give the links that depend on what is said of the entity.

    They are its classes, the JSON Schemas of those (``schemas`` are the names that there are), and where
    the properties are that are left out of the document for their size.
    """
    description = content.description
    names = {context.type_name(iri) for iri in description.classes} & set(schemas)
    return (
        *(Link(iri, "type") for iri in description.classes),
        *(
            Link(addresses.at(f"{SCHEMA_PATH}/{name}.json"), "describedby", SCHEMA_TYPE)
            for name in sorted(names)
        ),
        *(
            Link(
                page_address(
                    addresses, description.node, context.term(found.predicate.value).key, outgoing=True
                ),
                "next",
            )
            for found in description.omitted
        ),
    )
