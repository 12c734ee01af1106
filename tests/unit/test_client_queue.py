"""The queue in which clients take turns."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query.fair_queue import FairQueue

CLIENTS = st.sampled_from("abc")


def anybody(client: str) -> bool:
    return True


def queue_of(*clients: str) -> FairQueue[int]:
    queue: FairQueue[int] = FairQueue()
    for number, client in enumerate(clients):
        queue.put(client, number)
    return queue


def emptied(queue: FairQueue[int]) -> list[tuple[str, int]]:
    taken = []
    while (found := queue.take(anybody)) is not None:
        taken.append(found)
    return taken


def test_clients_take_turns_however_much_one_has_put_in() -> None:
    taken = emptied(queue_of("a", "a", "a", "a", "b", "c", "b"))
    assert taken == [("a", 0), ("b", 4), ("c", 5), ("a", 1), ("b", 6), ("a", 2), ("a", 3)]


def test_a_client_that_comes_back_goes_to_the_end_of_the_turns() -> None:
    queue = queue_of("a", "b", "c")
    assert queue.take(anybody) == ("a", 0)
    queue.put("a", 3)
    assert [client for client, _ in emptied(queue)] == ["b", "c", "a"]


def test_a_client_that_may_not_run_is_passed_over_and_keeps_its_turn() -> None:
    queue = queue_of("a", "b", "a", "c")
    assert queue.take(lambda client: client != "a") == ("b", 1)
    assert emptied(queue) == [("a", 0), ("c", 3), ("a", 2)]


def test_nothing_is_taken_if_nobody_may_run() -> None:
    queue = queue_of("a", "a")
    assert queue.take(lambda _: False) is None
    assert (len(queue), queue.count("a"), queue.count("b")) == (2, 2, 0)


def test_an_item_can_leave_before_its_turn_once() -> None:
    queue = queue_of("a", "a", "b")
    assert queue.remove("a", 1)
    assert not queue.remove("a", 1)
    assert not queue.remove("c", 9)
    assert queue.remove("b", 2)
    assert emptied(queue) == [("a", 0)]


def test_room_is_made_by_the_last_item_of_the_longest_line() -> None:
    queue = queue_of("a", "b", "a", "a", "b")
    assert queue.displace("c") == ("a", 3)
    assert emptied(queue) == [("a", 0), ("b", 1), ("a", 2), ("b", 4)]


@pytest.mark.parametrize(("waiting", "client"), [("", "a"), ("a", "b"), ("aab", "b"), ("aaab", "a")])
def test_no_room_is_made_for_one_who_would_have_as_many(waiting: str, client: str) -> None:
    queue = queue_of(*waiting)
    assert queue.displace(client) is None
    assert len(queue) == len(waiting)


@given(st.lists(CLIENTS))
def test_everything_comes_out_once_and_in_order_for_each_client(clients: list[str]) -> None:
    queue = queue_of(*clients)
    taken = emptied(queue)
    assert len(queue) == 0
    for client in set(clients):
        expected = [number for number, name in enumerate(clients) if name == client]
        assert [number for name, number in taken if name == client] == expected


@given(st.lists(CLIENTS))
def test_no_client_is_ever_two_turns_ahead_of_one_that_waits(clients: list[str]) -> None:
    taken = [client for client, _ in emptied(queue_of(*clients))]
    for end in range(len(taken)):
        had = Counter(taken[:end])
        for waiting in set(taken[end:]):
            assert max(had.values(), default=0) <= had[waiting] + 1


def test_an_item_put_first_passes_those_of_its_client_alone() -> None:
    queue = queue_of("a", "b", "a")
    queue.put_first("a", 9)
    queue.put_first("c", 8)
    assert emptied(queue) == [("a", 9), ("b", 1), ("c", 8), ("a", 0), ("a", 2)]
