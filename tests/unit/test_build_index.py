"""The full-text index: one row an entity, found with and without marks."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graph.build.index_file import digest, write_index
from graph.build.index_rows import entities, rows
from graph.build.schema import Schema
from graph.model import ntriples
from graph.model.namespaces import PREFIXES
from graph.model.text import fold

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "PREFIX : <https://e.org/>\n"
ONTOLOGY = """
vndx:Province rdfs:subClassOf vndx:AdministrativeUnit .
vndx:District rdfs:subClassOf vndx:AdministrativeUnit .
"""
REGISTER = """
:dak-lak a vndx:Province ; skos:prefLabel "Tỉnh Đắk Lắk"@vi, "Dak Lak Province"@en ; vndx:code "66" ;
  vndx:name "Đắk Lắk"@vi ; vndx:iso31662Code "VN-33" .
:pho-yen a vndx:District ; skos:prefLabel "Thành phố Phổ Yên"@vi .
:pho-yen-2015 a vndx:UnitVersion ; vndx:versionOf :pho-yen ; vndx:officialName "Thị xã Phổ Yên"@vi .
:resolution a vndx:PartyResolution ; skos:prefLabel "Nghị quyết số 01-NQ/TU"@vi ; vndx:number "01-NQ/TU" .
:observation a vndx:Observation .
"""
OTHER = ':dak-lak skos:altLabel "Đắc Lắc"@vi .'


def triples(turtle: str) -> bytes:
    return ntriples.canonical(quad.triple for quad in parse(HEAD + turtle, RdfFormat.TURTLE))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    found = rows(entities([triples(REGISTER), triples(OTHER)]), Schema.of(triples(ONTOLOGY)))
    assert write_index(tmp_path / "index.sqlite", found) == 3
    return tmp_path / "index.sqlite"


def ask(index: Path, sql: str, *values: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(index)) as database:
        return database.execute(sql, values).fetchall()


def search(index: Path, words: str) -> list[str]:
    found = ask(
        index,
        "SELECT iri FROM entity_text JOIN entity ON entity.id = entity_text.rowid WHERE entity_text MATCH ?",
        words,
    )
    return [iri.removeprefix("https://e.org/") for (iri,) in found]


@pytest.mark.parametrize("words", ["Đắk", "đắk lắk", '"dak lak"', "dac", "dak*", "Province"])
def test_a_province_is_found_by_its_names_with_and_without_marks(index: Path, words: str) -> None:
    assert search(index, words) == ["dak-lak"]


def test_an_alias_from_another_graph_counts(index: Path) -> None:
    ((aliases,),) = ask(index, "SELECT aliases FROM entity WHERE iri LIKE '%dak-lak'")
    assert json.loads(aliases) == ["Đắc Lắc", "Đắk Lắk"]


def test_a_unit_is_found_by_the_name_of_an_earlier_version(index: Path) -> None:
    assert search(index, '"thi xa pho yen"') == ["pho-yen"]


@pytest.mark.parametrize(
    ("key", "name"), [("66", "dak-lak"), ("vn-33", "dak-lak"), ("01-nq/tu", "resolution")]
)
def test_codes_and_numbers_are_looked_up_exactly(index: Path, key: str, name: str) -> None:
    found = ask(index, "SELECT iri FROM entity_key JOIN entity USING (id) WHERE key = ?", fold(key))
    assert found == [(f"https://e.org/{name}",)]


def test_only_what_has_a_label_is_an_entity_and_its_class_is_the_nearest(index: Path) -> None:
    classes = dict(ask(index, "SELECT iri, class FROM entity"))
    assert {iri.rpartition("/")[2]: cls.rpartition("#")[2] for iri, cls in classes.items()} == {
        "dak-lak": "Province",
        "pho-yen": "District",
        "resolution": "PartyResolution",
    }


def test_the_digest_depends_on_the_rows_alone() -> None:
    schema = Schema.of(triples(ONTOLOGY))
    one = rows(entities([triples(REGISTER), triples(OTHER)]), schema)
    two = rows(entities([triples(OTHER), triples(REGISTER)]), schema)
    assert digest(one) == digest(two) != digest(rows(entities([triples(REGISTER)]), schema))


def test_an_index_that_cannot_be_written_is_an_error_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"the full-text index index\.sqlite cannot be written"):
        write_index(tmp_path / "nowhere" / "index.sqlite", [])


def contents(index: Path) -> list[list[tuple[str, ...]]]:
    """Give everything that the tables of an index hold."""
    columns = "rowid, label, alias, code, number, label_folded, alias_folded"
    queries = ("SELECT * FROM entity ORDER BY id", "SELECT * FROM entity_key ORDER BY key, id")
    return [ask(index, query) for query in (*queries, f"SELECT {columns} FROM entity_text ORDER BY rowid")]  # noqa: S608


def test_an_index_made_from_an_earlier_one_holds_the_same(index: Path, tmp_path: Path) -> None:
    changed = REGISTER.replace("Thành phố Phổ Yên", "Thị xã khác").replace('vndx:number "01-NQ/TU" .', ".")
    changed += ':new a vndx:District ; skos:prefLabel "Huyện mới"@vi ; vndx:code "001" .'
    found = rows(entities([triples(changed)]), Schema.of(triples(ONTOLOGY)))
    assert write_index(tmp_path / "anew.sqlite", found) == 4
    assert write_index(tmp_path / "updated.sqlite", found, base=index) == 4
    assert contents(tmp_path / "updated.sqlite") == contents(tmp_path / "anew.sqlite")
    assert search(tmp_path / "updated.sqlite", "moi") == ["new"]
    assert search(tmp_path / "updated.sqlite", "pho") == ["pho-yen"]


def test_an_earlier_index_of_another_layout_is_not_used(index: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(index)) as database:
        database.execute("PRAGMA user_version = 1")
        database.commit()
    found = rows(entities([triples(OTHER + REGISTER)]), Schema.of(triples(ONTOLOGY)))
    assert write_index(tmp_path / "updated.sqlite", found, base=index) == 3
    assert ask(tmp_path / "updated.sqlite", "PRAGMA user_version") != [("1",)]
