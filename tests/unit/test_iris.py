"""IRIs: ASCII, lower case, and different for different things."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import iris
from graph.model.namespaces import BASE, CONCEPT, GRAPH, ID, VNDX

NAMES = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạ 0123456789-/&.", min_size=1).map(
    lambda t: f"a{t}"
)


@pytest.mark.parametrize(
    ("node", "local"),
    [
        (iris.unit("2004", "19"), "id/unit/2004/19"),
        (iris.unit("2025", "05881"), "id/unit/2025/05881"),
        (iris.unit_version("2004", "172", ""), "id/unit/2004/172/version/initial"),
        (iris.unit_version("2004", "172", "2015-05-16"), "id/unit/2004/172/version/2015-05-16"),
        (iris.country(), "id/country/vn"),
        (iris.unit_change("2025-07-01", "00004"), "id/change/2025-07-01/00004"),
        (
            iris.transfer(iris.unit_change("2025-07-01", "00004"), "00013"),
            "id/change/2025-07-01/00004/from/00013",
        ),
        (iris.document("57-NQ/TW", "2024"), "id/document/57-nq-tw-2024"),
        (iris.document("01-NQ/TU", "2020", "Thái Nguyên"), "id/document/01-nq-tu-thai-nguyen-2020"),
        (iris.document("202/2025/QH15", "2025"), "id/document/202-2025-qh15"),
        (iris.document("915/CTK-CSCL", ""), "id/document/915-ctk-cscl"),
        (iris.named("platform", "C-Thai Nguyen"), "id/platform/c-thai-nguyen"),
        (iris.named("person", "Trịnh Việt Hùng", "Thái Nguyên"), "id/person/trinh-viet-hung-thai-nguyen"),
        (iris.keyed("observation", "dti", "2022"), "id/observation/dti/2022"),
        (iris.period("2021", "2025"), "id/period/2021_2025"),
        (iris.period("", "2025"), "id/period/_2025"),
        (iris.period("2021-06"), "id/period/2021-06"),
        (iris.concept("unit-type", "thành phố thuộc tỉnh"), "concept/unit-type/thanh-pho-thuoc-tinh"),
        (iris.graph("table", "provinces_2025"), "graph/table/provinces-2025"),
    ],
)
def test_each_kind_of_thing_has_its_form(node: object, local: str) -> None:
    assert node.value == BASE + local


def test_the_same_code_is_another_unit_in_another_register() -> None:
    assert iris.unit("2004", "15") != iris.unit("2025", "15")


@pytest.mark.parametrize("code", ["", "1", "1234", "123456", "ab", "1 9", "١٩"])
def test_a_code_that_has_not_2_3_or_5_digits_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="is no unit code"):
        iris.unit("2004", code)
    with pytest.raises(ValueError, match="is no unit code"):
        iris.transfer(iris.unit_change("2025-07-01", "00004"), code)


@pytest.mark.parametrize("era", ["", "2005", "63"])
def test_an_unknown_register_is_refused(era: str) -> None:
    with pytest.raises(ValueError, match="is no register era"):
        iris.unit(era, "19")


@pytest.mark.parametrize("day", ["2025-13-01", "2025-07", ""])
def test_a_change_on_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(ValueError, match=f"{day!r}"):
        iris.unit_change(day, "00004")


def test_numbers_that_repeat_are_kept_apart_by_year_and_by_province() -> None:
    nodes = {
        iris.document("05-NQ/TU", year, province)
        for year in ("2020", "2021")
        for province in ("Bình Định", "Thái Nguyên")
    }
    assert len(nodes) == 4


def test_a_digest_depends_on_where_its_parts_end() -> None:
    assert iris.digest("ab", "c") != iris.digest("a", "bc")
    assert iris.digest("a", "b") != iris.digest("b", "a")


@given(st.lists(st.text(), min_size=1))
def test_a_digest_is_16_hexadecimal_digits(parts: list[str]) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", iris.digest(*parts))


@given(NAMES)
def test_a_named_thing_has_one_iri_whatever_the_normalization_form(name: str) -> None:
    decomposed = unicodedata.normalize("NFD", name)
    assert iris.named("platform", name) == iris.named("platform", decomposed)


@given(NAMES, NAMES)
def test_iris_are_lower_case_ascii_without_characters_to_escape(name: str, scope: str) -> None:
    for node in (
        iris.named("organisation", name, scope),
        iris.keyed("target", name, scope),
        iris.document(name, "2021", scope),
        iris.concept("indicator", name),
        iris.source_page(name),
        iris.evidence(name, scope),
    ):
        assert re.fullmatch(r"https://w3id\.org/vndx/[a-z0-9/_-]+", node.value)


def test_a_namespace_knows_its_terms() -> None:
    assert iris.unit("2004", "19") in ID
    assert iris.concept("era", "2004") in CONCEPT
    assert iris.graph("source", "002") in GRAPH
    assert iris.unit("2004", "19") not in VNDX
