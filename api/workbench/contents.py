"""What the workbench shows of a snapshot besides answers, kept for as long as the snapshot is asked about."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from api.kept_by_snapshot import SnapshotValues
from api.pages.reader import LANGUAGES
from api.workbench.examples import EXAMPLES_GRAPH, ExampleGroup, group_examples
from api.workbench.terms import read_terms
from graph.model.namespaces import GRAPH
from graph.query.engine import SnapshotView
from graph.query.lookups import GraphContents, Plan

_TERMS: Final = (GRAPH["ontology"], GRAPH["concepts"], GRAPH["register/indicators"])


class WorkbenchOfSnapshots:
    """Reads examples and terms of a snapshot when they are first asked for; used by the event loop alone."""

    def __init__(self) -> None:
        self._examples = SnapshotValues(_read_examples)
        self._terms = SnapshotValues(_read_terms)

    async def examples(self, view: SnapshotView) -> Sequence[ExampleGroup]:
        """Give the documented queries of a snapshot by category."""
        return await self._examples.of(view)

    async def terms(self, view: SnapshotView, language: str) -> bytes:
        """Give the terms of a snapshot as JSON, with the texts of a language.

        Where the files of the snapshot are elsewhere, nothing is known of what is used.
        """
        return (await self._terms.of(view))[language]


async def _read_examples(view: SnapshotView) -> Sequence[ExampleGroup]:
    return group_examples(await view.lookup(_contents(EXAMPLES_GRAPH)))


async def _read_terms(view: SnapshotView) -> dict[str, bytes]:
    stated = [triple for graph in _TERMS for triple in await view.lookup(_contents(graph))]
    void = view.files.void if view.files else None
    return await asyncio.to_thread(_write_terms, stated, void)


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
