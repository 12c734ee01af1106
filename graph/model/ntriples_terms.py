"""Reading N-Triples terms without a parser library: the build reads millions of them."""

from __future__ import annotations

import re

from graph.model.namespaces import XSD

_LITERAL = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?', re.DOTALL
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def literal_parts(term: str) -> tuple[str, str]:
    """Give the text and the language of a literal, which is empty without one.

    Raises:
        ValueError: if the term is no literal.

    """
    text, language, _ = read_literal(term)
    return text, language


def read_literal(term: str) -> tuple[str, str, str]:
    """Give the lexical form, the language and the datatype IRI of a literal; the last two may be empty.

    Raises:
        ValueError: if the term is no literal (N-Triples, section 2.4).

    """
    match = _LITERAL.fullmatch(term)
    if match is None:
        raise ValueError(f"{term!r} is no N-Triples literal")
    text = match["text"]
    if "\\" in text:
        text = _ESCAPE.sub(_unescape, text)
    return text, match["language"] or "", match["datatype"] or ""


def write_literal(text: str, language: str = "", datatype: str = "") -> str:
    """Give a literal as an N-Triples term; one of xsd:string needs no datatype."""
    quoted = '"' + text.translate(_ESCAPED) + '"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^<{datatype}>" if datatype and datatype != XSD["string"].value else quoted


def _unescape(match: re.Match[str]) -> str:
    short, long, character = match.groups()
    code = short or long
    return chr(int(code, 16)) if code else _SHORT[character]
