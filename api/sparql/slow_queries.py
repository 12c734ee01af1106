"""The log of slow queries: one line for each, with the facts as one JSON object."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from typing import Final
from uuid import UUID

_LOG: Final = logging.getLogger("api.slow_queries")
_EXCERPT: Final = 200


@dataclass(frozen=True)
class EndedQuery:
    """A query that has ended.

    Attributes:
        id: its id.
        query: its text.
        seconds: from its arrival to the last byte of its answer.
        outcome: ``answered``, ``client-gone``, or the name of the problem that ended it.
        sent: bytes of its answer.

    """

    id: UUID
    query: str
    seconds: float
    outcome: str
    sent: int


def log_if_slow(ended: EndedQuery, threshold: float) -> None:
    """Log a query that took ``threshold`` seconds or more.

    The text is cut to its start, and told apart by its SHA-256. JSON in ASCII has no line break, so that
    no query can write lines of its own into the log.
    """
    if ended.seconds < threshold:
        return
    facts = {
        "id": str(ended.id),
        "seconds": round(ended.seconds, 3),
        "outcome": ended.outcome,
        "bytes": ended.sent,
        "sha256": hashlib.sha256(ended.query.encode()).hexdigest(),
        "query": ended.query[:_EXCERPT],
    }
    _LOG.warning("%s", json.dumps(facts))
