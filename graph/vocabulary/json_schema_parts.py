"""The parts that the JSON Schemas of all classes share: references, texts by language, links, fixed keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from graph.model.namespaces import BASE
from graph.vocabulary.json_ld_context import VERSION

Schema: TypeAlias = dict[str, Any]

SCHEMA_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_BASE: Final = f"{BASE}schemas/v{VERSION}"
CONTEXT_IRI: Final = f"{BASE}context/v{VERSION}.jsonld"

NODES: Final[Schema] = {"type": "array", "items": {"$ref": "#/$defs/Node"}}
STRING: Final[Schema] = {"type": "string"}
_LANGUAGE_TAG: Final = "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"
PLAIN_TYPES: Final[Mapping[str, Schema]] = {
    "xsd:anyURI": {"type": "string", "format": "uri"},
    "xsd:boolean": {"type": "boolean"},
    "xsd:date": {"type": "string", "format": "date"},
    "xsd:decimal": {"type": "string", "pattern": r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"},
    "xsd:gYear": {"type": "string", "pattern": "^-?[0-9]{4,}$"},
    "xsd:integer": {"type": "integer"},
}
"""Plain values, by the datatype that the context gives them."""

SHARED: Final[Mapping[str, Schema]] = {
    "Node": {
        "description": "A thing that is referred to: its IRI, and class and label if known. A part of the "
        "entity (a version, an evidence ...) has its own properties too, where it is first met.",
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "format": "iri"},
            "type": {"$ref": "#/$defs/Types"},
            "label": {"$ref": "#/$defs/Text"},
        },
    },
    "Types": {"type": "array", "items": STRING, "minItems": 1, "uniqueItems": True},
    "Text": {
        "description": "A text by language.",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _LANGUAGE_TAG},
        "additionalProperties": STRING,
    },
    "Texts": {
        "description": "Texts by language.",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _LANGUAGE_TAG},
        "additionalProperties": {"type": "array", "items": STRING, "minItems": 1},
    },
    "TypedValue": {
        "description": "A value that says its datatype, e.g. that of a date without a day, or its language.",
        "type": "object",
        "required": ["@value"],
        "properties": {
            "@value": {"type": ["string", "number", "boolean"]},
            "type": {"type": "string"},
            "@language": {"type": "string", "pattern": _LANGUAGE_TAG},
        },
        "additionalProperties": False,
    },
    "Value": {
        "anyOf": [
            {"type": ["string", "integer", "boolean"]},
            {"$ref": "#/$defs/TypedValue"},
            {"$ref": "#/$defs/Node"},
        ]
    },
    "Links": {
        "description": "Links of one kind: how many, where to find them page by page, and all if few.",
        "type": "object",
        "required": ["count", "url"],
        "properties": {
            "count": {"type": "integer", "minimum": 1},
            "url": {"type": "string", "format": "uri-reference"},
            "items": {**NODES, "minItems": 1},
        },
        "additionalProperties": False,
    },
    "LinksByProperty": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Links"}},
}
REQUIRED: Final = ("@context", "id", "incoming")
"""The keys that every document has."""

ALWAYS: Final[Mapping[str, Schema]] = {
    "@context": {"const": CONTEXT_IRI},
    "id": {"type": "string", "format": "iri", "pattern": f"^{BASE}"},
    "type": {"$ref": "#/$defs/Types"},
    "@included": NODES,
    "figures": {
        **NODES,
        "description": "The figures and targets about the entity, with their evidence, if they are few.",
    },
    "incoming": {
        "description": "What links to the entity, by property.",
        "$ref": "#/$defs/LinksByProperty",
    },
    "omitted": {
        "description": "Properties of the entity that are left out for their size.",
        "$ref": "#/$defs/LinksByProperty",
    },
}
ENTITY: Final = "Entity"
"""The schema that documents of all classes fit, also of those that have none of their own."""
