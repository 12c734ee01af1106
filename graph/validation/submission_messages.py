"""What the process that validates a submission is sent, and what it sends back.

Whoever asks needs this module alone: pySHACL is loaded in that process only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from graph.validation.results import Report

WORKER: Final = "graph.validation.submission_worker"
"""The module to run as a process: it reads a request from its standard input and writes an answer."""

OUT_OF_MEMORY: Final = 3
"""The exit code of a worker that needed more memory than it may have."""

_REPORT: Final = TypeAdapter(Report)


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")


class SubmissionRequest(_Message):
    """What to validate.

    Attributes:
        body: the RDF.
        media_type: of its serialization.
        shapes: as N-Triples.
        ontology: as N-Triples.
        store: the folder of the store of the published snapshot, None to leave it out.
        contexts: JSON-LD contexts that may be named by IRI.
        memory: bytes that the validation may allocate.

    """

    body: bytes
    media_type: str
    shapes: bytes
    ontology: bytes
    store: str | None
    contexts: Mapping[str, Any]
    memory: int


class SubmissionAnswer(_Message):
    """What came of it: a report, or why the RDF or the shapes cannot be read, with line and column."""

    kind: Literal["report", "unreadable", "shapes"]
    report: bytes = b""
    message: str = ""
    line: int = 0
    column: int = 0

    @classmethod
    def of(cls, report: Report) -> SubmissionAnswer:
        """Give the answer that carries a report."""
        return cls(kind="report", report=_REPORT.dump_json(report))

    def read_report(self) -> Report:
        """Give the report."""
        return _REPORT.validate_json(self.report)
