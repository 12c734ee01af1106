"""The tokens of a query, and the escapes in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query.guard import prepare
from graph.query.lexer import MAX_NAME, LexicalError, TokenKind, tokens, unescape_codepoints


def test_codepoint_escapes_outside_strings_are_replaced() -> None:
    assert prepare(r"\u0053ELECT ?x { ?x a ?\u0079 }").text == "SELECT ?x { ?x a ?y }"


def test_codepoint_escapes_in_strings_are_left_to_the_engine() -> None:
    query = r'SELECT ("\u0022" AS ?x) {}'
    assert prepare(query).text == query


def test_tokens_of_each_kind() -> None:
    text = "<a> 'b' _:c d:e ?f @en-GB 1.5e3 .5 WORD {"
    assert [token.kind for token in tokens(text)] == [
        TokenKind.IRI,
        TokenKind.STRING,
        TokenKind.BLANK_NODE,
        TokenKind.PREFIXED_NAME,
        TokenKind.VARIABLE,
        TokenKind.LANGUAGE_TAG,
        TokenKind.NUMBER,
        TokenKind.NUMBER,
        TokenKind.WORD,
        TokenKind.PUNCTUATION,
    ]


def test_an_unclosed_string_is_a_lexical_error_at_its_quotation_mark() -> None:
    with pytest.raises(LexicalError) as raised:
        list(tokens('SELECT "abc'))
    assert raised.value.position == 7


@pytest.mark.parametrize("name", ["a" * MAX_NAME, "a." * (MAX_NAME // 2), "9" * MAX_NAME, "ạ" * MAX_NAME])
def test_a_name_may_be_long_but_not_endless(name: str) -> None:
    """Reading `a.a.a...` takes quadratic time: every part of it may start a prefixed name."""
    assert next(iter(tokens(name))).start == 0
    with pytest.raises(LexicalError, match="longer than 1000"):
        list(tokens(f"{name}x.x"))


@given(st.text(max_size=60))
def test_telling_tokens_apart_loses_no_character(text: str) -> None:
    try:
        found = list(tokens(text))
    except LexicalError as error:
        quotation_mark = text[error.position]
        if quotation_mark not in "\"'":
            pytest.fail(f"{error.position} is no quotation mark")
        return
    end = 0
    for token in found:
        lines = re.split(r"[\r\n]", text[end : token.start])
        assert all(not line.strip(" \t") or line.lstrip(" \t").startswith("#") for line in lines)
        assert text[token.start : token.end] == token.text
        end = token.end


@given(st.text(max_size=40))
def test_unescaping_text_without_escapes_changes_nothing(text: str) -> None:
    if "\\" not in text:
        assert unescape_codepoints(text) == text
