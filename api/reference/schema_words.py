"""JSON Schemas in short words: the type of a parameter or field, and what schemas it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

COMPONENTS: Final = "#/components/schemas/"
_BOUNDS: Final = (
    ("minimum", "≥ {}"),
    ("maximum", "≤ {}"),
    ("minLength", "≥ {} chars"),
    ("maxLength", "≤ {} chars"),
    ("maxItems", "≤ {} items"),
)


@dataclass(frozen=True)
class Word:
    """A piece of a type: its text, and the component schema that it names, if it names one."""

    text: str
    schema: str = ""


def shown_name(component: str) -> str:
    """Give the name of a component without the module that tells it from others of the same name.

    >>> shown_name("api__collections__schemas__Reference")
    'Reference'
    """
    return component.rpartition("__")[2]


def type_words(schema: Schema) -> list[Word]:
    """Say what values a schema allows."""
    return list(_merged(_words(schema)))


def bounds(schema: Schema) -> str:
    """Say which numbers bound the values of a schema, e.g. ``≥ 1, ≤ 500``."""
    plain = _without_null(schema)
    found = [
        words.format(plain[key]) for key, words in _BOUNDS if key in plain and plain[key] not in (0, None)
    ]
    return ", ".join(found)


def choices(schema: Schema) -> tuple[str, ...]:
    """Give the values that a schema lists, if it lists them."""
    plain = _without_null(schema)
    if plain.get("type") == "array":
        plain = plain.get("items", {})
    if "const" in plain:
        return (str(plain["const"]),)
    return tuple(str(value) for value in plain.get("enum", ()) if value is not None)


def _without_null(schema: Schema) -> Schema:
    """Give what a schema allows besides null, if that is one thing."""
    parts = [part for part in schema.get("anyOf", ()) if part.get("type") != "null"]
    return parts[0] if len(parts) == 1 else schema


def _words(schema: Schema) -> Iterator[Word]:
    if reference := schema.get("$ref"):
        name = str(reference).removeprefix(COMPONENTS)
        yield Word(shown_name(name), name)
    elif alternatives := schema.get("anyOf") or schema.get("oneOf"):
        parts = [part for part in alternatives if part.get("type") != "null"] or list(alternatives)
        for place, part in enumerate(parts):
            if place:
                yield Word(" | ")
            yield from _words(part)
    elif "allOf" in schema and len(schema["allOf"]) == 1:
        yield from _words(schema["allOf"][0])
    elif "const" in schema:
        yield Word(str(schema["const"]))
    elif schema.get("type") == "array":
        yield from _words(schema.get("items", {}))
        yield Word("[]")
    elif schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        yield Word("{…: ")
        yield from _words(schema["additionalProperties"])
        yield Word("}")
    else:
        kind = schema.get("type", "any")
        kinds = kind if isinstance(kind, list) else [kind]
        format_ = schema.get("format")
        yield Word(" | ".join(kinds) + (f" ({format_})" if format_ else ""))


def _merged(words: Iterator[Word]) -> Iterator[Word]:
    """Join neighbouring words that name no schema."""
    text = ""
    for word in words:
        if word.schema:
            if text:
                yield Word(text)
            text = ""
            yield word
        else:
            text += word.text
    if text:
        yield Word(text)
