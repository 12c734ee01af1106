"""Helper processes that never outlive the process they work for."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Generic, TypeVar

T = TypeVar("T")

# A fresh interpreter for each worker: it inherits no thread, no lock and no open file of its parent.
_CONTEXT = multiprocessing.get_context("spawn")


class WorkerDiedError(OSError):
    """A helper process ended without an answer: killed, or out of memory."""


def worker_pool(
    workers: int, initializer: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
) -> ProcessPoolExecutor:
    """Give a pool of processes that end when their parent does, even if it was killed.

    Args:
        workers: how many.
        initializer: run once in each process before its first task.
        arguments: of the initializer; they are pickled.

    """
    return ProcessPoolExecutor(
        max_workers=workers, mp_context=_CONTEXT, initializer=_begin, initargs=(initializer, arguments)
    )


class Background(Generic[T]):
    """One call that runs in a process of its own; leaving the context ends the process.

    Args:
        function: a function of a module, not a lambda.
        arguments: its arguments; they and the result are pickled.

    """

    def __init__(self, function: Callable[..., T], *arguments: Any) -> None:
        self._answer, sender = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(target=_call, args=(sender, function, arguments), daemon=True)
        self._process.start()
        sender.close()

    def result(self) -> T:
        """Wait for the result; it can be taken once.

        Raises:
            WorkerDiedError: if the process ended without an answer.
            Exception: what the function raised.

        """
        try:
            value, error = self._answer.recv()
        except EOFError as reason:
            self._process.join()
            code = self._process.exitcode
            raise WorkerDiedError(f"a helper process ended with code {code}, without an answer") from reason
        self._process.join()
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]

    def __enter__(self) -> Background[T]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.join()
        self._answer.close()


def _call(sender: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    _begin(None, ())
    try:
        value = function(*arguments)
    except Exception as error:
        sender.send((None, error))
    else:
        sender.send((value, None))


def _begin(initializer: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    # Ctrl-C goes to the whole group; the parent decides what to do, and its end is theirs.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if initializer is not None:
        initializer(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
