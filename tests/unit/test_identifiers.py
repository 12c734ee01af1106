"""Identifiers are read in the forms in which people have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from api.sameas.identifiers import REGISTERS, System, identifier_of, read_identifier

BASE = "https://w3id.org/vndx/"
THAI_NGUYEN = {
    System.WIKIDATA: "http://www.wikidata.org/entity/Q26575",
    System.GEONAMES: "https://sws.geonames.org/1905497/",
    System.OPENSTREETMAP: "https://www.openstreetmap.org/relation/1902967",
    System.WHOS_ON_FIRST: "https://spelunker.whosonfirst.org/id/85680605/",
}


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("Q26575", System.WIKIDATA),
        ("q26575", System.WIKIDATA),
        ("wd:Q26575", System.WIKIDATA),
        ("http://www.wikidata.org/entity/Q26575", System.WIKIDATA),
        ("https://www.wikidata.org/wiki/Q26575", System.WIKIDATA),
        ("https://www.wikidata.org/wiki/Special:EntityData/Q26575.json", System.WIKIDATA),
        ("https://m.wikidata.org/wiki/Q26575#sitelinks", System.WIKIDATA),
        ("geonames:1905497", System.GEONAMES),
        ("https://sws.geonames.org/1905497/", System.GEONAMES),
        ("http://sws.geonames.org/1905497", System.GEONAMES),
        ("https://www.geonames.org/1905497/tinh-thai-nguyen.html", System.GEONAMES),
        ("r1902967", System.OPENSTREETMAP),
        ("relation/1902967", System.OPENSTREETMAP),
        ("osm:r1902967", System.OPENSTREETMAP),
        ("https://www.openstreetmap.org/relation/1902967#map=9/21.7/105.8", System.OPENSTREETMAP),
        ("wof:85680605", System.WHOS_ON_FIRST),
        ("https://spelunker.whosonfirst.org/id/85680605", System.WHOS_ON_FIRST),
        ("https://data.whosonfirst.org/856/806/05/85680605.geojson", System.WHOS_ON_FIRST),
    ],
)
def test_all_forms_of_an_identifier_have_one_iri(text: str, system: System) -> None:
    found = read_identifier(f" {text} ")
    assert found is not None
    assert (found.system, found.iri) == (system, THAI_NGUYEN[system])


@pytest.mark.parametrize(
    ("text", "system", "code"),
    [
        ("VN-69", System.ISO_3166_2, "VN-69"),
        ("vn-hn", System.ISO_3166_2, "VN-HN"),
        ("iso:VN-69", System.ISO_3166_2, "VN-69"),
        ("VN.TY", System.HASC, "VN.TY"),
        ("VM85", System.FIPS, "VM85"),
    ],
)
def test_codes_are_read_and_have_no_iri(text: str, system: System, code: str) -> None:
    found = read_identifier(text)
    assert found is not None
    assert (found.system, found.id, found.iri) == (system, code, None)


@pytest.mark.parametrize(
    ("text", "iris"),
    [
        ("gso:2004:19", ["id/unit/2004/19"]),
        ("gso:2025/19", ["id/unit/2025/19"]),
        ("gso:19", ["id/unit/2004/19", "id/unit/2025/19"]),
        ("2025/19", ["id/unit/2025/19"]),
        ("unit/2025/19", ["id/unit/2025/19"]),
        ("id/unit/2025/19/", ["id/unit/2025/19"]),
        ("https://w3id.org/vndx/id/unit/2025/19", ["id/unit/2025/19"]),
        ("http://w3id.org/vndx/id/unit/2025/19", ["id/unit/2025/19"]),
        ("https%3A%2F%2Fw3id.org%2Fvndx%2Fid%2Funit%2F2025%2F19", ["id/unit/2025/19"]),
        ("platform/c-thai-nguyen", ["id/platform/c-thai-nguyen"]),
        ("concept/unit-of-measure/percent", ["concept/unit-of-measure/percent"]),
        ("https://w3id.org/vndx/ontology#Province", ["ontology#Province"]),
        ("https://w3id.org/vndx/page/unit/2025/19", ["id/unit/2025/19"]),
        ("https://w3id.org/vndx/data/unit/2025/19.jsonld", ["id/unit/2025/19"]),
        ("https://w3id.org/vndx/id/unit/2025/19?lang=vi", ["id/unit/2025/19"]),
    ],
)
def test_our_own_identifiers_are_read_in_every_form(text: str, iris: list[str]) -> None:
    found = read_identifier(text)
    assert found is not None
    assert [*found.iris] == [BASE + iri for iri in iris]


@pytest.mark.parametrize("text", ["19", "26575", "Thái Nguyên", "VN", "javascript:alert(1)", "https://a b"])
def test_what_does_not_say_of_which_system_it_is_is_not_guessed(text: str) -> None:
    assert read_identifier(text) is None


@given(st.sampled_from(sorted(REGISTERS)), st.integers(1, 10**12))
def test_the_iri_of_a_place_is_read_as_the_identifier_that_made_it(system: System, number: int) -> None:
    identifier = f"Q{number}" if system is System.WIKIDATA else str(number)
    iri = REGISTERS[system].node(identifier).value
    assert read_identifier(iri) == identifier_of(iri)
    assert identifier_of(iri).id == identifier


@pytest.mark.parametrize("local", ["id/", "id/???", "!!", "🙂", "../etc"])
def test_an_iri_that_cannot_be_one_of_ours_stays_as_it_was_written(local: str) -> None:
    found = read_identifier(BASE + local)
    assert found is not None
    assert (found.system, found.iri) == (System.OTHER, BASE + local)


@pytest.mark.parametrize(
    "text",
    [f"{BASE}id/unit/2025/<x>", f"{BASE}ontology#Foo bar", f"{BASE}%", "http://[bad", "http://e.org/%25zz"],
)
def test_what_is_no_iri_is_not_made_one(text: str) -> None:
    assert read_identifier(text) is None


@given(st.sampled_from(["", "http://", "https://e.org/", BASE, f"{BASE}id/", "vndx:"]), st.text(max_size=60))
def test_any_text_is_read_as_iris_or_refused_but_never_fails(start: str, text: str) -> None:
    found = read_identifier(start + text)
    if found is not None:
        assert found.id
        assert [NamedNode(iri).value for iri in found.iris] == [*found.iris]
