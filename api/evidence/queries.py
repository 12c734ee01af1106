"""Which statements there are: two SPARQL queries, and reading what they answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import NamedNode

from graph.model.namespaces import PREFIXES

_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("graph", "oa", "vndx"))

_ABOUT = """
SELECT DISTINCT ?statement ?relation ?conflict WHERE {
  { BIND(%(node)s AS ?statement) FILTER EXISTS { ?statement vndx:hasEvidence|vndx:statedIn ?said } }
  UNION {
    GRAPH ?graph { ?statement ?relation %(node)s } FILTER(?graph != graph:inferred)
    FILTER(?relation NOT IN
      (vndx:conflictingStatement, vndx:preferred, vndx:hasEvidence, vndx:statedIn, oa:hasSource))
    FILTER EXISTS { ?statement vndx:hasEvidence|vndx:statedIn ?said }
  }
  UNION { ?conflict vndx:about %(node)s ; vndx:conflictingStatement ?statement }
  OPTIONAL { ?conflict vndx:conflictingStatement ?statement }
}
"""

_FROM = """
SELECT DISTINCT ?statement ?start ?conflict WHERE {
  {
    ?evidence oa:hasSource %(node)s . ?statement vndx:hasEvidence ?evidence .
    OPTIONAL { ?evidence oa:hasSelector/oa:start ?start }
  }
  UNION { ?statement vndx:statedIn %(node)s }
  OPTIONAL { ?conflict vndx:conflictingStatement ?statement }
}
"""


@dataclass
class Found:
    """A statement that was found.

    Attributes:
        iri: of the statement.
        rank: what statements are sorted by before their IRI: 0 for the thing itself, or the offset at
            which its first words stand; what has no words in the text comes last.
        relations: the IRIs of the properties by which it refers to the thing.
        conflicts: the IRIs of the conflicts that it is part of.

    """

    iri: str
    rank: int
    relations: set[str] = field(default_factory=set)
    conflicts: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[int, str]:
        """What statements are sorted by."""
        return self.rank, self.iri


_LAST = 2**31


def about_query(node: NamedNode) -> str:
    """Give the query for the statements about a thing."""
    return _PREFIXES + _ABOUT % {"node": node}


def source_query(node: NamedNode) -> str:
    """Give the query for the statements from a source."""
    return _PREFIXES + _FROM % {"node": node}


def read_about(answer: bytes, node: NamedNode) -> list[Found]:
    """Read the answer to `about_query`: the thing itself, then the others by IRI."""
    return _collected((row, 0 if row["statement"] == node.value else 1) for row in _rows(answer))


def read_source(answer: bytes) -> list[Found]:
    """Read the answer to `source_query`, in the order of the text."""
    return _collected((row, int(row["start"]) if "start" in row else _LAST) for row in _rows(answer))


def _collected(rows: Iterable[tuple[dict[str, str], int]]) -> list[Found]:
    found: dict[str, Found] = {}
    for row, rank in rows:
        statement = found.setdefault(row["statement"], Found(row["statement"], rank))
        statement.rank = min(statement.rank, rank)
        if "relation" in row:
            statement.relations.add(row["relation"])
        if "conflict" in row:
            statement.conflicts.add(row["conflict"])
    return sorted(found.values(), key=lambda each: each.key)


def _rows(answer: bytes) -> list[dict[str, str]]:
    bindings: list[dict[str, Any]] = json.loads(answer)["results"]["bindings"]
    return [
        {name: term["value"] for name, term in binding.items()}
        for binding in bindings
        if binding.get("statement", {}).get("type") == "uri"
    ]
