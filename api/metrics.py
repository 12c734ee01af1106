"""What the service counts, for Prometheus (OpenMetrics 1.0, or the older text format).

Labels have few values each: how queries ended, and nothing that a client chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from api.answer_cache import AnswerCache
from api.sparql.slow_queries import EndedQuery

_SECONDS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60)


class Metrics:
    """The counters of one service.

    Args:
        version: of the software.

    """

    def __init__(self, version: str) -> None:
        self._version = version
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._queries = Counter(
            "vndx_queries", "SPARQL queries that have ended.", ["outcome"], registry=self._registry
        )
        self._seconds = Histogram(
            "vndx_query_seconds",
            "How long queries took, waiting and sending included.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._bytes = Counter(
            "vndx_query_answer_bytes", "Bytes of answers, before compression.", registry=self._registry
        )

    def count_query(self, ended: EndedQuery) -> None:
        """Count a query that has ended."""
        self._queries.labels(ended.outcome).inc()
        self._seconds.observe(ended.seconds)
        self._bytes.inc(ended.sent)

    def watch(
        self, snapshot: Callable[[], str], running: Callable[[], int], cache: AnswerCache | None
    ) -> None:
        """Have the state of the service told too, whenever somebody asks."""
        self._registry.register(_State(self._version, snapshot, running, cache))

    def exposition(self, accept: str) -> tuple[bytes, str]:
        """Give all figures in the accepted format, and its media type."""
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type


class _State(Collector):
    def __init__(
        self, version: str, snapshot: Callable[[], str], running: Callable[[], int], cache: AnswerCache | None
    ) -> None:
        self._version = version
        self._snapshot = snapshot
        self._running = running
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        """Give the figures of this moment."""
        served = InfoMetricFamily("vndx_service", "What is served.")
        served.add_metric([], {"version": self._version, "snapshot": self._snapshot()})
        yield served
        yield GaugeMetricFamily("vndx_queries_running", "Queries under way.", self._running())
        if self._cache is not None:
            yield GaugeMetricFamily("vndx_kept_answers", "Answers kept to send again.", len(self._cache))
            yield GaugeMetricFamily("vndx_kept_answer_bytes", "Memory of kept answers.", self._cache.size)
            asked = CounterMetricFamily("vndx_kept_answer_requests", "Look-ups.", labels=["result"])
            asked.add_metric(["hit"], self._cache.hits)
            asked.add_metric(["miss"], self._cache.misses)
            yield asked
