"""What the workbench shows of a snapshot besides answers, kept for as long as the snapshot is asked about."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Generic, TypeVar

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from api.pages.reader import LANGUAGES
from api.workbench.examples import EXAMPLES_GRAPH, ExampleGroup, group_examples
from api.workbench.terms import read_terms
from graph.model.namespaces import GRAPH
from graph.query.engine import SnapshotView
from graph.query.lookups import GraphContents, Plan

Content = TypeVar("Content")

_KEPT: Final = 2
_TERMS: Final = (GRAPH["ontology"], GRAPH["concepts"], GRAPH["register/indicators"])


class WorkbenchOfSnapshots:
    """Reads examples and terms of a snapshot when they are first asked for; used by the event loop alone."""

    def __init__(self) -> None:
        self._examples: _Kept[Sequence[ExampleGroup]] = _Kept()
        self._terms: _Kept[dict[str, bytes]] = _Kept()

    async def examples(self, view: SnapshotView) -> Sequence[ExampleGroup]:
        """Give the documented queries of a snapshot by category."""
        found = self._examples.get(view.id)
        if found is None:
            found = group_examples(await view.lookup(_contents(EXAMPLES_GRAPH)))
            self._examples.put(view.id, found)
        return found

    async def terms(self, view: SnapshotView, language: str) -> bytes:
        """Give the terms of a snapshot as JSON, with the texts of a language.

        Where the files of the snapshot are elsewhere, nothing is known of what is used.
        """
        found = self._terms.get(view.id)
        if found is None:
            stated = [triple for graph in _TERMS for triple in await view.lookup(_contents(graph))]
            void = view.files.void if view.files else None
            found = await asyncio.to_thread(_write_terms, stated, void)
            self._terms.put(view.id, found)
        return found[language]


class _Kept(Generic[Content]):
    """What was read of the latest snapshots; nothing of one without an id, which may change unseen."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Content] = OrderedDict()

    def get(self, snapshot: str) -> Content | None:
        return self._known.get(snapshot)

    def put(self, snapshot: str, content: Content) -> None:
        if snapshot:
            self._known[snapshot] = content
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)


def _contents(graph: NamedNode) -> Plan[list[Triple]]:
    found: list[Triple] = yield GraphContents(graph)
    return found


def _write_terms(stated: Sequence[Triple], void: Path | None) -> dict[str, bytes]:
    # A snapshot of the tests may have no description.
    described: Sequence[Quad] = (
        list(parse(path=str(void), format=RdfFormat.TURTLE)) if void and void.exists() else ()
    )
    terms = read_terms(stated, described)
    return {language: terms.to_json(language) for language in LANGUAGES}
