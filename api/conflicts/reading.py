"""The conflicts of a snapshot with the statements that disagree, as they are in the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from api.collections.columns import Column, label, nested, reference, string, text
from api.collections.declarations.figures import OBSERVATIONS, TARGETS
from api.collections.declarations.shared import EVIDENCE, NAMES
from api.collections.declarations.statements import CONFLICTS
from api.collections.edges import read
from api.collections.paths import LABEL, TYPE, path
from api.collections.projection import project
from api.collections.solutions import solutions
from api.entities.json_ld import JsonLdContext
from graph.model.namespaces import ID, SH
from graph.query.engine import SnapshotView
from graph.query.lookups import Outgoing, Plan

Row = Mapping[str, Any]

_SOURCES: Final = nested(
    "sources",
    "the sources that state it",
    (
        label("label", "the title", (LABEL,)),
        string("publishedDate", "when it was published"),
        string("url", "its address"),
    ),
    path("statedIn"),
)
_OF_FIGURES: Final = (
    *("indicator", "value", "rank", "grade", "comparator", "lowerBound", "upperBound", "unitOfMeasure"),
    *("outOf", "valueAsPrinted", "hedge", "denominator", "periodStart", "periodEnd", "asOf", "derivation"),
)


def _figure_columns() -> tuple[Column, ...]:
    known = {column.name: column for column in OBSERVATIONS.columns}
    return tuple(known[name] for name in _OF_FIGURES)


STATEMENT_COLUMNS: Final[tuple[Column, ...]] = (
    NAMES,
    text("statement", "what is said"),
    reference("claimKind", "the kind of claim", many=True),
    reference("claimant", "who says it", many=True),
    *_figure_columns(),
    next(column for column in TARGETS.columns if column.name == "deadline"),
    _SOURCES,
    EVIDENCE,
)
"""What is read of a statement, whatever it is: a claim, a figure, a target, a document."""


@dataclass(frozen=True)
class Disagreement:
    """A conflict and its statements, as rows of `CONFLICTS` and of `STATEMENT_COLUMNS`."""

    conflict: Row
    statements: Sequence[Row]


async def read_disagreements(view: SnapshotView, context: JsonLdContext) -> Sequence[Disagreement]:
    """Read all conflicts, by their Vietnamese labels.

    Raises:
        ProblemError: if the engine has no answer.
        EngineUnavailableError: if it cannot be reached.

    """
    found = await solutions(view, f"SELECT ?id WHERE {{ ?id {TYPE} {CONFLICTS.cls} }} ORDER BY ?id")
    nodes = [NamedNode(each["id"]) for each in found]
    conflicts = await read(view, project(nodes, CONFLICTS.columns, context))
    stated = dict.fromkeys(NamedNode(each["id"]) for row in conflicts for each in row["conflictingStatement"])
    statements = await read(view, project(list(stated), STATEMENT_COLUMNS, context))
    by_id = {row["id"]: row for row in statements}
    return [
        Disagreement(row, [by_id[each["id"]] for each in row["conflictingStatement"]]) for row in conflicts
    ]


async def documented_query(view: SnapshotView) -> str:
    """Give the documented query for all conflicts; empty if the snapshot has none.

    Raises:
        EngineUnavailableError: if the engine cannot be reached.

    """
    return await view.lookup(_query())


def _query() -> Plan[str]:
    found = yield Outgoing((ID["query/all-conflicts"],), (SH["select"],))
    return next((triple.object.value for triple in found if isinstance(triple.object, Literal)), "")
