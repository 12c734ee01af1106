"""Each row of a table is said to name a unit, or not and why; nothing of the table is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_support import BEFORE, TODAY, iri, small_gazetteer

from graph.linking.csv_form import find_form
from graph.linking.errors import LinkInputError
from graph.linking.options import LinkOptions
from graph.linking.tables import LinkedTable, Tally
from graph.linking.unit_links import COLUMNS, UnitLinker
from graph.matching.matcher import UnitMatcher

LINKER = UnitLinker(UnitMatcher(small_gazetteer(), TODAY), TODAY)


def link(content: str | bytes, **options: object) -> bytes:
    """Link a table, whose column with units is ``name`` unless something else is said."""
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    form = find_form(file)
    asked = LinkOptions(**{"column": "name", **options})  # type: ignore[arg-type]
    rows = LinkedTable(file, form, asked, LINKER).rows()
    return form.mark + b"".join(form.encode(row.text) for row in rows)


def linked_rows(content: str, **options: object) -> list[dict[str, str]]:
    found = link(content, **options).decode()
    return [
        {(key or "surplus").removeprefix("vndx_"): value for key, value in row.items()}
        for row in csv.DictReader(io.StringIO(found, newline=""))
    ]


def linked_row(name: str, **options: object) -> dict[str, str]:
    (row,) = linked_rows(f'name\n"{name}"\n', **options)
    return row


def test_a_commune_that_went_on_whole_has_one_current_unit() -> None:
    row = linked_row("Xã Sảng Mộc, huyện Võ Nhai, tỉnh Thái Nguyên", day=BEFORE)
    assert row["matched"] == "true"
    assert (row["status"], row["score"]) == ("matched", "100.0")
    assert (row["unit"], row["era"], row["code"]) == (iri("2004/05719"), "2004", "05719")
    assert row["name"] == "Xã Sảng Mộc"
    assert (row["current_unit"], row["current_share"]) == (iri("2025/05719"), "whole")
    assert row["current_province"] == "Tỉnh Thái Nguyên"


def test_a_split_commune_has_several_current_units_each_said_to_hold_a_part() -> None:
    row = linked_row("Thượng Nung", day=BEFORE)
    assert row["current_unit"].split(" | ") == [iri("2025/05719"), iri("2025/05716")]
    assert row["current_code"] == "05719 | 05716"
    assert row["current_name"] == "Xã Sảng Mộc | Xã Võ Nhai"
    assert row["current_share"] == "part | part"
    assert "split: partly in each of 2 units" in row["reason"]


def test_a_unit_that_is_there_still_is_its_own_current_unit() -> None:
    row = linked_row("Xã Võ Nhai", era="2025")
    assert (row["current_unit"], row["current_share"]) == (row["unit"], "same")


def test_an_abolished_district_leads_to_the_units_that_hold_its_communes() -> None:
    row = linked_row("Huyện Võ Nhai", day=BEFORE)
    assert row["unit"] == iri("2004/170")
    assert set(row["current_unit"].split(" | ")) == {iri("2025/05719"), iri("2025/05716")}
    assert row["current_share"] == "communes | communes"


def test_a_name_of_several_units_is_ambiguous_and_none_is_taken() -> None:
    row = linked_row("Tân Lập", day=BEFORE)
    assert (row["matched"], row["status"], row["unit"]) == ("false", "ambiguous", "")
    assert iri("") not in row["reason"]
    for described in ("Phường Tân Lập, Thành phố Thái Nguyên, Tỉnh Thái Nguyên (2004/05467", "2004/01999"):
        assert described in row["reason"]


def test_a_column_with_a_larger_unit_decides_between_units_of_one_name() -> None:
    (row,) = linked_rows("name,province\nTân Lập,Bắc Kạn\n", day=BEFORE, within=("province",))
    assert (row["status"], row["unit"]) == ("matched", iri("2004/01999"))


def test_a_contradicting_larger_unit_makes_a_match_uncertain() -> None:
    (row,) = linked_rows("name,province\nSảng Mộc,Thanh Hóa\n", day=BEFORE, within=("province",))
    assert (row["status"], row["unit"]) == ("uncertain", "")
    assert "the likeliest is Xã Sảng Mộc" in row["reason"]


def test_what_is_not_found_and_what_is_blank_are_told_apart() -> None:
    assert [row["status"] for row in linked_rows("name,x\nXyzzyplugh,1\n  ,2\n")] == ["not-found", "empty"]


def test_the_day_comes_from_a_column_and_a_bad_one_spoils_its_row_only() -> None:
    table = "name,day\nPhổ Yên,2010-01-01\nPhổ Yên,2016\nPhổ Yên,11/04/2022\nThái Nguyên,\n"
    rows = linked_rows(table, day_column="day")
    assert [row["status"] for row in rows] == ["matched", "bad-row", "matched", "matched"]
    assert [row["name"] for row in rows[::2]] == ["Huyện Phổ Yên", "Thành phố Phổ Yên"]
    assert rows[1]["reason"].startswith("line 3: '2016' is no single day")


def test_levels_and_era_leave_other_units_out() -> None:
    assert linked_row("Thái Nguyên", day=BEFORE, levels=frozenset({2}))["code"] == "164"
    assert linked_row("15", era="2004")["name"] == "Tỉnh Yên Bái"
    assert linked_row("15", era="2025")["name"] == "Tỉnh Lào Cai"


def test_rows_with_too_few_or_too_many_cells_are_bad_and_keep_columns_in_line() -> None:
    rows = linked_rows("name,a\nThái Nguyên\nThái Nguyên,1,2,3\nThái Nguyên,1,,\nThái Nguyên,1\n", day=BEFORE)
    assert [row["status"] for row in rows] == ["bad-row", "bad-row", "matched", "matched"]
    assert [row["a"] for row in rows] == ["", "1", "1", "1"]
    assert rows[0]["reason"] == "line 2 has too few cells (1, columns: 2)"
    assert rows[1]["reason"].startswith("line 3 has too many cells (4, columns: 2)")
    assert rows[1]["surplus"] == ["2", "3"]


def test_an_unclosed_quotation_mark_leaves_the_output_readable() -> None:
    found = csv.reader(
        link('name,a\n"Thái Nguyên,1\nBắc Kạn,2\n', day=BEFORE).decode().splitlines(), strict=True
    )
    _, bad, good = found
    assert bad[:4] == ['"Thái Nguyên', "1", "false", "bad-row"]
    assert good[:4] == ["Bắc Kạn", "2", "true", "matched"]


def test_bytes_that_are_no_text_are_bad_rows_and_come_out_as_they_were() -> None:
    table = b"name\n" + b"\n".join([b"Th\xc3\xa1i Nguy\xc3\xaan"] * 5000) + b"\nTh\xe1i\n"
    last = link(table, day=BEFORE).splitlines()[-1]
    assert last.startswith(b"Th\xe1i,false,bad-row,line 5002 has bytes that are not UTF-8")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_line_ends_blank_lines_and_quotes_are_kept(mark: str, end: str) -> None:
    rows = ['"name";note', 'Bắc Kạn;"a ""b"" ; c"', "", "Thái Nguyên;", '"Lào Cai";=1+1']
    for last in (end, ""):
        lines = link(mark + end.join(rows) + last).decode().split(end)
        assert [
            line.startswith(before) for line, before in zip(lines, [mark + rows[0], *rows[1:]], strict=False)
        ]
        assert lines[2] == ""
        assert len(lines) == len(rows) + bool(last)
        assert lines[1].startswith('Bắc Kạn;"a ""b"" ; c";true;matched;')


CELL = st.text(st.sampled_from('Tân Lậpx";,\n '), max_size=10)


@given(st.lists(st.tuples(CELL, CELL), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_the_columns_of_any_table_come_back_in_order(rows: list[tuple[str, str]], end: str) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator=end).writerows([("name", "note"), *rows])
    found = list(csv.reader(io.StringIO(link(written.getvalue()).decode(), newline="")))
    assert [tuple(row[:2]) for row in found] == [("name", "note"), *rows]
    assert {len(row) for row in found} == {2 + len(COLUMNS)}


@given(st.text(st.sampled_from('ab",\n'), max_size=30))
def test_every_row_of_the_output_has_all_columns_whatever_comes_in(text: str) -> None:
    found = list(csv.reader(io.StringIO(link("name,x\n" + text).decode(), newline=""), strict=True))
    assert {len(row) >= 2 + len(COLUMNS) for row in found if row} == {True}


@pytest.mark.parametrize(
    ("header", "options", "message"),
    [
        (("name", "a", "a"), {}, "several columns 'a'"),
        (("other", "b"), {}, "there is no column 'name'; there are 'other', 'b'"),
        (("name",), {"within": ("province",)}, "there is no column 'province'"),
        (("name",), {"day_column": "day"}, "there is no column 'day'"),
        (("name", ""), {"within": ("",)}, "there is no column ''"),
        (("name", "vndx_score"), {}, "has columns 'vndx_score' already"),
    ],
)
def test_missing_and_double_columns_are_told_before_anything_else(
    header: Sequence[str], options: dict[str, object], message: str
) -> None:
    with pytest.raises(LinkInputError, match=message):
        link(",".join(header) + "\n", **options)


@pytest.mark.parametrize("content", ["\nname\n", '"name\nx\n', "x" * 200_000 + "\n1\n"])
def test_a_header_that_cannot_be_read_is_an_error(content: str) -> None:
    with pytest.raises(LinkInputError, match="the columns"):
        link(content)


@pytest.mark.parametrize(
    "names", [[f"column {n}" for n in range(50_000)], ["a"] * 200_000, ["x" * 100_000, "y"]]
)
def test_a_header_that_is_out_of_all_bounds_is_told_in_few_words(names: list[str]) -> None:
    with pytest.raises(LinkInputError, match="column") as raised:
        link(",".join(names) + "\n1\n")
    assert len(str(raised.value)) < 1_000


def test_columns_are_found_in_any_normalization_form_and_nameless_ones_may_be() -> None:
    assert link("xa\u0303,,\nBắc Kạn,,\n", column="xã").splitlines()[1].startswith("Bắc Kạn,,,true".encode())


def test_another_prefix_lets_a_table_be_linked_twice() -> None:
    once = link("name\nBắc Kạn\n").decode()
    header = link(once, prefix="second_").decode().splitlines()[0].split(",")
    assert header == ["name", *(f"vndx_{name}" for name in COLUMNS), *(f"second_{name}" for name in COLUMNS)]


def test_a_tally_says_how_many_rows_there_were_of_each_kind() -> None:
    file = io.BytesIO("name\nBắc Kạn\nTân Lập\n\nXyzzyplugh\n".encode())
    tally = Tally()
    for row in LinkedTable(file, find_form(file), LinkOptions("name"), LINKER).rows():
        tally.add(row)
    assert str(tally) == "3 rows: 1 matched, 1 ambiguous, 1 not-found"
