"""What a query family is, and how a request for it is written. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote

SLOT: Final = "@@"
"""Stands in a query for the constant that is another in each request."""

PREFIXES: Final = """\
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX vndx: <https://w3id.org/vndx/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


class Group(StrEnum):
    """The kinds of queries, as DESIGN lists them."""

    POINT = "point"
    STAR = "star"
    JOIN = "join"
    AGGREGATE = "aggregate"
    PATH = "path"
    TEXT = "text"
    LARGE = "large"
    COMPETENCY = "competency"


class Constants(StrEnum):
    """The kinds of constants that are drawn from the data."""

    COMMUNE = "commune"
    PROVINCE = "province"
    DOCUMENT = "document"
    OBSERVATION = "observation"
    CODE = "code"
    NAME = "name"


@dataclass(frozen=True)
class Family:
    """One query, or many that differ in one constant.

    Attributes:
        name: unique.
        group: its kind.
        texts: the queries; repeated runs go round them.
        graph: whether the answer is a graph (CONSTRUCT), not solutions.
        every_graph: whether it is about all named graphs, those too that a server has of its own.

    """

    name: str
    group: Group
    texts: tuple[str, ...]
    graph: bool = False
    every_graph: bool = False

    @property
    def accept(self) -> str:
        """The media type to ask for, which every peer can write."""
        return "application/n-triples" if self.graph else "application/sparql-results+json"


@dataclass(frozen=True)
class Template:
    """A family before constants are filled in; without constants it has one text."""

    name: str
    group: Group
    query: str
    constants: Constants | None = None
    graph: bool = False
    every_graph: bool = False

    def fill(self, values: tuple[str, ...]) -> Family:
        """Make the family, one text for each value.

        Raises:
            ValueError: if the query has no slot for the values, or values are missing.

        """
        if (self.constants is None) != (SLOT not in self.query):
            raise ValueError(f"{self.name}: constants and slot go together")
        if self.constants is not None and not values:
            raise ValueError(f"{self.name}: the data have no {self.constants}")
        query = PREFIXES + self.query
        texts = tuple(query.replace(SLOT, value) for value in values) if self.constants else (query,)
        return Family(self.name, self.group, texts, self.graph, self.every_graph)


def cache_busting_suffix(token: str) -> str:
    """Give what the load generator puts behind a request target, with a number after it.

    It is a comment on a line of its own, so the query says the same but no two requests are equal: no
    cache of results that is keyed by request or by query text can answer.
    """
    return quote(f"\n# {token}-", safe="")
