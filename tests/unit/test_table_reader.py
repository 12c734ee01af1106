"""Reading CSV tables: the form of a file is checked, all that is wrong is told together."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mapping.reader import Row, Table, TableSet, file_of, read_table
from graph.problems import Problem, Problems

HEADER = "code,name\n"


class Folder:
    """A folder of tables, and what reading them reported."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems = Problems()

    def read(self, content: str | bytes, *columns: str) -> Table:
        data = content.encode() if isinstance(content, str) else content
        (self.path / "t.csv").write_bytes(data)
        return read_table(self.path, "t", columns or ("code", "name"), self.problems)

    def places(self) -> list[tuple[int, str]]:
        assert all(p.file == "tables/t.csv" and p.vi and p.en for p in self.problems)
        return [(p.line, p.column) for p in self.problems]

    def only(self) -> Problem:
        (problem,) = self.problems
        return problem


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_rows_come_in_file_order_with_the_line_they_start_on(folder: Folder) -> None:
    table = folder.read(HEADER + 'a,"two\nlines"\nb,x\n')
    assert [(row.line, row["code"], row["name"]) for row in table] == [(2, "a", "two\nlines"), (4, "b", "x")]
    assert len(table) == 2
    assert folder.places() == []


def test_white_space_at_the_ends_of_a_cell_is_removed(folder: Folder) -> None:
    (row,) = folder.read(HEADER + " a ,\u00a0b\u00a0\n")
    assert (row["code"], row["name"]) == ("a", "b")


def test_empty_lines_are_no_rows(folder: Folder) -> None:
    assert [row.line for row in folder.read(HEADER + "\na,b\n\n")] == [3]


def test_columns_that_are_not_asked_for_are_kept(folder: Folder) -> None:
    (row,) = folder.read("code,name,more\na,b,c\n", "code")
    assert row["more"] == "c"


def test_a_list_in_a_cell_has_no_empty_parts() -> None:
    row = Row("t", 2, {"basis": "a; b ;;c", "other": "x|y", "none": ""})
    assert row.listed("basis") == ["a", "b", "c"]
    assert row.listed("other", "|") == ["x", "y"]
    assert row.listed("none") == []


def test_a_missing_file_is_reported(folder: Folder) -> None:
    assert len(read_table(folder.path, "t", ("code",), folder.problems)) == 0
    assert folder.places() == [(0, "")]


def test_a_missing_column_is_reported_on_the_header(folder: Folder) -> None:
    assert len(folder.read("code\na\n")) == 0
    assert folder.places() == [(1, "name")]


def test_a_column_that_stands_twice_is_reported(folder: Folder) -> None:
    assert len(folder.read("code,name,name\na,b,c\n")) == 0
    assert folder.places() == [(1, "name")]


def test_an_empty_file_has_no_columns(folder: Folder) -> None:
    folder.read("")
    assert folder.places() == [(1, "code"), (1, "name")]


@pytest.mark.parametrize("line", ["a", "a,b,c"])
def test_a_row_with_too_few_or_too_many_cells_is_left_out(folder: Folder, line: str) -> None:
    table = folder.read(f"{HEADER}{line}\nb,x\n")
    assert [row["code"] for row in table] == ["b"]
    assert folder.places() == [(2, "")]
    assert f"{len(line.split(','))} cells, 2 are needed" in folder.only().en


def test_a_cell_that_is_not_nfc_is_reported_with_its_column(folder: Folder) -> None:
    table = folder.read(HEADER + f"a,{unicodedata.normalize('NFD', 'Thái')}\nb,x\n")
    assert [row["code"] for row in table] == ["b"]
    assert folder.places() == [(2, "name")]
    assert "NFC" in folder.only().vi


def test_a_file_that_is_not_utf_8_is_reported(folder: Folder) -> None:
    assert len(folder.read(HEADER.encode() + "Thái".encode("utf-16"))) == 0
    assert folder.places() == [(0, "")]


def test_a_byte_order_mark_is_no_part_of_the_first_column(folder: Folder) -> None:
    assert len(folder.read("\ufeff" + HEADER + "a,b\n")) == 1
    assert folder.places() == []


def test_lines_may_end_as_spreadsheets_end_them(folder: Folder) -> None:
    assert [row.line for row in folder.read("code,name\r\na,b\r\nc,d\r\n")] == [2, 3]


def test_a_malformed_quotation_is_reported_with_its_line(folder: Folder) -> None:
    table = folder.read(HEADER + 'a,b\nc,"d"e\n')
    assert [row["code"] for row in table] == ["a"]
    assert folder.places() == [(3, "")]


def test_a_malformed_header_is_reported(folder: Folder) -> None:
    assert len(folder.read('code,"na"me\na,b\n')) == 0
    assert folder.places() == [(1, "")]


def test_faults_of_several_rows_are_reported_together(folder: Folder) -> None:
    folder.read(HEADER + "a\nb,x\nc,d,e\n")
    assert folder.places() == [(2, ""), (4, "")]


CELL = st.text(alphabet='aà"Đ,;|\n 1', max_size=6)


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_what_a_csv_writer_writes_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = Folder(tmp_path_factory.mktemp("tables"))
    lines = ['"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in rows]
    table = folder.read(HEADER + "".join(f"{line}\n" for line in lines))
    assert [(row["code"], row["name"]) for row in table] == [(a.strip(), b.strip()) for a, b in rows]
    assert folder.places() == []


def test_a_table_is_read_once_for_all_mappings(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEADER + "a,b\n", encoding="utf-8")
    tables = TableSet(tmp_path, Problems())
    first = tables.table("t", ("code",))
    (tmp_path / "t.csv").unlink()
    assert tables.table("t", ("code", "name")) is first


def test_a_column_that_only_a_later_mapping_needs_is_missed_then(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEADER + "a,b\n", encoding="utf-8")
    tables = TableSet(tmp_path, Problems())
    assert len(tables.table("t", ("code",))) == 1
    assert len(tables.table("t", ("date",))) == 0
    assert [(p.line, p.column) for p in tables.problems] == [(1, "date")]


def test_an_index_is_made_once_for_all_mappings(tmp_path: Path) -> None:
    tables = TableSet(tmp_path, Problems())
    made: list[TableSet] = []

    def make(of: TableSet) -> int:
        made.append(of)
        return len(made)

    assert (tables.once(make), tables.once(make), made) == (1, 1, [tables])


def test_problems_name_a_table_by_its_file() -> None:
    assert file_of("admin/provinces_2025") == "tables/admin/provinces_2025.csv"
