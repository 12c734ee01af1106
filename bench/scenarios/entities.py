"""Scenario "entities": how long the JSON of an entity takes, by the size of the entity, over HTTP.

Cold is the first request for an entity in the life of the server; data are then in the cache of the system,
as with any server that has run before. Warm are further requests for it whose answers are made anew, which
other Accept headers see to. Kept are equal requests, which the server may answer from what it has kept.
"""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from bench.data.dataset import Dataset
from bench.peers.base import Endpoint
from bench.scenarios.session import Say
from bench.timings import percentile

_BASE: Final = "https://w3id.org/vndx/id/"
_PROVINCE: Final = re.compile(r"/data/unit/2025/[0-9]{2}\.json")
_SETTLING_SECONDS: Final = 5
_BY_SIZE: Final = f"""SELECT ?s (COUNT(*) AS ?n) WHERE {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{_BASE}")) }}
GROUP BY ?s ORDER BY ?n STR(?s)"""
_BY_LINKS: Final = f"""SELECT ?s (COUNT(*) AS ?n) WHERE {{ ?o ?p ?s FILTER(STRSTARTS(STR(?s), "{_BASE}")) }}
GROUP BY ?s ORDER BY DESC(?n) STR(?s) LIMIT 10"""


@dataclass(frozen=True)
class EntityPlan:
    """How much is asked.

    Attributes:
        entities: of each size.
        repeats: further requests for each.

    """

    entities: int = 20
    repeats: int = 20


@dataclass(frozen=True)
class EntityFigures:
    """Medians in milliseconds for the entities of one size.

    Attributes:
        size: ``small``, ``middle``, ``provinces``, ``largest`` or ``hubs``.
        entities: how many were asked for.
        triples: what is said of them on average, or what links to them for hubs.
        kilobytes: of their JSON on average.
        cold: the first request for each.
        warm: further ones, whose answers are made anew.
        kept: equal requests.

    """

    size: str
    entities: int
    triples: float
    kilobytes: float
    cold: float
    warm: float
    kept: float


@dataclass(frozen=True)
class _Entity:
    path: str
    triples: int


def measure_entities(endpoint: Endpoint, dataset: Dataset, plan: EntityPlan, say: Say) -> list[EntityFigures]:
    """Measure a server that has just been started; one client, one connection.

    Args:
        endpoint: where the server answers.
        dataset: what it serves.
        plan: how much is asked.
        say: told what is going on.

    Raises:
        RuntimeError: if an answer is not 200.

    """
    chosen = list(_chosen(dataset, plan.entities))
    time.sleep(_SETTLING_SECONDS)
    connection = http.client.HTTPConnection(endpoint.host, endpoint.port, timeout=60)
    _fetch(connection, "/data/country/vn.ttl", "text/turtle")  # the connection, and code that is loaded late
    figures = []
    for size, entities in chosen:
        say(f"entities: {size}, {len(entities)} of them")
        figures.append(_measure(connection, size, entities, plan.repeats))
    return figures


def _measure(
    connection: http.client.HTTPConnection, size: str, entities: Sequence[_Entity], repeats: int
) -> EntityFigures:
    cold: list[float] = []
    warm: list[float] = []
    kept: list[float] = []
    bodies: list[int] = []
    for entity in entities:
        milliseconds, length = _fetch(connection, entity.path, "application/json")
        cold.append(milliseconds)
        bodies.append(length)
        for number in range(1, repeats + 1):
            warm.append(_fetch(connection, entity.path, f"application/json;q={number / 1000:.3f}")[0])
            kept.append(_fetch(connection, entity.path, "application/json")[0])
    return EntityFigures(
        size,
        len(entities),
        sum(entity.triples for entity in entities) / len(entities),
        sum(bodies) / len(bodies) / 1000,
        *(percentile(sorted(times), 0.5) for times in (cold, warm, kept)),
    )


def _fetch(connection: http.client.HTTPConnection, path: str, accept: str) -> tuple[float, int]:
    """Give the milliseconds of a request to the last byte of its answer, and the bytes of the body."""
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept": accept})
    response = connection.getresponse()
    body = response.read()
    milliseconds = (time.perf_counter() - started) * 1000
    if response.status != http.client.OK:
        raise RuntimeError(f"{path} was answered with {response.status}")
    return milliseconds, len(body)


def _chosen(dataset: Dataset, count: int) -> Iterator[tuple[str, list[_Entity]]]:
    """Choose entities by what is said of them, and the hubs by what links to them."""
    snapshot = dataset.home.current()
    if snapshot is None:
        raise RuntimeError("no snapshot is published in the data home of the bench")
    store = Store.read_only(str(snapshot.store))
    hubs = list(islice(_rows(store, _BY_LINKS), 10))
    yield "hubs", hubs
    # Each is asked for under one name only: a second first request would be none.
    known = {entity.path for entity in hubs}
    by_size = [entity for entity in _rows(store, _BY_SIZE) if entity.path not in known]
    middle = len(by_size) // 2
    largest = by_size[-count:]
    rest = by_size[:-count]
    yield "small", by_size[:: max(1, middle // count)][:count]
    yield "middle", [entity for entity in rest if "/platform/" in entity.path][-count:]
    yield "provinces", [entity for entity in rest if _PROVINCE.fullmatch(entity.path)][:count]
    yield "largest", largest


def _rows(store: Store, query: str) -> Iterator[_Entity]:
    solutions = store.query(query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("entities are chosen by a SELECT query")
    for solution in solutions:
        node, number = solution["s"], solution["n"]
        if isinstance(node, NamedNode) and isinstance(number, Literal) and "#" not in node.value:
            yield _Entity(f"/data/{node.value.removeprefix(_BASE)}.json", int(number.value))
