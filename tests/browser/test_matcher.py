"""The spreadsheet matcher in a browser: paste, look, choose, take home; and the same without a script."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from browser_support import Visit
from build_support import ROOT
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.snapshot

EXAMPLE = ROOT / "docs" / "examples" / "old-communes.csv"
PASTED = "xã\thuyện\nTân Lập\t\nThượng Nung\tVõ Nhai\n"


def downloaded(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the linked table").click()
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.get_by_label("Your table", exact=False).first.click()
    page.keyboard.press("Control+V")


def test_a_pasted_column_is_linked_a_candidate_chosen_and_the_table_taken_home(visit: Visit) -> None:
    visitor = visit(lang="en")
    page = visitor.go("/link")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    paste(page, PASTED)
    verdicts = page.locator(".verdict")
    expect(verdicts).to_have_text(["Doubtful", "Sure"])
    assert page.url.endswith("/link")  # no page was loaded anew
    choice = page.get_by_label("Choose the unit for row 1")
    wanted = choice.locator("option").last.get_attribute("value")
    assert wanted
    choice.select_option(wanted)
    expect(verdicts).to_have_text(["Your choice", "Sure"])
    first, second = downloaded(page)
    assert (first["vndx_unit"], first["vndx_status"]) == (wanted, "chosen")
    assert second["vndx_unit"] == "https://w3id.org/vndx/id/unit/2004/05731"
    page.get_by_role("button", name="Copy the column of IRIs").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n") == [wanted, "https://w3id.org/vndx/id/unit/2004/05731"]


def test_only_doubtful_rows_are_shown_if_that_is_chosen(visit: Visit) -> None:
    page = visit(lang="en").go("/link?example=1")
    expect(page.locator(".verdict")).to_have_count(9)
    page.get_by_label("Show").select_option("doubtful")
    expect(page.locator(".verdict")).to_have_text(["Doubtful", "Cannot be read"])


def test_another_column_can_be_meant(visit: Visit) -> None:
    page = visit(lang="en").go("/link?example=1")
    page.locator("summary").click()
    page.get_by_label("Column with units").focus()
    page.get_by_label("Column with units").select_option("huyện")
    expect(page.locator(".linked tbody th").nth(4)).to_contain_text("H. Võ Nhai")
    expect(page.get_by_label("Column with units")).to_be_focused()


def test_a_file_is_read_and_shown_to_be_changed(visit: Visit, tmp_path: Path) -> None:
    page = visit(lang="en").go("/link")
    file = tmp_path / "table.csv"
    file.write_bytes("tỉnh;n\nHà Tây;1\n".encode("utf-16"))
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".verdict")).to_have_text(["Sure"])
    expect(page.locator("#table")).to_have_value("tỉnh;n\nHà Tây;1\n")


def test_what_cannot_be_read_is_told_on_the_page(visit: Visit, tmp_path: Path) -> None:
    visitor = visit(lang="en")
    visitor.watch.expected.append("400")
    page = visitor.go("/link")
    file = tmp_path / "table.xlsx"
    file.write_bytes(b"PK\x03\x04rest")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("alert")).to_contain_text("This is a workbook")


def test_without_a_script_the_form_gives_the_same_rows_and_the_download(visit: Visit) -> None:
    page = visit(lang="en", scripts=False).go("/link")
    page.locator("#table").fill(PASTED)
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator(".verdict")).to_have_text(["Doubtful", "Sure"])
    choice = page.get_by_label("Choose the unit for row 1")
    wanted = choice.locator("option").last.get_attribute("value")
    assert wanted
    choice.select_option(wanted)
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator(".verdict")).to_have_text(["Your choice", "Sure"])
    first, _ = downloaded(page)
    assert first["vndx_unit"] == wanted


def test_a_query_of_a_guide_is_opened_in_the_editor(visit: Visit) -> None:
    page = visit(lang="en").go("/guides/queries?lang=en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator(".code-block").first
    code = block.locator("code").inner_text()
    block.get_by_role("button", name="Copy").click()
    assert page.evaluate("navigator.clipboard.readText()").strip() == code.strip()
    link = block.get_by_role("link", name="Open in the editor")
    address = str(link.evaluate("node => new URL(node.href).searchParams.get('query')"))
    assert address.strip() == code.strip()
