"""Reading a protocol request is a pure function: any bytes give a request or a problem, nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.problems import KINDS, ProblemError
from api.sparql.protocol import FORM, QUERY, UPDATE, read_request

CONTENT_TYPES = st.sampled_from(
    [FORM, QUERY, UPDATE, f"{QUERY}; charset=utf-8", f"{QUERY}; charset=x", "", "text/x"]
)


@given(st.sampled_from(["GET", "POST"]), st.binary(max_size=80), CONTENT_TYPES, st.binary(max_size=80))
def test_any_bytes_give_a_request_or_a_problem(
    method: str, query_string: bytes, content_type: str, body: bytes
) -> None:
    try:
        found = read_request(method, query_string, content_type, body)
    except ProblemError as problem:
        assert KINDS[problem.slug].status < 500  # noqa: PT017 - the fault of the client, never ours
        return
    assert found.query is None or found.query.strip()
    assert found.query is not None or method == "GET"


@pytest.mark.parametrize(
    ("given_text", "seconds"), [("5", 5), ("5s", 5), ("0.5", 0.5), ("500ms", 0.5), (" 2 ", 2)]
)
def test_a_timeout_is_seconds_or_milliseconds(given_text: str, seconds: float) -> None:
    query_string = f"query=ASK+%7B%7D&timeout={given_text.replace(' ', '+')}".encode()
    assert read_request("GET", query_string, "", b"").seconds == seconds


def test_dataset_parameters_of_form_and_address_both_count() -> None:
    found = read_request(
        "POST", b"named-graph-uri=http://e/1", FORM, b"query=ASK+%7B%7D&named-graph-uri=http://e/2"
    )
    assert found.named_graphs == ("http://e/1", "http://e/2")


def test_percent_signs_are_decoded_once() -> None:
    found = read_request("GET", b"query=SELECT+%22100%2525%22", "", b"")
    assert found.query == 'SELECT "100%25"'


@pytest.mark.parametrize(("number", "is_read"), [(1_000, True), (1_001, False)])
def test_the_parameters_of_a_request_are_counted(number: int, is_read: bool) -> None:
    text = b"&".join([b"query=ASK%7B%7D", *[b"a=b"] * (number - 1)])
    for request in (("GET", text, "", b""), ("POST", b"", FORM, text)):
        if is_read:
            assert read_request(*request).query == "ASK{}"
        else:
            with pytest.raises(ProblemError, match="more than 1000 parameters") as raised:
                read_request(*request)
            assert raised.value.slug == "bad-request"


def test_a_content_type_without_end_is_not_read() -> None:
    with pytest.raises(ProblemError, match="Content-Type") as raised:
        read_request("POST", b"", FORM + ";a=b" * 1_000, b"query=ASK%7B%7D")
    assert raised.value.slug == "unsupported-media-type"
