"""The servers of a scenario: started together, ended whatever happens."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.peers.base import Peer
from bench.peers.process import ServerFailedError

Say = Callable[[str], None]


@dataclass
class Session:
    """Servers that run.

    Attributes:
        peers: those that came up, in the order asked for.
        skipped: why others are missing, by name.

    """

    peers: list[Peer] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def running(peers: Sequence[Peer], say: Say) -> Iterator[Session]:
    """Start servers at the same time, and end them on leaving."""
    session = Session()
    try:
        with ThreadPoolExecutor(max_workers=max(len(peers), 1)) as threads:
            try:
                problems = list(threads.map(_start, peers))
            except BaseException:  # told to end: nobody waits for servers that are still starting
                _stop(peers)
                raise
        for peer, problem in zip(peers, problems, strict=True):
            if problem:
                session.skipped[peer.name] = problem
                say(f"{peer.name}: skipped, {problem}")
            else:
                session.peers.append(peer)
                say(
                    f"{peer.name} {peer.version()}: loaded in {peer.load_seconds:.1f} s, "
                    f"ready after {peer.start_seconds:.1f} s, "
                    f"{peer.process.memory_bytes() / 1e6:,.0f} MB"
                )
        yield session
    finally:
        _stop(peers)


def _stop(peers: Sequence[Peer]) -> None:
    for peer in peers:
        peer.stop()


def _start(peer: Peer) -> str:
    try:
        peer.start()
    except (ServerFailedError, OSError) as error:
        return f"it could not be started: {error}"
    return ""
