"""What is looked at in a query's text before an engine gets it: SERVICE, updates, depth, escapes.

Oxigraph calls any address that SERVICE names, loopback included, and has no switch for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from graph.model.namespaces import BASE
from graph.query.dataset import Dataset
from graph.query.errors import QuerySyntaxError, UpdateRefusedError
from graph.query.lexer import (
    LexicalError,
    Token,
    TokenKind,
    line_and_column,
    next_token,
    tokens,
    unescape_codepoints,
)
from graph.query.prologue import Prologue, read_prologue
from graph.query.service_calls import ServiceCall, find_calls

MAX_DEPTH: Final = 300
"""How deep brackets may be nested; parsers recurse, and a stack is finite."""

_UPDATE_WORDS: Final = frozenset(
    {"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"}
)


@dataclass(frozen=True)
class PreparedQuery:
    """A query that may be given to an engine.

    Attributes:
        text: the query.
        prefixes: what it declares.
        dataset: what it chooses by FROM and FROM NAMED (section 13.2), None if it has neither.
        is_describe: whether it is of the form DESCRIBE.
        calls: where it calls other servers with SERVICE, all of them of allowed origins.

    """

    text: str
    prefixes: Mapping[str, str]
    dataset: Dataset | None
    is_describe: bool = False
    calls: tuple[ServiceCall, ...] = ()


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
    calls = find_calls(query, allowed_origins)
    # Engines differ in when they replace codepoint escapes: neither reading may call a server.
    if (unescaped := unescape_codepoints(query)) != query:
        find_calls(unescaped, allowed_origins)
    return PreparedQuery(
        query,
        prologue.prefixes,
        _read_dataset(query, prologue),
        is_describe=prologue.keyword.startswith("describe"),
        calls=calls,
    )


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
    iri = prologue.iri_of(target) if target is not None and target.kind in kinds else None
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


def _next(text: str, token: Token) -> Token | None:
    try:
        return next_token(text, token.end)
    except LexicalError:
        return None


def _syntax_error(text: str, error: LexicalError) -> QuerySyntaxError:
    return QuerySyntaxError(str(error), *line_and_column(text, error.position))
