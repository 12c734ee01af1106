"""What the page `/link` makes of a form: rows with words, or a sentence that says what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_support import TODAY, small_gazetteer
from werkzeug.datastructures import MultiDict

from api.linking.page_form import FormError, LinkForm, form_of, written_names
from api.linking.page_table import TableShown, prepare, show
from graph.linking.unit_links import UnitLinker
from graph.matching.matcher import UnitMatcher

MATCHER = UnitMatcher(small_gazetteer(), TODAY)


def shown(form: LinkForm) -> TableShown:
    return show(prepare(form, MATCHER, "column"), form, UnitLinker(MATCHER, TODAY))


@given(st.text("abxã,;\t\"\r\n \0'<%", max_size=80))
def test_whatever_is_pasted_gives_rows_or_a_sentence(text: str) -> None:
    refused: FormError | None = None
    table: TableShown | None = None
    try:
        table = shown(LinkForm(text=text))
    except FormError as error:
        refused = error
    if table is not None:
        assert table.linked == sum(count for _, count, _ in table.counts) == len(table.rows)
    assert table is not None or (refused is not None and refused.said.vi and refused.said.en)


def test_each_row_has_its_iri_in_the_column_to_copy() -> None:
    table = shown(LinkForm(text="name\nHuyện Võ Nhai\nnowhere at all\n"))
    first, second = table.iris.split("\n")
    assert table.rows[0].unit is not None
    assert (first, second) == (table.rows[0].unit.iri, "")


def test_a_year_in_place_of_a_day_is_told_in_both_languages() -> None:
    table = shown(LinkForm(text="xã\tngày\nSảng Mộc\t2019\nSảng Mộc\t2025-06-30\n"))
    assert "chỉ có năm hoặc tháng" in table.rows[0].reason.vi
    assert "a year or month only" in table.rows[0].reason.en


def test_one_unit_is_said_in_the_singular() -> None:
    texts = [row.reason.en for row in shown(LinkForm(text="name\nHuyện Võ Nhai\nXã Sảng Mộc\n")).rows]
    assert [text for text in texts if " 1 units" in text or "{" in text] == []


def test_a_day_for_the_whole_table_takes_the_place_of_a_column_that_was_guessed() -> None:
    form = LinkForm(text="xã\tngày\nSảng Mộc\t2024-06-30\n", day="30/06/2025")
    assert prepare(form, MATCHER, "column").options.day_column == ""


def test_a_table_that_was_linked_before_gets_columns_with_another_prefix() -> None:
    prepared = prepare(LinkForm(text="xã\tvndx_unit\nSảng Mộc\tx\n"), MATCHER, "column")
    assert prepared.options.prefix == "vndx2_"


@pytest.mark.parametrize(
    "fields",
    [
        {"columns": "[" * 100_000},
        {"columns": "{}"},
        {"skip": "²"},
        {"skip": "-1"},
        {"choice-x": "y", "choice-": "z"},
        {"show": "none", "era": "1999", "header": "perhaps"},
    ],
)
def test_fields_without_sense_count_as_not_given(fields: dict[str, str]) -> None:
    assert form_of(MultiDict(fields), "x") == LinkForm(text="x")


@given(st.lists(st.text(), max_size=4).map(tuple))
def test_names_of_columns_come_back_from_the_form_as_they_were(names: tuple[str, ...]) -> None:
    assert form_of(MultiDict({"columns": written_names(names)}), "").columns == names
