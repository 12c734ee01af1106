"""The full-text index: one row an entity, found with and without marks."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from search_support import rows_of

from graph.build.index_file import digest, write_index
from graph.build.index_rows import IndexRows
from graph.model.namespaces import PREFIXES
from graph.search.words import compact, key

ONTOLOGY = """
vndx:Province rdfs:subClassOf vndx:AdministrativeUnit ; rdfs:label "tỉnh, thành phố"@vi, "province"@en .
vndx:District rdfs:subClassOf vndx:AdministrativeUnit ; rdfs:label "cấp huyện"@vi, "district"@en .
vndx:PartyResolution rdfs:subClassOf vndx:Document .
"""
REGISTER = """
:dak-lak a vndx:Province ; skos:prefLabel "Tỉnh Đắk Lắk"@vi, "Dak Lak Province"@en ; vndx:code "66" ;
  vndx:name "Đắk Lắk"@vi ; vndx:iso31662Code "VN-33" ; vndx:era <https://w3id.org/vndx/concept/era/2025> ;
  vndx:validFrom "2025-07-01"^^xsd:date .
:dak-lak-2004 a vndx:Province ; skos:prefLabel "Tỉnh Đắk Lắk (cũ)"@vi ;
  vndx:era <https://w3id.org/vndx/concept/era/2004> ;
  vndx:validTo "2025-07-01"^^xsd:date .
:transfer vndx:fromUnit :dak-lak-2004 ; vndx:toUnit :dak-lak .
:krong-buk a vndx:District ; skos:prefLabel "Huyện Krông Búk"@vi, "Krong Buk District"@en ;
  vndx:partOf :dak-lak-2004 ; vndx:unitType :huyen ; vndx:era <https://w3id.org/vndx/concept/era/2004> ;
  vndx:validTo "2025-07-01"^^xsd:date .
:huyen a skos:Concept ; skos:prefLabel "huyện"@vi, "district"@en .
:pho-yen a vndx:District ; skos:prefLabel "Thành phố Phổ Yên"@vi .
:pho-yen-2015 a vndx:UnitVersion ; vndx:versionOf :pho-yen ; vndx:officialName "Thị xã Phổ Yên"@vi .
:resolution a vndx:PartyResolution ; skos:prefLabel "Nghị quyết số 01-NQ/TU"@vi ; vndx:number "01-NQ/TU" ;
  vndx:jurisdiction :dak-lak-2004 ; vndx:issueDate "2020-12"^^xsd:gYearMonth .
:observation a vndx:Observation ; vndx:about :dak-lak .
"""
OTHER = ':dak-lak skos:altLabel "Đắc Lắc"@vi .'
NAMES = {"dak-lak", "dak-lak-2004", "krong-buk", "huyen", "pho-yen", "resolution"}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    assert write_index(tmp_path / "index.sqlite", rows_of(ONTOLOGY, REGISTER, OTHER)) == len(NAMES)
    return tmp_path / "index.sqlite"


def ask(index: Path, sql: str, *values: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(index)) as database:
        return database.execute(sql, values).fetchall()


def search(index: Path, words: str) -> list[str]:
    return local(
        ask(
            index,
            "SELECT iri FROM entity_text JOIN entity ON entity.id = entity_text.rowid"
            " WHERE entity_text MATCH ? ORDER BY entity_text.rowid",
            words,
        )
    )


def local(found: list[tuple[str, ...]]) -> list[str]:
    return [iri.removeprefix("https://e.org/") for (iri,) in found]


def column(index: Path, name: str) -> dict[str, str]:
    found = ask(index, f"SELECT iri, {name} FROM entity JOIN display USING (id)")  # noqa: S608
    return {iri.removeprefix("https://e.org/"): value for iri, value in found}


@pytest.mark.parametrize("words", ["name : dak", '"dak lak"', "dac", "dac*", "Province"])
def test_a_province_is_found_by_folded_words_of_its_names(index: Path, words: str) -> None:
    assert search(index, words)[0] == "dak-lak"


def test_what_is_found_first_is_what_people_most_likely_look_for(index: Path) -> None:
    assert search(index, "dak") == ["dak-lak", "dak-lak-2004", "resolution", "krong-buk"]


def test_a_unit_is_found_by_the_name_of_an_earlier_version(index: Path) -> None:
    assert search(index, '"thi xa pho yen"') == ["pho-yen"]


def test_a_unit_is_found_by_the_units_above_it_beside_its_name(index: Path) -> None:
    assert search(index, "name : krong AND context : lak") == ["krong-buk"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("66", "dak-lak"), ("vn-33", "dak-lak"), ("01-nq/tu", "resolution"), ("ĐẮC LẮC", "dak-lak")],
)
def test_names_codes_and_numbers_are_looked_up_by_their_compact_key(
    index: Path, text: str, name: str
) -> None:
    wanted = compact(key(text))
    assert local(ask(index, "SELECT iri FROM name_key JOIN entity USING (id) WHERE compact = ?", wanted)) == [
        name
    ]


def test_a_document_is_looked_up_by_the_parts_of_its_number(index: Path) -> None:
    found = ask(index, "SELECT serial, symbols, iri FROM document_number JOIN entity USING (id)")
    assert found == [(1, " nq tu ", "https://e.org/resolution")]


def test_only_what_has_a_label_is_an_entity_and_its_class_is_the_nearest(index: Path) -> None:
    classes = {name: cls.rpartition("#")[2] for name, cls in column(index, "class").items()}
    assert classes.keys() == NAMES
    assert (classes["dak-lak"], classes["resolution"], classes["huyen"]) == (
        "Province",
        "PartyResolution",
        "Concept",
    )


def test_classes_have_labels_and_the_classes_above_them(index: Path) -> None:
    found = dict(ask(index, "SELECT iri, line FROM class"))
    vndx = PREFIXES["vndx"]
    assert found[f"{vndx}District"] == f'["{vndx}District", "{vndx}AdministrativeUnit"]'
    assert f"{vndx}AdministrativeUnit" in found


def test_things_belong_to_their_provinces_and_to_what_these_became(index: Path) -> None:
    provinces = column(index, "provinces")
    both = " https://e.org/dak-lak https://e.org/dak-lak-2004 "
    assert provinces["krong-buk"] == provinces["resolution"] == provinces["dak-lak-2004"] == both
    assert provinces["dak-lak"] == " https://e.org/dak-lak "
    assert provinces["pho-yen"] == " "


@pytest.mark.parametrize(
    ("name", "vietnamese", "english"),
    [
        (
            "krong-buk",
            "Huyện, tỉnh Đắk Lắk (cũ); đến 30/06/2025",
            "District, Tỉnh Đắk Lắk (cũ); until 2025-06-30",
        ),
        ("dak-lak", "Tỉnh, thành phố; từ 01/07/2025", "Province; since 2025-07-01"),
        (
            "resolution",
            "PartyResolution, tỉnh Đắk Lắk (cũ); 12/2020",
            "PartyResolution, Tỉnh Đắk Lắk (cũ); 2020-12",
        ),
        ("huyen", "Khái niệm", "Concept"),
    ],
)
def test_a_line_tells_what_a_thing_is_where_and_when(
    index: Path, name: str, vietnamese: str, english: str
) -> None:
    assert column(index, "description_vi")[name] == vietnamese
    assert column(index, "description_en")[name] == english


def test_the_digest_depends_on_the_rows_alone() -> None:
    assert (
        digest(rows_of(ONTOLOGY, REGISTER, OTHER))
        == digest(rows_of(ONTOLOGY, OTHER, REGISTER))
        != digest(rows_of(ONTOLOGY, REGISTER))
    )


def test_an_index_that_cannot_be_written_is_an_error_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"the full-text index index\.sqlite cannot be written"):
        write_index(tmp_path / "nowhere" / "index.sqlite", IndexRows())


def contents(index: Path) -> list[list[tuple[str, ...]]]:
    """Give everything that the tables of an index hold."""
    tables = ("entity", "display", "name", "name_key", "document_number", "class", "word")
    queries = [f"SELECT * FROM {table} ORDER BY 1, 2, 3" for table in tables if table != "name_key"]  # noqa: S608
    queries += ["SELECT * FROM name_key", "SELECT rowid, * FROM entity_text ORDER BY rowid"]
    return [ask(index, query) for query in queries]


def test_an_index_made_from_an_earlier_one_holds_the_same(index: Path, tmp_path: Path) -> None:
    changed = REGISTER.replace("Thành phố Phổ Yên", "Thị xã khác").replace('vndx:number "01-NQ/TU" ;', "")
    changed += ':new a vndx:District ; skos:prefLabel "Huyện mới"@vi ; vndx:code "001" .'
    found = rows_of(ONTOLOGY, changed)
    assert write_index(tmp_path / "anew.sqlite", found) == len(NAMES) + 1
    assert write_index(tmp_path / "updated.sqlite", found, base=index) == len(NAMES) + 1
    assert contents(tmp_path / "updated.sqlite") == contents(tmp_path / "anew.sqlite")
    assert search(tmp_path / "updated.sqlite", "moi") == ["new"]
    assert search(tmp_path / "updated.sqlite", "pho") == ["pho-yen"]


def test_an_earlier_index_of_another_layout_is_not_used(index: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(index)) as database:
        database.execute("PRAGMA user_version = 1")
        database.commit()
    assert write_index(tmp_path / "updated.sqlite", rows_of(ONTOLOGY, OTHER, REGISTER), base=index) == len(
        NAMES
    )
    assert ask(tmp_path / "updated.sqlite", "PRAGMA user_version") != [("1",)]


def test_the_same_rows_make_the_same_file(index: Path, tmp_path: Path) -> None:
    write_index(tmp_path / "again.sqlite", rows_of(ONTOLOGY, OTHER, REGISTER))
    assert (tmp_path / "again.sqlite").read_bytes() == index.read_bytes()
