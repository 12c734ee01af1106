"""The bench's side of the load generator: starting it, giving it jobs, ending it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.load.messages import Job, Outcome

ROOT = Path(__file__).parents[2]


class GeneratorLostError(RuntimeError):
    """The load generator has ended: a defect of the bench, as no answer of a server may end it."""


class LoadGenerator:
    """A load generator in a process of its own; a context manager."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.load.generator"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()

    def run(self, job: Job) -> Outcome:
        """Do a job and wait for its end.

        Raises:
            GeneratorLostError: if the process has ended.

        """
        self.begin(job)
        return self.result()

    def begin(self, job: Job) -> None:
        """Begin a job; `result` must be called before the next one.

        Raises:
            GeneratorLostError: if the process has ended.

        """
        assert self._process.stdin is not None  # noqa: S101
        try:
            self._process.stdin.write(job.to_line() + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise GeneratorLostError("the load generator has ended") from error

    def result(self) -> Outcome:
        """Wait for the end of the job.

        Raises:
            GeneratorLostError: if the process has ended.

        """
        assert self._process.stdout is not None  # noqa: S101
        line = self._process.stdout.readline()
        if not line:
            raise GeneratorLostError(f"the load generator has ended with {self._process.wait()}")
        return Outcome.from_line(line)
