"""Queries and candidates of reconciliation, independent of the version of the wire format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

DEFAULT_LIMIT: Final = 10
MOST_CANDIDATES: Final = 50
"""So many candidates are given at most, whatever limit a query has."""

Text: TypeAlias = Mapping[str, str]
"""A text by language, ``vi`` and ``en``; may lack either."""


def in_language(text: Text, language: str) -> str:
    """Give a text in a language, else in any that it has; empty if it has none."""
    return text.get(language) or next(iter(text.values()), "")


@dataclass(frozen=True, slots=True)
class EntityValue:
    """A value that is an entity: one that has been reconciled already."""

    id: str
    name: str = ""


Value: TypeAlias = str | float | bool | EntityValue
"""What a property is said to have."""


class Quantifier(StrEnum):
    """Which values of a condition have to agree."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


class TypeRule(StrEnum):
    """What several types of a query mean."""

    ANY = "any"
    ALL = "all"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a candidate should have for a property.

    Attributes:
        property: the id of the property.
        values: what it should have.
        quantifier: which of them.
        required: whether candidates that do not agree are left out.

    """

    property: str
    values: tuple[Value, ...]
    quantifier: Quantifier = Quantifier.ANY
    required: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A reconciliation query.

    Attributes:
        texts: names, any of which the entity may have; none if only properties are given.
        types: ids of types, none for any.
        rule: what several types mean.
        conditions: on properties.
        limit: how many candidates to give at most.

    """

    texts: tuple[str, ...]
    types: tuple[str, ...] = ()
    rule: TypeRule = TypeRule.ANY
    conditions: tuple[Condition, ...] = ()
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True)
class Feature:
    """A reason for a score: from 0 (speaks against it) to 1 (fits), or a plain yes or no."""

    id: str
    value: float | bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant.

    Attributes:
        iri: its IRI.
        name: its label by language.
        description: what tells it from its namesakes, by language.
        cls: the IRI of its most specific class.
        score: 0 to 100.
        features: what the score is made of.
        match: whether it is surely meant.

    """

    iri: str
    name: Text
    description: Text
    cls: str
    score: float
    features: tuple[Feature, ...]
    match: bool = False
