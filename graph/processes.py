"""Helper processes that never outlive the process they work for."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

# A fresh interpreter for each worker: it inherits no thread, no lock and no open file of its parent.
_CONTEXT = multiprocessing.get_context("spawn")


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


def _begin(initializer: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if initializer is not None:
        initializer(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
