"""The vocabulary of a snapshot as it has been read: once for each snapshot, however often it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from api.collections.solutions import solutions
from api.kept_by_snapshot import SnapshotValues
from api.vocabulary.examples import (
    Examples,
    plan_examples,
    plan_statements,
    plan_things,
    subjects_query,
)
from api.vocabulary.ontology import CLASS, Ontology, read_ontology
from api.vocabulary.rules import Rules, read_rules
from api.vocabulary.schemes import Scheme, plan_concepts, read_schemes, uses_query
from api.vocabulary.statements import Statements
from api.vocabulary.uses import Uses, read_uses
from graph.model.namespaces import GRAPH
from graph.query.engine import SnapshotView
from graph.query.lookups import GraphContents, Plan


@dataclass(frozen=True)
class Terms:
    """The terms of a snapshot, and the rules that shapes make of them."""

    ontology: Ontology
    rules: Rules


@dataclass(frozen=True)
class Usage:
    """How the data of a snapshot uses the terms; without counts and examples if its files are elsewhere."""

    uses: Uses | None
    examples: Examples


class VocabularyOfSnapshots:
    """Reads parts of the vocabulary when they are first asked for; used by the event loop alone."""

    def __init__(self) -> None:
        self._terms = SnapshotValues(_terms)
        self._usage = SnapshotValues(self._read_usage)
        self._schemes = SnapshotValues(_schemes)

    async def terms(self, view: SnapshotView) -> Terms:
        """Give the terms and the rules.

        Raises:
            EngineUnavailableError: if the engine cannot be reached.

        """
        return await self._terms.of(view)

    async def usage(self, view: SnapshotView) -> Usage:
        """Give how the terms are used.

        Raises:
            EngineUnavailableError: if the engine cannot be reached.
            ProblemError: if the engine is too busy to find examples.

        """
        return await self._usage.of(view)

    async def schemes(self, view: SnapshotView) -> Sequence[Scheme]:
        """Give the concept schemes.

        Raises:
            EngineUnavailableError: if the engine cannot be reached.
            ProblemError: if the engine is too busy to count.

        """
        return await self._schemes.of(view)

    async def _read_usage(self, view: SnapshotView) -> Usage:
        if view.files is None or not view.files.void.is_file():
            return Usage(None, Examples())
        ontology = (await self.terms(view)).ontology
        uses = await asyncio.to_thread(read_uses, view.files.void)
        return Usage(uses, await _examples(view, ontology, uses))


async def _terms(view: SnapshotView) -> Terms:
    ontology = await view.lookup(_contents("ontology"))
    shapes = await view.lookup(_contents("shapes"))
    return await asyncio.to_thread(
        lambda: Terms(read_ontology(Statements(ontology)), read_rules(Statements(shapes)))
    )


async def _schemes(view: SnapshotView) -> Sequence[Scheme]:
    said = await view.lookup(plan_concepts())
    counted = await solutions(view, uses_query())
    uses = {found["concept"]: int(found["uses"]) for found in counted if "concept" in found}
    return await asyncio.to_thread(lambda: list(read_schemes(Statements(said), uses)))


async def _examples(view: SnapshotView, ontology: Ontology, uses: Uses) -> Examples:
    properties = [iri for iri in (*ontology.terms, *ontology.reused) if iri in uses.statements]
    things = await view.lookup(
        plan_things(term.iri for term in ontology.of_kind(CLASS) if term.iri in uses.things)
    )
    found = dict(await view.lookup(plan_statements(_all(things.values()), properties)))
    if missing := [iri for iri in properties if iri not in found]:
        subjects = [NamedNode(row["subject"]) for row in await solutions(view, subjects_query(missing))]
        found |= await view.lookup(plan_statements(subjects, missing))
    return await view.lookup(plan_examples(things, found))


def _all(lists: Iterable[Sequence[NamedNode]]) -> Iterable[NamedNode]:
    return (node for nodes in lists for node in nodes)


def _contents(graph: str) -> Plan[list[Triple]]:
    found: list[Triple] = yield GraphContents(GRAPH[graph])
    return found
