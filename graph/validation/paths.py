"""Property paths: from the text of a SPARQL 1.1 path to the nodes of a SHACL path (SHACL, section 2.3.1)."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from graph.model import iris
from graph.model.namespaces import RDF, SH

_TOKEN: Final = re.compile(r"\s*(<[^<>]*>|[\^/|()*+?])")
_INVERSE: Final = "inversePath"
_MODIFIERS: Final = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}

PathNode = NamedNode | BlankNode


def shacl_path(text: str) -> tuple[PathNode, list[Triple]]:
    """Give the node of a path, and the triples that say what it is.

    The blank nodes that complex paths must have are labelled by the text: the same path is the same
    nodes, so that reports are the same bytes each time.

    Args:
        text: IRIs in angle brackets, with ``/ | ^ * + ?`` and parentheses; no prefixes, no negation.

    Raises:
        ValueError: if it is no such path.

    """
    tokens = _tokens(text)
    writer = _Writer(f"path{iris.digest(text)}")
    node = writer.write(_alternative(tokens))
    if tokens:
        raise ValueError(f"a path goes on with {tokens[-1]!r}: {text}")
    return node, writer.triples


@dataclass(frozen=True)
class _List:
    """A sequence, or alternatives, of at least two paths."""

    members: tuple[_Path, ...]
    are_alternatives: bool = False


@dataclass(frozen=True)
class _Marked:
    """A path with one of the properties that SHACL has for inverse and repeated paths."""

    term: str
    path: _Path


_Path = str | _List | _Marked


def _tokens(text: str) -> list[str]:
    """Give the tokens in reverse, so that the next one is the last."""
    tokens, at = [], 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"no property path: {text}")
        tokens.append(found[1])
        at = found.end()
    return tokens[::-1]


def _alternative(tokens: list[str]) -> _Path:
    members = [_sequence(tokens)]
    while _took(tokens, "|"):
        members.append(_sequence(tokens))
    return members[0] if len(members) == 1 else _List(tuple(members), are_alternatives=True)


def _sequence(tokens: list[str]) -> _Path:
    members = [_element(tokens)]
    while _took(tokens, "/"):
        members.append(_element(tokens))
    return members[0] if len(members) == 1 else _List(tuple(members))


def _element(tokens: list[str]) -> _Path:
    if _took(tokens, "^"):
        return _Marked(_INVERSE, _element(tokens))
    path = _primary(tokens)
    while tokens and tokens[-1] in _MODIFIERS:
        path = _Marked(_MODIFIERS[tokens.pop()], path)
    return path


def _primary(tokens: list[str]) -> _Path:
    if _took(tokens, "("):
        path = _alternative(tokens)
        if not _took(tokens, ")"):
            raise ValueError("a path lacks a closing parenthesis")
        return path
    if not tokens or not tokens[-1].startswith("<"):
        raise ValueError(f"a path lacks an IRI before {tokens[-1] if tokens else 'its end'!r}")
    return tokens.pop()


def _took(tokens: list[str], token: str) -> bool:
    if not tokens or tokens[-1] != token:
        return False
    tokens.pop()
    return True


class _Writer:
    """Writes a path as triples, with blank nodes whose labels begin alike."""

    def __init__(self, label: str) -> None:
        self._labels = (BlankNode(f"{label}x{number}") for number in itertools.count())
        self.triples: list[Triple] = []

    def write(self, path: _Path) -> PathNode:
        """Write a path and give its node."""
        if isinstance(path, str):
            return NamedNode(path[1:-1])
        if isinstance(path, _Marked):
            return self._mark(path.term, self.write(path.path))
        members = self._members([self.write(member) for member in path.members])
        return self._mark("alternativePath", members) if path.are_alternatives else members

    def _mark(self, term: str, value: PathNode) -> BlankNode:
        node = next(self._labels)
        self.triples.append(Triple(node, SH[term], value))
        return node

    def _members(self, members: list[PathNode]) -> BlankNode:
        nodes = [next(self._labels) for _ in members]
        rests: list[PathNode] = [*nodes[1:], RDF["nil"]]
        for node, member, rest in zip(nodes, members, rests, strict=True):
            self.triples.append(Triple(node, RDF["first"], member))
            self.triples.append(Triple(node, RDF["rest"], rest))
        return nodes[0]
