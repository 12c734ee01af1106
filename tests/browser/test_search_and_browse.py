"""Finding things: by searching, by suggestions, by browsing lists, and where sources disagree."""

from __future__ import annotations

import re

import pytest
from browser_support import Visit
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.snapshot

FIELD = "#site-search"


def suggestions(page: Page) -> list[str]:
    return page.locator(".site-search [role=option]").all_inner_texts()


@pytest.mark.parametrize("typed", ["Thái Nguyên", "thai nguyen", "tha\u0301i nguye\u0302n"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_search_leads_to_the_province_however_it_is_typed(typed: str, scripts: bool, visit: Visit) -> None:
    page = visit(scripts=scripts).go("/browse")
    page.fill(FIELD, typed)
    page.press(FIELD, "Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator(FIELD)).to_have_value(typed)
    first = page.locator(".results a").first
    expect(first).to_have_text("Tỉnh Thái Nguyên")
    first.click()
    page.wait_for_url("**/page/unit/2025/19")
    expect(page.locator("h1")).to_contain_text("Thái Nguyên")


def test_suggestions_are_chosen_by_keyboard(visit: Visit) -> None:
    page = visit(lang="en").go("/browse?lang=en")
    field = page.locator(FIELD)
    expect(field).to_have_attribute("role", "combobox")
    field.press_sequentially("pho ye")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".site-search [role=status]")).to_contain_text("suggestions")
    field.press("ArrowDown")
    chosen = page.locator(".site-search [aria-selected=true]")
    expect(chosen).to_contain_text("Pho Yen")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    field.press("Enter")
    page.wait_for_url("**/page/unit/**?lang=en")
    expect(page.locator("h1")).to_contain_text("Pho Yen")


def test_escape_closes_suggestions_and_keeps_what_was_typed(visit: Visit) -> None:
    page = visit().go("/browse")
    field = page.locator(FIELD)
    field.press_sequentially("c thai")
    expect(page.locator(".site-search [role=listbox]")).to_be_visible()
    field.press("ArrowUp")
    expect(page.locator(".site-search [role=option]").last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("Escape")
    expect(page.locator(".site-search [role=listbox]")).to_be_hidden()
    expect(field).to_have_value("c thai")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_suggestions_move_nothing_on_the_page(visit: Visit) -> None:
    page = visit().go("/browse")
    before = page.locator("h1").bounding_box()
    page.locator(FIELD).press_sequentially("thai nguyen")
    expect(page.locator(".site-search [role=listbox]")).to_be_visible()
    assert page.locator("h1").bounding_box() == before


def test_letters_under_composition_are_not_asked_for(visit: Visit) -> None:
    page = visit().go("/browse")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    page.focus(FIELD)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "thaij", "selectionStart": 5, "selectionEnd": 5})
    page.wait_for_timeout(400)
    assert asked == []
    devtools.send("Input.insertText", {"text": "thái"})
    expect(page.locator(".site-search [role=listbox]")).to_be_visible()
    assert [url for url in asked if "q=thaij" in url] == []


def test_a_late_answer_does_not_replace_a_newer_one(visit: Visit) -> None:
    page = visit().go("/browse")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/suggest\?q=ha\+noi"), hold)
    field = page.locator(FIELD)
    field.fill("ha noi")
    page.wait_for_timeout(300)
    field.fill("da nang")
    expect(page.locator(".site-search [role=option]").first).to_contain_text("Đà Nẵng")
    assert len(held) == 1
    assert all("Hà Nội" not in text for text in suggestions(page))


def test_a_list_is_filtered_and_the_filter_removed(visit: Visit) -> None:
    page = visit().go("/browse/platforms")
    page.select_option("select[name=kind]", label="trung tâm điều hành thông minh")
    page.select_option("select[name=province]", value="2004/19")
    page.click(".browse-filters > button")
    page.wait_for_url(re.compile(r"/browse/platforms\?kind=ioc&province=2004%2F19$"))
    expect(page.locator("table.collection")).to_contain_text("Phổ Yên")
    expect(page.locator("select[name=kind]")).to_have_value("ioc")
    page.locator(".active-filters a", has_text="Loại").click()
    page.wait_for_url(re.compile(r"/browse/platforms\?province=2004%2F19$"))
    expect(page.locator("table.collection")).to_contain_text("C-ThaiNguyen")


def test_columns_are_chosen_without_scripts(visit: Visit) -> None:
    page = visit(scripts=False, lang="en").go("/browse/documents?number=57-NQ/TW")
    page.locator("summary", has_text="Choose columns").click()
    page.get_by_label("Signer").check()
    page.click(".browse-filters > button")
    expect(page.locator("thead th")).to_have_text(["Name", "Signer"])


def test_conflict_shows_both_figures_and_their_sources(visit: Visit) -> None:
    page = visit().go("/conflicts")
    shown = page.locator("article", has_text="Ngày ban hành 57-NQ/TW")
    expect(shown.locator(".reading")).to_have_count(2)
    expect(shown.locator(".reading.preferred .reading-words")).to_have_text("22/12/2024")
    expect(shown.locator(".reading:not(.preferred) .reading-words")).to_have_text("24/12/2024")
    shown.locator(".reading-source a").first.click()
    page.wait_for_url("**/page/source/**")


@pytest.mark.parametrize(
    "path",
    ["/search", "/search?q=thai+nguyen", "/browse", "/browse/observations", "/browse/units", "/conflicts"],
)
def test_page_fits_a_narrow_screen(path: str, visit: Visit) -> None:
    page = visit(width=360).go(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
