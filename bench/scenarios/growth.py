"""Scenario "growth": the data one, four and sixteen times, on one server after the other."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.data.dataset import Dataset
from bench.data.growth import make_home, scale
from bench.load.driver import LoadGenerator
from bench.peers.base import Peer
from bench.peers.oxigraph import Oxigraph
from bench.peers.process import ServerFailedError
from bench.peers.vndx import Vndx
from bench.queries.model import Family
from bench.scenarios.cells import Cell, Mode, Runs, measure
from bench.scenarios.session import Say
from bench.scenarios.watching import MemoryWatch
from bench.timings import Summary

_ROOM: Final = 5
"""How many times the bytes of the data files a size takes on disk: files, store, its optimising, snapshot."""


@dataclass(frozen=True)
class Size:
    """One server at one size.

    Attributes:
        server: its name.
        factor: how many copies of the data.
        quads: in named graphs.
        load_seconds: for what it needs on disk; None if that is the snapshot (VNDX).
        start_seconds: until it answered.
        memory: bytes, after the start.
        peak_memory: bytes, the most during loading and queries.
        summaries: cold, one client; by family.
        failure: why it could not be measured.

    """

    server: str
    factor: int
    quads: int
    load_seconds: float | None = None
    start_seconds: float | None = None
    memory: int | None = None
    peak_memory: int | None = None
    summaries: dict[str, Summary] | None = None
    failure: str = ""


@dataclass(frozen=True)
class GrowthPlan:
    """Which sizes, how long each family is asked, and what a server may take."""

    factors: tuple[int, ...] = (1, 4, 16)
    seconds: float = 1.0
    memory_limit: int = 16 << 30


def grow(base: Dataset, families: Sequence[Family], plan: GrowthPlan, folder: Path, say: Say) -> list[Size]:
    """Run the scenario.

    Args:
        base: the data.
        families: the query set, with constants of the base, which all sizes hold.
        plan: sizes.
        folder: for the files of one size at a time.
        say: told what is going on.

    """
    found: list[Size] = []
    for factor in plan.factors:
        place = folder / f"x{factor}"
        place.mkdir(parents=True)
        shortage = _shortage(base, factor, place)
        if shortage:
            say(f"x{factor}: skipped, {shortage}")
            found.append(Size(Oxigraph.name, factor, base.quad_count * factor, failure=shortage))
            continue
        say(f"writing the data {factor} times")
        dataset = scale(base, factor, place / "data")
        oxigraph = Oxigraph(dataset, place / "oxigraph")
        size = _measure(oxigraph, factor, families, plan, say)
        found.append(size)
        if oxigraph.store.is_dir():
            make_home(dataset, base, oxigraph.store)
            found.insert(-1, _measure(Vndx(dataset, place / "vndx"), factor, families, plan, say))
        shutil.rmtree(place)
    return found


def _shortage(base: Dataset, factor: int, place: Path) -> str:
    """Say why the disk has no room for a size, nothing if it has."""
    needed = factor * _ROOM * (base.quads.stat().st_size + base.merge.stat().st_size)
    free = shutil.disk_usage(place).free
    return (
        f"it needs {needed / 1e9:.0f} GB of disk, and {free / 1e9:.0f} GB are free" if needed > free else ""
    )


def _measure(peer: Peer, factor: int, families: Sequence[Family], plan: GrowthPlan, say: Say) -> Size:
    quads = peer.dataset.quad_count
    try:
        peer.begin()
        with LoadGenerator() as generator, MemoryWatch(peer.process, plan.memory_limit) as watch:
            failure = _wait(peer, watch, plan.memory_limit)
            memory = peer.process.memory_bytes()
            say(f"{peer.name} x{factor}: {failure or _started(peer, memory)}")
            summaries = {
                family.name: _run(generator, peer, family, plan.seconds)
                for family in families
                if not failure and watch.killed_at is None
            }
        peak = max((sample.size for sample in watch.samples), default=memory)
        loaded = None if isinstance(peer, Vndx) else peer.load_seconds
        failure = failure or _killed(watch, plan.memory_limit)
        return Size(peer.name, factor, quads, loaded, peer.start_seconds, memory, peak, summaries, failure)
    except (ServerFailedError, OSError) as error:
        return Size(peer.name, factor, quads, failure=str(error))
    finally:
        peer.stop()


def _wait(peer: Peer, watch: MemoryWatch, limit: int) -> str:
    try:
        peer.wait()
    except ServerFailedError as error:
        return _killed(watch, limit) or str(error)
    return ""


def _killed(watch: MemoryWatch, limit: int) -> str:
    return f"killed by the bench at {limit / 1e9:.1f} GB" if watch.killed_at is not None else ""


def _started(peer: Peer, memory: int) -> str:
    quads, seconds = peer.dataset.quad_count, peer.start_seconds or 0
    return f"{quads:,} quads, ready after {seconds:.1f} s, {memory / 1e6:,.0f} MB"


def _run(generator: LoadGenerator, peer: Peer, family: Family, seconds: float) -> Summary:
    runs = Runs()
    measure(generator, peer, Cell(family, Mode.COLD, 1), seconds, runs)
    return runs.summary()
