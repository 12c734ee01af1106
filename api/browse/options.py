"""The values that filters of a collection can have, where these are few: found in the graph, with counts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode

from api.addresses import canonical_name
from api.browse.filter_titles import CHOICE_TITLES
from api.browse.labels import Labels, labels_of
from api.collections.collection import Collection
from api.collections.filters import ChoiceFilter, NodeFilter
from api.collections.paths import TYPE, alternatives
from api.collections.solutions import solutions
from graph.model.namespaces import SKOS, VNDX
from graph.model.text import fold
from graph.query.engine import SnapshotView

MOST_OPTIONS: Final = 200
"""A filter with more values than this has none to choose from."""

UNLISTED: Final = frozenset({"partOf", "states", "statement", "member", "signer", "launches"})
"""Filters with nearly as many values as items: pages lead to them by links."""

_BROADER: Final = SKOS["broader"]


@dataclass(frozen=True)
class Option:
    """A value of a filter.

    Attributes:
        value: as the parameter has it.
        label: by language.
        count: how many items it selects if nothing else is asked; None if that was not counted.
        group: what options it is among, by language.

    """

    value: str
    label: Labels
    count: int | None = None
    group: Labels = field(default_factory=dict)


FilterOptions = Mapping[str, Sequence[Option]]
"""The options of a collection by the name of the filter."""


@dataclass(frozen=True)
class CollectionFacts:
    """What is known of a collection of a snapshot: how many items it has, and the options of its filters."""

    total: int
    options: FilterOptions


async def read_facts(view: SnapshotView, collection: Collection) -> CollectionFacts:
    """Find what is known of a collection.

    Raises:
        ProblemError: if the engine has no answer.
        EngineUnavailableError: if it cannot be reached.

    """
    return CollectionFacts(await count_items(view, collection), await read_options(view, collection))


async def count_items(view: SnapshotView, collection: Collection) -> int:
    """Count the items of a collection.

    Raises:
        ProblemError: if the engine has no answer.
        EngineUnavailableError: if it cannot be reached.

    """
    query = f"SELECT (COUNT(?id) AS ?count) WHERE {{ ?id {TYPE} {collection.cls} }}"
    (counted,) = await solutions(view, query)
    return int(counted["count"])


async def read_options(
    view: SnapshotView, collection: Collection, names: Container[str] | None = None
) -> FilterOptions:
    """Find the options of the filters of a collection.

    Args:
        view: the snapshot.
        collection: whose filters.
        names: of the filters that are wanted, None for all.

    Raises:
        ProblemError: if the engine has no answer.
        EngineUnavailableError: if it cannot be reached.

    """
    found: dict[str, Sequence[Option]] = {}
    for each in collection.filters:
        if each.name in UNLISTED or (names is not None and each.name not in names):
            continue
        if isinstance(each, ChoiceFilter):
            found[each.name] = await _choices(view, collection, each)
        elif isinstance(each, NodeFilter):
            options = await (_provinces(view) if each.name == "province" else _nodes(view, collection, each))
            if 1 < len(options) <= MOST_OPTIONS:
                found[each.name] = options
    return found


async def _choices(view: SnapshotView, collection: Collection, choice: ChoiceFilter) -> list[Option]:
    """Give the words of a choice; of classes those that have items, with how many."""
    if titles := CHOICE_TITLES.get(choice.name):
        return [Option(word, _by_language(titles[word])) for word in choice.choices]
    classes = await labels_of(view, [VNDX[word] for word in choice.choices])
    options = []
    for word, condition in choice.choices.items():
        query = f"SELECT (COUNT(?id) AS ?count) WHERE {{ ?id {TYPE} {collection.cls} . {condition} }}"
        (counted,) = await solutions(view, query)
        if count := int(counted["count"]):
            options.append(Option(word, classes.get(VNDX[word], {"vi": word}), count))
    return options


async def _nodes(view: SnapshotView, collection: Collection, nodes: NodeFilter) -> list[Option]:
    """Count by the nodes that items refer to; by the broader ones too where the filter means these."""
    way = f"{alternatives(nodes.paths)} ?value"
    if nodes.narrower:
        way = f"{alternatives(nodes.paths)} ?narrower . ?narrower {_BROADER}* ?value"
    query = (
        f"SELECT ?value (COUNT(DISTINCT ?id) AS ?count) WHERE {{ ?id {TYPE} {collection.cls} . ?id {way} }} "
        f"GROUP BY ?value LIMIT {MOST_OPTIONS + 1}"
    )
    counted = {
        NamedNode(each["value"]): int(each["count"])
        for each in await solutions(view, query)
        if "://" in each.get("value", "")
    }
    if len(counted) > MOST_OPTIONS:
        return []
    labels = await labels_of(view, list(counted))
    options = [
        Option(value, labels.get(node) or {"vi": value}, count)
        for node, count in counted.items()
        if (value := _value_for(nodes, node))
    ]
    return in_order(options)


def _value_for(nodes: NodeFilter, node: NamedNode) -> str:
    """Give the shortest value by which a filter means a node, empty if none does."""
    name = canonical_name(node.value)
    last = name.rpartition("/")[2]
    for value in (last, last.replace("_", "/"), name):
        try:
            if nodes.reader.candidates(value)[:1] == (node,):
                return value
        except ValueError:
            continue
    return ""


async def _provinces(view: SnapshotView) -> list[Option]:
    """Give the provinces of both registers; which of them have items is not asked."""
    query = (
        f"SELECT ?id ?era WHERE {{ ?id {TYPE} {VNDX['Province']} ; {VNDX['era']} ?era . "
        f"FILTER NOT EXISTS {{ ?id {VNDX['continuedBy']} ?entry }} }} ORDER BY DESC(?era)"
    )
    rows = await solutions(view, query)
    labels = await labels_of(view, [NamedNode(row["id"]) for row in rows])
    groups = {
        "2025": {"vi": "Từ 1/7/2025", "en": "Since 1 July 2025"},
        "2004": {"vi": "Trước 1/7/2025", "en": "Before 1 July 2025"},
    }
    options = [
        Option(
            canonical_name(row["id"]).removeprefix("unit/"),
            labels.get(NamedNode(row["id"]), {}),
            group=groups[row["era"].rpartition("/")[2]],
        )
        for row in rows
    ]
    return sorted(in_order(options), key=lambda option: option.group != groups["2025"])


def in_order(options: Iterable[Option]) -> list[Option]:
    """Sort options by their Vietnamese label, without marks; units without their type."""
    return sorted(options, key=lambda option: (_bare(fold(option.label.get("vi", ""))), option.value))


def _bare(name: str) -> str:
    return name.removeprefix("tinh ").removeprefix("thanh pho ")


def _by_language(title: tuple[str, str]) -> Labels:
    return {"vi": title[0], "en": title[1]}
