"""The rows of the full-text index: what is known by name, and all names that it is known by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.build.schema import Schema
from graph.model.namespaces import RDF, SKOS, VNDX
from graph.model.ntriples import split, token
from graph.model.ntriples_terms import literal_parts

_TYPE = token(RDF["type"])
_LABEL = token(SKOS["prefLabel"])
_ALIASES = frozenset(
    token(term)
    for term in (SKOS["altLabel"], VNDX["officialName"], VNDX["name"], VNDX["title"], VNDX["displayedTitle"])
)
_CODES = frozenset(
    token(VNDX[name]) for name in ("code", "iso31662Code", "hascCode", "fipsCode", "nameAscii")
)
_NUMBERS = frozenset({token(VNDX["number"])})
_VERSION_OF = token(VNDX["versionOf"])
_READ = frozenset({_TYPE, _LABEL}) | _ALIASES | _CODES | _NUMBERS

INDEXED = _READ | {_VERSION_OF}
"""The predicates of all triples that the index is made of."""


@dataclass
class Entity:
    """A row of the index.

    Attributes:
        iri: of the entity.
        classes: the classes that files state, as N-Triples terms.
        labels: preferred labels by language.
        aliases: other names.
        codes: official codes.
        numbers: document numbers.

    """

    iri: str
    classes: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)


Row = tuple[str, str, str, str, str, str, str]


def entities(texts: Iterable[bytes]) -> dict[str, Entity]:
    """Collect, by N-Triples term, what the index needs of each subject in the texts of some graphs.

    The names of a dated version of a unit count as names of the unit.
    """
    found: dict[str, Entity] = {}
    versions: dict[str, str] = {}
    for text in texts:
        for subject, predicate, value in split(text):
            if predicate in _READ:
                entity = found.get(subject)
                if entity is None:
                    entity = found[subject] = Entity(subject[1:-1])
                _collect(entity, predicate, value)
            elif predicate == _VERSION_OF:
                versions[subject] = value
    for version, versioned in versions.items():
        if version in found and versioned in found:
            found[versioned].aliases |= found[version].aliases
    return found


def rows(found: dict[str, Entity], schema: Schema) -> list[Row]:
    """Give the rows of the index, sorted by IRI: the entities that have a preferred label and a class."""
    return sorted(_row(entity, schema) for entity in found.values() if entity.labels and entity.classes)


def _collect(entity: Entity, predicate: str, value: str) -> None:
    if predicate == _TYPE:
        entity.classes.add(value)
        return
    text, language = literal_parts(value)
    if predicate == _LABEL:
        entity.labels[language] = text
    elif predicate in _ALIASES:
        entity.aliases.add(text)
    elif predicate in _CODES:
        entity.codes.add(text)
    else:
        entity.numbers.add(text)


def _row(entity: Entity, schema: Schema) -> Row:
    own = [cls for cls in entity.classes if cls[1:-1].startswith(VNDX.iri)] or sorted(entity.classes)
    label_vi, label_en = entity.labels.get("vi", ""), entity.labels.get("en", "")
    aliases = sorted(entity.aliases - {label_vi, label_en})
    return (
        entity.iri,
        schema.most_specific(own)[0][1:-1],
        label_vi,
        label_en,
        json.dumps(aliases, ensure_ascii=False),
        json.dumps(sorted(entity.codes), ensure_ascii=False),
        json.dumps(sorted(entity.numbers), ensure_ascii=False),
    )
