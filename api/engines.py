"""Which engine answers queries, by the settings."""

from __future__ import annotations

from api.settings import Settings
from graph.query.embedded import EmbeddedEngine, EmbeddedOptions
from graph.query.engine import Engine
from graph.query.generation import GenerationOptions
from graph.query.remote import RemoteEngine, RemoteOptions
from graph.query.service_client import ServiceOptions
from graph.snapshots.home import SnapshotHome


def make_engine(settings: Settings) -> Engine:
    """Make the remote engine if the settings name an endpoint, else the embedded one; it is not started."""
    if settings.engine is not None:
        return RemoteEngine(
            str(settings.engine),
            RemoteOptions(
                settings.deadline,
                settings.result_limit,
                settings.service_origins,
                settings.service_allow_private,
            ),
        )
    generation = GenerationOptions(
        workers=settings.workers,
        reserve=settings.reserve,
        max_waiting=settings.queue,
        max_waiting_of_client=settings.queue_share,
        max_wait=settings.queue_wait,
        memory_bytes=settings.worker_memory,
        max_bytes=settings.result_limit,
        in_memory_triples=settings.in_memory_triples,
    )
    services = ServiceOptions(
        settings.service_origins, settings.service_allow_private, settings.service_result_limit
    )
    options = EmbeddedOptions(
        generation,
        settings.deadline,
        settings.follow_seconds,
        services if settings.service_origins else None,
    )
    return EmbeddedEngine(SnapshotHome.resolve(settings.home), options)
