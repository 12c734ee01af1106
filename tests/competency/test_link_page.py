"""The page `/link` of a server with the whole dataset: forms in, rows with words, the linked table out."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import httpx
import pytest
from build_support import ROOT

pytestmark = pytest.mark.snapshot

EXAMPLE = (ROOT / "docs" / "examples" / "old-communes.csv").read_text("utf-8")
MARK = "\ufeff"
TAN_LAP = "xã\tghi chú\nTân Lập\tmột trong nhiều\n"


def send(http: httpx.Client, path: str = "/link?lang=en", **fields: object) -> httpx.Response:
    """Send the form as a browser does."""
    parts = {name: (None, str(value)) for name, value in fields.items()}
    return http.post(path, files=parts, headers={"Accept": "text/html"})


def choice_field(page: str) -> str:
    """Give the name of the field in which the first doubtful row is decided."""
    found = re.search(r'<select id="choice-[^"]*" name="([^"]+)"', page)
    assert found is not None
    return found[1]


def verdicts(page: str) -> list[str]:
    return re.findall(r'<span class="verdict">([^<]+)</span>', page)


def options(page: str) -> list[str]:
    """Give the IRIs that can be chosen for the first row that has some."""
    choice = re.search(r'<select id="choice-.*?</select>', page, re.DOTALL)
    assert choice is not None
    return re.findall(r'<option value="(https[^"]+)"', choice[0])


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    text = answer.content.decode("utf-8")
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def test_the_page_asks_for_a_table_and_says_that_nothing_is_stored(http: httpx.Client) -> None:
    page = http.get("/link?lang=en").text
    assert "Nothing is stored" in page
    assert '<form id="matcher"' in page
    assert "/reconcile/0.2" in page


def test_the_example_is_linked_without_a_script(http: httpx.Client) -> None:
    page = http.get("/link?example=1&lang=en").text
    assert verdicts(page).count("Sure") == 7
    assert verdicts(page)[2] == "Doubtful"
    assert verdicts(page)[7] == "Cannot be read"
    assert "write a day, as 2025-06-30" in page
    assert unescape(page).count("Xã Thượng Nung,Võ Nhai") == 1


def test_a_row_links_to_the_unit_of_then_and_those_of_today(http: httpx.Client) -> None:
    page = send(http, table="commune\tday\nPhường Phú Thượng, Tây Hồ, Hà Nội\t2025-06-30\n").text
    assert 'href="/page/unit/2004/00091?lang=en"' in page
    for code in ("00091", "00097", "00103"):
        assert f'href="/page/unit/2025/{code}?lang=en"' in page
    assert page.count('<span class="share">part</span>') == 3


def test_the_page_says_it_in_vietnamese_too(http: httpx.Client) -> None:
    page = send(http, "/link?lang=vi", table=TAN_LAP).text
    assert verdicts(page) == ["Chưa rõ"]
    assert "Chọn đơn vị" in page


def test_a_candidate_that_was_chosen_is_in_the_row_and_in_the_download(http: httpx.Client) -> None:
    first = send(http, table=TAN_LAP).text
    wanted = options(first)[-1]
    choice = {"table": TAN_LAP, choice_field(first): wanted}
    page = send(http, **choice).text
    assert verdicts(page) == ["Your choice"]
    assert f'href="/page/{wanted.partition("/id/")[2]}?lang=en"' in page
    (row,) = rows(send(http, "/link/table", **choice))
    assert (row["vndx_unit"], row["vndx_status"], row["vndx_matched"]) == (wanted, "chosen", "true")


def test_a_choice_of_another_text_is_not_heeded(http: httpx.Client) -> None:
    field = choice_field(send(http, table=TAN_LAP).text)
    form = {"table": TAN_LAP, field: "https://w3id.org/vndx/id/unit/2004/28"}
    (row,) = rows(send(http, "/link/table", **form))
    assert (row["vndx_unit"], row["vndx_status"]) == ("", "ambiguous")


def test_a_choice_stays_with_a_row_that_moves_and_goes_to_no_other(http: httpx.Client) -> None:
    first = send(http, table=TAN_LAP).text
    field, wanted = choice_field(first), options(first)[-1]
    head, _, row = TAN_LAP.partition("\n")
    moved = rows(send(http, "/link/table", table=f"{head}\nTân Lập\tkhác\n{row}", **{field: wanted}))
    assert [each["vndx_status"] for each in moved] == ["ambiguous", "chosen"]


def test_the_download_is_what_the_interface_gives(http: httpx.Client) -> None:
    answer = send(http, "/link/table", table=EXAMPLE)
    assert "attachment" in answer.headers["content-disposition"]
    parameters = {"column": "xã", "within": ["huyện", "tỉnh"], "dateColumn": "ngày"}
    same = http.post(
        "/api/v1/link", params=parameters, content=EXAMPLE.encode(), headers={"Content-Type": "text/csv"}
    )
    assert answer.content.decode("utf-8").removeprefix(MARK) == same.text


def test_the_form_may_come_percent_encoded(http: httpx.Client) -> None:
    answer = http.post("/link?lang=en", data={"table": "Tỉnh Hà Tây\n"})
    assert verdicts(answer.text) == ["Sure"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_takes_the_place_of_the_text_and_is_shown_in_it(http: httpx.Client, encoding: str) -> None:
    content = "tỉnh;n\nHà Tây;1\n".encode(encoding)
    answer = http.post("/link?lang=en", files={"file": ("a.csv", content), "table": (None, "x")})
    assert "<strong>tỉnh</strong>" in answer.text
    assert "tỉnh;n\nHà Tây;1\n</textarea>" in answer.text


def test_settings_hold_for_the_columns_that_they_were_made_for(http: httpx.Client) -> None:
    table = "a\tb\nVõ Nhai\tSảng Mộc\n"
    asked = {"columns": '["a", "b"]', "column": "a", "era": "2004"}
    assert "<strong>a</strong>" in send(http, table=table, **asked).text
    other = send(http, table="xã\tb\nSảng Mộc\tVõ Nhai\n", **asked).text
    assert "<strong>xã</strong>" in other


def test_a_province_around_all_rows_tells_units_of_one_name_apart(http: httpx.Client) -> None:
    asked = {"table": TAN_LAP, "date": "2025-06-30"}
    (row,) = rows(send(http, "/link/table", **asked))
    assert row["vndx_status"] == "ambiguous"
    (row,) = rows(send(http, "/link/table", **asked, province="Thái Nguyên"))
    assert (row["vndx_status"], row["vndx_name"]) == ("matched", "Phường Tân Lập")


def test_only_rows_to_look_at_are_shown_if_that_is_asked(http: httpx.Client) -> None:
    page = send(http, table=EXAMPLE, show="doubtful").text
    assert verdicts(page) == ["Doubtful", "Cannot be read"]


def test_of_a_long_table_some_rows_are_shown_at_a_time_and_all_are_counted(http: httpx.Client) -> None:
    table = "tỉnh\n" + "Hà Tây\n" * 450
    page = send(http, table=table, skip=400).text
    assert len(verdicts(page)) == 50
    assert '<span class="value">450</span>' in page


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04rest", "This is a workbook"),
        (b"\xff\xfe" + "xã\nSảng Mộc\n".encode("utf-16-le") + b"\x00\xd8", "cannot be read"),
        (b"commune\n" + b"x\n" * 40_000 + b"\xe3x\n", "is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_words(
    http: httpx.Client, content: bytes, message: str
) -> None:
    answer = http.post("/link?lang=en", files={"file": ("a.csv", content)})
    assert answer.status_code == 400
    assert message in answer.text
    assert '<form id="matcher"' in answer.text


def test_too_large_a_table_is_a_413_with_another_way(http: httpx.Client) -> None:
    answer = send(http, table="a\n" * 1_500_000)
    assert answer.status_code == 413
    assert "vndx link" in answer.text


@pytest.mark.parametrize("path", ["/link?lang=en", "/link/table?lang=en"])
def test_no_table_is_a_400_that_says_so(http: httpx.Client, path: str) -> None:
    answer = send(http, path, table="  \n")
    assert answer.status_code == 400
    assert "There is no table yet" in answer.text


def test_a_day_that_is_none_is_told(http: httpx.Client) -> None:
    answer = send(http, table="Hà Tây\n", date="2008")
    assert answer.status_code == 400
    assert "no single day" in answer.text


def test_a_body_that_is_no_form_is_a_415(http: httpx.Client) -> None:
    answer = http.post("/link", content=b"a\n", headers={"Content-Type": "text/csv"})
    assert answer.status_code == 415


def test_what_is_pasted_is_never_kept_by_caches(http: httpx.Client) -> None:
    assert send(http, table=TAN_LAP).headers["cache-control"] == "no-store"
    assert send(http, "/link/table", table=TAN_LAP).headers["cache-control"] == "no-store"


def test_what_is_pasted_is_escaped(http: httpx.Client) -> None:
    page = send(http, table="<script>alert(1)</script>\tb\n</textarea><b>x\t1\n").text
    assert "<script>alert" not in page
    assert "</textarea><b>" not in page
