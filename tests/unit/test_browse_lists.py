"""From a query string to a page of a collection: parameters, form, cells, and the query behind it."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from api.browse.cells import MOST_VALUES, Piece, cell, header_of, period_text
from api.browse.figure_words import figure_words
from api.browse.form import active_filters, make_form, shown_columns
from api.browse.options import Option
from api.browse.parameters import address, is_untidy, read_asked
from api.browse.presentation import PRESENTATIONS
from api.browse.query_text import readable_query
from api.collections import conditions
from api.collections.cursors import Cursor
from api.collections.paths import path
from api.collections.registry import COLLECTIONS
from graph.model.namespaces import SKOS

BY_NAME = {collection.name: collection for collection in COLLECTIONS}
DOCUMENTS, PLATFORMS = BY_NAME["documents"], BY_NAME["platforms"]
PERCENT = {"id": "https://w3id.org/vndx/concept/unit-of-measure/percent", "label": {"vi": "phần trăm"}}
COMMUNES = {"id": "https://w3id.org/vndx/concept/unit-of-measure/commune", "label": {"vi": "xã"}}
PLAN = Option("ke-hoach", {"vi": "kế hoạch", "en": "plan"}, 138)


def test_fields_that_a_form_sends_empty_say_nothing() -> None:
    pairs = [("q", " "), ("type", ""), ("type", "ke-hoach"), ("from", " 2022 "), ("lang", "en")]
    asked = read_asked(DOCUMENTS, pairs, "-date")
    assert asked.pairs == (("type", "ke-hoach"), ("from", "2022"))
    assert asked.given["type"] == ["ke-hoach"]
    assert asked.given["q"] is None
    assert is_untidy(pairs)


def test_values_of_one_filter_are_all_kept() -> None:
    asked = read_asked(DOCUMENTS, [("type", "ke-hoach"), ("type", "luat")], "-date")
    assert asked.given["type"] == ["ke-hoach", "luat"]


@pytest.mark.parametrize("pair", [("colour", "red"), ("sort", "colour"), ("from", "soon"), ("limit", "0")])
def test_unknown_and_wrong_parameters_are_told_with_their_name(pair: tuple[str, str]) -> None:
    with pytest.raises(RequestValidationError) as raised:
        read_asked(DOCUMENTS, [pair], "-date")
    assert [error["loc"] for error in raised.value.errors()] == [("query", pair[0])]


def test_columns_that_are_asked_for_are_shown_beside_what_leads_to_the_item() -> None:
    shown = PRESENTATIONS["documents"]
    asked = read_asked(DOCUMENTS, [("fields", "number"), ("fields", "signer,colour")], "-date")
    assert shown_columns(DOCUMENTS, shown, asked) == ("label", "number", "signer")
    usual = read_asked(DOCUMENTS, [], "-date")
    assert shown_columns(DOCUMENTS, shown, usual) == shown.columns


def test_active_filters_are_named_and_lead_to_the_page_without_them() -> None:
    pairs = [("type", "ke-hoach"), ("signer", "person/x"), ("cursor", _a_cursor()), ("sort", "label")]
    asked = read_asked(DOCUMENTS, pairs, "-date")
    found = active_filters(asked, {"type": [PLAN]}, {}, "en")
    assert [(each.title, each.text) for each in found] == [("Type", "plan"), ("Signer", "person/x")]
    assert found[0].rest == (("signer", "person/x"), ("sort", "label"))


def test_bounds_of_numbers_are_named_with_their_sign() -> None:
    asked = read_asked(BY_NAME["provinces"], [("minPopulation", "1000000")], "id")
    (found,) = active_filters(asked, {}, {}, "vi")
    assert (found.title, found.text) == ("Dân số ≥", "1000000")


def test_form_keeps_what_no_field_holds() -> None:
    asked = read_asked(DOCUMENTS, [("signer", "person/x"), ("type", "ke-hoach"), ("type", "luat")], "-date")
    form = make_form(DOCUMENTS, PRESENTATIONS["documents"], asked, {"type": [PLAN]}, ("label",))
    assert form.kept == [("signer", "person/x"), ("type", "luat")]
    assert [field.name for field in form.main][:2] == ["q", "type"]
    assert next(field for field in form.main if field.name == "type").value == "ke-hoach"


def test_whether_former_provinces_count_is_asked_where_a_province_is_chosen() -> None:
    provinces = {"province": [Option("2025/19", {"vi": "Tỉnh Thái Nguyên"})]}
    chosen = read_asked(PLATFORMS, [("province", "2025/19")], "label")
    form = make_form(PLATFORMS, PRESENTATIONS["platforms"], chosen, provinces, ("label",))
    names = [field.name for field in form.main]
    assert names.index("predecessors") == names.index("province") + 1


@pytest.mark.parametrize(
    ("row", "vi", "en"),
    [
        ({"value": 79.5, "comparator": ">=", "unitOfMeasure": PERCENT}, "≥ 79,5%", "≥ 79.5%"),
        ({"value": 1000, "comparator": "~", "unitOfMeasure": COMMUNES}, "≈ 1.000 xã", "≈ 1,000 xã"),
        ({"rank": 8, "outOf": 63, "comparator": "="}, "hạng 8/63", "rank 8 of 63"),
        ({"rank": 10, "comparator": "<="}, "trong 10 hạng đầu", "in the top 10"),
        ({"grade": "A"}, "xếp loại A", "grade A"),
        ({"lowerBound": 2, "upperBound": 3, "unitOfMeasure": PERCENT}, "2–3%", "2–3%"),
        ({"value": 0, "unitOfMeasure": PERCENT}, "0%", "0%"),
        ({"valueAsPrinted": ["gần 300"]}, "gần 300", "gần 300"),
        ({}, "", ""),
    ],
)
def test_figures_read_as_people_write_them(row: dict[str, Any], vi: str, en: str) -> None:
    assert (figure_words(row, "vi"), figure_words(row, "en")) == (vi, en)


def test_periods_are_open_where_a_side_is_not_known() -> None:
    assert period_text("2021", "2025", "vi") == "2021–2025"
    assert period_text("2022", "2022", "vi") == "2022"
    assert period_text(None, "2030", "vi") == "đến 2030"
    assert period_text("2021-06", None, "en") == "from June 2021"
    assert period_text(None, None, "vi") == ""


def test_missing_values_stay_empty_cells() -> None:
    row = {"id": "https://w3id.org/vndx/id/platform/x", "operator": [], "label": {}}
    assert cell(row, "operator", PLATFORMS, "vi", "label").pieces == []
    assert cell(row, "label", PLATFORMS, "vi", "label").pieces == (Piece("x", page="/page/platform/x"),)


def test_a_cell_says_how_many_values_it_does_not_show() -> None:
    nodes = [{"id": f"https://w3id.org/vndx/id/unit/2025/{n}", "label": {"vi": f"Xã {n}"}} for n in range(7)]
    made = cell({"id": "", "coverage": nodes}, "coverage", PLATFORMS, "en", "label")
    assert (len(made.pieces), made.more) == (MOST_VALUES, 7 - MOST_VALUES)
    assert made.pieces[0] == Piece("Xã 0", page="/page/unit/2025/0", language="vi")


def test_header_sorts_the_other_way_when_it_is_sorted_already() -> None:
    assert header_of(DOCUMENTS, "issueDate", "date").sort == "-date"
    again = header_of(DOCUMENTS, "issueDate", "-date")
    assert (again.sort, again.sorted) == ("date", "descending")
    assert header_of(DOCUMENTS, "issuer", "date").sort == ""


def test_query_behind_a_page_is_short_and_whole_in_itself() -> None:
    text = readable_query(DOCUMENTS, [], "vi")
    assert "PREFIX vndx: <https://w3id.org/vndx/ontology#>" in text
    assert "?id a vndx:Document ." in text
    Store().query(text)


@given(st.text(min_size=1, max_size=40))
def test_query_behind_a_page_holds_whatever_was_typed(text: str) -> None:
    try:
        pattern = conditions.says(((SKOS["prefLabel"],),), text)
    except ValueError:
        return
    Store().query(readable_query(DOCUMENTS, [pattern], "vi"))


def test_what_stands_in_a_string_is_not_shortened() -> None:
    said = conditions.equals((path("number"),), [Literal("<https://w3id.org/vndx/ontology#Law>")])
    assert '"<https://w3id.org/vndx/ontology#Law>"' in readable_query(DOCUMENTS, [said], "en")


def test_addresses_have_a_query_only_if_there_is_one() -> None:
    assert address("/browse/documents", []) == "/browse/documents"
    assert address("/browse/documents", [("q", "kế hoạch")]) == "/browse/documents?q=k%E1%BA%BF+ho%E1%BA%A1ch"


def _a_cursor() -> str:
    return Cursor("label", None, "https://w3id.org/vndx/id/document/x").encode()
