"""Ids of entities, types and properties: their IRIs, shortened as the manifest says."""

from __future__ import annotations

import re
from typing import Final

from api.addresses import canonical_name, iri_of
from graph.model.namespaces import BASE, PREFIXES, VNDX

IDENTIFIER_SPACE: Final = BASE
"""An entity has its IRI without this as its id: ``id/unit/2025/19``, ``concept/indicator/dti``."""

SCHEMA_SPACE: Final = VNDX.iri
"""A type or property of ours has its local name as its id; those of others have prefixed names."""

_OTHER_PREFIXES: Final = {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "vndx"}
_ID: Final = re.compile(r"(?:https?://\S+|[a-z-]+(?:/[^\s/,]+)+)/?", re.IGNORECASE)
_KINDS: Final = ("id/", "concept/", "graph/")


def entity_id(iri: str) -> str:
    """Give the id of an entity."""
    return iri.removeprefix(IDENTIFIER_SPACE)


def entity_iri(text: str) -> str | None:
    """Give the IRI that an id means in any of its spellings, None if it can be no id of ours.

    The IRI itself is understood, with http too, and the id without ``id/`` in front.
    """
    plain = text.strip()
    if not _ID.fullmatch(plain):
        return None
    is_address = plain.lower().startswith(("http://", "https://"))
    if is_address and not plain.lower().partition("://")[2].startswith(BASE.partition("://")[2]):
        return None
    return iri_of(canonical_name(plain))


def may_be_id(text: str) -> bool:
    """Say whether a text is written as an id with its first part, or as an IRI of ours."""
    plain = text.strip().lower()
    return entity_iri(plain) is not None and (plain.startswith((*_KINDS, "http")) or plain.count("/") >= 1)


def term_id(iri: str) -> str:
    """Give the id of a type or property: ``Province``, ``skos:altLabel``."""
    if iri.startswith(SCHEMA_SPACE):
        return iri.removeprefix(SCHEMA_SPACE)
    for prefix, space in _OTHER_PREFIXES.items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


def term_iri(term: str) -> str:
    """Give the IRI of a type or property, from its id, its prefixed name or the IRI itself."""
    if "://" in term:
        return term
    prefix, colon, local = term.partition(":")
    if colon:
        return PREFIXES.get(prefix, f"{prefix}:") + local
    return SCHEMA_SPACE + term
