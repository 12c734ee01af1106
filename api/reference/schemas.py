"""The schemas that operations name, and those that these name, with their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.reference.operations import Operation
from api.reference.schema_words import Schema, Word, bounds, choices, shown_name, type_words

ENTITY = "entity."
"""What the names of the schemas of entity JSON begin with; they have documents of their own."""


@dataclass(frozen=True)
class Field:
    """A field of an object."""

    name: str
    type: Sequence[Word]
    bounds: str
    choices: Sequence[str]
    required: bool
    description: str


@dataclass(frozen=True)
class NamedSchema:
    """A component schema: an object with fields, or something else that its type says."""

    component: str
    description: str
    fields: Sequence[Field]
    type: Sequence[Word]
    choices: Sequence[str]

    @property
    def name(self) -> str:
        """The name as it is shown."""
        return shown_name(self.component)

    @property
    def module(self) -> str:
        """What tells it from another of the same name, e.g. ``answers 0.2``; empty if its name is its own."""
        module = self.component.removesuffix(self.name).rstrip("_").rpartition("__")[2]
        return re.sub(r"(\d)_(\d)", r"\1.\2", module).replace("_", " ")


def read_schemas(operations: Sequence[Operation], description: Mapping[str, Any]) -> list[NamedSchema]:
    """Read all schemas that operations lead to, but for those of entity JSON; by name."""
    components: Mapping[str, Schema] = description["components"]["schemas"]
    pending = sorted({word.schema for operation in operations for word in _named(operation)})
    found: dict[str, NamedSchema] = {}
    while pending:
        component = pending.pop()
        if component in found or component.startswith(ENTITY) or component not in components:
            continue
        found[component] = schema = _read(component, components[component])
        pending += [word.schema for field in schema.fields for word in field.type if word.schema]
        pending += [word.schema for word in schema.type if word.schema]
    return sorted(found.values(), key=lambda schema: (schema.name.casefold(), schema.component))


def _named(operation: Operation) -> Iterator[Word]:
    contents = [*operation.body, *(content for answer in operation.answers for content in answer.contents)]
    words = [word for content in contents for word in content.type]
    words += [word for parameter in operation.parameters for word in parameter.type]
    return (word for word in words if word.schema)


def _read(component: str, schema: Schema) -> NamedSchema:
    required = schema.get("required", ())
    fields = [
        Field(
            name,
            type_words(said),
            bounds(said),
            choices(said),
            name in required,
            said.get("description", ""),
        )
        for name, said in schema.get("properties", {}).items()
    ]
    return NamedSchema(
        component,
        schema.get("description", ""),
        fields,
        [] if fields else type_words(schema),
        choices(schema),
    )
