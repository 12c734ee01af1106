"""The documents about single units, as JSON: plans that read what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import NamedNode

from api.collections.declarations.administrative import UNIT_COLUMNS
from api.collections.declarations.shared import NAMES
from api.collections.edges import Edges, Plan, nodes_of
from api.collections.projection import Row, project
from api.collections.versions import versions_of
from api.entities.json_ld import JsonLdContext
from api.units.columns import CHANGE_COLUMNS, TRANSFER_COLUMNS, VERSION_COLUMNS
from api.units.lineage import Lineage, trace
from api.units.steps import Direction, Step, StepKind
from graph.model.namespaces import VNDX

_CHANGED_BY = VNDX["changedBy"]
_TRANSFER = VNDX["transfer"]


def history(unit: NamedNode, context: JsonLdContext) -> Plan[Row]:
    """Plan the history of a unit: its versions and what changed it, in the order of time."""
    held = (yield from versions_of((unit,))).get(unit, [])
    versions = yield from project([version.node for version in held], VERSION_COLUMNS, context)
    changes = nodes_of(edge.object for edge in (yield Edges((unit,), (_CHANGED_BY,))))
    transfer_of = yield Edges(changes, (_TRANSFER,))
    transfers = yield from project(nodes_of(edge.object for edge in transfer_of), TRANSFER_COLUMNS, context)
    change_of = {edge.object.value: edge.subject.value for edge in transfer_of}
    rows = yield from project(changes, CHANGE_COLUMNS, context)
    for row in rows:
        row["transfers"] = [
            found
            for found in transfers
            if change_of[found["id"]] == row["id"] and unit.value in _ends_of(found)
        ]
    (reference,) = yield from project((unit,), (NAMES,), context)
    ordered = sorted(rows, key=lambda row: (row["effectiveDate"] or "", row["id"]))
    return {"unit": reference, "versions": versions, "changes": ordered}


def lineage(unit: NamedNode, direction: Direction, day: str, context: JsonLdContext) -> Plan[Row]:
    """Plan what a unit became or came from, with every step."""
    found = yield from trace(unit, direction, day)
    ends = yield from project(list(found.ends), UNIT_COLUMNS, context, day)
    references = yield from _by_id(_nodes(unit, found), (NAMES,), context)
    changes = yield from _by_id((step.change for step in found.steps), CHANGE_COLUMNS, context)
    transfers = yield from _by_id((step.transfer for step in found.steps), TRANSFER_COLUMNS, context)
    versions = yield from _by_id((step.version for step in found.steps), VERSION_COLUMNS, context)
    parts = {"change": changes, "transfer": transfers, "version": versions}
    shares = dict(zip((row["id"] for row in ends), found.ends.values(), strict=True))
    return {
        "unit": references[unit.value],
        "at": day or None,
        "units": [{"share": _share(whole=shares[row["id"]]), "unit": row} for row in ends],
        "steps": [_step(step, references, parts) for step in found.steps],
        "complete": not found.open,
        "open": [{"unit": references[each.unit.value], "date": each.date or None} for each in found.open],
    }


def _step(step: Step, references: Mapping[str, Row], parts: Mapping[str, Mapping[str, Row]]) -> Row:
    known: dict[str, Any] = {}
    for name, node in (("version", step.version), ("change", step.change), ("transfer", step.transfer)):
        known[name] = parts[name][node.value] if node is not None else None
    basis = known["change"] or known["version"]
    return {
        "date": step.date,
        "kind": step.kind.value,
        "status": "derived" if step.kind is StepKind.PARTS else "stated",
        "from": references[step.before.value],
        "to": references[step.after.value],
        "share": _share(whole=step.whole),
        **known,
        "legalBasis": basis["legalBasis"] if basis else [],
        "via": [references[part.value] for part in step.via],
    }


def _share(*, whole: bool) -> str:
    return "whole" if whole else "part"


def _nodes(unit: NamedNode, found: Lineage) -> Iterable[NamedNode]:
    yield unit
    for step in found.steps:
        yield from (step.before, step.after, *step.via)
    yield from (each.unit for each in found.open)


def _by_id(
    nodes: Iterable[NamedNode | None], columns: tuple[Any, ...], context: JsonLdContext
) -> Plan[dict[str, Row]]:
    wanted = nodes_of(node for node in nodes if node is not None)
    rows = yield from project(wanted, columns, context)
    return {row["id"]: row for row in rows}


def _ends_of(transfer: Row) -> set[str]:
    return {transfer[name]["id"] for name in ("fromUnit", "toUnit") if transfer[name]}
