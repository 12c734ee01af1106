"""Readers of the pages of units: from a chart to the source, from a unit that ended to what it is today."""

from __future__ import annotations

import pytest
from browser_support import Visit

pytestmark = pytest.mark.snapshot

NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
UNITS = ("2025/19", "2025/79", "2004/19", "2004/172", "2004/00634", "2025/00004", "2004/769")


def test_reader_goes_from_the_chart_to_the_words_and_the_source(visit: Visit) -> None:
    page = visit().go("/page/unit/2025/19")
    ranks = page.locator("section", has=page.locator("#ranks"))
    ranks.get_by_role("img", name="Chỉ số đánh giá chuyển đổi số cấp tỉnh").wait_for()
    ranks.locator(".rank-panel .title a").first.click()
    row = ranks.locator("#ranks-dti tr", has=page.locator("text=có trích dẫn")).first
    row.locator("summary").click()
    assert "8/63" in row.locator("blockquote").first.inner_text()
    row.locator("p.from a").first.click()
    page.wait_for_url("**/page/source/**")
    assert page.locator("h1").inner_text()


def test_reader_of_a_split_commune_is_led_to_its_successors(visit: Visit) -> None:
    page = visit().go("/page/unit/2004/00634")
    today = page.locator(".notice.today")
    assert "5 đơn vị" in today.inner_text()
    assert today.locator(".tag").count() == 5
    today.get_by_role("link", name="Phường Tây Mỗ").click()
    page.wait_for_url("**/page/unit/2025/**")
    assert page.locator("h1").inner_text() == "Phường Tây Mỗ"
    # And back again, by the diagram.
    page.locator("svg.drawing").get_by_role("link", name="Phường Đại Mỗ").first.click()
    page.wait_for_url("**/page/unit/2004/00634")


def test_reader_goes_from_a_district_by_the_act_to_the_document(visit: Visit) -> None:
    page = visit(lang="en").go("/page/unit/2004/172")
    page.locator("svg.drawing").get_by_role("link", name="932/NQ-UBTVQH13").click()
    page.wait_for_url("**/page/document/932-nq-ubtvqh13-2015")


@pytest.mark.parametrize("unit", UNITS)
def test_page_fits_a_narrow_screen_without_scripts(unit: str, visit: Visit) -> None:
    page = visit(width=360).go(f"/page/unit/{unit}")
    assert page.evaluate(NO_SIDEWAYS)
    plain = visit(width=360, scripts=False).go(f"/page/unit/{unit}")
    assert plain.locator("main h2").count() >= 2


def test_communes_can_be_unfolded_by_keyboard(visit: Visit) -> None:
    page = visit().go("/page/unit/2025/19")
    group = page.locator("section", has=page.locator("#parts")).locator("details").first
    group.locator("summary").focus()
    page.keyboard.press("Enter")
    assert group.get_by_role("link").count() == 15
    assert group.get_by_role("link").first.is_visible()
