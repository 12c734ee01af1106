"""The processes of a running service, as the kernel tells of them (Linux)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from server_support import Server, wait_until

_PROC = Path("/proc")
_MUCH_SECONDS = 0.1


@dataclass(frozen=True)
class Processes:
    """A service: the server, the zygote that it started, and the workers that this forked."""

    server: int
    zygote: int
    workers: frozenset[int]


def processes_of(server: Server) -> Processes:
    """Give the processes of a service that serves one snapshot."""
    (zygote,) = (pid for pid in children_of(server.pid) if b"graph.query.zygote" in _command(pid))
    return Processes(server.pid, zygote, frozenset(children_of(zygote)))


def children_of(pid: int) -> list[int]:
    """Give the living children of a process."""
    children: list[int] = []
    for thread in (_PROC / str(pid) / "task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            children += map(int, (thread / "children").read_text("ascii").split())
    return [child for child in children if is_running(child)]


def is_running(pid: int) -> bool:
    """Say whether a process is there; one that has ended and only waits to be buried is not."""
    return _status(_PROC / str(pid))[:1] not in ([], ["Z"])


def resident_bytes(pid: int) -> int:
    """Give the resident memory of a process, 0 if it has ended."""
    try:
        fields = (_PROC / str(pid) / "statm").read_text("ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


def processor_seconds(pid: int) -> float:
    """Give the processor time that a process has used, 0 if it has ended."""
    fields = _status(_PROC / str(pid))
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0


def processor_times(server: Server) -> dict[int, float]:
    """Give the processor seconds that each worker of a service has used."""
    return {pid: processor_seconds(pid) for pid in processes_of(server).workers}


def computing_workers(server: Server, before: Mapping[int, float]) -> list[int]:
    """Give the workers that have used much more processor time than `processor_times` said before."""
    return [pid for pid, used in processor_times(server).items() if used - before.get(pid, 0) > _MUCH_SECONDS]


def busy_worker(server: Server, before: Mapping[int, float], seconds: float = 10) -> int:
    """Wait until a worker computes, and give it."""
    found: list[int] = []

    def computes() -> bool:
        found[:] = computing_workers(server, before)
        return bool(found)

    wait_until(computes, seconds)
    return found[0]


def _status(process: Path) -> list[str]:
    """Give the fields of ``/proc/PID/stat`` behind the name, which may have spaces in it (proc(5))."""
    try:
        return (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _command(pid: int) -> bytes:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
