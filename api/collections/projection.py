"""The columns of items, found round by round: all values that are so many steps away in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from pyoxigraph import NamedNode

from api.collections.columns import Column, Kind
from api.collections.edges import Edges, Plan, Term, Text, nodes_of
from api.collections.paths import LABEL, TYPE, Dated, Inverse, Path, Step
from api.collections.versions import UNIT, names_on, valid_version, versions_of
from api.entities.json_ld import JsonLdContext

Row: TypeAlias = dict[str, Any]

_NO_LANGUAGE: Final = "und"
_VERSION: Final[Step] = Dated.VERSION


def project(
    items: Sequence[NamedNode], columns: Sequence[Column], context: JsonLdContext, day: str = ""
) -> Plan[list[Row]]:
    """Plan to find the columns of items; it gives one row for each item, in the same order.

    Args:
        items: the items.
        columns: the columns.
        context: how classes are named.
        day: on which versions and names are wanted, empty for the latest.

    """
    facts = _Facts(day)
    yield from facts.follow(items, columns)
    if day:
        yield from facts.name(items, columns)
    return [_Writer(facts, context, day).row(item, columns) for item in items]


def _all_paths(columns: Iterable[Column], day: str) -> Iterator[Path]:
    for column in columns:
        for path in column.paths_on(day):
            yield path
            yield from (path + below for below in _all_paths(column.columns, day))


def _ordered(predicates: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    return tuple(sorted(predicates, key=str))


class _Facts:
    """What has been looked up: for a node and a step, where the step leads."""

    def __init__(self, day: str) -> None:
        self._day = day
        self._found: defaultdict[NamedNode, dict[Step, list[Term]]] = defaultdict(dict)
        self.names: dict[NamedNode, str] = {}

    def walk(self, starts: Iterable[Term], path: Path) -> list[Term]:
        """Give where a path leads, each node and literal once."""
        reached = list(starts)
        for step in path:
            ends = [self._after(start, step) for start in reached if isinstance(start, NamedNode)]
            reached = (
                ends[0] if len(ends) == 1 else list(dict.fromkeys(end for found in ends for end in found))
            )
        return reached

    def _after(self, start: NamedNode, step: Step) -> list[Term]:
        return self._found[start].get(step, [])

    def follow(self, items: Sequence[NamedNode], columns: Sequence[Column]) -> Plan[None]:
        """Look up all steps of all columns: one round for each length of path, whatever the paths."""
        paths = set(_all_paths(columns, self._day))
        for depth in range(max(map(len, paths), default=0)):
            steps_after: defaultdict[Path, set[Step]] = defaultdict(set)
            for path in paths:
                if len(path) > depth:
                    steps_after[path[:depth]].add(path[depth])
            reached = {prefix: nodes_of(self.walk(items, prefix)) for prefix in steps_after}
            yield from self._versions(
                nodes_of(
                    node
                    for prefix, found in reached.items()
                    if _VERSION in steps_after[prefix]
                    for node in found
                )
            )
            steps = {step for after in steps_after.values() for step in after}
            # Nodes that are referred to are asked in the same round what they are and are called.
            referred = self._unnamed([*items, *self.referred_to(items, columns)])
            yield from self._round(
                (*referred, *(node for found in reached.values() for node in found)), steps
            )
        yield from self._round(self._unnamed([*items, *self.referred_to(items, columns)]), set())

    def name(self, items: Sequence[NamedNode], columns: Sequence[Column]) -> Plan[None]:
        """Look up what units were called on the day."""
        nodes = dict.fromkeys([*items, *self.referred_to(items, columns)])
        units = [node for node in nodes if UNIT in self._after(node, TYPE)]
        yield from self._versions(unit for unit in units if _VERSION not in self._found[unit])
        versions = {unit: nodes_of(self._after(unit, _VERSION)) for unit in units}
        self.names = yield from names_on({unit: found[0] for unit, found in versions.items() if found})

    def referred_to(self, items: Sequence[NamedNode], columns: Sequence[Column]) -> Iterator[NamedNode]:
        """Give the nodes that columns refer to."""
        for column in columns:
            for path in column.paths_on(self._day):
                reached = [node for node in self.walk(items, path) if isinstance(node, NamedNode)]
                if column.kind is Kind.REFERENCE:
                    yield from reached
                elif column.kind is Kind.OBJECT:
                    yield from self.referred_to(reached, column.columns)

    def _unnamed(self, nodes: Iterable[NamedNode]) -> list[NamedNode]:
        return [node for node in dict.fromkeys(nodes) if TYPE not in self._found[node]]

    def _round(self, nodes: Iterable[NamedNode], steps: set[Step]) -> Plan[None]:
        asked = nodes_of(nodes)
        outgoing = {step for step in steps if isinstance(step, NamedNode)} | {TYPE, LABEL}
        incoming = {step.predicate for step in steps if isinstance(step, Inverse)}
        found = yield Edges(asked, _ordered(outgoing), _ordered(incoming))
        for node in asked:
            self._found[node].update({step: [] for step in outgoing})
            self._found[node].update({Inverse(step): [] for step in incoming})
        starts = frozenset(asked)
        for edge in found:
            if edge.subject in starts and edge.predicate in outgoing:
                self._found[edge.subject][edge.predicate].append(edge.object)
            if edge.predicate in incoming and edge.object in starts and isinstance(edge.object, NamedNode):
                self._found[edge.object][Inverse(edge.predicate)].append(edge.subject)

    def _versions(self, units: Iterable[NamedNode]) -> Plan[None]:
        asked = nodes_of(units)
        versions = (yield from versions_of(asked)) if asked else {}
        for unit in asked:
            valid = valid_version(versions.get(unit, ()), self._day)
            self._found[unit][_VERSION] = [valid.node] if valid else []


class _Writer:
    """Writes what was found as JSON."""

    def __init__(self, facts: _Facts, context: JsonLdContext, day: str) -> None:
        self._facts = facts
        self._context = context
        self._day = day
        self._references: dict[NamedNode, Row] = {}

    def row(self, item: NamedNode, columns: Sequence[Column]) -> Row:
        head = {"id": item.value, "type": self._types(item)}
        return head | {column.name: self._value(column, item) for column in columns}

    def _value(self, column: Column, item: NamedNode) -> Any:
        if column.kind is Kind.LABEL and column.name == "label":
            return self._label(item)
        found = self._found(column, item)
        if column.kind is Kind.LABEL:
            return _by_language(found)
        if column.kind is Kind.TEXT:
            return _lists_by_language(found)
        written = [self._written(column, term) for term in found]
        if column.many:
            return written
        return written[0] if written else None

    def _found(self, column: Column, item: NamedNode) -> list[Term]:
        """Give the values of the first path that has any, in a stable order."""
        for path in column.paths_on(self._day):
            found = self._facts.walk((item,), path)
            if column.of_class is not None:
                found = [term for term in found if column.of_class in self._facts.walk((term,), (TYPE,))]
            if column.known_by and self._day:
                found = [term for term in found if self._is_known(term, column.known_by)]
            if found:
                return sorted(found, key=_sort_key) if len(found) > 1 else found
        return []

    def _is_known(self, node: Term, dates: Path) -> bool:
        """Say whether one of the dates of a node had begun by the day; a date is as long as it is precise."""
        known = (date.value[:10] for date in self._facts.walk((node,), dates))
        return any(date <= self._day[: len(date)] for date in known)

    def _written(self, column: Column, term: Term) -> Any:
        match column.kind:
            case Kind.INTEGER:
                return int(term.value)
            case Kind.DECIMAL:
                return float(term.value) if "." in term.value else int(term.value)
            case Kind.KEY:
                return term.value.rpartition("/")[2]
            case Kind.REFERENCE if isinstance(term, NamedNode):
                return self._reference(term)
            case Kind.OBJECT if isinstance(term, NamedNode):
                below = {found.name: self._value(found, term) for found in column.columns}
                return {"id": term.value} | below
            case _:
                return term.value

    def _reference(self, node: NamedNode) -> Row:
        if node not in self._references:
            found = {"id": node.value, "type": self._types(node), "label": self._label(node)}
            self._references[node] = found
        return self._references[node]

    def _types(self, node: NamedNode) -> list[str]:
        classes = self._facts.walk((node,), (TYPE,))
        return sorted(self._context.type_name(found.value) for found in classes)

    def _label(self, node: NamedNode) -> dict[str, str]:
        latest = _by_language(self._facts.walk((node,), (LABEL,)))
        name = self._facts.names.get(node)
        return latest if name is None or latest.get("vi") == name else {"vi": name}


def _sort_key(term: Term) -> tuple[str, str]:
    return term.value, term.language if isinstance(term, Text) else ""


def _by_language(found: Iterable[Term]) -> dict[str, str]:
    return {tag: texts[0] for tag, texts in _lists_by_language(found).items()}


def _lists_by_language(found: Iterable[Term]) -> dict[str, list[str]]:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for term in found:
        tag = term.language if isinstance(term, Text) else ""
        texts[tag or _NO_LANGUAGE].append(term.value)
    return {tag: sorted(texts[tag]) for tag in sorted(texts, key=lambda tag: (tag != "vi", tag))}
