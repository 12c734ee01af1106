"""Examples of values and bodies: those that a description has, else made from what it says of the parts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from api.reference.schema_words import COMPONENTS, Schema

_MOST_NESTED: Final = 6
_PLAIN: Final[Mapping[str, object]] = {
    "string": "",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "object": {},
    "array": [],
}


def example_of(said: Mapping[str, Any]) -> Any:
    """Give the example of a parameter or media type, None without one."""
    if "example" in said:
        return said["example"]
    for found in (said.get("examples"), said.get("schema", {}).get("examples")):
        if isinstance(found, Mapping) and found:
            return next(iter(found.values())).get("value")
        if isinstance(found, list) and found:
            return found[0]
    return None


def sample_text(media_type: str, said: Mapping[str, Any], description: Mapping[str, Any]) -> str:
    """Give an example of a body as it would be sent; empty where only an example could be one."""
    found = example_of(said)
    if found is None and "json" in media_type:
        found = sample(said.get("schema", {}), description)
    if found in (None, "", {}):
        return ""
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def sample(schema: Schema, description: Mapping[str, Any], depth: int = _MOST_NESTED) -> Any:
    """Make a value that fits a schema, of the examples and defaults in it; only what is required."""
    if depth == 0:
        return None
    if reference := schema.get("$ref"):
        name = str(reference).removeprefix(COMPONENTS)
        return sample(description["components"]["schemas"][name], description, depth - 1)
    stated = [*schema.get("examples", ()), *([schema["const"]] if "const" in schema else ())]
    if stated or schema.get("enum"):
        return [*stated, *schema.get("enum", ())][0]
    if alternatives := schema.get("anyOf") or schema.get("oneOf"):
        return sample(alternatives[0], description, depth - 1)
    return _made(schema, description, depth)


def _made(schema: Schema, description: Mapping[str, Any], depth: int) -> Any:
    if schema.get("type") == "array" and schema.get("minItems"):
        return [sample(schema.get("items", {}), description, depth - 1)]
    if schema.get("type") == "object" and "properties" in schema:
        required = schema.get("required", ())
        return {name: sample(schema["properties"][name], description, depth - 1) for name in required}
    return schema.get("default", _PLAIN.get(schema.get("type", "")))
