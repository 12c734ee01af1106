"""Shares of connections: whoever opens as many as it can leaves some to others."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from api.connection_shares import ConnectionShares


def taken(shares: ConnectionShares, client: str) -> int:
    """Have a client open as many as it can."""
    number = 0
    while shares.enter(client):
        number += 1
    return number


def test_each_greedy_client_gets_half_of_what_is_free() -> None:
    shares = ConnectionShares(16)
    assert [taken(shares, client) for client in "abcdef"] == [8, 4, 2, 1, 1, 0]


def test_what_is_given_back_can_be_had_again() -> None:
    shares = ConnectionShares(4)
    assert taken(shares, "a") == 2
    shares.leave("a")
    assert taken(shares, "b") == 2
    assert not shares.enter("a")


@given(st.integers(1, 20), st.lists(st.tuples(st.sampled_from("abc"), st.booleans())))
def test_never_more_than_the_limit_and_always_one_for_a_client_with_none(
    limit: int, steps: list[tuple[str, bool]]
) -> None:
    shares = ConnectionShares(limit)
    open_now: Counter[str] = Counter()
    for client, enters in steps:
        if enters and shares.enter(client):
            open_now[client] += 1
        elif not enters and open_now[client]:
            shares.leave(client)
            open_now[client] -= 1
        assert open_now.total() <= limit
    if open_now.total() < limit:
        assert shares.enter("d")
