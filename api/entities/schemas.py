"""The JSON Schemas of entity JSON: by class, each with all that it refers to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

SCHEMA_PATH: Final = "/schemas/v1"
SCHEMA_TYPE: Final = "application/schema+json"

_DEFINITIONS: Final = "#/$defs/"
_COMPONENTS: Final = "#/components/schemas/"


class SchemaLibrary:
    """The schemas of a document that `graph.vocabulary.json_schema` made.

    Args:
        document: has the schemas under ``$defs``, those of classes with a ``title``.

    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._definitions: Mapping[str, Mapping[str, Any]] = document["$defs"]
        self.names = tuple(name for name, found in self._definitions.items() if "title" in found)

    @classmethod
    def load(cls, path: Path) -> SchemaLibrary:
        """Read a document.

        Raises:
            OSError: if it cannot be read.
            ValueError: if it is no JSON.
            KeyError: if it has no definitions.

        """
        return cls(json.loads(path.read_bytes()))

    def schema(self, name: str) -> dict[str, Any]:
        """Give the schema of a class as a document that stands alone.

        Raises:
            KeyError: if there is none.

        """
        found = self._definitions[name]
        base = str(self._document["$id"]).removesuffix(".json")
        return {
            "$schema": self._document["$schema"],
            "$id": f"{base}/{name}.json",
            **found,
            "$defs": {other: self._definitions[other] for other in sorted(self._needed(found))},
        }

    def whole(self) -> Mapping[str, Any]:
        """Give the document with all schemas."""
        return self._document

    def components(self) -> dict[str, Any]:
        """Give the schemas as components of an OpenAPI description, with ``entity.`` before their names."""
        return {f"entity.{name}": _for_openapi(found) for name, found in self._definitions.items()}

    def _needed(self, schema: Mapping[str, Any]) -> set[str]:
        needed: set[str] = set()
        pending = list(_references(schema))
        while pending:
            name = pending.pop()
            if name not in needed:
                needed.add(name)
                pending += _references(self._definitions[name])
        return needed


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, Mapping):
        reference = schema.get("$ref")
        if isinstance(reference, str):
            yield reference.removeprefix(_DEFINITIONS)
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _for_openapi(schema: Any) -> Any:
    if isinstance(schema, Mapping):
        return {
            key: value.replace(_DEFINITIONS, f"{_COMPONENTS}entity.")
            if key == "$ref" and isinstance(value, str)
            else _for_openapi(value)
            for key, value in schema.items()
        }
    return [_for_openapi(value) for value in schema] if isinstance(schema, list) else schema
