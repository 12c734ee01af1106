"""The JSON-LD context of VNDX as definitions of terms, found by the IRI that a term stands for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode


@dataclass(frozen=True)
class Term:
    """How the values of a property are written.

    Attributes:
        key: the key of the JSON object.
        datatype: the IRI of the datatype of plain values, empty if the context names none.
        references: whether values are nodes.
        by_language: whether values are a map from language to text.
        many: whether there is an array even for a single value.

    """

    key: str
    datatype: str = ""
    references: bool = False
    by_language: bool = False
    many: bool = False


class JsonLdContext:
    """A context in the form that `ontology/context.jsonld` has: prefixes, classes and properties.

    Args:
        definitions: the value of ``@context``.
        iri: where the context is found.

    """

    def __init__(self, definitions: Mapping[str, Any], iri: str) -> None:
        self.iri = iri
        self._prefixes = {
            name: value for name, value in definitions.items() if isinstance(value, str) and "://" in value
        }
        self._types: dict[str, str] = {}
        self._terms: dict[str, Term] = {}
        for key, definition in definitions.items():
            if isinstance(definition, str) and not definition.startswith("@") and key not in self._prefixes:
                self._types[self._expand(definition)] = key
            elif isinstance(definition, dict):
                self._terms[self._expand(definition["@id"])] = self._term(key, definition)
        self._predicates = {term.key: iri for iri, term in self._terms.items()}

    @classmethod
    def load(cls, path: Path, iri: str) -> JsonLdContext:
        """Read a context document.

        Raises:
            OSError: if it cannot be read.
            ValueError: if it is no JSON.
            KeyError: if it is no context document.

        """
        return cls(json.loads(path.read_bytes())["@context"], iri)

    def term(self, predicate: str) -> Term:
        """Give how the values of a property are written; one without a term goes by its compact IRI."""
        return self._terms.get(predicate) or self.untyped(predicate)

    def predicate(self, key: str) -> NamedNode | None:
        """Give the property of a key, a compact IRI or an IRI; None if it is none of these."""
        found = self._predicates.get(key) or self._expand(key)
        try:
            return NamedNode(found)
        except ValueError:
            return None

    def untyped(self, predicate: str) -> Term:
        """Give how values are written that do not fit the property's term: by its compact IRI, spelt out."""
        return Term(self.compact(predicate), many=True)

    def type_name(self, iri: str) -> str:
        """Give the name of a class."""
        return self._types.get(iri) or self.compact(iri)

    def compact(self, iri: str) -> str:
        """Give the compact IRI, or the IRI itself if no prefix fits or the rest could be misread."""
        for prefix, namespace in self._prefixes.items():
            local = iri.removeprefix(namespace)
            if iri.startswith(namespace) and local and not local.startswith("//"):
                return f"{prefix}:{local}"
        return iri

    def _term(self, key: str, definition: Mapping[str, Any]) -> Term:
        container = definition.get("@container", [])
        containers = [container] if isinstance(container, str) else container
        kind = definition.get("@type", "")
        return Term(
            key,
            datatype="" if kind.startswith("@") else self._expand(kind),
            references=kind == "@id",
            by_language="@language" in containers,
            many="@set" in containers,
        )

    def _expand(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes else name
