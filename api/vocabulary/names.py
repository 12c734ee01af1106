"""How terms are written for people: with the prefix that their vocabulary is known by."""

from __future__ import annotations

from typing import Final

from graph.model.namespaces import BASE, PREFIXES, VNDX

_FURTHER: Final = {
    "shape": f"{BASE}shapes#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vann": "http://purl.org/vocab/vann/",
}
_BY_LENGTH: Final = sorted({**PREFIXES, **_FURTHER}.items(), key=lambda item: -len(item[1]))


def short(iri: str) -> str:
    """Give an IRI as people write it: an own term by its local name, others with a prefix if one is known."""
    if iri.startswith(VNDX.iri):
        return iri.removeprefix(VNDX.iri)
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def is_own(iri: str) -> bool:
    """Say whether a term is one of the VNDX ontology."""
    return iri.startswith(VNDX.iri)
