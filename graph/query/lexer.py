r"""The terminals of SPARQL 1.1 (section 19.8), told apart without a grammar.

A token is found by the longest match, as the specification says. Engines that parse without a
separate tokenizer (Oxigraph is one) may read ``<`` as "less than" where the longest match is an IRI:
in ``FILTER(?a<?b)SERVICE#>`` the text ``<?b)SERVICE#>`` is an IRI by the longest match, and three
tokens and a comment for such an engine. `readings` therefore follows both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class TokenKind(StrEnum):
    """The kinds of terminals; white space and comments are no tokens."""

    IRI = "iri"
    STRING = "string"
    BLANK_NODE = "blank"
    PREFIXED_NAME = "pname"
    VARIABLE = "var"
    LANGUAGE_TAG = "lang"
    NUMBER = "number"
    WORD = "word"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True)
class Token:
    """A terminal with its place: ``text[start:end]``, ``start`` counted in characters from 0."""

    kind: TokenKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place behind the token."""
        return self.start + len(self.text)


class LexicalError(ValueError):
    """No token starts at ``position``: it opens a string without an end, or a name that is too long."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


_PN_CHARS_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PN_CHARS_U: Final = _PN_CHARS_BASE + "_"
_PN_CHARS: Final = _PN_CHARS_U + r"\-0-9\u00b7\u0300-\u036f\u203f-\u2040"
_UCHAR: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR: Final = r"\\[tbnrf\\\"']"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PN_PREFIX: Final = rf"[{_PN_CHARS_BASE}][{_PN_CHARS}.]*+(?<!\.)"
_PN_LOCAL: Final = rf"(?:[{_PN_CHARS_U}:0-9]|{_PLX})(?:(?:[{_PN_CHARS}:]|{_PLX})|\.+(?=[{_PN_CHARS}:%\\.]))*"

MAX_NAME: Final = 1_000
"""Characters of the longest name or number.

Whether ``a.a.a`` starts a prefixed name is known only at its end, and so for each of its parts: without a
limit, reading a long one takes quadratic time.
"""

_TOO_LONG: Final = re.compile(rf"[{_PN_CHARS}.]{{{MAX_NAME + 1}}}")
_SKIP: Final = re.compile(r"(?:[\x20\t\r\n]+|#[^\r\n]*)*")
_TOKEN: Final = re.compile(
    rf"""
      (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|{_UCHAR})*>)
    | (?P<string>\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|{_ECHAR}|{_UCHAR}))*\"\"\"
               | '''(?:(?:'|'')?(?:[^'\\]|{_ECHAR}|{_UCHAR}))*'''
               | \"(?:[^\"\\\n\r]|{_ECHAR}|{_UCHAR})*\"
               | '(?:[^'\\\n\r]|{_ECHAR}|{_UCHAR})*')
    | (?P<blank>_:[{_PN_CHARS_U}0-9](?:[{_PN_CHARS}.]*[{_PN_CHARS}])?)
    | (?P<pname>(?:{_PN_PREFIX})?:(?:{_PN_LOCAL})?)
    | (?P<var>[?$][{_PN_CHARS_U}0-9][{_PN_CHARS_U}0-9\u00b7\u0300-\u036f\u203f-\u2040]*)
    | (?P<lang>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*(?:--[a-zA-Z]+)?)
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
    | (?P<word>[{_PN_CHARS_U}][{_PN_CHARS}]*)
    """,
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OPERAND_KINDS: Final = frozenset(TokenKind) - {TokenKind.WORD, TokenKind.PUNCTUATION}


def unescape_codepoints(text: str) -> str:
    r"""Replace the codepoint escapes ``\uXXXX`` and ``\UXXXXXXXX`` by their characters (section 19.2).

    Escapes of surrogates and of numbers beyond Unicode stand for no character and are left as they are.
    """

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        is_character = code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
        return chr(code) if is_character else match[0]

    return _ESCAPE.sub(character, text)


def next_token(text: str, position: int) -> Token | None:
    """Give the token at or behind a position by the longest match, None at the end of the text.

    Raises:
        LexicalError: if a quotation mark opens no well-formed string, or a name is too long.

    """
    start = _skip(text, position)
    if start == len(text):
        return None
    if _TOO_LONG.match(text, start):
        raise LexicalError(f"a name or number is longer than {MAX_NAME} characters", start)
    match = _TOKEN.match(text, start)
    if match is not None and match.lastgroup is not None:
        return Token(TokenKind(match.lastgroup), match[0], start)
    if text[start] in "\"'":
        raise LexicalError("this quotation mark opens no well-formed string", start)
    return Token(TokenKind.PUNCTUATION, text[start], start)


def tokens(text: str) -> Iterator[Token]:
    """Give the tokens of a text by the longest match.

    Raises:
        LexicalError: if a quotation mark opens no well-formed string, or a name is too long.

    """
    token = next_token(text, 0)
    while token is not None:
        yield token
        token = next_token(text, token.end)


@dataclass(frozen=True)
class Reading:
    """A token in one reading of the text, with the one before it.

    Attributes:
        token: the token.
        previous: the token before it in this reading, None at the start.
        brackets: the brackets open before it, outermost first, e.g. ``{(``.

    """

    token: Token
    previous: Token | None
    brackets: str


def readings(text: str, limit: int = 1_000_000) -> Iterator[Reading]:
    """Give every token that some way of reading the text has, each once for its surroundings.

    Readings part only at a ``<`` that may be an operator: behind an operand inside parentheses, or as
    the second half of ``<<``. A reading that runs into a malformed string ends there.

    Raises:
        LexicalError: if no reading gets to the end of the text, or after ``limit`` tokens.

    """
    open_readings: list[tuple[int, Token | None, str]] = [(0, None, "")]
    seen: set[tuple[int, str, str]] = set()
    failure: LexicalError | None = None
    finished = False
    while open_readings:
        position, previous, brackets = open_readings.pop()
        state = (_skip(text, position), brackets, _sort_of(previous))
        if state in seen:
            continue
        seen.add(state)
        if len(seen) > limit:
            raise LexicalError("the text has too many readings", position)
        try:
            token = next_token(text, position)
        except LexicalError as error:
            failure = error
            continue
        if token is None:
            finished = True
            continue
        yield Reading(token, previous, brackets)
        open_readings.append((token.end, token, _brackets_after(brackets, token)))
        if token.kind is TokenKind.IRI and _may_be_operator(text, token, previous, brackets):
            operator = Token(TokenKind.PUNCTUATION, "<", token.start)
            open_readings.append((operator.end, operator, brackets))
    if not finished:
        raise failure or LexicalError("the text cannot be read", 0)


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """Give the line and the column of a position, both counted from 1."""
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def _skip(text: str, position: int) -> int:
    match = _SKIP.match(text, position)
    return match.end() if match else position


def _sort_of(token: Token | None) -> str:
    """Give what matters of a token to the one behind it: its text if it is punctuation, else its kind."""
    if token is None:
        return ""
    return token.text if token.kind is TokenKind.PUNCTUATION else token.kind


def _is_operand(token: Token | None) -> bool:
    return token is not None and (token.kind in _OPERAND_KINDS or token.text in (")", "]"))


def _may_be_operator(text: str, token: Token, previous: Token | None, brackets: str) -> bool:
    if text[token.start - 1 : token.start] == "<":
        return True
    operand_before = _is_operand(previous) or (previous is not None and previous.kind is TokenKind.WORD)
    return operand_before and brackets.endswith("(")


def _brackets_after(brackets: str, token: Token) -> str:
    if token.kind is not TokenKind.PUNCTUATION:
        return brackets
    if token.text in "({[":
        return brackets + token.text
    return brackets[:-1] if token.text in ")}]" else brackets
