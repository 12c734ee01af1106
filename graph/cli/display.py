"""Showing progress: bars on a terminal, plain lines elsewhere, always on standard error."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import (
    Progress as Bars,
)


class Lines:
    """Tells each stage in a line when it ends."""

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *exception: object) -> None:
        """Leave nothing behind."""

    def begin(self, stage: str, total: int) -> None:
        """Take no note of a stage before it ends."""

    def expect(self, total: int) -> None:
        """Take no note of a total."""

    def advance(self, parts: int) -> None:
        """Take no note of parts."""

    def end(self, stage: str, seconds: float, note: str) -> None:
        """Print the stage, how long it took and what came of it."""
        self.say(f"{stage}: {note} ({seconds:.1f} s)" if note else f"{stage} ({seconds:.1f} s)")

    def say(self, message: str) -> None:
        """Print a line."""
        print(f"vndx: {message}", file=sys.stderr, flush=True)  # noqa: T201


class Terminal:
    """Shows the running stage as a bar, and each finished one as a line."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._task: TaskID | None = None
        self._bars = Bars(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )

    def __enter__(self) -> Terminal:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def begin(self, stage: str, total: int) -> None:
        """Show a bar for a stage; one that moves to and fro when its length is not known."""
        self._task = self._bars.add_task(stage, total=total or None)

    def expect(self, total: int) -> None:
        """Give the bar its length."""
        if self._task is not None:
            self._bars.update(self._task, total=total)

    def advance(self, parts: int) -> None:
        """Move the bar."""
        if self._task is not None:
            self._bars.advance(self._task, parts)

    def end(self, stage: str, seconds: float, note: str) -> None:
        """Put a line in place of the bar."""
        if self._task is not None:
            self._bars.remove_task(self._task)
            self._task = None
        self._console.print(
            f"[green]✓[/green] {stage:<14} {note} [dim]{seconds:.1f} s[/dim]", highlight=False
        )

    def say(self, message: str) -> None:
        """Print a line above the bar."""
        self._console.print(message, highlight=False, markup=False)


Display = Lines | Terminal


def display() -> Display:
    """Give what suits standard error: bars on a terminal, lines elsewhere."""
    console = Console(stderr=True)
    return Terminal(console) if console.is_terminal else Lines()
