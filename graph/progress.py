"""How long work tells what it is doing; the command line decides how that is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from graph.snapshots.manifest import StageEntry


class Progress(Protocol):
    """Receives the stages of long work as they go on. Stages do not overlap."""

    def begin(self, stage: str, total: int) -> None:
        """Begin a stage of ``total`` parts; 0 when that is not known."""

    def expect(self, total: int) -> None:
        """Say how many parts the running stage has, when that was not known at its beginning."""

    def advance(self, parts: int) -> None:
        """Say that so many more parts of the stage are done."""

    def end(self, stage: str, seconds: float, note: str) -> None:
        """End a stage: how long it took, and what came of it."""

    def say(self, message: str) -> None:
        """Tell something that belongs to no stage."""


class Silent:
    """Tells nothing."""

    def begin(self, stage: str, total: int) -> None:
        """Take no note of a stage."""

    def expect(self, total: int) -> None:
        """Take no note of a total."""

    def advance(self, parts: int) -> None:
        """Take no note of parts."""

    def end(self, stage: str, seconds: float, note: str) -> None:
        """Take no note of an end."""

    def say(self, message: str) -> None:
        """Tell nobody."""


@dataclass
class Stage:
    """A stage while it runs: the code in it counts its parts and leaves a note on what came of them."""

    progress: Progress
    parts: int = 0
    cached: int = 0
    note: str = ""

    def expect(self, total: int) -> None:
        """Say how many parts there are."""
        self.progress.expect(total)

    def advance(self, parts: int = 1, *, cached: bool = False) -> None:
        """Count finished parts, and among them those that came from the cache."""
        self.parts += parts
        self.cached += parts if cached else 0
        self.progress.advance(parts)


@dataclass
class Stages:
    """Times the stages of one run and tells of them."""

    progress: Progress
    done: list[StageEntry] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str, total: int = 0) -> Iterator[Stage]:
        """Run a stage; when its code raises, it is not counted as done."""
        self.progress.begin(name, total)
        stage = Stage(self.progress)
        started = time.monotonic()
        yield stage
        seconds = round(time.monotonic() - started, 3)
        self.done.append(StageEntry(name=name, seconds=seconds, parts=stage.parts, cached=stage.cached))
        self.progress.end(name, seconds, stage.note)
