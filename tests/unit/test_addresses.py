"""Addresses of documents: one name for every spelling of an IRI."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.addresses import Addresses, canonical_name, iri_of, name_of

BASE = "https://w3id.org/vndx/"


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (BASE + "id/unit/2025/19", "unit/2025/19"),
        (BASE + "concept/pillar/digital-society", "concept/pillar/digital-society"),
        (BASE + "graph/table/dti", "graph/table/dti"),
    ],
)
def test_iri_and_name_lead_to_each_other(iri: str, name: str) -> None:
    assert name_of(iri) == name
    assert iri_of(name) == iri


@pytest.mark.parametrize("iri", [BASE + "ontology#Province", BASE + "id/", "http://e/id/x", BASE])
def test_what_we_do_not_describe_has_no_name(iri: str) -> None:
    assert name_of(iri) is None


def test_a_fragment_is_described_with_its_whole() -> None:
    assert name_of(BASE + "id/evidence/1#quote") == "evidence/1"


@pytest.mark.parametrize(
    "spelling",
    [
        "platform/c-thai-nguyen",
        "Platform/C-Thái-Nguyên/",
        "platform/c-tha\u0301i-nguye\u0302n",
        "platform/C%2DTh%C3%A1i%20Nguy%C3%AAn",
        "https://w3id.org/vndx/id/platform/c-thai-nguyen",
        "HTTP://W3ID.ORG/vndx/id/platform/c-thai-nguyen/",
        "id/platform/c-thai-nguyen",
    ],
)
def test_every_spelling_has_one_name(spelling: str) -> None:
    assert canonical_name(spelling) == "platform/c-thai-nguyen"


@given(st.text(max_size=60))
def test_a_name_is_ascii_and_stays_as_it_is(spelling: str) -> None:
    name = canonical_name(spelling)
    assert name.isascii()
    assert canonical_name(name) == name


@given(st.text(max_size=40))
def test_addresses_are_ascii(name: str) -> None:
    surrogates = any("\ud800" <= character <= "\udfff" for character in name)
    if not surrogates:
        assert Addresses().page(name).isascii()
        assert Addresses("https://e.example/x").data(name, "ttl").isascii()
