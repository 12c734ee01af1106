"""Printed words find their concept by label or slug; unknown and ambiguous words find none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mapping.concept_index import CONCEPTS_FILE, ConceptIndex
from graph.model import iris

SCHEMES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
BASE <https://w3id.org/vndx/concept/>
<unit-of-measure/household> skos:prefLabel "hộ"@vi , "household"@en ; skos:altLabel "hộ gia đình"@vi .
<unit-of-measure/lake> skos:prefLabel "hồ"@vi .
<unit-of-measure/percent> skos:prefLabel "phần trăm"@vi ; skos:altLabel "%"@vi .
<platform-kind/ioc> skos:prefLabel "trung tâm điều hành thông minh"@vi .
<event-kind/dx-day> skos:prefLabel "ngày chuyển đổi số"@vi .
<platform-kind/lake> skos:prefLabel "hồ dữ liệu"@vi .
""".encode()


@pytest.fixture(scope="module")
def index() -> ConceptIndex:
    return ConceptIndex.from_turtle(SCHEMES)


@pytest.mark.parametrize(
    ("scheme", "printed", "slug"),
    [
        ("unit-of-measure", "hộ", "household"),
        ("unit-of-measure", "hồ", "lake"),
        ("unit-of-measure", "Hộ Gia Đình", "household"),
        ("unit-of-measure", "ho gia dinh", "household"),
        ("unit-of-measure", "%", "percent"),
        ("platform-kind", "IOC", "ioc"),
        ("event-kind", "dx_day", "dx-day"),
    ],
)
def test_a_word_finds_the_concept_of_its_scheme(
    index: ConceptIndex, scheme: str, printed: str, slug: str
) -> None:
    assert index.find(scheme, printed) == iris.concept(scheme, slug)


@pytest.mark.parametrize("printed", ["ho", "tài khoản", "", "‰", "ioc"])
def test_unknown_and_ambiguous_words_find_nothing(index: ConceptIndex, printed: str) -> None:
    assert index.find("unit-of-measure", printed) is None


@given(st.text(max_size=20))
def test_any_text_may_be_asked_for(text: str) -> None:
    index = ConceptIndex.from_turtle(SCHEMES)
    assert index.find("platform-kind", text) in {
        None,
        iris.concept("platform-kind", "ioc"),
        iris.concept("platform-kind", "lake"),
    }


def test_a_concept_has_its_label_in_each_language_or_its_slug(index: ConceptIndex) -> None:
    household = iris.concept("unit-of-measure", "household")
    assert (index.label(household, "vi"), index.label(household, "en")) == ("hộ", "household")
    assert index.label(iris.concept("platform-kind", "ioc"), "en") == "ioc"


def test_the_schemes_of_the_project_have_the_units_that_tables_print() -> None:
    index = ConceptIndex.from_turtle(CONCEPTS_FILE.read_bytes())
    assert index.find("unit-of-measure", "% GRDP") == iris.concept("unit-of-measure", "percent-grdp")
