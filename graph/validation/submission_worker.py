"""The process that validates one submission: ``python -m graph.validation.submission_worker``.

It reads one request from its standard input, writes one answer to its standard output, and ends. It limits
its own memory before it sees what was sent; whoever started it kills it when it takes too long.
"""

from __future__ import annotations

import logging
import sys
from typing import BinaryIO

from pyoxigraph import RdfFormat, Store

from graph.query.limits import be_first_out_of_memory, die_with_parent, limit_core_dumps, limit_memory
from graph.validation.results import ShapesError
from graph.validation.stored_statements import GraphStatements
from graph.validation.submission import UnreadableRdfError, read_submission, validate_submission
from graph.validation.submission_messages import OUT_OF_MEMORY, SubmissionAnswer, SubmissionRequest


def answer(request: SubmissionRequest, stored: GraphStatements | None) -> SubmissionAnswer:
    """Validate."""
    rdf_format = RdfFormat.from_media_type(request.media_type)
    if rdf_format is None:
        raise ValueError(f"{request.media_type} is no serialization of RDF")
    try:
        submission = read_submission(request.body, rdf_format, request.contexts)
        report = validate_submission(submission, request.shapes, request.ontology, stored)
    except UnreadableRdfError as error:
        return SubmissionAnswer(kind="unreadable", message=str(error), line=error.line, column=error.column)
    except ShapesError as error:
        if isinstance(error.__cause__, MemoryError):
            raise error.__cause__ from None
        return SubmissionAnswer(kind="shapes", message=str(error))
    return SubmissionAnswer.of(report)


def main(source: BinaryIO, target: BinaryIO) -> int:
    """Answer one request; the exit code says whether that went well."""
    logging.disable(logging.WARNING)
    die_with_parent()
    limit_core_dumps()
    be_first_out_of_memory()
    request = SubmissionRequest.model_validate_json(source.read())
    # The store starts threads, whose stacks and arenas are none of what was sent.
    stored = GraphStatements(Store.read_only(request.store)) if request.store else None
    limit_memory(request.memory)
    try:
        content = answer(request, stored).model_dump_json().encode()
    except MemoryError:
        return OUT_OF_MEMORY
    target.write(content)
    target.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
