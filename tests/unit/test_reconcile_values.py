"""Ids and values of reconciliation in the spellings that people and spreadsheets send."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from api.reconcile.agreement import agrees
from api.reconcile.facts import Facts
from api.reconcile.ids import entity_id, entity_iri, term_id, term_iri
from api.reconcile.model import Condition, EntityValue, Quantifier
from api.reconcile.reading import read_day, read_era, read_year, same_code, text_of
from graph.model.namespaces import BASE, SKOS, VNDX, XSD

KEYS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)
PROVINCE = BASE + "id/unit/2025/19"
THING = BASE + "id/document/x"


@pytest.mark.parametrize(
    "text",
    [
        *("id/unit/2025/19", "unit/2025/19", PROVINCE, f" {PROVINCE}/ ", PROVINCE.replace("https", "http")),
        *("ID/UNIT/2025/19", "id/unit%2F2025%2F19", PROVINCE.replace("w3id.org", "W3ID.org")),
    ],
)
def test_every_spelling_of_an_id_is_its_iri(text: str) -> None:
    assert entity_iri(text) == PROVINCE


@pytest.mark.parametrize(
    "text",
    ["", "Thái Nguyên", "57-NQ/TW năm 2024", "Hà Nội/Việt Nam", "http://www.wikidata.org/entity/Q1", "19"],
)
def test_names_and_other_addresses_are_no_ids(text: str) -> None:
    assert entity_iri(text) is None


@given(st.sampled_from(("id/platform", "id/unit/2004", "concept/indicator")), KEYS)
def test_an_id_leads_back_to_its_entity(kind: str, key: str) -> None:
    iri = f"{BASE}{kind}/{key}"
    assert entity_iri(entity_id(iri)) == iri


@given(KEYS.map(lambda key: key.replace("-", "")))
def test_a_term_id_leads_back_to_its_term(local: str) -> None:
    for space in (VNDX, SKOS):
        assert term_iri(term_id(space[local].value)) == space[local].value


@pytest.mark.parametrize(
    "text", ["2024-12-31", "2024-12-31T00:00:00Z", "2024-12-31 08:30", "31/12/2024", "31.12.2024"]
)
def test_a_day_is_read_as_it_is_written_here_and_elsewhere(text: str) -> None:
    assert read_day(text) == date(2024, 12, 31)
    assert read_year(text) == 2024


@pytest.mark.parametrize("value", ["2024", "2024-12", "31/13/2024", "2024-02-30", "yesterday", 2024, True])
def test_what_is_no_whole_date_is_no_day(value: str | float | bool) -> None:
    assert read_day(value) is None


def test_years_and_eras_are_read_from_numbers_texts_and_entities() -> None:
    assert [read_year(value) for value in (2020, 2020.0, "2020", "x", 20)] == [2020, 2020, 2020, None, None]
    eras = (2025, "2004", EntityValue("concept/era/2004", "trước 2025"), "2010", "now")
    assert [read_era(value) for value in eras] == ["2025", "2004", "2004", "", ""]


def test_codes_may_lack_the_zeros_in_front() -> None:
    assert same_code("1159", "01159")
    assert same_code(text_of(1159.0), "01159")
    assert same_code("vn-69", "VN-69")
    assert not same_code("159", "01159")


FACTS = Facts(
    values={
        THING: {
            VNDX["issuer"].value: [NamedNode(BASE + "id/organisation/tinh-uy-khanh-hoa")],
            VNDX["issueDate"].value: [Literal("2025-07-14", datatype=XSD["date"])],
            VNDX["effectiveDate"].value: [Literal("2026-01-01", datatype=XSD["date"])],
            VNDX["number"].value: [Literal("01-NQ/TU")],
            VNDX["population"].value: [Literal("1799489", datatype=XSD["integer"])],
        }
    },
    names={BASE + "id/organisation/tinh-uy-khanh-hoa": {"vi": "Tỉnh ủy Khánh Hòa"}},
)


@pytest.mark.parametrize(
    ("prop", "values", "agreed"),
    [
        ("issuer", ("Tinh uy Khanh Hoa",), True),
        ("issuer", ("Khánh Hoà",), True),
        ("issuer", (EntityValue("id/organisation/tinh-uy-khanh-hoa"),), True),
        ("issuer", (EntityValue("id/organisation/other", "Tỉnh ủy Khánh Hòa"),), False),
        ("issuer", ("Thái Nguyên",), False),
        ("issuer", ("!",), False),
        ("issuer", ("Thái Nguyên", "Khánh Hòa"), True),
        ("year", (2025,), True),
        ("year", (2026,), False),
        ("issueDate", ("14/07/2025",), True),
        ("issueDate", ("2025",), True),
        ("issueDate", ("2025-07-15",), False),
        ("number", ("01 NQ TU",), True),
        ("population", (1799489.0,), True),
        ("population", ("1799490",), False),
        ("signer", ("anybody",), None),
        ("issuer", (), None),
    ],
)
def test_agreement_is_yes_no_or_unknown(prop: str, values: tuple[object, ...], agreed: bool | None) -> None:
    assert agrees(Condition(prop, values), THING, FACTS) is agreed  # type: ignore[arg-type]


def test_quantifiers_are_any_all_and_none() -> None:
    values = ("Khánh Hòa", "Thái Nguyên")
    outcomes = {one: agrees(Condition("issuer", values, one), THING, FACTS) for one in Quantifier}
    assert outcomes == {Quantifier.ANY: True, Quantifier.ALL: False, Quantifier.NONE: False}
