"""CSV of spreadsheets is read in the form it has, and every record comes back as it was written."""

from __future__ import annotations

import codecs
import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.linking.csv_form import LONGEST_LINE, CsvForm, find_form
from graph.linking.days import read_day
from graph.linking.errors import LinkInputError
from graph.linking.records import Record, read_records, write_cells

TEXT = "xã,tỉnh\nĐồng Hỷ,Thái Nguyên\n"


def form_of(content: bytes, delimiter: str = "") -> CsvForm:
    return find_form(io.BytesIO(content), delimiter)


def records(text: str, delimiter: str = ",") -> list[Record]:
    return list(read_records(io.StringIO(text, newline=""), delimiter))


@pytest.mark.parametrize(
    ("mark", "encoding", "charset"),
    [
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (b"", "utf-16-le", "utf-16"),
        (b"", "utf-16-be", "utf-16"),
    ],
)
def test_encodings_of_spreadsheets_are_found_and_give_the_same_lines(
    mark: bytes, encoding: str, charset: str
) -> None:
    content = mark + TEXT.encode(encoding)
    form = form_of(content)
    assert (form.mark, form.encoding, form.charset, form.lines) == (mark, encoding, charset, 2)
    lines = list(form.text_lines(io.BytesIO(content)))
    assert "".join(lines) == TEXT
    assert form.mark + form.encode("".join(lines)) == content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the table is empty"),
        (codecs.BOM_UTF8, "the table is empty"),
        ("name\nxã\n".encode("cp1258", "replace").replace(b"?", b"\xe3"), "line 2 is not UTF-8"),
        (codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), "UTF-32"),
        (b"PK\x03\x04" + b"\x00\x08rest of a workbook" * 20, "a workbook is no CSV"),
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00", "broken UTF-16"),
        (b"name\n" + b"x" * (LONGEST_LINE + 1), "line 2 has more than 1,048,576 characters"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content: bytes, message: str) -> None:
    with pytest.raises(LinkInputError, match=message):
        form_of(content)


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [("a,b", ","), ("a;b", ";"), ("a\tb", "\t"), ("name", ","), ('"a;b;c",d', ","), ("a;b;c,d", ";")],
)
def test_the_delimiter_is_found_in_the_header_quotes_considered(header: str, delimiter: str) -> None:
    assert form_of(f"{header}\nx".encode()).delimiter == delimiter


def test_a_delimiter_that_is_given_is_taken() -> None:
    assert form_of(b"a,b;c\n", ";").delimiter == ";"


@given(st.text(st.sampled_from("a\r\n,"), max_size=60))
def test_lines_are_counted_as_they_are_read(text: str) -> None:
    content = b"x" + text.encode()
    form = form_of(content)
    assert form.lines == len(list(form.text_lines(io.BytesIO(content))))


def test_a_line_that_cannot_be_decoded_is_named_and_comes_back_as_it_was() -> None:
    content = b"name\n" + b"x" * 70_000 + b"\nx\xe3\n"
    form = form_of(content)
    assert form.undecodable == 3
    assert form.encode("".join(form.text_lines(io.BytesIO(content)))) == content


CELL = st.text(st.sampled_from('xãĐ";,\t \r\n='), max_size=8)


@given(
    st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_records_have_their_cells_and_their_text(rows: list[list[str]], delimiter: str, end: str) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows(rows)
    found = records(written.getvalue(), delimiter)
    assert [list(record.cells) for record in found] == rows
    assert "".join(record.text + record.end for record in found) == written.getvalue()
    assert not any(record.problem for record in found)


@given(st.text(st.sampled_from('ab",\r\n'), max_size=40))
def test_no_text_is_lost_whatever_is_wrong_in_it(text: str) -> None:
    found = records(text)
    assert "".join(record.text + record.end for record in found) == text


def test_an_unclosed_quotation_mark_spoils_its_own_line_only() -> None:
    bad, good = records('1,"a\n2,b')
    assert (bad.line, bad.text, bad.cells) == (1, '1,"a', ("1", '"a'))
    assert bad.problem == "line 1 is no CSV (a quotation mark is not closed)"
    assert (good.line, good.cells, good.problem) == (2, ("2", "b"), "")


def test_text_behind_a_closing_quotation_mark_is_a_problem_of_its_line() -> None:
    bad, good = records('"a"b,c\nd,e')
    assert bad.problem == "line 1 is no CSV (something stands behind a closing quotation mark)"
    assert good.cells == ("d", "e")


def test_an_unclosed_quotation_mark_in_a_long_table_takes_no_more_than_its_line() -> None:
    found = records('"a,b\n' + "c,d\n" * 5_000)
    assert [record.line for record in found if record.problem] == [1]
    assert len(found) == 5_001
    assert found[-1].line == 5_001


def test_lines_are_counted_over_cells_with_line_ends() -> None:
    assert [record.line for record in records('"a\nb",c\nd,e\n')] == [1, 3]


@given(st.lists(CELL, min_size=2, max_size=4), st.sampled_from(",;\t"))
def test_written_cells_are_read_again(cells: list[str], delimiter: str) -> None:
    (record,) = records(write_cells(cells, delimiter), delimiter)
    assert list(record.cells) == cells


@pytest.mark.parametrize(
    "text", ["2025-06-30", "30/06/2025", "30.6.2025", " 2025-06-30 ", "2025-06-30 00:00:00"]
)
def test_days_are_read_as_tables_have_them(text: str) -> None:
    assert read_day(text) == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2025", "no single day"),
        ("2025-06", "no single day"),
        ("06/2025", "no single day"),
        ("2025-06-31", "there is no day"),
        ("06/30/2025", "there is no day"),
        ("hôm qua", "is no day"),
    ],
)
def test_what_is_no_day_is_refused_and_none_is_guessed(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_day(text)


def test_a_blank_day_is_none() -> None:
    assert read_day(" ") is None
