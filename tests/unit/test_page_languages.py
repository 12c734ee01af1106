"""The language of words that the data gives without a tag."""

from __future__ import annotations

import pytest

from api.pages.languages import language_of_quotation, language_of_words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Điều 1 khoản 3", "vi"),
        ("Bí thư Tỉnh ủy Nguyễn Thanh Hải (phỏng vấn)", "vi"),
        ("The web pages named by vndx:statedIn of each figure", "en"),
        ("01-NQ/TU", ""),
        ("tables/dti/dti.csv", ""),
        ("", ""),
    ],
)
def test_running_text_tells_its_language_and_codes_do_not(text: str, language: str) -> None:
    assert language_of_words(text) == language


def test_a_quotation_is_vietnamese_unless_it_is_clearly_english() -> None:
    assert language_of_quotation("trên 700 doanh nghiệp số") == "vi"
    assert language_of_quotation("OCOP 4 sao") == "vi"
    assert language_of_quotation("elevate Ninh Thuan into the top 15 provinces and cities") == "en"
