"""Calls through the gateway, with names that mean what a test wants them to mean."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from other_servers import Asked, OtherServer, other_server, redirect, values

from graph.query.errors import EvaluationError, QueryError, ServiceFailedError, ServiceRefusedError
from graph.query.service_addresses import Resolver
from graph.query.service_calls import ServiceCall
from graph.query.service_client import ServiceClient, ServiceOptions, ServiceQuery, ServiceResult
from graph.query.service_gateway import ServiceGateway

QUERY = ServiceQuery(b"ASK {}", (("content-type", "application/sparql-query"),))
PUBLIC = "8.8.8.8"
WHOLE = b"POST /x HTTP/1.1\r\nHost: x\r\n\r\n"


class Names:
    """A resolver that gives the next of its answers each time, and the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, _: int) -> Sequence[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def other() -> Iterator[OtherServer]:
    with other_server(values("x")) as running:
        yield running


def named(other: OtherServer) -> str:
    return f"http://sparql.example:{other.server_port}"


def ask(resolver: Resolver, origin: str, *, allow_private: bool = False) -> ServiceResult:
    async def run() -> ServiceResult:
        client = ServiceClient(ServiceOptions(frozenset({origin}), allow_private), resolver)
        try:
            await client.check([origin])
            return await asyncio.wait_for(client.ask(f"{origin}/sparql", QUERY), 10)
        finally:
            await client.aclose()

    return asyncio.run(run())


def test_the_name_of_the_server_stays_while_its_address_is_called(other: OtherServer) -> None:
    names = Names(["127.0.0.1"])
    assert b'"x"' in ask(names, named(other), allow_private=True).content
    assert other.asked[0].headers["host"] == f"sparql.example:{other.server_port}"
    assert set(names.asked) == {"sparql.example"}


def test_the_name_of_the_server_is_asked_for_in_tls() -> None:
    """The server sees the name in the first message (RFC 6066, section 3), and has no certificate for it."""
    seen = bytearray()

    def listen(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            seen.extend(connection.recv(65536))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=listen, args=(listener,))
        thread.start()
        called = f"https://sparql.example:{listener.getsockname()[1]}"
        with pytest.raises(ServiceFailedError, match="cannot be reached"):
            ask(Names(["127.0.0.1"]), called, allow_private=True)
        thread.join(5)
    assert b"sparql.example" in seen


def test_a_name_in_a_private_network_is_refused(other: OtherServer) -> None:
    with pytest.raises(ServiceRefusedError, match="private network"):
        ask(Names(["127.0.0.1"]), named(other))
    assert other.asked == []


def test_a_name_that_means_a_private_address_a_moment_later_leads_nowhere(other: OtherServer) -> None:
    """DNS rebinding: public when it is checked, private when it is called."""
    names = Names([PUBLIC], ["127.0.0.1"])
    with pytest.raises(ServiceRefusedError, match="private network"):
        ask(names, named(other))
    assert len(names.asked) == 2
    assert other.asked == []


def test_a_redirect_has_its_name_looked_up_too(other: OtherServer) -> None:
    def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "first.example" else ["10.0.0.1", "127.0.0.1"]

    async def run() -> None:
        first, second = (f"http://{name}.example:{other.server_port}" for name in ("first", "second"))
        other.answer = lambda _: redirect(307, f"{second}/")
        client = _TrustingFirst(ServiceOptions(frozenset({first, second})), resolver)
        try:
            await client.ask(f"{first}/", QUERY)
        finally:
            await client.aclose()

    with pytest.raises(ServiceRefusedError, match=r"second\.example.* private network"):
        asyncio.run(run())
    assert len(other.asked) == 1


class _TrustingFirst(ServiceClient):
    """A client that takes one name for public, so that a server of this machine can play that part."""

    async def addresses(self, called: str) -> list[str]:
        return ["127.0.0.1"] if "first.example" in called else await super().addresses(called)


def test_the_next_address_is_tried_if_one_is_down(other: OtherServer) -> None:
    assert ask(Names(["127.0.0.9", "127.0.0.1"]), named(other), allow_private=True).content


def test_a_name_with_a_user_before_it_is_refused(other: OtherServer) -> None:
    async def run() -> None:
        client = ServiceClient(ServiceOptions(frozenset({other.base}), allow_private=True))
        try:
            await client.ask(other.base.replace("http://", "http://me:secret@"), QUERY)
        finally:
            await client.aclose()

    with pytest.raises(ServiceRefusedError):
        asyncio.run(run())
    assert other.asked == []


@asynccontextmanager
async def gateway_to(other: OtherServer) -> Any:
    client = ServiceClient(ServiceOptions(frozenset({other.base}), allow_private=True))
    gateway = ServiceGateway(client)
    await gateway.start()
    try:
        yield gateway
    finally:
        await gateway.stop()


def in_gateway(
    other: OtherServer, test: Callable[[ServiceGateway, httpx.AsyncClient], Awaitable[None]]
) -> None:
    async def run() -> None:
        async with gateway_to(other) as gateway, httpx.AsyncClient(timeout=5) as client:
            await asyncio.wait_for(test(gateway, client), 10)

    asyncio.run(run())


def call(other: OtherServer, *, silent: bool = False) -> ServiceCall:
    return ServiceCall(0, 1, f"{other.base}/sparql", other.base, silent)


def test_addresses_work_until_the_query_ends_and_are_never_the_same(other: OtherServer) -> None:
    async def test(gateway: ServiceGateway, client: httpx.AsyncClient) -> None:
        first, second = gateway.open([call(other)]), gateway.open([call(other)])
        assert not {*first.addresses} & {*second.addresses}
        assert (await client.post(first.addresses[0], content=b"ASK {}")).status_code == 200
        first.close()
        first.close()
        assert (await client.post(first.addresses[0], content=b"ASK {}")).status_code == 404
        assert (await client.post(second.addresses[0], content=b"ASK {}")).status_code == 200
        assert (await client.post(f"{second.addresses[0]}9", content=b"ASK {}")).status_code == 502
        assert (await client.get(second.addresses[0])).status_code == 404

    in_gateway(other, test)
    assert len(other.asked) == 2


def test_a_call_ends_with_its_query(other: OtherServer) -> None:
    asked, left = threading.Event(), threading.Event()

    def slowly(_: Asked) -> Any:
        asked.set()
        left.wait(10)
        return values("late")

    other.answer = slowly

    async def test(gateway: ServiceGateway, client: httpx.AsyncClient) -> None:
        session = gateway.open([call(other)])
        answer = asyncio.create_task(client.post(session.addresses[0], content=b"ASK {}"))
        await asyncio.to_thread(asked.wait, 5)
        session.close()
        assert (await answer).status_code == 502
        left.set()

    in_gateway(other, test)


def test_what_is_no_request_is_no_concern(other: OtherServer, caplog: pytest.LogCaptureFixture) -> None:
    async def test(gateway: ServiceGateway, client: httpx.AsyncClient) -> None:
        host, port = gateway.origin.removeprefix("http://").split(":")
        for sent in (
            b"",
            b"\x16\x03\x01",
            b"GET / HTTP/1.1\r\n",
            b"POST /x HTTP/1.1\r\nHost: x\r\n\r\n",
            b"x" * 99_999,
        ):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(sent)
            writer.write_eof()
            await reader.read()
            writer.close()
        session = gateway.open([call(other)])
        assert (await client.post(session.addresses[0], content=b"ASK {}")).status_code == 200

    in_gateway(other, test)
    assert caplog.records == []


@pytest.mark.parametrize("silent", [True, False])
def test_a_failure_is_that_of_the_query_unless_it_is_silent(other: OtherServer, silent: bool) -> None:
    async def test(gateway: ServiceGateway, client: httpx.AsyncClient) -> None:
        other.answer = lambda _: redirect(307, "http://169.254.169.254/")
        session = gateway.open([call(other, silent=silent)])
        assert (await client.post(session.addresses[0], content=b"ASK {}")).status_code == 502
        told: QueryError = session.explained(EvaluationError(f"502 by {session.addresses[0]}"))
        if silent:
            assert str(told) == f"502 by {other.base}/sparql"
        else:
            assert isinstance(told, ServiceRefusedError)
            assert "169.254.169.254" in str(told)

    in_gateway(other, test)


def test_a_server_that_is_not_there_is_a_failure(other: OtherServer) -> None:
    with pytest.raises(ServiceFailedError, match="cannot be reached"):
        ask(Names(["127.0.0.9"]), named(other), allow_private=True)
