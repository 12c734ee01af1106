"""A reader finds a term, goes on to the data that uses it, and tries an operation of the interface."""

from __future__ import annotations

import pytest
from browser_support import Visit
from playwright.sync_api import expect
from server_support import Server

# What is read of a snapshot once takes seconds where many tests run at once.
_SECONDS = 60
PAGES = ("/ontology", "/concepts", "/shapes", "/docs", "/docs/schemas")


@pytest.fixture(scope="module", autouse=True)
def _pages_are_made(site: Server) -> None:
    with site.client(timeout=_SECONDS) as client:
        for path in PAGES:
            assert client.get(path, headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.snapshot
def test_a_term_is_found_by_typing_without_diacritics(visit: Visit) -> None:
    page = visit().go("/ontology")
    page.get_by_label("Lọc theo tên hoặc định nghĩa").fill("don vi cap tren")
    expect(page.locator("#partOf")).to_be_visible()
    expect(page.locator("#signer")).to_be_hidden()
    expect(page.locator(".reference-index a[href='#signer']")).to_be_hidden()
    page.get_by_label("Lọc theo tên hoặc định nghĩa").fill("xyzxyz")
    expect(page.get_by_text("Không có mục nào khớp.")).to_be_visible()
    page.get_by_label("Lọc theo tên hoặc định nghĩa").fill("")
    expect(page.locator("#signer")).to_be_visible()


@pytest.mark.snapshot
def test_a_fragment_leads_to_its_term(visit: Visit) -> None:
    page = visit(lang="en").go("/ontology#Province")
    expect(page.locator("#Province")).to_be_in_viewport()
    page.locator("section", has=page.locator("#Province")).last.get_by_role("link", name="data rules").click()
    expect(page).to_have_url(f"{visit().server.base}/shapes#class-Province")
    expect(page.locator("#class-Province")).to_be_in_viewport()


@pytest.mark.snapshot
def test_a_class_in_a_diagram_leads_to_its_definition(visit: Visit) -> None:
    page = visit().go("/ontology")
    page.locator("svg.drawing a").filter(has_text="Transfer").click()
    expect(page.locator("#Transfer")).to_be_in_viewport()


@pytest.mark.snapshot
def test_an_operation_is_tried_by_a_plain_form_without_scripts(visit: Visit) -> None:
    page = visit(lang="en", scripts=False).go("/docs#get-api-v1-units-era-code")
    form = page.locator("section.operation", has=page.locator("#get-api-v1-units-era-code")).locator("form")
    form.locator("[name=era]").select_option("2025")
    form.locator("[name=code]").fill("19")
    form.get_by_role("button").click()
    assert page.url.endswith("/api/v1/units/2025/19")
    assert "Thái Nguyên" in page.content()


@pytest.mark.snapshot
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_narrow_window(path: str, scheme: str, visit: Visit) -> None:
    page = visit(width=360, scheme=scheme).go(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.snapshot
def test_an_address_that_leads_nowhere_offers_a_search(visit: Visit) -> None:
    visitor = visit()
    visitor.watch.expected.append("404")
    page = visitor.go("/page/platform/c-thai-nguyenn")
    expect(page.get_by_role("link", name="platform/c-thai-nguyen", exact=True)).to_be_visible()
    expect(page.locator("#problem-search")).to_have_value("c thai nguyenn")
