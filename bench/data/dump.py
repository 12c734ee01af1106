"""N-Quads lines of a dump: taking the graph off, the merged default graph, renaming for copies. Pure.

Lines are canonical N-Quads as the build writes them: single spaces, one quad a line, always with a graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

_ENTITY: Final = b"<https://w3id.org/vndx/id/"
_SOURCE_GRAPH: Final = b"<https://w3id.org/vndx/graph/source/"


def triple_of(quad: bytes) -> bytes:
    """Give an N-Quads line without its graph, as an N-Triples line.

    Raises:
        ValueError: if the line does not end in a graph and a full stop.

    """
    # A literal may hold " <", but the graph is the last term, so search from the end.
    content, separator, _ = quad.removesuffix(b" .\n").rpartition(b" <")
    if not separator or not quad.endswith(b"> .\n"):
        raise ValueError(f"no N-Quads line with a named graph: {quad[:120]!r}")
    return content + b" .\n"


def graph_of(quad: bytes) -> str:
    """Give the IRI of the graph of an N-Quads line that has one."""
    return quad[quad.rindex(b" <") + 2 : -4].decode()


def merged(quads: Iterable[bytes]) -> Iterator[bytes]:
    """Go through the merge of the named graphs (RDF 1.1 Semantics, section 4.1): each triple once."""
    seen: set[bytes] = set()
    for quad in quads:
        triple = triple_of(quad)
        if triple not in seen:
            seen.add(triple)
            yield triple


def renamed(line: bytes, copy: int) -> bytes | None:
    """Give a line of a further copy of the data, None for what all copies share.

    Entities and the graphs of source texts get names of their own, so that joins by IRI stay within a
    copy; vocabulary, concepts and shapes (all blank nodes are theirs) are shared.

    Args:
        line: of N-Quads or N-Triples.
        copy: its number, from 2.

    """
    if _ENTITY not in line or line.startswith(b"_:") or b" _:" in line:
        return None
    tag = b"x%d/" % copy
    return line.replace(_ENTITY, _ENTITY + tag).replace(_SOURCE_GRAPH, _SOURCE_GRAPH + tag)
