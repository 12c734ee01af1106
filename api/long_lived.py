"""Objects that live as long as a snapshot, and the garbage collector, which need not look at them.

A full collection goes through all objects and stops every thread meanwhile: about 100 ms with what is kept
of a snapshot, in the middle of somebody's request, again and again. `gc.freeze` exempts what exists; that is
freed by its reference count still, only cycles among it are not.
"""

from __future__ import annotations

import gc


class LongLived:
    """Exempts what exists from collections; all of it, as objects cannot be told apart."""

    def __init__(self) -> None:
        self._has_garbage = False

    def set_aside(self) -> None:
        """Exempt what exists now. Takes no time, and cycles that are garbage already wait for `sort_out`."""
        gc.freeze()

    def sort_out(self) -> None:
        """Collect garbage, and exempt the rest.

        From the second time on that is a full collection among all objects, exempt or not: what was kept of a
        snapshot may be garbage by then. The first time there is no such, so only new objects are looked at.
        """
        if self._has_garbage:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._has_garbage = True
