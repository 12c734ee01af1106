"""A small index that is written as a build writes it, for the tests of search."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse

from graph.build.index_entities import collect
from graph.build.index_file import write_index
from graph.build.index_rows import IndexRows, rows
from graph.build.schema import Schema
from graph.model import ntriples
from graph.model.namespaces import PREFIXES

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "PREFIX : <https://e.org/>\n"
ONTOLOGY = """
vndx:Province rdfs:subClassOf vndx:AdministrativeUnit ; rdfs:label "cấp tỉnh"@vi, "province"@en .
vndx:District rdfs:subClassOf vndx:AdministrativeUnit ; rdfs:label "cấp huyện"@vi, "district"@en .
vndx:Commune rdfs:subClassOf vndx:AdministrativeUnit ; rdfs:label "cấp xã"@vi, "commune"@en .
vndx:PartyResolution rdfs:subClassOf vndx:Document ; rdfs:label "nghị quyết"@vi, "party resolution"@en .
vndx:Organisation rdfs:label "tổ chức"@vi, "organisation"@en .
"""
ERA = "<https://w3id.org/vndx/concept/era/{}>"
FACTS = f"""
:hoa-binh a vndx:Province ; skos:prefLabel "Tỉnh Hoà Bình"@vi, "Hoa Binh"@en ; vndx:name "Hoà Bình"@vi ;
  vndx:code "17" ; vndx:hascCode "VN.HO" ; vndx:era {ERA.format(2004)} ; vndx:validTo "2025-07-01"^^xsd:date .
:phu-tho a vndx:Province ; skos:prefLabel "Tỉnh Phú Thọ"@vi, "Phu Tho"@en ; vndx:name "Phú Thọ"@vi ;
  vndx:code "25" ; vndx:era {ERA.format(2025)} ; vndx:validFrom "2025-07-01"^^xsd:date .
:transfer vndx:fromUnit :hoa-binh ; vndx:toUnit :phu-tho .
:ward a vndx:Commune ; skos:prefLabel "Phường Hòa Bình"@vi ; skos:altLabel "Hòa Bình"@vi ;
  vndx:partOf :phu-tho ; vndx:era {ERA.format(2025)} ; vndx:validFrom "2025-07-01"^^xsd:date .
:hoa-binh-thuong a vndx:Commune ; skos:prefLabel "Xã Hòa Bình Thượng"@vi ;
  skos:altLabel "Hòa Bình Thượng"@vi ;
  vndx:partOf :hoa-binh ; vndx:era {ERA.format(2004)} ; vndx:validTo "2025-07-01"^^xsd:date .
:lac-son a vndx:District ; skos:prefLabel "Huyện Lạc Sơn"@vi ; skos:altLabel "Lạc Sơn"@vi ;
  vndx:partOf :hoa-binh ; vndx:era {ERA.format(2004)} ; vndx:validTo "2025-07-01"^^xsd:date .
:committee a vndx:Organisation ; skos:prefLabel "Ủy ban nhân dân tỉnh Hòa Bình"@vi ;
  vndx:jurisdiction :hoa-binh .
:resolution a vndx:PartyResolution ; skos:prefLabel "Nghị quyết số 08-NQ/TU (Hòa Bình, 2021)"@vi ;
  vndx:number "08-NQ/TU" ; vndx:title "Chuyển đổi số đến năm 2025"@vi ; vndx:jurisdiction :hoa-binh .
:other-resolution a vndx:PartyResolution ; skos:prefLabel "Nghị quyết số 08-NQ/TU (Tiền Giang, 2021)"@vi ;
  vndx:number "08-NQ/TU" ; vndx:title "Chuyển đổi số tỉnh Tiền Giang"@vi .
"""
NAMES = 8


def triples(turtle: str) -> bytes:
    """Give the triples of a Turtle text, for which the prefixes of the project are declared."""
    return ntriples.canonical(quad.triple for quad in parse(HEAD + turtle, RdfFormat.TURTLE))


def rows_of(ontology: str, *facts: str) -> IndexRows:
    """Give the rows of the index of an ontology and some graphs."""
    graphs = [triples(ontology), *map(triples, facts)]
    return rows(collect(graphs), Schema.of(graphs[0]))


def small_index(path: Path, facts: str = FACTS) -> Path:
    """Write an index."""
    write_index(path, rows_of(ONTOLOGY, facts))
    return path
