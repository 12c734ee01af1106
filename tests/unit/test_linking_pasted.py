"""Tables as people paste them: their form is found, nothing is lost, and columns are guessed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_support import TODAY, small_gazetteer

from graph.linking.choices import KEY, RowChoices
from graph.linking.csv_form import find_form
from graph.linking.errors import LinkInputError
from graph.linking.guessing import GuessedColumns, guess_columns, names_unit
from graph.linking.options import LinkOptions
from graph.linking.pasted import PastedTable, read_pasted
from graph.linking.tables import LinkedTable
from graph.linking.unit_links import Status, UnitLink, UnitLinker
from graph.matching.matcher import UnitMatcher

MATCHER = UnitMatcher(small_gazetteer(), TODAY)


def pasted(text: str, *, has_header: bool | None = None) -> PastedTable:
    return read_pasted(text, lambda cell: names_unit(MATCHER, cell), "column", has_header=has_header)


def cells(table: PastedTable) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.text, newline=""), delimiter=table.delimiter))


def guessed(text: str) -> GuessedColumns:
    table = pasted(text)
    return guess_columns(table.names, table.sample, MATCHER)


def test_cells_of_a_spreadsheet_become_csv() -> None:
    table = pasted("xã\thuyện\r\nXã Sảng Mộc\tVõ Nhai\r\n")
    assert (table.delimiter, table.names, table.has_header, table.count) == (",", ("xã", "huyện"), True, 1)
    assert cells(table) == [["xã", "huyện"], ["Xã Sảng Mộc", "Võ Nhai"]]


def test_a_column_without_a_name_keeps_its_first_row() -> None:
    table = pasted("Xã Sảng Mộc\nThái Nguyên\n")
    assert (table.names, table.has_header, table.count) == (("column 1",), False, 2)
    assert cells(table) == [["column 1"], ["Xã Sảng Mộc"], ["Thái Nguyên"]]


def test_addresses_below_a_name_stay_one_column() -> None:
    table = pasted("địa chỉ\nThôn 1, Sảng Mộc, Võ Nhai\nTrung Hà, Vũ Chấn\n")
    assert table.names == ("địa chỉ",)
    assert cells(table)[1:] == [["Thôn 1, Sảng Mộc, Võ Nhai"], ["Trung Hà, Vũ Chấn"]]


def test_csv_with_semicolons_keeps_them() -> None:
    table = pasted('xã;ghi chú\n"Sảng Mộc";"a;b"\n')
    assert (table.delimiter, cells(table)[1]) == (";", ["Sảng Mộc", "a;b"])


def test_whoever_knows_better_says_whether_the_first_row_names_the_columns() -> None:
    assert pasted("Thái Nguyên\nBắc Kạn\n", has_header=True).names == ("Thái Nguyên",)
    assert pasted("province\nBắc Kạn\n", has_header=False).count == 2


def test_columns_without_a_name_or_with_one_twice_get_names_of_their_own() -> None:
    assert pasted("a\ta\t\ta\n1\t2\t3\t4\n").names == ("a", "a (2)", "column 3", "a (3)")


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff\r\n", ",,,\n", " \n" * 60])
def test_nothing_but_blanks_is_no_table(text: str) -> None:
    with pytest.raises(LinkInputError, match="empty"):
        pasted(text)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=3, max_size=3
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_pasted_cells_come_out_as_they_were(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter="\t").writerows([["name", "b", "c"], *rows])
    table = pasted(written.getvalue(), has_header=True)
    assert cells(table)[1:] == [row if any(row) else [] for row in rows]


def test_columns_are_guessed_by_their_names() -> None:
    text = "stt\ttỉnh\txã\thuyện\tngày\n1\tThái Nguyên\tSảng Mộc\tVõ Nhai\t2025-06-30\n"
    assert guessed(text) == GuessedColumns("xã", ("tỉnh", "huyện"), "ngày")


def test_columns_without_names_are_guessed_by_what_is_in_them() -> None:
    around = "Huyện Võ Nhai\tTỉnh Thái Nguyên"
    text = f"10\tXã Sảng Mộc\t{around}\n11\tXã Nghinh Tường\t{around}\n"
    assert guessed(text) == GuessedColumns("column 2", ("column 3", "column 4"))


def test_a_code_is_taken_only_where_there_is_no_name() -> None:
    assert guessed("mã xã\ttên xã\n05731\tSảng Mộc\n").column == "tên xã"
    assert guessed("mã xã\tsố dân\n05731\t12\n").column == "mã xã"


def test_a_choice_of_a_candidate_makes_a_doubtful_row_linked() -> None:
    linker = UnitLinker(MATCHER, TODAY)
    file = io.BytesIO("name\nTân Lập\n".encode())
    form = find_form(file)

    def row(choices: dict[str, str]) -> UnitLink:
        *_, last = LinkedTable(file, form, LinkOptions("name"), linker, RowChoices(choices)).rows()
        assert last.link is not None
        return last.link

    key = RowChoices({}).key(["Tân Lập"])
    doubtful = row({})
    assert doubtful.status is not Status.MATCHED
    assert len(doubtful.candidates) > 1
    wanted = doubtful.candidates[-1].unit.iri
    chosen = row({key: wanted})
    assert chosen.status is Status.CHOSEN
    assert (chosen.cells()[0], chosen.cells()[4]) == ("true", wanted)
    assert row({key: "https://w3id.org/vndx/id/unit/2004/99999"}) == doubtful


def test_a_choice_stays_with_its_row_and_with_no_other() -> None:
    rows = [["a", "1"], ["b", "1"], ["a", "1"]]
    first, second, third = map(RowChoices({}).key, rows)
    assert len({first, second, third}) == 3
    moved = RowChoices({})
    assert [moved.key(row) for row in (rows[1], rows[0])] == [second, first]
    assert all(KEY.fullmatch(key) for key in (first, second, third))


def test_a_larger_unit_around_all_rows_tells_units_of_one_name_apart() -> None:
    file = io.BytesIO("name\nHuyện Võ Nhai\n".encode())
    options = LinkOptions("name", around=("Thái Nguyên",))
    *_, row = LinkedTable(file, find_form(file), options, UnitLinker(MATCHER, TODAY)).rows()
    assert row.query is not None
    assert row.query.within == ("Thái Nguyên",)


@given(st.text("ab,;\t\"\r\n \0'", max_size=60), st.sampled_from([None, True, False]))
def test_whatever_is_pasted_is_a_table_or_told_to_be_none(text: str, has_header: bool | None) -> None:
    try:
        table = read_pasted(text, lambda _: False, "column", has_header=has_header)
    except LinkInputError:
        assert not text.strip('\t,;"\r\n ')
        return
    assert len(set(table.names)) == len(table.names) > 0
    assert table.text.count("\n") >= 1


def test_columns_of_a_very_wide_table_are_guessed_from_the_first_ones() -> None:
    names = [f"c{number}" for number in range(3_000)]
    row = ["Xã Sảng Mộc"] * 3_000
    assert guess_columns(names, [row], MATCHER).column == "c0"


@pytest.mark.parametrize("cell", ["tỉnh", "Tên xã/phường", "Tỉnh, thành phố", "STT", "12", "", "%", "№ ;"])
def test_names_of_columns_and_short_numbers_name_no_unit(cell: str) -> None:
    assert not names_unit(MATCHER, cell)


@pytest.mark.parametrize("cell", ["Thái Nguyên", "Xã Sảng Mộc", "H. Võ Nhai"])
def test_names_of_units_are_known_as_such(cell: str) -> None:
    assert names_unit(MATCHER, cell)
