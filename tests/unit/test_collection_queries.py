"""The queries of collections: each filter selects what it says, and pages give every item once, in order."""

from __future__ import annotations

import base64

import pytest
from graph_reading_support import keys_of, select, store_of
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from api.collections import conditions
from api.collections.collection import Collection, Order, SortKey
from api.collections.cursors import Cursor
from api.collections.paths import LABEL, path
from api.collections.query_builder import PageQuery
from graph.model.namespaces import CONCEPT, ID, SKOS, VNDX

DOCUMENTS = store_of("""
<id/document/a> a vndx:Document ; skos:prefLabel "Nghị quyết về chuyển đổi số"@vi ; vndx:number "57-NQ/TW" ;
  vndx:issueDate "2024-12-22"^^xsd:date ; vndx:documentType <concept/document-type/nghi-quyet-dai-hoi> ;
  vndx:jurisdiction <id/unit/2025/19> ; vndx:value 79.5 .
<id/document/b> a vndx:Document ; skos:prefLabel "Kế hoạch Đồng Hỷ"@vi ;
  skos:altLabel "Plan \\"?id\\" } #"@vi ;
  vndx:issueDate "2021"^^xsd:gYear ;
  vndx:documentType <concept/document-type/ke-hoach>, <concept/document-type/khac> ;
  vndx:jurisdiction <id/unit/2025/05692> ; vndx:value 8 ; vndx:period <id/period/2021_2025> .
<id/document/c> a vndx:Document ; skos:prefLabel "Hoà Bình, thuỷ lợi"@vi ;
  vndx:issueDate "2021-06"^^xsd:gYearMonth ;
  vndx:period <id/period/_2030> .
<id/document/d> a vndx:Document ; skos:prefLabel "Không ngày"@vi .
<id/platform/e> a vndx:Platform ; skos:prefLabel "Chuyển đổi số"@vi ; vndx:issueDate "2021"^^xsd:gYear .
<id/unit/2025/05692> vndx:partOfTransitive <id/unit/2025/19> .
<concept/document-type/nghi-quyet-dai-hoi> skos:broader <concept/document-type/nghi-quyet-cua-dang> .
<concept/document-type/nghi-quyet-cua-dang> skos:broader <concept/document-type/nghi-quyet> .
<id/period/2021_2025> vndx:start "2021"^^xsd:gYear ; vndx:end "2025"^^xsd:gYear .
<id/period/_2030> vndx:end "2030"^^xsd:gYear .
""")
TEXTS = ((LABEL,), (SKOS["altLabel"],))
DATES = (path("issueDate"),)
PERIODS = (path("period", "start"),), (path("period", "end"),)


def collection(*sorts: SortKey, cls: str = "Document") -> Collection:
    return Collection("things", ("Things", "Vật"), VNDX[cls], (), (), sorts)


def found(*patterns: str, store: Store = DOCUMENTS) -> str:
    """Give the keys of the documents for which conditions hold, as one word."""
    query = PageQuery(collection(), patterns, "id", 50)
    keys = keys_of(each["id"] for each in select(store, query.items()))
    (total,) = select(store, query.total())
    assert len(keys) == int(total["total"])
    return "".join(keys)


# Conditions


def test_without_a_condition_every_item_of_the_class_is_found() -> None:
    assert found() == "abcd"


def test_a_reference_finds_each_item_once_however_many_values_match() -> None:
    types = [CONCEPT["document-type/ke-hoach"], CONCEPT["document-type/khac"]]
    assert found(conditions.refers_to((path("documentType"),), types)) == "b"


def test_a_broader_concept_finds_what_has_a_narrower_one() -> None:
    wanted = [CONCEPT["document-type/nghi-quyet"]]
    assert found(conditions.refers_to_narrower((path("documentType"),), wanted)) == "a"
    assert found(conditions.refers_to((path("documentType"),), wanted)) == ""


def test_a_province_finds_what_refers_to_it_or_to_a_unit_in_it() -> None:
    assert found(conditions.refers_to_within((path("jurisdiction"),), [ID["unit/2025/19"]])) == "ab"


def test_a_string_is_equal_as_a_whole() -> None:
    assert found(conditions.equals((path("number"),), [Literal("57-NQ/TW")])) == "a"
    assert found(conditions.equals((path("number"),), [Literal("57-NQ")])) == ""


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [("8", None, "ab"), ("8.5", None, "a"), (None, "8.0", "b"), ("9", "10", ""), ("-1", "79.50", "ab")],
)
def test_numbers_are_compared_as_numbers(least: str | None, most: str | None, expected: str) -> None:
    assert found(conditions.between((path("value"),), least, most)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2021", "2021", "bc"),
        ("2021-06-30", "2021-06-30", "bc"),
        ("2021-07-01", "2021-12-31", "b"),
        ("2022", "", "a"),
        ("", "2020", ""),
        ("2024-12-22", "2024-12-22", "a"),
        ("2024-12-23", "", ""),
        ("", "2021-05", "b"),
    ],
)
def test_a_date_counts_for_every_day_that_it_may_mean(first: str, last: str, expected: str) -> None:
    assert found(conditions.overlaps(DATES, DATES, first, last)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("2025", "2025", "bc"), ("2026", "", "c"), ("", "2020", "c"), ("2031", "", "")],
)
def test_a_period_without_a_start_is_open_on_that_side(first: str, last: str, expected: str) -> None:
    assert found(conditions.overlaps(*PERIODS, first, last)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("chuyen doi so", "a"),
        ("CHUYỂN ĐỔI", "a"),
        ("doi chuyển", "a"),
        ("dong hy", "b"),
        ("đồng hỷ", "b"),
        ("hòa binh", "c"),
        ("hoà thủy", "c"),
        ("uyen", ""),
        ("plan id", "b"),
        ("chuyển so xyz", ""),
    ],
)
def test_words_are_found_in_any_spelling_at_the_begin_of_words(query: str, expected: str) -> None:
    assert found(conditions.says(TEXTS, query)) == expected


@given(st.text(min_size=1, max_size=40))
def test_no_text_of_a_user_breaks_a_query(text: str) -> None:
    found(conditions.equals((path("number"),), [Literal(text)]))
    try:
        pattern = conditions.says(TEXTS, text)
    except ValueError as error:
        assert "letter or digit" in str(error)  # noqa: PT017 - only texts without any may be refused
    else:
        found(pattern)


def test_a_name_is_the_whole_text_not_a_part_of_it() -> None:
    assert found(conditions.names(TEXTS, "ke-hoach  DONG Hỷ")) == "b"
    assert found(conditions.names(TEXTS, "dong hy")) == ""


def test_what_there_is_and_what_there_is_not_make_up_everything() -> None:
    assert found(conditions.has_any(DATES)) == "abc"
    assert found(conditions.has_none(DATES)) == "d"


UNITS = store_of("""
<id/unit/2004/172> a vndx:District ; vndx:hasVersion <id/v/1>, <id/v/2> .
<id/v/1> vndx:partOf <id/unit/2004/19> ; vndx:unitType <concept/unit-type/huyen> ;
  vndx:validTo "2015-05-16"^^xsd:date .
<id/v/2> vndx:partOf <id/unit/2004/19> ; vndx:unitType <concept/unit-type/thi-xa> ;
  vndx:validFrom "2015-05-16"^^xsd:date .
""")


@pytest.mark.parametrize(
    ("day", "kind"), [("2015-05-15", "huyen"), ("2015-05-16", "thi-xa"), ("2030-01-01", "thi-xa")]
)
def test_the_version_of_a_day_holds_from_its_first_day_until_before_its_end(day: str, kind: str) -> None:
    versions = f"?id {VNDX['hasVersion']} {conditions.VERSION} ."
    for other in ("huyen", "thi-xa"):
        is_type = conditions.version_refers_to(path("unitType"), [CONCEPT[f"unit-type/{other}"]], "?type")
        patterns = conditions.cheapest_first([conditions.valid_on(day), versions, is_type])
        query = PageQuery(collection(cls="District"), patterns, "id", 5)
        assert len(select(UNITS, query.items())) == (other == kind)


# Pages

LABELS = st.text(alphabet="aAàÀăđĐeéêz 1-", min_size=1, max_size=4)
ITEMS = st.lists(
    st.tuples(
        st.one_of(st.none(), LABELS),
        st.one_of(st.none(), st.sampled_from(["2021", "2021-06", "2021-06-30", "2020-12-31", "2022"])),
        st.one_of(st.none(), st.decimals(-20, 20, places=1, allow_nan=False)),
    ),
    max_size=12,
)
SORTS = (
    SortKey("label", ((LABEL,),), Order.LABEL),
    SortKey("date", (path("issueDate"),), single=False),
    SortKey("value", (path("value"),), Order.NUMBER),
)
THINGS = collection(*SORTS)


def store_with(items: list[tuple[str | None, str | None, object]]) -> Store:
    lines = []
    for number, (label, date, value) in enumerate(items):
        node = f"<id/document/{(number * 7) % 13:02}>"
        lines.append(f"{node} a vndx:Document .")
        if label is not None:
            lines.append(f"{node} skos:prefLabel {Literal(label)}@vi .")
        if date is not None:
            lines.append(f'{node} vndx:issueDate "{date}", "{date}-x" .')
        if value is not None:
            lines.append(f'{node} vndx:value "{value}"^^xsd:decimal .')
    return store_of("\n".join(lines))


def walk(store: Store, sort: str, limit: int, *, backwards: bool) -> list[str]:
    """Give the items of all pages as they come, following one link after another."""
    cursor: Cursor | None = None
    walked: list[str] = []
    if backwards:  # begin behind everything: nothing sorts after an item that has no value
        descending = sort.startswith("-")
        key = None if THINGS.sort_key(sort).paths else ""
        cursor = Cursor(sort, key, "" if sort == "-id" and descending else "~", backwards=True)
    while True:
        query = PageQuery(THINGS, (), sort, limit, cursor)
        page = select(store, query.items())
        has_more = len(page) > limit
        page = page[:limit]
        walked += [each["id"] for each in page]
        if not has_more:
            return walked
        cursor = Cursor(sort, page[-1].get("key"), page[-1]["id"], backwards)


@settings(max_examples=60, deadline=None)
@given(ITEMS, st.sampled_from(THINGS.sort_names), st.integers(1, 5))
def test_any_walk_gives_every_item_once_in_the_order_of_one_large_page(
    items: list[tuple[str | None, str | None, object]], sort: str, limit: int
) -> None:
    store = store_with(items)
    whole = [each["id"] for each in select(store, PageQuery(THINGS, (), sort, 100).items())]
    assert len(set(whole)) == len(whole) == len(items)
    assert walk(store, sort, limit, backwards=False) == whole
    assert walk(store, sort, limit, backwards=True) == whole[::-1]


@settings(max_examples=30, deadline=None)
@given(ITEMS, st.sampled_from(SORTS))
def test_items_without_the_value_come_last_in_either_direction(
    items: list[tuple[str | None, str | None, object]], key: SortKey
) -> None:
    store = store_with(items)
    for sort in (key.name, f"-{key.name}"):
        page = select(store, PageQuery(THINGS, (), sort, 100).items())
        known = ["key" in each for each in page]
        assert known == sorted(known, reverse=True)


def test_labels_are_sorted_without_their_marks() -> None:
    store = store_with(
        [("Ứng dụng", None, None), ("Zalo", None, None), ("Đà Nẵng", None, None), ("an", None, None)]
    )
    page = select(store, PageQuery(THINGS, (), "label", 10).items())
    assert [each["key"] for each in page] == ["an", "da nang", "ung dung", "zalo"]


# Cursors


@given(
    st.sampled_from(THINGS.sort_names),
    st.one_of(st.none(), st.text(max_size=50)),
    st.booleans(),
)
def test_a_cursor_is_read_as_it_was_written(sort: str, key: str | None, backwards: bool) -> None:
    cursor = Cursor(sort, key, "https://w3id.org/vndx/id/unit/2025/19", backwards)
    assert Cursor.decode(cursor.encode()) == cursor
    assert cursor.encode().isascii()


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused_with_one_message(text: str) -> None:
    try:
        Cursor.decode(text)
    except ValueError as error:
        assert "no cursor of ours" in str(error)  # noqa: PT017 - a few texts may be cursors by chance


@pytest.mark.parametrize(
    "fields",
    [
        '["id",1,"http://e/",0]',
        '["id",null,"no iri",0]',
        '["id",null]',
        "{}",
        "3",
        '[1,null,"http://e/",0]',
        '["id",null,"http://e/",2]',
    ],
)
def test_a_cursor_with_fields_of_other_types_is_refused(fields: str) -> None:
    with pytest.raises(ValueError, match="no cursor of ours"):
        Cursor.decode(base64.urlsafe_b64encode(fields.encode()).decode().rstrip("="))
