"""The process that validates: what it needs too much of is a problem of that validation alone."""

from __future__ import annotations

import asyncio

import pytest

from api.problems import ProblemError
from api.validation.running import validate
from graph.validation.submission_messages import SubmissionRequest

SHAPES = b"""\
<http://e/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/shacl#NodeShape> .
<http://e/s> <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#BlankNode> .
<http://e/s> <http://www.w3.org/ns/shacl#targetSubjectsOf> <http://e/p> .
"""
MIB = 1024**2


def request(body: bytes, memory: int = 256 * MIB, shapes: bytes = SHAPES) -> SubmissionRequest:
    return SubmissionRequest(
        body=body,
        media_type="text/turtle",
        shapes=shapes,
        ontology=b"",
        store=None,
        contexts={},
        memory=memory,
    )


def test_a_report_comes_back_whole() -> None:
    report = asyncio.run(validate(request(b"\n<http://e/a> <http://e/p> 1 ."), 60))
    (result,) = report.results
    assert (result.focus, result.line) == ("<http://e/a>", 2)


def test_too_much_memory_is_told() -> None:
    body = b"".join(b"<http://e/%d> <http://e/p> '%d' .\n" % (n, n) for n in range(40_000))
    with pytest.raises(ProblemError) as caught:
        asyncio.run(validate(request(body, MIB), 60))
    assert caught.value.slug == "validation-memory"


def test_too_much_time_is_told_and_the_process_ended() -> None:
    with pytest.raises(ProblemError) as caught:
        asyncio.run(validate(request(b""), 0.01))
    assert caught.value.slug == "validation-timeout"


def test_shapes_that_cannot_be_run_are_a_fault_of_the_service() -> None:
    broken = SHAPES + b"<http://e/s> <http://www.w3.org/ns/shacl#minLength> <http://e/x> .\n"
    with pytest.raises(ProblemError) as caught:
        asyncio.run(validate(request(b"<http://e/a> <http://e/p> 1 .", shapes=broken), 60))
    assert caught.value.slug == "internal"
