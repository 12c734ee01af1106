"""The inference rules that are more than a hierarchy: one SPARQL CONSTRUCT query a file.

A comment line ``# reads: vndx:partOf ...`` in each file names every predicate that the query reads;
the rule runs on triples with these predicates alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from graph.model.namespaces import PREFIXES

_READS = re.compile(r"^# reads:(?P<names>.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """One rule: its name, its CONSTRUCT query, and the predicates of all triples that it reads."""

    name: str
    construct: str
    reads: frozenset[NamedNode]


def load_rules(folder: Path = Path(__file__).parent) -> tuple[Rule, ...]:
    """Read the rules of a folder, in the order of their names.

    Raises:
        ValueError: if a file does not say what it reads.

    """
    return tuple(_load(path) for path in sorted(folder.glob("*.rq")))


def _load(path: Path) -> Rule:
    text = path.read_text("utf-8")
    match = _READS.search(text)
    if match is None:
        raise ValueError(f"{path.name} has no comment line '# reads: ...' with the predicates that it reads")
    return Rule(path.stem, text, frozenset(_expand(name) for name in match["names"].split()))


def _expand(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)
