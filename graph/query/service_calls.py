"""Which servers a query calls with SERVICE, and where in its text (SPARQL 1.1 Federated Query, section 2).

Searching the text for the word would refuse harmless queries (it may stand in a string, a comment, an IRI
or a prefixed name) and miss harmful ones, so the text is read as tokens, in every way an engine may read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from graph.query.errors import QuerySyntaxError, ServiceRefusedError
from graph.query.lexer import (
    LexicalError,
    Reading,
    Token,
    TokenKind,
    line_and_column,
    next_token,
    readings,
    tokens,
    unescape_codepoints,
)
from graph.query.prologue import Prologue, read_prologue
from graph.query.service_addresses import origin

MAX_IRI: Final = 2_000
"""Characters of the longest address that is called."""

# Behind these no graph pattern can start, so that the word SERVICE is no keyword there.
_NOT_BEFORE_PATTERN: Final = frozenset("<=!&*/+-^,([|")
_NOT_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_TARGET_KINDS: Final = (TokenKind.IRI, TokenKind.PREFIXED_NAME, TokenKind.VARIABLE)
_ALONE: Final = "write SERVICE and SILENT as words of their own, with a space behind them"


@dataclass(frozen=True)
class ServiceCall:
    """A SERVICE clause.

    Attributes:
        start: where the name of the server starts in the text of the query, in characters from 0.
        end: the place behind it.
        iri: the server, as an absolute IRI.
        origin: scheme, host and port of that.
        silent: whether the query goes on without it if it does not answer.

    """

    start: int
    end: int
    iri: str
    origin: str
    silent: bool


def mentions_service(text: str) -> bool:
    """Say whether a query may call another server, as far as can be told without reading it."""
    return "service" in unescape_codepoints(text).lower()


def find_calls(text: str, allowed_origins: frozenset[str]) -> tuple[ServiceCall, ...]:
    """Give the calls of a query in the order of its text.

    Args:
        text: the query.
        allowed_origins: what may be called, e.g. ``https://query.wikidata.org``.

    Raises:
        QuerySyntaxError: if the text cannot be told apart into tokens.
        ServiceRefusedError: if one is not allowed or named by a variable, or if engines may disagree on
            whether it is a call or to where.

    """
    if "service" not in text.lower():
        return ()
    prologue = read_prologue(text)
    found: dict[int, ServiceCall] = {}
    try:
        for reading in readings(text):
            if _is_service_keyword(text, reading):
                found[reading.token.start] = _call(text, reading.token, prologue, allowed_origins)
            elif _is_glued_service(text, reading):
                raise ServiceRefusedError(_ALONE)
    except LexicalError as error:
        raise QuerySyntaxError(str(error), *line_and_column(text, error.position)) from None
    if found and found.keys() != _by_longest_match(text):
        raise ServiceRefusedError("write spaces around every < that means less-than, to call with SERVICE")
    return tuple(found[start] for start in sorted(found))


def _by_longest_match(text: str) -> set[int]:
    """Give where SERVICE stands if every token is the longest match, as the specification says."""
    places: set[int] = set()
    previous: Token | None = None
    try:
        for token in tokens(text):
            if _is_service_keyword(text, Reading(token, previous, "")):
                places.add(token.start)
            previous = token
    except LexicalError:
        return set()
    return places


def _is_service_keyword(text: str, reading: Reading) -> bool:
    token, previous = reading.token, reading.previous
    if token.kind is not TokenKind.WORD or "service" not in token.text.lower():
        return False
    if previous is not None and previous.text in _NOT_BEFORE_PATTERN:
        return False
    return _target(text, token) is not None


def _is_glued_service(text: str, reading: Reading) -> bool:
    """Say whether an engine may take ``SERVICE:x {`` for a call, where the longest match is a name."""
    token, previous = reading.token, reading.previous
    if token.kind is not TokenKind.PREFIXED_NAME or "service" not in token.text.partition(":")[0].lower():
        return False
    if previous is not None and previous.text.lower() in ("graph", "service", "silent"):
        return False
    following = _next(text, token)
    return following is not None and following.text == "{"


def _call(text: str, keyword: Token, prologue: Prologue, allowed_origins: frozenset[str]) -> ServiceCall:
    target = _target(text, keyword)
    if keyword.text.lower() != "service" or target is None:
        raise ServiceRefusedError(_ALONE)
    if target.kind is TokenKind.VARIABLE:
        raise ServiceRefusedError(f"the server is named by the variable {target.text}: name it by its IRI")
    following = _next(text, keyword)
    silent = following is not None and following.text.lower() == "silent"
    if not silent and target.text.lower().startswith("silent"):
        raise ServiceRefusedError(_ALONE)  # `SILENTx:y` may be read as `SILENT x:y`
    iri = prologue.iri_of(target)
    called = origin(iri) if iri is not None and not _NOT_IN_IRI.search(iri) else None
    if iri is None or called is None or called not in allowed_origins:
        raise ServiceRefusedError(f"this endpoint does not call {iri or target.text}")
    if len(iri) > MAX_IRI:
        raise ServiceRefusedError(f"the address of the server is longer than {MAX_IRI} characters")
    return ServiceCall(target.start, target.end, iri, called, silent)


def _target(text: str, keyword: Token) -> Token | None:
    following = _next(text, keyword)
    if following is not None and following.text.lower() == "silent":
        following = _next(text, following)
    return following if following is not None and following.kind in _TARGET_KINDS else None


def _next(text: str, token: Token) -> Token | None:
    try:
        return next_token(text, token.end)
    except LexicalError:
        return None
