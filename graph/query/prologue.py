"""The prologue of a query: what it declares before its first keyword (SPARQL 1.2, section 4.1).

It is read as engines read it, not only as the grammar has it: Oxigraph takes ``PREFIXs: <...>`` for a
declaration of ``s:``, where the longest match would be the name ``PREFIXs:``, and it knows the VERSION of
SPARQL 1.2, which may stand anywhere between the declarations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from graph.query.lexer import LexicalError, Token, TokenKind, next_token, unescape_codepoints

_PREFIX: Final = "prefix"
_DECLARATIONS: Final = (_PREFIX, "base", "version")


@dataclass(frozen=True)
class Prologue:
    """What a query declares before its first keyword.

    Attributes:
        prefixes: the prefixes and their IRIs.
        redeclared: prefixes that are declared twice.
        base: the last BASE, empty if there is none.
        keyword: the first keyword, in lower case; with what is glued to it, as in ``describee:x``.

    """

    prefixes: Mapping[str, str]
    redeclared: frozenset[str]
    base: str
    keyword: str

    def iri_of(self, name: Token) -> str | None:
        """Give the IRI that an IRI token or a prefixed name stands for; None if that cannot be told."""
        if name.kind is TokenKind.IRI:
            return unescape_codepoints(name.text[1:-1])
        prefix, _, local = name.text.partition(":")
        if prefix in self.redeclared or prefix not in self.prefixes or "\\" in local:
            return None
        return self.prefixes[prefix] + local


def read_prologue(text: str) -> Prologue:
    """Read the prologue of a query; what is no declaration ends it."""
    prefixes: dict[str, str] = {}
    redeclared: set[str] = set()
    base = ""
    try:
        token = next_token(text, 0)
        while token is not None and (declaration := _declaration(token)):
            declared = next_token(text, token.start + len(declaration))
            if declaration == _PREFIX and declared is not None:
                prefix = declared.text.removesuffix(":")
                declared = next_token(text, declared.end)
                if prefix in prefixes:
                    redeclared.add(prefix)
                if declared is not None and declared.kind is TokenKind.IRI:
                    prefixes[prefix] = unescape_codepoints(declared.text[1:-1])
            elif declaration == "base" and declared is not None and declared.kind is TokenKind.IRI:
                base = urljoin(base, unescape_codepoints(declared.text[1:-1]))
            token = next_token(text, declared.end) if declared is not None else None
    except LexicalError:
        token = None
    return Prologue(prefixes, frozenset(redeclared), base, token.text.lower() if token else "")


def _declaration(token: Token) -> str:
    """Give the keyword that a declaration starts with, in lower case; empty if it is none."""
    found = token.text.lower()
    if token.kind is TokenKind.WORD and found in _DECLARATIONS:
        return found
    return _PREFIX if token.kind is TokenKind.PREFIXED_NAME and found.startswith(_PREFIX) else ""
