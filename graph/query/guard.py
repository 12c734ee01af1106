"""What is looked at in a query's text before an engine gets it: SERVICE, updates, depth, escapes.

Oxigraph calls any address that SERVICE names, loopback included, and has no switch for it. Searching
the text for the word would refuse harmless queries (it may stand in a string, a comment, an IRI or a
prefixed name) and miss harmful ones, so the text is read as tokens, in every way an engine may read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from graph.model.namespaces import BASE
from graph.query.dataset import Dataset
from graph.query.errors import QuerySyntaxError, ServiceRefusedError, UpdateRefusedError
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

MAX_DEPTH: Final = 300
"""How deep brackets may be nested; parsers recurse, and a stack is finite."""

_UPDATE_WORDS: Final = frozenset(
    {"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"}
)
# Behind these no graph pattern can start, so that the word SERVICE is no keyword there.
_NOT_BEFORE_PATTERN: Final = frozenset("<=!&*/+-^,([|")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Prologue:
    """What a query declares before its first keyword (SPARQL 1.1, section 4.1).

    Attributes:
        prefixes: the prefixes and their IRIs.
        redeclared: prefixes that are declared twice.
        base: the last BASE, empty if there is none.
        keyword: the first keyword, in lower case.

    """

    prefixes: Mapping[str, str]
    redeclared: frozenset[str]
    base: str
    keyword: str


@dataclass(frozen=True)
class PreparedQuery:
    """A query that may be given to an engine.

    Attributes:
        text: the query.
        prefixes: what it declares.
        dataset: what it chooses by FROM and FROM NAMED (section 13.2), None if it has neither.
        services: the origins that it calls with SERVICE, all of them allowed ones.

    """

    text: str
    prefixes: Mapping[str, str]
    dataset: Dataset | None
    services: frozenset[str] = frozenset()


def prepare(text: str, allowed_origins: frozenset[str] = frozenset()) -> PreparedQuery:
    """Check a query and give it in the form in which engines read it right.

    Args:
        text: the query as it was sent.
        allowed_origins: origins that SERVICE may call, e.g. ``https://query.wikidata.org``.

    Raises:
        QuerySyntaxError: if brackets are nested too deep, or the text cannot be told apart into tokens.
        UpdateRefusedError: if it is an update.
        ServiceRefusedError: if it calls a server that is not allowed, or names the server by a variable.

    """
    query = _with_codepoints(text)
    _check_depth(query)
    prologue = read_prologue(query)
    if prologue.keyword in _UPDATE_WORDS:
        raise UpdateRefusedError(f"{prologue.keyword.upper()} changes data")
    # Engines differ in when they replace codepoint escapes: neither reading may call a server.
    services: set[str] = set()
    for reading in dict.fromkeys((query, unescape_codepoints(query))):
        services |= _check_services(reading, allowed_origins)
    return PreparedQuery(query, prologue.prefixes, _read_dataset(query, prologue), frozenset(services))


def read_prologue(text: str) -> Prologue:
    """Give the prefixes that a query declares and its first keyword, in lower case."""
    prefixes: dict[str, str] = {}
    redeclared: set[str] = set()
    base = ""
    try:
        token = next_token(text, 0)
        while token is not None and token.text.lower() in ("prefix", "base"):
            declared = next_token(text, token.end)
            if token.text.lower() == "prefix" and declared is not None:
                prefix = declared.text.removesuffix(":")
                declared = next_token(text, declared.end)
                if prefix in prefixes:
                    redeclared.add(prefix)
                if declared is not None and declared.kind is TokenKind.IRI:
                    prefixes[prefix] = unescape_codepoints(declared.text[1:-1])
            elif declared is not None and declared.kind is TokenKind.IRI:
                base = urljoin(base, unescape_codepoints(declared.text[1:-1]))
            token = next_token(text, declared.end) if declared is not None else None
    except LexicalError:
        token = None
    return Prologue(prefixes, frozenset(redeclared), base, token.text.lower() if token else "")


def origin(iri: str) -> str | None:
    """Give scheme, host and port of an ``http`` or ``https`` IRI; None for others and with a user name."""
    try:
        parts = urlsplit(iri)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc or "\\" in iri:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown_port = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown_port}"


def _with_codepoints(text: str) -> str:
    """Replace codepoint escapes if some stand where engines do not read them: outside strings and IRIs."""
    if "\\u" not in text and "\\U" not in text:
        return text
    try:
        outside = any(token.text == "\\" for token in tokens(text))
    except LexicalError:
        return text
    return unescape_codepoints(text) if outside else text


def _read_dataset(text: str, prologue: Prologue) -> Dataset | None:
    """Read the dataset clauses: FROM outside all braces, where it can only be the keyword.

    Raises:
        QuerySyntaxError: if a graph is named by an IRI that cannot be told, as by an undeclared prefix.

    """
    if "from" not in text.lower():
        return None
    default: list[str] = []
    named: list[str] = []
    found = False
    depth = 0
    try:
        for token in tokens(text):
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if depth == 0 and token.kind is TokenKind.WORD and token.text.lower() == "from":
                found = True
                target = _next(text, token)
                graphs = default
                if target is not None and target.text.lower() == "named":
                    target, graphs = _next(text, target), named
                graphs.append(_graph_iri(text, token, target, prologue))
    except LexicalError:
        return None  # the engine says what is wrong with it
    return Dataset(tuple(default), tuple(named)) if found else None


def _graph_iri(text: str, keyword: Token, target: Token | None, prologue: Prologue) -> str:
    kinds = (TokenKind.IRI, TokenKind.PREFIXED_NAME)
    iri = _iri(target, prologue) if target is not None and target.kind in kinds else None
    if iri is None:
        raise QuerySyntaxError(
            "write a graph behind FROM as an IRI, or as a name with a declared prefix",
            *line_and_column(text, keyword.start),
        )
    return iri if urlsplit(iri).scheme else urljoin(prologue.base or BASE, iri)


def _check_depth(text: str) -> None:
    if sum(map(text.count, "({[")) <= MAX_DEPTH:
        return
    depth = 0
    try:
        for token in tokens(text):
            if token.text in ("(", "{", "["):
                depth += 1
            elif token.text in (")", "}", "]"):
                depth -= 1
            if depth > MAX_DEPTH:
                raise QuerySyntaxError(
                    f"brackets are nested deeper than {MAX_DEPTH}", *line_and_column(text, token.start)
                )
    except LexicalError as error:
        raise _syntax_error(text, error) from None


def _check_services(text: str, allowed_origins: frozenset[str]) -> set[str]:
    """Give the origins that a query calls, which are all allowed."""
    called: set[str] = set()
    if "service" not in text.lower():
        return called
    prologue = read_prologue(text)
    try:
        for reading in readings(text):
            if _is_service_keyword(text, reading):
                called.add(_check_target(text, reading.token, prologue, allowed_origins))
            elif _is_glued_service(text, reading):
                raise ServiceRefusedError("write SERVICE as a word of its own, with a space behind it")
    except LexicalError as error:
        raise _syntax_error(text, error) from None
    return called


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


def _check_target(text: str, keyword: Token, prologue: Prologue, allowed_origins: frozenset[str]) -> str:
    target = _target(text, keyword)
    if keyword.text.lower() != "service" or target is None:
        raise ServiceRefusedError("write SERVICE as a word of its own, with a space behind it")
    if target.kind is TokenKind.VARIABLE:
        raise ServiceRefusedError(f"the server is named by the variable {target.text}: name it by its IRI")
    iri = _iri(target, prologue)
    called = origin(iri) if iri is not None else None
    if called is None or called not in allowed_origins:
        raise ServiceRefusedError(f"this endpoint does not call {iri or target.text}")
    return called


def _target(text: str, keyword: Token) -> Token | None:
    following = _next(text, keyword)
    if following is not None and following.text.lower() == "silent":
        following = _next(text, following)
    kinds = (TokenKind.IRI, TokenKind.PREFIXED_NAME, TokenKind.VARIABLE)
    return following if following is not None and following.kind in kinds else None


def _iri(target: Token, prologue: Prologue) -> str | None:
    if target.kind is TokenKind.IRI:
        return unescape_codepoints(target.text[1:-1])
    prefix, _, local = target.text.partition(":")
    if prefix in prologue.redeclared or prefix not in prologue.prefixes or "\\" in local:
        return None
    return prologue.prefixes[prefix] + local


def _next(text: str, token: Token) -> Token | None:
    try:
        return next_token(text, token.end)
    except LexicalError:
        return None


def _syntax_error(text: str, error: LexicalError) -> QuerySyntaxError:
    return QuerySyntaxError(str(error), *line_and_column(text, error.position))
