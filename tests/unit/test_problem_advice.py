"""Every problem says what a person can do about it, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.problem_advice import hint, searchable
from api.problem_kinds import KINDS, ProblemKind


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.slug)
def test_every_kind_has_advice_in_both_languages(kind: ProblemKind) -> None:
    assert all(hint(kind, "/x", {}, {}).advice)


def test_what_was_not_found_is_searched_for_by_the_words_of_its_address() -> None:
    assert hint(KINDS["not-found"], "/page/platform/c-thai-nguyen.html", {}, {}).words == "c thai nguyen"
    assert searchable("/page/Th%C3%A1i%20Nguy%C3%AAn/") == "Thái Nguyên"
    assert hint(KINDS["busy"], "/sparql", {}, {}).words == ""


def test_similar_names_replacements_place_and_delay_are_taken_over() -> None:
    members = {
        "similar": [{"id": "https://w3id.org/vndx/id/platform/x", "url": "/id/platform/x"}],
        "replacedBy": ["/id/y"],
        "line": 3,
        "column": 7,
    }
    found = hint(KINDS["not-found"], "/id/z", members, {"Retry-After": "5"})
    assert found.similar == [("platform/x", "/id/platform/x")]
    assert (found.replaced_by, found.place, found.seconds) == (["/id/y"], (3, 7), "5")


@given(st.text())
def test_words_of_any_address_are_few_and_without_marks_of_addresses(path: str) -> None:
    words = searchable(path)
    assert len(words.split()) <= 8 or any(c.isspace() for c in path)
    assert not set(words) & set("/?#<>\"'&")
