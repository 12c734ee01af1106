"""The gateway: a port of this machine through which workers call other servers, and only those.

Oxigraph's own HTTP client can be neither hooked nor bounded: it looks a name up after it was checked, sets
no limit to an answer, and follows no redirect. So a worker's calls go to the gateway, in the server process,
which does them with `ServiceClient`. Each query has addresses of its own that nobody can guess, and they
mean nothing once the query has ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Sequence
from typing import Final

import h11

from graph.query.errors import EvaluationError, QueryError, ServiceFailedError, ServiceRefusedError
from graph.query.service_calls import ServiceCall
from graph.query.service_client import ServiceClient, ServiceQuery, ServiceResult

_HOST: Final = "127.0.0.1"
_HEAD_BYTES: Final = 64 * 1024
_READ_BYTES: Final = 64 * 1024
_QUERY_BYTES: Final = 16 * 1024 * 1024
_PASSED_ON: Final = ("accept", "content-type", "user-agent")


class ServiceGateway:
    """Takes the calls of workers and answers them.

    Args:
        client: what does the calls.

    """

    def __init__(self, client: ServiceClient) -> None:
        self._client = client
        self._server: asyncio.Server | None = None
        self._port = 0
        self._sessions: dict[str, GatewaySession] = {}

    async def start(self) -> None:
        """Listen on a free port.

        Raises:
            OSError: if there is none.

        """
        self._server = await asyncio.start_server(self._serve, _HOST, 0, limit=_READ_BYTES)
        self._port = self._server.sockets[0].getsockname()[1]

    @property
    def origin(self) -> str:
        """Where workers call: scheme, host and port."""
        return f"http://{_HOST}:{self._port}"

    def open(self, calls: Sequence[ServiceCall]) -> GatewaySession:
        """Make the addresses of the calls of one query; they work until the session is closed."""
        token = secrets.token_urlsafe()
        session = GatewaySession(calls, f"{self.origin}/{token}/", lambda: self._sessions.pop(token, None))
        self._sessions[token] = session
        return session

    async def stop(self) -> None:
        """Close the port and all that is under way."""
        for session in tuple(self._sessions.values()):
            session.close()
        if self._server is not None:
            self._server.close()
        await self._client.aclose()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request; that a worker is gone, or sends what is no request, is nobody's concern."""
        with contextlib.suppress(OSError, h11.ProtocolError):
            try:
                await self._answer(reader, writer)
            finally:
                writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_HEAD_BYTES)
        request, content = await _read_request(connection, reader)
        _, token, number = [*request.target.decode("ascii").split("/", 2), "", ""][:3]
        session = self._sessions.get(token)
        if session is None or request.method != b"POST":
            await _write(connection, writer, 404, ServiceResult("text/plain", b"there is no such call"))
            return
        headers = tuple(
            (name.decode(), value.decode("latin-1"))
            for name, value in request.headers
            if name.decode() in _PASSED_ON
        )
        try:
            found = await session.run(self._client, number, ServiceQuery(content, headers))
        except QueryError as error:
            await _write(connection, writer, 502, ServiceResult("text/plain", str(error).encode()))
        else:
            await _write(connection, writer, 200, found)


class GatewaySession:
    """The calls of one query.

    Args:
        calls: what the query calls.
        base: what the addresses start with.
        on_close: called when the session is closed.

    """

    def __init__(self, calls: Sequence[ServiceCall], base: str, on_close: Callable[[], object]) -> None:
        self._calls = {str(number): call for number, call in enumerate(calls)}
        self._base = base
        self._on_close = on_close
        self._tasks: set[asyncio.Task[ServiceResult]] = set()
        self._failure: ServiceFailedError | ServiceRefusedError | None = None

    @property
    def addresses(self) -> list[str]:
        """Where the worker calls instead, in the order of the calls."""
        return [self._base + number for number in self._calls]

    async def run(self, client: ServiceClient, number: str, query: ServiceQuery) -> ServiceResult:
        """Do a call.

        Raises:
            ServiceRefusedError: if it leads to where it may not.
            ServiceFailedError: if it has no answer, or the session is closed meanwhile.

        """
        call = self._calls.get(number)
        if call is None:
            raise ServiceFailedError("there is no such call")
        named = ServiceQuery(self._with_names(query.content.decode()).encode(), query.headers)
        task = asyncio.get_running_loop().create_task(client.ask(call.iri, named))
        self._tasks.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            raise ServiceFailedError("the query has ended") from None
        except (ServiceFailedError, ServiceRefusedError) as error:
            if not call.silent:
                self._failure = error
            raise
        finally:
            self._tasks.discard(task)

    def explained(self, error: EvaluationError) -> QueryError:
        """Give what an error of the worker comes from, in words that name no address of the gateway."""
        return self._failure or EvaluationError(self._with_names(str(error)))

    def close(self) -> None:
        """Stop what is under way; the addresses then mean nothing. May be called twice."""
        for task in tuple(self._tasks):
            task.cancel()
        self._on_close()

    def _with_names(self, text: str) -> str:
        """Put the names of servers back: in messages, and in a SERVICE inside of another."""
        # The highest number first: the address of call 1 is the start of that of call 10.
        for number, call in reversed(self._calls.items()):
            text = text.replace(self._base + number, call.iri)
        return text


async def _read_request(
    connection: h11.Connection, reader: asyncio.StreamReader
) -> tuple[h11.Request, bytes]:
    """Read a request to its end.

    Raises:
        h11.ProtocolError: if it is none, or too large, or breaks off.

    """
    request: h11.Request | None = None
    content = bytearray()
    while True:
        match connection.next_event():
            case h11.NEED_DATA:
                connection.receive_data(await reader.read(_READ_BYTES))
            case h11.Request() as found:
                request = found
            case h11.Data() as part:
                content += part.data
                if len(content) > _QUERY_BYTES:
                    raise h11.RemoteProtocolError("the query is too large")
            case h11.EndOfMessage() if request is not None:
                return request, bytes(content)
            case _:
                raise h11.RemoteProtocolError("the connection was closed")


async def _write(
    connection: h11.Connection, writer: asyncio.StreamWriter, status: int, result: ServiceResult
) -> None:
    headers = [
        ("content-type", result.media_type),
        ("content-length", str(len(result.content))),
        ("connection", "close"),
    ]
    for event in (h11.Response(status_code=status, headers=headers), h11.Data(data=result.content)):
        writer.write(connection.send(event) or b"")
    writer.write(connection.send(h11.EndOfMessage()) or b"")
    await writer.drain()
