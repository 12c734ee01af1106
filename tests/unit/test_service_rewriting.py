"""Other addresses behind SERVICE, and the way back from a place of the new text to the old one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query.lexer import line_and_column
from graph.query.service_calls import ServiceCall
from graph.query.service_rewriting import rewrite


def calls_of(text: str, name: str) -> list[ServiceCall]:
    starts = [place for place in range(len(text)) if text.startswith(name, place)]
    return [ServiceCall(start, start + len(name), "http://e/", "http://e", silent=False) for start in starts]


def test_names_of_servers_become_addresses() -> None:
    text = "ASK { SERVICE w:a {} SERVICE w:a {} }"
    written = rewrite(text, calls_of(text, "w:a"), ["http://gateway/0", "http://gateway/1"])
    assert written.text == "ASK { SERVICE <http://gateway/0> {} SERVICE <http://gateway/1> {} }"


def test_a_place_in_an_address_is_the_start_of_the_name() -> None:
    text = "ASK {\nSERVICE w:a {} }"
    written = rewrite(text, calls_of(text, "w:a"), ["http://gateway/0"])
    for column in range(len("SERVICE "), len("SERVICE <http://gateway/0>")):
        assert written.place_before(2, column + 1) == (2, len("SERVICE ") + 1)


@given(
    st.lists(st.sampled_from(["@", "x", "\n", "ạ", "\r", " "]), max_size=20).map("".join),
    st.sampled_from(["", "a", "a much longer address"]),
)
def test_every_other_place_is_found_again(text: str, address: str) -> None:
    calls = calls_of(text, "@")
    written = rewrite(text, calls, [address] * len(calls))
    shift = 0
    for place, character in enumerate(text):
        if character == "@":
            shift += len(f"<{address}>") - 1
        else:
            assert written.place_before(*line_and_column(written.text, place + shift)) == line_and_column(
                text, place
            )


def test_each_call_has_its_address() -> None:
    with pytest.raises(ValueError, match="zip"):
        rewrite("@@", calls_of("@@", "@"), ["one"])
