"""What backs a statement: its sources, with the words of each where they are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.facts import Facts, Link
from graph.model.namespaces import OA, VNDX
from graph.query.lookups import Plan

_EVIDENCE: Final = VNDX["hasEvidence"]
_STATED_IN: Final = VNDX["statedIn"]
_SOURCE: Final = OA["hasSource"]
_SELECTOR: Final = OA["hasSelector"]
_EXACT: Final = OA["exact"]
_PUBLISHED: Final = VNDX["publishedDate"]
_NOT_AFTER: Final = VNDX["publishedNotAfter"]
_PUBLISHER: Final = VNDX["publisherAsPrinted"]
_URL: Final = VNDX["url"]

BACKING: Final = (_EVIDENCE, _STATED_IN)
"""The properties that have to be known of a statement to cite its sources."""


@dataclass(frozen=True)
class Citation:
    """A source of a statement.

    Attributes:
        source: the source.
        words: what it says, as printed; several passages or none.
        published: the day, month or year; empty if unknown.
        before: the day by which it was published, if no more is known.
        publisher: as printed.
        url: where it is on the web, empty if unknown.

    """

    source: Link
    words: Sequence[str] = ()
    published: str = ""
    before: str = ""
    publisher: str = ""
    url: str = ""


def cite(facts: Facts, statements: Iterable[NamedNode]) -> Plan[dict[NamedNode, list[Citation]]]:
    """Plan to find the sources of statements, those that are quoted first.

    Args:
        facts: of the statements, with `BACKING`; what is found is added.
        statements: the nodes.

    """
    nodes = list(statements)
    evidence = facts.all_nodes(nodes, _EVIDENCE)
    yield from facts.read(evidence, _SOURCE, _SELECTOR)
    yield from facts.read(facts.all_nodes(evidence, _SELECTOR), _EXACT)
    sources = [*facts.all_nodes(nodes, _STATED_IN), *facts.all_nodes(evidence, _SOURCE)]
    yield from facts.name(sources)
    yield from facts.read(sources, _PUBLISHED, _NOT_AFTER, _PUBLISHER, _URL)
    return {node: _citations(facts, node) for node in nodes}


def merged(*each: Iterable[Citation]) -> list[Citation]:
    """Make one list of citations, each source once with all its words."""
    by_source: dict[Link, Citation] = {}
    for citation in (found for citations in each for found in citations):
        known = by_source.get(citation.source)
        words = dict.fromkeys((*(known.words if known else ()), *citation.words))
        by_source[citation.source] = replace(citation, words=tuple(words))
    return list(by_source.values())


def _citations(facts: Facts, statement: NamedNode) -> list[Citation]:
    words: dict[NamedNode, list[str]] = {}
    for evidence in facts.nodes(statement, _EVIDENCE):
        selectors = facts.nodes(evidence, _SELECTOR)
        said = [text for selector in selectors if (text := facts.value(selector, _EXACT))]
        for source in facts.nodes(evidence, _SOURCE):
            words.setdefault(source, []).extend(said)
    for source in facts.nodes(statement, _STATED_IN):
        words.setdefault(source, [])
    return [
        Citation(
            facts.link(source),
            tuple(dict.fromkeys(said)),
            facts.value(source, _PUBLISHED),
            facts.value(source, _NOT_AFTER),
            facts.value(source, _PUBLISHER),
            facts.value(source, _URL),
        )
        for source, said in words.items()
    ]
