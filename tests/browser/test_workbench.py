"""The SPARQL workbench as people use it: run, break, mend, chart, download, share and cancel a query."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from browser_support import Visit, Visitor
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.snapshot

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
PREFIXES = (
    "PREFIX vndx: <https://w3id.org/vndx/ontology#>\n"
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    "PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>\n"
)
AREAS = (
    PREFIXES
    + """SELECT ?province ?name ?area WHERE {
  ?province a vndx:Province ; vndx:era <https://w3id.org/vndx/concept/era/2025> ;
    skos:prefLabel ?name ; vndx:areaKm2 ?area .
  FILTER(LANG(?name) = "vi")
} ORDER BY ?name"""
)
PLATFORM = "CONSTRUCT WHERE { <https://w3id.org/vndx/id/platform/c-thai-nguyen> ?p ?o }"
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"


def opened(query: str) -> str:
    return "/sparql?query=" + quote(query)


def editor(page: Page) -> None:
    """Wait for the editor, and put the cursor into it."""
    page.locator(".cm-content").click()


def write(page: Page, text: str) -> None:
    """Replace the text of the editor by typing, without what it completes by itself."""
    editor(page)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def text_of(page: Page) -> str:
    return page.locator("#query").input_value()


def rows(page: Page) -> int:
    return page.locator("#answer tbody tr").count()


def expects(visitor: Visitor, status: int) -> None:
    """Say that the console will tell of an answer with a status, as it does of every error."""
    visitor.watch.expected.append(f"status of {status}")


def test_an_example_is_run_broken_mended_and_charted(visit: Visit) -> None:
    visitor = visit(lang="en")
    expects(visitor, 400)
    page = visitor.go("/sparql")
    page.get_by_role("searchbox", name="Search the examples").fill("DTI rank of a province")
    page.get_by_role("link", name="The DTI rank of a province by year").click()
    expect(page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    assert rows(page) >= 3
    good = text_of(page)

    write(page, good.replace("WHERE {", "WHERE { ?x ?y }}", 1))
    page.keyboard.press("Control+Enter")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("line ")
    expect(problem).to_contain_text("column ")
    expect(page.locator(".cm-lint-marker-error")).to_be_visible()
    expect(page.locator(".cm-lintRange-error, .cm-lintPoint-error").first).to_be_visible()
    assert page.evaluate("document.activeElement.shadowRoot?.activeElement?.classList.contains('cm-content')")

    write(page, good)
    page.get_by_role("button", name="Run query").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("tab", name="Chart").click()
    chart = page.locator(".plot svg")
    expect(chart).to_be_visible()
    assert "rank by yearLabel" in (chart.get_attribute("aria-label") or "")
    page.get_by_label("Kind").select_option("bar")
    expect(page.locator(".plot svg [data-part='bar'] rect").first).to_be_visible()


def test_an_answer_is_downloaded_as_it_is_shown(visit: Visit) -> None:
    page = visit().go(opened(AREAS))
    expect(page.get_by_role("tab", name="Bảng")).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="CSV").click()
    lines = Path(downloading.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "province,name,area"
    assert len(lines) == 1 + rows(page) == 35


def test_a_shared_link_opens_the_same_query_in_another_window(visit: Visit) -> None:
    first = visit()
    first.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = first.go("/sparql")
    write(page, AREAS)
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    address = str(page.evaluate("navigator.clipboard.readText()"))
    second = visit().go(address.removeprefix(first.server.base))
    assert text_of(second) == AREAS
    assert rows(second) == 34


def test_a_query_too_long_for_an_address_is_run_and_shared_too(visit: Visit) -> None:
    first = visit()
    page = first.go("/sparql")
    long_query = AREAS + "\n" + "# a remark that makes it long\n" * 400
    write(page, long_query)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("tab", name="Bảng")).to_be_visible()
    assert "#query=" in page.url
    second = visit().go(page.url.removeprefix(first.server.base))
    expect(second.get_by_role("tab", name="Bảng")).to_be_visible()
    assert text_of(second) == long_query


def test_cancel_ends_the_query_on_the_server(visit: Visit) -> None:
    visitor = visit()
    expects(visitor, 409)
    page = visitor.go("/sparql")
    write(page, ENDLESS)
    with page.expect_request(lambda request: "query=" in request.url) as sending:
        page.keyboard.press("Control+Enter")
    sent = sending.value.headers
    with page.expect_response(lambda response: "/queries/" in response.url) as ending:
        page.get_by_role("button", name="Dừng").click()
    assert ending.value.status == 204
    expect(page.get_by_role("alert")).to_contain_text("Đã dừng truy vấn trên máy chủ")
    expect(page.get_by_role("button", name="Chạy truy vấn")).to_be_enabled()
    bearer = {"Authorization": f"Bearer {sent['query-token']}"}
    again = httpx.delete(f"{visitor.server.base}/queries/{sent['query-id']}", headers=bearer)
    assert again.status_code == 404  # it is no longer under way


def test_completion_puts_in_a_property_of_the_class_and_its_prefix(visit: Visit) -> None:
    page = visit(lang="en").go("/sparql")
    write(page, "SELECT * WHERE {\n  ?x a ")
    page.keyboard.type("vndx:Comm")
    expect(page.get_by_role("option").first).to_contain_text("vndx:Commune")
    page.wait_for_timeout(150)  # a completion that has just come up takes no key yet
    page.keyboard.press("Enter")
    assert text_of(page).startswith("PREFIX vndx: <https://w3id.org/vndx/ontology#>\nSELECT *")
    page.keyboard.type(" ; ")
    page.keyboard.press("Control+Space")
    expect(page.get_by_role("option").first).to_contain_text("vndx:partOfTransitive")
    page.keyboard.type("code")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("vndx:code")
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    assert text_of(page).rstrip().endswith("?x a vndx:Commune ; vndx:code")
    assert text_of(page).count("PREFIX") == 1


def test_completion_knows_labels_of_the_language_of_the_page(visit: Visit) -> None:
    page = visit(lang="vi").go("/sparql")
    write(page, "SELECT * WHERE { ?x ")
    page.keyboard.type("thuoc")
    expect(page.get_by_role("option").first).to_contain_text("thuộc")


def test_things_in_the_table_have_labels_and_columns_are_sorted(visit: Visit) -> None:
    page = visit().go(opened(AREAS))
    link = page.locator("#answer td a").first
    expect(link).not_to_contain_text("id:unit")
    assert str(link.get_attribute("href")).startswith("/page/unit/2025/")
    page.get_by_role("button", name="area").click()
    page.get_by_role("button", name="area").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("area")
    sizes = [float(text) for text in page.locator("td.numeric").all_inner_texts()]
    assert sizes == sorted(sizes, reverse=True)


def test_a_large_answer_has_pages(visit: Visit) -> None:
    page = visit(lang="en").go("/sparql")
    write(page, "SELECT * { ?s ?p ?o } LIMIT 20000")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".answer-summary")).to_contain_text("20,000 rows")
    expect(page.locator(".result-pager")).to_contain_text("Page 1 of 400")
    # The labels asked for while the answer was coming reach the table that is there at the end.
    expect(page.locator("a[data-iri*='ontology#']", has_text="vndx:")).to_have_count(0)
    page.get_by_role("button", name="Next page").click()
    expect(page.locator(".result-pager")).to_contain_text("Page 2 of 400")
    assert rows(page) == 50


def test_units_are_points_on_a_map_and_triples_a_graph(visit: Visit) -> None:
    page = visit().go(opened(AREAS))
    page.get_by_role("tab", name="Bản đồ").click()
    expect(page.locator(".result-map circle")).to_have_count(34)
    page.goto(page.url.split("?")[0] + "?query=" + quote(PLATFORM))
    page.get_by_role("tab", name="Đồ thị").click()
    expect(page.locator("svg.network a").first).to_be_visible()


def test_tabs_are_moved_through_with_the_arrows(visit: Visit) -> None:
    page = visit().go(opened(AREAS))
    page.get_by_role("tab", name="Bảng").focus()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Nguyên văn")).to_be_focused()
    assert "sparql" not in page.locator("pre.raw").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Bảng")).to_have_attribute("aria-selected", "true")


def test_what_was_written_survives_a_reload_and_a_change_of_language(visit: Visit) -> None:
    page = visit().go("/sparql")
    write(page, "ASK { # chưa xong")
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("chưa xong")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".cm-content")).to_contain_text("chưa xong")
    expect(page.get_by_role("button", name="Run query")).to_be_visible()
    write(page, "ASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".yes-no")).to_have_text("Yes")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator(".yes-no")).to_have_text("Đúng")
    assert text_of(page) == "ASK {}"


def test_the_keyboard_leaves_the_editor(visit: Visit) -> None:
    page = visit().go("/sparql")
    editor(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Chạy truy vấn")).to_be_focused()


def test_going_back_shows_the_query_before_and_links_within_the_page_change_nothing(visit: Visit) -> None:
    page = visit(lang="en").go(opened("ASK {}"))
    write(page, "ASK { FILTER(false) }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".yes-no")).to_have_text("No")
    page.evaluate("location.hash = '#main'")
    expect(page.locator(".yes-no")).to_have_text("No")
    page.go_back()
    page.go_back()
    expect(page.locator(".yes-no")).to_have_text("Yes")
    assert text_of(page) == "ASK {}"


def test_recent_queries_can_be_taken_up_again(visit: Visit) -> None:
    page = visit(lang="en").go("/sparql")
    write(page, "# my question\nASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".yes-no")).to_be_visible()
    write(page, "ASK { FILTER(false) }")
    page.get_by_text("Recent queries in this browser").click()
    page.get_by_role("button", name="my question").click()
    assert text_of(page) == "# my question\nASK {}"


def test_without_scripts_the_form_gives_a_table_and_the_examples_are_links(visit: Visit) -> None:
    page = visit(lang="en", scripts=False).go("/sparql")
    page.locator("#query").fill(AREAS)
    page.get_by_role("button", name="Run query").click()
    assert rows(page) == 34
    assert page.locator("#query").input_value() == AREAS
    expect(page.locator("#answer td a").first).to_have_attribute("href", re.compile("^/page/unit/2025/"))
    page.locator("#example-list a").first.click()
    assert rows(page) > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("tab", ["table", "chart", "map", "graph"])
def test_nothing_serious_is_in_the_way_of_anybody(visit: Visit, tab: str, width: int, scheme: str) -> None:
    page = visit(width=width, scheme=scheme).go(opened(PLATFORM if tab == "graph" else AREAS))
    editor(page)
    page.locator(f"#tab-{tab}").click()
    shown = {
        "table": "table.solutions",
        "chart": ".plot svg",
        "map": ".result-map svg",
        "graph": "svg.network",
    }
    expect(page.locator(shown[tab])).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    serious = [
        (violation["id"], violation["nodes"][0]["html"])
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == [], json.dumps(serious, indent=1)


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_when_the_scripts_come(visit: Visit, width: int) -> None:
    visitor = visit(width=width)
    visitor.page.add_init_script(
        "window.__shift = 0;"
        "new PerformanceObserver((list) => {"
        "  for (const entry of list.getEntries()) window.__shift += entry.value;"
        "})"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    page = visitor.go(opened(AREAS))
    expect(page.locator(".cm-content")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("window.__shift") < 0.02
