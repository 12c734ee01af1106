"""What the bench and its load generator say to each other: one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Job:
    """Some requests to send and to time.

    Attributes:
        host: the address to connect to.
        port: its port.
        accept: the media type to ask for.
        targets: paths with query strings; clients take the next one in turn.
        suffix: put behind every target, with a running number that is never the same again; nothing is
            put behind targets if it is empty.
        clients: how many connections, each with one request under way.
        seconds: no request is started after so long, but for the least.
        limit: how many requests at most, 0 for any number.
        least: how many requests each client sends at least, however long they take.
        timeout: seconds after which a request has failed and its connection is dropped.
        interval: seconds from the start of a request to the next of the same client, 0 for at once.
        warm: whether each target is requested once before the clock starts.
        cut: whether what is under way when the time is up is dropped, not waited for.
        source: the local address of the connections, so that a server can tell clients apart.

    """

    host: str
    port: int
    accept: str
    targets: tuple[str, ...]
    suffix: str = ""
    clients: int = 1
    seconds: float = 1
    limit: int = 0
    least: int = 1
    timeout: float = 60
    interval: float = 0
    warm: bool = False
    cut: bool = False
    source: str = "127.0.0.1"

    def to_line(self) -> str:
        """Give the job as a line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_line(cls, line: str) -> Job:
        """Read what `to_line` gave."""
        fields = json.loads(line)
        return cls(**(fields | {"targets": tuple(fields["targets"])}))


@dataclass(frozen=True)
class Sample:
    """One request.

    Attributes:
        started: seconds on the machine's monotonic clock.
        milliseconds: until the last byte, or until it failed.
        first_byte: milliseconds until the first byte of the body, 0 if there was none.
        failure: why there is no whole answer with the status 200, empty if there is.

    """

    started: float
    milliseconds: float
    first_byte: float
    failure: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a job.

    Attributes:
        samples: the requests, in the order in which they ended.
        seconds: from the first request until the last one ended.
        body_bytes: received.
        cpu_seconds: processor time that the generator used meanwhile.

    """

    samples: tuple[Sample, ...] = ()
    seconds: float = 0
    body_bytes: int = 0
    cpu_seconds: float = 0

    def to_line(self) -> str:
        """Give the outcome as a line of JSON."""
        rows = [(s.started, s.milliseconds, s.first_byte, s.failure) for s in self.samples]
        return json.dumps([rows, self.seconds, self.body_bytes, self.cpu_seconds])

    @classmethod
    def from_line(cls, line: str) -> Outcome:
        """Read what `to_line` gave."""
        rows, seconds, body_bytes, cpu_seconds = json.loads(line)
        return cls(tuple(Sample(*row) for row in rows), seconds, body_bytes, cpu_seconds)
