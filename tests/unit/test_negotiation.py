"""Content negotiation: quality first, then closeness, then the server's order; never what is excluded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.negotiation import choose, choose_language, first_elements, parse_accept, prefers_html

JSON = ("application/sparql-results+json", "json")
XML = ("application/sparql-results+xml", "xml")
CSV = ("text/csv", "csv")
OFFERS = [JSON, XML, CSV]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("*", "json"),
        ("text/*", "csv"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv; charset=utf-8", "csv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.4", "csv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", "xml"),
        ("text/csv, */*", "csv"),
        ("*/*, text/csv;q=0.1", "json"),
        ("*/*;q=0.1, text/csv", "csv"),
        ("application/*;q=0.2, application/sparql-results+xml;q=0.3, text/csv;q=0.25", "xml"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("application/*;q=0, */*", "csv"),
        ("*/*;q=0", None),
        ("image/png", None),
        ("text/csv;header=present", None),
        ("text/csv;q=oops, text/csv;q=0.2", "csv"),
        ("nonsense", "json"),
        ('text/csv;profile="a,b"', "csv"),
        ("application/sparql-results+xml, application/sparql-results+json", "json"),
    ],
)
def test_the_best_offer_is_chosen(accept: str | None, expected: str | None) -> None:
    chosen = choose(accept, OFFERS)
    assert (chosen and chosen[1]) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/html", True),
        ("*/*", False),
        (None, False),
        ("application/json, text/html;q=0.9", False),
        ("text/html;q=0", False),
        ("text/turtle", False),
    ],
)
def test_only_a_browser_prefers_html(accept: str | None, expected: bool) -> None:
    assert prefers_html(accept) is expected


@pytest.mark.parametrize(
    ("header", "wanted", "expected"),
    [
        (None, None, "vi"),
        ("en-GB,en;q=0.8", None, "en"),
        ("vi-VN,en;q=0.8", None, "vi"),
        ("fr", None, "vi"),
        ("vi", "en", "en"),
        ("en", "xx", "en"),
    ],
)
def test_the_language_of_the_address_wins_over_the_header(
    header: str | None, wanted: str | None, expected: str
) -> None:
    assert choose_language(header, wanted, ("vi", "en")) == expected


TYPES = st.sampled_from(
    ["text/csv", "text/*", "*/*", "application/sparql-results+json", "application/*", "image/png"]
)
QUALITIES = st.sampled_from(["", ";q=0", ";q=0.1", ";q=0.5", ";q=0.9", ";q=1", ";q=1.000"])
HEADERS = st.lists(st.tuples(TYPES, QUALITIES).map("".join), min_size=1, max_size=6).map(", ".join)


@given(HEADERS)
def test_what_is_chosen_has_the_highest_quality_and_none_has_no_quality(header: str) -> None:
    def quality(media_type: str) -> float:
        matching = [found for found in parse_accept(header) if found.covers(media_type)]
        return max(((found.specificity, found.quality) for found in matching), default=((), 0.0))[1]

    chosen = choose(header, OFFERS)
    qualities = [quality(media_type) for media_type, _ in OFFERS]
    assert (quality(chosen[0]) if chosen else 0) == max(qualities)


@given(HEADERS, st.permutations(OFFERS))
def test_the_order_of_offers_matters_only_between_equals(header: str, offers: list[tuple[str, str]]) -> None:
    one, other = choose(header, OFFERS), choose(header, offers)
    assert (one is None) == (other is None)
    if one and other and one != other:
        ranges = parse_accept(header)
        ranks = [
            max((found.specificity, found.quality) for found in ranges if found.covers(media_type))
            for media_type, _ in (one, other)
        ]
        assert ranks[0] == ranks[1]


@given(st.text(max_size=80))
def test_any_header_is_read_without_an_error(header: str) -> None:
    choose(header, OFFERS)
    prefers_html(header)
    choose_language(header, None, ("vi", "en"))


def test_only_the_first_elements_of_a_list_count() -> None:
    ranges = ["text/csv;q=0.1"] * 63 + ["text/turtle", "application/json"]
    header = ",".join(ranges)
    offers = [("application/json", 1), ("text/turtle", 2), ("text/csv", 3)]
    assert choose(header, offers) == ("text/turtle", 2)
    assert first_elements(header) == header.removesuffix(",application/json")


@given(st.lists(st.text('ab/;=*q0.1 "', max_size=200), max_size=200))
def test_the_first_elements_are_few_whole_and_short(elements: list[str]) -> None:
    header = ",".join(elements)
    first = first_elements(header)
    assert header.startswith(first)
    assert len(first) <= 8 * 1024
    assert first.count(",") < 64
    assert first == header or header[len(first)] == "," or not first


def test_a_list_in_one_element_without_end_is_as_none() -> None:
    assert parse_accept("text/csv;" + "a=b;" * 10_000) == parse_accept(None)
