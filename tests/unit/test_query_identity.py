"""Ids and tokens of queries, and who counts as one client."""

from __future__ import annotations

import uuid

import pytest
from starlette.datastructures import Headers

from api.clients import client_at
from api.problems import ProblemError
from api.sparql.identity import read_identity

ID = "123e4567-e89b-42d3-a456-426614174000"
TOKEN = "0123456789abcdef" * 2


def test_an_identity_of_the_clients_choice_is_kept() -> None:
    identity = read_identity(Headers({"query-id": ID.upper(), "query-token": TOKEN}))
    assert (str(identity.id), identity.token) == (ID, TOKEN)


def test_without_one_every_request_has_another() -> None:
    first, second = read_identity(Headers()), read_identity(Headers())
    assert first.id != second.id
    assert first.token != second.token
    assert len(first.token) >= 32


def test_an_id_without_a_token_gets_one() -> None:
    identity = read_identity(Headers({"query-id": ID}))
    assert identity.id == uuid.UUID(ID)
    assert len(identity.token) >= 32


def test_a_token_is_not_shown_where_an_identity_is() -> None:
    assert TOKEN not in repr(read_identity(Headers({"query-id": ID, "query-token": TOKEN})))


@pytest.mark.parametrize(
    "headers",
    [
        {"query-id": "1"},
        {"query-id": ""},
        {"query-id": ID.replace("-", "")},
        {"query-id": f"{{{ID}}}"},
        {"query-token": TOKEN},
        {"query-id": ID, "query-token": TOKEN[1:]},
        {"query-id": ID, "query-token": "a" * 257},
        {"query-id": ID, "query-token": TOKEN + " " + TOKEN},
        {"query-id": ID, "query-token": TOKEN + "é"},
    ],
)
def test_what_is_no_uuid_or_could_be_guessed_is_a_bad_request(headers: dict[str, str]) -> None:
    with pytest.raises(ProblemError) as raised:
        read_identity(Headers(headers))
    assert raised.value.slug == "bad-request"
    assert raised.value.detail.startswith("Query-")


@pytest.mark.parametrize(
    ("one", "other"),
    [("192.0.2.1", "::ffff:192.0.2.1"), ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("", "-")],
)
def test_addresses_of_one_client(one: str, other: str) -> None:
    assert client_at(one) == client_at(other)


@pytest.mark.parametrize(
    ("one", "other"), [("192.0.2.1", "192.0.2.2"), ("2001:db8:1:2::1", "2001:db8:1:3::1"), ("a", "b")]
)
def test_addresses_of_two_clients(one: str, other: str) -> None:
    assert client_at(one) != client_at(other)
