"""Evaluating one query on an Oxigraph store, writing the answer as it comes.

This runs in worker processes and in tools, never in the server process: Oxigraph cannot be stopped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Final, Protocol, cast

from pyoxigraph import (
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from graph.query.dataset import query_dataset
from graph.query.describing import with_neighbour_labels
from graph.query.errors import (
    EvaluationError,
    QueryMemoryError,
    QuerySyntaxError,
    ResultTooLargeError,
    UnsupportedFormError,
    UnwritableAnswerError,
)
from graph.query.formats import RDF_XML, TRIG, TURTLE, AnswerKind, Format
from graph.query.guard import prepare
from graph.query.requests import QueryRequest
from graph.query.writers import GRAPH_WRITERS, SOLUTION_WRITERS

CHUNK_BYTES: Final = 64 * 1024

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# Characters that no XML 1.0 document can hold, not even as references (section 2.2).
_NOT_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_ENDS_IN_NCNAME: Final = re.compile(r"[^\W\d][\w.\-\u00b7]*$")


class AnswerWriter(Protocol):
    """What takes an answer: first what it is, then its bytes."""

    def head(self, kind: AnswerKind, answer_format: Format) -> None:
        """Take the kind and the format of the answer."""

    def data(self, chunk: bytes) -> None:
        """Take the next bytes of the answer."""


def evaluate(
    store: Store,
    request: QueryRequest,
    writer: AnswerWriter,
    *,
    max_bytes: int,
    allowed_origins: frozenset[str] = frozenset(),
) -> None:
    """Evaluate a query and write its answer.

    Args:
        store: what it is evaluated on.
        request: the query, and how its answer is wanted.
        writer: what takes the answer.
        max_bytes: the largest answer.
        allowed_origins: what SERVICE may call; the engine does so without a limit of time or size.

    Raises:
        QueryError: of the kind that says why there is no answer, perhaps after part of it was written.

    """
    prepared = prepare(request.query, allowed_origins)
    try:
        # What the request chooses overrides FROM (Protocol, section 2.1.4).
        chosen = request.dataset or prepared.dataset
        answer = query_dataset(store, prepared.text, chosen)
        kind = AnswerKind.GRAPH if isinstance(answer, QueryTriples) else AnswerKind.SOLUTIONS
        answer_format = request.format_for(kind)
        if answer_format is None:
            raise UnsupportedFormError(kind)
        writer.head(kind, answer_format)
        output = _ChunkedOutput(writer.data, max_bytes, check_xml=answer_format.is_xml)
        written = (
            with_neighbour_labels(answer, store, chosen)
            if isinstance(answer, QueryTriples) and prepared.is_describe
            else answer
        )
        _write(written, answer_format, cast("IO[bytes]", output), prepared.prefixes)
        output.finish()
    except SyntaxError as error:
        raise _syntax_error(error) from None
    except MemoryError:
        raise QueryMemoryError("the query ran out of memory") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise EvaluationError(str(error)) from None


def _write(
    answer: QuerySolutions | QueryBoolean | QueryTriples | Iterator[Triple],
    answer_format: Format,
    output: IO[bytes],
    prefixes: Mapping[str, str],
) -> None:
    if isinstance(answer, QuerySolutions | QueryBoolean):
        answer.serialize(output, SOLUTION_WRITERS[answer_format.name])
    elif answer_format in (TURTLE, TRIG):
        serialize(answer, output, GRAPH_WRITERS[answer_format.name], prefixes=dict(prefixes))
    elif answer_format is RDF_XML:
        serialize(_checked_for_xml(answer), output, RdfFormat.RDF_XML)
    elif isinstance(answer, QueryTriples):
        answer.serialize(output, GRAPH_WRITERS[answer_format.name])  # quicker than triple by triple
    else:
        serialize(answer, output, GRAPH_WRITERS[answer_format.name])


def _checked_for_xml(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Stop at a predicate that has no XML name: RDF/XML cannot say it (RDF 1.1 XML Syntax, section 5.1)."""
    for triple in triples:
        if not _ENDS_IN_NCNAME.search(triple.predicate.value):
            raise UnwritableAnswerError(
                f"RDF/XML cannot write the predicate <{triple.predicate.value}>: ask for Turtle or N-Triples"
            )
        yield triple


def _syntax_error(error: SyntaxError) -> QuerySyntaxError:
    match = _PLACE.fullmatch(str(error))
    if match is None:
        return QuerySyntaxError(str(error))
    return QuerySyntaxError(match[3], int(match[1]), int(match[2]))


class _ChunkedOutput:
    """A file that gathers small writes, counts bytes, and refuses what XML cannot hold."""

    def __init__(self, write: Callable[[bytes], None], max_bytes: int, *, check_xml: bool) -> None:
        self._write = write
        self._max_bytes = max_bytes
        self._check_xml = check_xml
        self._buffer = bytearray()
        self._total = 0

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._total += len(data)
        if self._total > self._max_bytes:
            raise ResultTooLargeError(self._max_bytes)
        self._buffer += data
        if len(self._buffer) >= CHUNK_BYTES:
            self.finish()
        return len(data)

    def flush(self) -> None:
        """Do nothing: the writer decides when to send."""

    def finish(self) -> None:
        """Send what is left."""
        if self._check_xml and (found := _NOT_XML.search(self._buffer)):
            raise UnwritableAnswerError(
                f"the answer has the character {found[0]!r}, which XML cannot hold: ask for JSON or Turtle"
            )
        if self._buffer:
            # A carriage return as such would be read as a line feed (XML 1.0, section 2.11).
            chunk = self._buffer.replace(b"\r", b"&#13;") if self._check_xml else self._buffer
            self._write(bytes(chunk))
            self._buffer.clear()
