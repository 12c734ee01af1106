"""The language of printed titles and quotations."""

from __future__ import annotations

import unicodedata

import pytest

from graph.model.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội xếp thứ 6 về chỉ số chuyển đổi số cấp tỉnh",
        "Số: 06/CT-UBND",
        "tại địa chỉ https://chuyendoiso.kontum.gov.vn/trangchu",
        "Kế hoạch 4627/KH-UBND 2023 Kon Tum",
        "Hà Lan Anh",
        "57-NQ/TW",
    ],
)
def test_running_vietnamese_and_bare_numbers_are_vietnamese(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "Driving DTI progress",
        "Điện Biên rises to leading group in digital transformation",
        "Long An will implement the conversion model (bản dịch máy)",
        "Permanent Deputy Secretary of the provincial Party's Committee, Võ Văn Bình, said",
    ],
)
def test_english_that_cites_vietnamese_names_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "la provincia emitió el Plan N° 34 de fecha 14 de febrero de 2025 y más de 20 documentos",
        "दा नांग लगातार शीर्ष पर",
    ],
)
def test_other_languages_get_no_tag(text: str) -> None:
    assert language_of(text) == ""


def test_decomposed_input_gives_the_same_language() -> None:
    assert language_of(unicodedata.normalize("NFD", "Chuyển đổi số")) == "vi"
