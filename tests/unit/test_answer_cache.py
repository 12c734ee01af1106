"""The cache of whole answers: what it gives back, and that its bytes are bounded."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from api.answer_cache import AnswerCache, AnswerKey, KeptAnswer

KIB = 1024
HEADERS = [(b"content-type", b"text/csv"), (b"content-length", b"1"), (b"etag", b'"t"'), (b"vary", b"Accept")]


def key(name: str) -> AnswerKey:
    return name.encode()


def answer(size: int = 1) -> KeptAnswer:
    return KeptAnswer(HEADERS, b"x" * size, b'"t"')


def test_an_answer_is_given_for_just_its_key() -> None:
    cache = AnswerCache(100 * KIB, 50 * KIB)
    kept = answer()
    cache.put(key("a"), kept)
    assert cache.get(key("a")) is kept
    assert cache.get(key("b")) is None


def test_what_was_not_asked_for_longest_goes_first() -> None:
    cache = AnswerCache(100 * KIB, 50 * KIB)
    for name in ("a", "b"):
        cache.put(key(name), answer(40 * KIB))
    cache.get(key("a"))
    cache.put(key("c"), answer(40 * KIB))
    assert [cache.get(key(name)) is not None for name in ("a", "b", "c")] == [True, False, True]


def test_an_answer_above_the_bound_of_one_is_not_kept() -> None:
    cache = AnswerCache(100 * KIB, 50 * KIB)
    cache.put(key("a"), answer(50 * KIB))
    cache.put(key("b"), answer(50 * KIB + 1))
    assert cache.get(key("a")) is not None
    assert cache.get(key("b")) is None


def test_a_cache_without_capacity_keeps_nothing() -> None:
    cache = AnswerCache(0, 50 * KIB)
    cache.put(key("a"), answer())
    assert (len(cache), cache.size) == (0, 0)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 60 * KIB)), max_size=40))
def test_the_bytes_kept_never_exceed_the_capacity(puts: list[tuple[str, int]]) -> None:
    cache = AnswerCache(100 * KIB, 50 * KIB)
    for name, size in puts:
        cache.put(key(name), answer(size))
        kept = [found for letter in "abcdefgh" if (found := cache.get(key(letter)))]
        assert len(kept) == len(cache)
        assert sum(len(found.body) for found in kept) <= cache.size <= cache.capacity


def test_the_memory_of_many_small_answers_is_counted_whole() -> None:
    """As many different requests as there are: what the process needs for them is what the bound says."""

    def fresh_headers(number: int) -> list[tuple[bytes, bytes]]:
        names = ["content-type", "etag", "vary", "link", "cache-control", *(f"x-{name}" for name in range(7))]
        return [(name.encode(), b"%060d" % number) for name in names]

    capacity = 4 * 1024 * KIB
    cache = AnswerCache(capacity, capacity)
    tracemalloc.start()
    try:
        for number in range(4000):
            cache.put(
                b"%032d" % number, KeptAnswer(fresh_headers(number), b"%0200d" % number, b'"%d"' % number)
            )
        needed, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(cache) > 500
    assert needed < cache.size <= capacity


@given(st.integers(0, 300 * KIB))
def test_the_slices_of_a_body_are_the_body(size: int) -> None:
    kept = KeptAnswer(HEADERS, bytes(number % 251 for number in range(size)), b'"t"')
    slices = list(kept.slices())
    assert b"".join(part for part, _ in slices) == kept.body
    assert [more for _, more in slices] == [True] * (len(slices) - 1) + [False]


def test_an_answer_304_has_no_headers_of_a_body() -> None:
    names = {name for name, _ in answer().not_modified}
    assert names == {b"etag", b"vary", b"cache-status"}


def test_others_are_not_told_the_id_and_token_of_whose_query_was_run() -> None:
    headers = [(b"Query-Id", b"1"), (b"query-token", b"secret"), (b"content-type", b"text/csv")]
    kept = KeptAnswer(headers, b"x", b'"tag"')
    assert kept.headers == headers
    assert kept.shared == [(b"content-type", b"text/csv")]
    assert {name for name, _ in kept.hit} == {b"content-type", b"cache-status"}
