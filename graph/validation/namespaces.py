"""Prefixes for graphs that are asked for the same names again and again."""

from __future__ import annotations

from typing import Any

from rdflib import Graph
from rdflib.namespace import NamespaceManager


class MemoNamespaces(NamespaceManager):
    """A namespace manager that remembers what it answered; its prefixes do not change."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, bind_namespaces="core")
        self._normal: dict[str, str] = {}

    def bind(self, *args: Any, **kwargs: Any) -> None:
        """Bind prefixes while the manager is made; pySHACL binds ``sh`` anew for each node it prints."""
        if not hasattr(self, "_normal"):
            super().bind(*args, **kwargs)

    def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803
        """Give an IRI in the form of Turtle; see `rdflib.namespace.NamespaceManager`."""
        known = self._normal.get(rdfTerm)
        if known is None:
            known = self._normal[rdfTerm] = super().normalizeUri(rdfTerm)
        return known
