"""What can be set: by environment variables that start with ``VNDX_``, or by the arguments of `serve`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, HttpUrl, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graph.query.service_addresses import origin
from graph.snapshots.home import DEFAULT_HOME

_KIB = 1024
_MIB = 1024 * _KIB


class Settings(BaseSettings):
    """The settings of a service, each with its default; in the environment names start with ``VNDX_``."""

    model_config = SettingsConfigDict(env_prefix="VNDX_", frozen=True)

    home: Path = Field(DEFAULT_HOME, description="the data home, where snapshots are published")
    host: str = Field("127.0.0.1", description="the address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="the port to listen on; 0 for any free one")
    public_base: HttpUrl | None = Field(
        None,
        description="where the world sees this service, e.g. https://vndx.example; without it, redirects are "
        "relative and the service description names the address that the server listens on",
    )
    engine: HttpUrl | None = Field(
        None, description="a SPARQL 1.1 endpoint to use instead of the embedded engine"
    )

    dereference: Literal["303", "200"] = Field(
        "303",
        description="how the IRI of a thing is answered: 303 leads to a document; 200 gives it at once and "
        "names it in Content-Location, for clients that do not follow 303",
    )

    deadline: float = Field(30, gt=0, description="seconds that a query may take")
    workers: int = Field(
        2 * (os.cpu_count() or 1),
        ge=1,
        description="queries that run at once; one client has at most half of them",
    )
    reserve: int = Field(
        2 * (os.cpu_count() or 1),
        ge=0,
        description="queries that run besides while all workers are taken, for clients with no other running",
    )
    queue: int = Field(64, ge=0, description="queries that may wait for a worker")
    queue_share: int = Field(16, ge=0, description="queries of one client that may wait for a worker")
    queue_wait: float = Field(10, gt=0, description="seconds that a query may wait for a worker")
    worker_memory: int = Field(1024 * _MIB, ge=64 * _MIB, description="bytes that a query may allocate")
    result_limit: int = Field(256 * _MIB, gt=0, description="bytes of the largest answer")
    query_limit: int = Field(_MIB, gt=0, description="bytes of the largest request")
    window: int = Field(64 * _KIB, gt=0, description="bytes of an answer held back until the status is sure")
    connections: int = Field(
        1000, ge=1, description="connections that may be open; one client has at most half of them"
    )
    head_limit: int = Field(
        64 * _KIB, ge=_KIB, description="bytes of the longest request head, address included"
    )
    head_seconds: float = Field(10, gt=0, description="seconds that a request head may take")
    body_seconds: float = Field(30, gt=0, description="seconds that a request body of a few KiB may take")
    answer_cache: int = Field(
        64 * _MIB, ge=0, description="bytes of answers kept to send again; 0 shares none"
    )
    answer_cache_entry: int = Field(4 * _MIB, ge=0, description="bytes of the largest answer that is kept")
    in_memory_triples: int = Field(
        20_000_000, ge=0, description="up to so many triples workers share a store in memory"
    )
    slow_query: float = Field(5, ge=0, description="seconds from which on a query is logged as slow")
    follow_seconds: float = Field(1, gt=0, description="how often to look for a newly published snapshot")
    warm: bool = Field(
        True, description="whether pages are made before anyone asks for them, after each publication"
    )
    searchers: int = Field(
        2 * (os.cpu_count() or 1),
        ge=1,
        description="searches and batches of names that run at once; one client has at most half of them",
    )
    validators: int = Field(2, ge=1, description="submissions that are validated at once")
    validation_limit: int = Field(2 * _MIB, gt=0, description="bytes of the largest submission")
    validation_seconds: float = Field(30, gt=0, description="seconds that a validation may take")
    validation_memory: int = Field(
        512 * _MIB, ge=64 * _MIB, description="bytes that a validation may allocate"
    )
    linkers: int = Field(2, ge=1, description="tables that are linked at once")
    link_limit: int = Field(32 * _MIB, gt=0, description="bytes of the largest table that is linked")
    service_origins: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="origins that SERVICE may call, with commas between, e.g. https://a.example"
    )
    service_allow_private: bool = Field(
        False, description="whether those origins may be in a private network or on this machine"
    )
    service_result_limit: int = Field(
        16 * _MIB, gt=0, description="bytes of the largest answer of a server that SERVICE calls"
    )

    @field_validator("service_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @model_validator(mode="after")
    def _check_origins(self) -> Self:
        for given in self.service_origins:
            if origin(given) != given:
                raise ValueError(
                    f"{given!r} is no origin: write scheme and host only, as in https://a.example"
                )
        return self

    @property
    def public_root(self) -> str:
        """The public base without a slash at its end, empty if none is set."""
        return str(self.public_base).rstrip("/") if self.public_base else ""
