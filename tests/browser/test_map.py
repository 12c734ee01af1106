"""The map as people use it: the slider, the keyboard, what a point says, the table, and without a script."""

from __future__ import annotations

import pytest
from browser_support import Visit
from playwright.sync_api import Locator, Page, expect

DTI = "/map?indicator=dti&year=2022&basis=63"
MERGED = "/map?indicator=dti&year=2024&basis=34"


def levels(page: Page) -> list[str]:
    """Give the colour classes of all points, in the order of the table."""
    classes: list[str] = page.locator("a.mark .dot").evaluate_all("all => all.map(one => one.classList[1])")
    return classes


def slider(page: Page) -> Locator:
    return page.get_by_role("slider")


@pytest.mark.snapshot
def test_slider_changes_colours_table_and_address_without_a_reload(visit: Visit) -> None:
    page = visit().go(DTI)
    page.evaluate("window.__same = true")
    before = levels(page)
    assert len(before) == 63
    slider(page).fill("5")
    expect(page.locator("a.mark")).to_have_count(34)
    expect(page.get_by_role("table")).to_contain_text("34 tỉnh, thành phố")
    assert "level-missing" in levels(page)
    assert page.url.endswith(MERGED)
    assert "2024" in page.title()
    assert page.evaluate("window.__same") is True


@pytest.mark.snapshot
def test_slider_moves_by_keyboard_keeps_the_focus_and_says_the_year(visit: Visit) -> None:
    page = visit().go(DTI)
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#map-figure .subtitle")).to_contain_text("2021")
    expect(slider(page)).to_be_focused()
    assert slider(page).get_attribute("aria-valuetext") == "2021, 63 tỉnh, thành phố: 32 có số liệu"
    page.keyboard.press("End")
    expect(page.locator("#map-figure .subtitle")).to_contain_text("34 tỉnh, thành phố")
    expect(page.locator("g.mergers line").first).to_be_visible()


@pytest.mark.snapshot
def test_year_is_shown_by_its_link_too(visit: Visit) -> None:
    page = visit().go(DTI)
    page.get_by_role("navigation", name="Năm").get_by_role("link", name="2020").click()
    expect(page.locator("#map-figure .subtitle")).to_contain_text("2020")
    expect(slider(page)).to_have_value("0")
    expect(page.locator("#map-years-list a").first).to_be_focused()


@pytest.mark.snapshot
def test_address_with_another_year_can_be_opened_by_others(visit: Visit) -> None:
    page = visit().go(DTI)
    slider(page).fill("0")
    expect(page.locator("#map-figure .subtitle")).to_contain_text("2020")
    other = visit().go(page.url.removeprefix(page.evaluate("location.origin")))
    assert levels(other) == levels(page)


@pytest.mark.snapshot
def test_table_is_sorted_in_place(visit: Visit) -> None:
    page = visit().go(DTI)
    page.get_by_role("columnheader", name="Tỉnh, thành phố").get_by_role("link").click()
    expect(page.locator("tbody th").first).to_contain_text("An Giang")
    expect(page.get_by_role("columnheader", name="Tỉnh, thành phố")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(page.get_by_role("columnheader", name="Tỉnh, thành phố").get_by_role("link")).to_be_focused()


@pytest.mark.snapshot
def test_point_says_in_the_tip_what_it_says_to_screen_readers(visit: Visit) -> None:
    page = visit().go(DTI)
    mark = page.locator('a.mark[data-unit="2004/19"]')
    mark.hover()
    expect(page.locator(".map-tip")).to_have_text("Thái Nguyên: thứ 8/63")
    assert mark.get_attribute("aria-label") == "Thái Nguyên: thứ 8/63"
    expect(page.locator('tr[data-unit="2004/19"]')).to_have_class("shown")
    page.mouse.move(5, 5)
    expect(page.locator(".map-tip")).to_be_hidden()


@pytest.mark.snapshot
def test_point_is_reached_by_keyboard_and_leads_to_the_province(visit: Visit) -> None:
    page = visit().go(DTI)
    page.locator('a.mark[data-unit="2004/19"]').focus()
    expect(page.locator(".map-tip")).to_contain_text("Thái Nguyên")
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/unit/2004/19")


@pytest.mark.snapshot
def test_keyboard_can_skip_the_points(visit: Visit) -> None:
    page = visit().go(DTI)
    page.get_by_role("link", name="Bỏ qua bản đồ").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-table")).to_be_focused()


@pytest.mark.snapshot
def test_map_works_by_form_and_links_without_a_script(visit: Visit) -> None:
    page = visit(scripts=False).go("/map")
    page.get_by_role("combobox").select_option("cyber-security-grade")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("a.mark")).to_have_count(63)
    expect(page.locator("#map-figure .subtitle")).to_contain_text("Xếp loại")
    page.get_by_role("navigation", name="Năm").get_by_role("link", name="2019").click()
    expect(page.locator("#map-figure .subtitle")).to_contain_text("2019")
    assert page.get_by_role("slider").count() == 0


@pytest.mark.snapshot
@pytest.mark.parametrize("path", [DTI, MERGED])
def test_narrow_page_does_not_scroll_sideways(path: str, visit: Visit) -> None:
    page = visit(width=360).go(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.snapshot
def test_nothing_moves_when_the_slider_comes(visit: Visit) -> None:
    visitor = visit()
    visitor.page.add_init_script(
        """window.__moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page = visitor.go(MERGED)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.__moved") == 0


@pytest.mark.snapshot
def test_home_leads_to_the_map(visit: Visit) -> None:
    page = visit().go("/")
    page.get_by_role("link", name="Mở bản đồ").click()
    expect(page.locator("a.mark")).to_have_count(63)


@pytest.mark.snapshot
def test_home_has_one_search_field_which_searches(visit: Visit) -> None:
    page = visit(scripts=False).go("/")
    expect(page.get_by_role("searchbox")).to_have_count(1)
    assert page.get_by_role("search").get_attribute("action") == "/search"
