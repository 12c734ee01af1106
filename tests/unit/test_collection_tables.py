"""Rows and tables: what is found in the graph comes out as JSON and CSV, whole and as it is."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from graph_reading_support import answer, store_of
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from api.collections.collection import Collection
from api.collections.columns import Kind
from api.collections.declarations.administrative import UNIT_COLUMNS
from api.collections.paths import LABEL, TYPE, Dated, Inverse
from api.collections.projection import project
from api.collections.registry import COLLECTIONS
from api.collections.representations import CSV, GEOJSON, JSON, NDJSON, Sheet, write
from api.collections.schemas import item_of
from api.collections.tables import csv_bytes, flat, headers
from api.entities.json_ld import JsonLdContext
from graph.model.namespaces import BASE, ID, VNDX
from graph.vocabulary.files import CONTEXT

CONTEXT_OF_ENTITY_JSON = JsonLdContext.load(CONTEXT, BASE + "context.jsonld")
GRAPH = store_of("""
<id/unit/2004/172> a vndx:District, vndx:AdministrativeUnit, <https://schema.org/AdministrativeArea> ;
  skos:prefLabel "Thành phố Phổ Yên"@vi, "Pho Yen City"@en ; vndx:code "172" ; vndx:era <concept/era/2004> ;
  vndx:name "Phổ Yên"@vi ; vndx:unitType <concept/unit-type/thanh-pho> ; vndx:partOf <id/unit/2004/19> ;
  vndx:partOfTransitive <id/unit/2004/19> ; geo:lat 21.41 ; geo:long 105.87 ;
  vndx:hasVersion <id/v/1>, <id/v/2> .
<id/unit/2004/19> a vndx:Province, vndx:AdministrativeUnit ; skos:prefLabel "Tỉnh Thái Nguyên"@vi .
<id/v/1> vndx:officialName "Huyện Phổ Yên"@vi ; vndx:name "Phổ Yên"@vi ;
  vndx:unitType <concept/unit-type/huyen> ; vndx:partOf <id/unit/2004/19> ;
  vndx:validTo "2015-05-16"^^xsd:date .
<id/v/2> vndx:officialName "Thành phố Phổ Yên"@vi ; vndx:name "Phổ Yên"@vi ;
  vndx:unitType <concept/unit-type/thanh-pho> ; vndx:partOf <id/unit/2004/19> ;
  vndx:validFrom "2015-05-16"^^xsd:date ; vndx:legalBasis <id/document/932> .
<id/observation/1> a vndx:Observation ; vndx:indicator <concept/indicator/dti> ; vndx:about <id/platform/x> ;
  vndx:value 79.5 ; vndx:period <id/period/2022> ; vndx:hasEvidence <id/evidence/1>, <id/evidence/2> ;
  vndx:note "x" ; skos:note "ghi chú"@vi, "a note"@en, "another"@en ; vndx:statedIn <id/source/1> .
<id/period/2022> vndx:start "2022"^^xsd:gYear ; vndx:end "2022"^^xsd:gYear .
<id/platform/x> vndx:coverage <id/unit/2004/19> .
<id/evidence/1> oa:hasSelector <id/evidence/1#quote>, <id/evidence/1#position> ; oa:hasSource <id/source/1> .
<id/evidence/1#quote> oa:exact "đạt 79,5%, \\"gần\\" 80"@vi .
<id/evidence/2> oa:hasSelector <id/evidence/2#quote> ; oa:hasSource <id/source/1> .
<id/evidence/2#quote> oa:exact "=1+1"@vi .
<id/source/1> a vndx:Source ; skos:prefLabel "Báo"@vi .
<id/person/p> a vndx:Person ; skos:prefLabel "Nguyễn Văn A"@vi .
<id/membership/1> vndx:member <id/person/p> ; vndx:role "Phó Bí thư"@vi ;
  vndx:attestedOn "2020-05"^^xsd:gYearMonth .
<id/membership/2> vndx:member <id/person/p> ; vndx:role "Bí thư"@vi ; vndx:attestedOn "2024"^^xsd:gYear .
""")


def named(name: str) -> Collection:
    return next(found for found in COLLECTIONS if found.name == name)


def row(key: str, name: str, day: str = "") -> dict[str, Any]:
    (found,) = answer(GRAPH, project([ID[key]], named(name).columns, CONTEXT_OF_ENTITY_JSON, day))
    item_of(named(name)).model_validate(found)
    return found


def sheet(key: str, name: str, **options: Any) -> Sheet:
    frame = {"total": 1, "limit": 50, "next": None, "previous": None, "snapshot": "s"}
    return Sheet([row(key, name)], named(name).columns, "vi", frame, **options)


# Rows


def test_a_unit_is_shown_as_it_is_now_without_a_day() -> None:
    found = row("unit/2004/172", "units")
    assert found["label"] == {"vi": "Thành phố Phổ Yên", "en": "Pho Yen City"}
    assert found["unitType"]["id"] == f"{BASE}concept/unit-type/thanh-pho"
    assert found["province"]["label"] == {"vi": "Tỉnh Thái Nguyên"}
    assert found["type"] == ["AdministrativeUnit", "District"]
    assert found["version"] is None


def test_a_unit_is_shown_with_name_type_and_act_of_the_day() -> None:
    found = row("unit/2004/172", "units", "2010-01-01")
    assert found["label"] == {"vi": "Huyện Phổ Yên"}
    assert found["unitType"]["id"] == f"{BASE}concept/unit-type/huyen"
    assert found["version"] == {
        "id": f"{BASE}id/v/1",
        "validFrom": None,
        "validTo": "2015-05-16",
        "legalBasis": [],
        "clause": [],
    }
    later = row("unit/2004/172", "units", "2015-05-16")
    assert later["label"] == {"vi": "Thành phố Phổ Yên", "en": "Pho Yen City"}
    assert [act["id"] for act in later["version"]["legalBasis"]] == [f"{BASE}id/document/932"]


def test_a_figure_about_a_platform_is_of_the_province_that_it_serves() -> None:
    found = row("observation/1", "observations")
    assert found["province"]["id"] == f"{BASE}id/unit/2004/19"
    assert (found["value"], found["rank"], found["periodStart"]) == (79.5, None, "2022")
    assert found["note"] == {"vi": ["ghi chú"], "en": ["a note", "another"]}
    assert [each["words"]["vi"] for each in found["evidence"]] == ['đạt 79,5%, "gần" 80', "=1+1"]


@pytest.mark.parametrize(
    ("day", "roles"),
    [
        ("", ["Phó Bí thư", "Bí thư"]),
        ("2020-04-30", []),
        ("2020-05-01", ["Phó Bí thư"]),
        ("2024-06-01", ["Phó Bí thư", "Bí thư"]),
    ],
)
def test_roles_of_a_day_are_those_that_had_been_seen_by_then(day: str, roles: list[str]) -> None:
    assert [each["role"]["vi"][0] for each in row("person/p", "people", day)["roles"]] == roles


def test_only_the_columns_that_are_asked_for_are_read() -> None:
    columns = [column for column in UNIT_COLUMNS if column.name == "code"]
    (found,) = answer(GRAPH, project([ID["unit/2004/172"]], columns, CONTEXT_OF_ENTITY_JSON))
    assert found == {
        "id": f"{BASE}id/unit/2004/172",
        "type": ["AdministrativeUnit", "District"],
        "code": "172",
    }


def test_an_item_of_which_nothing_is_said_has_every_column_empty() -> None:
    found = row("observation/nothing", "observations")
    assert found["evidence"] == []
    assert found["note"] == {}
    assert found["value"] is None


# Tables


def test_a_flat_row_has_one_scalar_for_each_header() -> None:
    columns = named("observations").columns
    cells = flat(row("observation/1", "observations"), columns, "en")
    assert list(cells) == headers(columns)
    assert all(value is None or isinstance(value, str | int | float) for value in cells.values())
    assert cells["note"] == "a note | another"
    assert cells["province"] == f"{BASE}id/unit/2004/19"
    assert cells["provinceLabel"] == "Tỉnh Thái Nguyên", "Vietnamese where there is no English"
    assert cells["evidenceWords"] == 'đạt 79,5%, "gần" 80 | =1+1'
    assert cells["evidenceSourceLabel"] == "Báo | Báo"


@pytest.mark.parametrize("found", COLLECTIONS, ids=lambda found: found.name)
def test_no_two_cells_of_a_table_have_one_name(found: Collection) -> None:
    names = headers(found.columns)
    assert len(set(names)) == len(names)


def test_csv_is_read_back_as_it_was_written() -> None:
    written = write(sheet("observation/1", "observations"), CSV)
    (found,) = csv.DictReader(io.StringIO(written.decode("utf-8"), newline=""))
    assert found["value"] == "79.5"
    assert found["evidenceWords"] == 'đạt 79,5%, "gần" 80 | =1+1'


@given(st.lists(st.text(max_size=8), min_size=2, max_size=5))
def test_any_text_survives_csv(texts: list[str]) -> None:
    head = [f"c{number}" for number in range(len(texts))]
    written = csv_bytes(head, [dict(zip(head, texts, strict=True))])
    read = list(csv.reader(io.StringIO(written.decode("utf-8"), newline="")))
    assert read == [head, texts]


def test_a_byte_order_mark_comes_only_if_asked_for() -> None:
    assert not write(sheet("observation/1", "observations"), CSV).startswith(b"\xef\xbb\xbf")
    assert write(sheet("observation/1", "observations", byte_order_mark=True), CSV).startswith(
        b"\xef\xbb\xbfid,"
    )


def test_flat_json_has_the_cells_of_the_table() -> None:
    content = json.loads(write(sheet("observation/1", "observations", flat=True), JSON))
    assert content["total"] == 1
    assert list(content["items"][0]) == headers(named("observations").columns)


def test_ndjson_is_one_item_a_line() -> None:
    lines = write(sheet("observation/1", "observations"), NDJSON).splitlines()
    assert [json.loads(line)["value"] for line in lines] == [79.5]


def test_geojson_has_points_as_longitude_and_latitude() -> None:
    content = json.loads(write(sheet("unit/2004/172", "units"), GEOJSON))
    (feature,) = content["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [105.87, 21.41]}
    assert feature["id"] == f"{BASE}id/unit/2004/172"
    assert feature["properties"]["partOfLabel"] == "Tỉnh Thái Nguyên"
    assert (content["numberMatched"], content["numberReturned"], content["links"]) == (1, 1, [])


def test_a_unit_without_coordinates_has_no_geometry() -> None:
    (feature,) = json.loads(write(sheet("unit/2004/19", "units"), GEOJSON))["features"]
    assert feature["geometry"] is None


# Declarations: what they say of properties is what the context of entity JSON says


@pytest.mark.parametrize("found", COLLECTIONS, ids=lambda found: found.name)
def test_a_column_with_the_name_of_a_property_is_written_as_in_entity_json(found: Collection) -> None:
    compared = 0
    for column in found.columns:
        if len(column.paths) != 1 or len(column.paths[0]) != 1 or column.kind is Kind.OBJECT:
            continue
        (step,) = column.paths[0]
        if isinstance(step, Inverse | Dated) or step in (TYPE, LABEL):
            continue
        term = CONTEXT_OF_ENTITY_JSON.term(step.value)
        assert column.name == term.key, f"{column.name} is {term.key} in entity JSON"
        assert (column.kind is Kind.REFERENCE) == (term.references and column.name != "exactMatch")
        assert (column.kind is Kind.LABEL) == (term.by_language and not term.many), column.name
        assert (column.kind is Kind.TEXT) == (term.by_language and term.many), column.name
        assert column.many == (term.many and not term.by_language), column.name
        compared += 1
    assert compared


@pytest.mark.parametrize("found", COLLECTIONS, ids=lambda found: found.name)
def test_a_collection_is_sorted_by_something_it_has(found: Collection) -> None:
    assert found.default_sort in found.sort_names
    names = [name for each in found.filters for name in each.parameters()]
    assert len(set(names)) == len(names)
    reserved = {"limit", "cursor", "fields", "flat", "lang", "bom", "at", "sort", "format", "predecessors"}
    assert not reserved & set(names)


def test_collections_have_names_of_their_own_and_classes_of_the_ontology() -> None:
    assert len({found.name for found in COLLECTIONS}) == len(COLLECTIONS)
    assert all(isinstance(found.cls, NamedNode) and found.cls in VNDX for found in COLLECTIONS)
