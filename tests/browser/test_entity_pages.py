"""Pages of things as readers use them: evidence opens, IRIs are copied, neighbours are reached by key."""

from __future__ import annotations

import pytest
from browser_support import Visit

pytestmark = pytest.mark.snapshot

RESOLUTION = "/page/document/01-nq-tu-thai-nguyen-2020"
PATHS = (
    RESOLUTION,
    "/page/platform/hue-hue-s",
    "/page/source/002",
    "/page/concept/indicator/dti",
    "/page/observation/004/dai-bieu-khai-mac",
    "/page/organisation/chinh-phu",
    "/page/conflict/dti-2023-ranks-4-10",
    "/page/change/2025-07-01/10369",
    "/page/graph/source/001",
    "/page/organisation/chinh-phu?links=issuer",
)


def test_the_words_behind_a_date_open_with_one_click(visit: Visit) -> None:
    page = visit().go(RESOLUTION)
    row = page.locator("dl.facts > dd", has_text="31/12/2020").first
    assert not row.locator("blockquote").first.is_visible()
    row.locator("summary").click()
    assert row.locator("blockquote").first.is_visible()
    row.locator(".from a").first.click()
    page.wait_for_url("**/page/source/**")


def test_the_iri_is_copied(visit: Visit) -> None:
    visitor = visit()
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.go("/page/platform/c-thai-nguyen")
    page.get_by_role("button", name="Chép IRI").click()
    page.get_by_role("button", name="Đã chép").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://w3id.org/vndx/id/platform/c-thai-nguyen"


def test_neighbours_are_reached_and_opened_by_keyboard(visit: Visit) -> None:
    page = visit().go("/page/platform/c-thai-nguyen")
    first = page.locator(".neighbourhood svg a").first
    target = first.get_attribute("href")
    first.focus()
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_the_list_of_neighbours_says_what_the_drawing_says(visit: Visit) -> None:
    page = visit().go(RESOLUTION)
    drawn = page.locator(".neighbourhood svg a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    listed = page.locator(".neighbourhood li a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert drawn == listed
    assert 2 <= len(drawn) <= 14


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_wider_than_the_window(path: str, width: int, visit: Visit) -> None:
    page = visit(width=width).go(path)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_all_of_a_page_is_there_without_scripts(visit: Visit) -> None:
    page = visit(scripts=False).go("/page/observation/004/dai-bieu-khai-mac")
    assert page.locator(".figure-amount").inner_text() == "Trên 3.000 đại biểu"
    assert page.locator(".evidence blockquote").first.is_visible()
    assert page.get_by_role("button", name="Chép IRI").count() == 0


def test_a_reader_of_english_keeps_english_from_page_to_page(visit: Visit) -> None:
    page = visit(lang="vi").go(f"{RESOLUTION}?lang=en")
    page.locator("#neighbourhood ~ figure a").first.click()
    page.wait_for_url("**lang=en**")
    assert page.locator("html").get_attribute("lang") == "en"
