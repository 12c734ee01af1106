"""Reading a request by the SPARQL 1.1 Protocol (section 2.1), as a pure function of its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from werkzeug.http import parse_options_header

from api.problems import ProblemError

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

# What rdflib calls the default graph of a store; its Dataset client always sends it.
_RDFLIB_DEFAULT: Final = "urn:x-rdflib:default"
_TIMEOUT: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s)?")
_UTF8: Final = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
_MAX_FIELDS: Final = 1_000
_MAX_CONTENT_TYPE: Final = 1_024
_READ_ONLY: Final = "this endpoint answers queries and takes no updates: the graph is built from files"


@dataclass(frozen=True)
class ProtocolRequest:
    """A query request; every other parameter that clients send is tolerated.

    Attributes:
        query: the text, None if there is none, which is right only for GET.
        default_graphs: values of ``default-graph-uri``.
        named_graphs: values of ``named-graph-uri``.
        format: the value of ``format``, empty if not given.
        seconds: the value of ``timeout``.

    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""
    seconds: float | None = None


def read_request(method: str, query_string: bytes, content_type: str, body: bytes) -> ProtocolRequest:
    """Read a request.

    Args:
        method: GET, or POST for a request with a body.
        query_string: what follows the question mark of the address, as it came.
        content_type: the header, empty if there is none.
        body: as it came.

    Raises:
        ProblemError: if it is no query request, saying what would be one.

    """
    parameters = _decode_form(query_string, "the query string")
    if method == "POST":
        parameters += _read_body(content_type, body)
    if any(name == "update" for name, _ in parameters):
        raise ProblemError("read-only", _READ_ONLY)
    # Some editors write a byte order mark before a text; it is no part of it.
    queries = [value.removeprefix("\ufeff") for name, value in parameters if name == "query"]
    if len(queries) > 1:
        raise ProblemError("bad-request", f"the request has {len(queries)} queries: send one")
    if not queries and method == "POST":
        raise ProblemError("bad-request", "the request has no query: send one as the parameter query")
    if queries and not queries[0].strip():
        raise ProblemError("bad-request", "the query is empty")
    return ProtocolRequest(
        query=queries[0] if queries else None,
        default_graphs=_graphs(parameters, "default-graph-uri"),
        named_graphs=_graphs(parameters, "named-graph-uri"),
        format=next((value for name, value in parameters if name == "format"), ""),
        seconds=_timeout(parameters),
    )


def _read_body(content_type: str, body: bytes) -> list[tuple[str, str]]:
    if len(content_type) > _MAX_CONTENT_TYPE:
        raise ProblemError(
            "unsupported-media-type", f"Content-Type is longer than {_MAX_CONTENT_TYPE} letters"
        )
    media_type, options = parse_options_header(content_type)
    if media_type == UPDATE:
        raise ProblemError("read-only", _READ_ONLY)
    if media_type not in (FORM, QUERY):
        accepted = f"{QUERY}, {FORM}"
        raise ProblemError(
            "unsupported-media-type",
            f"{media_type or 'a body without Content-Type'} is not read here: send {QUERY} or {FORM}",
            headers={"Accept-Post": accepted, "Accept": accepted},
        )
    if options.get("charset", "").lower() not in _UTF8:
        raise ProblemError(
            "unsupported-media-type", f"the charset {options['charset']} is not read here: use UTF-8"
        )
    if media_type == FORM:
        return _decode_form(body, "the form")
    try:
        return [("query", body.decode("utf-8"))]
    except UnicodeDecodeError as error:
        raise ProblemError("bad-request", f"the query is not UTF-8 at byte {error.start}") from None


def _decode_form(text: bytes, where: str) -> list[tuple[str, str]]:
    """Decode name-value pairs, percent signs once (URL Standard, section 5.1)."""
    if text.count(b"&") >= _MAX_FIELDS:
        raise ProblemError("bad-request", f"{where} has more than {_MAX_FIELDS} parameters")
    try:
        return parse_qsl(text.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeDecodeError:
        raise ProblemError("bad-request", f"{where} is not UTF-8, or not percent-encoded UTF-8") from None


def _graphs(parameters: list[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    graphs = [value for name, value in parameters if name == wanted and value != _RDFLIB_DEFAULT]
    for value in graphs:
        try:
            NamedNode(value)
        except ValueError as error:
            raise ProblemError("bad-request", f"{wanted}: {value!r} is no absolute IRI ({error})") from None
    return tuple(graphs)


def _timeout(parameters: list[tuple[str, str]]) -> float | None:
    given = next((value for name, value in parameters if name == "timeout"), "")
    if not given:
        return None
    match = _TIMEOUT.fullmatch(given.strip())
    seconds = float(match[1]) / (1000 if match[2] == "ms" else 1) if match else 0
    if seconds <= 0:
        raise ProblemError(
            "bad-request", f"timeout: {given!r} is no time: write seconds, as 5 or 5s, or 500ms"
        )
    return seconds
