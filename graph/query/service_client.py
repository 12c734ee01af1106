"""Calling another server's SPARQL endpoint, with every step checked: name, address, redirects, size, type.

It connects to exactly the address that it has checked, so that a name that means something else a moment
later (DNS rebinding) leads nowhere else, while Host and the name in TLS stay those of the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urljoin

import httpcore
import httpx

from graph.query.errors import ServiceFailedError, ServiceRefusedError
from graph.query.formats import JSON, XML
from graph.query.service_addresses import Resolver, addresses_of, look_up, origin

MAX_REDIRECTS: Final = 3
RESULT_TYPES: Final = frozenset({*JSON.media_types, *XML.media_types})
"""What is passed on: SPARQL results as the embedded engine reads them."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CONNECT_SECONDS: Final = 10.0
_KEPT_CONNECTIONS: Final = 8
_KEPT_SECONDS: Final = 5.0
_LOOKUP_THREADS: Final = 4
_EXCERPT: Final = 300


@dataclass(frozen=True)
class ServiceOptions:
    """What SERVICE may do.

    Attributes:
        allowed_origins: what it may call; nothing else is called, by no redirect either.
        allow_private: whether their hosts may be in a private network.
        max_bytes: the largest answer.

    """

    allowed_origins: frozenset[str]
    allow_private: bool = False
    max_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True)
class ServiceQuery:
    """What the engine asks another server: a query, posted as it is."""

    content: bytes
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ServiceResult:
    """The whole answer of another server."""

    media_type: str
    content: bytes


class ServiceClient:
    """Asks other servers.

    Args:
        options: whom, and how much.
        resolver: how hosts are looked up; called in threads of its own.

    """

    def __init__(self, options: ServiceOptions, resolver: Resolver = look_up) -> None:
        self._options = options
        self._resolver = resolver
        self._threads = ThreadPoolExecutor(_LOOKUP_THREADS, thread_name_prefix="service-lookup")
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=None,  # a query has one worker, and a worker does one call at a time
            max_keepalive_connections=_KEPT_CONNECTIONS,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=_CheckedBackend(self),
        )

    async def check(self, origins: Iterable[str]) -> None:
        """Look origins up before anything is asked of them.

        Raises:
            ServiceRefusedError: if one has no address, or one that may not be called.

        """
        for called in sorted(set(origins)):
            await self.addresses(called)

    async def addresses(self, called: str) -> list[str]:
        """Give the addresses of an origin, all of which may be called.

        Raises:
            ServiceRefusedError: if it has none, or one that may not be called.

        """
        return await asyncio.get_running_loop().run_in_executor(
            self._threads,
            lambda: addresses_of(called, self._resolver, allow_private=self._options.allow_private),
        )

    async def ask(self, target: str, query: ServiceQuery) -> ServiceResult:
        """Send a query to an endpoint, and follow where that sends it within what is allowed.

        The caller limits the time. A redirect other than 303 has the query sent again as it is: made a GET,
        as browsers do for 301 and 302, it would be lost (RFC 9110, section 15.4).

        Raises:
            ServiceRefusedError: if it is not allowed to call the server, or where that sends it.
            ServiceFailedError: if there is no whole answer of a type and size that may be passed on.

        """
        address, method = target, "POST"
        for _ in range(MAX_REDIRECTS + 1):
            found = await self._exchange(target, address, method, query)
            if isinstance(found, ServiceResult):
                return found
            address, status = found
            if status == HTTPStatus.SEE_OTHER:
                method = "GET"
        raise ServiceFailedError(f"{target} redirects more than {MAX_REDIRECTS} times")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._pool.aclose()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _exchange(
        self, target: str, address: str, method: str, query: ServiceQuery
    ) -> ServiceResult | tuple[str, int]:
        """Ask once; give the answer, or where to go on and with which status it was said so."""
        url = self._checked(target, address)
        sent = query.headers if method == "POST" else [pair for pair in query.headers if pair[0] == "accept"]
        try:
            async with self._pool.stream(
                method,
                url,
                headers=[("host", _host(url)), ("accept-encoding", "identity"), *sent],
                content=query.content if method == "POST" else None,
                extensions={"timeout": {"connect": _CONNECT_SECONDS}},
            ) as response:
                headers = {name.decode().lower(): value.decode("latin-1") for name, value in response.headers}
                if response.status in _REDIRECTS and "location" in headers:
                    return _joined(target, address, headers["location"]), response.status
                content = await self._read(target, response)
                return _result(target, response.status, headers, content)
        except httpcore.TimeoutException:
            raise ServiceFailedError(f"{target} cannot be reached in {_CONNECT_SECONDS:g} s") from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise ServiceFailedError(f"{target} cannot be reached, or broke off: {error}") from None

    def _checked(self, target: str, address: str) -> httpcore.URL:
        """Read an address with the reader whose result is called, so that no two can disagree."""
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, UnicodeError):
            raise ServiceFailedError(f"{target}: {address!r} is no address") from None
        called = origin(f"{url.scheme}://{url.netloc.decode('ascii')}")
        if url.userinfo or called is None or called not in self._options.allowed_origins:
            where = address if address == target else f"{address}, where {target} redirects"
            raise ServiceRefusedError(f"this endpoint does not call {where}")
        return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)

    async def _read(self, target: str, response: httpcore.Response) -> bytes:
        content = bytearray()
        async for part in response.aiter_stream():
            content += part
            if len(content) > self._options.max_bytes:
                mebibytes = self._options.max_bytes / 1024**2
                raise ServiceFailedError(f"the answer of {target} is larger than {mebibytes:g} MiB")
        return bytes(content)


def _result(target: str, status: int, headers: dict[str, str], content: bytes) -> ServiceResult:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if status != HTTPStatus.OK:
        said = " ".join(content[:_EXCERPT].decode("utf-8", "replace").split())
        raise ServiceFailedError(f"{target} answered {status}{f': {said}' if said else ''}")
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise ServiceFailedError(f"{target} answered in an encoding that it was not asked for")
    if media_type not in RESULT_TYPES:
        raise ServiceFailedError(
            f"{target} answered with {media_type or 'no media type'}, not with SPARQL results in JSON or XML"
        )
    return ServiceResult(media_type, content)


def _joined(target: str, address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError:
        raise ServiceFailedError(f"{target} redirects to {location!r}, which is no address") from None


def _host(url: httpcore.URL) -> str:
    host = url.host.decode("ascii")
    host = f"[{host}]" if ":" in host else host
    return host if url.port is None else f"{host}:{url.port}"


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to addresses that were checked a moment ago, and to no name."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        shown = f"[{host}]" if ":" in host else host
        failure: Exception | None = None
        for address in await self._client.addresses(f"http://{shown}:{port}"):
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("there is no address")

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)
